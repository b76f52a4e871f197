#include "text/vocabulary.h"

#include <assert.h>

#include "base/utf8.h"

enum { FIRST_SLOTS = 1 << 14, FIRST_TYPES = 1 << 12, MANY_TYPES = 1 << 16, MUCH_MEMORY = 48 << 20, LONGEST_WORD = 64 };

void att_vocabulary_init(att_vocabulary *self, const att_lexicon *lexicon, att_guard *guard, att_pages *pages)
{
    *self = (att_vocabulary){ .lexicon = lexicon };
    att_arena_init(&self->arena, guard, 0);
    att_arena_init_with(&self->scratch, guard, pages);
    att_map_init(&self->texts, &self->arena);
    att_asked_init(&self->asked, 0);
}

void att_vocabulary_describe(att_vocabulary *self, att_describer *describer, const void *user, att_norm_rows rows,
                             uint32_t questions)
{
    assert(!self->types.count);
    self->describer = describer;
    self->user = user;
    self->rows = rows;
    att_asked_init(&self->asked, questions);
}

void att_vocabulary_clear(att_vocabulary *self)
{
    att_vocabulary empty = {
        .lexicon = self->lexicon, .describer = self->describer, .user = self->user, .rows = self->rows, .asleep = self->asleep
    };
    att_guard *guard = self->arena.guard;
    att_asked_init(&empty.asked, self->asked.questions);
    att_arena_clear(&self->arena);
    att_arena_reset(&self->scratch, 0);
    empty.scratch = self->scratch;
    *self = empty;
    att_arena_init(&self->arena, guard, 0);
    att_map_init(&self->texts, &self->arena);
}

void att_vocabulary_sleep(att_vocabulary *self, uint32_t stages)
{
    if (self->asleep == stages) return;
    self->asleep = stages;
    if (self->types.count) att_vocabulary_clear(self); /* types are described anew */
}

void att_vocabulary_trim(att_vocabulary *self)
{
    if (self->types.count > MANY_TYPES || self->arena.total > MUCH_MEMORY) att_vocabulary_clear(self);
}

/* ---- what a word is, by its letters ---- */

typedef struct {
    uint32_t letters, capitals, small, digits, hyphens, symbols;
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

/* The letters that stand for an apostrophe or a glottal stop, as before "ʻUlukalala": they tell nothing of capitals. */
static bool is_apostrophe_letter(uint32_t code)
{
    return code >= 0x02B9 && code <= 0x02BF;
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
        letter = letter && !is_apostrophe_letter(rune.code);
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

static uint32_t count(key_bits bits)
{
    return (uint32_t)(((bits.low >> 7) + (bits.high >> 7)) * ones >> 56);
}

/* Of a word of ASCII with a letter or digit, whose symbols nobody asks for. */
static letter_counts count_at_once(const att_word_key *key, att_str surface)
{
    const att_word_key folded = { key->low | ones * 0x20, key->high | ones * 0x20 };
    const key_bits letter = bits_in(&folded, 'a', 'z'), capital = bits_in(key, 'A', 'Z');
    uint32_t letters = gather(letter), capitals = gather(capital), first = letters & (0 - letters);
    return (letter_counts){
        .letters = count(letter),
        .capitals = count(capital),
        .small = count(letter) - count(capital),
        .digits = count(bits_in(key, '0', '9')),
        .hyphens = count(bits_in(key, '-', '-')),
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
    bool apostrophe = n->first == '\'' || n->first == 0x02BC || att_rune_shape(n->first) == '\'';
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

static uint32_t classes_of(att_str surface, const letter_counts *n)
{
    return (n->letters || n->digits ? word_classes(surface, n) : mark_classes(n)) | (n->ascii ? ATT_CLASS_ASCII : 0);
}

uint32_t att_word_classes(att_str surface)
{
    letter_counts n = count_letters(surface);
    return classes_of(surface, &n);
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
    if (n->capitals) flags |= ATT_FLAG_CAPITAL;
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

/* The slot that the search for a word starts at. */
static inline size_t first_slot(const att_word_key *key, uint32_t shift)
{
    return att_word_key_mix(key) >> shift;
}

static att_word_slot *find(const att_vocabulary *self, const att_word_key *key, att_str surface)
{
    for (size_t at = first_slot(key, self->slot_shift);; at++) {
        att_word_slot *slot = &self->slots[at & (self->slot_count - 1)];
        if (!slot->type) return slot;
        if (!att_word_key_equal(&slot->key, key)) continue;
        if (!att_word_key_is_long(key) || att_str_equal(self->types.items[slot->type - 1].surface, surface)) return slot;
    }
}

/* The first line of the cache that begins in a piece, which has a line more than its items need. */
static void *first_line(void *piece)
{
    return (void *)(((uintptr_t)piece + ATT_CACHE_LINE - 1) & ~(uintptr_t)(ATT_CACHE_LINE - 1));
}

/* Puts in a word that the table does not have: looks at no other word, and words come in the order of the table. */
static void put_slot(att_vocabulary *self, const att_word_slot *slot)
{
    size_t at = first_slot(&slot->key, self->slot_shift);
    while (self->slots[at & (self->slot_count - 1)].type) at++;
    self->slots[at & (self->slot_count - 1)] = *slot;
}

static void widen(att_vocabulary *self)
{
    const att_word_slot *old = self->slots;
    const void *piece = self->slot_piece;
    uint32_t count = self->slot_count;
    self->slot_count = count ? count * 2 : FIRST_SLOTS;
    self->slot_shift = 64 - (uint32_t)__builtin_ctz(self->slot_count);
    self->slot_piece = att_arena_zero(&self->arena, self->slot_count + 2, sizeof *self->slots);
    self->slots = first_line(self->slot_piece);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].type) put_slot(self, &old[i]);
    att_arena_free(&self->arena, piece);
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
    if (type->part_count == 1) type->looks |= looks & EITHER(ATT_LOOK_SECOND);
}

/* Whether names may stand in the word's parts; in addresses they may not. */
static bool has_parts(const att_word_type *type)
{
    const att_str surface = type->surface;
    return type->classes & ATT_CLASS_HYPHEN && surface.length <= LONGEST_WORD && !memchr(surface.data, '/', surface.length)
           && !memchr(surface.data, '@', surface.length);
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

/* A word that may be new: what the rules know it by. */
typedef struct {
    att_word_key key, folded;
    uint64_t caps;
    uint32_t norm, exact; /* words that no rule has have no exact number either */
    bool plain;           /* short and of ASCII */
} word_form;

/* Its key and, of a plain word, the folded one, by which its norm is sought. */
static void form_of(att_str surface, word_form *form)
{
    form->key = key_of(surface);
    form->norm = form->exact = ATT_NONE;
    form->caps = 0;
    form->plain = is_short_ascii(&form->key);
    if (form->plain) form->folded = fold_key(&form->key, &form->caps);
}

/* Finds norm, exact and caps of a plain word. */
static void find_plain(const att_lexicon *lexicon, word_form *form)
{
    att_str none = { 0 };
    form->norm = att_lexicon_find(lexicon, &form->folded, none);
    if (form->norm == ATT_NONE) return;
    if (!form->caps) form->exact = form->norm;
    else if (att_lexicon_use(lexicon, form->norm)->looks & ATT_USE_EXACT)
        form->exact = att_lexicon_find(lexicon, &form->key, none);
}

static void find_norms(att_vocabulary *self, word_form *form, att_str surface)
{
    if (form->plain) {
        find_plain(self->lexicon, form);
    } else if (surface.length <= LONGEST_WORD) {
        form->norm = look_up(self, att_word_fold(&self->arena, surface, &form->caps));
        if (form->norm != ATT_NONE) form->exact = look_up(self, att_word_exact(&self->arena, surface));
    }
}

static att_word_type describe(att_vocabulary *self, const word_form *form, att_str surface)
{
    char *copy = att_arena_alloc(&self->arena, surface.length + ATT_WORD_KEY_BYTES);
    memcpy(copy, surface.data, surface.length);
    memset(copy + surface.length, 0, ATT_WORD_KEY_BYTES);
    att_word_type type = { .surface = { copy, surface.length }, .caps = form->caps, .norm = form->norm, .exact = form->exact };
    letter_counts n = { 0 };
    if (form->plain) n = count_at_once(&form->key, type.surface);
    if (!n.letters && !n.digits) n = count_letters(type.surface);
    type.letters = (uint16_t)(n.letters < UINT16_MAX ? n.letters : UINT16_MAX);
    type.classes = classes_of(type.surface, &n);
    type.flags = flags_of(&n, type.classes);
    const att_word_use *use = att_lexicon_use(self->lexicon, type.norm);
    if (!use) return type;
    type.phrases = use->nodes[ATT_TRIE_LISTS];
    type.looks = att_word_looks(use, type.caps);
    type.lists = att_lexicon_lists(self->lexicon, type.norm, type.caps);
    if (type.lists & (1 << ATT_WORDS_SENTENCE_OPENER | 1 << ATT_WORDS_CLAUSE_OPENER)) type.flags |= ATT_FLAG_OPENER;
    return type;
}

static void grow_columns(att_vocabulary *self, uint32_t capacity)
{
    att_word_columns *columns = &self->columns;
    uint32_t count = self->types.count;
    columns->norm = att_arena_grow(&self->arena, columns->norm, count, capacity, sizeof *columns->norm);
    columns->exact = att_arena_grow(&self->arena, columns->exact, count, capacity, sizeof *columns->exact);
    columns->caps = att_arena_grow(&self->arena, columns->caps, count, capacity, sizeof *columns->caps);
    for (int trie = 0; trie < ATT_TRIE_COUNT; trie++)
        columns->nodes[trie] =
            att_arena_grow(&self->arena, columns->nodes[trie], count, capacity, sizeof *columns->nodes[trie]);
}

static void grow_types(att_vocabulary *self)
{
    uint32_t count = self->types.count, capacity = count ? count * 2 : FIRST_TYPES;
    size_t offset = (size_t)((char *)self->types.items - (char *)self->type_piece);
    char *piece =
        att_arena_grow(&self->arena, self->type_piece, count ? count + 1 : 0, capacity + 1, sizeof *self->types.items);
    self->type_piece = piece;
    self->types.items = first_line(piece);
    self->types.capacity = capacity;
    if (piece + offset != (char *)self->types.items)
        memmove(self->types.items, piece + offset, count * sizeof *self->types.items);
    grow_columns(self, capacity);
}

static void fill_columns(att_vocabulary *self, uint32_t type)
{
    const att_word_type *row = &self->types.items[type];
    const att_word_use *use = att_lexicon_use(self->lexicon, row->norm);
    self->columns.norm[type] = row->part_count ? (uint32_t)ATT_NORM_OF_PARTS : row->norm;
    self->columns.exact[type] = row->exact;
    self->columns.caps[type] = row->caps;
    for (int trie = 0; trie < ATT_TRIE_COUNT; trie++) self->columns.nodes[trie][type] = use ? use->nodes[trie] : 0;
}

/* Adds a surface whose norms are known; `slot` is the free one that the search for it ended at. */
static const att_word_slot *add(att_vocabulary *self, const word_form *form, att_str surface, att_word_slot *slot)
{
    const att_word_slot *slots = self->slots;
    uint32_t count = self->types.count;
    att_word_type type = describe(self, form, surface);
    if (has_parts(&type)) add_parts(self, &type);
    if (self->types.count * 2 >= self->slot_count) widen(self);
    att_type_note note = { 0, 0 };
    if (self->describer) note = self->describer(self->user, self, &type);
    if (note.number) type.looks |= ATT_LOOK_NOTED;
    ATT_RESERVE(&self->arena, &self->numbers, 1);
    self->numbers.items[self->numbers.count++] = note.number;
    if (self->types.count == self->types.capacity) grow_types(self);
    self->types.items[self->types.count++] = type;
    fill_columns(self, self->types.count - 1);
    if (self->slots != slots || self->types.count != count + 1) slot = find(self, &form->key, surface);
    *slot = (att_word_slot){ form->key, self->types.count, type.flags, type.looks, note.bits };
    return slot;
}

static const att_word_slot *find_or_add(att_vocabulary *self, word_form *form, att_str surface)
{
    att_word_slot *slot = find(self, &form->key, surface);
    if (slot->type) return slot;
    find_norms(self, form, surface);
    return add(self, form, surface, slot);
}

const att_word_slot *att_vocabulary_intern(att_vocabulary *self, att_str surface)
{
    word_form form;
    form_of(surface, &form);
    if (!self->slot_count) widen(self);
    return find_or_add(self, &form, surface);
}

uint32_t att_vocabulary_find(const att_vocabulary *self, att_str surface)
{
    const att_word_key key = key_of(surface);
    uint32_t found = self->slot_count ? find(self, &key, surface)->type : 0; /* type + 1 */
    return found ? found - 1 : (uint32_t)ATT_NONE;
}

/* ---- tokens ---- */

enum { BATCH = 64, MOST_MISSING = 1024 + BATCH + 1 };

/* Tokens that are interned together: their keys, and where the search for their slots starts. */
typedef struct {
    att_word_key keys[BATCH];
    const att_word_slot *slots[BATCH];
} key_batch;

/* How many tokens are in the batch that begins with token `first`. */
static uint32_t batch_count(const att_tokens *tokens, uint32_t first)
{
    uint32_t left = first < tokens->count ? tokens->count - first : 0;
    return left < BATCH ? left : BATCH;
}

/* Makes the batch that begins with token `first`, and fetches its slots. */
__attribute__((noinline)) static void find_keys(const att_vocabulary *self, att_str text, const att_tokens *tokens,
                                                uint32_t first, key_batch *batch)
{
    const att_word_slot *slots = self->slots;
    const uint32_t shift = self->slot_shift, count = batch_count(tokens, first);
    const uint32_t *start = tokens->start + first, *end = tokens->end + first;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = end[i] - start[i];
        att_word_key key = att_word_key_of_none;
        if (length <= ATT_WORD_KEY_BYTES) key = att_word_key_short(text.data + start[i], length);
        batch->keys[i] = key;
        batch->slots[i] = &slots[first_slot(&key, shift)];
        __builtin_prefetch(batch->slots[i]);
    }
}

static att_str surface_of(att_str text, const att_tokens *tokens, uint32_t token)
{
    return att_str_slice(text, tokens->start[token], tokens->end[token]);
}

/* The slot of a token that is not in the first one. */
__attribute__((noinline)) static const att_word_slot *find_token(const att_vocabulary *self, att_str surface,
                                                                 const att_word_key *key)
{
    att_word_key full = surface.length > ATT_WORD_KEY_BYTES ? att_word_key_long(surface) : *key;
    return find(self, &full, surface);
}

/* Interns the tokens of the batch, but for those of words that are new, which are added to `missing`; how many these are. */
__attribute__((noinline)) static uint32_t intern_batch(const att_vocabulary *self, att_str text, const att_tokens *tokens,
                                                       uint32_t first, const key_batch *batch, uint32_t *missing)
{
    const uint32_t count = batch_count(tokens, first);
    uint32_t missed = 0, *type = tokens->type + first;
    uint8_t *flags = tokens->flags + first, *looks = tokens->looks + first;
    uint64_t *bits = tokens->bits + first;
    for (uint32_t i = 0; i < count; i++) {
        const att_word_slot *slot = batch->slots[i];
        if (!att_word_key_equal(&slot->key, &batch->keys[i])) {
            slot = find_token(self, surface_of(text, tokens, first + i), &batch->keys[i]);
            missing[missed] = first + i;
            missed += !slot->type;
        }
        type[i] = slot->type - 1;
        flags[i] |= slot->flags;
        looks[i] = slot->looks;
        bits[i] = slot->bits;
    }
    return missed;
}

/* Adds the words of some tokens, which may be equal, and interns these. The lexicon is asked about all of them at once: its
 * memory is far away. */
static void intern_missing(att_vocabulary *self, att_str text, att_tokens *tokens, const uint32_t *missing, uint32_t count)
{
    word_form forms[BATCH];
    for (uint32_t i = 0; i < count; i++) {
        form_of(surface_of(text, tokens, missing[i]), &forms[i]);
        if (forms[i].plain) att_lexicon_fetch_slot(self->lexicon, &forms[i].folded);
    }
    for (uint32_t i = 0; i < count; i++)
        if (forms[i].plain) forms[i].norm = att_lexicon_fetch_use(self->lexicon, &forms[i].folded);
    for (uint32_t i = 0; i < count; i++) {
        if (forms[i].norm == ATT_NONE) continue;
        att_lexicon_fetch_text(self->lexicon, forms[i].norm);
        __builtin_prefetch((const char *)self->rows.items + forms[i].norm * self->rows.size);
    }
    for (uint32_t i = 0; i < count; i++) {
        att_str surface = surface_of(text, tokens, missing[i]);
        const att_word_slot *slot = find_or_add(self, &forms[i], surface);
        tokens->type[missing[i]] = slot->type - 1;
        tokens->flags[missing[i]] |= slot->flags;
        tokens->looks[missing[i]] = slot->looks;
        tokens->bits[missing[i]] = slot->bits;
    }
}

void att_vocabulary_intern_tokens(att_vocabulary *self, att_str text, att_tokens *tokens)
{
    key_batch batches[2]; /* one is fetched while the other is interned */
    uint32_t missing[MOST_MISSING], missed = 0;
    if (!self->slot_count) widen(self);
    find_keys(self, text, tokens, 0, &batches[0]);
    for (uint32_t first = 0, next; first < tokens->count; first = next) {
        key_batch *batch = &batches[first / BATCH % 2], *ahead = &batches[!(first / BATCH % 2)];
        next = first + batch_count(tokens, first);
        find_keys(self, text, tokens, next, ahead);
        missed += intern_batch(self, text, tokens, first, batch, missing + missed);
        if (missed < MOST_MISSING - BATCH && next < tokens->count) continue;
        for (uint32_t done = 0; done < missed; done += BATCH)
            intern_missing(self, text, tokens, missing + done, missed - done < BATCH ? missed - done : BATCH);
        missed = 0;
        find_keys(self, text, tokens, next, ahead); /* the table may have moved */
    }
}
