/* frequency.h - roughly how often the elements of patterns occur in news: enough to tell rare ones from frequent ones.
 *
 * Units   occurrences per hundred thousand tokens.
 * Owner   the engine's arena; used only while rules are compiled.
 */
#ifndef ATT_FREQUENCY_H
#define ATT_FREQUENCY_H

#include "cascade/list_words.h"
#include "cascade/rule_ast.h"

enum { ATT_FREQUENCY_NONE = 10000000 /* larger than any frequency: no element is part of every match */ };

typedef struct {
    const att_knowledge *knowledge;
    att_map words; /* the frequent ones */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } of_words;         /* by their number in `words` */
    uint32_t *of_lists; /* by list: of the words that its phrases begin with */
} att_frequencies;

/* Estimates how frequent each word of the rules is in a text, and the phrases of each list. */
att_frequencies att_frequencies_make(const att_knowledge *knowledge, const att_list_openings *openings);

/* The frequency of the rarest element that is part of every match of the pattern, or ATT_FREQUENCY_NONE. */
uint32_t att_frequency_of(const att_frequencies *self, const att_pattern *node);

/* The frequency of tokens that pass a test. */
uint32_t att_frequency_of_test(const att_frequencies *self, const att_test *test);

/* The frequency of the words that a test names, if only these words pass it; ATT_FREQUENCY_NONE when it names none. */
uint32_t att_frequency_of_words(const att_frequencies *self, const att_test *test);

/* The index of the rarest word of a literal (a pattern of kind WORDS). */
uint32_t att_rarest_word(const att_frequencies *self, const att_pattern *node);

#endif
