/* input.h - buffered reading from one open file, pipe, device or member of an archive.
 *
 * Shape   buffer[start, end) is read but not yet consumed. Lines and unread bytes are views into the buffer, valid until the
 * next call that reads. gzip files are unpacked as they are read. Owner   the reader; the buffer is reused for the next input.
 * Uses no document's arena. Errors  a failed read is kept in `error` (an errno, or ATT_INPUT_…), and every later read fails the
 * same way. EINTR is retried.
 */
#ifndef ATT_INPUT_H
#define ATT_INPUT_H

#include <sys/stat.h>

#include "base/str.h"
#include "read/gunzip.h"

enum {
    ATT_INPUT_DAMAGED = -1, /* broken or truncated gzip data */
    ATT_INPUT_BEHIND = -2,  /* other data after the gzip data */
    ATT_INPUT_SOURCE = -3   /* an error that the source reports */
};

typedef enum {
    ATT_MORE,
    ATT_MORE_END,
    ATT_MORE_FULL, /* the buffer has reached its limit, or memory ran out */
    ATT_MORE_ERROR
} att_more;

/* A source other than a file: fills `to` with up to `size` bytes, at least one when it returns ATT_MORE. */
typedef att_more att_input_source(void *from, char *to, size_t size, size_t *got);

typedef struct {
    int fd;     /* -1 when nothing is open, or when the input is not a file */
    bool owned; /* att_input_close closes it */
    int error;  /* the error of a failed read, or 0 */
    bool sized;
    size_t size;              /* bytes that a regular file had left when opened, if `sized` */
    off_t base;               /* file offset of the first of them */
    att_input_source *source; /* NULL for a file */
    void *from;
    bool endless; /* set by a line that never ends: the rest is not read */
    char *buffer;
    size_t capacity, start, end;
    uint64_t taken; /* bytes read since the reader was made; packed bytes count as packed */
    struct {
        att_gunzip *gunzip; /* NULL until it is needed */
        bool on, last;      /* the open input is packed; all of it was read */
        char *buffer;
        size_t capacity;
    } packed;
} att_input;

typedef enum {
    ATT_LINE_WHOLE,
    ATT_LINE_SKIPPED, /* longer than the limit or than memory allows; passed over */
    ATT_LINE_NONE,
    ATT_LINE_ERROR
} att_line_result;

/* A line without its LF or CR LF. */
typedef struct {
    att_str text;    /* for ATT_LINE_WHOLE */
    uint64_t length; /* its length in bytes, even when skipped */
} att_line;

/* Starts reading `fd`, which att_input_close will close if `owned`; `about` is its fstat. Reads the first bytes to see
 * whether they are gzip data. */
void att_input_open(att_input *self, int fd, bool owned, const struct stat *about);

/* Starts reading from `source`, which gives `size` bytes if `sized`; `from` must outlive the input. */
void att_input_open_source(att_input *self, att_input_source *source, void *from, bool sized, uint64_t size);

/* Closes the file or source, keeping the buffer for the next one. */
void att_input_close(att_input *self);

/* Frees a large buffer except for its unread part; lines taken before become invalid. */
void att_input_trim(att_input *self);

/* Closes it and frees the buffer. */
void att_input_clear(att_input *self);

/* The bytes in the buffer that were not taken yet, valid until the next read. */
att_str att_input_unread(const att_input *self);

/* Reads once, appending to the unread bytes; lets the buffer grow up to `most` bytes. */
att_more att_input_more(att_input *self, size_t most);

/* Consumes `size` bytes into `to`; fewer only at the end or on an error. Bytes that are not yet buffered go straight to
 * `to`. */
size_t att_input_take(att_input *self, char *to, size_t size);

/* Skips unread bytes. */
void att_input_pass(att_input *self, size_t bytes);

/* Whether the input is a file that can be read in any order. */
bool att_input_can_seek(const att_input *self);

/* Moves such a file to byte `to`. `at` is the position after the unread bytes, which are discarded. */
bool att_input_seek(att_input *self, int64_t at, int64_t to);

/* Whether the end is reached; false on an error too, even one that only shows at the end. */
bool att_input_ends(att_input *self);

/* Consumes a line; one longer than `limit` bytes is skipped and not kept. In a packed input, a line of sixteen times the
 * limit and of at least 1 GiB sets `endless`. */
att_line_result att_input_line(att_input *self, size_t limit, att_line *line);

#endif
