#include "tools/import.h"

/* Stages that the pipeline lets make a layer without further declarations. */
static const struct {
    const char *layer, *stage;
} stages[] = { { "TITLE", "titles" },  { "PERSON", "officials" }, { "DATE", "lists" },
               { "COUNTRY", "lists" }, { "DEMONYM", "lists" },    { "IGO", "lists" } };

static const char *stage_of(att_str layer)
{
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (att_str_is(layer, stages[i].layer)) return stages[i].stage;
    return "names";
}

/* Writes a phrase on a line of its own, in quotation marks where it would otherwise mean something else. */
static void write_phrase(att_buf *out, att_str phrase)
{
    bool odd = memchr(phrase.data, '"', phrase.length) || memchr(phrase.data, '#', phrase.length)
               || att_str_starts(phrase, ATT_STR("..")) || att_str_starts(phrase, ATT_STR("file "))
               || att_str_starts(phrase, ATT_STR("note"));
    att_buf_add(out, ATT_STR("  "));
    if (odd) att_import_quote(out, '"', phrase);
    else att_buf_add(out, phrase);
    att_buf_byte(out, '\n');
}

static void write_rule(att_buf *out, att_str name, att_str pattern, att_str layer)
{
    att_buf_format(out, "\nrule %.*s\n  stage    %s\n  match    %.*s\n  make     %.*s\n", ATT_STR_ARG(name), stage_of(layer),
                   ATT_STR_ARG(pattern), ATT_STR_ARG(layer));
}

static void write_label(const att_importing *self, uint32_t number, att_buf *out)
{
    const att_import_label *label = &self->labels.items[number];
    att_str name = self->label_names.items[number];
    if (!label->phrases.count) return;
    att_buf_format(out, "\nlist %.*s\n", ATT_STR_ARG(name));
    if (!label->layer.data) att_buf_add(out, ATT_STR("  note ok C02: what it is a list of is for a rule to say\n"));
    for (uint32_t i = 0; i < label->phrases.count; i++) write_phrase(out, label->phrases.items[i]);
    if (label->layer.data) write_rule(out, name, att_str_format(self->arena, "<%.*s>", ATT_STR_ARG(name)), label->layer);
}

/* Writes a form; '|' and '(' need a backslash to stand for themselves. */
static void write_form(att_buf *out, att_str form)
{
    for (size_t i = 0; i < form.length; i++) {
        if (form.data[i] == '|' || form.data[i] == '(' || form.data[i] == '\\') att_buf_byte(out, '\\');
        att_buf_byte(out, form.data[i]);
    }
}

static void write_entry(const att_import_entry *entry, att_buf *out)
{
    uint32_t names = entry->added ? 0 : 1; /* names that come before the aliases */
    if (!entry->forms.count) return;
    att_buf_format(out, "\n%sentry %.*s %.*s", entry->added ? "add " : "", ATT_STR_ARG(entry->id), ATT_STR_ARG(entry->layer));
    for (uint32_t i = 0; i < entry->forms.count; i++) {
        att_buf_add(out, i < names ? ATT_STR("\n  name     ") : i == names ? ATT_STR("\n  alias    ") : ATT_STR(" | "));
        write_form(out, entry->forms.items[i]);
    }
    att_buf_byte(out, '\n');
}

void att_import_write(const att_importing *self, att_str pack, att_buf *out)
{
    att_buf_format(out, "# Imported from another system.\npack %.*s\n", ATT_STR_ARG(pack));
    for (uint32_t i = 0; i < self->entries.count; i++) write_entry(&self->entries.items[i], out);
    for (uint32_t i = 0; i < self->labels.count; i++) write_label(self, i, out);
    for (uint32_t i = 0; i < self->rules.count; i++) {
        const att_import_rule *rule = &self->rules.items[i];
        write_rule(out, rule->name, rule->pattern, rule->layer);
        if (rule->risky) att_buf_add(out, ATT_STR("  note     ok C09: the expression is the file's\n"));
    }
}
