/* frequency.h - how often elements of patterns are met in news, roughly: enough to tell rare from frequent.
 *
 * Units   times per ten thousand tokens.
 * Owner   the engine's arena; asked only while rules are compiled.
 */
#ifndef ATT_FREQUENCY_H
#define ATT_FREQUENCY_H

#include "cascade/list_words.h"
#include "cascade/rule_ast.h"

enum { ATT_FREQUENCY_NONE = 1000000 /* more than any: there is no element that every match has */ };

typedef struct {
    const att_knowledge *knowledge;
    att_map words; /* the frequent ones */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } of_words;         /* by their number in `words` */
    uint32_t *of_lists; /* by list: of a word that one of its phrases begins with */
} att_frequencies;

att_frequencies att_frequencies_make(const att_knowledge *knowledge, const att_list_openings *openings);

/* Of the rarest element that every match of a pattern has, or ATT_FREQUENCY_NONE. */
uint32_t att_frequency_of(const att_frequencies *self, const att_pattern *node);

/* Of tokens that pass a test. */
uint32_t att_frequency_of_test(const att_frequencies *self, const att_test *test);

/* Of the words that a test names, one of which every token is that passes it; ATT_FREQUENCY_NONE when it names none. */
uint32_t att_frequency_of_words(const att_frequencies *self, const att_test *test);

/* Which of the words of a literal, a pattern WORDS, is the rarest: its index. */
uint32_t att_rarest_word(const att_frequencies *self, const att_pattern *node);

#endif
