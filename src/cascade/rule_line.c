#include "cascade/rule_line.h"

#include "base/utf8.h"
#include "knowledge/overlay.h"

enum {
    FINDINGS_A_LINE = 10,
    MOST_SHOWN = 40,
    MOST_NAME = 80 /* bytes of a symbol or name in a message */,
    MOST_LISTED = 32 /* names */
};

void att_rule_line_start(att_rule_line *self, const att_source *source, att_str text, uint32_t text_at)
{
    self->lexer = (att_rule_lexer){ .arena = self->room->arena, .source = source, .text = text, .text_at = text_at };
    self->findings = self->depth = 0;
    att_rule_line_advance(self);
}

static void close_line(att_rule_line *self)
{
    self->lexer.at = self->lexer.text.length;
    self->symbol = att_rule_next(&self->lexer);
}

static void vreport(att_rule_line *self, const char *code, att_place place, const char *format, va_list arguments)
{
    att_str message = att_str_vformat(self->room->arena, format, arguments);
    if (self->findings < FINDINGS_A_LINE) att_report(self->room->knowledge->diags, ATT_ERROR, code, place, "%s", message.data);
    self->findings++;
    if (self->findings >= FINDINGS_A_LINE) close_line(self);
}

void att_rule_line_report(att_rule_line *self, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vreport(self, code, place, format, arguments);
    va_end(arguments);
}

void att_rule_line_fail(att_rule_line *self, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vreport(self, code, place, format, arguments);
    va_end(arguments);
    self->findings = FINDINGS_A_LINE;
    close_line(self);
}

bool att_rule_line_failed(const att_rule_line *self)
{
    return self->findings >= FINDINGS_A_LINE;
}

void att_rule_line_advance(att_rule_line *self)
{
    self->symbol = att_rule_next(&self->lexer);
    if (self->symbol.kind == ATT_SYMBOL_BAD)
        att_rule_line_fail(self, self->symbol.code, self->symbol.place, "%.*s", ATT_STR_ARG(self->symbol.text));
}

bool att_rule_line_at(const att_rule_line *self, char mark)
{
    return self->symbol.kind == ATT_SYMBOL_MARK && self->symbol.mark == mark;
}

bool att_rule_line_at_word(const att_rule_line *self, const char *word)
{
    return self->symbol.kind == ATT_SYMBOL_IDENT && att_str_is(self->symbol.text, word);
}

/* The symbol as the message shows it: cut when it is long. */
static att_str symbol_shown(const att_rule_line *self)
{
    att_place place = self->symbol.place;
    att_str text = att_str_slice(self->lexer.text, place.start - self->lexer.text_at, place.end - self->lexer.text_at);
    return att_utf8_head(text, MOST_SHOWN);
}

void att_rule_line_unexpected(att_rule_line *self, const char *expected)
{
    if (att_rule_line_failed(self)) return;
    if (self->symbol.kind == ATT_SYMBOL_END)
        att_rule_line_fail(self, "S030", self->symbol.place, "expected %s, but the line ends", expected);
    else
        att_rule_line_fail(self, "S030", self->symbol.place, "expected %s, not %.*s", expected,
                           ATT_STR_ARG(symbol_shown(self)));
}

bool att_rule_line_expect(att_rule_line *self, char mark, const char *where)
{
    if (att_rule_line_at(self, mark)) {
        att_rule_line_advance(self);
        return true;
    }
    att_rule_line_unexpected(self, att_str_format(self->room->arena, "'%c' %s", mark, where).data);
    return false;
}

void att_rule_line_unknown(att_rule_line *self, const char *what, att_str name, att_place place, const att_str *names,
                           size_t count)
{
    att_str near = { 0 }, shown = att_utf8_head(name, MOST_NAME);
    if (self->room->suggestions) {
        near = att_str_nearest(name, names, count);
        self->room->suggestions--;
    }
    att_buf hint = { .arena = self->room->arena };
    if (near.data) att_buf_format(&hint, "; did you mean '%.*s'?", ATT_STR_ARG(near));
    else if (count <= MOST_LISTED)
        for (size_t i = 0; i < count; i++)
            if (names[i].length) /* a capture may have none */
                att_buf_format(&hint, "%s%.*s", hint.count ? ", " : "; there is ", ATT_STR_ARG(names[i]));
    att_rule_line_report(self, "C01", place, "unknown %s '%.*s'%.*s", what, ATT_STR_ARG(shown),
                         ATT_STR_ARG(att_buf_str(&hint)));
}

/* ---- names ---- */

bool att_rule_sees(att_rule_line *self, uint32_t home, const char *what, att_str name, att_place place)
{
    const att_blocks *blocks = &self->room->knowledge->blocks;
    if (att_pack_sees(blocks, self->pack, home)) return true;
    att_str there = blocks->packs.items[home].name;
    att_rule_line_report(self, "C01", place,
                         "%s '%.*s' is of pack '%.*s', which this pack does not see; write 'needs %.*s' in it", what,
                         ATT_STR_ARG(name), ATT_STR_ARG(there), ATT_STR_ARG(there));
    return false;
}

uint32_t att_rule_read_layer(att_rule_line *self)
{
    const att_layers *layers = &self->room->knowledge->layers;
    if (self->symbol.kind != ATT_SYMBOL_LAYER) {
        const att_str word = self->symbol.text;
        bool is_list =
            self->symbol.kind == ATT_SYMBOL_IDENT && att_map_find(&self->room->knowledge->lists.by_name, word) != ATT_NONE;
        if (is_list)
            att_rule_line_fail(self, "S030", self->symbol.place, "expected a layer, such as AGENCY; a list is written <%.*s>",
                               ATT_STR_ARG(word));
        else att_rule_line_unexpected(self, "a layer, such as AGENCY");
        return ATT_NONE;
    }
    uint32_t layer = att_layers_find(layers, self->symbol.text);
    if (layer == ATT_NONE) {
        att_str names[ATT_MAX_LAYERS];
        for (uint32_t i = 0; i < layers->count; i++) names[i] = layers->items[i].name;
        att_rule_line_unknown(self, "layer", self->symbol.text, self->symbol.place, names, layers->count);
    }
    att_rule_line_advance(self);
    return layer;
}

uint32_t att_rule_read_list(att_rule_line *self)
{
    att_phrase_lists *lists = &self->room->knowledge->lists;
    if (!att_rule_line_expect(self, '<', "before a list's name")) return ATT_NONE;
    if (self->symbol.kind == ATT_SYMBOL_LAYER) {
        att_rule_line_fail(self, "S030", self->symbol.place, "expected a list's name; a layer is written @%.*s",
                           ATT_STR_ARG(self->symbol.text));
        return ATT_NONE;
    }
    if (self->symbol.kind != ATT_SYMBOL_IDENT) {
        att_rule_line_unexpected(self, "a list's name");
        return ATT_NONE;
    }
    att_str name = self->symbol.text;
    att_place place = self->symbol.place;
    uint32_t list = att_lists_find(lists, &self->room->knowledge->blocks, name, self->pack);
    att_rule_line_advance(self);
    att_rule_line_expect(self, '>', "behind a list's name");
    if (list == ATT_NONE) {
        if (att_block_missed(&self->room->knowledge->blocks, ATT_BLOCK_LIST, name, place)) return ATT_NONE;
        att_rule_line_unknown(self, "list", name, place, lists->by_name.items, lists->by_name.count);
        return ATT_NONE;
    }
    att_rule_sees(self, lists->lists.items[list].block->home, "list", name, place);
    lists->lists.items[list].uses++;
    return list;
}

uint32_t att_rule_capture(att_rule_line *self, att_str name, att_place place)
{
    static const char *const words[] = { "or", "and", "not", "in", "null" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (att_str_is(name, words[i])) {
            att_rule_line_fail(self, "S006", place, "'%s' has a meaning of its own; give the capture another name", words[i]);
            return ATT_NONE;
        }
    for (uint32_t i = 0; i < *self->capture_count; i++)
        if (att_str_equal(self->captures[i], name)) return i;
    if (*self->capture_count == ATT_MAX_CAPTURES) {
        att_rule_line_fail(self, "S021", place, "more than %d captures", ATT_MAX_CAPTURES);
        return ATT_NONE;
    }
    self->captures[*self->capture_count] = name;
    return (*self->capture_count)++;
}

bool att_rule_line_weigh(att_rule_line *self, uint64_t more)
{
    self->weight += more;
    if (self->weight <= ATT_HEAVIEST_PATTERN) return true;
    if (!att_rule_line_failed(self))
        att_rule_line_fail(self, "S034", self->symbol.place,
                           "too large a pattern; %d parts are the most, repeats and phrases counted out", ATT_HEAVIEST_PATTERN);
    return false;
}

void att_rule_line_note_end(att_rule_line *self, att_place place)
{
    self->has_end = true;
    if (!self->in_context && !self->in_phrase)
        att_rule_line_report(self, "C05", place, "'end' is beyond the text; only contexts (followed-by …) can see it");
}
