/* rewrite.h - files of rules written anew in their places. */
#ifndef ATT_REWRITE_H
#define ATT_REWRITE_H

#include "base/str.h"

/* Puts `text` in the place of `old`, which the file must still be (else ESTALE); a full disk leaves the old one whole, a link
 * stays one, and so does its mode. False with errno. */
bool att_rewrite(att_arena *arena, const char *path, att_str old, att_str text);

#endif
