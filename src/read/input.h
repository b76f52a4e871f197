/* input.h - the bytes of one open file, pipe, device or member of an archive, through a buffer.
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
    ATT_INPUT_BEHIND = -2,  /* something else behind gzip data */
    ATT_INPUT_SOURCE = -3   /* what the source says */
};

typedef enum {
    ATT_MORE,
    ATT_MORE_END,
    ATT_MORE_FULL, /* the buffer holds all it may, or there is no memory for a larger one */
    ATT_MORE_ERROR
} att_more;

/* Where bytes come from that are not a file's: fills `to` as far as it likes, with a byte at least where it says ATT_MORE. */
typedef att_more att_input_source(void *from, char *to, size_t size, size_t *got);

typedef struct {
    int fd;     /* -1 when nothing is open, or not a file */
    bool owned; /* to be closed here */
    int error;  /* of the read that failed, or 0 */
    bool sized;
    size_t size;              /* bytes that a regular file had left when opened, if `sized` */
    off_t base;               /* where these begin */
    att_input_source *source; /* NULL for a file */
    void *from;
    bool endless; /* a line that never ends: the rest is not read */
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

/* Starts on what `source` gives, of `size` bytes if it is `sized`; `from` must outlive it. */
void att_input_open_source(att_input *self, att_input_source *source, void *from, bool sized, uint64_t size);

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

/* Passes over bytes that are unread. */
void att_input_pass(att_input *self, size_t bytes);

/* Whether it is a file whose bytes can be read in any order. */
bool att_input_can_seek(const att_input *self);

/* Goes to byte `to` of such a file; `at` is the byte behind what is unread, which is forgotten. */
bool att_input_seek(att_input *self, int64_t at, int64_t to);

/* Whether nothing follows; false on an error, too, also one that only the end brings to light. */
bool att_input_ends(att_input *self);

/* Takes a line; one over `limit` bytes is passed over without being kept. In a packed input one of sixteen times as many, and
 * of 1 GiB or more, makes it `endless`. */
att_line_result att_input_line(att_input *self, size_t limit, att_line *line);

#endif
