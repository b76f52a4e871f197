/* predicates.h - what sets in rules ask of one token.
 *
 * Shape   equal sets are one predicate. What only the word decides is found out once for each word type and kept with it;
 *         what the place decides is asked of each token.
 * Owner   the engine's arena; the compiled regular expressions are freed by att_predicates_clear.
 */
#ifndef ATT_PREDICATES_H
#define ATT_PREDICATES_H

#include "base/automaton.h"
#include "base/regex.h"
#include "cascade/ahead.h"
#include "cascade/rule_ast.h"
#include "cascade/scene.h"

typedef enum { ATT_ANSWER_UNKNOWN, ATT_ANSWER_NO, ATT_ANSWER_YES, ATT_ANSWER_BY_PLACE } att_answer;

/* What a set asks of the place of a token where the word alone does not decide. It holds when the token is at all places of
 * `everywhere` and at none of `nowhere`, when annotations of all layers of `inside` hold it and of none of `outside`, and,
 * unless both are empty, when it is at a place of `anywhere` or in a layer of `any_inside`. */
typedef struct {
    bool tells;                            /* false when the set asks for something else, too: then the masks are not used */
    uint8_t everywhere, nowhere, anywhere; /* bits of ATT_PLACE_* */
    uint32_t inside, outside, any_inside;  /* bit sets of layers */
} att_place_mask;

/* A test, or a part of one, as it is asked of a word: its parts stand behind it, those that cost little first. */
typedef struct {
    uint8_t kind; /* an att_test_kind but NOT */
    bool not ;
    uint16_t low, high; /* of LENGTH */
    uint16_t unused;
    uint32_t number;
    uint32_t size; /* with its parts */
} att_question;

/* Alternatives of choices as they are compiled, by the address of the first one's tree. */
typedef struct {
    att_map keys;
    const att_pattern **items;
    uint32_t count, capacity;
} att_choices;

/* What is asked for only while rules are compiled. */
typedef struct {
    att_map sets;  /* each set written out: its number is the predicate's */
    att_map nodes; /* addresses of nodes: its number plus one is that in att_predicates.nodes */
    att_list_norms norms;
    uint32_t *regex_begins; /* by regex: bits of the bytes that words which it matches begin with */
    att_choices choices;
    struct {
        att_map keys; /* the steps of each program: its number is the item's */
        const struct att_program_step **items;
        uint32_t count, capacity;
    } programs; /* those that differ */
    struct {
        struct att_program_step *steps;
        uint32_t capacity;
    } room;                /* for the next program, left by the one before; NULL while one is made */
    uint32_t least_leaves; /* that a part of a pattern has which is a program of its own */
} att_compiling;

typedef struct {
    const att_knowledge *knowledge;
    const att_rules *rules;
    att_compiling *compiling; /* NULL when all rules are compiled */
    struct {
        const att_test **items;
        uint32_t count, capacity;
    } roots; /* by predicate: its set */
    struct {
        att_place_mask *items;
        uint32_t count, capacity;
    } masks; /* by predicate */
    struct {
        att_question *items;
        uint32_t count, capacity;
    } questions; /* those of a predicate from its first on */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } firsts;                       /* by predicate */
    _Atomic(att_regex *) *regexes;  /* by number in att_rules; NULL for one that can't be compiled, or was not yet */
    const att_automaton **automata; /* by the same number; NULL for one that PCRE2 alone can match */
    uint32_t regex_count;
    att_list_words list_words;
    uint32_t *list_predicates; /* by list: that a word is by itself a phrase of it, plus one; 0 where no step asks */
    /* What steps of programs point to. */
    struct {
        const att_pattern **items;
        uint32_t count, capacity;
    } nodes; /* from 1 on */
    att_aheads aheads;
    struct att_callee_table *callees; /* parts of programs that are programs */
} att_predicates;

/* Compiles the regular expressions of the rules; a bad one is a finding S031. Parts of patterns with `least_leaves` elements or
 * more become programs of their own. */
void att_predicates_init(att_predicates *self, const att_knowledge *knowledge, const att_rules *rules, uint32_t least_leaves);

/* Forgets what is asked for only while rules are compiled. */
void att_predicates_close(att_predicates *self);

/* Frees the regular expressions. */
void att_predicates_clear(att_predicates *self);

/* Whether every word that passes the test is named by it or by its lists. */
bool att_test_names_words(const att_test *test);

/* The number of the predicate. */
uint32_t att_predicates_add(att_predicates *self, const att_test *test);

/* Makes the predicate that a word is a phrase of the list. */
void att_predicates_add_list(att_predicates *self, uint32_t list);

/* The number of a node of a pattern, which must live as long. */
uint32_t att_predicates_add_node(att_predicates *self, const att_pattern *node);

/* What the word type alone says of a predicate. `capitals`: in a line of capitals, where lists take a word in capitals however
 * their phrases are written. */
att_answer att_predicate_of_type(const att_predicates *self, uint32_t predicate, const att_vocabulary *vocabulary,
                                 const att_word_type *type, bool capitals);

/* Whether the token has the property. `token` may be a paragraph's edge when `edge` is set: there only `end` holds. */
bool att_test_token(const att_predicates *self, const att_test *test, att_scene *scene, uint32_t token, bool edge);

/* How many questions may be asked of a word type. */
uint32_t att_predicates_questions(const att_predicates *self);

/* What the token's word says of the predicate. */
att_answer att_predicate_by_word(const att_predicates *self, uint32_t predicate, const att_document *doc,
                                 att_vocabulary *vocabulary, uint32_t token);

/* Whether a predicate that the word does not decide holds of the token. */
bool att_predicate_at(const att_predicates *self, uint32_t predicate, att_scene *scene, uint32_t token);

/* The same for one of which nothing is kept with the token's type yet. */
bool att_predicate_ask(const att_predicates *self, uint32_t predicate, att_scene *scene, uint32_t token);

/* Whether the token, which is no hyphenated word, and the one behind it in the paragraph may begin a phrase of the list. */
bool att_list_goes_on(const att_predicates *self, uint32_t list, const att_document *doc, const att_vocabulary *vocabulary,
                      uint32_t token);

/* Whether the token is a word in capitals in a line of such words. */
static inline bool att_in_capitals(const att_document *doc, uint32_t token, const att_word_type *type)
{
    return doc->tokens.flags[token] & ATT_FLAG_CAPITAL_LINE && type->classes & ATT_CLASS_UPPER;
}

/* Whether a predicate holds. */
static inline bool att_predicate_holds(const att_predicates *self, uint32_t predicate, att_scene *scene, uint32_t token)
{
    const att_tokens *tokens = &scene->doc->tokens;
    if (!(tokens->flags[token] & ATT_FLAG_CAPITAL_LINE)) {
        unsigned known = att_asked_find(&scene->vocabulary->asked, tokens->type[token], predicate);
        if (known == ATT_ANSWER_BY_PLACE) return att_predicate_at(self, predicate, scene, token);
        if (known != ATT_ANSWER_UNKNOWN) return known == ATT_ANSWER_YES;
    }
    return att_predicate_ask(self, predicate, scene, token);
}

#endif
