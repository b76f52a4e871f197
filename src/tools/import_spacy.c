/* import_spacy.c - patterns of spaCy's EntityRuler: JSON Lines with label, pattern and maybe an id. */
#include <jansson.h>

#include "tools/import.h"

enum { MOST_TIMES = 8 /* of what spaCy lets be as often as it may */ };

static att_str string_of(const json_t *value)
{
    return json_is_string(value) ? (att_str){ json_string_value(value), json_string_length(value) } : (att_str){ 0 };
}

/* The classes that say what a spaCy flag says. */
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

/* spaCy looks for the expression anywhere in the token. */
static void add_regex(att_buf *out, att_str regex)
{
    bool from_start = regex.length && regex.data[0] == '^', to_end = att_str_ends(regex, ATT_STR("$"));
    att_str inner = att_str_slice(regex, from_start, regex.length - to_end);
    att_buf_add(out, from_start ? ATT_STR("/") : ATT_STR("/.*"));
    if (!from_start || !to_end) att_buf_add(out, ATT_STR("(?:"));
    for (size_t i = 0; i < inner.length; i++) {
        if (inner.data[i] == '/' && (!i || inner.data[i - 1] != '\\')) att_buf_byte(out, '\\');
        att_buf_byte(out, inner.data[i]);
    }
    if (!from_start || !to_end) att_buf_byte(out, ')');
    att_buf_add(out, to_end ? ATT_STR("/") : ATT_STR(".*/"));
}

/* One of a list of words. */
static bool add_choice(att_buf *out, const json_t *list, char quote)
{
    size_t i;
    json_t *item;
    if (!json_array_size(list)) return false;
    if (json_array_size(list) > 1) att_buf_byte(out, '(');
    json_array_foreach(list, i, item)
    {
        if (!json_is_string(item)) return false;
        if (i) att_buf_add(out, ATT_STR(" | "));
        att_import_quote(out, quote, string_of(item));
    }
    if (json_array_size(list) > 1) att_buf_byte(out, ')');
    return true;
}

/* What LOWER, TEXT or ORTH asks. Sets of our language have no brackets: *choice is one that stands alone. */
static bool add_word(att_buf *out, const json_t *value, bool exact, bool *choice)
{
    char quote = exact ? '\'' : '"';
    const json_t *in = json_object_get(value, "IN"), *regex = json_object_get(value, "REGEX");
    if (json_is_string(value)) att_import_quote(out, quote, string_of(value));
    else if (json_is_array(in)) {
        *choice = json_array_size(in) > 1;
        return add_choice(out, in, quote);
    } else if (json_is_string(regex)) add_regex(out, string_of(regex));
    else return false;
    return true;
}

static bool add_flag(att_buf *out, const char *key, const json_t *value)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(flags[i].flag, key) != 0 || !json_is_boolean(value)) continue;
        if (!json_is_true(value) && strchr(flags[i].class, '|')) return false;
        att_buf_format(out, "%s%s", json_is_true(value) ? "" : "!", flags[i].class);
        return true;
    }
    return false;
}

/* "?", "*", "+", "{2,3}" as ours; false for what we have not. */
static bool add_repeat(att_buf *out, att_str op)
{
    if (!op.data || att_str_is(op, "1")) return true;
    if (att_str_is(op, "*")) att_buf_format(out, "{0,%d}", MOST_TIMES);
    else if (att_str_is(op, "+")) att_buf_format(out, "{1,%d}", MOST_TIMES);
    else if (att_str_is(op, "?")
             || (op.data[0] == '{' && !att_str_ends(op, ATT_STR(",}")) && !att_str_starts(op, ATT_STR("{,"))))
        att_buf_add(out, op);
    else return false;
    return true;
}

/* One token; false, told, when our rules can't ask that. */
static bool add_token(att_importing *self, att_buf *out, json_t *token)
{
    att_buf set = { .arena = self->arena };
    const char *key;
    json_t *value;
    uint32_t parts = 0, words = 0;
    bool choice = false, negated = att_str_is(string_of(json_object_get(token, "OP")), "!");
    json_object_foreach(token, key, value)
    {
        bool text = strcmp(key, "TEXT") == 0 || strcmp(key, "ORTH") == 0, lower = strcmp(key, "LOWER") == 0;
        if (strcmp(key, "OP") == 0) continue;
        add_and(&set);
        parts++;
        words += text || lower;
        bool good = text || lower ? add_word(&set, value, text, &choice) : add_flag(&set, key, value);
        if (!good && strcmp(key, "LENGTH") == 0 && json_is_integer(value)) {
            att_buf_format(&set, "/.{%" JSON_INTEGER_FORMAT "}/", json_integer_value(value)); /* len= counts letters */
            good = true;
        }
        if (!good) {
            att_import_leave_out(self, "'%s' of a token is nothing that rules ask for", key);
            return false;
        }
    }
    if ((choice && parts > 1) || (negated && parts != 1)) {
        att_import_leave_out(self, "a token with several words or a '!' and more beside it");
        return false;
    }
    if (out->count) att_buf_byte(out, ' ');
    bool bare = parts == 1 && words == 1 && !negated;
    if (!bare) att_buf_add(out, negated ? ATT_STR("[!") : ATT_STR("["));
    att_buf_add(out, parts ? att_buf_str(&set) : ATT_STR("any"));
    if (!bare) att_buf_byte(out, ']');
    if (negated || add_repeat(out, string_of(json_object_get(token, "OP")))) return true;
    att_import_leave_out(self, "the repeat '%s'", json_string_value(json_object_get(token, "OP")));
    return false;
}

/* The words of a pattern that asks for nothing but words in any case; a null view for others. */
static att_str words_alone(att_importing *self, const json_t *tokens)
{
    att_buf out = { .arena = self->arena };
    size_t i;
    json_t *token;
    json_array_foreach(tokens, i, token)
    {
        att_str word = string_of(json_object_get(token, "LOWER"));
        if (!word.data || json_object_size(token) != 1) return (att_str){ 0 };
        if (i) att_buf_byte(&out, ' ');
        att_buf_add(&out, word);
    }
    return att_buf_str(&out);
}

static void take_tokens(att_importing *self, att_str label, att_str id, const json_t *tokens)
{
    att_buf out = { .arena = self->arena };
    att_str words = words_alone(self, tokens);
    size_t i;
    json_t *token;
    if (words.data) {
        att_import_named(self, label, id, words);
        return;
    }
    json_array_foreach(tokens, i, token)
    {
        if (!add_token(self, &out, token)) return;
    }
    att_import_pattern(self, label, att_buf_str(&out));
}

static void take_line(att_importing *self, const json_t *object)
{
    att_str label = string_of(json_object_get(object, "label")), id = string_of(json_object_get(object, "id"));
    const json_t *pattern = json_object_get(object, "pattern");
    if (!label.length) att_import_leave_out(self, "no \"label\"");
    else if (json_is_string(pattern)) att_import_named(self, label, id, string_of(pattern));
    else if (json_array_size(pattern)) take_tokens(self, label, id, pattern);
    else att_import_leave_out(self, "no \"pattern\"");
}

void att_import_spacy(att_importing *self, att_str bytes)
{
    att_str line;
    json_error_t error;
    while (att_import_line(self, &bytes, &line)) {
        if (!att_str_trim(line).length) continue;
        json_t *object = json_loadb(line.data, line.length, 0, &error);
        if (json_is_object(object)) take_line(self, object);
        else att_import_leave_out(self, "not a JSON object: %s", object ? "something else" : error.text);
        json_decref(object);
    }
}
