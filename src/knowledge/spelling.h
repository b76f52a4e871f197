/* spelling.h - the other spellings of a trigger: plurals, British and American English. */
#ifndef ATT_SPELLING_H
#define ATT_SPELLING_H

#include "base/str.h"

enum { ATT_MOST_SPELLINGS = 24 };

/* Writes all spellings of a trigger of at least one byte, itself first; returns how many. The last word also gets its plural
 * and, if the trigger has several words, its singular: "goods" alone must not match "good". */
uint32_t att_spellings(att_arena *arena, att_str trigger, att_str spellings[ATT_MOST_SPELLINGS]);

/* A form that all spellings of a trigger share: American, with z, singular. */
att_str att_spelling_stem(att_arena *arena, att_str trigger);

#endif
