/* test_seen.h - what a document has of a layer, as the lines of a test look at it; whether such a line holds.
 *
 * Shape   mentions and topics are annotations; officials and themes are records, a theme once for each place that bears it
 *         out. `unit` counts different spans or records.
 * Owner   the arena given to att_see; views of the document, which must outlive it.
 */
#ifndef ATT_TEST_SEEN_H
#define ATT_TEST_SEEN_H

#include "tools/test_read.h"

typedef struct {
    uint32_t layer;
    uint32_t unit;
    uint32_t start, end;              /* bytes */
    att_str rule;                     /* "agencies/nation-body" */
    const att_annotation *annotation; /* one of these three; the evidence goes with a theme */
    const att_official *official;
    const att_theme *theme;
    const att_evidence *evidence;
} att_seen;

typedef struct {
    const att_engine *engine;
    const att_document *doc;
    att_seen *items;
    uint32_t count, capacity;
} att_seens;

/* Lists what the document has of the layer. */
void att_see(att_seens *self, att_arena *arena, const att_engine *engine, const att_document *doc, uint32_t layer);

/* The value of a field; the null view when it is empty. */
att_str att_seen_field(const att_seens *self, const att_seen *seen, att_str name);

/* Whether a string of a line stands for it: its text; of an official also the name, of a theme also its name or trigger. */
bool att_seen_is(const att_seens *self, const att_seen *seen, att_str string);

/* The same for the fields and the `by` of a line. */
bool att_seen_has_field(const att_seens *self, const att_seen *seen, const att_check_field *field);
bool att_seen_is_by(const att_seen *seen, att_str by);
bool att_seen_fits(const att_seens *self, const att_seen *seen, const att_check *check);

/* What a line's strings stand for here. A line without strings looks for one thing, whatever its text. */
typedef struct {
    const att_seen **found; /* by string; NULL when it is missing */
    uint32_t count;
    bool *taken; /* by unit: a string of a line `==` stands for it */
    bool holds;  /* for a known miss: all is there */
} att_check_result;

/* Finds what each string of the line stands for. */
att_check_result att_check_match(const att_seens *self, att_arena *arena, const att_check *check);

/* What is there in the place of a string that is missing (the null view in a line without strings): what has its text,
 * else what overlaps it, else, for records, what has most of the fields. NULL when nothing is. */
const att_seen *att_seen_instead(const att_seens *self, const att_check *check, att_str string);

/* A value as a line has it: bare where it can be, else in quotation marks; null. */
void att_write_value(att_buf *out, att_str value);
void att_write_string(att_buf *out, att_str text);

/* AGENCY "Coast Guard" id=usa-coastguard by bodies/usa-coastguard; the first two are left out of what is under a mark. */
void att_seen_write(const att_seens *self, const att_seen *seen, att_buf *out);
void att_seen_write_fields(const att_seens *self, const att_seen *seen, att_buf *out);

#endif
