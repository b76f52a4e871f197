/* multibyte.h - the usual characters of two and three bytes, known as well-formed without decoding them.
 *
 * Only for speed: what it doesn't know, att_utf8_decode does.
 */
#ifndef ATT_MULTIBYTE_H
#define ATT_MULTIBYTE_H

#include "base/str.h"

static inline bool att_multibyte_continues(att_str text, size_t at)
{
    return at < text.length && ((unsigned char)text.data[at] & 0xC0u) == 0x80;
}

/* The bytes of the character at byte `at`, or 0 for one that needs a closer look. */
static inline size_t att_multibyte_length(att_str text, size_t at)
{
    unsigned char lead = (unsigned char)text.data[at];
    if (lead < 0xC2 || lead > 0xEF || !att_multibyte_continues(text, at + 1)) return 0;
    if (lead < 0xE0) return 2;
    if (lead == 0xE0 || lead == 0xED) return 0; /* not every continuation is well-formed */
    return att_multibyte_continues(text, at + 2) ? 3 : 0;
}

#endif
