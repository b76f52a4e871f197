/* report_sum.c - adds records up. */
#include "tools/report.h"

#include <stdlib.h>

void att_page_init(att_page_all *self, att_arena *arena, att_arena *scratch, uint32_t most_shown)
{
    *self = (att_page_all){ .arena = arena, .scratch = scratch, .most_shown = most_shown };
    self->pages.arena = self->failed.arena = arena;
    att_page_sums *const all[] = { &self->types,    &self->countries,     &self->agencies, &self->officials, &self->themes,
                                   &self->topics,   &self->views,         &self->crosses,  &self->days,      &self->forms,
                                   &self->speakers, &self->speaker_forms, &self->said };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) att_map_init(&all[i]->keys, arena);
    att_map_init(&self->names, arena);
}

/* Counts a mention of `key`, and the document if this is its first. Returns the count. */
att_page_count *att_page_count_key(att_page_all *self, att_page_sums *sums, att_str key)
{
    uint32_t known = sums->keys.count, number = att_map_add(&sums->keys, key);
    if (number == known) {
        ATT_RESERVE(self->arena, &sums->counts, 1);
        sums->counts.items[sums->counts.count++] = (att_page_count){ 0 };
    }
    att_page_count *one = &sums->counts.items[number];
    if (one->last != self->documents) one->documents++;
    one->last = self->documents;
    return one;
}

static att_str name_key(const att_page_all *self, char kind, att_str id)
{
    return att_str_join(self->scratch, (att_str){ &kind, 1 }, ATT_EMPTY, id);
}

/* Notes the name under which an id is shown; the first one stays. */
static void name(att_page_all *self, char kind, att_str id, att_str name)
{
    if (!id.length || !name.length) return;
    uint32_t known = self->names.count;
    if (att_map_add(&self->names, name_key(self, kind, id)) < known) return;
    ATT_RESERVE(self->arena, &self->named, 1);
    self->named.items[self->named.count++] = att_str_copy(self->arena, name);
}

att_str att_page_name(const att_page_all *self, char kind, att_str id)
{
    uint32_t number = att_map_find(&self->names, name_key(self, kind, id));
    return number == ATT_NONE ? id : self->named.items[number];
}

void att_page_add_field(att_buf *key, att_str field)
{
    if (key->count) att_buf_byte(key, '\n');
    for (size_t i = 0; i < field.length; i++) att_buf_byte(key, field.data[i] == '\n' ? ' ' : field.data[i]);
}

/* ---- what a record has ---- */

static void count_entities(att_page_all *self, const att_record *record)
{
    for (uint32_t i = 0; i < record->entities.count; i++) {
        const att_record_entity *one = &record->entities.items[i];
        if (att_str_is(one->type, "COUNTRY")) {
            att_page_count_key(self, &self->countries, one->id)->mentions += one->mentions;
            name(self, 'C', one->id, one->name);
        } else if (att_str_is(one->type, "AGENCY")) {
            att_buf key = { .arena = self->scratch };
            bool local = one->id.length > 1 && one->id.data[0] == 'e' && one->id.data[1] >= '0' && one->id.data[1] <= '9';
            /* Ids such as "e7" have a meaning only within their record, so the name counts. */
            att_page_add_field(&key, one->name);
            att_page_add_field(&key, one->country);
            att_page_add_field(&key, local ? ATT_EMPTY : one->id);
            att_page_count_key(self, &self->agencies, att_buf_str(&key))->mentions += one->mentions;
        }
    }
    for (uint32_t i = 0; i < record->mentions.count; i++) {
        const att_record_mention *one = &record->mentions.items[i];
        att_page_count_key(self, &self->types, one->type)->mentions++;
        if (att_str_is(one->type, "IGO")) name(self, 'C', one->code, one->text);
    }
    self->mentions += record->mentions.count;
    for (uint32_t i = 0; i < record->about_count; i++) att_page_count_key(self, &self->countries, record->about[i])->about++;
}

att_str att_page_family_name(att_str name)
{
    static const char *const tails[] = { "Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV" };
    for (;;) {
        while (name.length && (name.data[name.length - 1] == ' ' || name.data[name.length - 1] == ',')) name.length--;
        const char *blank = name.length ? memrchr(name.data, ' ', name.length) : NULL;
        att_str last = att_str_slice(name, blank ? (size_t)(blank + 1 - name.data) : 0, name.length);
        bool tail = false;
        for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) tail = tail || att_str_is(last, tails[i]);
        if (!tail || !blank) return last;
        name.length = (size_t)(blank - name.data);
    }
}

/* Under which key an official is counted. Holders of a known office are one person if their family names agree, in any case;
 * others must agree in all that the record says. */
static att_str official_key(const att_page_all *self, const att_record_official *one)
{
    att_buf key = { .arena = self->scratch };
    att_str family = att_page_family_name(one->name);
    att_page_add_field(&key, one->office.length ? one->office : one->title);
    att_page_add_field(&key, one->office.length ? family : one->name);
    if (one->office.length)
        for (size_t i = key.count - family.length; i < key.count; i++)
            if (key.items[i] >= 'A' && key.items[i] <= 'Z') key.items[i] = (char)(key.items[i] | 0x20);
    att_page_add_field(&key, one->office.length ? ATT_EMPTY : one->agency);
    att_page_add_field(&key, one->country);
    att_page_add_field(&key, one->status);
    return att_buf_str(&key);
}

/* Counts how often the person is written in this way; the most frequent way is shown. */
static void count_form(att_page_all *self, uint32_t number, const att_record_official *one)
{
    att_buf key = { .arena = self->scratch };
    att_buf_number(&key, number);
    const att_str fields[] = { one->name, one->title, one->agency, one->country, one->status };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) att_page_add_field(&key, fields[i]);
    att_page_count_key(self, &self->forms, att_buf_str(&key));
}

static void count_officials(att_page_all *self, const att_record *record)
{
    for (uint32_t i = 0; i < record->officials.count; i++) {
        const att_record_official *one = &record->officials.items[i];
        att_str key = official_key(self, one);
        att_page_count_key(self, &self->officials, key)->mentions++;
        count_form(self, att_map_find(&self->officials.keys, key), one);
    }
}

static void count_day(att_page_all *self, att_str theme, att_str date)
{
    att_buf key = { .arena = self->scratch };
    if (!date.length) return;
    att_page_add_field(&key, theme);
    att_page_add_field(&key, date);
    att_page_count_key(self, &self->days, att_buf_str(&key));
}

/* The topic in a label of a theme: "Missiles" of "DPRK: missiles". */
static att_str topic_in(att_page_all *self, att_str label)
{
    const char *colon = memmem(label.data ? label.data : "", label.length, ": ", 2);
    if (!colon) return label;
    att_str tail = att_str_copy(self->scratch, att_str_slice(label, (size_t)(colon + 2 - label.data), label.length));
    if (tail.length && tail.data[0] >= 'a' && tail.data[0] <= 'z') ((char *)tail.data)[0] = (char)(tail.data[0] - 0x20);
    return tail;
}

static void count_themes(att_page_all *self, const att_record *record)
{
    for (uint32_t i = 0; i < record->themes.count; i++) {
        const att_record_theme *one = &record->themes.items[i];
        if (att_str_is(one->modality, "negated")) continue;
        name(self, 'T', one->topic, topic_in(self, one->label));
        if (one->of_document) att_page_count_key(self, &self->topics, one->topic)->mentions++;
        if (one->of_document) count_day(self, one->topic, record->date);
        if (!one->actor_count) continue;
        name(self, 'H', one->theme, one->label);
        att_page_count_key(self, &self->themes, one->theme)->mentions++;
        count_day(self, one->theme, record->date);
        for (uint32_t a = 0; a < one->actor_count; a++) {
            att_buf key = { .arena = self->scratch };
            att_page_add_field(&key, one->actors[a]);
            att_page_add_field(&key, one->topic);
            att_page_count_key(self, &self->crosses, att_buf_str(&key));
        }
    }
    for (uint32_t i = 0; i < record->view_count; i++) att_page_count_key(self, &self->views, record->views[i]);
}

static void note_date(att_page_all *self, att_str date)
{
    if (!date.length) return;
    self->dated++;
    if (!self->first.data || att_str_compare(date, self->first) < 0) self->first = att_str_copy(self->arena, date);
    if (!self->last.data || att_str_compare(date, self->last) > 0) self->last = att_str_copy(self->arena, date);
}

static void note_failed(att_page_all *self, const att_record *record)
{
    enum { MOST_FAILED = 100 };
    if (++self->errors > MOST_FAILED) return;
    att_buf_add(&self->failed, ATT_STR("<tr><td>"));
    att_page_put(&self->failed, record->id.length ? record->id : record->source);
    att_buf_add(&self->failed, ATT_STR("</td><td>"));
    att_page_put(&self->failed, record->error);
    att_buf_add(&self->failed, ATT_STR("</td></tr>\n"));
}

void att_page_count_record(att_page_all *self, const att_record *record)
{
    self->documents++;
    if (record->error.data) {
        note_failed(self, record);
        return;
    }
    note_date(self, record->date);
    count_entities(self, record);
    count_officials(self, record);
    count_themes(self, record);
    self->untold += !record->text.data;
}

/* ---- in order ---- */

typedef struct {
    const att_page_count *count;
    att_str key;
    uint32_t number;
} ordered;

static int by_count(const void *left, const void *right)
{
    const ordered *a = left, *b = right;
    if (a->count->documents != b->count->documents) return a->count->documents > b->count->documents ? -1 : 1;
    if (a->count->mentions != b->count->mentions) return a->count->mentions > b->count->mentions ? -1 : 1;
    return att_str_compare(a->key, b->key);
}

uint32_t *att_page_order(const att_page_all *self, const att_page_sums *sums)
{
    ordered *rows = att_arena_alloc(self->arena, sizeof *rows * (sums->keys.count + 1));
    uint32_t *order = att_arena_alloc(self->arena, sizeof *order * (sums->keys.count + 1));
    for (uint32_t i = 0; i < sums->keys.count; i++) rows[i] = (ordered){ &sums->counts.items[i], sums->keys.items[i], i };
    if (sums->keys.count) qsort(rows, sums->keys.count, sizeof *rows, by_count);
    for (uint32_t i = 0; i < sums->keys.count; i++) order[i] = rows[i].number;
    return order;
}

att_str att_page_field(att_str key, int number)
{
    while (number--) {
        const char *end = memchr(key.data, '\n', key.length);
        key = end ? att_str_slice(key, (size_t)(end - key.data) + 1, key.length) : ATT_EMPTY;
    }
    const char *end = key.length ? memchr(key.data, '\n', key.length) : NULL;
    return att_str_slice(key, 0, end ? (size_t)(end - key.data) : key.length);
}

/* ---- what persons are called ---- */

/* Names of several words that are not all in capitals are shown rather than others. */
static bool is_proper(att_str name)
{
    bool small = false;
    for (size_t i = 0; i < name.length; i++) small = small || (name.data[i] >= 'a' && name.data[i] <= 'z');
    return small && name.length && memchr(name.data, ' ', name.length);
}

att_str *att_page_people(const att_page_all *self, const att_page_sums *people, const att_page_sums *forms)
{
    uint32_t *order = att_page_order(self, forms);
    att_str *best = att_arena_zero(self->arena, people->keys.count + 1, sizeof *best);
    for (uint32_t i = 0; i < forms->keys.count; i++) {
        att_str form = forms->keys.items[order[i]];
        att_str *known = &best[strtoul(form.data, NULL, 10)];
        if (!known->data || (is_proper(att_page_field(form, 1)) && !is_proper(att_page_field(*known, 1)))) *known = form;
    }
    return best;
}
