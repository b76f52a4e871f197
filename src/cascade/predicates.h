/* predicates.h - what the sets of rules ("[cap & !upper]") ask of one token.
 *
 * Shape   equal sets share one predicate. What depends on the word alone is worked out once for each word type and kept with
 *         it; what depends on the place is asked for each token.
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

/* What a set asks of a token's place when the word alone does not decide. It holds when the token has all places of
 * `everywhere` and none of `nowhere`, when annotations of all layers of `inside` and of no layer of `outside` cover it, and,
 * unless both are empty, when it has a place of `anywhere` or a layer of `any_inside`. */
typedef struct {
    bool tells;                            /* false when the set asks for something else as well; then the masks are not used */
    uint8_t everywhere, nowhere, anywhere; /* bits of ATT_PLACE_* */
    uint32_t inside, outside, any_inside;  /* bit sets of layers */
} att_place_mask;

/* A test, or a part of one, in the form in which words are asked. The parts of an AND or OR follow it, cheap ones first, but
 * for its classes and layers: a word that has one of the classes `number` or lacks one of the classes `other` makes an AND fail
 * and an OR hold. */
typedef struct {
    uint8_t kind; /* an att_test_kind, never NOT */
    bool not ;
    bool layers;            /* some parts ask for layers, so that the word alone does not decide */
    uint8_t unused;         /* fills what would be padding */
    uint32_t size;          /* number of questions, parts included */
    uint32_t number, other; /* of LENGTH: the least and the most letters; of other kinds `number` is the test's */
} att_question;

/* Alternatives as they are compiled, by the address of the first one's tree. */
typedef struct {
    att_map keys;
    const att_pattern **items;
    uint32_t count, capacity;
} att_choices;

/* What is needed only while rules are compiled. */
typedef struct {
    att_map sets;  /* each set written out; the number of a key is that of the predicate */
    att_map nodes; /* addresses of nodes; the number of a key plus one is the index in att_predicates.nodes */
    att_list_norms norms;
    uint32_t *regex_begins; /* by regex: bits of the first bytes of the words it can match */
    att_choices choices;
    struct {
        att_test **items;
        uint32_t count, capacity;
    } joined; /* sets made of alternatives that are not asked as trees when rules run */
    struct {
        att_map keys; /* the steps of each program; the number of a key is that of the item */
        const struct att_program_step **items;
        uint32_t count, capacity;
    } programs; /* the distinct programs */
    struct {
        struct att_program_step *next;
        uint32_t left;
    } kept; /* memory for the steps of programs that will be run */
    struct {
        struct att_program_step *steps;
        uint32_t capacity;
    } room;                /* memory for the next program, left over from the one before; NULL while a program is made */
    uint32_t least_leaves; /* elements that a part of a pattern must have to become a program of its own */
} att_compiling;

typedef struct {
    const att_knowledge *knowledge;
    const att_rules *rules;
    att_compiling *compiling; /* NULL once all rules are compiled */
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
    } questions; /* a predicate's questions stand one after the other, from `firsts` on */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } firsts;                       /* by predicate */
    _Atomic(att_regex *) *regexes;  /* by number in att_rules; NULL when it can't be compiled or has not been yet */
    const att_automaton **automata; /* by the same number; NULL when only PCRE2 can match it */
    uint32_t regex_count;
    att_list_words list_words;
    uint32_t *list_predicates; /* by list: the predicate "the word by itself is a phrase of it", plus one; 0 where no step asks
                                  that */
    /* The nodes of patterns that steps point to. */
    struct {
        const att_pattern **items;
        uint32_t count, capacity;
    } nodes; /* from 1 on */
    att_aheads aheads;
    struct att_callee_table *callees; /* parts that are programs of their own */
} att_predicates;

/* Compiles the regular expressions of the rules; a bad one is a finding S031. Parts of patterns with `least_leaves` elements
 * or more become programs of their own. */
void att_predicates_init(att_predicates *self, const att_knowledge *knowledge, const att_rules *rules, uint32_t least_leaves);

/* Frees what is needed only while rules are compiled. */
void att_predicates_close(att_predicates *self);

/* Frees the regular expressions. */
void att_predicates_clear(att_predicates *self);

/* Whether the test names, itself or by lists, all the words that can pass it. */
bool att_test_names_words(const att_test *test);

/* Whether the word alone decides the test, in lines of capitals and elsewhere. */
bool att_test_is_of_word(const att_test *test);

/* Returns the number of the predicate for this test, adding it when new. */
uint32_t att_predicates_add(att_predicates *self, const att_test *test);

/* Adds the predicate "the word by itself is a phrase of this list". */
void att_predicates_add_list(att_predicates *self, uint32_t list);

/* Returns the number of a pattern node, which must live as long as the predicates. */
uint32_t att_predicates_add_node(att_predicates *self, const att_pattern *node);

/* The answer that the word type alone gives. `capitals`: the word stands in a line of capitals, where a list accepts it in
 * capitals however its phrases are written. */
att_answer att_predicate_of_type(const att_predicates *self, uint32_t predicate, const att_vocabulary *vocabulary,
                                 const att_word_type *type, bool capitals);

/* Whether the token passes the test. With `edge` set, `token` may be the edge of a paragraph, where only `end` holds. */
bool att_test_token(const att_predicates *self, const att_test *test, att_scene *scene, uint32_t token, bool edge);

/* How many questions can be asked about a word type. */
uint32_t att_predicates_questions(const att_predicates *self);

/* The answer that the token's word gives. */
att_answer att_predicate_by_word(const att_predicates *self, uint32_t predicate, const att_document *doc,
                                 att_vocabulary *vocabulary, uint32_t token);

/* Whether a predicate that the word does not decide holds for the token. */
bool att_predicate_at(const att_predicates *self, uint32_t predicate, att_scene *scene, uint32_t token);

/* The same when nothing is known yet about the token's type. */
bool att_predicate_ask(const att_predicates *self, uint32_t predicate, att_scene *scene, uint32_t token);

/* Whether the token (not a hyphenated word) and the one after it in the paragraph may begin a phrase of the list. */
bool att_list_goes_on(const att_predicates *self, uint32_t list, const att_document *doc, const att_vocabulary *vocabulary,
                      uint32_t token);

/* Whether the token is a word in capitals within a line of capitals. */
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
