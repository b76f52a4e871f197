/* import_spacy.c - patterns of spaCy's EntityRuler: JSON Lines with a label, a pattern and sometimes an id. */
#include "tools/import.h"
#include "tools/json.h"

enum { MOST_TIMES = 8 /* stands for spaCy's "any number of times" */ };

/* The class of ours that means what a flag of spaCy's does. */
static const struct {
    const char *flag, *class;
} flags[] = {
    { "IS_TITLE", "cap" },   { "IS_UPPER", "upper" }, { "IS_LOWER", "lower" },
    { "IS_DIGIT", "num" },   { "LIKE_NUM", "num" },   { "IS_PUNCT", "punct" },
    { "IS_ALPHA", "word" },  { "IS_ASCII", "ascii" }, { "IS_BRACKET", "open | close" },
    { "IS_QUOTE", "quote" },
};

static void add_and(att_buf *out)
{
    if (out->count) att_buf_add(out, ATT_STR(" & "));
}

/* spaCy looks for the expression anywhere in a token, our rules match the whole token. */
static bool add_regex(att_importing *self, att_buf *out, att_str regex)
{
    bool from_start = regex.length && regex.data[0] == '^', to_end = att_str_ends(regex, ATT_STR("$"));
    att_str inner = att_str_slice(regex, from_start, regex.length - to_end);
    if (!from_start || !to_end)
        inner = att_str_format(self->arena, "%s(?:%.*s)%s", from_start ? "" : ".*", ATT_STR_ARG(inner), to_end ? "" : ".*");
    return att_import_regex(self, out, inner);
}

/* Adds a choice between words; false when the list has something else. */
static bool add_choice(att_buf *out, const att_json *list, char quote)
{
    size_t count = att_json_count(list);
    if (count > 1) att_buf_byte(out, '(');
    for (size_t i = 0; i < count; i++) {
        att_str word = att_json_string(att_json_item(list, i));
        if (!word.data) return false;
        if (i) att_buf_add(out, ATT_STR(" | "));
        att_import_quote(out, quote, word);
    }
    if (count > 1) att_buf_byte(out, ')');
    return count;
}

/* Adds what LOWER, TEXT or ORTH asks for. Our sets have no brackets inside, so *choice is set for a choice of words, which must
 * be all that a token asks. */
static bool add_word(att_importing *self, att_buf *out, const att_json *value, bool exact, bool *choice)
{
    char quote = exact ? '\'' : '"';
    const att_json *in = att_json_at(value, "IN");
    att_str word = att_json_string(value), regex = att_json_text(value, "REGEX");
    *choice = *choice || att_json_count(in) > 1;
    if (word.data) att_import_quote(out, quote, word);
    else if (regex.data) return add_regex(self, out, regex);
    else return add_choice(out, in, quote);
    return true;
}

static bool add_flag(att_buf *out, const char *key, const att_json *value)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        bool truth;
        if (strcmp(flags[i].flag, key) != 0 || !att_json_boolean(value, &truth)) continue;
        if (!truth && strchr(flags[i].class, '|')) return false;
        att_buf_format(out, "%s%s", truth ? "" : "!", flags[i].class);
        return true;
    }
    return false;
}

/* Whether the operator is a count, "{2}" or "{2,3}". */
static bool is_count(att_str op)
{
    uint32_t commas = 0;
    if (op.length < 3 || op.data[0] != '{' || op.data[op.length - 1] != '}') return false;
    for (size_t i = 1; i + 1 < op.length; i++) {
        bool comma = op.data[i] == ',';
        if (!comma && (op.data[i] < '0' || op.data[i] > '9')) return false;
        if (comma && (i == 1 || i + 2 == op.length || commas++)) return false;
    }
    return true;
}

/* Adds a repeat in our notation; false for an operator that our rules do not have. */
static bool add_repeat(att_buf *out, att_str op)
{
    if (!op.data || att_str_is(op, "1")) return true;
    if (att_str_is(op, "*")) att_buf_format(out, "{0,%d}", MOST_TIMES);
    else if (att_str_is(op, "+")) att_buf_format(out, "{1,%d}", MOST_TIMES);
    else if (att_str_is(op, "?") || is_count(op)) att_buf_add(out, op);
    else return false;
    return true;
}

/* A token of spaCy's, while it becomes a set of ours. */
typedef struct {
    att_buf set;
    uint32_t parts, words; /* what it asks for; how much of that are words */
    bool choice;           /* between several words */
} token_set;

/* Adds what one member of the token asks for; false, perhaps with a report, when our rules cannot ask that. */
static bool add_member(att_importing *self, token_set *token, const char *key, const att_json *value)
{
    bool text = strcmp(key, "TEXT") == 0 || strcmp(key, "ORTH") == 0, lower = strcmp(key, "LOWER") == 0;
    long long length;
    add_and(&token->set);
    token->parts++;
    token->words += text || lower;
    if (text || lower) return add_word(self, &token->set, value, text, &token->choice);
    if (add_flag(&token->set, key, value)) return true;
    if (strcmp(key, "LENGTH") != 0 || !att_json_integer(value, &length)) return false;
    att_buf_format(&token->set, "/.{%lld}/", length); /* len= counts letters only, LENGTH all characters */
    return true;
}

/* Reads all members of the token but its operator. Returns false, after a report, when our rules cannot ask what one asks. */
static bool read_token(att_importing *self, token_set *token, const att_json *object)
{
    const char *key;
    const att_json *value;
    void *member = NULL;
    const uint64_t skipped = self->skipped; /* tells whether the reason for a refusal was reported already */
    while (att_json_each(object, &member, &key, &value)) {
        if (strcmp(key, "OP") == 0 || add_member(self, token, key, value)) continue;
        if (self->skipped == skipped) att_import_leave_out(self, "'%s' of a token is nothing that rules ask for", key);
        return false;
    }
    return true;
}

/* Adds one token. Returns false, after a report, when our rules cannot ask what it asks. */
static bool add_token(att_importing *self, att_buf *out, const att_json *object)
{
    token_set token = { .set = { .arena = self->arena } };
    bool negated = att_str_is(att_json_text(object, "OP"), "!");
    if (!read_token(self, &token, object)) return false;
    if ((token.choice && token.parts > 1) || (negated && token.parts != 1)) {
        att_import_leave_out(self, "a token with several words or a '!' and more beside it");
        return false;
    }
    if (out->count) att_buf_byte(out, ' ');
    bool bare = token.parts == 1 && token.words == 1 && !negated;
    if (!bare) att_buf_add(out, negated ? ATT_STR("[!") : ATT_STR("["));
    att_buf_add(out, token.parts ? att_buf_str(&token.set) : ATT_STR("any"));
    if (!bare) att_buf_byte(out, ']');
    if (negated || add_repeat(out, att_json_text(object, "OP"))) return true;
    att_import_leave_out(self, "the repeat '%.*s'", ATT_STR_ARG(att_json_text(object, "OP")));
    return false;
}

/* The words of a pattern that asks only for words in any case; null for any other pattern. */
static att_str words_alone(att_importing *self, const att_json *tokens)
{
    att_buf out = { .arena = self->arena };
    for (size_t i = 0; i < att_json_count(tokens); i++) {
        const att_json *token = att_json_item(tokens, i), *value;
        att_str word = att_json_text(token, "LOWER");
        const char *key;
        void *member = NULL;
        uint32_t members = 0;
        while (att_json_each(token, &member, &key, &value)) members++;
        if (!word.data || members != 1) return (att_str){ 0 };
        if (i) att_buf_byte(&out, ' ');
        att_buf_add(&out, word);
    }
    return att_buf_str(&out);
}

static void take_tokens(att_importing *self, att_str label, att_str id, const att_json *tokens)
{
    att_buf out = { .arena = self->arena };
    att_str words = words_alone(self, tokens);
    if (words.data) {
        att_import_named(self, label, id, words);
        return;
    }
    for (size_t i = 0; i < att_json_count(tokens); i++)
        if (!add_token(self, &out, att_json_item(tokens, i))) return;
    att_import_pattern(self, label, att_buf_str(&out));
}

static void take_line(att_importing *self, const att_json *object)
{
    att_str label = att_json_text(object, "label"), id = att_json_text(object, "id");
    const att_json *pattern = att_json_at(object, "pattern");
    if (!label.length) att_import_leave_out(self, "no \"label\"");
    else if (att_json_string(pattern).data) att_import_named(self, label, id, att_json_string(pattern));
    else if (att_json_count(pattern)) take_tokens(self, label, id, pattern);
    else att_import_leave_out(self, "no \"pattern\"");
}

void att_import_spacy(att_importing *self, att_str bytes)
{
    att_str line;
    while (att_import_line(self, &bytes, &line)) {
        const char *why;
        if (!att_str_trim(line).length) continue;
        att_json *object = att_json_read(self->arena, line, &why);
        if (object) take_line(self, object);
        else att_import_leave_out(self, "%s", why);
        att_json_drop(object);
    }
}
