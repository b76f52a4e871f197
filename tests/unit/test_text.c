/* test_text.c - the text floor by the table tests/text/cases.tsv: what, view, text, want. Runs with the shipped rules, since
 * names decide where hyphenated words are split. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "engine/engine.h"
#include "engine/pipeline.h"

typedef struct {
    att_engine *engine;
    att_guard guard;
    att_arena arena;
    att_vocabulary vocabulary;
    att_document doc;
    att_str view, text, want, got;
    const char *what;
} bench;

static bench table;

static int hex(const char *text, int digits, unsigned *value)
{
    *value = 0;
    for (int i = 0; i < digits; i++) {
        char c = text[i];
        if (c >= '0' && c <= '9') *value = *value * 16 + (unsigned)(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') *value = *value * 16 + (unsigned)((c | 0x20) - 'a' + 10);
        else return 0;
    }
    return 1;
}

static void put_code(att_buf *out, unsigned code)
{
    if (code < 0x80) {
        att_buf_byte(out, (char)code);
    } else if (code < 0x800) {
        att_buf_byte(out, (char)(0xC0 | code >> 6));
        att_buf_byte(out, (char)(0x80 | (code & 0x3F)));
    } else {
        att_buf_byte(out, (char)(0xE0 | code >> 12));
        att_buf_byte(out, (char)(0x80 | (code >> 6 & 0x3F)));
        att_buf_byte(out, (char)(0x80 | (code & 0x3F)));
    }
}

static att_str unescape(att_arena *arena, att_str text)
{
    att_buf out = { .arena = arena };
    for (size_t i = 0; i < text.length; i++) {
        unsigned code;
        char next = i + 1 < text.length ? text.data[i + 1] : '\0';
        if (text.data[i] != '\\' || !next) {
            att_buf_byte(&out, text.data[i]);
            continue;
        }
        i++;
        if (next == 'x' && hex(text.data + i + 1, 2, &code)) {
            att_buf_byte(&out, (char)code);
            i += 2;
        } else if (next == 'u' && hex(text.data + i + 1, 4, &code)) {
            put_code(&out, code);
            i += 4;
        } else {
            att_buf_byte(&out, (char)(next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next));
        }
    }
    return att_buf_str(&out);
}

/* text[start, end) with runs of blanks collapsed to one. */
static void put_collapsed(att_buf *out, att_str text, size_t start, size_t end)
{
    bool blank = false;
    for (size_t i = start; i < end; i++) {
        bool here = text.data[i] == ' ' || text.data[i] == '\n' || text.data[i] == '\r' || text.data[i] == '\t';
        if (here && !blank) att_buf_byte(out, ' ');
        if (!here) att_buf_byte(out, text.data[i]);
        blank = here;
    }
}

static void separate(att_buf *out)
{
    if (out->count) att_buf_byte(out, '|');
}

static void show_stretches(att_buf *out, const att_stretches *stretches)
{
    const att_tokens *tokens = &table.doc.tokens;
    for (uint32_t i = 0; i < stretches->count; i++) {
        separate(out);
        put_collapsed(out, table.doc.text, tokens->start[stretches->items[i].tokens.first],
                      tokens->end[stretches->items[i].tokens.last - 1]);
    }
}

static void show_tokens(att_buf *out, bool folded)
{
    for (uint32_t i = 0; i < table.doc.tokens.count; i++) {
        uint64_t caps;
        att_str surface = att_str_slice(table.doc.text, table.doc.tokens.start[i], table.doc.tokens.end[i]);
        separate(out);
        att_buf_add(out, folded ? att_word_fold(&table.arena, surface, &caps) : surface);
    }
}

static void show_paragraphs(att_buf *out)
{
    for (uint32_t i = 0; i < table.doc.paragraphs.count; i++) {
        const att_paragraph *p = &table.doc.paragraphs.items[i];
        separate(out);
        att_buf_format(out, "%s:", att_zone_names[p->kind]);
        put_collapsed(out, table.doc.text, p->start, p->end);
    }
}

static void show_spans(att_buf *out)
{
    for (uint32_t i = 0; i < table.doc.zones.count; i++) {
        const att_zone *z = &table.doc.zones.items[i];
        separate(out);
        att_buf_format(out, "%s:", att_zone_names[z->kind]);
        put_collapsed(out, table.doc.text, z->start, z->end);
    }
}

static void show_classes(att_buf *out)
{
    if (!table.doc.tokens.count) return;
    uint32_t classes = att_vocabulary_type(&table.vocabulary, table.doc.tokens.type[0])->classes;
    bool first = true;
    for (int i = 0; i < ATT_CLASS_COUNT; i++) {
        if (!(classes >> i & 1)) continue;
        att_buf_format(out, "%s%s", first ? "" : ",", att_class_names[i]);
        first = false;
    }
}

static void show_caps(att_buf *out)
{
    for (uint32_t i = 0; i < table.doc.tokens.count; i++)
        att_buf_byte(out, table.doc.tokens.flags[i] & ATT_FLAG_CAPITAL_LINE ? '1' : '0');
}

/* Front matter of a text that begins with "---", as the Markdown reader finds it. */
static uint32_t front_matter(att_str text)
{
    if (!att_str_starts(text, ATT_STR("---\n"))) return 0;
    const char *close = memmem(text.data + 3, text.length - 3, "\n---\n", 5);
    return close ? (uint32_t)(close - text.data) + 5 : 0;
}

static void run(void *argument)
{
    (void)argument;
    att_document_clear(&table.doc, &table.arena);
    att_document_set_text(&table.doc, unescape(&table.arena, table.text));
    table.doc.body = front_matter(table.doc.text);
    att_pipeline_run(&table.engine->cascade, &table.doc, &table.vocabulary, ATT_NONE);
    att_buf out = { .arena = &table.arena };
    if (att_str_is(table.view, "tokens")) show_tokens(&out, false);
    else if (att_str_is(table.view, "fold")) show_tokens(&out, true);
    else if (att_str_is(table.view, "sentences")) show_stretches(&out, &table.doc.sentences);
    else if (att_str_is(table.view, "clauses")) show_stretches(&out, &table.doc.clauses);
    else if (att_str_is(table.view, "paragraphs")) show_paragraphs(&out);
    else if (att_str_is(table.view, "spans")) show_spans(&out);
    else if (att_str_is(table.view, "classes")) show_classes(&out);
    else if (att_str_is(table.view, "caps")) show_caps(&out);
    else fail_msg("%s: unknown view", table.what);
    table.got = att_buf_str(&out);
    table.want = unescape(&table.arena, table.want);
}

static att_str next_column(char **line)
{
    char *start = *line ? *line : (char *)"";
    char *end = strpbrk(start, "\t\n");
    *line = end && *end == '\t' ? end + 1 : NULL;
    return (att_str){ start, end ? (size_t)(end - start) : strlen(start) };
}

static void all_cases(void **state)
{
    (void)state;
    FILE *file = fopen("tests/text/cases.tsv", "rb");
    assert_non_null(file);
    char *line = NULL;
    size_t room = 0, failed = 0, count = 0;
    while (getline(&line, &room, file) > 0) {
        if (line[0] == '#' || line[0] == '\n') continue;
        char *rest = line;
        att_str what = next_column(&rest);
        table.view = next_column(&rest);
        table.text = next_column(&rest);
        table.want = next_column(&rest);
        att_arena_reset(&table.arena, SIZE_MAX);
        assert_int_equal(att_guard_run(&table.guard, run, NULL), ATT_OK);
        count++;
        if (att_str_equal(table.got, table.want)) continue;
        failed++;
        print_error("%.*s (%.*s)\n  want %.*s\n  got  %.*s\n", ATT_STR_ARG(what), ATT_STR_ARG(table.view),
                    ATT_STR_ARG(table.want), ATT_STR_ARG(table.got));
    }
    free(line);
    fclose(file);
    print_message("%zu text cases\n", count);
    assert_true(count >= 190);
    assert_int_equal(failed, 0);
}

/* A letter with a mark behind the text asks for the long way. */
static void fold_both_ways(void *argument)
{
    const char *text = argument;
    uint64_t caps, slow_caps;
    att_str fast = att_utf8_fold(&table.arena, att_str_of(text), &caps);
    att_str slow = att_utf8_fold(&table.arena, att_str_format(&table.arena, "%s\u00e9", text), &slow_caps);
    table.got = att_str_format(&table.arena, "%.*s %llx", ATT_STR_ARG(fast), (unsigned long long)caps);
    table.want = att_str_format(&table.arena, "%.*s %llx", (int)slow.length - 2, slow.data, (unsigned long long)slow_caps);
}

static void common_marks_fold_as_others(void **state)
{
    (void)state;
    static const char *const texts[] = { "", "Women\u2019s Health",
                                         "\u201cYES\u201d \u2013 \u2018No\u2019 \u2014 a-b (c) `d\t{e}",
                                         "THE FIFTY-SEVENTH AND LAST WORD OF A NAME THAT HAS MORE THAN 64 LETTERS\u2019 End" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        att_arena_reset(&table.arena, SIZE_MAX);
        assert_int_equal(att_guard_run(&table.guard, fold_both_ways, (void *)(uintptr_t)texts[i]), ATT_OK);
        assert_true(att_str_equal(table.got, table.want));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(all_cases), cmocka_unit_test(common_marks_fold_as_others) };
    if (att_engine_load(&table.engine, NULL) != ATT_OK) return 1;
    att_arena_init(&table.arena, &table.guard, 0);
    att_vocabulary_init(&table.vocabulary, &table.engine->knowledge.lexicon, &table.guard, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    att_vocabulary_clear(&table.vocabulary);
    att_arena_clear(&table.arena);
    att_engine_free(table.engine);
    return failed;
}
