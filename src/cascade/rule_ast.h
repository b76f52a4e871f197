/* rule_ast.h - rules as trees: what rule_parse makes of the blocks `rule`, `phrase`, `expand` and `alias`, with every name
 * resolved, and what rule_compile and the reference matcher read.
 *
 * Owner   the engine's arena. Trees never change once made.
 */
#ifndef ATT_RULE_AST_H
#define ATT_RULE_AST_H

#include "cascade/choose.h"
#include "knowledge/knowledge.h"

enum { ATT_MAX_CAPTURES = 16, ATT_MAX_MAKES = 6, ATT_MAX_CONTEXTS = 8, ATT_MAX_REGIONS = 4, ATT_MAX_BEATS = 16 };

/* ---- what one token can be asked ---- */

typedef enum {
    ATT_TEST_CLASS,    /* class: a set of ATT_CLASS_*; one bit, never POSS or QUOTE, which are decided by place */
    ATT_TEST_PLACE,    /* place: an att_place_test */
    ATT_TEST_WORD,     /* "x": norm */
    ATT_TEST_EXACT,    /* 'x': exact */
    ATT_TEST_REGEX,    /* /x/: regex, index into att_rules.regexes */
    ATT_TEST_LIST,     /* <x>: list; the token is by itself a phrase of it */
    ATT_TEST_IN_LAYER, /* @X in a set: the token lies inside an annotation of the layer */
    ATT_TEST_LENGTH,   /* len=low..high, in letters */
    ATT_TEST_ANY,
    ATT_TEST_NOT, /* of the one child */
    ATT_TEST_AND, /* of all children */
    ATT_TEST_OR
} att_test_kind;

typedef enum {
    ATT_AT_BOS,
    ATT_AT_EOS,
    ATT_AT_BOP,
    ATT_AT_HEADLINE,
    ATT_AT_END /* the edge of the paragraph: contexts only */,
    ATT_AT_POSS,
    ATT_AT_QUOTE /* a quotation mark that is no possessive */
} att_place_test;

typedef struct att_test_node att_test;
struct att_test_node { /* without padding, as att_pattern_node: what is left there by chance would get into compiled rules */
    att_test_kind kind;
    uint32_t number;    /* class, place, norm, exact, regex, list or layer */
    att_place place;    /* in the rule file */
    uint32_t low, high; /* of LENGTH; high ATT_NONE for open */
    uint32_t predicate; /* this part alone as a predicate, its number plus one; 0 for none. Parts have one that the word decides
                           in a set that asks for the place too */
    uint32_t unused;
    att_test *children, *next; /* of NOT, AND, OR */
};

/* ---- patterns ---- */

typedef enum {
    ATT_PATTERN_SEQUENCE, /* the children, one after the other */
    ATT_PATTERN_CHOICE,   /* one of the children; earlier first */
    ATT_PATTERN_REPEAT,   /* the one child, least to most times; greedy unless `lazy` */
    ATT_PATTERN_WORDS,    /* words of a STRING or EXACT: one or more, hyphens opened; matches words of one token (hyphenated) or
                             several */
    ATT_PATTERN_TOKEN,    /* one token that passes `test` */
    ATT_PATTERN_LIST,     /* any phrase of list `number` */
    ATT_PATTERN_LAYER,    /* a whole annotation of layer `number` whose fields hold */
    ATT_PATTERN_GAP       /* 0 to `most` tokens, never over a sentence end; lazy */
} att_pattern_kind;

/* A number that tells most values of fields apart: length, first and last byte. */
static inline uint32_t att_value_mark(att_str value)
{
    if (!value.length) return 0;
    return (uint32_t)value.length ^ (uint32_t)(unsigned char)value.data[0] << 8
           ^ (uint32_t)(unsigned char)value.data[value.length - 1] << 16;
}

/* The field has one of the values, compared as bytes. */
typedef struct {
    uint32_t field, count;
    const att_str *values;
    const uint32_t *marks; /* of the values (att_value_mark) */
} att_field_test;

typedef struct att_pattern_node att_pattern;
struct att_pattern_node {
    att_pattern_kind kind;
    uint32_t capture; /* index into the rule's captures, or ATT_NONE; binds what the node matches, which is never empty; on
                         REPEAT the whole run */
    att_place place;
    uint32_t number;      /* list or layer */
    uint32_t least, most; /* of REPEAT and GAP; most ATT_NONE for no bound */
    bool lazy : 1;        /* REPEAT: fewest times first; only in children of EXPAND */
    bool exact : 1;       /* WORDS: of an EXACT; words are then numbers of exact forms */
    uint8_t field_count;
    uint16_t word_count;
    union {
        const uint32_t *words;        /* WORDS: norms */
        const att_test *test;         /* TOKEN */
        const att_field_test *fields; /* LAYER */
    };
    att_pattern *children, *next;
};

/* ---- values and conditions ---- */

typedef enum {
    ATT_VALUE_CAPTURE, /* capture: its text, or by `path` a field of the annotation that it begins with */
    ATT_VALUE_STRING,  /* text */
    ATT_VALUE_NULL,
    ATT_VALUE_OFFICE,     /* office(title, name), path id, country or agency */
    ATT_VALUE_ANTECEDENT, /* antecedent() */
    ATT_VALUE_ONLY,       /* only() */
    ATT_VALUE_SUBJECT,    /* subject() */
    ATT_VALUE_ACTORS,     /* actors(x, …) */
    ATT_VALUE_DOC,        /* doc("date") */
    ATT_VALUE_OR          /* the first of the arguments that is not null */
} att_value_kind;

typedef struct att_value_node att_value;
struct att_value_node {
    att_value_kind kind;
    uint32_t capture;
    att_place place;
    att_str text, path; /* path: null when there is none */
    uint8_t key;        /* that of the path plus one; 0 when there is none */
    att_value *arguments, *next;
};

typedef enum {
    ATT_IF_EQUAL,
    ATT_IF_DIFFERENT,
    ATT_IF_IN_LIST,
    ATT_IF_KNOWN,
    ATT_IF_HOLDER,
    ATT_IF_AMBIGUOUS,
    ATT_IF_NOT,
    ATT_IF_AND,
    ATT_IF_OR
} att_condition_kind;

typedef struct att_condition_node att_condition;
struct att_condition_node {
    att_condition_kind kind;
    uint32_t list;
    att_place place;
    const att_value *left, *right;  /* EQUAL, DIFFERENT, HOLDER; left alone: IN_LIST, KNOWN */
    att_condition *children, *next; /* NOT, AND, OR */
};

/* ---- rules ---- */

typedef struct {
    uint32_t field;
    const att_value *value;
} att_assignment;

typedef struct {
    uint32_t layer;
    uint32_t on; /* capture, or ATT_NONE */
    uint32_t line, field_count;
    att_place place; /* of the layer's name */
    const att_assignment *fields;
} att_make;

typedef enum { ATT_PRECEDED, ATT_FOLLOWED, ATT_NOT_PRECEDED, ATT_NOT_FOLLOWED } att_context_kind;
/* Captures in PRECEDED and FOLLOWED bind as those of the match do; in the other two they are refused. */
typedef struct {
    att_context_kind kind;
    uint32_t line;
    const att_pattern *pattern;
} att_context;

typedef enum {
    ATT_IN_SENTENCE,
    ATT_IN_CLAUSE,
    ATT_IN_TITLE,
    ATT_IN_QUOTE,
    ATT_IN_BRACKET,
    ATT_IN_BOILERPLATE,
    ATT_IN_LAYER
} att_region_kind;
/* inside: the whole candidate lies in one such region; not: no part of it does. SENTENCE and CLAUSE: in one and the same. */
typedef struct {
    att_region_kind kind;
    uint32_t layer;
    bool not ;
    att_place place;
} att_region;

typedef enum { ATT_RULE_MATCH, ATT_RULE_EXPAND, ATT_RULE_ALIAS } att_rule_kind;

enum {
    ATT_FORM_LAST_WORD = 1 << 0,
    ATT_FORM_FIRST_WORD = 1 << 1,
    ATT_FORM_FAMILY_NAME = 1 << 2,
    ATT_FORM_BRACKETED = 1 << 3,
    ATT_FORM_ONLY_WORD = 1 << 4,
    ATT_FORM_FIRST_WORDS = 1 << 5
};
typedef enum { ATT_SCOPE_DOCUMENT, ATT_SCOPE_AFTER, ATT_SCOPE_PARAGRAPH } att_scope;

typedef struct {
    /* These are asked of each match, so they lie together, in few lines of the cache. */
    att_rule_kind kind;
    att_tier tier;
    uint32_t context_count, region_count, make_count;
    uint32_t blocks;            /* bit set of layers */
    uint32_t rank;              /* by pack order, then name in byte order; the total order of RULES 6.4 */
    uint32_t line;              /* of the head */
    const att_condition *where; /* ALIAS: unless */
    const att_condition *first; /* MATCH: what of it can be asked before a match; NULL for nothing */
    const att_condition *rest;  /* what is left of it then */
    const att_condition *whole; /* MATCH: what of it is the same wherever in the document it is asked; NULL for nothing */
    att_origin origin;
    att_make makes[ATT_MAX_MAKES];
    att_context contexts[ATT_MAX_CONTEXTS];
    att_region regions[ATT_MAX_REGIONS];
    att_str name;
    att_place place, stage_place; /* of the name; of the stage's name */
    const att_lines_block *block; /* that it was read from */
    uint32_t pack;
    uint32_t stage;
    uint32_t capture_count, beat_count;
    att_str *captures;
    const att_pattern *pattern; /* MATCH; for EXPAND the whole list put together, with `item` and children's captures */
    uint32_t *beats;            /* indices of rules */
    /* EXPAND */
    att_str each;      /* "Department of {item}", or null */
    uint32_t item;     /* the capture `item` */
    uint32_t lead_end; /* a capture that stands for the lead, for the first item's span; its name is empty */
    /* ALIAS */
    uint32_t of;    /* bit set of layers */
    uint32_t forms; /* ATT_FORM_… of above */
    att_scope scope;
} att_rule;

typedef struct {
    att_str pattern;
    att_place place;
    bool accepted; /* notes silence C09 wherever it stands */
} att_rule_regex;

/* A phrase, read once; where a rule names it, its pattern stands with the rule's captures. */
typedef struct {
    att_str name;
    const att_lines_block *block;
    const att_pattern *pattern; /* NULL when it has findings */
    att_str *captures;
    uint32_t capture_count;
    uint32_t weight, height; /* its parts, with repeats written out; its levels */
    uint32_t uses;
    uint32_t same;      /* another phrase of this name, or ATT_NONE */
    bool has_end;       /* it has the class `end` */
    bool reading, read; /* being read, so that a use is a circle; read or being read */
} att_rule_phrase;

typedef struct {
    struct {
        att_rule *items;
        uint32_t count, capacity;
    } rules;
    struct {
        att_rule_phrase *items;
        uint32_t count, capacity;
    } phrases;
    struct {
        att_rule_regex *items;
        uint32_t count, capacity;
    } regexes;
} att_rules;

/* The number of the rule that an annotation came from; ATT_NONE for one that no rule made. */
static inline uint32_t att_rules_number(const att_rules *self, const att_origin *origin)
{
    const char *at = (const char *)origin, *first = (const char *)self->rules.items;
    size_t size = sizeof *self->rules.items;
    return at >= first && at < first + size * self->rules.count ? (uint32_t)((size_t)(at - first) / size) : ATT_NONE;
}

#endif
