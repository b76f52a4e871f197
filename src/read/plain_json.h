/* plain_json.h - a fast reader for the strings of an ordinary JSON object; builds no tree.
 *
 * Most lines of a corpus are objects in which the wanted fields are strings. This room finds these strings and checks the rest
 * of the line. Every other line, and everything that is not JSON, is left to the general parser, which also says what is wrong.
 * So the two never disagree about a line that is accepted here.
 */
#ifndef ATT_PLAIN_JSON_H
#define ATT_PLAIN_JSON_H

#include "model/document.h"

/* Reads the fields `names` of the object in `line` into `values`, decoded: views of the line, or copies in the arena with
 * ATT_TEXT_PADDING after them, as documents need; null views for fields that are absent or null. All are well-formed UTF-8.
 * False when the general parser has to read the line; then nothing was read. */
bool att_plain_json(att_arena *arena, att_str line, const char *const *names, att_str *values, size_t count);

/* The code unit of the escape \uXXXX at byte `at`, or -1 when there is none. */
long att_json_escape(att_str text, size_t at);

#endif
