/* html_charset.h - the bytes of a page as UTF-8.
 *
 * What they are in: a byte order mark says it, else the transport, else the page itself near its beginning, else they are UTF-8
 * where they are well-formed, else windows-1252. A name that nobody knows counts as none.
 */
#ifndef ATT_HTML_CHARSET_H
#define ATT_HTML_CHARSET_H

#include "base/str.h"

/* Well-formed UTF-8 without a byte order mark and without NULs, U+FFFD for what is no character; a view of `page` where that is
 * so already, else in the arena. `charset` is what the transport says, or the null view. */
att_str att_html_decode(att_arena *arena, att_str page, att_str charset);

#endif
