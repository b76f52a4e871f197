#include "text/vocabulary.h"

#include <assert.h>

#include "base/utf8.h"

enum { FIRST_SLOTS = 1 << 14, FIRST_TYPES = 1 << 12, MANY_TYPES = 1 << 16, MUCH_MEMORY = 32 << 20, LONGEST_WORD = 64 };

void att_vocabulary_init(att_vocabulary *self, const att_lexicon *lexicon, att_guard *guard)
{
    *self = (att_vocabulary){ .lexicon = lexicon };
    att_arena_init(&self->arena, guard, 0);
    att_arena_init(&self->scratch, guard, 0);
    att_map_init(&self->texts, &self->arena);
}

void att_vocabulary_describe(att_vocabulary *self, att_describer *describer, const void *user)
{
    assert(!self->types.count);
    self->describer = describer;
    self->user = user;
}

void att_vocabulary_clear(att_vocabulary *self)
{
    att_vocabulary empty = { .lexicon = self->lexicon, .describer = self->describer, .user = self->user };
    att_guard *guard = self->arena.guard;
    att_arena_clear(&self->arena);
    att_arena_clear(&self->scratch);
    *self = empty;
    att_arena_init(&self->arena, guard, 0);
    att_arena_init(&self->scratch, guard, 0);
    att_map_init(&self->texts, &self->arena);
}

void att_vocabulary_trim(att_vocabulary *self)
{
    if (self->types.count > MANY_TYPES || self->arena.total > MUCH_MEMORY) att_vocabulary_clear(self);
}

/* ---- what a word is, by its letters ---- */

typedef struct {
    uint32_t letters, capitals, small, digits, marks, others, hyphens, symbols;
    uint32_t runes;
    bool starts_capital; /* the first letter is a capital */
    bool later_capital;  /* a capital after the first letter */
    bool ascii;
    uint32_t first, last; /* code points */
} letter_counts;

static att_rune_class classify(uint32_t code)
{
    if (code >= 0x80) return att_rune_classify(code);
    if (code >= 'a' && code <= 'z') return ATT_RUNE_LOWER;
    if (code >= 'A' && code <= 'Z') return ATT_RUNE_UPPER;
    if (code >= '0' && code <= '9') return ATT_RUNE_NUMBER;
    if (code == '$' || code == '+' || code == '<' || code == '=' || code == '>' || code == '^' || code == '`' || code == '|'
        || code == '~')
        return ATT_RUNE_SYMBOL;
    return ATT_RUNE_OTHER;
}

static letter_counts count_letters(att_str surface)
{
    letter_counts n = { .ascii = true };
    for (size_t at = 0; at < surface.length;) {
        unsigned char byte = (unsigned char)surface.data[at];
        att_rune rune = byte < 0x80 ? (att_rune){ byte, 1, false } : att_utf8_decode(surface, at);
        at += rune.length;
        n.ascii = n.ascii && rune.code < 0x80;
        att_rune_class class = classify(rune.code);
        if (class == ATT_RUNE_INVISIBLE) continue;
        if (!n.runes++) n.first = rune.code;
        n.last = rune.code;
        bool letter = class == ATT_RUNE_UPPER || class == ATT_RUNE_LOWER || class == ATT_RUNE_LETTER;
        if (letter && !n.letters) n.starts_capital = class == ATT_RUNE_UPPER;
        else if (class == ATT_RUNE_UPPER) n.later_capital = true;
        n.letters += letter;
        n.capitals += class == ATT_RUNE_UPPER;
        n.small += class == ATT_RUNE_LOWER;
        n.digits += class == ATT_RUNE_NUMBER;
        n.symbols += class == ATT_RUNE_SYMBOL;
        n.hyphens += rune.code < 0x80 ? rune.code == '-' : att_rune_shape(rune.code) == '-';
    }
    return n;
}

/* ---- the same of all bytes at once ---- */

/* The upper bits of the bytes of a key. */
typedef struct {
    uint64_t low, high;
} key_bits;

static const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;

static uint64_t in_range(uint64_t bytes, uint64_t first, uint64_t last)
{
    return (bytes + ones * (0x80 - first)) & ~(bytes + ones * (0x7F - last)) & tops;
}

/* The bytes of a key of ASCII that are in the range. */
static key_bits bits_in(const att_word_key *key, uint64_t first, uint64_t last)
{
    return (key_bits){ in_range(key->low, first, last), in_range(key->high, first, last) };
}

/* As bits one beside the other. */
static uint32_t gather(key_bits bits)
{
    const uint64_t beside = 0x0102040810204080u;
    return (uint32_t)((bits.low >> 7) * beside >> 56 | (bits.high >> 7) * beside >> 56 << 8);
}

static bool is_short_ascii(const att_word_key *key)
{
    return !att_word_key_is_long(key) && !((key->low | key->high) & tops);
}

/* Of a word of ASCII with a letter or digit, whose symbols nobody asks for. */
static letter_counts count_at_once(const att_word_key *key, att_str surface)
{
    const att_word_key small = { key->low | ones * 0x20, key->high | ones * 0x20 };
    uint32_t letters = gather(bits_in(&small, 'a', 'z')), capitals = gather(bits_in(key, 'A', 'Z'));
    uint32_t first = letters & (0 - letters);
    return (letter_counts){
        .letters = (uint32_t)__builtin_popcount(letters),
        .capitals = (uint32_t)__builtin_popcount(capitals),
        .small = (uint32_t)__builtin_popcount(letters & ~capitals),
        .digits = (uint32_t)__builtin_popcount(gather(bits_in(key, '0', '9'))),
        .hyphens = (uint32_t)__builtin_popcount(gather(bits_in(key, '-', '-'))),
        .runes = (uint32_t)surface.length,
        .starts_capital = capitals & first,
        .later_capital = capitals & ~first,
        .ascii = true,
        .first = (unsigned char)surface.data[0],
        .last = (unsigned char)surface.data[surface.length - 1],
    };
}

/* ---- what follows from it ---- */

static bool is_ordinal(att_str surface, const letter_counts *n)
{
    static const char *const ends[] = { "st", "nd", "rd", "th" };
    if (n->letters != 2 || !n->digits || n->digits + 2 != surface.length) return false;
    char tail[2] = { (char)(surface.data[surface.length - 2] | 0x20), (char)(surface.data[surface.length - 1] | 0x20) };
    for (int i = 0; i < 4; i++)
        if (memcmp(tail, ends[i], 2) == 0) return true;
    return false;
}

static bool is_clitic(att_str surface, const letter_counts *n)
{
    if (n->runes != 2 || n->letters != 1 || n->digits) return false;
    bool apostrophe = n->first == '\'' || att_rune_shape(n->first) == '\'';
    return apostrophe && (surface.data[surface.length - 1] | 0x20) == 's';
}

static uint32_t mark_classes(const letter_counts *n)
{
    uint32_t classes = n->symbols ? 0 : ATT_CLASS_PUNCT;
    if (n->runes != 1) return classes;
    char shape = n->first < 0x80 ? (char)n->first : att_rune_shape(n->first);
    switch (shape) {
    case ',': return classes | ATT_CLASS_COMMA;
    case '-': return classes | ATT_CLASS_DASH;
    case '"':
    case '\'': return classes | ATT_CLASS_QUOTE;
    case '(':
    case '[':
    case '{': return classes | ATT_CLASS_OPEN;
    case ')':
    case ']':
    case '}': return classes | ATT_CLASS_CLOSE;
    default: return classes;
    }
}

static uint32_t word_classes(att_str surface, const letter_counts *n)
{
    uint32_t classes = ATT_CLASS_WORD;
    if (n->hyphens) classes |= ATT_CLASS_HYPHEN;
    if (n->starts_capital) classes |= ATT_CLASS_CAP;
    if (n->capitals && n->capitals == n->letters && (n->letters >= 2 || memchr(surface.data, '.', surface.length)))
        classes |= ATT_CLASS_UPPER;
    if (n->letters && !n->capitals) classes |= ATT_CLASS_LOWER;
    if (n->small && n->later_capital) classes |= ATT_CLASS_MIXED;
    if (n->capitals == 1 && n->letters == 1 && !n->digits && (n->runes == 1 || (n->runes == 2 && n->last == '.')))
        classes |= ATT_CLASS_INITIAL;
    if (n->digits && !n->letters && !n->hyphens) classes |= ATT_CLASS_NUM;
    if (is_ordinal(surface, n)) classes |= ATT_CLASS_ORDINAL;
    if (is_clitic(surface, n)) classes |= ATT_CLASS_POSS;
    return classes;
}

static bool ends_sentence(const letter_counts *n)
{
    uint32_t c = n->last;
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x061F;
}

static uint8_t flags_of(const letter_counts *n, uint32_t classes)
{
    uint8_t flags = 0;
    if (classes & (ATT_CLASS_COMMA | ATT_CLASS_DASH) || n->first == ';' || n->first == ':') flags |= ATT_FLAG_CLAUSE;
    if (classes & ATT_CLASS_COMMA) flags |= ATT_FLAG_OPENER;
    if (ends_sentence(n)) flags |= ATT_FLAG_ENDS;
    if (n->small) flags |= ATT_FLAG_SMALL;
    if (n->capitals) flags |= ATT_FLAG_LETTERS;
    if (classes & ATT_CLASS_QUOTE) flags |= ATT_FLAG_QUOTE;
    if (classes & ATT_CLASS_POSS) flags |= ATT_FLAG_POSS;
    return flags;
}

/* ---- the table ---- */

static att_word_key key_of(att_str surface)
{
    if (surface.length > ATT_WORD_KEY_BYTES) return att_word_key_long(surface);
    return att_word_key_short(surface.data, (uint32_t)surface.length);
}

static att_word_slot *find(const att_vocabulary *self, const att_word_key *key, att_str surface)
{
    for (uint32_t at = (uint32_t)att_word_key_hash(key);; at++) {
        att_word_slot *slot = &self->slots[at & (self->slot_count - 1)];
        if (!slot->type) return slot;
        if (!att_word_key_equal(&slot->key, key)) continue;
        if (!att_word_key_is_long(key) || att_str_equal(self->types.items[slot->type - 1].surface, surface)) return slot;
    }
}

/* Memory for `count` items of `size` bytes, from a line of the cache on, as large pieces are by themselves. */
static void *new_lines(att_arena *arena, size_t count, size_t size)
{
    size_t bytes = count * size, more = bytes < ATT_ARENA_LARGE ? ATT_CACHE_LINE : 0;
    uintptr_t memory = (uintptr_t)att_arena_alloc(arena, bytes + more);
    return (void *)((memory + ATT_CACHE_LINE - 1) & ~(uintptr_t)(ATT_CACHE_LINE - 1));
}

static void widen(att_vocabulary *self)
{
    att_word_slot *old = self->slots;
    uint32_t count = self->slot_count;
    self->slot_count = count ? count * 2 : FIRST_SLOTS;
    self->slots = new_lines(&self->arena, self->slot_count, sizeof *self->slots);
    memset(self->slots, 0, self->slot_count * sizeof *self->slots);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].type) *find(self, &old[i].key, self->types.items[old[i].type - 1].surface) = old[i];
    att_arena_free(&self->arena, old);
}

/* Bytes of the hyphen at `at`, or 0. */
static size_t hyphen_length(att_str surface, size_t at)
{
    if (surface.data[at] == '-') return 1;
    att_rune rune = att_utf8_decode(surface, at);
    return rune.code == 0x2010 || rune.code == 0x2011 ? rune.length : 0;
}

#define EITHER(look) ((look) | (look) << ATT_LOOK_BITS) /* of names or of triggers */

static void add_part(att_vocabulary *self, att_word_type *type, size_t start, size_t end)
{
    if (start == end) return;
    uint32_t part = att_vocabulary_intern(self, att_str_slice(type->surface, start, end))->type - 1;
    ATT_RESERVE(&self->arena, &self->parts, 1);
    self->parts.items[self->parts.count++] = (att_word_part){ part, (uint32_t)start, (uint32_t)end };
    type->part_count++;
    uint8_t looks = self->types.items[part].looks;
    if (looks & EITHER(ATT_LOOK_STARTS)) type->looks |= ATT_LOOK_PARTS;
    if (type->part_count == 1) type->looks |= looks & EITHER(ATT_LOOK_GOES_ON);
}

/* The parts of a hyphenated word, which are word types themselves. */
static void add_parts(att_vocabulary *self, att_word_type *type)
{
    type->first_part = self->parts.count;
    type->looks = 0;
    size_t start = 0;
    for (size_t at = 0; at < type->surface.length;) {
        size_t hyphen = hyphen_length(type->surface, at);
        if (!hyphen) {
            at++;
            continue;
        }
        add_part(self, type, start, at);
        start = at += hyphen;
    }
    add_part(self, type, start, type->surface.length);
}

/* The key of a word of ASCII with small letters for capitals. Bits of `*caps`: which were capitals. */
static att_word_key fold_key(const att_word_key *key, uint64_t *caps)
{
    key_bits capitals = bits_in(key, 'A', 'Z');
    *caps = gather(capitals);
    return (att_word_key){ key->low | capitals.low >> 2, key->high | capitals.high >> 2 };
}

static uint32_t look_up(att_vocabulary *self, att_str word)
{
    att_word_key key = att_word_key_of(word);
    return att_lexicon_find(self->lexicon, &key, word);
}

/* Finds norm, exact and caps. Words that no rule has have no exact number either. */
static void find_norms(att_vocabulary *self, att_word_type *type, const att_word_key *key, bool ascii)
{
    if (ascii && !att_word_key_is_long(key)) {
        att_word_key folded = fold_key(key, &type->caps);
        type->norm = att_lexicon_find(self->lexicon, &folded, type->surface);
        if (type->norm == ATT_NONE) return;
        type->exact = type->caps ? att_lexicon_find(self->lexicon, key, type->surface) : type->norm;
        return;
    }
    att_str folded = att_word_fold(&self->arena, type->surface, &type->caps);
    type->norm = look_up(self, folded);
    if (type->norm != ATT_NONE) type->exact = look_up(self, att_word_exact(&self->arena, type->surface));
}

static att_word_type describe(att_vocabulary *self, const att_word_key *key, att_str surface)
{
    char *copy = att_arena_alloc(&self->arena, surface.length + ATT_WORD_KEY_BYTES);
    memcpy(copy, surface.data, surface.length);
    memset(copy + surface.length, 0, ATT_WORD_KEY_BYTES);
    att_word_type type = { .surface = { copy, surface.length }, .norm = ATT_NONE, .exact = ATT_NONE };
    letter_counts n = { 0 };
    if (is_short_ascii(key)) n = count_at_once(key, type.surface);
    if (!n.letters && !n.digits) n = count_letters(type.surface);
    type.letters = (uint16_t)(n.letters < UINT16_MAX ? n.letters : UINT16_MAX);
    type.classes = n.letters || n.digits ? word_classes(type.surface, &n) : mark_classes(&n);
    if (n.ascii) type.classes |= ATT_CLASS_ASCII;
    type.flags = flags_of(&n, type.classes);
    if (surface.length > LONGEST_WORD) return type;
    find_norms(self, &type, key, n.ascii);
    const att_word_use *use = att_lexicon_use(self->lexicon, type.norm);
    if (!use) return type;
    memcpy(type.nodes, use->nodes, sizeof type.nodes);
    type.looks = att_word_looks(use, type.caps);
    type.lists = att_lexicon_lists(self->lexicon, type.norm, type.caps);
    if (type.lists & (1 << ATT_WORDS_SENTENCE_OPENER | 1 << ATT_WORDS_CLAUSE_OPENER)) type.flags |= ATT_FLAG_OPENER;
    return type;
}

static void grow_types(att_vocabulary *self)
{
    uint32_t capacity = self->types.capacity ? self->types.capacity * 2 : FIRST_TYPES;
    att_word_type *items = new_lines(&self->arena, capacity, sizeof *items);
    if (self->types.count) memcpy(items, self->types.items, self->types.count * sizeof *items);
    att_arena_free(&self->arena, self->types.items);
    self->types.items = items;
    self->types.capacity = capacity;
}

/* Adds a surface that has no slot yet. */
static const att_word_slot *add(att_vocabulary *self, const att_word_key *key, att_str surface)
{
    att_word_type type = describe(self, key, surface);
    if (type.classes & ATT_CLASS_HYPHEN && surface.length <= LONGEST_WORD) add_parts(self, &type);
    if (self->types.count * 2 >= self->slot_count) widen(self);
    att_type_note note = { 0, 0 };
    if (self->describer) note = self->describer(self->user, self, &type);
    if (note.number) type.looks |= ATT_LOOK_NOTED;
    ATT_RESERVE(&self->arena, &self->numbers, 1);
    self->numbers.items[self->numbers.count++] = note.number;
    if (self->types.count == self->types.capacity) grow_types(self);
    self->types.items[self->types.count++] = type;
    att_word_slot *slot = find(self, key, surface);
    *slot = (att_word_slot){ *key, self->types.count, type.flags, type.looks, note.bits };
    return slot;
}

const att_word_slot *att_vocabulary_intern(att_vocabulary *self, att_str surface)
{
    att_word_key key = key_of(surface);
    if (!self->slot_count) widen(self);
    const att_word_slot *slot = find(self, &key, surface);
    return slot->type ? slot : add(self, &key, surface);
}

/* ---- tokens ---- */

enum { BATCH = 64 };

/* Keys of the tokens that stand at `start` to `end`, and where the search for their slots starts, which are fetched ahead. */
static void find_keys(const att_vocabulary *self, const char *text, const uint32_t *start, const uint32_t *end, uint32_t count,
                      att_word_key *keys, uint32_t *hashes)
{
    const att_word_slot *slots = self->slots;
    const uint32_t mask = self->slot_count - 1;
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = key_of((att_str){ text + start[i], end[i] - start[i] });
        hashes[i] = (uint32_t)att_word_key_hash(&keys[i]);
        __builtin_prefetch(&slots[hashes[i] & mask]);
    }
}

static void intern_batch(att_vocabulary *self, const char *text, att_tokens *tokens, uint32_t first, uint32_t count)
{
    att_word_key keys[BATCH];
    uint32_t hashes[BATCH];
    const uint32_t *start = tokens->start + first, *end = tokens->end + first;
    uint32_t *type = tokens->type + first;
    uint8_t *flags = tokens->flags + first, *looks = tokens->looks + first;
    uint64_t *bits = tokens->bits + first;
    find_keys(self, text, start, end, count, keys, hashes);
    const att_word_slot *slots = self->slots;
    uint32_t mask = self->slot_count - 1;
    for (uint32_t i = 0; i < count; i++) {
        const att_word_slot *slot = &slots[hashes[i] & mask];
        if (!att_word_key_equal(&slot->key, &keys[i]) || att_word_key_is_long(&keys[i])) {
            slot = att_vocabulary_intern(self, (att_str){ text + start[i], end[i] - start[i] });
            slots = self->slots;
            mask = self->slot_count - 1;
        }
        type[i] = slot->type - 1;
        flags[i] |= slot->flags;
        looks[i] = slot->looks;
        bits[i] = slot->bits;
    }
}

void att_vocabulary_intern_tokens(att_vocabulary *self, att_str text, att_tokens *tokens)
{
    if (!self->slot_count) widen(self);
    for (uint32_t first = 0; first < tokens->count; first += BATCH)
        intern_batch(self, text.data, tokens, first, tokens->count - first < BATCH ? tokens->count - first : BATCH);
}
