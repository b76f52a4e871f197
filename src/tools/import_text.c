/* import_text.c - tables of RegexNER and lists of GATE. */
#include "tools/import.h"

/* ---- RegexNER: words or regular expressions of tokens, a tab, the label ---- */

static att_str cut_at(att_str text, char mark, att_str *rest)
{
    const char *found = text.length ? memchr(text.data, mark, text.length) : NULL;
    size_t at = found ? (size_t)(found - text.data) : text.length;
    *rest = att_str_slice(text, found ? at + 1 : at, text.length);
    return att_str_slice(text, 0, at);
}

static void take_row(att_importing *self, att_str words, att_str label)
{
    att_buf out = { .arena = self->arena };
    att_str rest = words, word;
    bool plain = true;
    while (rest.length) {
        word = cut_at(rest, ' ', &rest);
        if (!word.length) continue;
        if (out.count) att_buf_byte(&out, ' ');
        plain = plain && att_import_is_plain(word);
        if (!att_import_regex(self, &out, word)) return;
    }
    if (plain) att_import_phrase(self, label, words);
    else att_import_pattern(self, label, att_buf_str(&out));
}

void att_import_regexner(att_importing *self, att_str bytes)
{
    att_str line, more, rest;
    while (att_import_line(self, &bytes, &line)) {
        if (!att_str_trim(line).length || line.data[0] == '#') continue;
        att_str words = cut_at(line, '\t', &more), label = att_str_trim(cut_at(more, '\t', &rest));
        if (label.length) take_row(self, att_str_trim(words), label);
        else att_import_leave_out(self, "no tab with a label behind it");
    }
}

/* ---- GATE: lists.def says which list is of what; a list has a phrase a line, maybe with features behind it ---- */

/* The line without features at its end, such as "&key=value". */
static att_str without_features(att_str line)
{
    for (size_t i = 1; i < line.length; i++) {
        if (!strchr("&:\t", line.data[i])) continue;
        size_t end = i + 1;
        while (end < line.length && (line.data[end] == '_' || line.data[end] >= '0') && line.data[end] != '=') end++;
        if (end > i + 1 && end < line.length && line.data[end] == '=') return att_str_slice(line, 0, i);
    }
    return line;
}

void att_import_list(att_importing *self, att_str label, att_str bytes)
{
    att_str line;
    while (att_import_line(self, &bytes, &line)) {
        att_str phrase = att_str_trim(without_features(line));
        if (phrase.length) att_import_phrase(self, label, phrase);
    }
}

/* Which of GATE's types becomes the label: the most particular one for which a layer is known, else major and minor type
 * together. */
static att_str label_of(att_importing *self, att_str major, att_str minor, att_str type)
{
    const att_str all[] = { type, minor, major };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].length && att_import_label_of(self, all[i])->layer.data) return all[i];
    return minor.length ? att_str_join(self->arena, major, ATT_STR("-"), minor) : major;
}

void att_import_gate(att_importing *self, att_str bytes)
{
    att_str line, rest, definition = self->path;
    const char *slash = memrchr(definition.data, '/', definition.length);
    att_str folder = att_str_slice(definition, 0, slash ? (size_t)(slash - definition.data) + 1 : 0);
    uint64_t number = 0;
    while (att_import_line(self, &bytes, &line)) {
        number = self->line;
        att_str name = att_str_trim(cut_at(line, ':', &rest));
        if (!name.length) continue;
        if (!memchr(line.data, ':', line.length)) {
            att_import_leave_out(self, "no ':' with a type behind the name of a list");
            continue;
        }
        att_str major = att_str_trim(cut_at(rest, ':', &rest)), minor = att_str_trim(cut_at(rest, ':', &rest));
        cut_at(rest, ':', &rest); /* a language, which is passed over */
        att_str label = label_of(self, major.length ? major : name, minor, att_str_trim(cut_at(rest, ':', &rest)));
        bool broken = self->broken;
        att_str list = att_import_file(self, att_str_join(self->arena, folder, ATT_EMPTY, name));
        att_import_list(self, label, list.data ? list : ATT_EMPTY);
        self->skipped += !list.data; /* the other lists are worth having */
        self->broken = broken;
        self->path = definition;
        self->line = number;
    }
}
