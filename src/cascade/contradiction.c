#include "cascade/contradiction.h"

#include "base/utf8.h"

enum {
    LETTERED = ATT_CLASS_CAP | ATT_CLASS_UPPER | ATT_CLASS_LOWER | ATT_CLASS_MIXED | ATT_CLASS_INITIAL,
    WORDS = LETTERED | ATT_CLASS_NUM | ATT_CLASS_ORDINAL | ATT_CLASS_HYPHEN,
    MARKS = ATT_CLASS_COMMA | ATT_CLASS_DASH | ATT_CLASS_QUOTE | ATT_CLASS_OPEN | ATT_CLASS_CLOSE
};

/* A token of class `one` is none of `none`. */
static const struct {
    uint32_t one, none;
} apart[] = {
    { ATT_CLASS_WORD, ATT_CLASS_PUNCT },
    { ATT_CLASS_LOWER, ATT_CLASS_CAP | ATT_CLASS_UPPER | ATT_CLASS_MIXED | ATT_CLASS_INITIAL },
    { ATT_CLASS_UPPER, ATT_CLASS_MIXED },
    { ATT_CLASS_INITIAL, ATT_CLASS_MIXED | ATT_CLASS_ORDINAL | ATT_CLASS_HYPHEN },
    { ATT_CLASS_NUM, LETTERED | ATT_CLASS_ORDINAL | ATT_CLASS_HYPHEN },
    { ATT_CLASS_COMMA, MARKS & ~ATT_CLASS_COMMA },
    { ATT_CLASS_DASH, MARKS & ~ATT_CLASS_DASH },
    { ATT_CLASS_QUOTE, MARKS & ~ATT_CLASS_QUOTE },
    { ATT_CLASS_OPEN, MARKS & ~ATT_CLASS_OPEN },
    { ATT_CLASS_CLOSE, MARKS & ~ATT_CLASS_CLOSE },
};

/* What the parts of one `a & b & …` ask for together. */
typedef struct {
    uint32_t is, is_not;      /* classes */
    uint32_t may_be;          /* the classes that its literals leave open */
    uint32_t inside, outside; /* layers */
    uint32_t low, high;       /* letters */
    uint32_t word, exact;     /* the one literal, or ATT_NONE */
    uint32_t parts;           /* how many; `end` goes with no other */
    bool end, impossible;
} token_wants;

/* Classes that those in `set` bring along. */
static uint32_t with_implied(uint32_t set)
{
    if (set & WORDS) set |= ATT_CLASS_WORD;
    if (set & MARKS) set |= ATT_CLASS_PUNCT;
    if (set & (ATT_CLASS_UPPER | ATT_CLASS_INITIAL)) set |= ATT_CLASS_CAP;
    return set;
}

/* A literal in any case has the classes of its folded form, and any that capitals make. */
static void want_literal(const att_knowledge *knowledge, token_wants *wants, uint32_t *kept, uint32_t number, bool exact)
{
    enum { LONGEST_LETTER = 4 /* bytes */ };
    if (number == ATT_NONE) return;
    if (*kept != ATT_NONE && *kept != number) wants->impossible = true;
    *kept = number;
    att_str word = att_lexicon_word(&knowledge->lexicon, number);
    uint32_t classes = att_word_classes(word), sure = ATT_CLASS_WORD | ATT_CLASS_NUM | ATT_CLASS_HYPHEN;
    wants->is |= classes & (exact ? WORDS | sure : sure);
    if (!exact && classes & ATT_CLASS_LOWER) classes |= word.length > LONGEST_LETTER ? LETTERED & ~ATT_CLASS_INITIAL : LETTERED;
    wants->may_be &= classes;
}

static void want_place(token_wants *wants, att_place_test place)
{
    if (place == ATT_AT_END) wants->end = true;
    if (place == ATT_AT_QUOTE) wants->is |= ATT_CLASS_QUOTE;
}

static void want_length(token_wants *wants, const att_test *test)
{
    if (test->low > wants->low) wants->low = test->low;
    if (test->high < wants->high) wants->high = test->high;
}

static void want(const att_knowledge *knowledge, token_wants *wants, const att_test *test)
{
    bool not = test->kind == ATT_TEST_NOT;
    if (not ) test = test->children;
    wants->parts++;
    switch (test->kind) {
    case ATT_TEST_CLASS: *(not ? &wants->is_not : &wants->is) |= test->number; break;
    case ATT_TEST_IN_LAYER:
        if (test->number != ATT_NONE) *(not ? &wants->outside : &wants->inside) |= 1u << test->number;
        break;
    case ATT_TEST_ANY: wants->impossible = wants->impossible || not ; break;
    case ATT_TEST_PLACE:
        if (!not ) want_place(wants, (att_place_test)test->number);
        break;
    case ATT_TEST_WORD:
        if (!not ) want_literal(knowledge, wants, &wants->word, test->number, false);
        break;
    case ATT_TEST_EXACT:
        if (!not ) want_literal(knowledge, wants, &wants->exact, test->number, true);
        break;
    case ATT_TEST_LENGTH:
        if (!not ) want_length(wants, test);
        break;
    default: break;
    }
}

static bool can_be(const token_wants *wants)
{
    uint32_t is = with_implied(wants->is);
    if (wants->impossible || is & wants->is_not || wants->inside & wants->outside || wants->low > wants->high) return false;
    if (is & ~wants->may_be || (wants->end && wants->parts > 1)) return false;
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        if (is & apart[i].one && is & apart[i].none) return false;
    return true;
}

bool att_test_may_hold(const att_knowledge *knowledge, const att_test *test)
{
    token_wants wants = { .may_be = UINT32_MAX, .high = UINT32_MAX, .word = ATT_NONE, .exact = ATT_NONE };
    if (test->kind == ATT_TEST_AND)
        for (const att_test *child = test->children; child; child = child->next) want(knowledge, &wants, child);
    else want(knowledge, &wants, test);
    return can_be(&wants);
}
