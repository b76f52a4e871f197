/* fuzz_documents.c - any bytes as a file of each input format: they are documents or errors, and all can be tagged and written.
 */
#include "fuzz.h"

static char path[] = "/tmp/attache-fuzz.XXXXXX";
static att_engine *engine;

static void remove_file(void)
{
    unlink(path);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    must(close(mkstemp(path)) == 0 && atexit(remove_file) == 0);
    must(att_engine_new(&engine, NULL, NULL, NULL) == ATT_OK);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *format;
    write_bytes(path, bytes, size);
    for (size_t i = 0; (format = att_input_format(i)); i++) {
        att_reader *reader;
        att_doc *doc;
        att_reader_options options = { .input_format = format, .max_bytes = 3000 };
        must(att_reader_new(&reader, &options) == ATT_OK && att_reader_add(reader, path) == ATT_OK);
        must(att_doc_new(&doc, engine) == ATT_OK);
        att_doc_set_statements(doc, true);
        while (att_reader_next(reader, doc) == ATT_OK) check_document(engine, doc);
        att_doc_free(doc);
        att_reader_free(reader);
    }
    return 0;
}
