/* rule_ast.h - rules as trees. rule_parse makes them from the blocks `rule`, `phrase`, `expand` and `alias`, with every name
 * resolved; rule_compile and the reference matcher read them.
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
    ATT_TEST_CLASS,    /* number: one bit of ATT_CLASS_*, never POSS or QUOTE, which depend on the place */
    ATT_TEST_PLACE,    /* number: an att_place_test */
    ATT_TEST_WORD,     /* "x"; number: norm */
    ATT_TEST_EXACT,    /* 'x'; number: exact form */
    ATT_TEST_REGEX,    /* /x/; number: index into att_rules.regexes */
    ATT_TEST_LIST,     /* <x>; number: the list of which the token alone is a phrase */
    ATT_TEST_IN_LAYER, /* @X inside a set; number: the layer of an annotation that covers the token */
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
    ATT_AT_END /* the edge of the paragraph; in contexts only */,
    ATT_AT_POSS,
    ATT_AT_QUOTE /* a quotation mark that is not a possessive apostrophe */
} att_place_test;

typedef struct att_test_node att_test;
struct att_test_node { /* has no padding, like att_pattern_node: uninitialised bytes would get into compiled rules */
    att_test_kind kind;
    union {
        uint32_t number; /* class, place, norm, exact, regex, list or layer */
        uint32_t low;    /* of LENGTH */
    };
    uint32_t high;      /* of LENGTH; ATT_NONE when open */
    uint32_t predicate; /* the predicate of this part alone, plus one; 0 for none. Parts that the word decides have one when the
                           whole set also asks for the place */
    att_place place;    /* in the rule file */
    att_test *children, *next; /* of NOT, AND, OR */
};
_Static_assert(sizeof(att_test) == 4 * sizeof(uint32_t) + sizeof(att_place) + 2 * sizeof(void *), "no padding");

/* ---- patterns ---- */

typedef enum {
    ATT_PATTERN_SEQUENCE, /* the children, one after the other */
    ATT_PATTERN_CHOICE,   /* one of the children; earlier first */
    ATT_PATTERN_REPEAT,   /* the one child, `least` to `most` times; greedy unless `lazy` */
    ATT_PATTERN_WORDS, /* the words of a "…" or '…' literal, split at hyphens; matches several tokens or one hyphenated token */
    ATT_PATTERN_TOKEN, /* one token that passes `test` */
    ATT_PATTERN_LIST,  /* any phrase of list `number` */
    ATT_PATTERN_LAYER, /* a whole annotation of layer `number` whose fields pass the tests */
    ATT_PATTERN_GAP    /* 0 to `most` tokens, never across the end of a sentence; lazy */
} att_pattern_kind;

/* A small fingerprint of a field's value (length, first and last byte): different marks mean different values. */
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
    uint32_t capture; /* index into the rule's captures, or ATT_NONE. Binds what the node matches, which is never empty; for
                         REPEAT the whole run */
    uint16_t word_count;
    uint8_t kind; /* an att_pattern_kind */
    uint8_t field_count : 6;
    uint8_t lazy : 1;  /* REPEAT: tries fewer times first; only inside EXPAND */
    uint8_t exact : 1; /* WORDS: a '…' literal, whose words are numbers of exact forms */
    union {
        uint32_t number; /* LIST, LAYER */
        uint32_t least;  /* REPEAT */
    };
    uint32_t most; /* of REPEAT and GAP; ATT_NONE for no bound */
    att_place place;
    union {
        const uint32_t *words;        /* WORDS: norms */
        const att_test *test;         /* TOKEN */
        const att_field_test *fields; /* LAYER */
        att_pattern *children;        /* SEQUENCE, CHOICE, REPEAT */
    };
    att_pattern *next;
};
_Static_assert(sizeof(att_pattern) == 4 * sizeof(uint32_t) + sizeof(att_place) + 2 * sizeof(void *),
               "no padding: nodes are keys of maps, byte by byte");

/* Whether nodes of the kind are read while documents are annotated, so that they stay without what stands beside them where the
 * trees of compiled rules are not unpacked (att_cascade_trees). Who reads others then, reads pages that cannot be read. */
static inline bool att_pattern_is_asked(const att_pattern *node)
{
    return node->kind == ATT_PATTERN_LAYER || (node->kind == ATT_PATTERN_WORDS && node->word_count > 1);
}

/* The first of the parts that the node is made of; NULL when it has none. */
static inline att_pattern *att_pattern_parts(const att_pattern *node)
{
    const bool made =
        node->kind == ATT_PATTERN_SEQUENCE || node->kind == ATT_PATTERN_CHOICE || node->kind == ATT_PATTERN_REPEAT;
    return made ? node->children : NULL;
}

/* ---- values and conditions ---- */

typedef enum {
    ATT_VALUE_CAPTURE, /* a capture: its text or, with `path`, a field of the annotation that it begins with */
    ATT_VALUE_STRING,  /* text */
    ATT_VALUE_NULL,
    ATT_VALUE_OFFICE,     /* office(title, name); path is id, country or agency */
    ATT_VALUE_ANTECEDENT, /* antecedent() */
    ATT_VALUE_ONLY,       /* only() */
    ATT_VALUE_SUBJECT,    /* subject() */
    ATT_VALUE_ACTORS,     /* actors(x, …) */
    ATT_VALUE_DOC,        /* doc("date") */
    ATT_VALUE_OR          /* the first argument that is not null */
} att_value_kind;

typedef struct att_value_node att_value;
struct att_value_node {
    uint8_t kind; /* an att_value_kind */
    uint8_t key;  /* key of the path (ATT_KEY_*), plus one; 0 when there is none */
    uint16_t padding;
    uint32_t capture;
    att_place place;
    att_str text, path; /* `path` is null when there is none */
    att_value *arguments, *next;
};
_Static_assert(sizeof(att_value) == 2 * sizeof(uint32_t) + sizeof(att_place) + 2 * sizeof(att_str) + 2 * sizeof(void *),
               "no padding: compiled rules must not contain uninitialised bytes");

typedef enum {
    ATT_IF_EQUAL,
    ATT_IF_DIFFERENT,
    ATT_IF_IN_LIST,
    ATT_IF_KNOWN,
    ATT_IF_NAMED,
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
    const att_value *left, *right;  /* both for EQUAL, DIFFERENT and HOLDER; only `left` for IN_LIST, KNOWN and NAMED */
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
/* Captures in PRECEDED and FOLLOWED bind like those of the match; in the negative kinds they are refused. */
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
/* `inside`: the whole candidate lies in one such region. `not`: no part of it does. For SENTENCE and CLAUSE the candidate
 * must lie within a single one. */
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
    ATT_FORM_FIRST_WORDS = 1 << 5,
    ATT_FORM_MIDDLE_WORD = 1 << 6,
    ATT_FORM_INITIALS = 1 << 7
};
typedef enum { ATT_SCOPE_DOCUMENT, ATT_SCOPE_AFTER, ATT_SCOPE_PARAGRAPH } att_scope;

typedef struct {
    /* The first fields are read for each match; they stand together so that they share few cache lines. */
    att_rule_kind kind;
    att_tier tier;
    uint32_t context_count, region_count, make_count;
    uint32_t blocks; /* bit set of layers */
    uint32_t rank; /* position by pack order, then by name in byte order; part of the total order in which candidates compete */
    uint32_t line; /* of the head */
    const att_condition *where; /* ALIAS: unless */
    const att_condition *first; /* MATCH: the part of `where` that can be asked before matching; NULL for nothing */
    const att_condition *rest;  /* the rest of `where` */
    const att_condition *whole; /* MATCH: the part of `where` with the same answer everywhere in a document; NULL for nothing */
    att_origin origin;
    att_make *makes;
    att_context *contexts;
    att_region *regions;
    att_str name;
    att_place place, stage_place; /* of the rule's name; of its stage's name */
    const att_lines_block *block; /* that it was read from */
    uint32_t pack;
    uint32_t stage;
    uint32_t capture_count, beat_count;
    att_str *captures;
    const att_pattern
        *pattern; /* for MATCH; for EXPAND the whole list as one pattern, with the capture `item` and those of the children */
    uint32_t *beats; /* indices of rules */
    /* EXPAND */
    att_str each;      /* "Department of {item}", or null */
    uint32_t item;     /* the capture `item` */
    uint32_t lead_end; /* a capture without name that marks the lead: it sets the first item's span */
    /* ALIAS */
    uint32_t of;    /* bit set of layers */
    uint32_t forms; /* ATT_FORM_* */
    att_scope scope;
} att_rule;

typedef struct {
    att_str pattern;
    att_place place;
    bool accepted; /* a note silences C09 everywhere it is used */
} att_rule_regex;

/* A phrase, read once. Where a rule names it, its pattern is used with captures of that rule. */
typedef struct {
    att_str name;
    const att_lines_block *block;
    const att_pattern *pattern; /* NULL when it has findings */
    att_str *captures;
    uint32_t capture_count;
    uint32_t weight, height; /* number of its parts, with repeats written out; depth of its nesting */
    uint32_t uses;
    uint32_t same;      /* another phrase with this name, or ATT_NONE */
    bool has_end;       /* it contains the class `end` */
    bool reading, read; /* being read now, so that using it would be a cycle; read or being read */
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

/* The number of the rule that made an annotation, from its origin; ATT_NONE when no rule made it. */
static inline uint32_t att_rules_number(const att_rules *self, const att_origin *origin)
{
    const char *at = (const char *)origin, *first = (const char *)self->rules.items;
    size_t size = sizeof *self->rules.items;
    return at >= first && at < first + size * self->rules.count ? (uint32_t)((size_t)(at - first) / size) : ATT_NONE;
}

#endif
