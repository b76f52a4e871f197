/* diff.c - compares two records of each document of a corpus: what was gained, lost and changed. */
#include <stdlib.h>

#include "tools/diff_show.h"
#include "tools/tools.h"

enum { KEPT = 8 << 20, USUAL_SHOWN = 100, NEAR = 60 /* bytes; mentions that end further before are passed over for good */ };

/* Records of one side whose counterparts have not come yet. A document's key is its id and how often that came on this side. */
typedef struct {
    att_map keys;
    struct {
        char **items; /* malloc'ed; NULL once the counterpart came */
        uint32_t count, capacity;
    } lines;
    att_map ids;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } seen; /* by id: how often it came */
} waiting;

struct att_diff {
    att_guard guard;
    att_arena arena, scratch;
    att_diff_options options;
    att_differences told;
    att_buf out;
    waiting waiting[2]; /* old, new */
    int side;           /* 0 old, 1 new: whose line is being added */
    att_str line;
    att_json *json[2];
    const char *why;
};

/* ---- what two say differently ---- */

static void add_change(att_buf *out, const char *what, att_str old, att_str new)
{
    if (att_str_equal(old, new)) return;
    att_buf_format(out, "%s%s %.*s → %.*s", out->count ? ", " : "", what, ATT_STR_ARG(old.length ? old : ATT_STR("none")),
                   ATT_STR_ARG(new.length ? new : ATT_STR("none")));
}

static void add_fact(att_buf *out, const char *what, att_str value)
{
    if (value.length) att_buf_format(out, "%s%s=%.*s", out->count ? " " : "", what, ATT_STR_ARG(value));
}

/* ---- mentions ---- */

/* Null for ids such as "e7", which have a meaning only within their record. */
static att_str lasting(att_str entity)
{
    bool local = entity.length > 1 && entity.data[0] == 'e' && entity.data[1] >= '0' && entity.data[1] <= '9';
    return local ? (att_str){ 0 } : entity;
}

static int compare_spans(const att_record_mention *a, const att_record_mention *b)
{
    if (a->byte_from != b->byte_from) return a->byte_from < b->byte_from ? -1 : 1;
    if (a->byte_to != b->byte_to) return a->byte_to > b->byte_to ? -1 : 1;
    return att_str_compare(a->type, b->type);
}

static int by_span(const void *left, const void *right)
{
    const att_record_mention *a = *(const att_record_mention *const *)left, *b = *(const att_record_mention *const *)right;
    int order = compare_spans(a, b);
    return order ? order : (a > b) - (a < b);
}

typedef struct {
    const att_record_mention **items;
    uint32_t count, capacity;
} mention_list;

static mention_list sorted(att_diff *self, const att_record *record)
{
    mention_list list = { .count = 0 };
    for (uint32_t i = 0; i < record->mentions.count; i++) {
        ATT_RESERVE(&self->scratch, &list, 1);
        list.items[list.count++] = &record->mentions.items[i];
    }
    if (list.count) qsort(list.items, list.count, sizeof *list.items, by_span);
    return list;
}

static att_difference of_mention(att_diff *self, int sign, const att_record_mention *one, att_str source)
{
    att_buf detail = { .arena = &self->scratch };
    add_fact(&detail, "id", lasting(one->entity));
    if (!att_str_equal(one->code, one->entity)) add_fact(&detail, "code", one->code);
    add_fact(&detail, "country", one->country);
    return (att_difference){ sign, one->type, one->text, att_buf_str(&detail), one->rule, one->line, one, source };
}

static void compare_mentions(att_diff *self, const att_record_mention *old, const att_record_mention *new, att_str source)
{
    att_buf detail = { .arena = &self->scratch };
    add_change(&detail, "id", lasting(old->entity), lasting(new->entity));
    if (!att_str_equal(old->code, old->entity) || !att_str_equal(new->code, new->entity))
        add_change(&detail, "code", old->code, new->code);
    add_change(&detail, "country", old->country, new->country);
    if (!detail.count) {
        att_differences_same(&self->told, new->type);
        return;
    }
    att_differences_tell(&self->told, (att_difference){ ATT_DIFF_CHANGED, new->type, new->text, att_buf_str(&detail), new->rule,
                                                        new->line, new, source });
}

/* A mention that was lost and one that was gained touch: the same thing with another type or other bounds. */
static void tell_moved(att_diff *self, const att_record_mention *old, const att_record_mention *new, att_str source)
{
    att_buf detail = { .arena = &self->scratch };
    add_change(&detail, "type", old->type, new->type);
    if (old->byte_from != new->byte_from || old->byte_to != new->byte_to)
        att_buf_format(&detail, "%swas \"%.*s\" %u-%u", detail.count ? ", " : "", ATT_STR_ARG(old->text), old->from, old->to);
    if (!att_str_equal(old->rule, new->rule) && old->rule.length) att_buf_format(&detail, " (%.*s)", ATT_STR_ARG(old->rule));
    att_differences_tell(&self->told, (att_difference){ ATT_DIFF_CHANGED, new->type, new->text, att_buf_str(&detail), new->rule,
                                                        new->line, new, source });
}

static bool touch(const att_record_mention *a, const att_record_mention *b)
{
    bool same_span = a->byte_from == b->byte_from && a->byte_to == b->byte_to;
    return same_span || (att_str_equal(a->type, b->type) && a->byte_from < b->byte_to && b->byte_from < a->byte_to);
}

/* Tells of mentions that only one side has. Both lists are sorted by place; entries that were paired become NULL. */
static void tell_unequal(att_diff *self, mention_list *lost, mention_list *gained, const att_record *old, const att_record *new)
{
    uint32_t from = 0;
    for (uint32_t i = 0; i < lost->count; i++) {
        const att_record_mention *one = lost->items[i], *other = NULL;
        while (from < gained->count && (!gained->items[from] || gained->items[from]->byte_to + NEAR < one->byte_from)) from++;
        for (uint32_t g = from; g < gained->count && !other; g++) {
            if (gained->items[g] && gained->items[g]->byte_from >= one->byte_to) break;
            if (!gained->items[g] || !touch(one, gained->items[g])) continue;
            other = gained->items[g];
            gained->items[g] = NULL;
        }
        if (other) tell_moved(self, one, other, new->text);
        else att_differences_tell(&self->told, of_mention(self, ATT_DIFF_LOST, one, old->text));
    }
    for (uint32_t g = 0; g < gained->count; g++)
        if (gained->items[g]) att_differences_tell(&self->told, of_mention(self, ATT_DIFF_GAINED, gained->items[g], new->text));
}

static void diff_mentions(att_diff *self, const att_record *old, const att_record *new)
{
    mention_list a = sorted(self, old), b = sorted(self, new), lost = { .count = 0 }, gained = { .count = 0 };
    for (uint32_t i = 0, k = 0; i < a.count || k < b.count;) {
        int order = i == a.count ? 1 : k == b.count ? -1 : compare_spans(a.items[i], b.items[k]);
        if (order == 0) compare_mentions(self, a.items[i++], b.items[k++], new->text);
        mention_list *list = order < 0 ? &lost : &gained;
        if (order == 0) continue;
        ATT_RESERVE(&self->scratch, list, 1);
        list->items[list->count++] = order < 0 ? a.items[i++] : b.items[k++];
    }
    tell_unequal(self, &lost, &gained, old, new);
}

/* ---- officials and themes: facts under a key ---- */

typedef struct {
    att_str kind, key, text;
    const char *names[5];
    att_str values[5];
} fact;

typedef struct {
    fact *items;
    uint32_t count, capacity;
} facts;

static void add_facts(att_diff *self, facts *list, fact one)
{
    ATT_RESERVE(&self->scratch, list, 1);
    list->items[list->count++] = one;
}

static facts facts_of(att_diff *self, const att_record *record)
{
    facts list = { .count = 0 };
    for (uint32_t i = 0; i < record->officials.count; i++) {
        const att_record_official *one = &record->officials.items[i];
        add_facts(self, &list,
                  (fact){ ATT_STR("official"),
                          one->name,
                          one->name,
                          { "title", "agency", "country", "status", "office" },
                          { one->title, one->agency, one->country, one->status, one->office } });
    }
    for (uint32_t i = 0; i < record->themes.count; i++) {
        const att_record_theme *one = &record->themes.items[i];
        att_str key = att_str_join(&self->scratch, one->theme, ATT_STR(" "), one->role);
        add_facts(self, &list,
                  (fact){ ATT_STR("theme"),
                          key,
                          one->theme,
                          { "role", "modality", "topic of the document", "", "" },
                          { one->role, one->modality, one->of_document ? ATT_STR("yes") : ATT_STR("no") } });
    }
    return list;
}

static uint32_t agreement(const fact *a, const fact *b)
{
    uint32_t same = 0;
    for (int i = 0; i < 5; i++) same += att_str_equal(a->values[i], b->values[i]);
    return same;
}

static void tell_fact(att_diff *self, int sign, const fact *one, const fact *old)
{
    att_buf detail = { .arena = &self->scratch };
    for (int i = 0; i < 5; i++) {
        if (old) add_change(&detail, one->names[i], old->values[i], one->values[i]);
        else add_fact(&detail, one->names[i], one->values[i]);
    }
    if (old && !detail.count) att_differences_same(&self->told, one->kind);
    else
        att_differences_tell(
            &self->told,
            (att_difference){ .sign = sign, .kind = one->kind, .text = one->text, .detail = att_buf_str(&detail) });
}

/* Pairs each old fact with the new one of the same key that has the most values in common. */
static void diff_facts(att_diff *self, const att_record *old, const att_record *new)
{
    facts a = facts_of(self, old), b = facts_of(self, new);
    bool *taken = att_arena_zero(&self->scratch, b.count + 1, sizeof *taken);
    for (uint32_t i = 0; i < a.count; i++) {
        uint32_t best = ATT_NONE;
        for (uint32_t k = 0; k < b.count; k++) {
            if (taken[k] || !att_str_equal(a.items[i].kind, b.items[k].kind) || !att_str_equal(a.items[i].key, b.items[k].key))
                continue;
            if (best == ATT_NONE || agreement(&a.items[i], &b.items[k]) > agreement(&a.items[i], &b.items[best])) best = k;
        }
        if (best == ATT_NONE) tell_fact(self, ATT_DIFF_LOST, &a.items[i], NULL);
        else tell_fact(self, ATT_DIFF_CHANGED, &b.items[best], &a.items[i]);
        if (best != ATT_NONE) taken[best] = true;
    }
    for (uint32_t k = 0; k < b.count; k++)
        if (!taken[k]) tell_fact(self, ATT_DIFF_GAINED, &b.items[k], NULL);
}

/* ---- words about the whole document ---- */

static bool has(const att_str *list, uint32_t count, att_str word)
{
    for (uint32_t i = 0; i < count; i++)
        if (att_str_equal(list[i], word)) return true;
    return false;
}

static void diff_words(att_diff *self, const char *kind, const att_str *old, uint32_t old_count, const att_str *new,
                       uint32_t new_count)
{
    for (uint32_t i = 0; i < old_count; i++) {
        if (has(new, new_count, old[i])) att_differences_same(&self->told, att_str_of(kind));
        else
            att_differences_tell(&self->told,
                                 (att_difference){ .sign = ATT_DIFF_LOST, .kind = att_str_of(kind), .text = old[i] });
    }
    for (uint32_t i = 0; i < new_count; i++)
        if (!has(old, old_count, new[i]))
            att_differences_tell(&self->told,
                                 (att_difference){ .sign = ATT_DIFF_GAINED, .kind = att_str_of(kind), .text = new[i] });
}

static void diff_records(att_diff *self, const att_record *old, const att_record *new)
{
    diff_mentions(self, old, new);
    diff_facts(self, old, new);
    diff_words(self, "topic", old->topics, old->topic_count, new->topics, new->topic_count);
    diff_words(self, "view", old->views, old->view_count, new->views, new->view_count);
    diff_words(self, "about", old->about, old->about_count, new->about, new->about_count);
    diff_words(self, "error", &old->error, old->error.data != NULL, &new->error, new->error.data != NULL);
}

/* ---- from outside ---- */

static void prepare(void *argument)
{
    att_diff *self = argument;
    att_differences_init(&self->told, &self->arena, &self->scratch, self->options.limit, self->options.json);
    for (int side = 0; side < 2; side++) {
        att_map_init(&self->waiting[side].keys, &self->arena);
        att_map_init(&self->waiting[side].ids, &self->arena);
    }
}

att_status att_diff_new(att_diff **self, const att_diff_options *options)
{
    *self = calloc(1, sizeof **self);
    if (!*self) return ATT_NOMEM;
    (*self)->options = *options;
    if (!options->limit) (*self)->options.limit = USUAL_SHOWN;
    att_arena_init(&(*self)->arena, &(*self)->guard, 0);
    att_arena_init(&(*self)->scratch, &(*self)->guard, 0);
    att_status status = att_guard_run(&(*self)->guard, prepare, *self);
    if (status == ATT_OK) return ATT_OK;
    att_diff_free(*self);
    *self = NULL;
    return status;
}

void att_diff_free(att_diff *self)
{
    if (!self) return;
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < self->waiting[side].lines.count; i++) free(self->waiting[side].lines.items[i]);
    att_arena_clear(&self->arena);
    att_arena_clear(&self->scratch);
    free(self);
}

/* The key of the next document with this id on this side. */
static att_str key_of(att_diff *self, waiting *own, att_str id)
{
    uint32_t known = own->ids.count, number = att_map_add(&own->ids, id);
    if (number == known) {
        ATT_RESERVE(&self->arena, &own->seen, 1);
        own->seen.items[own->seen.count++] = 0;
    }
    att_buf key = { .arena = &self->scratch };
    att_buf_format(&key, "%u ", ++own->seen.items[number]);
    att_buf_add(&key, id); /* it may have a NUL */
    return att_buf_str(&key);
}

static void keep(att_diff *self, waiting *own, att_str key)
{
    char *line = malloc(self->line.length + 1);
    if (!line) {
        self->why = "out of memory";
        return;
    }
    memcpy(line, self->line.data, self->line.length);
    line[self->line.length] = '\0';
    att_map_add(&own->keys, key);
    ATT_RESERVE(&self->arena, &own->lines, 1);
    own->lines.items[own->lines.count++] = line;
}

/* Whether the lines are equal but for the digest of the rules, which says nothing of the document. */
static bool same_lines(att_str a, att_str b)
{
    static const char mark[] = "\"rules\":\"sha256:";
    const char *found = a.length == b.length ? memmem(a.data, a.length, mark, sizeof mark - 1) : NULL;
    if (!found) return att_str_equal(a, b);
    size_t digest = (size_t)(found - a.data) + sizeof mark - 1, end = digest + 64;
    if (end > a.length || memcmp(a.data, b.data, digest) != 0) return false;
    return memcmp(a.data + end, b.data + end, a.length - end) == 0;
}

static void compare(att_diff *self, const att_record *here, const char *line)
{
    att_record there = *here;
    bool same = same_lines(self->line, att_str_of(line));
    if (!same && !att_record_read(&there, &self->scratch, att_str_of(line), &self->json[1], &self->why)) return;
    att_differences_document(&self->told, here->id.length ? here->id : here->source);
    diff_records(self, self->side ? &there : here, self->side ? here : &there);
}

static void add(void *argument)
{
    att_diff *self = argument;
    att_record record;
    waiting *own = &self->waiting[self->side], *other = &self->waiting[!self->side];
    att_arena_reset(&self->scratch, KEPT);
    if (!att_record_read(&record, &self->scratch, self->line, &self->json[0], &self->why)) return;
    att_str key = key_of(self, own, record.id);
    uint32_t number = att_map_find(&other->keys, key);
    if (number == ATT_NONE) {
        keep(self, own, key);
        return;
    }
    compare(self, &record, other->lines.items[number]);
    free(other->lines.items[number]);
    other->lines.items[number] = NULL;
}

att_status att_diff_add(att_diff *self, bool new, const char *line, size_t length, const char **why)
{
    self->why = NULL;
    self->json[0] = self->json[1] = NULL;
    self->side = new;
    self->line = (att_str){ line, length };
    att_status status = att_guard_run(&self->guard, add, self);
    for (int i = 0; i < 2; i++) att_json_drop(self->json[i]);
    *why = self->why;
    return status;
}

static void tell_alone(void *argument)
{
    att_diff *self = argument;
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < self->waiting[side].lines.count; i++) {
            if (!self->waiting[side].lines.items[i]) continue;
            att_str key = self->waiting[side].keys.items[i];
            const char *blank = memchr(key.data, ' ', key.length);
            att_str id = att_str_slice(key, (size_t)(blank - key.data) + 1, key.length);
            att_differences_document(&self->told, id);
            att_differences_tell(
                &self->told,
                (att_difference){ .sign = side ? ATT_DIFF_GAINED : ATT_DIFF_LOST, .kind = ATT_STR("document"), .text = id });
        }
}

att_status att_diff_end(att_diff *self, bool *differs)
{
    att_status status = att_guard_run(&self->guard, tell_alone, self);
    *differs = self->told.differences;
    return status;
}

static void write_all(void *argument)
{
    att_diff *self = argument;
    att_differences_write(&self->told, &self->out);
}

att_status att_diff_write(att_diff *self, const char **bytes, size_t *size)
{
    att_status status = att_guard_run(&self->guard, write_all, self);
    *bytes = self->out.items ? self->out.items : "";
    *size = self->out.count;
    return status;
}
