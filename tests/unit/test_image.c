/* Compiled rules: the same records wherever they lie in memory, and what is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/image.h"

static const char text[] = "SEOUL, March 25, 2026 - Foreign Minister Cho Tae-yul met Ukrainian officials. The minister and the "
                           "Ministry of Foreign Affairs spoke about sanctions against the DPRK.\n";
static char path[] = "/tmp/attache-image.XXXXXX";
static char *image, *text_record;
static size_t image_size;

static char *record_of(const att_engine *engine)
{
    att_doc *doc;
    att_writer *writer;
    const char *bytes;
    size_t size;
    assert_int_equal(att_doc_new(&doc, engine), ATT_OK);
    assert_int_equal(att_doc_set_text(doc, text, strlen(text), NULL), ATT_OK);
    assert_int_equal(att_doc_tag(doc), ATT_OK);
    assert_int_equal(att_writer_new(&writer, engine, NULL), ATT_OK);
    assert_int_equal(att_writer_write(writer, doc, &bytes, &size), ATT_OK);
    char *copy = strndup(bytes, size);
    att_writer_free(writer);
    att_doc_free(doc);
    return copy;
}

static void write_bytes(const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static int make_image(void **state)
{
    att_engine *engine;
    (void)state;
    assert_int_equal(att_compile(NULL, NULL, NULL, &image, &image_size), ATT_OK);
    assert_int_equal(att_engine_new(&engine, NULL, NULL, NULL), ATT_OK);
    text_record = record_of(engine);
    att_engine_free(engine);
    close(mkstemp(path));
    return 0;
}

static int remove_image(void **state)
{
    (void)state;
    free(image);
    free(text_record);
    return unlink(path);
}

/* Of two engines of one file the second does not get its place. The reference matcher follows the trees of rules. */
static void check_places(bool reference)
{
    att_engine_options options = { .rules = path, .reference = reference };
    const att_image_header *header = (const void *)image;
    write_bytes(image, image_size);
    att_engine *engines[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(att_engine_new(&engines[i], &options, NULL, NULL), ATT_OK);
        assert_true(((uintptr_t)engines[i]->image == header->base) == (i == 0));
    }
    for (int i = 0; i < 2; i++) {
        char *record = record_of(engines[i]);
        assert_string_equal(record, text_record);
        free(record);
        att_engine_free(engines[i]);
    }
}

static void test_places(void **state)
{
    (void)state;
    check_places(false);
    check_places(true);
}

typedef struct {
    size_t at; /* the byte that is changed */
    size_t cut;
    const char *message;
} refused_image;

static void keep_message(void *user, const att_finding *finding)
{
    snprintf(user, 256, "%s %s", finding->code, finding->message);
}

static void test_refused(void **state)
{
    static const refused_image table[] = {
        { offsetof(att_image_header, byte_order), 0, "damaged: the head is not readable" },
        { offsetof(att_image_header, version), 0, "compiled by a version with another format; compile the rules again" },
        { offsetof(att_image_header, build), 0, "compiled by another build of attache; compile the rules again" },
        { offsetof(att_image_header, size), 0, "damaged: it is not as long as it was" },
        { offsetof(att_image_header, checksum), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, base), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, engine), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, fixups), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, fixups_checksum), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, texts), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, packed_trees), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, texts_size), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, texts_checksum), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, trees), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, trees_size), 0, "damaged: its checksum is wrong" },
        { offsetof(att_image_header, trees_size) + 7, 0, "damaged: the head is not readable" },
        { ATT_IMAGE_PAGE, 0, "damaged: its checksum is wrong" },
        { 1000003, 0, "damaged: its checksum is wrong" },
        { 0, 1, "damaged: it is not as long as it was" },
        { 0, 1000000, "damaged: it is not as long as it was" },
    };
    att_engine_options options = { .rules = path };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const refused_image *row = &table[i];
        att_engine *engine;
        char message[256] = "", want[256];
        if (!row->cut) image[row->at] ^= 0x10;
        write_bytes(image, image_size - row->cut);
        if (!row->cut) image[row->at] ^= 0x10;
        assert_int_equal(att_engine_new(&engine, &options, keep_message, message), ATT_RULES);
        snprintf(want, sizeof want, "S040 cannot use these compiled rules: %s", row->message);
        assert_string_equal(message, want);
    }
}

static void change(size_t at)
{
    image[at] ^= 0x10;
    write_bytes(image, image_size);
    image[at] ^= 0x10;
}

/* The text of the rules is looked at when it is asked for, and only then. */
static void test_texts(void **state)
{
    att_engine_options options = { .rules = path }, with_texts = { .rules = path, .texts = true };
    const att_image_header *header = (const void *)image;
    att_engine *engine;
    (void)state;
    change((size_t)header->texts + 1000);
    assert_int_equal(att_engine_new(&engine, &with_texts, NULL, NULL), ATT_RULES);
    assert_int_equal(att_engine_new(&engine, &options, NULL, NULL), ATT_OK);
    char *record = record_of(engine);
    assert_string_equal(record, text_record);
    free(record);
    att_engine_free(engine);
}

/* Where it is asked for, each rule file has its text and lines. Nothing but what is packed has a line that nothing else says.
 */
static void test_texts_whole(void **state)
{
    att_engine_options options = { .rules = path, .texts = true };
    att_engine *engine;
    const char *name, *bytes;
    size_t size, count = 0;
    (void)state;
    write_bytes(image, image_size);
    assert_int_equal(att_engine_new(&engine, &options, NULL, NULL), ATT_OK);
    for (; att_shipped_file(count, &name, &bytes, &size); count++) {
        const att_source *source = engine->files.items[count].source;
        assert_int_equal(source->text.length, size);
        assert_memory_equal(source->text.data, bytes, size);
        assert_int_equal(att_source_locate(source, (uint32_t)size).line, source->line_count);
        if (size >= 4096) assert_null(memmem(image, image_size, bytes + size / 2, 200));
    }
    assert_int_equal(count, engine->files.count);
    att_engine_free(engine);
}

static void swap(uint64_t *one, uint64_t *other)
{
    uint64_t kept = *one;
    *one = *other;
    *other = kept;
}

/* Words that change places are damage too. */
static void test_changed_places(void **state)
{
    static const size_t distances[] = { 8, 64, 4096, 1 << 20 };
    att_engine_options options = { .rules = path };
    uint64_t *words = (void *)image;
    att_engine *engine;
    (void)state;
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
        size_t one = 1000000 / 8, other = one + distances[i] / 8;
        while (words[one] == words[other]) one++, other++;
        swap(&words[one], &words[other]);
        write_bytes(image, image_size);
        swap(&words[one], &words[other]);
        assert_int_equal(att_engine_new(&engine, &options, NULL, NULL), ATT_RULES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_places), cmocka_unit_test(test_refused),
                                        cmocka_unit_test(test_texts), cmocka_unit_test(test_texts_whole),
                                        cmocka_unit_test(test_changed_places) };
    return cmocka_run_group_tests_name("image", tests, make_image, remove_image);
}
