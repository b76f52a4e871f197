/* diff_show.h - differences between records, counted by type and by rule, with a list of the first ones.
 *
 * Owner   the arena given at init; `scratch` may be reset between documents.
 */
#ifndef ATT_DIFF_SHOW_H
#define ATT_DIFF_SHOW_H

#include "base/map.h"
#include "tools/record.h"

enum { ATT_DIFF_GAINED, ATT_DIFF_LOST, ATT_DIFF_CHANGED, ATT_DIFF_SAME, ATT_DIFF_COUNTS };

/* One difference. A string that does not apply is null. */
typedef struct {
    int sign;           /* gained, lost or changed */
    att_str kind, text; /* "AGENCY" and its words; "official" and the name */
    att_str detail;     /* what changed, or what else is known of it */
    att_str rule, line;
    const att_record_mention *place; /* of a mention, else NULL */
    att_str source;                  /* the document's text, or null */
} att_difference;

typedef struct {
    att_map keys;
    struct {
        uint64_t (*items)[ATT_DIFF_COUNTS];
        uint32_t count, capacity;
    } counts; /* by key */
} difference_tally;

typedef struct {
    att_arena *arena, *scratch;
    uint32_t limit; /* differences in the list */
    bool json;
    difference_tally kinds, rules;
    uint32_t documents, differing;
    uint64_t differences, shown;
    att_str id;    /* of the document that is being compared */
    bool differed; /* the document has a difference */
    att_buf list, out;
} att_differences;

/* Makes an empty list that will show so many differences, as text or as JSON. */
void att_differences_init(att_differences *self, att_arena *arena, att_arena *scratch, uint32_t limit, bool json);

/* Begins a document; its id must last until the next one begins. */
void att_differences_document(att_differences *self, att_str id);

/* Counts a difference of the document, and lists it while there is room. */
void att_differences_tell(att_differences *self, att_difference one);

/* Counts something of this kind in which the records agree. */
void att_differences_same(att_differences *self, att_str kind);

/* Writes everything into a buffer of the arena. */
void att_differences_write(att_differences *self, att_buf *out);

#endif
