/* formats.h - what the reader shares with its formats: the reader's own data, and one function for each format.
 *
 * A format's `fill` makes the next document of the open input. It returns ATT_OK with a document or an error document, or
 * ATT_END when the input has no more. Each format is a file of its own and a line of the table in reader.c.
 */
#ifndef ATT_FORMATS_H
#define ATT_FORMATS_H

#include "model/document.h"
#include "read/archive.h"
#include "read/duplicates.h"
#include "read/input.h"
#include "read/seen.h"
#include "read/walk.h"

typedef struct {
    const char *name;
    att_status (*fill)(att_reader *self, att_document *doc); /* NULL for "auto" */
} att_format;

/* Names of fields in a JSON object. */
typedef struct {
    const char *text, *id, *date, *title, *origin, *lang;
} att_fields;

struct att_reader {
    att_guard guard;
    att_arena arena;          /* the options, and the paths that were added */
    const att_format *wanted; /* the format that the options name; its `fill` is NULL when each input's is detected */
    att_fields fields;
    att_str date, origin; /* for documents without their own; null views when not given */
    size_t limit;         /* size limit of one document, in bytes */
    uint64_t from_line;
    att_duplicates *duplicates; /* NULL when nobody asks */
    att_strs paths;
    uint32_t next_path;
    att_walk walk;        /* the folders being walked */
    const char *path;     /* path of the open input, valid until the next one is opened. For a member: "archive!member" */
    att_archive *archive; /* the open archive, or compressed file, while it is read; else NULL */
    att_input file;       /* the file from which the archive is read */
    const char *file_path;
    struct {
        char *path; /* path of a member, malloc'ed */
        size_t capacity;
        size_t start;   /* where the member's name starts in it; 0 when the open input is no member */
        size_t end;     /* where it ends, before the "@NUMBER" of one whose name another one before it had */
        uint64_t count; /* members so far */
        att_seen names; /* theirs, by their numbers */
    } member;
    const att_format *format; /* format of the open input, or NULL when the next input is due */
    att_input input;
    att_seen stems; /* paths without extension, by the paths */
    uint64_t line;  /* lines read from the open input */
    void *tree;     /* the parsed line of read_jsonl.c, kept here so that it can be freed after a longjmp */
    void *written;  /* the same with numbers as strings, when one is wanted; else NULL */
    unsigned asked,
        met; /* bit sets of the fields id, date, title, origin, lang: those that the options name; those that had a value */
    uint64_t lines; /* lines of JSON in all inputs */
    bool met_lines; /* there was an input of such lines, if only of none */
    struct {
        uint64_t at, rest; /* position in the open archive of the next byte; bytes left of the current record */
        att_seen seen;     /* URIs, by the places of their records */
        char *body;        /* buffer for unpacked content */
        size_t body_size;
    } warc;
};

/* The formats' `fill`, as described above. */
att_status att_plain_fill(att_reader *self, att_document *doc);
att_status att_markdown_fill(att_reader *self, att_document *doc);
att_status att_jsonl_fill(att_reader *self, att_document *doc);
att_status att_mail_fill(att_reader *self, att_document *doc);
att_status att_mail_refuse(att_reader *self, att_document *doc); /* a message that has to be decoded */
att_status att_html_fill(att_reader *self, att_document *doc);
att_status att_warc_fill(att_reader *self, att_document *doc);

/* Starts a new web archive; frees what reading web archives used. */
void att_warc_begin(att_reader *self);
void att_warc_release(att_reader *self);

/* Frees what an interrupted JSON Lines document left behind. */
void att_jsonl_release(att_reader *self);

/* Length of a byte order mark and a first line `---` or `+++` with its line break; 0 when `text` does not start that way. */
size_t att_markdown_opening(att_str text);

/* Whether it begins as a message of mail; "encoded" is one whose text is so, or that has several parts. "Open" until the head
 * of the message ends, unless `whole` says that no more bytes come. */
typedef enum { ATT_MAIL_NONE, ATT_MAIL_OPEN, ATT_MAIL_PLAIN, ATT_MAIL_ENCODED } att_mail;
att_mail att_mail_opening(att_str head, bool whole);

/* Length of a UTF-8 byte order mark at the start: 3 or 0. */
size_t att_bom_length(att_str text);

/* The path of the open input as its file is called: without what tells members of one name apart. */
att_str att_reader_file(const att_reader *self);

/* Sets source and id from the path; the id is without extension and without ".gz" and the like, but the whole path where
 * another one's is so called. */
void att_reader_name(att_reader *self, att_document *doc);

/* Makes an error document for an errno: "can't open: No such file or directory". */
void att_fail_system(att_document *doc, const char *what, int error);

/* The same for a read error of the open input, or of the archive that contains it. */
void att_fail_input(const att_reader *self, att_document *doc, const char *what);

/* The same for an archive that has no member to show. */
void att_fail_archive(const att_reader *self, att_document *doc);

#endif
