/* import.h - names and patterns of other systems on their way to a rule file.
 *
 * Shape   a label of the other system has a list of phrases, and a layer where one is known; what has an id becomes an entry;
 *         patterns become rules. What can't be said in our rules is left out and told.
 * Owner   the arena.
 */
#ifndef ATT_IMPORT_H
#define ATT_IMPORT_H

#include "engine/engine.h"

typedef struct {
    att_str layer; /* null when none is known: a list alone */
    att_map phrases;
    uint32_t patterns; /* so far */
} att_import_label;

typedef struct {
    att_str id, layer;
    bool added; /* the rules have an entry of that id, which gets more names */
    att_map forms;
} att_import_entry;

typedef struct {
    att_str name, layer, pattern;
    bool risky; /* an expression in it has a form that C09 tells of */
} att_import_rule;

typedef struct {
    const att_engine *engine;
    att_doc *doc; /* in which names are looked for that rules have */
    att_arena *arena;
    const char *map; /* "PER=PERSON GPE=LOCATION", or NULL */
    att_map label_names;
    struct {
        att_import_label *items;
        uint32_t count, capacity;
    } labels; /* by name */
    att_map entry_keys;
    struct {
        att_import_entry *items;
        uint32_t count, capacity;
    } entries; /* by key */
    struct {
        att_import_rule *items;
        uint32_t count, capacity;
    } rules;
    void (*left_out)(void *user, const char *text); /* "patterns.jsonl:7: …" */
    void *user;
    att_str path; /* of the file at hand */
    uint64_t line;
    uint64_t taken, skipped;
    bool risky;  /* the pattern at hand, as in its rule */
    bool broken; /* a file could not be read at all */
} att_importing;

/* The label, new or known; its layer is that of the map, else a usual one, else none. */
att_import_label *att_import_label_of(att_importing *self, att_str label);

/* Adds a phrase to the list that the label's rule will ask for. */
void att_import_phrase(att_importing *self, att_str label, att_str phrase);

/* With an id that layers of entries have; else a phrase. */
void att_import_named(att_importing *self, att_str label, att_str id, att_str phrase);

/* A pattern of our language; left out when the label has no layer. */
void att_import_pattern(att_importing *self, att_str label, att_str pattern);

/* Tells that the line at hand is left out. */
void att_import_leave_out(att_importing *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* `word` between `quote` marks. */
void att_import_quote(att_buf *out, char quote, att_str word);

/* Whether the word means itself in a regular expression. A dot behind a letter is taken for one: "U.S." */
bool att_import_is_plain(att_str word);

/* An expression of one token between slashes, or the word that it is; false, told, when it is not well-formed. */
bool att_import_regex(att_importing *self, att_buf *out, att_str regex);

/* Whether they are one word, the capitals of ASCII aside. */
bool att_import_same_word(att_str a, att_str b);

/* Whether the first line names the columns of such a table. */
bool att_import_is_csv(att_arena *arena, att_str bytes);

/* The formats. */
void att_import_csv(att_importing *self, att_str bytes);
void att_import_spacy(att_importing *self, att_str bytes);
void att_import_regexner(att_importing *self, att_str bytes);
void att_import_gate(att_importing *self, att_str bytes); /* lists.def; reads the lists beside it */
void att_import_list(att_importing *self, att_str label, att_str bytes);

/* A whole file in the arena; a null view, told, when it can't be read. */
att_str att_import_file(att_importing *self, att_str path);

/* The next line, without its end; false past the last. Counts lines. */
bool att_import_line(att_importing *self, att_str *rest, att_str *line);

/* The rule file: a pack of what was gathered. */
void att_import_write(const att_importing *self, att_str pack, att_buf *out);

#endif
