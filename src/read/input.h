/* input.h - the bytes of one open file, pipe or device, through a buffer.
 *
 * Shape   buffer[start, end) is read and not yet taken. Lines and unread bytes are views into the buffer; they
 *         die with the next call that reads.
 * Owner   the reader: the buffer is used again for the next input. Nothing here touches a document's arena.
 *         A gzip file is unpacked as it is read.
 * Errors  a failed read is kept in `error` (an errno, or ATT_INPUT_…) and every later read fails alike; EINTR is tried
 *         again.
 */
#ifndef ATT_INPUT_H
#define ATT_INPUT_H

#include <sys/stat.h>

#include "base/str.h"
#include "read/gunzip.h"

enum {
    ATT_INPUT_DAMAGED = -1, /* gzip data that are broken or end too early */
    ATT_INPUT_BEHIND = -2   /* something else behind gzip data */
};

typedef struct {
    int fd;     /* -1 when nothing is open */
    bool owned; /* to be closed here */
    int error;  /* of the read that failed, or 0 */
    bool sized;
    size_t size; /* bytes that a regular file had left when opened, if `sized` */
    char *buffer;
    size_t capacity, start, end;
    uint64_t taken; /* bytes read since the reader was made, packed ones as they are */
    struct {
        att_gunzip *gunzip; /* NULL until it is needed */
        bool on, last;      /* the open input is packed; all of it was read */
        char *buffer;
        size_t capacity;
    } packed;
} att_input;

typedef enum {
    ATT_MORE,
    ATT_MORE_END,
    ATT_MORE_FULL, /* the buffer holds all it may, or there is no memory for a larger one */
    ATT_MORE_ERROR
} att_more;

typedef enum {
    ATT_LINE_WHOLE,
    ATT_LINE_SKIPPED, /* over the limit, or over the memory there is; passed over */
    ATT_LINE_NONE,
    ATT_LINE_ERROR
} att_line_result;

/* A line without its LF or CR LF. */
typedef struct {
    att_str text;    /* of a whole line */
    uint64_t length; /* its bytes, also when it was skipped */
} att_line;

/* Starts on `fd`, which att_input_close closes when it is `owned`; `about` says what it is. Reads the first bytes, to see
 * whether they are gzip's. */
void att_input_open(att_input *self, int fd, bool owned, const struct stat *about);
void att_input_close(att_input *self);

/* Gives back a large buffer, but for what is unread; a line that was taken must not be used any more. */
void att_input_trim(att_input *self);

/* Gives the buffer back too. */
void att_input_clear(att_input *self);

att_str att_input_unread(const att_input *self);

/* Reads once, behind what is unread, and lets the buffer grow until it holds `most` bytes. */
att_more att_input_more(att_input *self, size_t most);

/* Takes `size` bytes, fewer only at the end or on an error. What is not in the buffer goes straight to `to`. */
size_t att_input_take(att_input *self, char *to, size_t size);

/* Takes a line; one over `limit` bytes is passed over without being kept. */
att_line_result att_input_line(att_input *self, size_t limit, att_line *line);

#endif
