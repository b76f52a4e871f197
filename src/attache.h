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

/* Applies full Unicode case folding and nothing else. On success *folded holds the result, NUL-terminated; the caller frees
 * it with free(). On failure it is NULL. */
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
    const char
        *rules; /* a rules folder, one pack's folder or a file of compiled rules, used instead of the shipped rules; or NULL */
    const char *const *with; /* further rule folders, laid over those in this order */
    size_t with_count;
    bool reference;      /* use the slow reference matcher; gives the same results, for comparison */
    uint32_t max_topics; /* most topics of one document; 0 takes the number from the rules */
    bool anew;           /* read the text of all rules even where compiled ones are there: for tools that check rules */
    bool texts;          /* rule lines will be shown, as `explain` does: checks text and trees inside compiled rules for damage,
                          * as `reference` does, too */
} att_engine_options;

/* Loads and checks all rules before it returns. With `options` NULL it loads the shipped rules. On failure *engine is NULL.
 * `sink` receives errors and warnings; it may be NULL. */
att_status att_engine_new(att_engine **engine, const att_engine_options *options, att_sink sink, void *user);
void att_engine_free(att_engine *engine);

/* Compiles rules. *bytes (the caller frees it) can be written to a file, which att_engine_options.rules may then name. Only
 * the same build of the library can load that file. On failure *bytes is NULL. `sink` is as above. */
att_status att_compile(const att_engine_options *options, att_sink sink, void *user, char **bytes, size_t *size);

/* The optional libraries that this build includes, by index; NULL past the end. */
const char *att_built_with(size_t index);

/* "sha256:" and 64 hexadecimal digits, computed over the paths and bytes of all rule files. Lives as long as the engine. */
const char *att_engine_digest(const att_engine *engine);

/* Whether `rules`, as in att_engine_options, are compiled ones: records then show the names that their files had. */
bool att_rules_are_compiled(const char *rules);

/* Kinds of names that rules define: stages of the pipeline (in order), types of mentions, views, topics, actors of themes. */
typedef enum { ATT_NAMED_STAGE, ATT_NAMED_TYPE, ATT_NAMED_VIEW, ATT_NAMED_TOPIC, ATT_NAMED_ACTOR } att_named;

/* The name with that index among those of a kind; NULL past the end. Lives as long as the engine. */
const char *att_engine_name(const att_engine *engine, att_named kind, size_t index);

/* The first stage that makes annotations of a layer, such as "OFFICIAL", "TOPIC", "THEME" or "SPEECH": documents that stop
 * before it (att_doc_set_until) have none. NULL when no stage makes them. Lives as long as the engine. */
const char *att_engine_first_stage(const att_engine *engine, const char *layer);

/* The shipped rule files, for `rules export`: path below the rules folder, bytes, size. False past the end. *bytes is
 * NULL when memory is short. */
bool att_shipped_file(size_t index, const char **path, const char **bytes, size_t *size);

/* ---- document ---- */
typedef struct att_doc att_doc;

/* Facts about a document that its text does not hold; each may be NULL. A date or origin that is not understood becomes a
 * warning in the record, as it does when a file is read. */
typedef struct {
    const char *id, *source, *title, *date, *origin, *lang;
} att_doc_facts;

att_status att_doc_new(att_doc **doc, const att_engine *engine);
void att_doc_free(att_doc *doc);

/* Replaces the document's content. Text and facts are copied. */
att_status att_doc_set_text(att_doc *doc, const char *text, size_t length, const att_doc_facts *facts);

/* Annotates the document; called again, annotates it anew, as it was read. A document that could not be read stays an error.
 * When memory runs out the document becomes an error record (E005) and the call still returns ATT_OK, so that a run goes on. */
att_status att_doc_tag(att_doc *doc);

/* From the next att_doc_tag on, stops after this stage of the rules' pipeline (a name of kind ATT_NAMED_STAGE). Countries
 * and entities are still resolved. NULL runs all stages. ATT_OPTION when there is no such stage. */
att_status att_doc_set_until(att_doc *doc, const char *stage);

/* From the next att_doc_tag on, whether to look for statements (who said what). Records then have "statements". */
void att_doc_set_statements(att_doc *doc, bool statements);

/* From the next att_doc_tag on, draws the borders of mentions as another annotation scheme does. `profile` is a name from
 * att_profile, or NULL for attache's own borders. ATT_OPTION when there is no such profile. */
att_status att_doc_set_profile(att_doc *doc, const char *profile);

/* The profile with that index; NULL past the end. `help` may be NULL. */
const char *att_profile(size_t index, const char **help);

/* Whether mentions may have the type when their borders are drawn as `profile` says ("conll" has no "AGENCY": those are "ORG").
 * True when there is no such profile. */
bool att_profile_has(const char *profile, const char *type);

/* The code of the error that kept the document from being read ("E003"), or NULL. `message` may be NULL. */
const char *att_doc_error(const att_doc *doc, const char **message);

/* The same for the first warning in the document's record ("E012"). */
const char *att_doc_warning(const att_doc *doc, const char **message);
const char *att_doc_id(const att_doc *doc); /* "" when unknown; so is the source */
const char *att_doc_source(const att_doc *doc);
size_t att_doc_length(const att_doc *doc); /* length of its text in bytes */

/* Whether `code` is a country's code (ISO 3166-1 alpha-3, in upper or lower case; former codes count too), as origins are. */
bool att_is_country(const char *code);

/* ---- reader: bytes to documents ---- */
typedef struct att_reader att_reader;
typedef struct {
    const char *input_format; /* a name of att_input_format, or NULL for "auto" */
    const char *text_field, *id_field, *date_field, *title_field, *origin_field,
        *lang_field;           /* JSON Lines; NULL: the usual names */
    const char *date, *origin; /* used for documents that have none of their own; or NULL. The origin may be a code of three
                                  letters that only the rules know. */
    size_t max_bytes;          /* a document's size limit; 0 for 64 MiB */
    uint64_t from_line;        /* JSON Lines: number of the first line to read, from 1; 0 reads all */
    const char *duplicates;    /* a name from att_duplicates_way: a document whose text came before then names the earlier one.
                                  NULL: texts are not compared */
} att_reader_options;

att_status att_reader_new(att_reader **reader, const att_reader_options *options);
void att_reader_free(att_reader *reader);

/* Adds something to read after all that was added before: a file, an archive (its members in order), a folder (all files
 * below it, in byte order of their paths) or "-" for standard input. Never fails: a bad path becomes an error record in its
 * place. */
att_status att_reader_add(att_reader *reader, const char *path);

/* Fills `doc` with the next document. A document that could not be read has att_doc_error. ATT_END when all is read. */
att_status att_reader_next(att_reader *reader, att_doc *doc);

/* Of the JSON field names given in the options, those for which no line so far had a value, by index; NULL past the end.
 * Such a name is most likely misspelt. The text field is left out: a document without text is an error of its own. */
const char *att_reader_empty_field(const att_reader *reader, size_t index);

/* Whether an input was read as JSON Lines. */
bool att_reader_met_lines(const att_reader *reader);

/* Bytes read from the inputs so far, to show progress. */
uint64_t att_reader_bytes(const att_reader *reader);

/* The input format with that index; NULL past the end. */
const char *att_input_format(size_t index);

/* The ways to recognise a text that came before ("exact", "near"), by index; NULL past the end. */
const char *att_duplicates_way(size_t index);

/* ---- writer: documents to bytes ---- */
typedef struct att_writer att_writer;
typedef struct {
    const char *format;  /* a name from att_output_format, or NULL for "jsonl" */
    const char *offsets; /* "codepoint", "byte" or "utf16", or NULL for "codepoint" */
    const char *types;   /* the types of mentions to write, separated by commas; NULL for all */
    bool text;           /* adds the text to records */
    const char *view;    /* write only documents that have this view, or NULL. Other documents give no bytes; error records are
                            always written */
    const char *theme;   /* the same for a topic ("missiles") or for a theme with actors, alone or among others ("missiles/PRK",
                            "missiles/KOR+PRK"). `view` and `theme` must outlive the writer */
} att_writer_options;

att_status att_writer_new(att_writer **writer, const att_engine *engine, const att_writer_options *options);
void att_writer_free(att_writer *writer);

/* Writes one document in the writer's format: a whole record with its newline; for a table its rows, perhaps none. The bytes
 * lie in the document's memory and live until the document gets another text. */
att_status att_writer_write(att_writer *writer, att_doc *doc, const char **bytes, size_t *size);

/* The output format with that index; NULL past the end. `help` may be NULL. */
const char *att_output_format(size_t index, const char **help);

/* Whether a record of the format consists of two files, ID.txt and ID.ann. Its bytes are then a line with the size of the
 * first file in bytes, followed by both files; for a document that failed, the line "error CODE: MESSAGE". `format` may be
 * NULL. */
bool att_output_pairs(const char *format);

/* Whether the format writes statements, which must be asked for by att_doc_set_statements. `format` may be NULL. */
bool att_output_statements(const char *format);

/* Whether what the format writes depends on an option: types, profile, text, duplicates, statements or max-topics. `format` may
 * be NULL. */
bool att_output_takes(const char *format, const char *option);

/* What the format writes before the first record, between two records and after the last one; NULL for nothing. `format` may
 * be NULL. */
typedef struct {
    const char *before, *between, *behind;
} att_output_frame;
att_output_frame att_output_frame_of(const char *format);

/* The JSON Schema of a record, with a newline at its end. */
const char *att_schema(void);

#endif
