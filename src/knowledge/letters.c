#include "knowledge/letters.h"

#include <string.h>

#include "base/utf8.h"

typedef enum { NO_LETTER, LATIN, GREEK, CYRILLIC, OTHER } script;

static const char *const names[] = { "", "Latin", "Greek", "Cyrillic", "" };

static script script_of(uint32_t code)
{
    bool ascii = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    if (ascii || (code >= 0xC0 && code <= 0x24F) || (code >= 0x1E00 && code <= 0x1EFF)) return LATIN;
    if (code < 0x80) return NO_LETTER;
    if ((code >= 0x370 && code <= 0x3FF) || (code >= 0x1F00 && code <= 0x1FFF)) return GREEK;
    if (code >= 0x400 && code <= 0x52F) return CYRILLIC;
    return att_rune_in_word(att_rune_classify(code)) ? OTHER : NO_LETTER;
}

typedef struct {
    att_diags *diags;
    const att_source *source;
    att_str text;
    size_t at;     /* of the character at hand */
    att_rune rune; /* it */
    size_t before; /* of the one before; text.length at the start of a line */
    script last;   /* of that */
} checker;

static void find(const checker *self, att_severity severity, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void find(const checker *self, att_severity severity, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_place place = { self->source, (uint32_t)self->at, (uint32_t)(self->at + self->rune.length) };
    att_report_list(self->diags, severity, "C15", place, format, arguments);
    va_end(arguments);
}

/* Whether the mark and what stands before it are one character in NFC. */
static bool composes(const checker *self)
{
    if (self->before == self->text.length) return false;
    att_str apart = att_str_slice(self->text, self->before, self->at + self->rune.length);
    att_str one = att_utf8_exact(self->diags->arena, apart);
    return one.length && att_utf8_decode(one, 0).length == one.length;
}

static void check_rune(checker *self)
{
    script own = script_of(self->rune.code);
    att_rune_class class = self->rune.code < 0x80 ? ATT_RUNE_OTHER : att_rune_classify(self->rune.code);
    bool mixed = own && self->last && own != self->last && own != OTHER && self->last != OTHER;
    if (class == ATT_RUNE_INVISIBLE) find(self, ATT_ERROR, "an invisible character, U+%04X; delete it", self->rune.code);
    else if (class == ATT_RUNE_MARK && composes(self))
        find(self, ATT_ERROR, "a mark, U+%04X, apart from its letter; write both as one character (NFC)", self->rune.code);
    else if (mixed)
        find(self, ATT_WARNING, "a %s letter, U+%04X, behind a %s one; is another meant that looks like it?", names[own],
             self->rune.code, names[self->last]);
    if (class == ATT_RUNE_INVISIBLE || class == ATT_RUNE_MARK) return;
    bool told = mixed || (own && self->last == OTHER); /* once a word */
    self->last = told ? OTHER : own;
}

/* The bytes of ASCII from `at` on. */
static size_t plain(att_str text, size_t at)
{
    size_t end = at;
    while (end < text.length && (unsigned char)text.data[end] < 0x80) end++;
    return end - at;
}

static bool is_checked(att_str line)
{
    att_str text = att_str_trim(line);
    return text.length && text.data[0] != '#' && text.data[0] != '|';
}

static void check_line(checker *self, size_t start, size_t end)
{
    self->before = self->text.length;
    self->last = NO_LETTER;
    for (self->at = start; self->at < end; self->at += self->rune.length) {
        self->rune = att_utf8_decode(self->text, self->at);
        check_rune(self);
        self->before = self->at;
    }
}

/* Nobody sees them either, comments and texts of tests included. */
static void check_controls(checker *self)
{
    for (self->at = 0; self->at < self->text.length; self->at++) {
        unsigned char byte = (unsigned char)self->text.data[self->at];
        if ((byte >= 0x20 && byte != 0x7F) || byte == '\t' || byte == '\n' || byte == '\r') continue;
        self->rune = (att_rune){ .code = byte, .length = 1 };
        find(self, ATT_ERROR, "a control character, U+%04X; delete it", byte);
    }
}

void att_letters_check(att_diags *diags, const att_source *source)
{
    checker self = { .diags = diags, .source = source, .text = source->text };
    check_controls(&self);
    for (size_t at = plain(self.text, 0); at < self.text.length; at += plain(self.text, at)) {
        uint32_t line = att_source_locate(source, (uint32_t)at).line;
        size_t start = source->line_starts[line - 1], end = start + att_source_line(source, line).length;
        if (is_checked(att_str_slice(self.text, start, end))) check_line(&self, start, end);
        at = end > at ? end : at + 1;
    }
}

void att_letters_apart(att_diags *diags, att_place place, att_str form)
{
    if (memchr(form.data, ';', form.length))
        att_report(diags, ATT_WARNING, "C15", place, "a semicolon; '|' stands between two");
    if (form.length > 1 && form.data[0] == '"' && form.data[form.length - 1] == '"')
        att_report(diags, ATT_WARNING, "C15", place, "quotation marks, which the text must have too; a name stands without");
}
