/* escape.h - document text made safe for where it goes, a JSON string.
 *
 * Any bytes may come in; what goes out is well-formed UTF-8. Each ill-formed part becomes one U+FFFD.
 */
#ifndef ATT_ESCAPE_H
#define ATT_ESCAPE_H

#include "write/pen.h"

/* Adds `text` in quotation marks, or null for the null view. U+2028 and U+2029 are escaped too, so that
 * no reader takes them for the end of a line. */
void att_escape_json(att_buf *out, att_str text);

/* The same with a pen at the end of what `out` has. */
att_pen att_pen_json(att_buf *out, att_pen pen, att_str text);

enum { ATT_ESCAPE_PADDING = 32 };

/* The same for a text behind which ATT_ESCAPE_PADDING bytes can be read: most are not longer, and all of those take one way. */
att_pen att_pen_json_padded(att_buf *out, att_pen pen, att_str text);

#endif
