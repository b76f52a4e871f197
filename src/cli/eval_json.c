/* eval_json.c - a line of the gold form, or a record of attache's, as a document to compare. */
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "attache.h"
#include "cli/eval_doc.h"

static const char *text_of(cli_pool *pool, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_integer(value)) return cli_pool_format(pool, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return json_is_string(value) ? cli_pool_copy(pool, json_string_value(value), json_string_length(value)) : NULL;
}

static void read_words(eval_words *to, cli_pool *pool, const json_t *list)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (json_is_string(item)) eval_words_add(to, pool, cli_pool_word(pool, json_string_value(item)));
    }
}

static void add_claim(eval_claims *to, cli_pool *pool, eval_claim claim)
{
    CLI_RESERVE(pool, to);
    to->items[to->count++] = claim;
}

static const char *word_of(cli_pool *pool, const json_t *value)
{
    return cli_pool_word(pool, json_string_value(value));
}

/* What gold quotes for a claim: `evidence` is a list of [claim, quote]. */
static const char *quote_of(cli_pool *pool, const json_t *evidence, const char *claim)
{
    size_t i;
    json_t *pair;
    json_array_foreach(evidence, i, pair)
    {
        const char *of = json_string_value(json_array_get(pair, 0));
        if (of && strcmp(of, claim) == 0) return word_of(pool, json_array_get(pair, 1));
    }
    return NULL;
}

static void read_claims(eval_claims *to, cli_pool *pool, const json_t *list, const json_t *evidence)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        const char *text = word_of(pool, item);
        if (text) add_claim(to, pool, (eval_claim){ .text = text, .quote = quote_of(pool, evidence, text) });
    }
}

static bool read_place(const json_t *object, const char *key, uint32_t *place)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > UINT32_MAX) return false;
    *place = (uint32_t)json_integer_value(value);
    return true;
}

/* `type` is the key that says what a span is: "label" in gold, "type" in records. Returns what is wrong, or NULL. */
static const char *read_spans(eval_spans *to, cli_pool *pool, const json_t *list, const char *type)
{
    size_t i;
    json_t *item;
    if (list && !json_is_array(list)) return "its spans are no list";
    json_array_foreach(list, i, item)
    {
        eval_span span = { .type = text_of(pool, item, type),
                           .code = text_of(pool, item, "code"),
                           .rule = text_of(pool, item, "rule") };
        if (!span.type || !read_place(item, "start", &span.start) || !read_place(item, "end", &span.end)
            || span.start >= span.end)
            return "a span without start, end and label";
        read_words(&span.also, pool, json_object_get(item, "alt"));
        CLI_RESERVE(pool, to);
        to->items[to->count++] = span;
    }
    return NULL;
}

static void read_officials(eval_officials *to, cli_pool *pool, const json_t *list)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        CLI_RESERVE(pool, to);
        to->items[to->count++] =
            (eval_official){ text_of(pool, item, "name"), text_of(pool, item, "title"), text_of(pool, item, "agency"),
                             text_of(pool, item, "country"), text_of(pool, item, "rule") };
    }
}

/* The pairs of a record's themes, one for each actor. */
static void read_themes(eval_claims *pairs, cli_pool *pool, const json_t *themes)
{
    size_t i, k;
    json_t *theme, *actor;
    json_array_foreach(themes, i, theme)
    {
        const char *topic = json_string_value(json_object_get(theme, "topic"));
        const json_t *first = json_array_get(json_object_get(theme, "evidence"), 0);
        json_array_foreach(json_object_get(theme, "actors"), k, actor)
        {
            if (!topic || !json_is_string(actor)) continue;
            const char *pair = cli_pool_format(pool, "%s@%s", topic, json_string_value(actor));
            add_claim(pairs, pool, (eval_claim){ pair, text_of(pool, first, "text"), text_of(pool, first, "rule") });
        }
    }
}

static const char *read_record(eval_doc *self, cli_pool *pool, const json_t *object)
{
    const char *unit = json_string_value(json_object_get(object, "offsets"));
    const json_t *schema = json_object_get(object, "schema");
    if (schema && json_integer_value(schema) != ATT_SCHEMA_VERSION) return ATT_WRONG_SCHEMA;
    if (unit && strcmp(unit, "codepoint") != 0) return "its offsets are not code points; write it with --offsets codepoint";
    self->whole = self->has_about = true;
    read_themes(&self->pairs, pool, json_object_get(object, "themes"));
    read_claims(&self->topics, pool, json_object_get(object, "topics"), NULL);
    read_claims(&self->countries, pool, json_object_get(object, "countries"), NULL);
    read_claims(&self->about, pool, json_object_get(object, "about"), NULL);
    return read_spans(&self->spans, pool, json_object_get(object, "mentions"), "type");
}

static const char *read_gold(eval_doc *self, cli_pool *pool, const json_t *object)
{
    const json_t *doc = json_object_get(object, "doc"), *about = json_object_get(doc, "about");
    const json_t *evidence = json_object_get(object, "evidence");
    if (!about) about = json_object_get(doc, "countries3");
    self->whole = json_is_array(json_object_get(object, "officials"));
    if (self->whole) {
        read_claims(&self->pairs, pool, json_object_get(doc, "scoped"), json_object_get(evidence, "scoped"));
        read_claims(&self->topics, pool, json_object_get(doc, "topics"), json_object_get(evidence, "topics"));
        read_claims(&self->countries, pool, json_object_get(doc, "countries"), NULL);
    }
    self->has_about = json_is_array(about);
    read_claims(&self->about, pool, about, NULL);
    const char *why = read_spans(&self->spans, pool, json_object_get(object, "spans"), "label");
    return why ? why : read_spans(&self->ignored, pool, json_object_get(object, "ignored"), "label");
}

static void read_facts(eval_doc *self, cli_pool *pool, const json_t *object)
{
    const json_t *text = json_object_get(object, "text");
    self->source = text_of(pool, object, "source");
    self->title = text_of(pool, object, "title");
    self->date = text_of(pool, object, "date");
    self->origin = text_of(pool, object, "origin");
    self->text = text_of(pool, object, "text");
    self->length = json_is_string(text) ? json_string_length(text) : 0;
}

bool eval_doc_from_json(eval_doc *self, cli_pool *pool, const char *line, size_t length, const char **why)
{
    json_error_t error;
    json_t *object = json_loadb(line, length, JSON_ALLOW_NUL, &error);
    *self = (eval_doc){ 0 };
    *why = NULL;
    if (!json_is_object(object)) {
        *why = object ? "not an object" : cli_pool_format(pool, "not JSON: %s", error.text);
    } else {
        read_facts(self, pool, object);
        self->id = text_of(pool, object, "id");
        read_officials(&self->officials, pool, json_object_get(object, "officials"));
        bool record = json_object_get(object, "schema") || json_object_get(object, "mentions");
        *why = record ? read_record(self, pool, object) : read_gold(self, pool, object);
        if (!self->id) *why = "no id";
        else if (!*why) *why = eval_doc_misplaced(self, pool);
    }
    json_decref(object);
    return !*why;
}
