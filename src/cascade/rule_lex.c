#include "cascade/rule_lex.h"

#include "base/utf8.h"

enum { LARGEST_NUMBER = 1000000, MOST_SHOWN = 40 /* bytes of a word in a message */ };

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char peek(const att_rule_lexer *self, size_t more)
{
    return self->at + more < self->text.length ? self->text.data[self->at + more] : '\0';
}

/* The symbol of bytes [start, self->at). */
static att_symbol symbol(const att_rule_lexer *self, att_symbol_kind kind, size_t start)
{
    return (att_symbol){ .kind = kind,
                         .text = att_str_slice(self->text, start, self->at),
                         .apart = !start || self->text.data[start - 1] == ' ',
                         .place = { self->source, self->text_at + (uint32_t)start, self->text_at + (uint32_t)self->at } };
}

static att_symbol bad(const att_rule_lexer *self, const char *code, size_t start, const char *what)
{
    att_symbol made = symbol(self, ATT_SYMBOL_BAD, start);
    made.code = code;
    made.text = att_str_of(what);
    return made;
}

/* Letters, digits, "_" and "-": a name, a layer, or neither. */
static att_symbol lex_word(att_rule_lexer *self)
{
    size_t start = self->at;
    bool layer = is_capital(peek(self, 0));
    while (is_small(peek(self, 0)) || is_capital(peek(self, 0)) || is_digit(peek(self, 0)) || peek(self, 0) == '_'
           || (!layer && peek(self, 0) == '-'))
        self->at++;
    att_str word = att_str_slice(self->text, start, self->at);
    if (att_is_ident(word)) return symbol(self, ATT_SYMBOL_IDENT, start);
    if (att_is_layer(word)) return symbol(self, ATT_SYMBOL_LAYER, start);
    att_str shown = att_utf8_head(word, MOST_SHOWN);
    att_str told = att_str_format(
        self->arena, "%.*s is neither a name (small letters) nor a layer (capitals); a word of the text is quoted: \"%.*s\"",
        ATT_STR_ARG(shown), ATT_STR_ARG(shown));
    return bad(self, "S030", start, told.data);
}

static att_symbol lex_number(att_rule_lexer *self)
{
    size_t start = self->at;
    uint32_t number = 0;
    for (; is_digit(peek(self, 0)); self->at++)
        if (number <= LARGEST_NUMBER) number = number * 10 + (uint32_t)(peek(self, 0) - '0');
    if (number > LARGEST_NUMBER) return bad(self, "S033", start, "a number that no rule needs");
    att_symbol made = symbol(self, ATT_SYMBOL_NUMBER, start);
    made.number = number;
    return made;
}

/* "…", '…' or /…/. In the first two "\" stands before a mark or another "\", in the last before "/" only. */
static att_symbol lex_quoted(att_rule_lexer *self, att_symbol_kind kind)
{
    size_t start = self->at++;
    char mark = self->text.data[start];
    att_buf out = { .arena = self->arena };
    for (; self->at < self->text.length && self->text.data[self->at] != mark; self->at++) {
        char c = self->text.data[self->at], next = peek(self, 1);
        bool escape = c == '\\' && (next == mark || (next == '\\' && mark != '/'));
        if (c == '\\' && next == '\\' && mark == '/') att_buf_byte(&out, self->text.data[self->at++]);
        if (escape) self->at++;
        att_buf_byte(&out, self->text.data[self->at]);
    }
    if (self->at >= self->text.length) {
        self->at = start + 1;
        att_symbol open = bad(self, "S007", start, "not closed on its line");
        self->at = self->text.length;
        return open;
    }
    self->at++;
    att_symbol made = symbol(self, kind, start);
    made.text = att_str_copy(self->arena, att_buf_str(&out)); /* without the rest of the buffer */
    return made;
}

static att_symbol lex_other(att_rule_lexer *self)
{
    size_t start = self->at;
    att_rune rune = att_utf8_decode(self->text, start);
    self->at += rune.length;
    char shape = att_rune_shape(rune.code);
    if (rune.code >= 0x80 && (shape == '"' || shape == '\''))
        return bad(self, "S030", start, "a curly quotation mark; rules quote with straight ones, which meet both in the text");
    if (rune.code == '-') return bad(self, "S030", start, "a '-' outside of quotation marks; one to three times is {1,3}");
    return bad(self, "S030", start, "not a part of any pattern or value; words of the text stand in quotation marks");
}

att_symbol att_rule_next(att_rule_lexer *self)
{
    while (peek(self, 0) == ' ' && self->at < self->text.length) self->at++;
    size_t start = self->at;
    char c = peek(self, 0), next = peek(self, 1);
    if (start >= self->text.length) return symbol(self, ATT_SYMBOL_END, start);
    if (is_small(c) || is_capital(c)) return lex_word(self);
    if (is_digit(c)) return lex_number(self);
    if (c == '"') return lex_quoted(self, ATT_SYMBOL_STRING);
    if (c == '\'') return lex_quoted(self, ATT_SYMBOL_EXACT);
    if (c == '/') return lex_quoted(self, ATT_SYMBOL_REGEX);
    if (c == '*' && next == '-' && (is_small(peek(self, 2)) || is_capital(peek(self, 2)))) {
        self->at += 2;
        att_symbol rest = lex_word(self);
        return rest.kind == ATT_SYMBOL_BAD ? rest : symbol(self, ATT_SYMBOL_STAR, start);
    }
    if (!c || !strchr("<>@[](){}|&!?*+,:=.", c)) return lex_other(self);
    bool two = (c == '.' && next == '.') || (c == '!' && next == '=');
    self->at += two ? 2 : 1;
    if (two) return symbol(self, c == '.' ? ATT_SYMBOL_DOTS : ATT_SYMBOL_DIFFERS, start);
    att_symbol made = symbol(self, ATT_SYMBOL_MARK, start);
    made.mark = c;
    return made;
}
