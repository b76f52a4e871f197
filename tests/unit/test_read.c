/* test_read.c - the read floor: bytes in, documents and errors in place out. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "read/duplicates.h"
#include "read/facts.h"
#include "read/reader.h"

/* ---- a folder for each test, a reader, documents as one line of text ---- */

static char folder[] = "/tmp/test_read.XXXXXX";
static att_guard guard;
static att_arena arena;
static att_document doc;
static att_reader *reader;

typedef struct {
    att_status status;
} call;

static void fill(void *argument)
{
    call *asked = argument;
    att_document_clear(&doc, &arena);
    asked->status = att_reader_fill(reader, &doc);
}

/* ATT_NOMEM when the document's arena ran out. */
static att_status next(void)
{
    call asked = { 0 };
    att_arena_reset(&arena, 1 << 20);
    return att_guard_run(&guard, fill, &asked) == ATT_OK ? asked.status : ATT_NOMEM;
}

static void make_path(char path[512], const char *name)
{
    snprintf(path, 512, "%s/%s", folder, name);
}

static void put(const char *name, const char *bytes, size_t length)
{
    char path[512];
    make_path(path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void make_folder(const char *name)
{
    char path[512];
    make_path(path, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void start(const att_reader_options *options, const char *name)
{
    char path[512];
    make_path(path, name);
    assert_int_equal(att_reader_new(&reader, options), ATT_OK);
    assert_int_equal(att_reader_add(reader, path), ATT_OK);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static int set_up(void **state)
{
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    att_arena_init(&arena, &guard, 0);
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    att_reader_free(reader);
    reader = NULL;
    att_arena_clear(&arena);
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static char shown[1 << 16];
static size_t shown_length;

static void show(const char *label, att_str value)
{
    if (!value.data) return;
    shown_length += (size_t)snprintf(shown + shown_length, sizeof shown - shown_length,
                                     "%s%s=", shown_length && shown[shown_length - 1] != '\n' ? " " : "", label);
    for (size_t i = 0; i < value.length; i++) shown[shown_length++] = value.data[i] ? value.data[i] : '@';
    shown[shown_length] = '\0';
}

/* An id without the test's folder. */
static att_str local(att_str id)
{
    size_t head = strlen(folder) + 1;
    return att_str_starts(id, att_str_of(folder)) && id.length > head ? att_str_slice(id, head, id.length) : id;
}

static void show_document(void)
{
    show("id", local(doc.id));
    show("error", att_str_of(doc.error_code));
    if (doc.error_code) return;
    show("date", doc.date);
    show("title", doc.title);
    show("origin", doc.origin);
    show("lang", doc.lang);
    for (uint32_t i = 0; i < doc.remarks.count; i++) show("remark", att_str_of(doc.remarks.items[i].code));
    show("text", att_str_slice(doc.text, doc.body, doc.text.length));
    for (int i = 0; i < ATT_TEXT_PADDING; i++) assert_int_equal(doc.text.data[doc.text.length + (size_t)i], 0);
}

/* All documents to the end, one a line, NULs as '@'. */
static const char *all(void)
{
    att_status status;
    shown_length = 0;
    shown[0] = '\0';
    while ((status = next()) == ATT_OK) {
        show_document();
        shown[shown_length++] = '\n';
        shown[shown_length] = '\0';
    }
    assert_int_equal(status, ATT_END);
    assert_int_equal(next(), ATT_END);
    return shown;
}

static void assert_all(const char *what, const char *want)
{
    const char *got = all();
    if (strcmp(got, want) != 0) fail_msg("%s\nwant %s\ngot  %s", what, want, got);
    att_reader_free(reader);
    reader = NULL;
}

/* ---- one file in, its documents out ---- */

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
    const char *what, *name, *bytes;
    size_t length;
    const char *want;
} files[] = {
    /* plain */
    { "a text is its bytes", "a.txt", BYTES("One.\r\nTwo.\n"), "id=a text=One.\r\nTwo.\n\n" },
    { "an empty file is a document", "a.txt", BYTES(""), "id=a text=\n" },
    { "a text keeps NULs, its byte order mark and ill-formed bytes", "a.txt", BYTES("\xEF\xBB\xBFx\0y\xFF"),
      "id=a text=\xEF\xBB\xBFx@y\xFF\n" },
    { "only the last extension goes", "a.b.txt", BYTES("x"), "id=a.b text=x\n" },
    { "a name without extension", "README", BYTES("x"), "id=README text=x\n" },
    { "a dash that is no front matter", "a", BYTES("-- \nx"), "id=a text=-- \nx\n" },
    { "blanks alone are a text", "a", BYTES(" \n "), "id=a text= \n \n" },
    /* Markdown */
    { "front matter gives facts", "a.md",
      BYTES("---\nid: x7\ntitle: \"The \\\"Quad\\\": a view\"\n"
            "date: 2024-05-14 # draft\norigin: usa\nlang: en\n---\n# Hi\n"),
      "id=x7 date=2024-05-14 title=The \"Quad\": a view origin=USA lang=en text=# Hi\n\n" },
    { "front matter by content, CR LF, dots, BOM", "a.txt", BYTES("\xEF\xBB\xBF---\r\ntitle: 'It''s'\r\n...\r\nx"),
      "id=a title=It's text=x\n" },
    { "only first-level simple keys count", "a.md",
      BYTES("---\nmeta:\n  title: no\n- title: no\n# title: no\ntitle: |\n  no\ntags: [a]\ndate: ~\norigin:\n---\nx"),
      "id=a text=x\n" },
    { "facts not understood are remarked on", "a.md", BYTES("---\ndate: May 14\norigin: Korea\n---\nx"),
      "id=a remark=E014 remark=E015 text=x\n" },
    { "unclosed front matter is text", "a.md", BYTES("---\ntitle: no\n\nx"), "id=a remark=E017 text=---\ntitle: no\n\nx\n" },
    { "front matter of TOML gives facts", "a.md",
      BYTES("+++\ntitle = \"A \\\"view\\\"\"\ndate=2024-03-05T10:00:00Z # draft\nlang = 'en'\n[params]\nid = \"no\"\n+++\nx"),
      "id=a date=2024-03-05 title=A \"view\" lang=en text=x\n" },
    { "and is not closed by that of YAML", "a.txt", BYTES("+++\ntitle = 'no'\n---\nx"),
      "id=a remark=E017 text=+++\ntitle = 'no'\n---\nx\n" },
    { "front matter alone", "a.md", BYTES("---\ntitle: T\n---"), "id=a title=T text=\n" },
    { "no front matter", "a.markdown", BYTES("# T\n---\nx"), "id=a text=# T\n---\nx\n" },
    /* mail */
    { "the head of plain mail gives facts", "a.eml",
      BYTES(
          "From: Ann Roe <a@b.example>\r\nSubject: Minister\r\n visits\r\nDate: Thu, 5 Mar 2026 10:00:00 +0900 (KST)\r\n\r\nx"),
      "id=a date=2026-03-05 title=Minister visits text=x\n" },
    { "a title in other letters, a day that is none", "a.txt",
      BYTES("Message-ID: <1@b>\nFrom: a@b.example\nSubject: =?utf-8?q?x?=\nDate: soon\n\nx"), "id=a text=x\n" },
    { "a body that begins with a blank", "a.txt", BYTES("From: a@b.example\nDate: 5 Mar 2026\n\n x"),
      "id=a date=2026-03-05 text= x\n" },
    { "several parts are refused, also where the head is all", "a.txt",
      BYTES("From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n"), "id=a error=E004\n" },
    { "a head that never ends is text", "a.txt", BYTES("From: a@b.example\nDate: 5 Mar 2026"),
      "id=a text=From: a@b.example\nDate: 5 Mar 2026\n" },
    { "the head of a letter is text", "a.txt", BYTES("From: Ann Roe\nDate: 5 March 2026\n\nx"),
      "id=a text=From: Ann Roe\nDate: 5 March 2026\n\nx\n" },
    /* JSON Lines */
    { "lines are documents with the usual fields", "a.jsonl",
      BYTES("{\"id\":\"x\",\"date\":\"2024-03-18T09:00:00Z\",\"title\":\"T\",\"origin\":\"kor\","
            "\"lang\":\"en\",\"text\":\"b\"}\n"
            "{\"text\":\"\"}\n"),
      "id=x date=2024-03-18 title=T origin=KOR lang=en text=b\nid=a.jsonl:2 text=\n" },
    { "by content, whatever the name", "a.txt", BYTES("\n {\"text\":\"b\"}"), "id=a.txt:1 error=E010\nid=a.txt:2 text=b\n" },
    { "by name, when the first line is broken", "a.jsonl", BYTES("[1]\n{\"text\":\"b\"}\n"),
      "id=a.jsonl:1 error=E013\nid=a.jsonl:2 text=b\n" },
    { "an empty batch has no documents", "a.jsonl", BYTES(""), "" },
    { "CR LF, no last newline, BOM", "a", BYTES("\xEF\xBB\xBF{\"text\":\"a\"}\r\n{\"text\":\"b\"}"),
      "id=a:1 text=a\nid=a:2 text=b\n" },
    { "a line separator inside is data", "a",
      BYTES("{\"text\":\"a\xE2\x80\xA8"
            "b\"}\n"),
      "id=a:1 text=a\xE2\x80\xA8"
      "b\n" },
    { "blank lines are errors in place", "a", BYTES("{\"text\":\"a\"}\n\r\n  \n{\"text\":\"b\"}\n"),
      "id=a:1 text=a\nid=a:2 error=E010\nid=a:3 error=E010\nid=a:4 text=b\n" },
    { "broken lines are errors in place", "a", BYTES("{\"text\":\"a\"}\n{\"text\":a}\n{\"text\":\"a\"} x\n{\"text\":\"b\"}\n"),
      "id=a:1 text=a\nid=a:2 error=E010\nid=a:3 error=E010\nid=a:4 text=b\n" },
    { "a line cut in half at the end", "a", BYTES("{\"text\":\"a\"}\n{\"id\":\"x\",\"text\":\"b"),
      "id=a:1 text=a\nid=a:2 error=E010\n" },
    { "JSON but no object", "a", BYTES("{\"text\":\"a\"}\n[1]\n\"s\"\n1.5\nnull\ntrue\n"),
      "id=a:1 text=a\nid=a:2 error=E013\nid=a:3 error=E013\n"
      "id=a:4 error=E013\nid=a:5 error=E013\nid=a:6 error=E013\n" },
    { "no text, with the id that is known", "a", BYTES("{\"id\":\"x\"}\n{\"id\":4,\"text\":7}\n{\"text\":null}\n"),
      "id=x error=E011\nid=4 error=E011\nid=a:3 error=E011\n" },
    { "a raw NUL is an error, an escaped one is kept", "a",
      BYTES("{\"text\":\"a\0\"}\n{\"text\":\"a\\u0000b\"}\n{\"n\":1\0}\n"),
      "id=a:1 error=E010\nid=a:2 text=a@b\nid=a:3 error=E010\n" },
    { "ill-formed UTF-8 is repaired", "a",
      BYTES("{\"text\":\"a\xFF\xE2\x82"
            "b\"}\n"),
      "id=a:1 remark=E012 text=a\xEF\xBF\xBD\xEF\xBF\xBD"
      "b\n" },
    { "lone surrogates are repaired, pairs and escaped backslashes are not", "a",
      BYTES("{\"text\":\"\\ud800 \\uDC00\\ud83d\\ude00\\ud83dx\\\\ud800\"}\n"),
      "id=a:1 remark=E016 text=\xEF\xBF\xBD \xEF\xBF\xBD\xF0\x9F\x98\x80\xEF\xBF\xBDx\\ud800\n" },
    { "two mendings in a line", "a", BYTES("{\"id\":18446744073709551615,\"text\":\"\xFF\\udead\",\"n\":[-1e999,0.5E+2]}\n"),
      "id=18446744073709551615 remark=E012 remark=E016 text=\xEF\xBF\xBD\xEF\xBF\xBD\n" },
    { "mending does not make bad JSON good", "a",
      BYTES("{\"text\":\"\\ud800\"\n{\"n\":1e999,\"m\":01,\"text\":\"\"}\n{\"n\":1e999,}\n"),
      "id=a:1 error=E010\nid=a:2 error=E010\nid=a:3 error=E010\n" },
    { "numbers as ids", "a",
      BYTES("{\"id\":7,\"text\":\"\"}\n{\"id\":7.0,\"text\":\"\"}\n"
            "{\"id\":0.1,\"text\":\"\"}\n{\"id\":-9007199254740993,\"text\":\"\"}\n"),
      "id=7 text=\nid=7.0 text=\nid=0.1 text=\nid=-9007199254740993 text=\n" },
    { "no id worth the name", "a",
      BYTES("{\"id\":null,\"text\":\"\"}\n{\"id\":\"\",\"text\":\"\"}\n{\"id\":[1],\"text\":\"\"}\n"),
      "id=a:1 text=\nid=a:2 text=\nid=a:3 remark=E018 text=\n" },
    { "the last of two keys", "a", BYTES("{\"text\":\"a\",\"text\":\"b\"}\n"), "id=a:1 text=b\n" },
    { "other fields do no harm; a title and a language that are no strings are told", "a",
      BYTES("{\"meta\":{\"text\":1,\"a\":[{}]},\"title\":3,\"lang\":{},\"text\":\"b\"}\n"),
      "id=a:1 remark=E018 remark=E018 text=b\n" },
    { "dates", "a",
      BYTES("{\"text\":\"\",\"date\":\"2024\"}\n{\"text\":\"\",\"date\":\"2024-02\"}\n{\"text\":\"\",\"date\":2024}\n"
            "{\"text\":\"\",\"date\":\"2023-02-29\"}\n{\"text\":\"\",\"date\":[]}\n{\"text\":\"\",\"date\":\"\"}\n"),
      "id=a:1 date=2024 text=\nid=a:2 date=2024-02 text=\nid=a:3 date=2024 text=\n"
      "id=a:4 remark=E014 text=\nid=a:5 remark=E014 text=\nid=a:6 text=\n" },
    { "origins", "a",
      BYTES("{\"text\":\"\",\"origin\":\"US\"}\n{\"text\":\"\",\"origin\":7}\n{\"text\":\"\",\"origin\":null}\n"),
      "id=a:1 remark=E015 text=\nid=a:2 remark=E015 text=\nid=a:3 text=\n" },
};

static void test_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        put(files[i].name, files[i].bytes, files[i].length);
        start(NULL, files[i].name);
        assert_all(files[i].what, files[i].want);
    }
}

/* ---- messages ---- */

static const struct {
    const char *line, *want;
} messages[] = {
    { "", "line 2: not JSON: a blank line; an object is expected on every line" },
    { "{\"text\":\"a", "line 2: not JSON: it ends before its object does, at column 10; an object must be whole on one line, "
                       "as jq -c writes it" },
    { "{\"text\":\"a\"}}", "line 2: not JSON: something follows the object, at column 13; one object a line is expected" },
    { "{\"text\":NaN}", "line 2: not JSON: invalid token near 'NaN', at column 11" },
    { "[]", "line 2: an array, not an object; an object such as {\"text\":\"…\"} is expected, a line each, as jq -c '.[]' "
            "writes them" },
    { "{\"body\":\"a\",\"x\":\"abc\"}", "line 2: the object has no text field 'text'; is 'body' meant?" },
    { "{\"x\":\"a\",\"story\":\"abc\"}", "line 2: the object has no text field 'text'; is 'story' meant?" },
    { "{\"txt\":\"a\",\"body\":\"abc\"}", "line 2: the object has no text field 'text'; is 'txt' meant?" },
    { "{\"text\":[\"a\"]}", "line 2: the text field 'text' is an array, not a string" },
    { "{\"id\":\"a\",\"text\":5}", "line 2: the text field 'text' is a number, not a string" },
    { "{\"text\":null,\"content\":\"\"}", "line 2: the text field 'text' is null, not a string; is 'content' meant?" },
};

static void test_messages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        char bytes[512];
        int length = snprintf(bytes, sizeof bytes, "{\"text\":\"\"}\n%s\n", messages[i].line);
        put("a", bytes, (size_t)length);
        start(NULL, "a");
        assert_int_equal(next(), ATT_OK);
        assert_int_equal(next(), ATT_OK);
        assert_string_equal(doc.error_message.data, messages[i].want);
        att_reader_free(reader);
        reader = NULL;
    }
}

/* ---- facts ---- */

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } dates[] = {
        { "2024", "2024" },
        { "2024-12", "2024-12" },
        { "2024-02-29", "2024-02-29" },
        { "2000-02-29", "2000-02-29" },
        { "2024-01-19T10:00:00+09:00", "2024-01-19" },
        { "2024-01-19 10:00", "2024-01-19" },
        { "2024-01-19Z", "2024-01-19" },
        { "1900-02-29", "" },
        { "2024-00-01", "" },
        { "2024-13", "" },
        { "2024-04-31", "" },
        { "2024-1-1", "" },
        { "0000", "" },
        { "20240119", "" },
        { "1710720000", "" },
        { "2024-01-190", "" },
        { "2024/01/19", "" },
        { "202", "" },
        { "2024-", "" },
        { "2024-01-", "" },
        { "", "" },
        { "19 Jan 2024", "" },
    };
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        att_str got = att_date_of(att_str_of(dates[i].text));
        if (!att_str_is(got, dates[i].want)) fail_msg("%s\nwant %s\ngot  %.*s", dates[i].text, dates[i].want, ATT_STR_ARG(got));
    }
}

/* ---- options ---- */

static void test_options(void **state)
{
    (void)state;
    assert_int_equal(att_reader_new(&reader, &(att_reader_options){ .input_format = "pdf" }), ATT_OPTION);
    assert_null(reader);
    assert_int_equal(att_reader_new(&reader, &(att_reader_options){ .date = "tomorrow" }), ATT_OPTION);
    assert_int_equal(att_reader_new(&reader, &(att_reader_options){ .origin = "Korea" }), ATT_OPTION);
    static const char *const names[] = { "auto", "text", "markdown", "jsonl", "html", "warc" };
    for (size_t i = 0; i < 6; i++) assert_string_equal(att_input_format(i), names[i]);
    assert_null(att_input_format(6));
    att_reader_free(NULL);
}

static const char lines[] = "{\"text\":\"1\",\"k\":\"A\",\"d\":\"2020\",\"t\":\"T\",\"o\":\"JPN\",\"l\":\"ja\",\"b\":\"B\"}\n"
                            "\n"
                            "{\"text\":\"3\",\"date\":\"soon\"}\n";

static void test_fields_and_defaults(void **state)
{
    (void)state;
    put("a", BYTES(lines));
    start(&(att_reader_options){ .text_field = "b",
                                 .id_field = "k",
                                 .date_field = "d",
                                 .title_field = "t",
                                 .origin_field = "o",
                                 .lang_field = "l",
                                 .date = "2024-01",
                                 .origin = "usa" },
          "a");
    assert_all("named fields", "id=A date=2020 title=T origin=JPN lang=ja text=B\nid=a:2 error=E010\n"
                               "id=a:3 error=E011\n");
    start(&(att_reader_options){ .date = "2024-01-02T00:00", .origin = "usa" }, "a");
    assert_all("defaults", "id=a:1 date=2024-01-02 origin=USA text=1\nid=a:2 error=E010\n"
                           "id=a:3 date=2024-01-02 origin=USA remark=E014 text=3\n");
    start(&(att_reader_options){ .input_format = "text", .origin = "USA" }, "a");
    assert_int_equal(next(), ATT_OK);
    assert_int_equal(doc.text.length, sizeof lines - 1);
    assert_string_equal(doc.origin.data, "USA");
}

static void test_from_line(void **state)
{
    (void)state;
    put("a", BYTES(lines));
    start(&(att_reader_options){ .from_line = 3 }, "a");
    assert_all("numbers stay true", "id=a:3 remark=E014 text=3\n");
    start(&(att_reader_options){ .from_line = 4 }, "a");
    assert_all("past the end", "");
    put("b.txt", BYTES("x"));
    start(&(att_reader_options){ .from_line = 4 }, "b.txt");
    assert_all("a text has no lines to skip", "id=b text=x\n");
}

static void test_markdown_offsets(void **state)
{
    (void)state;
    put("a.md", BYTES("---\ntitle: T\ndate:  never\n---\n# Hi\n"));
    start(NULL, "a.md");
    assert_int_equal(next(), ATT_OK);
    assert_true(doc.markdown);
    assert_int_equal(doc.body, 30);
    assert_int_equal(doc.remarks.items[0].start, 20);
    assert_string_equal(doc.remarks.items[0].message.data,
                        "date 'never' not understood; YYYY-MM-DD expected (or YYYY-MM, YYYY)");
}

/* ---- limits ---- */

static void test_limit_of_files(void **state)
{
    (void)state;
    const att_reader_options options = { .max_bytes = 10 };
    put("a.txt", BYTES("0123456789"));
    start(&options, "a.txt");
    assert_all("at the limit", "id=a text=0123456789\n");
    put("b.txt", BYTES("0123456789+"));
    start(&options, "b.txt");
    assert_int_equal(next(), ATT_OK);
    assert_string_equal(doc.error_code, "E003");
    assert_string_equal(doc.error_message.data, "11 bytes, over the limit of 10; raise the limit or split the text");
    att_reader_free(reader);
    start(&options, "");
    assert_all("it goes on", "id=a text=0123456789\nid=b error=E003\n");
}

/* A line of `length` bytes with a text in it. */
static size_t add_line(char *to, size_t length)
{
    memcpy(to, "{\"text\":\"", 9);
    memset(to + 9, 'x', length - 11);
    memcpy(to + length - 2, "\"}\n", 3);
    return length + 1;
}

static void test_limit_of_lines(void **state)
{
    (void)state;
    static const size_t limits[] = { 20, 300 * 1000, 262144, 262143, 262142, 600 * 1000 };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        char *bytes = malloc(4 * limits[i] + 2000 * 1000), want[64];
        assert_non_null(bytes);
        size_t size = add_line(bytes, limits[i]);
        bytes[size - 1] = '\r', bytes[size++] = '\n';
        size += add_line(bytes + size, limits[i] + 1);
        size += add_line(bytes + size, limits[i]);
        size += add_line(bytes + size, limits[i] + 1000 * 1000);
        bytes[size - 1] = '\r', bytes[size++] = '\n';
        size += add_line(bytes + size, 15);
        size += add_line(bytes + size, limits[i] + 2) - 1;
        put("a.jsonl", bytes, size);
        start(&(att_reader_options){ .max_bytes = limits[i] }, "a.jsonl");
        static const size_t over[] = { 0, 1, 0, 1000 * 1000, 0, 2 };
        for (size_t line = 0; line < 6; line++) {
            assert_int_equal(next(), ATT_OK);
            if (!over[line]) {
                assert_null(doc.error_code);
                assert_int_equal(doc.text.length, line == 4 ? 4 : limits[i] - 11);
                continue;
            }
            snprintf(want, sizeof want, "line %zu: %zu bytes, over the limit of", line + 1, limits[i] + over[line]);
            assert_string_equal(doc.error_code, "E003");
            assert_memory_equal(doc.error_message.data, want, strlen(want));
        }
        assert_int_equal(next(), ATT_END);
        assert_int_equal(att_reader_bytes(reader), size);
        att_reader_free(reader);
        reader = NULL;
        free(bytes);
    }
}

static void test_many_lines(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    char *bytes = malloc(COUNT * 130);
    assert_non_null(bytes);
    size_t size = 0;
    for (size_t i = 0; i < COUNT; i++) size += add_line(bytes + size, 20 + i % 97);
    put("a", bytes, size);
    free(bytes);
    start(NULL, "a");
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(next(), ATT_OK);
        assert_null(doc.error_code);
        assert_int_equal(doc.text.length, 9 + i % 97);
    }
    assert_int_equal(next(), ATT_END);
}

static void test_large_file(void **state)
{
    (void)state;
    enum { SIZE = 3 * 1000 * 1000 + 1 };
    char *bytes = malloc(SIZE + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < SIZE; i++) bytes[i] = (char)('a' + i * 7 % 23);
    put("a.txt", bytes, SIZE);
    start(&(att_reader_options){ .max_bytes = SIZE }, "a.txt");
    assert_int_equal(next(), ATT_OK);
    assert_int_equal(doc.text.length, SIZE);
    assert_memory_equal(doc.text.data, bytes, SIZE);
    assert_int_equal(att_reader_bytes(reader), SIZE);
    att_reader_free(reader);
    put("a.jsonl", bytes, add_line(bytes, SIZE - 1));
    start(&(att_reader_options){ .max_bytes = SIZE_MAX }, "a.jsonl");
    assert_int_equal(next(), ATT_OK);
    assert_int_equal(doc.text.length, SIZE - 12);
    free(bytes);
}

/* ---- a document's arena that runs out ---- */

static void test_document_without_memory(void **state)
{
    (void)state;
    char *bytes = malloc(400 * 1000);
    assert_non_null(bytes);
    size_t size = add_line(bytes, 300 * 1000);
    size += add_line(bytes + size, 20);
    put("a.jsonl", bytes, size);
    put("b.txt", bytes, 300 * 1000);
    put("c.txt", BYTES("x"));
    free(bytes);
    arena.limit = 100 * 1000;
    start(&(att_reader_options){ .input_format = "auto" }, "");
    assert_int_equal(next(), ATT_NOMEM);
    assert_string_equal(local(doc.id).data, "a.jsonl:1");
    assert_int_equal(next(), ATT_OK);
    assert_string_equal(local(doc.id).data, "a.jsonl:2");
    assert_int_equal(next(), ATT_NOMEM); /* b.txt starts with { and is one line that is cut off: jsonl */
    assert_string_equal(local(doc.id).data, "b.txt:1");
    assert_int_equal(next(), ATT_OK);
    assert_string_equal(local(doc.id).data, "c");
    assert_int_equal(next(), ATT_END);
}

static void test_text_without_memory(void **state)
{
    (void)state;
    char *bytes = malloc(300 * 1000);
    assert_non_null(bytes);
    memset(bytes, ' ', 300 * 1000);
    put("a.txt", bytes, 300 * 1000);
    put("b.txt", BYTES("x"));
    free(bytes);
    arena.limit = 100 * 1000;
    start(NULL, "");
    assert_int_equal(next(), ATT_NOMEM);
    assert_string_equal(local(doc.id).data, "a");
    assert_all("it goes on", "id=b text=x\n");
}

/* ---- folders ---- */

static void link_to(const char *target, const char *name)
{
    char path[512];
    make_path(path, name);
    assert_int_equal(symlink(target, path), 0);
}

static void test_folder_order(void **state)
{
    (void)state;
    make_folder("a");
    make_folder("a/b");
    make_folder("empty");
    make_folder(".git");
    put(".git/config", BYTES("x"));
    put(".hidden", BYTES("x"));
    put("a-1.txt", BYTES("1"));
    put("a/b/2.txt", BYTES("2"));
    put("a/b.txt", BYTES("3"));
    put("a/README.md", BYTES("4"));
    put("a0", BYTES("5"));
    put("B.jsonl", BYTES("{\"text\":\"6\"}\n{\"text\":\"7\"}\n"));
    link_to(".", "a/loop");
    link_to("..", "a/b/up");
    link_to("nowhere", "a/broken.txt");
    link_to("../a0", "a/c.txt");
    link_to("b", "a/d");
    start(NULL, "");
    assert_all("byte order of whole paths, loops and hidden names passed over",
               "id=B.jsonl:1 text=6\nid=B.jsonl:2 text=7\nid=a-1 text=1\nid=a/README text=4\nid=a/b text=3\n"
               "id=a/b/2 text=2\n"
               "id=a/broken error=E001\nid=a/c text=5\nid=a/d/2 text=2\nid=a0 text=5\n");
}

static void test_paths_in_order(void **state)
{
    (void)state;
    char path[512];
    make_folder("x");
    put("x/1.txt", BYTES("1"));
    put("0.txt", BYTES("0"));
    put(".dot", BYTES("d"));
    start(NULL, "x");
    make_path(path, "missing.txt");
    att_reader_add(reader, path);
    make_path(path, "0.txt");
    att_reader_add(reader, path);
    make_path(path, ".dot");
    att_reader_add(reader, path);
    att_reader_add(reader, "");
    assert_all("as added", "id=x/1 text=1\nid=missing error=E001\nid=0 text=0\nid=.dot text=d\nid= error=E001\n");
    start(NULL, "x/");
    assert_int_equal(next(), ATT_OK);
    make_path(path, "x/1.txt");
    assert_string_equal(doc.source.data, path);
    att_reader_free(reader);
    start(NULL, "missing.txt");
    assert_int_equal(next(), ATT_OK);
    assert_string_equal(doc.error_message.data, "can't open: No such file or directory");
}

static void test_kinds(void **state)
{
    (void)state;
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    char path[512];
    make_path(path, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    start(NULL, "");
    assert_all("in a folder only files are opened", "id=pipe error=E002\nid=socket error=E002\n");
    start(NULL, "socket");
    att_reader_add(reader, "/dev/null");
    assert_all("a socket is none, a device is", "id=socket error=E002\nid=/dev/null text=\n");
    close(fd);
    assert_int_equal(att_reader_new(&reader, &(att_reader_options){ .max_bytes = 1000, .input_format = "text" }), ATT_OK);
    att_reader_add(reader, "/dev/zero");
    att_reader_add(reader, "/proc/self/mem");
    att_reader_add(reader, "/proc/sys/kernel/ostype");
    assert_all("endless, unreadable, without size",
               "id=/dev/zero error=E003\nid=/proc/self/mem error=E001\nid=/proc/sys/kernel/ostype text=Linux\n\n");
    assert_int_equal(att_reader_new(&reader, &(att_reader_options){ .input_format = "jsonl" }), ATT_OK);
    att_reader_add(reader, "/proc/self/mem");
    assert_all("a line that can't be read", "id=/proc/self/mem:1 error=E001\n");
}

/* ---- streams ---- */

static void ignore_signal(int number)
{
    (void)number;
}

/* A child that writes `pieces` to `fd` one after the other. */
static pid_t write_slowly(int fd, const char *const *pieces)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child) return child;
    for (; *pieces; pieces++) {
        usleep(4000);
        if (write(fd, *pieces, strlen(*pieces)) < 0) _exit(1);
    }
    _exit(0);
}

static void from_stdin(const char *what, const char *path, const att_reader_options *options, const char *const *pieces,
                       const char *want)
{
    int ends[2], kept = dup(0);
    assert_int_equal(pipe(ends), 0);
    pid_t child = write_slowly(ends[1], pieces);
    close(ends[1]);
    dup2(ends[0], 0);
    close(ends[0]);
    assert_int_equal(att_reader_new(&reader, options), ATT_OK);
    att_reader_add(reader, path);
    assert_all(what, want);
    dup2(kept, 0);
    close(kept);
    waitpid(child, NULL, 0);
}

#define PIECES(...)                                                                                                            \
    (const char *const[])                                                                                                      \
    {                                                                                                                          \
        __VA_ARGS__, NULL                                                                                                      \
    }

/* Signals without SA_RESTART interrupt reads all the while. */
static void test_standard_input(void **state)
{
    (void)state;
    struct sigaction action = { .sa_handler = ignore_signal }, before;
    sigaction(SIGALRM, &action, &before);
    struct itimerval often = { { 0, 1000 }, { 0, 1000 } }, never = { { 0, 0 }, { 0, 0 } };
    setitimer(ITIMER_REAL, &often, NULL);
    from_stdin("lines in pieces", "-", NULL,
               PIECES("\xEF", "\xBB\xBF", "{\"te", "xt\":\"a\"}", "\n{", "\"text\":\"b\"}\r", "\n"),
               "id=-:1 text=a\nid=-:2 text=b\n");
    from_stdin("a text", "-", NULL, PIECES("On", "e"), "id=- text=One\n");
    from_stdin("front matter", "-", NULL, PIECES("-", "--", "\ntitle: T", "\n---\nx"), "id=- title=T text=x\n");
    from_stdin("mail", "-", NULL, PIECES("Fr", "om: a@b.example\nDat", "e: 5 Mar 2026", "\n", "\n x"),
               "id=- date=2026-03-05 text= x\n");
    from_stdin("encoded mail", "-", NULL, PIECES("From: a@b.example\n", "Content-Type: multi", "part/mixed; boundary=x\n\nx"),
               "id=- error=E004\n");
    from_stdin("a letter", "-", NULL, PIECES("From: Ann Roe\n", "Dear", " Sir"), "id=- text=From: Ann Roe\nDear Sir\n");
    from_stdin("blanks first", "-", NULL, PIECES("\n", " ", "{\"text\":\"\"}"), "id=-:1 error=E010\nid=-:2 text=\n");
    from_stdin("no lines, no documents", "-", NULL, PIECES(NULL), "");
    from_stdin("an empty text asked for", "-", &(att_reader_options){ .input_format = "text" }, PIECES(NULL), "id=- text=\n");
    from_stdin("at the limit", "-", &(att_reader_options){ .max_bytes = 4 }, PIECES("ab", "cd"), "id=- text=abcd\n");
    from_stdin("one byte over", "-", &(att_reader_options){ .max_bytes = 4 }, PIECES("ab", "cd", "e"), "id=- error=E003\n");
    from_stdin("over the limit", "-", &(att_reader_options){ .max_bytes = 4 }, PIECES("ab", "cde"), "id=- error=E003\n");
    from_stdin("by its name", "/dev/stdin", NULL, PIECES("{\"text", "\":\"a\"}\n"), "id=/dev/stdin:1 text=a\n");
    setitimer(ITIMER_REAL, &never, NULL);
    sigaction(SIGALRM, &before, NULL);
}

/* The first record is out before the second line is in. */
static void test_line_at_once(void **state)
{
    (void)state;
    int ends[2], kept = dup(0);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[0], 0);
    close(ends[0]);
    assert_int_equal(att_reader_new(&reader, NULL), ATT_OK);
    att_reader_add(reader, "-");
    for (int i = 0; i < 3; i++) {
        assert_int_equal(write(ends[1], "{\"text\":\"\"}\n", 12), 12);
        assert_int_equal(next(), ATT_OK);
        assert_null(doc.error_code);
    }
    close(ends[1]);
    assert_int_equal(next(), ATT_END);
    dup2(kept, 0);
    close(kept);
}

static void test_pipe(void **state)
{
    (void)state;
    char path[512];
    make_path(path, "a.jsonl");
    assert_int_equal(mkfifo(path, 0600), 0);
    int fd = open(path, O_RDWR); /* so that neither side waits for the other */
    pid_t child = write_slowly(fd, PIECES("{\"text\":\"a\"}\n"));
    start(NULL, "a.jsonl");
    assert_int_equal(next(), ATT_OK);
    assert_string_equal(local(doc.id).data, "a.jsonl:1");
    waitpid(child, NULL, 0);
    close(fd);
    assert_int_equal(next(), ATT_END);
}

/* ---- texts that came before ---- */

typedef struct {
    att_duplicates *duplicates;
    uint32_t number; /* of the text */
    const char *first;
} noting;

static void note(void *argument)
{
    noting *asked = argument;
    att_document_clear(&doc, &arena);
    doc.id = att_str_format(&arena, "d%u", asked->number);
    att_document_set_text(&doc, att_str_format(&arena, "Text %u is unlike %u others.", asked->number, asked->number));
    assert_int_equal(att_duplicates_note(asked->duplicates, &doc), ATT_OK);
    asked->first = doc.duplicate_of.data;
}

static const char *first_of(att_duplicates *duplicates, uint32_t number)
{
    noting asked = { .duplicates = duplicates, .number = number };
    att_arena_reset(&arena, 1 << 20);
    assert_int_equal(att_guard_run(&guard, note, &asked), ATT_OK);
    return asked.first;
}

/* Of many texts the last ones are known, the first ones forgotten, and then they are first again. */
static void test_duplicates_are_bounded(void **state)
{
    (void)state;
    enum { GENERATION = 1 << 16 };
    att_duplicates *duplicates = att_duplicates_new("near");
    assert_non_null(duplicates);
    for (uint32_t i = 0; i <= 2 * GENERATION; i++) assert_null(first_of(duplicates, i));
    assert_string_equal(first_of(duplicates, 2 * GENERATION), "d131072");
    assert_string_equal(first_of(duplicates, GENERATION), "d65536");
    assert_null(first_of(duplicates, 0));
    assert_string_equal(first_of(duplicates, 0), "d0");
    att_duplicates_free(duplicates);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_files),
        TEST(test_messages),
        TEST(test_dates),
        TEST(test_options),
        TEST(test_fields_and_defaults),
        TEST(test_from_line),
        TEST(test_markdown_offsets),
        TEST(test_limit_of_files),
        TEST(test_limit_of_lines),
        TEST(test_many_lines),
        TEST(test_large_file),
        TEST(test_document_without_memory),
        TEST(test_text_without_memory),
        TEST(test_folder_order),
        TEST(test_paths_in_order),
        TEST(test_kinds),
        TEST(test_standard_input),
        TEST(test_line_at_once),
        TEST(test_pipe),
        TEST(test_duplicates_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
