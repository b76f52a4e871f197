/* entries.h - the blocks `entry`: known names and what they mean. */
#ifndef ATT_ENTRIES_H
#define ATT_ENTRIES_H

#include "knowledge/layers.h"
#include "knowledge/names.h"

/* What few entries have of their own. */
typedef struct {
    att_str short_name;           /* for labels; null when none is set */
    att_str code, country;        /* country: of the entry or of its parents; a COUNTRY's own code */
    att_str valid_from, valid_to; /* dates, maybe short; null when open */
    const att_str *demonym;       /* fields of its DEMONYM forms; NULL when it has none */
} att_entry_more;

typedef struct {
    att_str id;                 /* "KOR", "usa-state", "*-mofa" */
    att_str name;               /* its first form */
    const att_str *fields;      /* by field of the layer */
    const att_entry_more *more; /* entries that have the same share it */
    uint32_t parent;            /* entry, or ATT_NONE */
    uint32_t origin;            /* of the block that defines it: index into att_entries.origins */
    uint32_t head_at;           /* byte of the id in its source */
    uint8_t layer;
    bool star;         /* id begins with "*-": a body that several states have */
    bool is_default;   /* what a weak form means when the document does not tell */
    bool has_weak : 1; /* shares weak forms: its mentions decide about them */
    bool of_weak : 1;  /* its country does, for which its mentions speak too */
    bool is_dated : 1; /* holds from some date on, or until one */
} att_entry;

typedef struct {
    uint32_t origin; /* index into att_entries.origins */
    uint32_t line;   /* in the origin's source */
} att_entry_line;

typedef struct {
    struct {
        att_entry *items;
        uint32_t count, capacity;
    } entries;
    struct {
        att_origin *items;
        uint32_t count, capacity;
    } origins;
    struct {
        att_entry_line *items;
        uint32_t count, capacity;
    } form_lines;    /* by form of the names: where it was given */
    att_slot *slots; /* by id */
    uint32_t slot_count;
} att_entries;

/* Reads all entries; their names go into `names`. */
void att_entries_read(att_entries *self, const att_blocks *blocks, const att_layers *layers, att_names *names);

/* Whether lines of an entry that begin with the word hold its forms. */
bool att_entry_has_forms(att_str word);

/* The entry of that id, or ATT_NONE. */
uint32_t att_entries_find(const att_entries *self, att_str id);

/* The entry "*-mofa" of a body that several states have, for "kor-mofa" of one of them; or ATT_NONE. */
uint32_t att_entries_find_star(const att_entries *self, att_arena *arena, att_str id);

/* The COUNTRY of that "kor-mofa", or ATT_NONE: where either is not known. */
uint32_t att_entries_star_country(const att_entries *self, att_arena *arena, att_str id);

/* Where its block begins. */
att_place att_entries_place(const att_entries *self, uint32_t entry);

/* "; did you mean 'x'?" with the id nearest to `id` among the entries of these layers (a bit set), or nothing. Of what begins
 * with a country's code only that country's are near, or one whose name has the words behind it. */
const char *att_entries_near(const att_entries *self, att_arena *arena, att_str id, uint32_t layers);

/* Where a form of an entry was given. */
static inline const att_entry_line *att_entries_line(const att_entries *self, const att_names *names, const att_form *form)
{
    return &self->form_lines.items[form - names->forms.items];
}

/* Whether the entry holds at the date; always for documents without one. */
bool att_entry_valid(const att_entry *self, att_str date);

#endif
