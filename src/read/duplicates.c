#include "read/duplicates.h"

#include <stdlib.h>

/* A signature has a lane of 16 bits for each bin of shingles: a hash of the least one in it. The lanes that two texts share
 * estimate how alike they are. Four lanes are a group (a band of locality-sensitive hashing), by which texts are looked up. */
enum { LANES = 64, GROUP_LANES = 4, GROUPS = LANES / GROUP_LANES, SHINGLE_WORDS = 4, LANE_BITS = 16 };

typedef struct {
    uint64_t groups[GROUPS];
    uint64_t lent; /* a bit for each lane whose bin is empty: it has what another lane has, for looking up only */
} signature;

typedef struct {
    const uint64_t *groups;
    uint64_t lent;
    att_str id;
} seen_text;

/* Texts that came first. */
typedef struct {
    att_arena arena;
    seen_text *texts;
    uint32_t *slots; /* a table for each group that is looked up: the first text with the group's value, plus one; 0 free */
    uint32_t count;
} generation;

/* ---- words ---- */

static uint64_t mix(uint64_t key)
{
    key = (key ^ key >> 32) * 0x9e3779b97f4a7c15u;
    return key ^ key >> 29;
}

/* What a byte is in words: MARK; MAYBE, the first byte of what may be a mark beyond ASCII; else itself, a capital as the small
 * letter. */
enum { MARK, MAYBE };

static void fill_letters(uint8_t letters[256])
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        bool capital = byte - 'A' < 26, other = (byte | 0x20) - 'a' < 26 || byte - '0' < 10 || byte >= 0x80;
        letters[byte] = (uint8_t)(capital ? byte | 0x20 : other ? byte : MARK);
    }
    letters[0xC2] = letters[0xE2] = MAYBE;
}

/* Bytes of punctuation of Latin-1 or General Punctuation; 0 when it is a letter. */
static size_t long_mark(const uint8_t *at)
{
    if (at[0] == 0xC2) return 2;
    return at[1] == 0x80 || at[1] == 0x81 ? 3 : 0;
}

static const uint8_t *skip_marks(const uint8_t letters[256], const uint8_t *at, const uint8_t *end)
{
    for (size_t length; at < end; at += length) {
        length = letters[*at] == MARK;
        if (letters[*at] == MAYBE) length = long_mark(at);
        if (!length) break;
    }
    return at;
}

/* What is left of a text. Behind it there is a mark, its padding. */
typedef struct {
    const uint8_t *letters, *at, *end;
} words;

/* The hash of the next word, never 0; 0 when there is none. */
static uint64_t next_word(words *self)
{
    uint64_t hash = 0xcbf29ce484222325u;
    const uint8_t *at = skip_marks(self->letters, self->at, self->end);
    if (at >= self->end) return 0;
    for (uint8_t letter; (letter = self->letters[*at]) > MAYBE || (letter == MAYBE && !long_mark(at)); at++)
        hash = (hash ^ letter) * 0x100000001b3u;
    self->at = at;
    return mix(hash) | 1;
}

/* ---- signatures: false for a text without a word ---- */

static bool sign_exactly(words *text, signature *out)
{
    uint64_t word, a = 1, b = 2, count = 0;
    for (; (word = next_word(text)); count++) {
        a = mix(a + word);
        b = mix((b ^ word) * 0xd6e8feb86659fd93u);
    }
    out->groups[0] = a;
    out->groups[1] = b ^ count;
    return count;
}

/* An empty bin takes what the next one has that is not empty, hashed with how far that is (densification). */
static void set_lanes(const uint32_t least[LANES], signature *out)
{
    for (uint32_t lane = 0; lane < LANES; lane++) {
        uint32_t far = 0;
        while (least[(lane + far) % LANES] == UINT32_MAX) far++;
        uint64_t value = mix(((uint64_t)far << 32 | least[(lane + far) % LANES]) + 1) >> (64 - LANE_BITS);
        out->groups[lane / GROUP_LANES] |= value << lane % GROUP_LANES * LANE_BITS;
        if (far) out->lent |= (uint64_t)1 << lane;
    }
}

/* The shingle of the words in the row, which are the last ones read; of a shorter text, all its words. */
static void add_shingle(const uint64_t row[SHINGLE_WORDS], uint32_t least[LANES])
{
    uint64_t hash = 0;
    for (uint32_t i = 0; i < SHINGLE_WORDS; i++) hash = mix(hash + row[i]);
    uint32_t bin = (uint32_t)(hash >> 58), value = (uint32_t)(hash >> 8) & 0xfffffffe;
    if (value < least[bin]) least[bin] = value;
}

static bool sign_nearly(words *text, signature *out)
{
    uint64_t row[SHINGLE_WORDS] = { 0 }, word;
    uint32_t least[LANES], count = 0;
    memset(least, 0xff, sizeof least);
    while ((word = next_word(text))) {
        memmove(row, row + 1, sizeof row - sizeof *row);
        row[SHINGLE_WORDS - 1] = word;
        if (++count >= SHINGLE_WORDS) add_shingle(row, least);
    }
    if (count && count < SHINGLE_WORDS) add_shingle(row, least);
    if (count) set_lanes(least, out);
    return count;
}

typedef struct {
    const char *name;
    bool (*sign)(words *text, signature *out);
    uint32_t groups;    /* of a signature */
    uint32_t looked_up; /* by so many of them texts are looked up */
    uint32_t alike;     /* how alike two texts must be, in thousandths */
    uint32_t kept;      /* texts of a generation, a power of two */
} way;

static const way ways[] = {
    { "exact", sign_exactly, 2, 1, 1000, 1 << 18 },
    { "near", sign_nearly, GROUPS, GROUPS, 800, 1 << 16 },
};
enum { WAY_COUNT = sizeof ways / sizeof ways[0] };

struct att_duplicates {
    att_guard guard;
    const way *way;
    uint8_t letters[256];
    generation generations[2];
    uint32_t young; /* which of them; when it is full the other one is forgotten and takes its place */
};

/* ---- making one ---- */

const char *att_duplicates_way(size_t index)
{
    return index < WAY_COUNT ? ways[index].name : NULL;
}

static const way *find_way(const char *name)
{
    for (size_t i = 0; i < WAY_COUNT; i++)
        if (strcmp(ways[i].name, name) == 0) return &ways[i];
    return NULL;
}

bool att_is_duplicates_way(const char *name)
{
    return find_way(name);
}

att_duplicates *att_duplicates_new(const char *name)
{
    att_duplicates *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    self->way = find_way(name);
    fill_letters(self->letters);
    for (uint32_t i = 0; i < 2; i++) att_arena_init(&self->generations[i].arena, &self->guard, 0);
    return self;
}

void att_duplicates_free(att_duplicates *self)
{
    if (!self) return;
    for (uint32_t i = 0; i < 2; i++) att_arena_clear(&self->generations[i].arena);
    free(self);
}

/* ---- looking up ---- */

/* A bit for each lane that two groups share. */
static uint64_t shared_lanes(uint64_t a, uint64_t b)
{
    uint64_t shared = 0, apart = a ^ b;
    for (uint32_t lane = 0; lane < GROUP_LANES; lane++)
        if (!(apart >> lane * LANE_BITS & 0xffff)) shared |= (uint64_t)1 << lane;
    return shared;
}

/* How alike two texts are, in thousandths: of the lanes that are not lent in both, the part that is the same and lent in
 * neither. */
static uint32_t likeness(const way *by, const seen_text *text, const signature *other)
{
    uint64_t shared = 0, lent = text->lent & other->lent;
    for (uint32_t i = 0; i < by->groups; i++) shared |= shared_lanes(text->groups[i], other->groups[i]) << i * GROUP_LANES;
    uint32_t lanes = by->groups * GROUP_LANES - (uint32_t)__builtin_popcountll(lent);
    return (uint32_t)__builtin_popcountll(shared & ~(text->lent | other->lent)) * 1000 / lanes;
}

/* The slot of the first text whose group `group` has the value, or the free one where it would be. */
static uint32_t *slot_of(const att_duplicates *self, const generation *in, uint32_t group, uint64_t value)
{
    uint32_t slots = 2 * self->way->kept, at = (uint32_t)(mix(value) >> 16);
    uint32_t *table = in->slots + (size_t)slots * group;
    for (;; at++) {
        uint32_t *slot = &table[at & (slots - 1)];
        if (!*slot || in->texts[*slot - 1].groups[group] == value) return slot;
    }
}

/* The text that is most like it, the first of several; NULL when none is alike enough. */
static const seen_text *find(const att_duplicates *self, const generation *in, const signature *wanted)
{
    const seen_text *best = NULL;
    uint32_t most = self->way->alike - 1;
    for (uint32_t group = 0; in->slots && group < self->way->looked_up; group++) {
        uint32_t slot = *slot_of(self, in, group, wanted->groups[group]);
        if (!slot) continue;
        const seen_text *text = &in->texts[slot - 1];
        uint32_t alike = likeness(self->way, text, wanted);
        if (alike < most || (alike == most && !(best && text < best))) continue;
        best = text;
        most = alike;
    }
    return best;
}

/* ---- keeping ---- */

/* The young generation, with room for one more. */
static generation *make_room(att_duplicates *self)
{
    generation *young = &self->generations[self->young];
    if (young->count == self->way->kept) {
        self->young = !self->young;
        young = &self->generations[self->young];
        att_arena_clear(&young->arena);
        young->slots = NULL;
        young->count = 0;
    }
    if (young->slots) return young;
    young->texts = att_arena_alloc(&young->arena, sizeof *young->texts * self->way->kept);
    young->slots = att_arena_zero(&young->arena, (size_t)2 * self->way->kept * self->way->looked_up, sizeof *young->slots);
    return young;
}

typedef struct {
    att_duplicates *self;
    const signature *made;
    att_str id;
} keeping;

static void keep(void *argument)
{
    const keeping *job = argument;
    att_duplicates *self = job->self;
    generation *young = make_room(self);
    size_t bytes = sizeof(uint64_t) * self->way->groups;
    uint64_t *groups = att_arena_alloc(&young->arena, bytes);
    memcpy(groups, job->made->groups, bytes);
    young->texts[young->count] = (seen_text){ groups, job->made->lent, att_str_copy(&young->arena, job->id) };
    young->count++;
    for (uint32_t group = 0; group < self->way->looked_up; group++) {
        uint32_t *slot = slot_of(self, young, group, groups[group]);
        if (!*slot) *slot = young->count;
    }
}

att_status att_duplicates_note(att_duplicates *self, att_document *doc)
{
    signature made = { .lent = 0 };
    const uint8_t *start = (const uint8_t *)doc->text.data;
    words text = { self->letters, start + doc->body, start + doc->text.length };
    if (!self->way->sign(&text, &made)) return ATT_OK;
    const seen_text *first = find(self, &self->generations[!self->young], &made);
    if (!first) first = find(self, &self->generations[self->young], &made);
    if (first) {
        doc->duplicate_of = att_str_copy(doc->arena, first->id);
        return ATT_OK;
    }
    keeping job = { self, &made, doc->id };
    return att_guard_run(&self->guard, keep, &job);
}
