#include "cli/eval_gold.h"

#include <stdlib.h>
#include <string.h>

#include "attache.h"

static const char *renamed(const eval_map *map, const char *type)
{
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->items[i].found, type) == 0) return map->items[i].gold;
    return type;
}

bool eval_gold_has(const eval_doc *doc, const char *type)
{
    for (size_t i = 0; i < doc->spans.count; i++) {
        const eval_span *span = &doc->spans.items[i];
        if (strcmp(span->type, type) == 0) return true;
        for (size_t k = 0; k < span->also.count; k++)
            if (strcmp(span->also.items[k], type) == 0) return true;
    }
    return false;
}

void eval_gold_rename(eval_doc *doc, const eval_map *map)
{
    for (size_t i = 0; i < doc->spans.count; i++) {
        eval_span *span = &doc->spans.items[i];
        span->type = renamed(map, span->type);
        for (size_t k = 0; k < span->also.count; k++) span->also.items[k] = renamed(map, span->also.items[k]);
    }
}

/* ---- names ---- */

/* Part of a text: bytes from `start` to `end`. */
typedef struct {
    const char *text;
    size_t start, end;
} slice;

/* One of the marks, which have a NUL behind each, at the start of `text`: its bytes, or 0. */
static size_t mark_at(const char *text, size_t left, const char *const *marks)
{
    for (; *marks; marks++)
        if (strlen(*marks) <= left && memcmp(text, *marks, strlen(*marks)) == 0) return strlen(*marks);
    return 0;
}

static size_t mark_before(const char *text, size_t start, size_t end, const char *const *marks)
{
    for (; *marks; marks++) {
        size_t length = strlen(*marks);
        if (length <= end - start && memcmp(text + end - length, *marks, length) == 0) return length;
    }
    return 0;
}

/* Without quotation marks, brackets and points at its ends. */
static slice bare(slice word)
{
    static const char *const marks[] = {
        "\"", "'", "“", "”", "‘", "’", "(", ")", "[", "]", ".", ",", ";", ":", "!", "?", NULL
    };
    size_t length;
    while ((length = mark_at(word.text + word.start, word.end - word.start, marks))) word.start += length;
    while ((length = mark_before(word.text, word.start, word.end, marks))) word.end -= length;
    return word;
}

static bool starts_with_capital(slice word)
{
    char *folded;
    if (word.start == word.end) return false;
    const char *first = word.text + word.start;
    size_t length = eval_byte_of(first, word.end - word.start, 1);
    if (length == 1) return *first >= 'A' && *first <= 'Z';
    if (att_fold_case(first, length, &folded) != ATT_OK) return false;
    bool capital = strncmp(folded, first, length) != 0;
    free(folded);
    return capital;
}

/* Words that have a capital everywhere. */
static bool is_no_name(slice word)
{
    static const char *const words[] = { "The", "I", "I'm", "I’m", "I've", "I’ve", "I'll", "I’ll", "I'd", "I’d" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == word.end - word.start && memcmp(words[i], word.text + word.start, strlen(words[i])) == 0)
            return true;
    return false;
}

/* The byte that stands before a word, behind blanks, quotation marks and opening brackets; '\0' at the start of the text. */
static char byte_before(const char *text, size_t at)
{
    static const char *const marks[] = { " ", "\t", "\"", "'", "“", "”", "‘", "’", "(", "[", NULL };
    size_t length;
    while ((length = mark_before(text, 0, at, marks))) at -= length;
    return at ? text[at - 1] : '\0';
}

/* `first`: the first word of its span; behind it an abbreviation's point ("Gen. Ruud") ends no sentence. */
static bool is_name(slice word, bool first)
{
    slice inner = bare(word);
    char before = byte_before(word.text, word.start);
    if (!starts_with_capital(inner) || is_no_name(inner)) return false;
    return (before && !strchr(".!?\n\r", before)) || (!first && before == '.');
}

static bool has_name(const eval_doc *doc, const eval_span *span)
{
    size_t start = eval_byte_of(doc->text, doc->length, span->start), end = eval_byte_of(doc->text, doc->length, span->end);
    for (size_t at = start, next; at < end; at = next) {
        next = at;
        while (next < end && !eval_blank_at(doc->text + next)) next++;
        if (next > at && is_name((slice){ doc->text, at, next }, at == start)) return true;
        if (next < end) next += eval_blank_at(doc->text + next);
    }
    return false;
}

void eval_gold_keep_names(eval_doc *doc, cli_pool *pool)
{
    size_t kept = 0;
    for (size_t i = 0; doc->text && i < doc->spans.count; i++) {
        eval_span span = doc->spans.items[i];
        if (has_name(doc, &span)) {
            doc->spans.items[kept++] = span;
        } else {
            CLI_RESERVE(pool, &doc->ignored);
            doc->ignored.items[doc->ignored.count++] = span;
        }
    }
    if (doc->text) doc->spans.count = kept;
}
