/* pen.h - bytes of a record, written where there is room for them.
 *
 * Shape   the next byte's place and the end of the room, which stay in registers. Behind what may be long (a text, a piece,
 *         the start of an array) there is room for ATT_PEN_ROOM bytes more: the keys, marks and numbers up to the next such.
 * Owner   the room is the buffer's, whose count is right again after att_pen_put_down.
 */
#ifndef ATT_PEN_H
#define ATT_PEN_H

#include "base/str.h"

enum {
    ATT_PEN_ROOM = 256,
    ATT_PIECE_STEP = 32, /* bytes that can be read behind each piece */
    ATT_LONG_STEP = 96,  /* behind one that is mostly longer than that */
};

typedef struct {
    char *to, *end;
} att_pen;

#define ATT_PEN_CALL static inline __attribute__((always_inline)) /* literals become moves */

ATT_PEN_CALL void att_pen_put_down(att_buf *out, att_pen pen)
{
    out->count = (size_t)(pen.to - out->items);
}

/* At the end of what the buffer has, with room for `more` bytes and ATT_PEN_ROOM. */
ATT_PEN_CALL att_pen att_pen_take(att_buf *out, size_t more)
{
    att_buf_reserve(out, more + ATT_PEN_ROOM);
    return (att_pen){ out->items + out->count, out->items + out->capacity };
}

ATT_PEN_CALL bool att_pen_has_room(att_pen pen, size_t more)
{
    return (size_t)(pen.end - pen.to) >= more + ATT_PEN_ROOM;
}

ATT_PEN_CALL att_pen att_pen_need(att_buf *out, att_pen pen, size_t more)
{
    if (att_pen_has_room(pen, more)) return pen;
    att_pen_put_down(out, pen);
    return att_pen_take(out, more);
}

/* In the room that is there. */
ATT_PEN_CALL att_pen att_pen_add(att_pen pen, att_str literal)
{
    memcpy(pen.to, literal.data, literal.length);
    pen.to += literal.length;
    return pen;
}

/* A piece of any length, `step` bytes at a time, as many of which can be read behind it. Most pieces take one step, so that the
 * loop is hardly ever mispredicted. */
ATT_PEN_CALL att_pen att_pen_piece(att_buf *out, att_pen pen, att_str piece, size_t step)
{
    pen = att_pen_need(out, pen, piece.length);
    size_t at = 0;
    do memcpy(pen.to + at, piece.data + at, step);
    while ((at += step) < piece.length);
    pen.to += piece.length;
    return pen;
}

static inline void att_pen_two(char *to, uint32_t value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    memcpy(to, pairs + value * 2, 2);
}

/* A value under 10,000. */
static inline att_pen att_pen_small_number(att_pen pen, uint32_t value)
{
    uint32_t high = value / 100;
    if (high >= 10) {
        att_pen_two(pen.to, high);
        pen.to += 2;
    } else if (high) {
        *pen.to++ = (char)('0' + high);
    } else if (value < 10) {
        *pen.to++ = (char)('0' + value);
        return pen;
    }
    att_pen_two(pen.to, value % 100);
    pen.to += 2;
    return pen;
}

/* In the room that is there. */
static inline att_pen att_pen_number(att_pen pen, uint32_t value)
{
    if (value < 10000) return att_pen_small_number(pen, value);
    uint32_t high = value / 10000, low = value % 10000;
    if (high >= 10000) {
        pen = att_pen_small_number(pen, high / 10000);
        att_pen_two(pen.to, high % 10000 / 100);
        att_pen_two(pen.to + 2, high % 100);
        pen.to += 4;
    } else {
        pen = att_pen_small_number(pen, high);
    }
    att_pen_two(pen.to, low / 100);
    att_pen_two(pen.to + 2, low % 100);
    pen.to += 4;
    return pen;
}

/* With one digit behind the point; in the room that is there. */
static inline att_pen att_pen_score(att_pen pen, double score)
{
    uint32_t tenths = (uint32_t)(score * 10 + 0.5);
    return att_pen_number(att_pen_add(att_pen_number(pen, tenths / 10), ATT_STR(".")), tenths % 10);
}

#endif
