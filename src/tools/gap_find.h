/* gap_find.h - what one annotated document shows of the packs' gaps.
 *
 * Names without an entry that a rule made by their shape; acronyms in brackets; runs of capitalised words that nothing
 * covers, beside a title, a person or a country or with a head word of known names; officials in no known office.
 */
#ifndef ATT_GAP_FIND_H
#define ATT_GAP_FIND_H

#include "tools/gap.h"

/* The words that names of entries are made of, learnt from the rules, so that the program has no list of its own. */
typedef struct {
    att_map heads;                      /* head words, folded */
    uint32_t (*layers)[ATT_MAX_LAYERS]; /* by head: names that have it, by their layer */
    att_map words;                      /* all words, folded */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } uses; /* by word: names that have it */
} att_makeup;

/* Learns from the known names what their head words tell and which words are common. */
void att_makeup_learn(att_makeup *self, att_arena *arena, const att_entries *entries);

/* `document` is its number, from 1. Scratch goes to the document's arena. */
void att_gaps_find(att_gaps *self, const att_engine *engine, const att_makeup *makeup, att_document *doc,
                   const att_vocabulary *vocabulary, uint32_t document);

#endif
