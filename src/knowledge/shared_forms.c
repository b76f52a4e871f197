#include "knowledge/shared_forms.h"

typedef struct {
    const att_entries *entries;
    const att_blocks *blocks;
    att_names *names;
} form_checker;

enum { COMPARED_FORMS = 16 };

static bool same_words(const att_names *names, const att_form *a, const att_form *b)
{
    uint32_t length = att_form_length(names, a);
    for (uint32_t i = 0; i < length; i++) {
        const att_form_word *x = &names->words.items[a->words + i], *y = &names->words.items[b->words + i];
        if (x->caps != y->caps || x->exact != y->exact) return false;
    }
    return att_form_length(names, b) == length;
}

typedef struct {
    att_names *names;
    uint32_t node;
} form_walk;

static void walk_word(void *user, att_str word)
{
    form_walk *self = user;
    uint64_t caps;
    if (self->node != ATT_NONE)
        self->node = att_names_step(self->names, self->node, att_lexicon_add(self->names->lexicon, word, &caps));
    if (!self->node) self->node = ATT_NONE;
}

att_place att_form_place(att_names *names, const att_source *source, uint32_t number, uint32_t node, bool last)
{
    att_str line = att_source_line(source, number);
    uint32_t line_at = source->line_starts[number - 1];
    size_t start = 0;
    while (start < line.length && line.data[start] == ' ') start++;
    att_place place = { source, line_at + (uint32_t)start, line_at + (uint32_t)line.length };
    if (start) /* the word of a body line */
        while (start < line.length && line.data[start] != ' ') start++;
    for (size_t end; start < line.length; start = end + 1) {
        for (end = start; end < line.length && line.data[end] != '|' && line.data[end] != '\t';) end++;
        att_str text = att_str_trim(att_str_slice(line, start, end));
        form_walk walk = { names, 0 };
        if (!att_names_cut(names, text, walk_word, &walk) || walk.node != node) continue;
        uint32_t at = line_at + (uint32_t)(text.data - line.data);
        place = (att_place){ source, at, at + (uint32_t)text.length };
        if (!last) break;
    }
    return place;
}

static const att_source *source_of(const form_checker *self, const att_form *form)
{
    return self->entries->origins.items[att_entries_line(self->entries, self->names, form)->origin].source;
}

static att_place form_place(const form_checker *self, const att_form *form, uint32_t node, bool last)
{
    uint32_t line = att_entries_line(self->entries, self->names, form)->line;
    return att_form_place(self->names, source_of(self, form), line, node, last);
}

static bool is_laid_over(const form_checker *self, const att_form *form)
{
    const att_source *source = source_of(self, form);
    for (uint32_t i = self->blocks->blocks.count; i--;)
        if (self->blocks->blocks.items[i].file->source == source) return self->blocks->blocks.items[i].file->overlay;
    return false;
}

/* "BEFORE 'a'", or with `after` "BEFORE 'a' and 'b'AFTER". The finding stands where the form was added, if rules are laid
 * over others. */
static void report_forms(const form_checker *self, uint32_t node, const att_form *form, const att_form *other,
                         const char *before, const char *after)
{
    bool swap = is_laid_over(self, other) && !is_laid_over(self, form);
    att_place here = form_place(self, swap ? other : form, node, true);
    att_place there = form_place(self, swap ? form : other, node, false);
    const att_entry *a = &self->entries->entries.items[swap ? other->owner : form->owner];
    const att_entry *b = &self->entries->entries.items[swap ? form->owner : other->owner];
    att_str second = after ? att_str_format(self->blocks->arena, " and '%.*s'%s", ATT_STR_ARG(b->id), after) : ATT_EMPTY;
    att_report(self->blocks->diags, ATT_ERROR, "C10", here, "%s '%.*s'%.*s", before, ATT_STR_ARG(a->id), ATT_STR_ARG(second));
    att_report_note(self->blocks->diags, there, "the other one");
}

/* Whether both entries hold at some time. */
static bool hold_together(const att_entry *a, const att_entry *b)
{
    return att_terms_overlap(a->more->valid, b->more->valid);
}

/* C10 for two forms of one node. */
static void compare_forms(const form_checker *self, uint32_t node, const att_form *form, const att_form *other)
{
    if ((form->flags | other->flags) & ATT_FORM_LETTERED) return; /* made of another form, which is compared */
    if (form->layer != other->layer || !same_words(self->names, form, other)) return;
    const att_entry *a = &self->entries->entries.items[form->owner], *b = &self->entries->entries.items[other->owner];
    if (form->owner == other->owner) {
        report_forms(self, node, form, other, "a form given twice in", NULL);
    } else if (!((form->flags | other->flags) & ATT_FORM_WEAK) && hold_together(a, b)) {
        bool decided_by_country = form->layer == ATT_LAYER_AGENCY && !att_str_equal(a->more->country, b->more->country);
        if (!decided_by_country)
            report_forms(self, node, form, other, "one form for", "; remove it from one or make it weak in both");
    } else if (form->flags & other->flags & ATT_FORM_WEAK && a->is_default && b->is_default) {
        report_forms(self, node, form, other, "two defaults for one weak form,", "");
    }
}

void att_shared_forms_check(const att_entries *entries, const att_blocks *blocks, att_names *names)
{
    const form_checker self = { entries, blocks, names };
    uint32_t node = 0;
    for (uint32_t f = 1; f < names->forms.count; f++) {
        if (att_names_is_node(names, f)) node = f;
        if (names->forms.items[f].owner == ATT_OWNER_BOILERPLATE) continue;
        uint32_t g = att_names_next(names, f);
        for (int i = 0; g && i < COMPARED_FORMS; g = att_names_next(names, g), i++)
            if (names->forms.items[g].owner != ATT_OWNER_BOILERPLATE)
                compare_forms(&self, node, &names->forms.items[f], &names->forms.items[g]);
    }
}
