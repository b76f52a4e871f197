#include "cli/eval_facts.h"

#include <stdlib.h>
#include <string.h>

#include "attache.h"

static const char *const house_types[] = { "PERSON",  "TITLE",    "AGENCY", "IGO",       "ORG", "COUNTRY",
                                           "DEMONYM", "LOCATION", "EVENT",  "AGREEMENT", "DATE" };
enum { HOUSE_TYPES = sizeof house_types / sizeof house_types[0] };

static const char *const measures[] = {
#define X(id, name) name,
    EVAL_MEASURES(X)
#undef X
};

/* Topics that the gold form does not annotate: neither right nor wrong. */
static const char *const unscored[] = { "chemical-biological-weapons", "territorial-disputes", "intelligence-espionage",
                                        "protest-unrest" };

const char *eval_house_type(size_t index)
{
    return index < HOUSE_TYPES ? house_types[index] : NULL;
}

const char *eval_measure_name(size_t index)
{
    return index < EVAL_FIXED_COUNT ? measures[index] : eval_house_type(index - EVAL_FIXED_COUNT);
}

size_t eval_type_find(const eval_types *types, const char *name)
{
    size_t type = 0;
    while (type < types->count && strcmp(types->names[type], name) != 0) type++;
    return type;
}

/* ---- texts as they are compared ---- */

/* One blank for each run of white space, none at the ends; plain apostrophes. */
static char *tidy(cli_pool *pool, const char *text)
{
    static const char apostrophe[] = "\xE2\x80\x99";
    char *out = cli_pool_take(pool, strlen(text) + 1), *end = out;
    bool blank = false;
    for (size_t length; *text; text += length) {
        length = eval_blank_at(text);
        bool white = length > 0, curly = strncmp(text, apostrophe, 3) == 0;
        if (!white && blank && end > out) *end++ = ' ';
        blank = white;
        if (white) continue;
        length = curly ? 3 : 1;
        *end++ = curly ? '\'' : *text;
    }
    *end = '\0';
    return out;
}

static const char *fold(cli_pool *pool, const char *text)
{
    char *folded;
    const char *tidied = tidy(pool, text ? text : "");
    if (att_fold_case(tidied, strlen(tidied), &folded) != ATT_OK) return tidied;
    const char *copy = cli_pool_word(pool, folded);
    free(folded);
    return strncmp(copy, "the ", 4) == 0 ? copy + 4 : copy;
}

/* ---- the frame ---- */

static int by_length(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    size_t first = strlen(*a), second = strlen(*b);
    return first != second ? (first > second ? -1 : 1) : strcmp(*a, *b);
}

static bool is_nation(const eval_span *span)
{
    return strcmp(span->type, "COUNTRY") == 0 || strcmp(span->type, "DEMONYM") == 0;
}

eval_frame eval_frame_of(const eval_doc *gold, cli_pool *pool)
{
    static const char *const american[] = { "wh/", "seed/" }; /* how the form marks documents of the United States */
    eval_frame frame = { 0 };
    for (size_t i = 0; gold->text && i < gold->spans.count; i++) {
        const eval_span *span = &gold->spans.items[i];
        if (!is_nation(span)) continue;
        size_t start = eval_byte_of(gold->text, gold->length, span->start),
               end = eval_byte_of(gold->text, gold->length, span->end);
        eval_words_add(&frame.nations, pool, fold(pool, cli_pool_copy(pool, gold->text + start, end - start)));
    }
    if (frame.nations.count) qsort(frame.nations.items, frame.nations.count, sizeof *frame.nations.items, by_length);
    for (size_t i = 0; i < sizeof american / sizeof american[0]; i++)
        if (strncmp(gold->id, american[i], strlen(american[i])) == 0) frame.own = "USA";
    return frame;
}

/* ---- facts ---- */

static void add(eval_fact_list *list, cli_pool *pool, eval_fact fact)
{
    CLI_RESERVE(pool, list);
    list->items[list->count++] = fact;
}

static void add_span(eval_facts *self, const eval_span *span, const eval_types *types, cli_pool *pool)
{
    size_t type = eval_type_find(types, span->type);
    if (type == types->count || types->hidden[type]) return;
    const char *key = cli_pool_format(pool, "%010u %010u %s", span->start, span->end, span->type);
    eval_fact fact = { .key = key, .rule = span->rule, .span = span };
    add(&self->lists[EVAL_FIXED_COUNT + type], pool, fact);
    add(&self->lists[EVAL_MENTIONS], pool, fact);
    if (is_nation(span)) {
        fact.key = cli_pool_format(pool, "%s %s", key, span->code ? span->code : "-");
        add(&self->lists[EVAL_CODES], pool, fact);
    }
    fact.key = cli_pool_format(pool, "%010u %010u", span->start, span->end);
    add(&self->lists[EVAL_BOUNDARIES], pool, fact);
}

/* Without a country's name or demonym before it. */
static const char *bare_agency(const char *agency, const eval_words *nations)
{
    for (size_t i = 0; i < nations->count; i++) {
        size_t length = strlen(nations->items[i]);
        if (strncmp(agency, nations->items[i], length) == 0 && agency[length] == ' ') return agency + length + 1;
    }
    return agency;
}

static void add_official(eval_facts *self, const eval_official *official, const eval_frame *frame, cli_pool *pool)
{
    const char *name = fold(pool, official->name), *title = fold(pool, official->title);
    const char *agency = bare_agency(fold(pool, official->agency), &frame->nations), *country = fold(pool, official->country);
    const struct {
        size_t measure;
        const char *key;
    } keys[] = { { EVAL_NAME, name },
                 { EVAL_NAME_TITLE, cli_pool_format(pool, "%s | %s", name, title) },
                 { EVAL_NAME_COUNTRY, cli_pool_format(pool, "%s | %s", name, country) },
                 { EVAL_OFFICIALS, cli_pool_format(pool, "%s | %s | %s | %s", name, title, agency, country) } };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        add(&self->lists[keys[i].measure], pool,
            (eval_fact){ .key = keys[i].key, .show = keys[i].key, .rule = official->rule });
}

static bool is_scored(const char *claim, const eval_frame *frame)
{
    size_t length = strcspn(claim, "@");
    for (size_t i = 0; i < sizeof unscored / sizeof unscored[0]; i++)
        if (strlen(unscored[i]) == length && memcmp(unscored[i], claim, length) == 0) return false;
    return !frame->own || !claim[length] || strcmp(claim + length + 1, frame->own) != 0;
}

static int by_key(const void *left, const void *right)
{
    const eval_fact *a = left, *b = right;
    return strcmp(a->key, b->key);
}

static void sort(eval_fact_list *list)
{
    if (list->count) qsort(list->items, list->count, sizeof *list->items, by_key);
}

/* Claims are sets: each counts once. */
static void add_claims(eval_fact_list *list, const eval_claims *claims, const eval_frame *frame, cli_pool *pool)
{
    size_t kept = 0;
    for (size_t i = 0; i < claims->count; i++) {
        const eval_claim *claim = &claims->items[i];
        if (is_scored(claim->text, frame))
            add(list, pool, (eval_fact){ claim->text, claim->text, claim->quote, claim->rule, NULL });
    }
    sort(list);
    for (size_t i = 0; i < list->count; i++)
        if (!kept || by_key(&list->items[kept - 1], &list->items[i]) != 0) list->items[kept++] = list->items[i];
    list->count = kept;
}

void eval_facts_of(eval_facts *self, const eval_doc *doc, const eval_spans *spans, const eval_frame *frame,
                   const eval_types *types, cli_pool *pool)
{
    *self = (eval_facts){ 0 };
    for (size_t i = 0; i < spans->count; i++) add_span(self, &spans->items[i], types, pool);
    for (size_t i = 0; i < doc->officials.count; i++) add_official(self, &doc->officials.items[i], frame, pool);
    for (size_t i = 0; i < EVAL_MAX_MEASURES; i++) sort(&self->lists[i]);
    add_claims(&self->lists[EVAL_TOPICS], &doc->topics, frame, pool);
    add_claims(&self->lists[EVAL_THEMES], &doc->pairs, frame, pool);
    add_claims(&self->lists[EVAL_COUNTRIES], &doc->countries, &(eval_frame){ 0 }, pool);
    add_claims(&self->lists[EVAL_ABOUT], &doc->about, &(eval_frame){ 0 }, pool);
}

size_t eval_facts_common(const eval_fact_list *left, const eval_fact_list *right)
{
    size_t common = 0;
    for (size_t l = 0, r = 0; l < left->count && r < right->count;) {
        int order = by_key(&left->items[l], &right->items[r]);
        common += order == 0;
        l += order <= 0;
        r += order >= 0;
    }
    return common;
}
