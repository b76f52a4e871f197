/* test_write.c - the write floor: offsets, escaping, each format over a document made by hand, the schema. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "write/escape.h"
#include "write/writer.h"

#define DIGEST "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define BYTES(literal)                                                                                                         \
    {                                                                                                                          \
        literal, sizeof(literal) - 1                                                                                           \
    }
enum { COUNT_OF_LAYERS = ATT_KNOWN_LAYERS + 1, LAYER_SHIP = ATT_KNOWN_LAYERS };

/* ---- arenas: a test's memory, without a limit ---- */

static att_guard guard;
static att_arena arena;

static int set_up(void **state)
{
    (void)state;
    att_arena_init(&arena, &guard, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    att_arena_clear(&arena);
    return 0;
}

static att_str text_of(const char *text)
{
    return att_str_copy(&arena, att_str_of(text));
}

/* ---- offsets ---- */

static uint32_t count_slowly(att_str text, uint32_t end, att_offset_unit unit)
{
    uint32_t units = 0;
    if (unit == ATT_OFFSET_BYTE) return end;
    for (size_t at = 0; at < end;) {
        att_rune rune = att_utf8_decode(text, at);
        units += unit == ATT_OFFSET_UTF16 && rune.code > 0xFFFF ? 2 : 1;
        at += rune.length;
    }
    return units;
}

static const struct {
    const char *what;
    att_str text;
    uint32_t codepoints, utf16;
} texts[] = {
    { "nothing", BYTES(""), 0, 0 },
    { "ASCII", BYTES("U.S. Department of State"), 24, 24 },
    { "accents", BYTES("Zo\xC3\xAB"), 3, 3 },
    { "an emoji is one code point and two units", BYTES("a\xF0\x9F\x98\x80z"), 3, 4 },
    { "a combining mark counts by itself", BYTES("e\xCC\x81"), 2, 2 },
    { "a byte order mark counts", BYTES("\xEF\xBB\xBFSeoul"), 6, 6 },
    { "NUL is a character", BYTES("a\0b\xC3\xA9\0"), 5, 5 },
    { "lone continuation bytes count one each", BYTES("a\x80\x80z"), 4, 4 },
    { "a cut sequence is one part", BYTES("a\xF0\x9F\x98z"), 3, 3 },
    { "a cut sequence at the end", BYTES("a\xE2\x82"), 2, 2 },
    { "a surrogate is three parts", BYTES("\xED\xA0\x80"), 3, 3 },
    { "overlong bytes are two parts", BYTES("\xC0\xAF"), 2, 2 },
    { "overlong bytes, a longer form, are three parts", BYTES("\xE0\x80\x80"), 3, 3 },
    { "past U+10FFFF is four parts", BYTES("\xF4\x90\x80\x80"), 4, 4 },
    { "Korean", BYTES("\xED\x95\x9C\xEA\xB5\xAD"), 2, 2 },
};
enum { TEXT_COUNT = sizeof texts / sizeof texts[0] };

static uint32_t units_in(att_str text, att_offset_unit unit)
{
    att_offsets offsets;
    att_offsets_init(&offsets, &arena, text, false, unit);
    return att_offsets_at(&offsets, (uint32_t)text.length);
}

static void test_offsets(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        uint32_t codepoints = units_in(texts[i].text, ATT_OFFSET_CODEPOINT);
        uint32_t utf16 = units_in(texts[i].text, ATT_OFFSET_UTF16);
        if (codepoints == texts[i].codepoints && utf16 == texts[i].utf16) continue;
        fail_msg("%s\nwant %u %u\n got %u %u", texts[i].what, texts[i].codepoints, texts[i].utf16, codepoints, utf16);
    }
}

/* Each text again and again, so that parts lie across the borders of blocks in every way. */
static att_str repeat(att_str text, size_t shift)
{
    att_buf out = { .arena = &arena };
    for (size_t i = 0; i < shift; i++) att_buf_byte(&out, '.');
    while (out.count < 1500) {
        att_buf_add(&out, text);
        if (!text.length || out.count % 5 == 0) att_buf_add(&out, ATT_STR("plain words here"));
    }
    return att_buf_str(&out);
}

static void check_all_places(att_str text, att_offset_unit unit, const char *what)
{
    att_offsets offsets;
    att_offsets_init(&offsets, &arena, text, false, unit);
    uint32_t length = (uint32_t)text.length;
    for (uint32_t i = 0; i <= length; i++) {
        uint32_t at = (uint32_t)((uint64_t)i * 7919 % (length + 1)); /* in no order */
        uint32_t want = count_slowly(text, at, unit), got = att_offsets_at(&offsets, at);
        if (want == got) continue;
        fail_msg("%s, byte %u, %s\nwant %u\n got %u", what, at, att_offset_unit_names[unit], want, got);
    }
}

static void test_offsets_in_long_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEXT_COUNT; i++)
        for (size_t shift = 0; shift < 9; shift++)
            for (int unit = 0; unit < ATT_OFFSET_UNIT_COUNT; unit++)
                check_all_places(repeat(texts[i].text, shift), (att_offset_unit)unit, texts[i].what);
}

/* ---- escaping ---- */

static const struct {
    const char *what;
    att_str text;
    const char *want;
} strings[] = {
    { "no value", { NULL, 0 }, "null" },
    { "the empty string", BYTES(""), "\"\"" },
    { "quotation mark and backslash", BYTES("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"" },
    { "short escapes", BYTES("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"" },
    { "other control characters", BYTES("\1\x1B[31m\x1F"), "\"\\u0001\\u001b[31m\\u001f\"" },
    { "NUL", BYTES("a\0b"), "\"a\\u0000b\"" },
    { "DEL is plain", BYTES("\x7F"), "\"\x7F\"" },
    { "letters beyond ASCII are plain", BYTES("Zo\xC3\xAB \xF0\x9F\x98\x80"), "\"Zo\xC3\xAB \xF0\x9F\x98\x80\"" },
    { "line and paragraph separator", BYTES("a\xE2\x80\xA8\xE2\x80\xA9z"), "\"a\\u2028\\u2029z\"" },
    { "U+2027 is no separator", BYTES("\xE2\x80\xA7"), "\"\xE2\x80\xA7\"" },
    { "ill-formed parts",
      BYTES("a\xFF"
            "b\xE2\x82"),
      "\"a\xEF\xBF\xBD"
      "b\xEF\xBF\xBD\"" },
    { "a special byte behind eight plain ones", BYTES("12345678\"12345678\n1234567"), "\"12345678\\\"12345678\\n1234567\"" },
    { "plain runs between letters beyond ASCII",
      BYTES("12345678\xC3\xAB"
            "12345678\xE2\x80\x9C\"12345678"),
      "\"12345678\xC3\xAB"
      "12345678\xE2\x80\x9C\\\"12345678\"" },
};

/* The two ways of writing a string give the same. */
static bool padded_agrees(att_str text, att_str want)
{
    att_buf copy = { .arena = &arena }, out = { .arena = &arena };
    att_buf_add(&copy, text);
    att_buf_add(&copy, ATT_STR("\"0123456789abcdef0123456789abcdef"));
    att_pen_put_down(&out, att_pen_json_padded(&out, att_pen_take(&out, 0), (att_str){ copy.items, text.length }));
    return att_str_equal(att_buf_str(&out), want);
}

static void test_json_strings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        att_buf out = { .arena = &arena };
        att_escape_json(&out, strings[i].text);
        if (strings[i].text.data) assert_true(padded_agrees(strings[i].text, att_buf_str(&out)));
        if (att_str_is(att_buf_str(&out), strings[i].want)) continue;
        fail_msg("%s\nwant %s\n got %.*s", strings[i].what, strings[i].want, ATT_STR_ARG(att_buf_str(&out)));
    }
}

/* Each length up to 40 with a special byte at each place, and without one. */
static void test_json_strings_of_each_length(void **state)
{
    (void)state;
    for (size_t length = 0; length <= 40; length++)
        for (size_t place = 0; place <= length; place++) {
            char bytes[40], want[45] = "\"", *to = want + 1;
            for (size_t i = 0; i < length; i++) {
                bytes[i] = i == place ? '"' : (char)('a' + i % 26);
                if (i == place) *to++ = '\\';
                *to++ = bytes[i];
            }
            *to++ = '"';
            att_buf out = { .arena = &arena };
            att_escape_json(&out, (att_str){ bytes, length });
            assert_true(padded_agrees((att_str){ bytes, length }, att_buf_str(&out)));
            if (att_str_equal(att_buf_str(&out), (att_str){ want, (size_t)(to - want) })) continue;
            fail_msg("length %zu, special at %zu\n got %.*s", length, place, ATT_STR_ARG(att_buf_str(&out)));
        }
}

/* Numbers beside the powers of ten. */
static void test_numbers(void **state)
{
    (void)state;
    for (uint64_t power = 1; power < UINT32_MAX; power *= 10)
        for (uint64_t value = power - 1; value <= power + 1; value++) {
            att_buf out = { .arena = &arena };
            att_pen_put_down(&out, att_pen_number(att_pen_take(&out, 0), (uint32_t)value));
            if (att_str_equal(att_buf_str(&out), att_str_format(&arena, "%u", (unsigned)value))) continue;
            fail_msg("%u\n got %.*s", (unsigned)value, ATT_STR_ARG(att_buf_str(&out)));
        }
}

/* Every string of two bytes, as a second opinion reads it. */
static void test_json_strings_are_read_back(void **state)
{
    (void)state;
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        const char bytes[2] = { (char)(unsigned char)(pair >> 8), (char)(unsigned char)pair };
        att_buf out = { .arena = &arena };
        att_escape_json(&out, (att_str){ bytes, 2 });
        assert_true(padded_agrees((att_str){ bytes, 2 }, att_buf_str(&out)));
        json_t *value = json_loadb(out.items, out.count, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        assert_non_null(value);
        att_str want = att_utf8_repair(&arena, (att_str){ bytes, 2 });
        assert_true(att_str_equal(want, (att_str){ json_string_value(value), json_string_length(value) }));
        json_decref(value);
        if (pair % 0x1000 == 0) att_arena_reset(&arena, SIZE_MAX);
    }
}

static const struct {
    const char *what;
    att_str text;
    bool lines;
    const char *want;
} lines[] = {
    { "line breaks and tabs stay", BYTES("a\n\tb"), true, "a\n\tb" },
    { "CR LF is a line break", BYTES("a\r\nb\rc"), true,
      "a\nb\xEF\xBF\xBD"
      "c" },
    { "one line stays one", BYTES("a\r\nb"), false,
      "a\xEF\xBF\xBD\xEF\xBF\xBD"
      "b" },
    { "no escape passes",
      BYTES("\x1B[2J\x7F\xC2\x9B"
            "2J\xFF"),
      true,
      "\xEF\xBF\xBD[2J\xEF\xBF\xBD\xEF\xBF\xBD"
      "2J\xEF\xBF\xBD" },
};

static void test_terminal_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        att_buf out = { .arena = &arena };
        att_utf8_show(&out, lines[i].text, lines[i].lines);
        if (att_str_is(att_buf_str(&out), lines[i].want)) continue;
        fail_msg("%s\nwant %s\n got %.*s", lines[i].what, lines[i].want, ATT_STR_ARG(att_buf_str(&out)));
    }
}

/* ---- a document made by hand ---- */

static att_layers layers;
static att_document doc;

static void name_layer(uint32_t layer, const char *name, const char *first, const char *second)
{
    att_layer *self = &layers.items[layer];
    *self = (att_layer){ .name = att_str_of(name) };
    if (first) att_layer_add_field(self, att_str_of(first));
    if (second) att_layer_add_field(self, att_str_of(second));
}

static void make_layers(void)
{
#define X(name) name_layer(ATT_LAYER_##name, #name, NULL, NULL);
#include "model/layers.def"
#undef X
    name_layer(ATT_LAYER_COUNTRY, "COUNTRY", "code", NULL);
    name_layer(ATT_LAYER_AGENCY, "AGENCY", "id", "country");
    name_layer(LAYER_SHIP, "SHIP", "tons", "text"); /* a pack's own */
    layers.items[LAYER_SHIP].field_types[0] = ATT_FIELD_NUMBER;
    layers.count = COUNT_OF_LAYERS;
}

static void start_document(const char *text)
{
    make_layers();
    att_document_clear(&doc, &arena);
    att_document_set_text(&doc, text_of(text));
    doc.id = ATT_STR("us-visit");
    doc.source = ATT_STR("corpora/us-visit.txt");
}

/* Bytes of `words` in the text. */
static att_zone find(const char *words)
{
    char *text = att_arena_zero(&arena, doc.text.length + 1, 1);
    memcpy(text, doc.text.data, doc.text.length);
    const char *place = strstr(text, words);
    assert_non_null(place);
    uint32_t start = (uint32_t)(place - text);
    return (att_zone){ .start = start, .end = start + (uint32_t)strlen(words) };
}

static void add_paragraph(att_zone_kind kind, const char *words)
{
    att_zone place = find(words);
    ATT_RESERVE(&arena, &doc.paragraphs, 1);
    doc.paragraphs.items[doc.paragraphs.count++] = (att_paragraph){ .start = place.start, .end = place.end, .kind = kind };
}

static uint32_t add_entity(att_entity entity)
{
    ATT_RESERVE(&arena, &doc.entities, 1);
    doc.entities.items[doc.entities.count] = entity;
    return doc.entities.count++;
}

static att_annotation *add_mention(uint32_t layer, const char *words, uint32_t entity)
{
    att_zone place = find(words);
    ATT_RESERVE(&arena, &doc.annotations, 1);
    att_annotation *self = &doc.annotations.items[doc.annotations.count++];
    *self = (att_annotation){
        .start = place.start, .end = place.end, .layer = (uint16_t)layer, .entry = ATT_NONE, .name = ATT_NONE, .entity = entity
    };
    return self;
}

static void set_origin(att_annotation *mention, const char *rule, const char *path, uint32_t line)
{
    att_origin *origin = att_arena_alloc(&arena, sizeof *origin);
    *origin = (att_origin){ text_of(rule), att_source_new(&arena, text_of(path), ATT_EMPTY) };
    mention->origin = origin;
    mention->line = line;
}

static void set_field(att_annotation *mention, const char *field, const char *value)
{
    att_annotation_set(mention, &layers, &arena, att_str_of(field), text_of(value));
}

static void sort_mentions(void)
{
    qsort(doc.annotations.items, doc.annotations.count, sizeof *doc.annotations.items, att_annotation_order);
}

/* "😀 U.S. Department of State: Zoë left." - a name in a name, a person whom no rule knows. */
static void make_visit(void)
{
    start_document("\xF0\x9F\x98\x80 U.S. Department of State: Zo\xC3\xAB left\xFF.");
    doc.date = ATT_STR("2024-01-19");
    doc.lang = ATT_STR("en");
    add_paragraph(ATT_ZONE_TITLE, "\xF0\x9F\x98\x80 U.S. Department of State");
    add_paragraph(ATT_ZONE_BODY, "Zo\xC3\xAB left\xFF.");
    uint32_t state = add_entity((att_entity){ .id = ATT_STR("usa-state"),
                                              .layer = ATT_LAYER_AGENCY,
                                              .name = ATT_STR("Department of State"),
                                              .country = ATT_STR("USA"),
                                              .country_by = ATT_BY_ENTRY });
    uint32_t country = add_entity((att_entity){ .id = ATT_STR("USA"),
                                                .layer = ATT_LAYER_COUNTRY,
                                                .code = ATT_STR("USA"),
                                                .name = ATT_STR("United States of America") });
    uint32_t person = add_entity((att_entity){ .id = ATT_STR("e1"), .layer = ATT_LAYER_PERSON, .name = ATT_STR("Zo\xC3\xAB") });
    att_annotation *agency = add_mention(ATT_LAYER_AGENCY, "U.S. Department of State", state);
    set_origin(agency, "agencies/usa-state", "rules/agencies/usa.rules", 38);
    set_field(agency, "id", "usa-state");
    set_field(agency, "country", "USA");
    agency->country_by = ATT_BY_NAME;
    set_field(add_mention(ATT_LAYER_COUNTRY, "U.S.", country), "code", "USA");
    set_origin(add_mention(ATT_LAYER_PERSON, "Zo\xC3\xAB", person), "officials/name", "rules/officials/pack.rules", 7);
    add_mention(ATT_LAYER_TITLE, "Department", ATT_NONE)->state = ATT_DROPPED;
    add_mention(ATT_LAYER_TOPIC, "left", ATT_NONE);
    sort_mentions();
    att_str *codes = att_arena_alloc(&arena, sizeof *codes);
    codes[0] = ATT_STR("USA");
    doc.countries = (att_strs){ codes, 1, 1 };
    att_document_remark(&doc, "E012", ATT_STR("ill-formed UTF-8"), find("\xFF").start);
    att_document_remark(&doc, "E013", ATT_STR("no \"body\""), ATT_NONE);
}

/* What a writer with these options makes of `doc`, in the test's arena. */
static att_str written(const att_writer_options *options)
{
    att_writer *writer = NULL;
    const char *bytes = NULL;
    size_t size = 0;
    assert_int_equal(att_writer_make(&writer, &layers, DIGEST, options), ATT_OK);
    assert_int_equal(att_writer_put(writer, &doc, &bytes, &size), ATT_OK);
    att_str copy = att_str_copy(&arena, (att_str){ bytes, size });
    att_writer_free(writer);
    return copy;
}

static void check_written(const att_writer_options *options, const char *want)
{
    att_str got = written(options);
    if (!att_str_is(got, want)) fail_msg("\nwant %s\n got %.*s", want, ATT_STR_ARG(got));
}

#define RECORD_HEAD(offsets)                                                                                                   \
    "{\"schema\":1,\"id\":\"us-visit\",\"source\":\"corpora/us-visit.txt\",\"date\":\"2024-01-19\",\"title\":null,"            \
    "\"lang\":\"en\",\"offsets\":\"" offsets "\",\"rules\":\"" DIGEST "\""
#define AGENCY_REST                                                                                                            \
    "\"byte_start\":5,\"byte_end\":29,\"type\":\"AGENCY\",\"text\":\"U.S. Department of State\",\"country\":\"USA\","          \
    "\"entity\":\"usa-state\",\"country_by\":\"name\",\"rule\":\"agencies/usa-state\","                                        \
    "\"line\":\"rules/agencies/usa.rules:38\"}"
#define COUNTRY_REST                                                                                                           \
    "\"byte_start\":5,\"byte_end\":9,\"type\":\"COUNTRY\",\"text\":\"U.S.\",\"code\":\"USA\",\"entity\":\"USA\","              \
    "\"country_by\":null,\"rule\":null,\"line\":null}"
#define PERSON_REST                                                                                                            \
    "\"byte_start\":31,\"byte_end\":35,\"type\":\"PERSON\",\"text\":\"Zo\xC3\xAB\",\"entity\":\"e1\","                         \
    "\"rule\":\"officials/name\",\"line\":\"rules/officials/pack.rules:7\"}"
#define AGENCY_ENTITY                                                                                                          \
    "{\"id\":\"usa-state\",\"type\":\"AGENCY\",\"name\":\"Department of State\",\"country\":\"USA\","                          \
    "\"country_by\":\"entry\",\"parent\":null,\"mentions\":1}"
#define COUNTRY_ENTITY "{\"id\":\"USA\",\"type\":\"COUNTRY\",\"name\":\"United States of America\",\"mentions\":1}"
#define PERSON_ENTITY "{\"id\":\"e1\",\"type\":\"PERSON\",\"name\":\"Zo\xC3\xAB\",\"mentions\":1}"
#define RECORD_TAIL(start)                                                                                                     \
    ",\"officials\":[],\"themes\":[],\"topics\":[],\"views\":[],\"countries\":[\"USA\"],\"about\":[],"                         \
    "\"duplicate_of\":null,\"warnings\":[{\"code\":\"E012\",\"message\":\"ill-formed UTF-8\",\"start\":" start "},"            \
    "{\"code\":\"E013\",\"message\":\"no \\\"body\\\"\"}]}\n"

static void test_record(void **state)
{
    (void)state;
    make_visit();
    check_written(NULL, RECORD_HEAD("codepoint") ",\"mentions\":[{\"start\":2,\"end\":26," AGENCY_REST
                                                 ",{\"start\":2,\"end\":6," COUNTRY_REST
                                                 ",{\"start\":28,\"end\":31," PERSON_REST "],\"entities\":[" AGENCY_ENTITY
                                                 "," COUNTRY_ENTITY "," PERSON_ENTITY "]" RECORD_TAIL("36"));
}

static void test_record_with_text_in_utf16(void **state)
{
    (void)state;
    make_visit();
    check_written(&(att_writer_options){ .offsets = "utf16", .text = true },
                  RECORD_HEAD("utf16") ",\"text\":\"\xF0\x9F\x98\x80 U.S. Department of State: Zo\xC3\xAB left\xEF\xBF\xBD.\""
                                       ",\"mentions\":[{\"start\":3,\"end\":27," AGENCY_REST
                                       ",{\"start\":3,\"end\":7," COUNTRY_REST ",{\"start\":29,\"end\":32," PERSON_REST
                                       "],\"entities\":[" AGENCY_ENTITY "," COUNTRY_ENTITY "," PERSON_ENTITY
                                       "]" RECORD_TAIL("37"));
}

static void test_record_of_some_types_in_bytes(void **state)
{
    (void)state;
    make_visit();
    check_written(&(att_writer_options){ .offsets = "byte", .types = "PERSON, TITLE" },
                  RECORD_HEAD("byte") ",\"mentions\":[{\"start\":31,\"end\":35," PERSON_REST "],\"entities\":[" PERSON_ENTITY
                                      "]" RECORD_TAIL("40"));
}

/* A parent that only its id names: kept with the whole record, left out where types were chosen. */
static void test_entity_without_mention(void **state)
{
    (void)state;
    start_document("");
    add_entity(
        (att_entity){ .id = ATT_STR("igo-asean"), .layer = ATT_LAYER_IGO, .name = ATT_STR("ASEAN"), .code = ATT_STR("ASEAN") });
    att_str all = written(NULL), some = written(&(att_writer_options){ .types = "PERSON" });
    assert_non_null(strstr(all.data,
                           "\"entities\":[{\"id\":\"igo-asean\",\"type\":\"IGO\",\"name\":\"ASEAN\","
                           "\"code\":\"ASEAN\",\"country\":null,\"country_by\":null,\"parent\":null,\"mentions\":0}],"));
    assert_non_null(strstr(some.data, "\"entities\":[],"));
}

static void test_record_of_nothing(void **state)
{
    (void)state;
    make_layers();
    att_document_clear(&doc, &arena);
    check_written(NULL, "{\"schema\":1,\"id\":null,\"source\":null,\"date\":null,\"title\":null,\"lang\":null,"
                        "\"offsets\":\"codepoint\",\"rules\":\"" DIGEST "\",\"mentions\":[],\"entities\":[],\"officials\":[],"
                        "\"themes\":[],\"topics\":[],\"views\":[],\"countries\":[],\"about\":[],\"duplicate_of\":null,"
                        "\"warnings\":[]}\n");
}

static void test_error_record(void **state)
{
    (void)state;
    start_document("");
    att_document_fail(&doc, "E003", ATT_STR("not a \"document\""));
    check_written(NULL, "{\"schema\":1,\"id\":\"us-visit\",\"source\":\"corpora/us-visit.txt\","
                        "\"error\":{\"code\":\"E003\",\"message\":\"not a \\\"document\\\"\"}}\n");
    check_written(&(att_writer_options){ .format = "inline" }, "== us-visit  error E003: not a \"document\"\n");
    check_written(&(att_writer_options){ .format = "tokens" }, "== us-visit  error E003: not a \"document\"\n");
    check_written(&(att_writer_options){ .format = "conll" },
                  "-DOCSTART- -X- O O us-visit\terror E003: not a \"document\"\n\n");
    check_written(&(att_writer_options){ .format = "spacy" },
                  "{\"text\":\"\",\"entities\":[],\"id\":\"us-visit\",\"source\":\"corpora/us-visit.txt\","
                  "\"error\":\"E003: not a \\\"document\\\"\"}\n");
}

static const struct {
    const char *what, *value, *want;
} numbers[] = {
    { "an integer", "101000", "101000" },
    { "a fraction", "-0.50", "-0.50" },
    { "commas make a text", "101,000", "\"101,000\"" },
    { "JSON has no leading zero", "007", "\"007\"" },
    { "a digit must follow the point", "1.", "\"1.\"" },
    { "a sign alone is a text", "-", "\"-\"" },
};

/* A layer of a pack: a field of numbers, and one with a name that the record itself uses. */
static void test_fields_of_a_pack(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        start_document("Nimitz");
        att_annotation *ship = add_mention(LAYER_SHIP, "Nimitz", ATT_NONE);
        set_field(ship, "tons", numbers[i].value);
        set_field(ship, "text", "twice");
        att_str got = written(NULL);
        att_str want = att_str_format(&arena, "\"text\":\"Nimitz\",\"tons\":%s,\"entity\":null", numbers[i].want);
        if (!memmem(got.data, got.length, want.data, want.length))
            fail_msg("%s\nwant …%.*s…\n got %.*s", numbers[i].what, ATT_STR_ARG(want), ATT_STR_ARG(got));
    }
}

/* ---- for people ---- */

static void test_inline(void **state)
{
    (void)state;
    make_visit();
    doc.paragraphs.items[1].kind = ATT_ZONE_BOILERPLATE;
    check_written(&(att_writer_options){ .format = "inline" },
                  "== us-visit  (2024-01-19)\n\n"
                  "# \xF0\x9F\x98\x80 [AGENCY:usa-state [COUNTRY:USA U.S.] Department of State]\n\n"
                  "~ [PERSON Zo\xC3\xAB] left\xEF\xBF\xBD.\n\n");
    check_written(&(att_writer_options){ .format = "inline", .types = "COUNTRY" },
                  "== us-visit  (2024-01-19)\n\n# \xF0\x9F\x98\x80 [COUNTRY:USA U.S.] Department of State\n\n"
                  "~ Zo\xC3\xAB left\xEF\xBF\xBD.\n\n");
}

static void test_inline_keeps_the_text_of_crossing_mentions(void **state)
{
    (void)state;
    start_document("id: 7\n\nalpha beta gamma delta\nepsilon\n\nzeta");
    add_paragraph(ATT_ZONE_METADATA, "id: 7");
    add_paragraph(ATT_ZONE_BODY, "alpha beta gamma delta\nepsilon");
    add_paragraph(ATT_ZONE_BODY, "zeta");
    add_mention(ATT_LAYER_DATE, "7", ATT_NONE);
    add_mention(ATT_LAYER_ORG, "alpha beta gamma", ATT_NONE);
    add_mention(ATT_LAYER_PERSON, "alpha beta gamma", ATT_NONE);
    add_mention(ATT_LAYER_EVENT, "beta gamma delta", ATT_NONE);
    add_mention(ATT_LAYER_TITLE, "gamma delta", ATT_NONE);
    add_mention(ATT_LAYER_DATE, "epsilon\n\nzeta", ATT_NONE);
    add_mention(ATT_LAYER_AGREEMENT, "zeta", ATT_NONE);
    sort_mentions();
    check_written(&(att_writer_options){ .format = "inline" },
                  "== us-visit\n\n[PERSON [ORG alpha [EVENT beta [TITLE gamma…]…]]] delta\n[DATE epsilon…]\n\n"
                  "[AGREEMENT zeta]\n\n");
}

/* Tokens are words and marks; clauses begin at "and". */
static void add_tokens(void)
{
    for (size_t at = 0, end; at < doc.text.length; at = end) {
        for (end = at + 1; doc.text.data[at] != ' ' && end < doc.text.length && doc.text.data[end] != ' ';) end++;
        if (doc.text.data[at] == ' ') continue;
        att_tokens_reserve(&doc.tokens, &arena, 1);
        doc.tokens.start[doc.tokens.count] = (uint32_t)at;
        doc.tokens.end[doc.tokens.count++] = (uint32_t)end;
    }
}

static void add_stretch(att_stretches *self, uint32_t first, uint32_t last, uint32_t paragraph)
{
    ATT_RESERVE(&arena, self, 1);
    self->items[self->count++] = (att_stretch){ { first, last }, paragraph };
}

static void test_tokens(void **state)
{
    (void)state;
    start_document("Zo\xC3\xAB left SEOUL, March 25 - He went and she stayed . They met .");
    add_paragraph(ATT_ZONE_TITLE, "Zo\xC3\xAB left");
    add_paragraph(ATT_ZONE_BODY, "SEOUL, March 25 - He went and she stayed . They met .");
    att_zone dateline = find("SEOUL, March 25");
    dateline.kind = ATT_ZONE_DATELINE;
    doc.zones = (att_zones){ &dateline, 1, 1 };
    add_tokens();
    add_stretch(&doc.sentences, 0, 2, 0);
    add_stretch(&doc.sentences, 2, 12, 1);
    add_stretch(&doc.sentences, 12, 15, 1);
    add_stretch(&doc.clauses, 0, 2, 0);
    add_stretch(&doc.clauses, 2, 8, 1);
    add_stretch(&doc.clauses, 8, 12, 1);
    add_stretch(&doc.clauses, 12, 15, 1);
    check_written(&(att_writer_options){ .format = "tokens" },
                  "== us-visit\n"
                  "paragraph title 0-8\n"
                  "  sentence Zo\xC3\xAB | left\n"
                  "paragraph body 9-62\n"
                  "  zone dateline 9-24 \"SEOUL, March 25\"\n"
                  "  sentence SEOUL, | March | 25 | - | He | went ‖ and | she | stayed | .\n"
                  "  sentence They | met | .\n");
}

/* ---- the writer ---- */

static const struct {
    const char *what;
    att_writer_options options;
} refused[] = {
    { "a unit of a format without places", { .format = "conll", .offsets = "codepoint" } },
    { "a unit that a format does not have", { .format = "spacy", .offsets = "utf16" } },
    { "no such format", { .format = "xml" } },
    { "no such unit", { .offsets = "bytes" } },
    { "no such type", { .types = "PERSON,OFFICAL" } },
    { "types are capital", { .types = "person" } },
    { "an empty list of types", { .types = "" } },
    { "a comma too many", { .types = "PERSON," } },
};

static void test_options(void **state)
{
    (void)state;
    make_layers();
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        att_writer *writer = NULL;
        att_status status = att_writer_make(&writer, &layers, DIGEST, &refused[i].options);
        if (status != ATT_OPTION || writer) fail_msg("%s: status %d", refused[i].what, status);
    }
    att_writer_free(NULL);
}

static void test_list_of_formats(void **state)
{
    (void)state;
    size_t count = 0;
    assert_string_equal(att_output_format(0, NULL), "jsonl");
    for (const char *help = NULL; att_output_format(count, &help); count++) assert_non_null(help);
    assert_true(count > 3);
    assert_null(att_output_format(count + 1, NULL));
}

static void test_out_of_memory(void **state)
{
    (void)state;
    make_visit();
    att_writer *writer = NULL;
    const char *bytes = NULL;
    size_t size = 0;
    assert_int_equal(att_writer_make(&writer, &layers, DIGEST, NULL), ATT_OK);
    att_arena_alloc(&arena, (size_t)(arena.end - arena.at) / ATT_ARENA_UNIT * ATT_ARENA_UNIT); /* the block is full */
    arena.limit = 1;
    assert_int_equal(att_writer_put(writer, &doc, &bytes, &size), ATT_NOMEM);
    assert_null(bytes);
    arena.limit = 0;
    assert_int_equal(att_writer_put(writer, &doc, &bytes, &size), ATT_OK);
    att_writer_free(writer);
}

static void test_schema(void **state)
{
    (void)state;
    json_t *schema = json_loads(att_schema(), JSON_REJECT_DUPLICATES, NULL);
    assert_true(json_is_object(schema));
    assert_non_null(json_object_get(schema, "oneOf"));
    json_decref(schema);
    assert_string_equal(att_schema() + strlen(att_schema()) - 2, "}\n");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_offsets),
        TEST(test_offsets_in_long_texts),
        TEST(test_json_strings),
        TEST(test_json_strings_of_each_length),
        TEST(test_json_strings_are_read_back),
        TEST(test_numbers),
        TEST(test_terminal_text),
        TEST(test_record),
        TEST(test_record_with_text_in_utf16),
        TEST(test_record_of_some_types_in_bytes),
        TEST(test_entity_without_mention),
        TEST(test_record_of_nothing),
        TEST(test_error_record),
        TEST(test_fields_of_a_pack),
        TEST(test_inline),
        TEST(test_inline_keeps_the_text_of_crossing_mentions),
        TEST(test_tokens),
        TEST(test_options),
        TEST(test_list_of_formats),
        TEST(test_out_of_memory),
        TEST(test_schema),
    };
    return cmocka_run_group_tests_name("write", tests, NULL, NULL);
}
