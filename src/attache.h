/* attache.h - the library: rules in, documents in, annotated records out.
 *
 * An engine holds the rules; it never changes once made and any number of threads may share it. A
 * document, a reader and a writer belong to one thread at a time. Nothing here prints, exits, touches
 * the locale or keeps global state.
 *
 *     att_engine_new(&engine, NULL, sink, NULL);        the shipped rules
 *     att_doc_new(&doc, engine);
 *     att_doc_set_text(doc, bytes, length, NULL);       or att_reader_next(reader, doc)
 *     att_doc_tag(doc);
 *     att_writer_write(writer, doc, &record, &size);
 *
 * Text is bytes with a length, UTF-8 by intent; ill-formed bytes are read as U+FFFD each and reported.
 * Every _free accepts NULL.
 */
#ifndef ATTACHE_H
#define ATTACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ATT_VERSION "0.1.0"
#define ATT_SCHEMA_VERSION 1
#define ATT_WRONG_SCHEMA "a record of another schema than 1, of another version of attache; write it anew"

typedef enum {
    ATT_OK,
    ATT_END,   /* the reader has no further document */
    ATT_NOMEM, /* out of memory, or over a document's limit */
    ATT_IO,    /* the system refused a file; errno says why */
    ATT_RULES, /* the rules have errors; the sink was told each */
    ATT_OPTION /* an option has a value that does not exist */
} att_status;

/* What went wrong, in a few words for people. */
const char *att_status_text(att_status status);

/* Folds case in full, as Unicode has it, and nothing else. *folded, with a NUL behind, is to be freed; NULL on failure. */
att_status att_fold_case(const char *text, size_t length, char **folded);

/* Findings about rules. The pointers die with the call: copy what is kept. */
typedef enum { ATT_NOTE, ATT_WARNING, ATT_ERROR } att_severity;
typedef struct {
    att_severity severity;
    const char *code;      /* "S010", "C01"; empty for a note */
    const char *path;      /* rule file, or NULL */
    uint32_t line, column; /* from 1; column in code points; 0 when it is about the whole file */
    const char *message;
    const char *text; /* the whole as a person reads it, with the line and a caret, newline at the end */
} att_finding;
typedef void (*att_sink)(void *user, const att_finding *finding);

/* ---- engine: the rules ---- */
typedef struct att_engine att_engine;
typedef struct {
    const char *rules;       /* a folder, a pack's folder or compiled rules in the place of the shipped rules, or NULL */
    const char *const *with; /* folders added to them, in order */
    size_t with_count;
    bool reference;      /* find what rules match by the slow reference matcher: the same results, to compare */
    uint32_t max_topics; /* of a document; 0: as the rules say */
    bool anew;           /* read the text of all rules, also of compiled ones: for who checks rules */
    bool texts; /* lines of the rules will be shown, as `explain` does: compiled ones are checked for damage there too */
} att_engine_options;

/* Loads and checks all rules before it returns. `options` NULL: the shipped rules. On failure *engine is
 * NULL. `sink` is told errors and warnings; it may be NULL. */
att_status att_engine_new(att_engine **engine, const att_engine_options *options, att_sink sink, void *user);
void att_engine_free(att_engine *engine);

/* Compiles rules: *bytes, to be freed, may be written to a file that att_engine_options.rules then names. Only this build of
 * the library takes it. On failure *bytes is NULL. `sink` is as above. */
att_status att_compile(const att_engine_options *options, att_sink sink, void *user, char **bytes, size_t *size);

/* Libraries that a build may leave out and this one has, by index; NULL behind the last. */
const char *att_built_with(size_t index);

/* "sha256:" and 64 digits over the paths and bytes of all rule files. Dies with the engine. */
const char *att_engine_digest(const att_engine *engine);

/* What rules give names to: the stages of their pipeline, in order; types of mentions; views; topics; actors of themes. */
typedef enum { ATT_NAMED_STAGE, ATT_NAMED_TYPE, ATT_NAMED_VIEW, ATT_NAMED_TOPIC, ATT_NAMED_ACTOR } att_named;

/* The names of a kind, one by one; NULL past the end. Dies with the engine. */
const char *att_engine_name(const att_engine *engine, att_named kind, size_t index);

/* The shipped rule files, for `rules export`: path below the rules folder, bytes, size. False past the end. */
bool att_shipped_file(size_t index, const char **path, const char **bytes, size_t *size);

/* ---- document ---- */
typedef struct att_doc att_doc;

/* Facts about a document that its text does not hold; each may be NULL. A date or an origin that is none becomes a warning of
 * the record, as when it is read. */
typedef struct {
    const char *id, *source, *title, *date, *origin, *lang;
} att_doc_facts;

att_status att_doc_new(att_doc **doc, const att_engine *engine);
void att_doc_free(att_doc *doc);

/* Replaces what the document was. Text and facts are copied. */
att_status att_doc_set_text(att_doc *doc, const char *text, size_t length, const att_doc_facts *facts);

/* Annotates. A document that could not be read stays an error. On ATT_NOMEM the document becomes an
 * error record (E005) and the call returns ATT_OK, so that a run goes on. */
att_status att_doc_tag(att_doc *doc);

/* Stops behind a stage of the rules' pipeline, an ATT_NAMED_STAGE, from the next att_doc_tag on; countries and entities
 * are resolved all the same. NULL: runs all. ATT_OPTION when there is no such stage. */
att_status att_doc_set_until(att_doc *doc, const char *stage);

/* Whether who says what is looked for, from the next att_doc_tag on; records then have "statements". */
void att_doc_set_statements(att_doc *doc, bool statements);

/* Cuts the mentions of a document as another set of annotations does, from its next att_doc_tag on: a name of att_profile, or
 * NULL for our own way. ATT_OPTION when there is no such profile. */
att_status att_doc_set_profile(att_doc *doc, const char *profile);

/* Profiles in order of the table; NULL past the end. `help` may be NULL. */
const char *att_profile(size_t index, const char **help);

/* The code of what kept the document from being read ("E003"), or NULL. `message` may be NULL. */
const char *att_doc_error(const att_doc *doc, const char **message);

/* The same of the first of the warnings in its record ("E012"). */
const char *att_doc_warning(const att_doc *doc, const char **message);
const char *att_doc_id(const att_doc *doc); /* "" when unknown, as the next */
const char *att_doc_source(const att_doc *doc);
size_t att_doc_length(const att_doc *doc); /* bytes of its text */

/* Whether it is a country's code (ISO 3166-1 alpha-3, in any case, and former ones), as origins are. */
bool att_is_country(const char *code);

/* ---- reader: bytes to documents ---- */
typedef struct att_reader att_reader;
typedef struct {
    const char *input_format; /* a name of att_input_format, or NULL for "auto" */
    const char *text_field, *id_field, *date_field, *title_field, *origin_field,
        *lang_field;           /* JSON Lines; NULL: the usual names */
    const char *date, *origin; /* for documents that have none of their own, or NULL */
    size_t max_bytes;          /* a document's size limit; 0 for 64 MiB */
    uint64_t from_line;        /* JSON Lines: the first line to read, from 1; 0 for all */
    const char *duplicates; /* a name of att_duplicates_way: documents whose text came before say of which; NULL: none does */
} att_reader_options;

att_status att_reader_new(att_reader **reader, const att_reader_options *options);
void att_reader_free(att_reader *reader);

/* Adds a file, an archive (its members in order), a folder (its files in byte order of their paths, below it too) or "-" for
 * standard input, to be read after what was added before. Never fails for a bad path: it becomes an error record in its place.
 */
att_status att_reader_add(att_reader *reader, const char *path);

/* Fills `doc` with the next document; a bad one has att_doc_error. ATT_END when all is read. */
att_status att_reader_next(att_reader *reader, att_doc *doc);

/* The fields of JSON Lines that the options name and that no line so far has a value for, one by one; NULL past the end: most
 * likely a misspelt name. Of the text each document says so itself. */
const char *att_reader_empty_field(const att_reader *reader, size_t index);

/* Bytes taken from the inputs so far, for progress. */
uint64_t att_reader_bytes(const att_reader *reader);

/* Input formats in order of the table; NULL past the end. */
const char *att_input_format(size_t index);

/* Ways to tell that a text came before, "exact" and "near", in order of the table; NULL past the end. */
const char *att_duplicates_way(size_t index);

/* ---- writer: documents to bytes ---- */
typedef struct att_writer att_writer;
typedef struct {
    const char *format;  /* a name of att_output_format, or NULL for "jsonl" */
    const char *offsets; /* "codepoint", "byte" or "utf16", or NULL for "codepoint" */
    const char *types;   /* the types to write, with commas between; NULL for all */
    bool text;           /* adds the text to records */
    const char *view; /* only documents that have this view, or NULL; the records of others have no bytes. Errors have theirs */
    const char *theme; /* the same for a topic ("missiles") or a theme of it that has actors, alone or with others
                          ("missiles/PRK", "missiles/KOR+PRK"); both have to outlive the writer */
} att_writer_options;

att_status att_writer_new(att_writer **writer, const att_engine *engine, const att_writer_options *options);
void att_writer_free(att_writer *writer);

/* One document as the format writes it, a whole record with its newline; of a table its rows, perhaps none. The bytes lie in
 * the document's memory, until it gets another text. */
att_status att_writer_write(att_writer *writer, att_doc *doc, const char **bytes, size_t *size);

/* Output formats in order of the table; NULL past the end. `help` may be NULL. */
const char *att_output_format(size_t index, const char **help);

/* Whether a record of the format is two files, ID.txt and ID.ann: its bytes are then a line with the number of bytes of the
 * first, and both; of a document that failed the line "error CODE: MESSAGE". `format` may be NULL. */
bool att_output_pairs(const char *format);

/* Whether the format is one of statements, which att_doc_set_statements has to ask for. `format` may be NULL. */
bool att_output_statements(const char *format);

/* What stands before the first record of an output of the format, between two of them and behind the last; NULL for nothing.
 * `format` may be NULL. */
typedef struct {
    const char *before, *between, *behind;
} att_output_frame;
att_output_frame att_output_frame_of(const char *format);

/* The JSON Schema of the record, newline at the end. */
const char *att_schema(void);

#endif
