#include "text/lexicon.h"

#include "base/utf8.h"

const char *const att_word_list_names[ATT_WORD_LIST_COUNT] = {
#define X(id, name) name,
    ATT_WORD_LISTS(X)
#undef X
};

/* Notes that the word takes a dot. */
static void note_dotted(att_lexicon *self, att_str word)
{
    size_t row = word.length < ATT_DOTTED_LENGTHS ? word.length : ATT_DOTTED_LENGTHS - 1;
    if (word.length) self->dotted[row][word.data[0] & 31] |= UINT32_C(1) << (word.data[word.length - 1] & 31);
}

void att_lexicon_init(att_lexicon *self, att_arena *arena)
{
    *self = (att_lexicon){ .arena = arena };
    self->words.arena = arena;
    for (int i = 0; i < ATT_WORD_LIST_COUNT; i++) att_map_init(&self->lists[i].words, arena);
    for (char letter = 'a'; letter <= 'z'; letter++) note_dotted(self, (att_str){ &letter, 1 }); /* initials */
}

/* Of eight bytes of ASCII: 0x80 in each that is a capital. */
static inline uint64_t capitals_of(uint64_t eight)
{
    const uint64_t ones = 0x0101010101010101u;
    return (eight + (0x80 - 'A') * ones) & ~(eight + (0x80 - 'Z' - 1) * ones) & (0x80 * ones);
}

/* Folds a text of ASCII; of any other nothing that counts. */
static bool fold_ascii(char *folded, att_str surface, uint64_t *caps)
{
    uint64_t all = 0, bits = 0;
    size_t at = 0;
    for (; at + 8 <= surface.length; at += 8) {
        uint64_t eight;
        memcpy(&eight, surface.data + at, 8);
        all |= eight;
        uint64_t capitals = capitals_of(eight), some = (capitals >> 7) * 0x0102040810204080u >> 56; /* a bit for each byte */
        eight |= capitals >> 2;
        memcpy(folded + at, &eight, 8);
        bits |= at < 64 ? some << at : (uint64_t)(some != 0) << 63;
    }
    for (; at < surface.length; at++) {
        unsigned char byte = (unsigned char)surface.data[at];
        all |= byte;
        bool capital = byte >= 'A' && byte <= 'Z';
        folded[at] = (char)(byte | capital << 5);
        bits |= (uint64_t)capital << (at < 63 ? at : 63);
    }
    *caps = bits;
    return !(all & 0x8080808080808080u);
}

att_str att_word_fold(att_arena *arena, att_str surface, uint64_t *caps)
{
    char *folded = att_arena_alloc(arena, surface.length + 1);
    if (!fold_ascii(folded, surface, caps)) return att_utf8_fold(arena, surface, caps);
    return (att_str){ folded, surface.length };
}

att_str att_word_exact(att_arena *arena, att_str surface)
{
    return att_str_is_ascii(surface) ? surface : att_utf8_exact(arena, surface);
}

/* ---- words ---- */

enum { FIRST_SLOTS = 1 << 10 };

const uint64_t att_word_masks[ATT_WORD_KEY_BYTES + 1][2] = {
#define LOW(n)                                                                                                                 \
    {                                                                                                                          \
        (UINT64_C(1) << (8 * (n))) - 1, 0                                                                                      \
    }
#define HIGH(n)                                                                                                                \
    {                                                                                                                          \
        UINT64_MAX, (UINT64_C(1) << (8 * (n))) - 1                                                                             \
    }
    LOW(0),
    LOW(1),
    LOW(2),
    LOW(3),
    LOW(4),
    LOW(5),
    LOW(6),
    LOW(7),
    HIGH(0),
    HIGH(1),
    HIGH(2),
    HIGH(3),
    HIGH(4),
    HIGH(5),
    HIGH(6),
    HIGH(7),
    { UINT64_MAX, UINT64_MAX },
#undef LOW
#undef HIGH
};

static bool is_word(const att_lexicon_words *self, uint32_t norm, const att_word_key *key, att_str word)
{
    const att_word_use *use = &self->items[norm];
    const char *text = self->text.items + use->at;
    if (use->length > ATT_WORD_KEY_BYTES)
        return att_word_key_is_long(key) && use->length == word.length && memcmp(text, word.data, word.length) == 0;
    att_word_key own = att_word_key_short(text, use->length);
    return att_word_key_equal(&own, key);
}

static att_slot *slot_of(const att_lexicon_words *self, const att_word_key *key, uint64_t hash, att_str word)
{
    const uint32_t mask = self->slot_mask;
    for (uint32_t at = att_lexicon_slot(self, hash);; at = att_lexicon_next_slot(self, at)) {
        att_slot *slot = &self->slots[at];
        if (!*slot || (att_slot_fits(*slot, hash, mask) && is_word(self, att_slot_number(*slot, mask), key, word))) return slot;
    }
}

uint32_t att_lexicon_find(const att_lexicon *self, const att_word_key *key, att_str word)
{
    if (!self->words.count) return ATT_NONE;
    att_slot found = *slot_of(&self->words, key, att_word_key_hash(key), word);
    return found ? att_slot_number(found, self->words.slot_mask) : ATT_NONE;
}

/* Gives the words `count` slots, more than there are words. */
static void set_slots(att_lexicon *self, uint32_t count)
{
    att_lexicon_words *words = &self->words;
    words->slot_count = count;
    words->slot_mask = FIRST_SLOTS - 1;
    while (words->slot_mask < count) words->slot_mask = words->slot_mask * 2 + 1;
    words->slots = att_arena_zero(words->arena, words->slot_count, sizeof *words->slots);
    for (uint32_t norm = 0; norm < words->count; norm++) {
        att_str word = att_lexicon_word(self, norm);
        att_word_key key = att_word_key_of(word);
        uint64_t hash = att_word_key_hash(&key);
        *slot_of(words, &key, hash, word) = att_slot_of(norm, hash, words->slot_mask);
    }
}

static uint32_t put_text(att_lexicon_words *self, att_str word)
{
    ATT_RESERVE(self->arena, &self->text, word.length + ATT_WORD_KEY_BYTES);
    uint32_t at = self->text.count;
    memcpy(self->text.items + at, word.data, word.length);
    self->text.count += (uint32_t)word.length;
    memset(self->text.items + self->text.count, 0, ATT_WORD_KEY_BYTES);
    return at;
}

static uint32_t add_word(att_lexicon *self, att_str word)
{
    att_lexicon_words *words = &self->words;
    if (words->count * 2 >= words->slot_count) set_slots(self, words->slot_count ? words->slot_count * 2 : FIRST_SLOTS);
    att_word_key key = att_word_key_of(word);
    uint64_t hash = att_word_key_hash(&key);
    att_slot *slot = slot_of(words, &key, hash, word);
    if (*slot) return att_slot_number(*slot, words->slot_mask);
    ATT_RESERVE(words->arena, words, 1);
    att_word_use *use = &words->items[words->count++];
    *use = (att_word_use){ .at = put_text(words, word), .length = (uint16_t)word.length };
    for (int trie = 0; trie < ATT_SOUGHT_TRIES; trie++) use->start_caps[trie] = use->second_caps[trie] = UINT8_MAX;
    *slot = att_slot_of(words->count - 1, hash, words->slot_mask);
    return words->count - 1;
}

void att_lexicon_trim(att_lexicon *self)
{
    self->words.text.count += ATT_WORD_KEY_BYTES;
    ATT_TRIM(self->arena, &self->words.text);
    ATT_TRIM(self->arena, &self->words);
    if (self->words.count) set_slots(self, self->words.count + self->words.count / 5 * 3 + 1);
}

uint32_t att_lexicon_add(att_lexicon *self, att_str surface, uint64_t *caps)
{
    return add_word(self, att_word_fold(self->arena, surface, caps));
}

uint32_t att_lexicon_add_exact(att_lexicon *self, att_str surface)
{
    uint64_t caps;
    uint32_t norm = att_lexicon_add(self, surface, &caps);
    self->words.items[norm].looks |= ATT_USE_EXACT;
    return add_word(self, att_word_exact(self->arena, surface));
}

void att_lexicon_add_start(att_lexicon *self, att_trie trie, uint32_t norm, uint64_t caps)
{
    att_word_use *use = &self->words.items[norm];
    use->start_caps[trie] &= (uint8_t)caps;
    use->looks |= (uint8_t)(ATT_LOOK_STARTS << (trie * ATT_LOOK_BITS));
}

void att_lexicon_add_second(att_lexicon *self, att_trie trie, uint32_t norm, uint64_t caps)
{
    att_word_use *use = &self->words.items[norm];
    use->second_caps[trie] &= (uint8_t)caps;
    use->looks |= (uint8_t)(ATT_LOOK_SECOND << (trie * ATT_LOOK_BITS));
}

void att_lexicon_add_whole(att_lexicon *self, att_trie trie, uint32_t norm)
{
    self->words.items[norm].looks |= (uint8_t)(ATT_LOOK_WHOLE << (trie * ATT_LOOK_BITS));
}

uint8_t att_word_looks(const att_word_use *self, uint64_t caps)
{
    uint8_t looks = self->looks & (uint8_t)~ATT_USE_EXACT;
    for (int trie = 0; trie < ATT_SOUGHT_TRIES; trie++) {
        if (self->start_caps[trie] & ~caps) looks &= (uint8_t) ~(ATT_LOOK_STARTS << (trie * ATT_LOOK_BITS));
        if (self->second_caps[trie] & ~caps) looks &= (uint8_t) ~(ATT_LOOK_SECOND << (trie * ATT_LOOK_BITS));
    }
    return looks;
}

void att_lexicon_add_listed(att_lexicon *self, att_word_list list, att_str surface)
{
    att_words *words = &self->lists[list];
    bool dotted = list == ATT_WORDS_ABBREVIATION || list == ATT_WORDS_ABBREVIATION_FINAL;
    if (dotted && att_str_ends(surface, ATT_STR("."))) note_dotted(self, att_str_slice(surface, 0, surface.length - 1));
    uint64_t caps;
    att_str folded = att_word_fold(self->arena, surface, &caps);
    uint32_t index = att_map_add(&words->words, folded);
    uint32_t norm = add_word(self, folded);
    self->words.items[norm].lists |= (uint8_t)(1 << list);
    if (index < words->caps.count) {
        words->caps.items[index] &= caps;
        return;
    }
    ATT_RESERVE(self->arena, &words->caps, 1);
    words->caps.items[words->caps.count++] = caps;
}

uint32_t att_lexicon_listed(const att_lexicon *self, att_word_list list, att_str folded, uint64_t caps)
{
    const att_words *words = &self->lists[list];
    uint32_t index = att_map_find(&words->words, folded);
    return index != ATT_NONE && (words->caps.items[index] & ~caps) ? ATT_NONE : index;
}

uint8_t att_lexicon_lists(const att_lexicon *self, uint32_t norm, uint64_t caps)
{
    uint8_t lists = norm < self->words.count ? self->words.items[norm].lists : 0;
    for (int list = 0; lists >> list; list++)
        if (lists >> list & 1 && att_lexicon_listed(self, (att_word_list)list, att_lexicon_word(self, norm), caps) == ATT_NONE)
            lists &= (uint8_t) ~(1 << list);
    return lists;
}
