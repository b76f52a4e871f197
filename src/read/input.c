#include "read/input.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    FIRST_CAPACITY = 256 * 1024,
    KEPT_CAPACITY = 4 << 20,
    GZIP_HEAD = 2 /* bytes that say so */,
    ENDLESS = 1 << 30,
    ENDLESS_TIMES = 16
};

/* A file in /proc says that it has 0 bytes, so an empty file counts as unsized too. */
static void measure(att_input *self, const struct stat *about)
{
    if (!S_ISREG(about->st_mode)) return;
    off_t at = self->owned ? 0 : lseek(self->fd, 0, SEEK_CUR); /* where others may have read from it */
    if (at < 0 || about->st_size <= at) return;
    uint64_t left = (uint64_t)(about->st_size - at);
    self->sized = true;
    self->base = at;
    self->size = left > SIZE_MAX ? SIZE_MAX : (size_t)left;
}

void att_input_close(att_input *self)
{
    if (self->owned) close(self->fd);
    self->owned = self->packed.on = false;
    self->source = NULL;
    self->fd = -1;
    self->start = self->end = 0;
}

void att_input_clear(att_input *self)
{
    att_input_close(self);
    free(self->buffer);
    free(self->packed.buffer);
    att_gunzip_free(self->packed.gunzip);
    self->buffer = self->packed.buffer = NULL;
    self->packed.gunzip = NULL;
    self->capacity = self->packed.capacity = 0;
}

att_str att_input_unread(const att_input *self)
{
    return (att_str){ self->buffer ? self->buffer + self->start : "", self->end - self->start };
}

void att_input_pass(att_input *self, size_t bytes)
{
    self->start += bytes;
}

static bool grow(att_input *self, size_t most)
{
    if (self->capacity && self->capacity >= most) return false;
    size_t wanted = self->capacity > most / 2 ? most : self->capacity * 2;
    if (wanted < FIRST_CAPACITY) wanted = FIRST_CAPACITY;
    char *larger = realloc(self->buffer, wanted);
    if (!larger) return false;
    self->buffer = larger;
    self->capacity = wanted;
    return true;
}

/* Room behind `end`: by moving what is unread to the front, else by a larger buffer. */
static bool make_room(att_input *self, size_t most)
{
    if (self->start) {
        size_t unread = self->end - self->start;
        if (unread) memmove(self->buffer, self->buffer + self->start, unread);
        self->start = 0;
        self->end = unread;
    }
    return self->end < self->capacity || grow(self, most);
}

void att_input_trim(att_input *self)
{
    size_t unread = self->end - self->start, wanted = unread < FIRST_CAPACITY ? FIRST_CAPACITY : unread;
    if (self->capacity <= KEPT_CAPACITY || wanted > self->capacity / 2) return;
    memmove(self->buffer, self->buffer + self->start, unread);
    self->start = 0;
    self->end = unread;
    char *smaller = realloc(self->buffer, wanted);
    if (!smaller) return;
    self->buffer = smaller;
    self->capacity = wanted;
}

static att_more read_source(att_input *self, char *to, size_t size, size_t *got)
{
    att_more more = self->source(self->from, to, size, got);
    if (more == ATT_MORE_ERROR) self->error = ATT_INPUT_SOURCE;
    return more;
}

static att_more read_bytes(att_input *self, char *to, size_t size, size_t *got)
{
    ssize_t count;
    if (self->source) return read_source(self, to, size, got);
    do count = read(self->fd, to, size);
    while (count < 0 && errno == EINTR);
    if (count < 0) self->error = errno;
    if (count < 0) return ATT_MORE_ERROR;
    *got = (size_t)count;
    self->taken += *got;
    return count ? ATT_MORE : ATT_MORE_END;
}

static att_more unpack(att_input *self, char *to, size_t size, size_t *got)
{
    for (;;) {
        att_gunzip_state state = att_gunzip_take(self->packed.gunzip, self->packed.last, to, size, got);
        if (*got) return ATT_MORE;
        if (state == ATT_GUNZIP_END) return ATT_MORE_END;
        if (state == ATT_GUNZIP_DAMAGED) self->error = ATT_INPUT_DAMAGED;
        if (state == ATT_GUNZIP_BEHIND) self->error = ATT_INPUT_BEHIND;
        if (self->error) return ATT_MORE_ERROR;
        size_t count = 0;
        att_more more = read_bytes(self, self->packed.buffer, self->packed.capacity, &count);
        if (more == ATT_MORE_ERROR) return more;
        self->packed.last = more == ATT_MORE_END;
        att_gunzip_give(self->packed.gunzip, self->packed.buffer, count);
    }
}

static att_more read_once(att_input *self, char *to, size_t size, size_t *got)
{
    if (self->error) return ATT_MORE_ERROR;
    if (self->endless) return ATT_MORE_END;
    return (self->packed.on ? unpack : read_bytes)(self, to, size, got);
}

att_more att_input_more(att_input *self, size_t most)
{
    if ((self->start || self->end == self->capacity) && !make_room(self, most)) return ATT_MORE_FULL;
    size_t got = 0;
    att_more more = read_once(self, self->buffer + self->end, self->capacity - self->end, &got);
    self->end += got;
    return more;
}

/* What was read becomes what is to be unpacked, and the buffer the one for that. */
static void begin_unpacking(att_input *self)
{
    if (!self->packed.gunzip) self->packed.gunzip = att_gunzip_new();
    if (!self->packed.gunzip) {
        self->error = ENOMEM;
        return;
    }
    att_str head = att_input_unread(self);
    char *buffer = self->packed.buffer;
    size_t capacity = self->packed.capacity;
    self->packed.buffer = self->buffer;
    self->packed.capacity = self->capacity;
    self->buffer = buffer;
    self->capacity = capacity;
    self->start = self->end = 0;
    self->sized = false;
    self->packed.on = true;
    self->packed.last = false;
    att_gunzip_begin(self->packed.gunzip);
    att_gunzip_give(self->packed.gunzip, head.data, head.length);
}

static void begin(att_input *self, int fd, bool owned)
{
    self->fd = fd;
    self->owned = owned;
    self->error = 0;
    self->sized = self->endless = false;
    self->size = 0;
    self->start = self->end = 0;
}

static void look_for_gzip(att_input *self)
{
    while (att_may_be_gzip(att_input_unread(self)) && att_input_more(self, GZIP_HEAD) == ATT_MORE) continue;
    if (att_is_gzip(att_input_unread(self))) begin_unpacking(self);
}

void att_input_open(att_input *self, int fd, bool owned, const struct stat *about)
{
    begin(self, fd, owned);
    measure(self, about);
    look_for_gzip(self);
}

void att_input_open_source(att_input *self, att_input_source *source, void *from, bool sized, uint64_t size)
{
    begin(self, -1, false);
    self->source = source;
    self->from = from;
    self->sized = sized;
    self->size = size > SIZE_MAX ? SIZE_MAX : (size_t)size;
    look_for_gzip(self);
}

bool att_input_can_seek(const att_input *self)
{
    return self->sized && !self->source;
}

bool att_input_seek(att_input *self, int64_t at, int64_t to)
{
    if (to <= at && at - to <= (int64_t)self->end) {
        self->start = self->end - (size_t)(at - to);
        return true;
    }
    if (lseek(self->fd, self->base + to, SEEK_SET) < 0) self->error = errno;
    self->start = self->end = 0;
    self->taken += (uint64_t)(to - at);
    return !self->error;
}

bool att_input_ends(att_input *self)
{
    char next;
    size_t got = 0;
    return self->start == self->end && read_once(self, &next, 1, &got) == ATT_MORE_END;
}

size_t att_input_take(att_input *self, char *to, size_t size)
{
    att_str unread = att_input_unread(self);
    size_t count = unread.length < size ? unread.length : size, got = 0;
    if (count) memcpy(to, unread.data, count);
    att_input_pass(self, count);
    while (count < size && read_once(self, to + count, size - count, &got) == ATT_MORE) count += got;
    return count;
}

static att_line_result take_line(att_input *self, size_t length, size_t limit, att_line *line)
{
    att_str text = att_str_slice(att_input_unread(self), 0, length);
    if (length && text.data[length - 1] == '\r') text.length--;
    *line = (att_line){ text, text.length };
    return text.length > limit ? ATT_LINE_SKIPPED : ATT_LINE_WHOLE;
}

/* A few bytes unpack to any number: a line that is longer than any document could be is not followed to its end. */
static bool is_endless(const att_input *self, uint64_t length, size_t limit)
{
    return (self->source || self->packed.on) && length >= ENDLESS && length / ENDLESS_TIMES >= limit;
}

/* Passes over the rest of a line and keeps no more of it than one buffer. */
static att_line_result skip_line(att_input *self, size_t limit, att_line *line)
{
    uint64_t length = 0;
    char last = '\0';
    const char *end;
    do {
        att_str unread = att_input_unread(self);
        end = memchr(unread.data, '\n', unread.length);
        size_t count = end ? (size_t)(end - unread.data) : unread.length;
        if (count) last = unread.data[count - 1];
        length += count;
        att_input_pass(self, count + (end != NULL));
        self->endless = !end && is_endless(self, length, limit);
    } while (!end && att_input_more(self, 1) == ATT_MORE);
    *line = (att_line){ .length = length - (last == '\r') };
    return ATT_LINE_SKIPPED;
}

att_line_result att_input_line(att_input *self, size_t limit, att_line *line)
{
    for (size_t seen = 0;;) {
        att_str unread = att_input_unread(self);
        const char *end = memchr(unread.data + seen, '\n', unread.length - seen);
        if (end) {
            size_t length = (size_t)(end - unread.data);
            att_line_result result = take_line(self, length, limit, line);
            att_input_pass(self, length + 1);
            return result;
        }
        seen = unread.length;
        att_more more = att_input_more(self, limit + 2); /* CR and LF on top of the limit */
        if (more == ATT_MORE) continue;
        if (more == ATT_MORE_ERROR) return ATT_LINE_ERROR;
        if (more == ATT_MORE_FULL) return skip_line(self, limit, line);
        if (!seen) return ATT_LINE_NONE;
        att_line_result result = take_line(self, seen, limit, line);
        att_input_pass(self, seen);
        return result;
    }
}
