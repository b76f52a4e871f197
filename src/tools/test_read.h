/* test_read.h - the blocks `test` of the rules: a text, facts about it, and what must and must not come out.
 *
 * Owner   the engine's arena.
 * Errors  findings to the engine's diags; with errors among them the tests must not be run.
 */
#ifndef ATT_TEST_READ_H
#define ATT_TEST_READ_H

#include "engine/engine.h"

/* X(enumerator, how its line begins) */
#define ATT_CHECK_KINDS(X)                                                                                                     \
    X(EXACTLY, "==")                                                                                                           \
    X(PRESENT, "=")                                                                                                            \
    X(ABSENT, "!")                                                                                                             \
    X(MISS, "~")

typedef enum {
#define X(id, mark) ATT_CHECK_##id,
    ATT_CHECK_KINDS(X)
#undef X
        ATT_CHECK_KIND_COUNT
} att_check_kind;

/* A piece of a line: what it says, and the bytes of the source that say it, quotation marks included. */
typedef struct {
    att_str text;
    att_place place;
} att_check_word;

typedef struct {
    att_str name;
    att_check_word value; /* text is the null view for `null` */
} att_check_field;

enum { ATT_MAX_CHECK_WORDS = 64 };

/* One line that is compared. */
typedef struct {
    att_check_kind kind;
    uint32_t layer;
    att_str line; /* as written */
    att_place place;
    att_check_word *strings;
    att_check_field *fields;
    uint32_t string_count, field_count;
    att_check_word by; /* null view: any */
} att_check;

typedef struct {
    att_str name, pack;
    att_place place;
    att_str text;
    att_str date, origin, title; /* null views when not given */
    struct {
        att_check *items;
        uint32_t count, capacity;
    } checks;
} att_test_block;

typedef struct {
    att_test_block *items;
    uint32_t count, capacity;
} att_tests;

/* Reads all tests of a loaded engine. Needs a guard around it: memory is the engine's. */
void att_tests_read(att_tests *self, att_engine *engine);

/* The fields that a line may name beside those that the layer declares; the null view past the end. Officials and themes
 * are compared with their records, which have these fields only. */
att_str att_check_field_name(uint32_t layer, size_t index);
bool att_check_by_record(uint32_t layer);

#endif
