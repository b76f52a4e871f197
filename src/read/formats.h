/* formats.h - what the reader and its formats share: the reader from inside, and one function a format.
 *
 * A format's `fill` makes the next document of the open input: ATT_OK with a document or an error document,
 * ATT_END when the input has no more. Each format is a file of its own and a line of the table in reader.c.
 */
#ifndef ATT_FORMATS_H
#define ATT_FORMATS_H

#include "model/document.h"
#include "read/archive.h"
#include "read/duplicates.h"
#include "read/input.h"
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
    att_arena arena;          /* options and the paths that were added */
    const att_format *wanted; /* as the options say; its fill is NULL when each input decides */
    att_fields fields;
    att_str date, origin; /* for documents that have none; null views when not given */
    size_t limit;         /* bytes of one document */
    uint64_t from_line;
    att_duplicates *duplicates; /* NULL when nobody asks */
    att_strs paths;
    uint32_t next_path;
    att_walk walk;        /* the folders that are open */
    const char *path;     /* the open input's; lives until the next one is opened. Of a member: "archive!member" */
    att_archive *archive; /* what is open while its members are read, or the text of a compressed file; else NULL */
    att_input file;       /* what it is read from */
    const char *file_path;
    struct {
        char *path; /* a member's, malloc'ed */
        size_t capacity;
        size_t start; /* of the member's name in it; 0 when the open input is no member */
    } member;
    const att_format *format; /* the open input's, or NULL when the next input is due */
    att_input input;
    uint64_t line;       /* lines taken from the open input */
    void *tree;          /* a line as parsed by read_jsonl.c, kept where it is found again after a longjmp */
    void *written;       /* the same with its numbers as strings, where one is asked for; else NULL */
    unsigned asked, met; /* sets of the fields id, date, title, origin, lang: that options name; that had a value */
    uint64_t lines;      /* of JSON in all inputs */
    struct {
        uint64_t at, rest; /* byte of the open archive that comes next; bytes left of the record that was begun */
        uint64_t *seen;    /* numbers of the URIs that it had, by themselves; 0 free */
        size_t capacity, count;
        char *body; /* room for what is unpacked */
        size_t body_size;
    } warc;
};

att_status att_plain_fill(att_reader *self, att_document *doc);
att_status att_markdown_fill(att_reader *self, att_document *doc);
att_status att_jsonl_fill(att_reader *self, att_document *doc);
att_status att_html_fill(att_reader *self, att_document *doc);
att_status att_warc_fill(att_reader *self, att_document *doc);

/* Forgets the web archive before; gives back what reading them took. */
void att_warc_begin(att_reader *self);
void att_warc_release(att_reader *self);

/* Gives back what a jsonl document that was broken off left behind. */
void att_jsonl_release(att_reader *self);

/* Bytes of a byte order mark and a first line `---`, its line break included; 0 when `text` does not start so. */
size_t att_markdown_opening(att_str text);

/* Bytes of a UTF-8 byte order mark at the start: 3 or 0. */
size_t att_bom_length(att_str text);

/* Sets source and the id that follows from the path: without its extension, and without ".gz" and the like. */
void att_reader_name(const att_reader *self, att_document *doc);

/* An error document about an errno: "can't open: No such file or directory". */
void att_fail_system(att_document *doc, const char *what, int error);

/* The same about what the open input, or the archive that it is a member of, could not read. */
void att_fail_input(const att_reader *self, att_document *doc, const char *what);

/* The same about an archive that has no member to show. */
void att_fail_archive(const att_reader *self, att_document *doc);

#endif
