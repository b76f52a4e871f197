/* batch.h - documents through threads, records out in the order of reading.
 *
 * Shape   each thread takes the next document from the reader, annotates it and makes its record; one record at a time is
 *         delivered, by the thread that has the one that is due. Reading, annotating and writing overlap.
 * Bounds  what is made ahead of the record that is due: CLI_AHEAD documents and CLI_AHEAD_BYTES of records, or twice the bytes
 *         of the texts in hand where that is more. Texts of more than CLI_TEXT_BYTES together are not annotated at once. So
 *         memory does not grow with the corpus.
 * Owner   a document, a writer and a vocabulary a thread; the engine is shared.
 */
#ifndef ATT_CLI_BATCH_H
#define ATT_CLI_BATCH_H

#include "attache.h"

enum { CLI_AHEAD = 4096, CLI_AHEAD_BYTES = 4 << 20, CLI_TEXT_BYTES = 64 << 20 };

/* What came of one document. All of it dies with the call that it is handed to. */
typedef struct {
    const char *bytes; /* the record; of no bytes when the document has none of what was asked for */
    size_t size;
    const char *id, *source;
    const char *code, *message; /* why it could not be read, or NULL */
    const char *warning;        /* the code of the first one, or NULL; `message` is its */
    uint64_t number;            /* among all documents of the inputs, from 1 */
    uint64_t taken;             /* bytes of input read when it was */
    void *made;                 /* what `prepare` made of the record, for `deliver` to take over; `bytes` may be gone by then */
} cli_result;

typedef struct {
    const att_engine *engine;
    att_reader *reader;
    const att_writer_options *writing;
    const char *until, *profile;                                 /* as att_doc_set_until, att_doc_set_profile */
    bool statements;                                             /* as att_doc_set_statements */
    size_t threads;                                              /* from 1 */
    bool (*wanted)(void *user, const char *id, uint64_t number); /* called one at a time; false passes over a document */
    void *(*prepare)(const char *bytes, size_t size);            /* called by any thread; may be NULL. NULL: out of memory */
    void (*drop)(void *made);                                    /* what is not delivered after all */
    bool (*deliver)(void *user, const cli_result *result);       /* called one at a time, in order; false ends the run */
    void *user;
} cli_batch;

/* Ends when all is read or cli_stop_signal says so, and all that was read is delivered; when `deliver` returns false; or with a
 * status other than ATT_OK, which errno explains, when all before it is delivered. */
att_status cli_batch_run(const cli_batch *batch);

/* The cores that this process may use. */
size_t cli_batch_cores(void);

#endif
