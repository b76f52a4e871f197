#include "cascade/woken.h"

enum {
    WOKEN_BLOCKS = 4, /* blocks of ATT_TOKEN_BLOCK tokens whose anchors are handled together */
    FIRST_ROOM = 1024 /* anchors: as many as these blocks have in news */
};

/* A type's anchors lie in the vocabulary's pool: each is its number, below ATT_ANCHOR, with PAIR where the word alone is no
 * phrase of the list that is waited for, so that the next word must go on with it. From bit PLACES on are the places that
 * decide what the anchor's predicate makes of the type outside lines of capitals: bits of ATT_PLACE_*, or ATT_PLACE_NONE when
 * it never holds. */
enum { PAIR = ATT_ANCHOR + 1, PLACES = 24 };

/* ---- what a word type wakes ---- */

typedef struct {
    const att_waker *waker;
    att_vocabulary *vocabulary;
    uint32_t first; /* in the vocabulary's pool */
} describer;

/* Whether the anchor belongs to a stage that does not run. */
static bool is_asleep(const describer *self, uint32_t anchor)
{
    return self->vocabulary->asleep >> self->waker->doors[anchor].stage & 1;
}

static void note(const describer *self, uint32_t anchor)
{
    ATT_RESERVE(&self->vocabulary->arena, &self->vocabulary->pool, 1 + ATT_POOL_STEP);
    self->vocabulary->pool.items[self->vocabulary->pool.count++] = anchor;
}

/* The places (bits of ATT_PLACE_*) that decide whether a predicate holds for the type outside lines of capitals;
 * ATT_PLACE_NONE when it never does. */
static uint32_t places_of(const describer *self, uint32_t predicate, const att_word_type *type)
{
    const att_predicates *predicates = self->waker->predicates;
    const att_place_mask *mask = &predicates->masks.items[predicate];
    switch (att_predicate_of_type(predicates, predicate, self->vocabulary, type, false)) {
    case ATT_ANSWER_NO: return ATT_PLACE_NONE;
    case ATT_ANSWER_BY_PLACE: return mask->tells ? mask->everywhere | mask->nowhere : 0u;
    default: return 0;
    }
}

/* Whether the word alone is not a phrase of the list, so that another word must follow. */
static bool needs_pair(const describer *self, uint32_t list, const att_word_type *type)
{
    const att_predicates *predicates = self->waker->predicates;
    uint32_t predicate = predicates->list_predicates[list] - 1;
    return !type->part_count && att_predicate_of_type(predicates, predicate, self->vocabulary, type, false) == ATT_ANSWER_NO;
}

static void note_all(const describer *self, const att_word_type *type, const att_numbers *anchors)
{
    for (uint32_t i = 0; i < anchors->count; i++) {
        const att_hook *hook = &self->waker->hooks.items[anchors->items[i]];
        uint32_t known = 0;
        if (is_asleep(self, anchors->items[i])) continue;
        if (hook->predicate) known = places_of(self, hook->predicate - 1, type) << PLACES;
        if (hook->list && needs_pair(self, hook->list - 1, type)) known = PAIR;
        note(self, anchors->items[i] | known);
    }
}

static void wake_lists(const describer *self, const att_word_type *type, const att_word_type *part, const att_word_wakes *word)
{
    const att_waker *waker = self->waker;
    const att_list_start *starts = &waker->list_starts.items[word->start];
    for (uint32_t i = 0; i < word->start_count; i++)
        if (!(starts[i].caps & ~part->caps)) note_all(self, type, &waker->by_list[starts[i].list]);
}

/* Notes the anchors that the type, or one of its parts, wakes. */
static void wake_words(const describer *self, const att_word_type *type, const att_word_type *part, bool starts)
{
    const att_waker *waker = self->waker;
    if (part->norm >= waker->word_count) return; /* then no rule has it with its capitals either */
    const att_word_wakes *word = &waker->word_wakes.items[waker->words[part->norm]];
    if (word->norm.count) note_all(self, type, &word->norm);
    if (starts) wake_lists(self, type, part, word);
    uint32_t exact = part->exact < waker->word_count ? waker->words[part->exact] : 0;
    if (exact) note_all(self, type, &waker->word_wakes.items[exact].exact);
}

static bool passes_in_capitals(const describer *self, uint32_t predicate, const att_word_type *type)
{
    const att_predicates *predicates = self->waker->predicates;
    return type->classes & ATT_CLASS_UPPER
           && att_predicate_of_type(predicates, predicate, self->vocabulary, type, true) != ATT_ANSWER_NO;
}

/* The bits by which to find the tests that the word may pass. A hyphenated word also has the bit of its first part, because
 * lists match it part by part. */
static uint64_t bits_for_tests(const describer *self, const att_word_type *type)
{
    const att_lexicon *lexicon = &self->waker->predicates->knowledge->lexicon;
    const att_vocabulary *vocabulary = self->vocabulary;
    uint64_t bits = att_glance_surface(lexicon, type);
    if (!type->part_count) return bits;
    uint32_t first = vocabulary->parts.items[type->first_part].type;
    return bits | att_glance_word(lexicon, att_vocabulary_type(vocabulary, first)->norm);
}

static void wake_test(const describer *self, const att_word_type *type, const att_waking_test *test)
{
    uint32_t places = places_of(self, test->predicate, type);
    if (places == ATT_PLACE_NONE && !passes_in_capitals(self, test->predicate, type)) return;
    for (uint32_t i = 0; i < test->anchors.count; i++)
        if (!is_asleep(self, test->anchors.items[i])) note(self, test->anchors.items[i] | places << PLACES);
}

/* Notes the anchors that wait only for a word that passes a test. */
static void wake_tests(const describer *self, const att_word_type *type)
{
    const att_waker *waker = self->waker;
    bool letters = type->classes & ATT_CLASS_ASCII && type->letters == type->surface.length;
    uint32_t count = letters ? waker->letter_tests : waker->tests.count;
    uint64_t bits = bits_for_tests(self, type);
    for (uint32_t i = 0; i < count; i++)
        if (waker->tests.items[i].bits & bits) wake_test(self, type, &waker->tests.items[i]);
}

/* Sorts by anchor. Mostly there are few, in runs that are already in order. */
static void sort_woken(uint32_t *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t item = items[i], at = i;
        for (; at && (items[at - 1] & ATT_ANCHOR) > (item & ATT_ANCHOR); at--) items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Sorts what was noted and removes repeats. */
static void tidy(const describer *self)
{
    uint32_t *items = self->vocabulary->pool.items + self->first + 1, count = self->vocabulary->pool.count - self->first - 1;
    sort_woken(items, count);
    uint32_t kept = count ? 1 : 0;
    for (uint32_t i = 1; i < count; i++)
        if (items[i] != items[kept - 1]) items[kept++] = items[i];
    items[-1] = kept;
    self->vocabulary->pool.count = self->first + 1 + kept;
}

/* Index in the pool of the anchors that the type wakes; 0 for none. */
static uint32_t anchors_of(const void *user, att_vocabulary *vocabulary, const att_word_type *type)
{
    describer self = { user, vocabulary, 0 };
    if (!vocabulary->pool.count) note(&self, 0); /* index 0 stands for nothing */
    self.first = vocabulary->pool.count;
    note(&self, 0);
    wake_words(&self, type, type, true);
    for (uint32_t i = 0; i < type->part_count; i++)
        wake_words(&self, type, att_vocabulary_type(vocabulary, vocabulary->parts.items[type->first_part + i].type), !i);
    wake_tests(&self, type);
    tidy(&self);
    if (vocabulary->pool.count > self.first + 1) return self.first;
    vocabulary->pool.count = self.first;
    return 0;
}

att_type_note att_waker_describe(const void *user, att_vocabulary *vocabulary, att_word_type *type)
{
    const att_waker *waker = user;
    return (att_type_note){ att_glance_type(&waker->predicates->knowledge->lexicon, type), anchors_of(user, vocabulary, type) };
}

/* ---- what the tokens of a document wake ---- */

typedef struct {
    const att_waker *waker;
    att_document *doc;
    att_vocabulary *vocabulary;
    att_wokens *wokens; /* by stage */
} search;

/* The anchors that the token's type wakes, preceded by their number. */
static const uint32_t *woken_by(const search *self, uint32_t token)
{
    const att_vocabulary *vocabulary = self->vocabulary;
    return vocabulary->pool.items + vocabulary->numbers.items[self->doc->tokens.type[token]];
}

/* Makes room in each stage for as many as news mostly has, so that few are copied to a larger piece. */
static void reserve_wokens(search *self)
{
    enum { TOKENS_EACH = 8, MOST = 1 << 13 };
    uint32_t wanted = self->doc->tokens.count / TOKENS_EACH;
    for (uint32_t stage = 0; stage < self->waker->predicates->knowledge->pipeline.count; stage++)
        ATT_RESERVE(self->doc->arena, &self->wokens[stage], wanted < MOST ? wanted : MOST);
}

/* The anchors of the tokens of a few blocks in one row, so that a single loop over them has no branch that depends on how
 * many each token has. */
typedef struct {
    uint32_t first; /* token */
    uint32_t count, capacity;
    uint32_t *anchors;
    uint8_t *slots;                                   /* by anchor: its token from `first` on */
    uint32_t *kept;                                   /* indices of the anchors that may lead to a match */
    att_beside words[WOKEN_BLOCKS * ATT_TOKEN_BLOCK]; /* by slot */
} queue;

/* Makes room for `most` anchors in an empty row; line_up writes up to ATT_POOL_STEP more behind them. */
static void make_room(queue *self, att_arena *arena, uint32_t most)
{
    self->capacity = most;
    self->anchors = att_arena_alloc(arena, sizeof *self->anchors * (most + ATT_POOL_STEP));
    self->slots = att_arena_alloc(arena, most + ATT_POOL_STEP);
    self->kept = att_arena_alloc(arena, sizeof *self->kept * (most + 1));
}

/* The bits of the words before and behind the token. */
static att_beside words_beside(const att_document *doc, uint32_t token)
{
    const uint64_t *bits = doc->tokens.bits;
    const uint64_t *before = doc->places[token] & ATT_PLACE_BOP ? &att_glance_edge : &bits[token - 1];
    const uint64_t *behind = doc->places[token + 1] & ATT_PLACE_BOP ? &att_glance_edge : &bits[token + 1];
    uint64_t parts = bits[token] == att_glance_parts ? UINT64_MAX : 0; /* the next word to be matched may be a part of it */
    return (att_beside){ .before = *before, .behind = *behind | parts };
}

/* Whether the anchor's predicate or list may hold in a line of capitals, where words pass other tests. */
static bool may_hold_in_capitals(const search *self, const att_hook *hook, uint32_t token)
{
    const att_predicates *predicates = self->waker->predicates;
    uint32_t predicate = hook->list ? predicates->list_predicates[hook->list - 1] : hook->predicate;
    if (!predicate || att_predicate_by_word(predicates, predicate - 1, self->doc, self->vocabulary, token) != ATT_ANSWER_NO)
        return true;
    return hook->list
           && (att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token])->part_count
               || att_list_goes_on(predicates, hook->list - 1, self->doc, self->vocabulary, token));
}

/* Whether the words beside the token pass the door, and the token is at the places that it asks for; only the places in
 * `asked` are compared. */
static bool fits(const att_waker *waker, const att_door *door, const att_beside *words, uint32_t places, uint32_t asked)
{
    const att_beside *may = &waker->besides.items[door->beside];
    return !!(may->behind & words->behind) & !!(may->before & words->before) & !((places ^ door->everywhere) & asked);
}

static inline void add_woken(const search *self, uint32_t anchor, uint32_t token)
{
    att_wokens *wokens = &self->wokens[self->waker->doors[anchor].stage];
    ATT_RESERVE(self->doc->arena, wokens, 1);
    wokens->items[wokens->count++] = (att_woken){ anchor, token };
}

/* Fills all->kept with the indices of the anchors that the neighbouring words do not rule out, and returns how many. Has no
 * branch, since none could be predicted. */
static uint32_t keep_fitting(const search *self, const queue *all)
{
    const att_waker *waker = self->waker;
    const uint32_t *anchors = all->anchors, count = all->count;
    const uint8_t *slots = all->slots, *places = self->doc->places + all->first;
    uint32_t *kept = all->kept, kept_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t slot = slots[i];
        kept[kept_count] = i;
        kept_count +=
            fits(waker, &waker->doors[anchors[i] & ATT_ANCHOR], &all->words[slot], places[slot], anchors[i] >> PLACES);
    }
    return kept_count;
}

/* Passes the kept anchors to their stages. Where a word alone is not a phrase of the list, the next word must continue one. */
static void ask_all(search *self, queue *all)
{
    const att_waker *waker = self->waker;
    const uint32_t kept_count = keep_fitting(self, all);
    for (uint32_t i = 0; i < kept_count; i++) {
        const uint32_t anchor = all->anchors[all->kept[i]], number = anchor & ATT_ANCHOR;
        const uint32_t token = all->first + all->slots[all->kept[i]];
        if (anchor & PAIR
            && !att_list_goes_on(self->waker->predicates, waker->hooks.items[number].list - 1, self->doc, self->vocabulary,
                                 token))
            continue;
        add_woken(self, number, token);
    }
    all->count = 0;
}

/* Appends the anchors of a token, ATT_POOL_STEP at a time: most tokens have no more than that. Where the row has no room for
 * them, what stands in it is handled first. */
static void line_up(queue *self, search *run, uint32_t token)
{
    const uint32_t *anchors = woken_by(run, token) + 1, count = anchors[-1];
    const uint32_t slot = token - self->first;
    if (count > self->capacity - self->count) {
        ask_all(run, self);
        if (count > self->capacity) make_room(self, &run->vocabulary->scratch, count * 2);
    }
    const uint64_t slots = slot * 0x0101010101010101u;
    self->words[slot] = words_beside(run->doc, token);
    uint32_t at = 0;
    do {
        memcpy(self->anchors + self->count + at, anchors + at, sizeof *anchors * ATT_POOL_STEP);
        memcpy(self->slots + self->count + at, &slots, ATT_POOL_STEP);
    } while ((at += ATT_POOL_STEP) < count);
    self->count += count;
}

static void wake_in_capitals(search *self, uint32_t token)
{
    const att_waker *waker = self->waker;
    const uint32_t *anchors = woken_by(self, token);
    att_beside words = words_beside(self->doc, token);
    for (uint32_t i = 1, count = *anchors; i <= count; i++) {
        uint32_t number = anchors[i] & ATT_ANCHOR;
        if (fits(waker, &waker->doors[number], &words, 0, 0) && may_hold_in_capitals(self, &waker->hooks.items[number], token))
            add_woken(self, number, token);
    }
}

/* Wakes all anchors without filtering: a trace also shows rules that came to nothing. */
static void wake_traced(search *self, uint32_t token)
{
    const uint32_t *anchors = woken_by(self, token);
    for (uint32_t i = 1; i <= *anchors; i++) add_woken(self, anchors[i] & ATT_ANCHOR, token);
}

/* Wakes the anchors of one token. Handles those already in the row first, so that the result stays in text order. */
static void wake(search *self, queue *all, uint32_t token)
{
    bool capitals = self->doc->tokens.flags[token] & ATT_FLAG_CAPITAL_LINE;
    if (!capitals && !self->doc->trace) {
        line_up(all, self, token);
        return;
    }
    ask_all(self, all);
    (self->doc->trace ? wake_traced : wake_in_capitals)(self, token);
}

/* Wakes the anchors of the noted tokens of a few blocks. */
static void wake_blocks(search *self, uint32_t first, uint32_t blocks, queue *all)
{
    all->first = first;
    for (uint32_t block = first; block < first + blocks * ATT_TOKEN_BLOCK; block += ATT_TOKEN_BLOCK)
        for (uint64_t noted = att_tokens_block(self->doc->tokens.looks + block, ATT_LOOK_NOTED); noted; noted &= noted - 1)
            wake(self, all, block + (uint32_t)__builtin_ctzll(noted));
    ask_all(self, all);
}

void att_wake_all(const att_waker *waker, att_document *doc, att_vocabulary *vocabulary, att_wokens wokens[ATT_MAX_STAGES])
{
    search self = { waker, doc, vocabulary, wokens };
    uint32_t blocks = (doc->tokens.count + ATT_TOKEN_BLOCK - 1) / ATT_TOKEN_BLOCK;
    queue all;
    all.count = 0;
    make_room(&all, &vocabulary->scratch, FIRST_ROOM);
    reserve_wokens(&self);
    for (uint32_t block = 0; block < blocks; block += WOKEN_BLOCKS)
        wake_blocks(&self, block * ATT_TOKEN_BLOCK, blocks - block < WOKEN_BLOCKS ? blocks - block : WOKEN_BLOCKS, &all);
}
