/* test_api.c - attache.h as a program calls it: in an odd order, again, and with values that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "attache.h"

static att_engine *engine;
static att_doc *doc;
static att_writer *writer;

static int set_up(void **state)
{
    (void)state;
    if (att_engine_new(&engine, NULL, NULL, NULL) != ATT_OK || att_doc_new(&doc, engine) != ATT_OK) return -1;
    return att_writer_new(&writer, engine, NULL) == ATT_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    att_writer_free(writer);
    att_doc_free(doc);
    att_engine_free(engine);
    return 0;
}

static void set(const char *text)
{
    assert_int_equal(att_doc_set_text(doc, text, strlen(text), NULL), ATT_OK);
}

/* The record, which the caller frees. */
static char *record(void)
{
    const char *bytes;
    size_t size;
    assert_int_equal(att_writer_write(writer, doc, &bytes, &size), ATT_OK);
    return strndup(bytes, size);
}

static bool record_has(const char *words)
{
    char *line = record();
    bool has = strstr(line, words);
    free(line);
    return has;
}

static void test_document_without_text(void **state)
{
    (void)state;
    att_doc *fresh;
    const char *bytes;
    size_t size;
    assert_int_equal(att_doc_new(&fresh, engine), ATT_OK);
    assert_int_equal(att_writer_write(writer, fresh, &bytes, &size), ATT_OK);
    assert_int_equal(att_doc_tag(fresh), ATT_OK);
    assert_string_equal(att_doc_id(fresh), "");
    assert_int_equal(att_doc_length(fresh), 0);
    assert_null(att_doc_error(fresh, NULL));
    assert_int_equal(att_doc_set_text(fresh, NULL, 0, NULL), ATT_OK);
    assert_int_equal(att_doc_tag(fresh), ATT_OK);
    assert_int_equal(att_writer_write(writer, fresh, &bytes, &size), ATT_OK);
    assert_non_null(memmem(bytes, size, "\"mentions\":[]", 13));
    att_doc_free(fresh);
}

static void test_annotated_anew(void **state)
{
    (void)state;
    const char text[] =
        "---\ntitle: Talks\ndate: 2024-02-30\n---\nForeign Minister Jane Roe of Chile said that \xFF Peru fired missiles.";
    set(text);
    assert_int_equal(att_doc_tag(doc), ATT_OK);
    char *first = record();
    assert_int_equal(att_doc_tag(doc), ATT_OK);
    char *second = record();
    assert_string_equal(first, second);
    assert_int_equal(att_doc_set_until(doc, "lists"), ATT_OK);
    att_doc_tag(doc);
    assert_false(record_has("\"type\":\"PERSON\""));
    assert_int_equal(att_doc_set_until(doc, NULL), ATT_OK);
    att_doc_set_statements(doc, true);
    att_doc_tag(doc);
    assert_true(record_has("\"statements\":[{"));
    att_doc_set_statements(doc, false);
    att_doc_tag(doc);
    char *last = record();
    assert_string_equal(first, last);
    free(first);
    free(second);
    free(last);
}

static void test_values_that_are_none(void **state)
{
    (void)state;
    static const att_writer_options wrong[] = {
        { .format = "x" },    { .format = "" },           { .offsets = "x" }, { .offsets = "" },
        { .types = "" },      { .types = "AGENCY,,ORG" }, { .view = "x" },    { .view = "" },
        { .theme = "" },      { .theme = "missiles/" },   { .theme = "/" },   { .theme = "missiles/PRK+" },
        { .types = "THEME" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        att_writer *none = writer;
        assert_int_equal(att_writer_new(&none, engine, &wrong[i]), ATT_OPTION);
        assert_null(none);
    }
    static const att_reader_options odd[] = { { .input_format = "x" }, { .input_format = "" }, { .duplicates = "x" } };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        att_reader *none = NULL;
        assert_int_equal(att_reader_new(&none, &odd[i]), ATT_OPTION);
        assert_null(none);
    }
    assert_int_equal(att_doc_set_until(doc, "x"), ATT_OPTION);
    assert_int_equal(att_doc_set_until(doc, ""), ATT_OPTION);
    assert_int_equal(att_doc_set_profile(doc, "x"), ATT_OPTION);
    att_engine *none = engine;
    att_engine_options nowhere = { .rules = "/nowhere/at/all" };
    assert_int_equal(att_engine_new(&none, &nowhere, NULL, NULL), ATT_RULES);
    assert_null(none);
    char *bytes = (char *)&none;
    size_t size;
    assert_int_equal(att_compile(&nowhere, NULL, NULL, &bytes, &size), ATT_RULES);
    assert_null(bytes);
    const char *const more = "/nowhere/at/all"; /* beside rules that have regular expressions */
    assert_int_equal(att_compile(&(att_engine_options){ .with = &more, .with_count = 1 }, NULL, NULL, &bytes, &size),
                     ATT_RULES);
    char *folded;
    assert_int_equal(att_fold_case(NULL, 0, &folded), ATT_OK);
    assert_string_equal(folded, "");
    free(folded);
}

static void test_names_past_the_end(void **state)
{
    (void)state;
    const char *path, *bytes;
    size_t size;
    for (int kind = ATT_NAMED_STAGE; kind <= ATT_NAMED_ACTOR; kind++) {
        assert_non_null(att_engine_name(engine, (att_named)kind, 0));
        assert_null(att_engine_name(engine, (att_named)kind, SIZE_MAX));
    }
    assert_null(att_built_with(SIZE_MAX));
    assert_null(att_profile(SIZE_MAX, NULL));
    assert_null(att_input_format(SIZE_MAX));
    assert_null(att_output_format(SIZE_MAX, NULL));
    assert_null(att_duplicates_way(SIZE_MAX));
    assert_false(att_shipped_file(SIZE_MAX, &path, &bytes, &size));
    assert_string_equal(att_status_text((att_status)99), "unknown status");
    assert_false(att_output_pairs("x") || att_output_pairs(NULL) || att_output_statements("x"));
    assert_null(att_output_frame_of("x").before);
}

static void test_what_stages_and_profiles_make(void **state)
{
    (void)state;
    assert_string_equal(att_engine_first_stage(engine, "COUNTRY"), "lists");
    assert_string_equal(att_engine_first_stage(engine, "TOPIC"), "topics");
    assert_null(att_engine_first_stage(engine, "SHIP"));
    assert_false(att_profile_has("conll", "AGENCY") || att_profile_has("re3d", "TITLE"));
    assert_true(att_profile_has("conll", "ORG") && att_profile_has("x", "AGENCY"));
    assert_true(att_is_country("KOR") && att_is_country("kor"));
    assert_false(att_is_country("") || att_is_country("KO") || att_is_country("KORE"));
}

static void test_nothing_is_freed(void **state)
{
    (void)state;
    att_engine_free(NULL);
    att_doc_free(NULL);
    att_reader_free(NULL);
    att_writer_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document_without_text),         cmocka_unit_test(test_annotated_anew),
        cmocka_unit_test(test_values_that_are_none),          cmocka_unit_test(test_names_past_the_end),
        cmocka_unit_test(test_what_stages_and_profiles_make), cmocka_unit_test(test_nothing_is_freed),
    };
    return cmocka_run_group_tests_name("api", tests, set_up, tear_down);
}
