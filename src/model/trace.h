/* trace.h - a hook for explaining: called, while a document is annotated, with what was found, what lost to what, and what
 * conclusions rest on. A document that nobody asks about has none, and then none of this is worked out.
 */
#ifndef ATT_TRACE_HOOK_H
#define ATT_TRACE_HOOK_H

#include "model/annotation.h"

/* Why an annotation did not make it. X(enumerator, name, what the winner has over it) */
#define ATT_LOSSES(X)                                                                                                          \
    X(BLOCK, "block", "a `block` line speaks there")                                                                           \
    X(BEATS, "beats", "its rule beats that one")                                                                               \
    X(TIER, "tier", "of a higher tier")                                                                                        \
    X(LONGER, "longer", "longer")                                                                                              \
    X(EARLIER, "earlier", "starts earlier")                                                                                    \
    X(LITERAL, "more literal", "more of its words are named by the rule")                                                      \
    X(ORDER, "order", "comes first by pack and name")                                                                          \
    X(OVER, "over", "its layer is over that one's")                                                                            \
    X(STAGE, "earlier stage", "made by an earlier stage; 'tier override' would replace it")                                    \
    X(SAME, "same", "says the same")                                                                                           \
    X(MERGED, "merged", "says the same already; empty fields were filled")                                                     \
    X(WORD, "whole word", "the whole hyphenated word is a name")                                                               \
    X(LETTERS, "letters", "the text gives these letters to it, in brackets behind its name")                                   \
    X(OPEN, "open", "a weak name, and nothing in the document tells what it means")                                            \
    X(SPELLED, "spelled out", "the words before its brackets spell the letters out as something else")                         \
    X(BOILERPLATE, "boilerplate", "it stands in boilerplate, where this layer is not marked")

typedef enum {
#define X(id, name, help) ATT_LOST_##id,
    ATT_LOSSES(X)
#undef X
        ATT_LOSS_COUNT
} att_loss;

/* What settled a weak name: a longer name that it is part of, another mention, its `default` line, or the state
 * beside letters or that the document is about. */
typedef enum { ATT_SETTLED_INSIDE, ATT_SETTLED_MENTION, ATT_SETTLED_DEFAULT, ATT_SETTLED_STATE } att_settled_by;

struct att_stage_view; /* cascade/trace_record.h */

typedef struct att_trace_hook att_trace;
struct att_trace_hook {
    /* The candidates of a stage, before any is removed. */
    void (*stage)(att_trace *self, const struct att_stage_view *view);
    /* An annotation lost. `winner` is NULL when it lost without one. */
    void (*lost)(att_trace *self, const att_annotation *loser, const att_annotation *winner, att_loss why);
    /* A weak name was settled by the name at bytes [start, end); none for `default`. */
    void (*settled)(att_trace *self, const att_annotation *weak, att_settled_by by, uint32_t start, uint32_t end);
    /* An agency got its country; `from` is the mention that gave it, or NULL. */
    void (*located)(att_trace *self, const att_annotation *agency, const att_annotation *from);
};

#endif
