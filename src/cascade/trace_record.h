/* trace_record.h - a record of how a document was annotated: every candidate of every stage, what each lost to and why, what
 * weak names and countries rest on.
 *
 * Owner   the document's arena; scenes and candidates are kept as the stages saw them.
 */
#ifndef ATT_TRACE_RECORD_H
#define ATT_TRACE_RECORD_H

#include "base/order.h"
#include "cascade/rule_find.h"

/* One stage, before any candidate is removed. The scene is empty in a stage without rules. */
typedef struct att_stage_view {
    uint32_t stage;
    const att_scene *scene;
    const att_founds *founds;
    const att_candidates *candidates;
    const att_wokens *wokens;
} att_stage_view;

typedef struct {
    att_annotation loser, winner;
    bool has_winner;
    att_loss why;
} att_lost;

typedef struct {
    att_annotation weak;
    att_settled_by by;
    uint32_t start, end; /* bytes of what settled it */
} att_settled;

typedef struct {
    att_annotation agency, from;
    bool has_from;
} att_located;

typedef struct {
    att_scene scene;
    att_founds founds;
    att_candidates candidates;
    att_wokens wokens;
    att_ranked *candidates_at, *founds_at; /* by the byte where the annotation or the match begins */
} att_traced_stage;

typedef struct {
    att_trace hook; /* must be first: a pointer to the hook is a pointer to the record */
    att_arena *arena;
    att_traced_stage stages[ATT_MAX_STAGES];
    struct {
        att_lost *items;
        uint32_t count, capacity;
    } losses; /* in the order in which they happened */
    struct {
        att_settled *items;
        uint32_t count, capacity;
    } settled;
    struct {
        att_located *items;
        uint32_t count, capacity;
    } located;
} att_trace_record;

/* Attaches a new record to a document that was read but not yet annotated. */
att_trace_record *att_trace_begin(att_document *doc);

/* The match from which a rule's annotation was made, with its captures. NULL for names and alias blocks. */
const att_found *att_trace_found(const att_trace_record *self, const att_rule *rule, const att_annotation *annotation);

/* Sets `woken`, by rule number, for all rules that `att_trace_woken` finds anywhere in the text. */
void att_trace_add_woken(const att_trace_record *self, const att_waker *waker, bool *woken);

/* The number of words of the rule or the form that made the candidate; 0 when there was no candidate. */
uint32_t att_trace_length(const att_trace_record *self, const att_annotation *annotation);

/* The first token in [first, last) that woke the rule, or at which an annotation begins that the rule waits for; ATT_NONE
 * when there is none. The rule must be of this stage. */
uint32_t att_trace_woken(const att_traced_stage *self, const att_waker *waker, const att_rule *rule, uint32_t number,
                         uint32_t first, uint32_t last);

/* Whether two copies, taken at different times, are the same annotation. */
bool att_same_annotation(const att_annotation *a, const att_annotation *b);

#endif
