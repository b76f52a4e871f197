/* spelling.h - the spellings under which a trigger may be met: plurals, British and American. */
#ifndef ATT_SPELLING_H
#define ATT_SPELLING_H

#include "base/str.h"

enum { ATT_MOST_SPELLINGS = 16 };

/* All spellings of a trigger of one byte or more, itself first; returns their number. The last word is made plural and, where
 * there are several words, singular: "goods" alone does not stand for "good". */
uint32_t att_spellings(att_arena *arena, att_str trigger, att_str spellings[ATT_MOST_SPELLINGS]);

/* What all spellings of a trigger have in common: American, with z, singular. */
att_str att_spelling_stem(att_arena *arena, att_str trigger);

#endif
