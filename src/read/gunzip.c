#include "read/gunzip.h"

#include <stdlib.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16 /* zlib's sign for gzip and nothing else */, LARGEST_STEP = 1 << 30 };

struct att_gunzip_table {
    z_stream stream;
    bool within; /* a member: its end is not yet seen */
    bool ended;  /* the file */
    bool damaged, behind;
};

static const att_str magic = { "\x1f\x8b", 2 };

bool att_is_gzip(att_str head)
{
    return att_str_starts(head, magic);
}

bool att_may_be_gzip(att_str head)
{
    return head.length < magic.length && att_str_starts(magic, head);
}

att_gunzip *att_gunzip_new(void)
{
    att_gunzip *self = calloc(1, sizeof *self);
    if (self && inflateInit2(&self->stream, GZIP_WINDOW) != Z_OK) {
        free(self);
        self = NULL;
    }
    return self;
}

void att_gunzip_free(att_gunzip *self)
{
    if (!self) return;
    inflateEnd(&self->stream);
    free(self);
}

void att_gunzip_begin(att_gunzip *self)
{
    inflateReset(&self->stream);
    self->stream.avail_in = 0;
    self->within = self->ended = self->damaged = self->behind = false;
}

void att_gunzip_give(att_gunzip *self, const char *bytes, size_t count)
{
    self->stream.next_in = (z_const Bytef *)bytes;
    self->stream.avail_in = (uInt)count;
}

/* Whether what was given begins a member; where that is one byte, the next one has to say. */
static bool begins_member(const att_gunzip *self)
{
    att_str head = { (const char *)self->stream.next_in, self->stream.avail_in };
    return att_is_gzip(head) || att_may_be_gzip(head);
}

/* Tapes and the like pad with NUL bytes. */
static bool is_padding(const att_gunzip *self)
{
    uInt i = 0;
    while (i < self->stream.avail_in && !self->stream.next_in[i]) i++;
    return i == self->stream.avail_in;
}

static void step(att_gunzip *self)
{
    int status = inflate(&self->stream, Z_NO_FLUSH);
    self->within = status != Z_STREAM_END;
    self->damaged = status != Z_STREAM_END && status != Z_OK && status != Z_BUF_ERROR;
    if (status == Z_STREAM_END) inflateReset(&self->stream);
}

att_gunzip_state att_gunzip_take(att_gunzip *self, bool last, char *to, size_t size, size_t *got)
{
    z_stream *stream = &self->stream;
    uInt room = size < LARGEST_STEP ? (uInt)size : LARGEST_STEP;
    stream->next_out = (Bytef *)to;
    stream->avail_out = room;
    while (!self->ended && !self->damaged && stream->avail_in && stream->avail_out) {
        self->ended = !self->within && !begins_member(self);
        if (!self->ended) step(self);
        else self->behind = !is_padding(self);
    }
    *got = room - stream->avail_out;
    if (!stream->avail_out) return ATT_GUNZIP_FULL;
    if (self->damaged) return ATT_GUNZIP_DAMAGED;
    if (self->behind) return ATT_GUNZIP_BEHIND;
    if (self->ended || (last && !self->within)) return ATT_GUNZIP_END;
    return last ? ATT_GUNZIP_DAMAGED : ATT_GUNZIP_MORE;
}
