/* plain_json.h - the strings of an ordinary JSON object, without building a tree.
 *
 * Most lines of a corpus are an object whose wanted fields are strings. For those this room finds the strings and
 * checks the rest; any other line, and any that is not JSON, is left to the general parser, which also says what is
 * wrong with it. So the two never disagree on a line that is accepted here.
 */
#ifndef ATT_PLAIN_JSON_H
#define ATT_PLAIN_JSON_H

#include "model/document.h"

/* Reads the fields `names` of the object in `line` into `values`, decoded: views of the line, or of the arena with
 * ATT_TEXT_PADDING behind them, as texts of documents have it; null views for fields that are absent or null. All are
 * well-formed. False when the general parser has to look: nothing was read then. */
bool att_plain_json(att_arena *arena, att_str line, const char *const *names, att_str *values, size_t count);

/* The code of the escape \uXXXX that begins at byte `at`, or -1 when none does. */
long att_json_escape(att_str text, size_t at);

#endif
