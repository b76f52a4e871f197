/* json.h - JSON read for tools: the one room here with jansson.
 *
 * Owner   values belong to what att_json_read gave, texts are views of it. All calls take NULL for a value that is not there.
 */
#ifndef ATT_TOOLS_JSON_H
#define ATT_TOOLS_JSON_H

#include "base/str.h"

typedef struct json_t att_json;

/* One object; NULL with `*why` in the arena. */
att_json *att_json_read(att_arena *arena, att_str text, const char **why);
void att_json_drop(att_json *self);

/* Members of an object and what they hold. What is missing or of another type counts as 0 unless said otherwise. */
const att_json *att_json_at(const att_json *object, const char *key);
bool att_json_is_null(const att_json *value);                   /* also when it is not there */
att_str att_json_string(const att_json *value);                 /* a null view when it is none */
att_str att_json_text(const att_json *object, const char *key); /* the same for a member */
uint32_t att_json_number(const att_json *object, const char *key);
double att_json_real(const att_json *object, const char *key);

/* Puts the value into *number or *truth. False when it is of another type. */
bool att_json_integer(const att_json *value, long long *number); /* false when it is none */
bool att_json_boolean(const att_json *value, bool *truth);

bool att_json_is_array(const att_json *value);
bool att_json_is_object(const att_json *value);

/* Items of an array; 0 for what is none. */
size_t att_json_count(const att_json *array);
const att_json *att_json_item(const att_json *array, size_t index);

/* Members of an object, one after the other: `*member` starts as NULL. False past the last. */
bool att_json_each(const att_json *object, void **member, const char **key, const att_json **value);

/* The value as JSON on one line, members by name. */
void att_json_write(att_buf *out, const att_json *value);

#endif
