#include "model/document.h"

void att_document_clear(att_document *self, att_arena *arena)
{
    *self = (att_document){ .arena = arena };
    att_document_set_text(self, ATT_EMPTY);
}

static att_str without_emphasis(const att_document *self, att_str words)
{
    const att_tokens *tokens = &self->tokens;
    const uint32_t start = (uint32_t)(words.data - self->text.data);
    char *out = att_arena_zero(self->arena, words.length + ATT_TEXT_PADDING, 1);
    size_t length = 0;
    uint32_t token = att_tokens_at(tokens, start);
    for (size_t i = 0; i < words.length; i++) {
        while (token < tokens->count && tokens->end[token] <= start + i) token++;
        bool between = token == tokens->count || start + i < tokens->start[token];
        if (!between || (words.data[i] != '*' && words.data[i] != '_')) out[length++] = words.data[i];
    }
    return (att_str){ out, length };
}

const att_paragraph *att_document_title(const att_document *self)
{
    for (uint32_t i = 0; i < self->paragraphs.count; i++) {
        const att_paragraph *paragraph = &self->paragraphs.items[i];
        if (paragraph->kind == ATT_ZONE_TITLE) return paragraph;
        if (paragraph->kind != ATT_ZONE_METADATA && paragraph->tokens.first < paragraph->tokens.last)
            break; /* only the first */
    }
    return NULL;
}

att_str att_document_said(const att_document *self, att_str words)
{
    if (!self->markdown || words.data < self->text.data || words.data >= self->text.data + self->text.length) return words;
    bool marks = memchr(words.data, '*', words.length) || memchr(words.data, '_', words.length);
    return marks ? without_emphasis(self, words) : words;
}

void att_document_set_text(att_document *self, att_str text)
{
    char *copy = att_arena_alloc(self->arena, text.length + ATT_TEXT_PADDING);
    if (text.length) memcpy(copy, text.data, text.length);
    memset(copy + text.length, 0, ATT_TEXT_PADDING);
    self->text = (att_str){ copy, text.length };
}

void att_document_fail(att_document *self, const char *code, att_str message)
{
    self->error_code = code;
    self->error_message = message;
}

void att_document_remark(att_document *self, const char *code, att_str message, uint32_t start)
{
    ATT_RESERVE(self->arena, &self->remarks, 1);
    self->remarks.items[self->remarks.count++] = (att_remark){ code, message, start };
}

bool att_document_tells_place(const att_document *self, uint32_t index)
{
    enum { NEAR = 64 }; /* bytes that a place's name has at most */
    const att_annotation *state = &self->annotations.items[index];
    for (uint32_t i = index; i-- && self->annotations.items[i].start + NEAR > state->start;) {
        const att_annotation *place = &self->annotations.items[i];
        if (place->layer != ATT_LAYER_LOCATION || place->end >= state->start) continue;
        att_str between = att_str_slice(self->text, place->end, state->start);
        if (att_str_is(between, ", ") || att_str_is(between, ", the ")) return true;
    }
    return false;
}

att_str att_cut_code(att_str *rest)
{
    const char *plus = rest->length ? memchr(rest->data, '+', rest->length) : NULL; /* of nothing, no address either */
    size_t end = plus ? (size_t)(plus - rest->data) : rest->length;
    att_str code = att_str_slice(*rest, 0, end);
    *rest = att_str_slice(*rest, plus ? end + 1 : end, rest->length);
    return code;
}

static bool has_code(att_str codes, att_str code)
{
    while (codes.length)
        if (att_str_equal(att_cut_code(&codes), code)) return true;
    return false;
}

bool att_codes_hold(att_str codes, att_str wanted)
{
    if (!codes.length) return !wanted.length;
    while (wanted.length)
        if (!has_code(codes, att_cut_code(&wanted))) return false;
    return true;
}

const char *const att_statement_kind_names[ATT_STATEMENT_KIND_COUNT] = {
#define X(id, name) name,
    ATT_STATEMENT_KINDS(X)
#undef X
};
