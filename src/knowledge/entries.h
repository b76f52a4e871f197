/* entries.h - reads the blocks `entry`: known names and what they refer to. */
#ifndef ATT_ENTRIES_H
#define ATT_ENTRIES_H

#include "knowledge/dates.h"
#include "knowledge/layers.h"
#include "knowledge/names.h"

/* Data that few entries have. */
typedef struct {
    att_str short_name;    /* for labels; null when none is set */
    att_str code, country; /* `country`: of the entry or its parents; a COUNTRY's own code */
    att_term valid;
    const att_str *demonym; /* fields of its DEMONYM forms; NULL when it has none */
} att_entry_more;

typedef struct {
    att_str id;                 /* "KOR", "usa-state", "*-mofa" */
    att_str name;               /* its first name */
    const att_str *fields;      /* values, by field of the layer */
    const att_entry_more *more; /* entries with equal data share it */
    uint32_t parent;            /* entry, or ATT_NONE */
    uint32_t origin;            /* the block that defines it: index into att_entries.origins */
    uint32_t head_at;           /* byte of the id in its source */
    uint8_t layer;
    bool star;         /* its id begins with "*-": a body that many states have */
    bool is_default;   /* what a weak form means when nothing in the document decides */
    bool has_weak : 1; /* it shares weak forms, so its mentions help to settle them */
    bool of_weak : 1;  /* its country shares weak forms, which its mentions help to settle */
    bool is_dated : 1; /* valid only from or until some date */
} att_entry;

typedef struct {
    uint32_t origin; /* index into att_entries.origins */
    uint32_t line;   /* in the origin's source */
} att_entry_line;

/* What a star entry means in one state. */
typedef struct {
    uint32_t star, own; /* entries: "*-mofa", "rus-mid" */
    uint8_t by;         /* how they are known to be one (own_body.c) */
} att_own_body_of;

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
    } form_lines; /* by form of the names: the line that gave it */
    struct {
        att_own_body_of *items;
        uint32_t count, capacity;
    } own_bodies;    /* by star entry */
    att_slot *slots; /* by id */
    uint32_t slot_count;
} att_entries;

/* Reads all entries and adds their names to `names`. */
void att_entries_read(att_entries *self, const att_blocks *blocks, const att_layers *layers, att_names *names);

/* Whether lines of an entry that begin with this word hold forms of its name. */
bool att_entry_has_forms(att_str word);

/* The entry with that id, or ATT_NONE. */
uint32_t att_entries_find(const att_entries *self, att_str id);

/* For an id such as "kor-mofa" the shared entry "*-mofa"; or ATT_NONE. */
uint32_t att_entries_find_star(const att_entries *self, att_arena *arena, att_str id);

/* For an id such as "kor-mofa" the COUNTRY KOR; or ATT_NONE when the country or the shared entry "*-mofa" is not known. */
uint32_t att_entries_star_country(const att_entries *self, att_arena *arena, att_str id);

/* Where the block of an entry begins. */
att_place att_entries_place(const att_entries *self, uint32_t entry);

/* "; did you mean 'x'?" with the nearest id among the entries of these layers (a bit set), or "". For an id that begins with a
 * country's code only ids of that country are suggested, and an entry whose name has the words behind the code. */
const char *att_entries_near(const att_entries *self, att_arena *arena, att_str id, uint32_t layers);

/* The line that gave a form of an entry. */
static inline const att_entry_line *att_entries_line(const att_entries *self, const att_names *names, const att_form *form)
{
    return &self->form_lines.items[form - names->forms.items];
}

/* Whether the entry is valid at a date; always true for a document without one. */
bool att_entry_valid(const att_entry *self, att_str date);

#endif
