#include "tools/import.h"

#include <errno.h>
#include <stdio.h>

#include "base/regex.h"
#include "base/regex_form.h"
#include "base/utf8.h"
#include "tools/tools.h"

/* ---- labels ---- */

/* What attache calls the labels of other systems. */
static const struct {
    const char *label, *layer;
} usual[] = {
    { "PER", "PERSON" },
    { "GPE", "LOCATION" },
    { "LOC", "LOCATION" },
    { "FAC", "LOCATION" },
    { "CITY", "LOCATION" },
    { "ORGANIZATION", "ORG" },
    { "STATE_OR_PROVINCE", "LOCATION" },
    { "LAW", "AGREEMENT" },
    { "JOBTITLE", "TITLE" },
};

bool att_import_same_word(att_str a, att_str b)
{
    if (a.length != b.length) return false;
    for (size_t i = 0; i < a.length; i++) {
        char x = a.data[i], y = b.data[i];
        if (x != y && ((x | 0x20) != (y | 0x20) || (x | 0x20) < 'a' || (x | 0x20) > 'z')) return false;
    }
    return true;
}

/* The layer that the user's map gives to a label, or null. */
static att_str mapped(const char *map, att_str label)
{
    att_str rest = att_str_of(map ? map : "");
    while (rest.length) {
        const char *blank = memchr(rest.data, ' ', rest.length);
        size_t end = blank ? (size_t)(blank - rest.data) : rest.length;
        const char *equals = memchr(rest.data, '=', end);
        size_t cut = equals ? (size_t)(equals - rest.data) : end;
        if (equals && att_import_same_word(att_str_slice(rest, 0, cut), label)) return att_str_slice(rest, cut + 1, end);
        rest = att_str_slice(rest, blank ? end + 1 : end, rest.length);
    }
    return (att_str){ 0 };
}

static att_str layer_of(const att_importing *self, att_str label)
{
    const att_layers *layers = &self->engine->knowledge.layers;
    att_str own = mapped(self->map, label);
    if (own.data) return own;
    for (uint32_t i = 0; i < layers->count; i++)
        if (att_import_same_word(layers->items[i].name, label)) return layers->items[i].name;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (att_import_same_word(att_str_of(usual[i].label), label)) return att_str_of(usual[i].layer);
    return (att_str){ 0 };
}

/* Turns text into a name for rules: small letters, digits and hyphens. */
static att_str ident(att_arena *arena, att_str text)
{
    att_buf out = { .arena = arena };
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c | 0x20);
        bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!out.count && (!fits || c < 'a')) att_buf_add(&out, ATT_STR("x-"));
        if (fits) att_buf_byte(&out, c);
        else if (out.count && out.items[out.count - 1] != '-') att_buf_byte(&out, '-');
    }
    while (out.count && out.items[out.count - 1] == '-') out.count--;
    return out.count ? att_buf_str(&out) : ATT_STR("x");
}

att_import_label *att_import_label_of(att_importing *self, att_str label)
{
    uint32_t known = self->label_names.count, number = att_map_add(&self->label_names, ident(self->arena, label));
    if (number < known) return &self->labels.items[number];
    ATT_RESERVE(self->arena, &self->labels, 1);
    att_import_label *made = &self->labels.items[self->labels.count++];
    *made = (att_import_label){ .layer = layer_of(self, label) };
    att_map_init(&made->phrases, self->arena);
    return made;
}

/* ---- what comes in ---- */

void att_import_leave_out(att_importing *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_str why = att_str_vformat(self->arena, format, arguments);
    va_end(arguments);
    self->risky = false;
    self->skipped++;
    self->left_out(self->user, att_str_format(self->arena, "%.*s:%llu: %.*s", ATT_STR_ARG(self->path),
                                              (unsigned long long)self->line, ATT_STR_ARG(why))
                                   .data);
}

/* Whether the text is UTF-8 on one line; reports it if not. */
static bool is_text(att_importing *self, att_str text)
{
    bool controls = false;
    for (size_t i = 0; i < text.length; i++) controls = controls || (unsigned char)text.data[i] < ' ';
    if (att_utf8_check(text) < text.length) att_import_leave_out(self, "not UTF-8");
    else if (controls) att_import_leave_out(self, "a control character");
    else return true;
    return false;
}

/* Whether the phrase is too long for a name or a list. Counting bytes suffices: too many words have too many bytes. */
static bool is_too_long(const att_importing *self, att_str phrase)
{
    if (phrase.length <= ATT_LONGEST_FORM) return false;
    if (phrase.length > ATT_LONGEST_FORM_BYTES) return true;
    return att_doc_set_text(self->doc, phrase.data, phrase.length, NULL) != ATT_OK || att_doc_tag(self->doc) != ATT_OK
           || att_doc_inside(self->doc)->tokens.count > ATT_LONGEST_FORM;
}

static bool is_phrase(att_importing *self, att_str phrase)
{
    bool word = false;
    if (!is_text(self, phrase)) return false;
    if (is_too_long(self, phrase)) {
        att_import_leave_out(self, "more than %d words or %d bytes", ATT_LONGEST_FORM, ATT_LONGEST_FORM_BYTES);
        return false;
    }
    for (size_t at = 0; at < phrase.length;) {
        att_rune rune = att_utf8_decode(phrase, at);
        word = word || att_rune_in_word(att_rune_classify(rune.code));
        at += rune.length;
    }
    if (!word) att_import_leave_out(self, "no word in it");
    return word;
}

void att_import_phrase(att_importing *self, att_str label, att_str phrase)
{
    phrase = att_str_one_line(self->arena, att_str_trim(phrase));
    if (!is_phrase(self, phrase)) return;
    att_map_add(&att_import_label_of(self, label)->phrases, phrase);
    self->taken++;
}

static bool has_entries(att_str layer)
{
    static const char *const layers[] = { "AGENCY", "ORG", "IGO", "EVENT", "AGREEMENT", "LOCATION" };
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        if (att_str_is(layer, layers[i])) return true;
    return false;
}

/* The id of an entry of the layer that has this name already; null when none has. */
static att_str known_as(const att_importing *self, att_str layer, att_str phrase)
{
    const att_knowledge *knowledge = &self->engine->knowledge;
    if (att_doc_set_text(self->doc, phrase.data, phrase.length, NULL) != ATT_OK) return (att_str){ 0 };
    att_doc_tag(self->doc);
    const att_document *doc = att_doc_inside(self->doc);
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        const att_annotation *one = &doc->annotations.items[i];
        bool whole = one->start == 0 && one->end == phrase.length && one->entry != ATT_NONE;
        if (whole && att_str_equal(knowledge->layers.items[one->layer].name, layer))
            return knowledge->entries.entries.items[one->entry].id;
    }
    return (att_str){ 0 };
}

/* The entry with this id, made if it is new. If the rules have the id, its layer is that of their entry; else it is that of the
 * first name. */
static att_import_entry *entry_of(att_importing *self, att_str id, att_str layer)
{
    const att_knowledge *knowledge = &self->engine->knowledge;
    uint32_t met = self->entry_keys.count, number = att_map_add(&self->entry_keys, id);
    if (number < met) return &self->entries.items[number];
    uint32_t own = att_entries_find(&knowledge->entries, id);
    if (own != ATT_NONE) layer = knowledge->layers.items[knowledge->entries.entries.items[own].layer].name;
    ATT_RESERVE(self->arena, &self->entries, 1);
    att_import_entry *made = &self->entries.items[self->entries.count++];
    *made = (att_import_entry){ .id = id, .layer = layer, .added = own != ATT_NONE };
    att_map_init(&made->forms, self->arena);
    return made;
}

void att_import_named(att_importing *self, att_str label, att_str id, att_str phrase)
{
    att_str layer = att_import_label_of(self, label)->layer;
    if (!id.length || !has_entries(layer)) {
        att_import_phrase(self, label, phrase);
        return;
    }
    phrase = att_str_one_line(self->arena, att_str_trim(phrase));
    if (!is_phrase(self, phrase)) return;
    att_str known_id = known_as(self, layer, phrase);
    if (known_id.data) {
        att_import_leave_out(self, "the rules have '%.*s' already, as %.*s", ATT_STR_ARG(phrase), ATT_STR_ARG(known_id));
        return;
    }
    att_import_entry *entry = entry_of(self, ident(self->arena, id), layer);
    if (!att_str_equal(entry->layer, layer)) {
        att_import_leave_out(self, "'%.*s' is an entry of %.*s, not of %.*s", ATT_STR_ARG(entry->id), ATT_STR_ARG(entry->layer),
                             ATT_STR_ARG(layer));
        return;
    }
    att_map_add(&entry->forms, phrase);
    self->taken++;
}

void att_import_pattern(att_importing *self, att_str label, att_str pattern)
{
    att_import_label *own = att_import_label_of(self, label);
    if (!is_text(self, pattern)) return;
    if (!own->layer.data) {
        att_import_leave_out(self, "a pattern of '%.*s', which is no layer; --map %.*s=LAYER says which", ATT_STR_ARG(label),
                             ATT_STR_ARG(label));
        return;
    }
    ATT_RESERVE(self->arena, &self->rules, 1);
    self->rules.items[self->rules.count++] =
        (att_import_rule){ att_str_format(self->arena, "%.*s-%u", ATT_STR_ARG(ident(self->arena, label)), ++own->patterns),
                           own->layer, pattern, self->risky };
    self->risky = false;
    self->taken++;
}

void att_import_quote(att_buf *out, char quote, att_str word)
{
    att_buf_byte(out, quote);
    for (size_t i = 0; i < word.length; i++) {
        if (word.data[i] == quote || word.data[i] == '\\') att_buf_byte(out, '\\');
        att_buf_byte(out, word.data[i]);
    }
    att_buf_byte(out, quote);
}

bool att_import_is_plain(att_str word)
{
    for (size_t i = 0; i < word.length; i++) {
        bool dot = word.data[i] == '.' && i && strchr("*+?{", i + 1 < word.length ? word.data[i + 1] : ' ') == NULL
                   && word.data[i - 1] != '.';
        if (!dot && strchr(".*+?()[]{}|\\^$", word.data[i])) return false;
    }
    return word.length;
}

bool att_import_regex(att_importing *self, att_buf *out, att_str regex)
{
    att_regex_error error;
    if (att_import_is_plain(regex)) {
        att_import_quote(out, '\'', regex);
        return true;
    }
    att_regex *made = att_regex_new(regex, &error);
    att_regex_free(made);
    if (!made) {
        att_import_leave_out(self, "a bad regular expression: %s", error.message);
        return false;
    }
    self->risky = self->risky || att_regex_form_of(regex) != ATT_REGEX_PLAIN;
    att_buf_byte(out, '/');
    for (size_t i = 0; i < regex.length; i++) {
        if (regex.data[i] == '/' && (!i || regex.data[i - 1] != '\\')) att_buf_byte(out, '\\');
        att_buf_byte(out, regex.data[i]);
    }
    att_buf_byte(out, '/');
    return true;
}

/* ---- files ---- */

static att_str unreadable(att_importing *self, att_str path, const char *why)
{
    self->broken = true;
    self->left_out(self->user, att_str_format(self->arena, "%.*s: %s", ATT_STR_ARG(path), why).data);
    return (att_str){ 0 };
}

/* What is wrong with a file that is no text; else NULL. */
static const char *no_text(const att_importing *self, att_str text)
{
    const char *how = NULL, *what = text.length ? att_packed_as(text.data, text.length, &how) : NULL;
    if (att_str_ends(self->path, ATT_STR(".xlsx")) || att_str_ends(self->path, ATT_STR(".ods")))
        return "a spreadsheet; save it as CSV first";
    if (att_str_starts(text, ATT_STR("\x1f\x8b"))) what = "compressed by gzip"; /* once, that is */
    if (what) return how ? att_str_format(self->arena, "%s; let %s make text of it first", what, how).data : what;
    return text.length && memchr(text.data, '\0', text.length) ? "no text" : NULL;
}

att_str att_import_file(att_importing *self, att_str path)
{
    char bytes[1 << 14];
    bool standard = att_str_is(path, "-");
    FILE *file = standard ? stdin : fopen(att_str_copy(self->arena, path).data, "rb");
    if (!file) return unreadable(self, path, strerror(errno));
    att_buf out = { .arena = self->arena };
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;) att_buf_add(&out, (att_str){ bytes, got });
    bool failed = ferror(file);
    int error = errno;
    if (!standard) fclose(file);
    self->path = standard ? ATT_STR("standard input") : path;
    self->line = 0;
    if (failed) return unreadable(self, path, strerror(error));
    att_str text = att_buf_str(&out);
    const char *why = no_text(self, text);
    if (why) return unreadable(self, self->path, why);
    return att_str_starts(text, ATT_BYTE_ORDER_MARK) ? att_str_slice(text, ATT_BYTE_ORDER_MARK.length, text.length) : text;
}

bool att_import_line(att_importing *self, att_str *rest, att_str *line)
{
    if (!rest->length) return false;
    const char *end = memchr(rest->data, '\n', rest->length);
    size_t length = end ? (size_t)(end - rest->data) : rest->length;
    *line = att_str_slice(*rest, 0, length && rest->data[length - 1] == '\r' ? length - 1 : length);
    *rest = att_str_slice(*rest, end ? length + 1 : length, rest->length);
    self->line++;
    return true;
}
