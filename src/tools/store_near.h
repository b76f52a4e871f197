/* store_near.h - which officials of a record are named near what its themes rest on, and where they are nearest.
 *
 * Shape   places as the record counts them (code points). Only what is at most ATT_NEAR apart is a pair, so that a document has
 *         no more pairs than its length allows.
 * Owner   all lies in the arena.
 */
#ifndef ATT_STORE_NEAR_H
#define ATT_STORE_NEAR_H

#include "tools/json.h"

enum { ATT_NEAR = 1000 };

typedef struct {
    uint32_t official, theme, evidence; /* their numbers in the record, from 1 */
    uint32_t start, end;                /* of the mention of the official */
    uint32_t distance;                  /* 0: they touch */
    int same_paragraph;                 /* 1, 0 or, where the text is not known, -1 */
} att_near_pair;

typedef struct {
    att_near_pair *items;
    uint32_t count, capacity;
} att_near_pairs;

/* By theme, then in no order that matters but always the same. */
att_near_pairs att_near_find(att_arena *arena, const att_json *record);

#endif
