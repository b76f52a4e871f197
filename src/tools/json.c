#include "tools/json.h"

#include <jansson.h>

att_json *att_json_read(att_arena *arena, att_str text, const char **why)
{
    json_error_t error;
    json_t *value = json_loadb(text.data, text.length, JSON_ALLOW_NUL, &error);
    if (json_is_object(value)) return value;
    *why = value ? "not a JSON object" : att_str_format(arena, "not JSON: %s", error.text).data;
    json_decref(value);
    return NULL;
}

void att_json_drop(att_json *self)
{
    json_decref(self);
}

const att_json *att_json_at(const att_json *object, const char *key)
{
    return json_object_get(object, key);
}

bool att_json_is_null(const att_json *value)
{
    return !value || json_is_null(value);
}

att_str att_json_string(const att_json *value)
{
    if (!json_is_string(value)) return (att_str){ 0 };
    return (att_str){ json_string_value(value), json_string_length(value) };
}

att_str att_json_text(const att_json *object, const char *key)
{
    return att_json_string(json_object_get(object, key));
}

uint32_t att_json_number(const att_json *object, const char *key)
{
    json_int_t value = json_integer_value(json_object_get(object, key));
    return value < 0 ? 0 : value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

double att_json_real(const att_json *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

bool att_json_integer(const att_json *value, long long *number)
{
    *number = json_integer_value(value);
    return json_is_integer(value);
}

bool att_json_boolean(const att_json *value, bool *truth)
{
    *truth = json_is_true(value);
    return json_is_boolean(value);
}

bool att_json_is_array(const att_json *value)
{
    return json_is_array(value);
}

bool att_json_is_object(const att_json *value)
{
    return json_is_object(value);
}

size_t att_json_count(const att_json *array)
{
    return json_array_size(array);
}

const att_json *att_json_item(const att_json *array, size_t index)
{
    return json_array_get(array, index);
}

bool att_json_each(const att_json *object, void **member, const char **key, const att_json **value)
{
    json_t *of = (json_t *)object; /* jansson's iterators do not take const objects */
    *member = *member ? json_object_iter_next(of, *member) : json_object_iter(of);
    if (!*member) return false;
    *key = json_object_iter_key(*member);
    *value = json_object_iter_value(*member);
    return true;
}

void att_json_write(att_buf *out, const att_json *value)
{
    enum { AS = JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY };
    size_t size = json_dumpb(value, NULL, 0, AS);
    att_buf_reserve(out, size);
    if (json_dumpb(value, out->items + out->count, size, AS) == size) out->count += size;
}
