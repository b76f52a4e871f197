/* html_charset.h - converts a page to UTF-8.
 *
 * The encoding is given by a byte order mark, else by the transport, else by the page itself near its start; else it is UTF-8
 * if the bytes are well-formed, else windows-1252. Unknown names of encodings are ignored.
 */
#ifndef ATT_HTML_CHARSET_H
#define ATT_HTML_CHARSET_H

#include "base/str.h"

/* Returns well-formed UTF-8 without byte order mark and NULs, with U+FFFD for undecodable bytes; a view of `page` if nothing
 * changes, else a copy in the arena. `charset` is the encoding that the transport names, or a null view. */
att_str att_html_decode(att_arena *arena, att_str page, att_str charset);

#endif
