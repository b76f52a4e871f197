#include "tools/test_seen.h"

#include "tools/plain.h"

/* ---- collecting ---- */

static att_seen *push(att_seens *self, att_arena *arena, uint32_t layer, uint32_t start, uint32_t end, const att_origin *origin)
{
    ATT_RESERVE(arena, self, 1);
    att_seen *seen = &self->items[self->count++];
    *seen = (att_seen){ .layer = layer, .start = start, .end = end, .rule = origin ? origin->rule : (att_str){ 0 } };
    return seen;
}

static void see_annotations(att_seens *self, att_arena *arena, uint32_t layer)
{
    const att_annotations *all = &self->doc->annotations;
    for (uint32_t i = 0; i < all->count; i++) {
        const att_annotation *item = &all->items[i];
        if (item->layer != layer || item->state & ATT_DROPPED) continue;
        const att_seen *last = self->count ? &self->items[self->count - 1] : NULL;
        bool same = last && last->start == item->start && last->end == item->end;
        uint32_t unit = last ? last->unit + !same : 0;
        att_seen *seen = push(self, arena, layer, item->start, item->end, item->origin);
        seen->annotation = item;
        seen->unit = unit;
    }
}

static void see_officials(att_seens *self, att_arena *arena)
{
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const att_official *official = &self->doc->officials.items[i];
        att_seen *seen = push(self, arena, ATT_LAYER_OFFICIAL, official->start, official->end, official->origin);
        seen->official = official;
        seen->unit = i;
    }
}

static void see_themes(att_seens *self, att_arena *arena)
{
    for (uint32_t i = 0; i < self->doc->themes.count; i++) {
        const att_theme *theme = &self->doc->themes.items[i];
        for (uint32_t j = 0; j < theme->evidence_count; j++) {
            const att_evidence *evidence = &theme->evidence[j];
            att_seen *seen = push(self, arena, ATT_LAYER_THEME, evidence->start, evidence->end, evidence->origin);
            seen->theme = theme;
            seen->evidence = evidence;
            seen->unit = i;
        }
    }
}

void att_see(att_seens *self, att_arena *arena, const att_engine *engine, const att_document *doc, uint32_t layer)
{
    *self = (att_seens){ .engine = engine, .doc = doc };
    if (layer == ATT_LAYER_OFFICIAL) see_officials(self, arena);
    else if (layer == ATT_LAYER_THEME) see_themes(self, arena);
    else see_annotations(self, arena, layer);
}

/* ---- fields ---- */

static att_str official_field(const att_official *official, att_str name)
{
    if (att_str_is(name, "name")) return official->name;
    if (att_str_is(name, "title")) return official->title;
    if (att_str_is(name, "agency")) return official->agency;
    if (att_str_is(name, "agency_id")) return official->agency_id;
    if (att_str_is(name, "country")) return official->country;
    if (att_str_is(name, "office")) return official->office;
    return official->status;
}

static att_str theme_field(const att_theme *theme, att_str name)
{
    if (att_str_is(name, "theme")) return theme->theme;
    if (att_str_is(name, "topic")) return theme->topic;
    if (att_str_is(name, "actors")) return theme->actors;
    if (att_str_is(name, "role")) return theme->role;
    return theme->modality;
}

/* A field that the entity tells. The id of an unknown entity is only a count, so it is none. */
static att_str entity_field(const att_seens *self, const att_annotation *annotation, att_str name)
{
    if (annotation->entity >= self->doc->entities.count) return (att_str){ 0 };
    const att_entity *entity = &self->doc->entities.items[annotation->entity];
    if (att_str_is(name, "entity")) return entity->id;
    if (att_str_is(name, "id")) return entity->unnamed ? (att_str){ 0 } : entity->id;
    if (att_str_is(name, "code")) return entity->code;
    if (att_str_is(name, "country")) return entity->country;
    return att_str_is(name, "parent") ? entity->parent : (att_str){ 0 };
}

static att_str annotation_field(const att_seens *self, const att_annotation *annotation, att_str name)
{
    att_str own = att_annotation_field(annotation, &self->engine->knowledge.layers, name);
    if (own.length) return own;
    if (att_str_is(name, "country_by") && annotation->country_by != ATT_BY_NONE)
        return att_str_of(att_country_step_names[annotation->country_by]);
    return entity_field(self, annotation, name);
}

att_str att_seen_field(const att_seens *self, const att_seen *seen, att_str name)
{
    att_str value = seen->official ? official_field(seen->official, name)
                    : seen->theme  ? theme_field(seen->theme, name)
                                   : annotation_field(self, seen->annotation, name);
    return value.length ? value : (att_str){ 0 };
}

/* ---- comparing ---- */

static att_str text_of(const att_seens *self, const att_seen *seen)
{
    return att_str_slice(self->doc->text, seen->start, seen->end);
}

bool att_seen_is(const att_seens *self, const att_seen *seen, att_str string)
{
    if (att_plain_equal(text_of(self, seen), string)) return true;
    if (seen->official) return seen->official->name.data && att_plain_equal(seen->official->name, string);
    return seen->theme && (att_str_equal(seen->theme->theme, string) || att_plain_equal(seen->evidence->trigger, string));
}

bool att_seen_has_field(const att_seens *self, const att_seen *seen, const att_check_field *field)
{
    att_str value = att_seen_field(self, seen, field->name);
    if (!value.data || !field->value.text.data) return !value.data && !field->value.text.data;
    return att_plain_equal(value, field->value.text);
}

bool att_seen_is_by(const att_seen *seen, att_str by)
{
    if (att_str_equal(seen->rule, by)) return true;
    const char *slash = seen->rule.length ? memchr(seen->rule.data, '/', seen->rule.length) : NULL;
    return slash && att_str_equal(att_str_slice(seen->rule, (size_t)(slash - seen->rule.data) + 1, seen->rule.length), by);
}

bool att_seen_fits(const att_seens *self, const att_seen *seen, const att_check *check)
{
    for (uint32_t i = 0; i < check->field_count; i++)
        if (!att_seen_has_field(self, seen, &check->fields[i])) return false;
    return !check->by.text.data || att_seen_is_by(seen, check->by.text);
}

/* ---- lines ---- */

/* What stands for string `index` of the line, the first that is not taken by an earlier string. */
static const att_seen *find(const att_seens *self, const att_check *check, uint32_t index, const bool *taken)
{
    for (uint32_t i = 0; i < self->count; i++) {
        const att_seen *seen = &self->items[i];
        if (taken && taken[seen->unit]) continue;
        if (check->string_count && !att_seen_is(self, seen, check->strings[index].text)) continue;
        if (att_seen_fits(self, seen, check)) return seen;
    }
    return NULL;
}

static bool all_taken(const att_seens *self, const bool *taken)
{
    for (uint32_t i = 0; i < self->count; i++)
        if (!taken[self->items[i].unit]) return false;
    return true;
}

att_check_result att_check_match(const att_seens *self, att_arena *arena, const att_check *check)
{
    bool exactly = check->kind == ATT_CHECK_EXACTLY;
    uint32_t count = check->string_count || exactly ? check->string_count : 1, found = 0;
    att_check_result match = { .found = att_arena_zero(arena, count + 1, sizeof *match.found), .count = count };
    match.taken = att_arena_zero(arena, self->count + 1, 1);
    for (uint32_t i = 0; i < count; i++) {
        match.found[i] = find(self, check, i, exactly ? match.taken : NULL);
        if (!match.found[i]) continue;
        match.taken[match.found[i]->unit] = true;
        found++;
    }
    match.holds = check->kind == ATT_CHECK_ABSENT ? !found : found == count;
    if (exactly) match.holds = match.holds && all_taken(self, match.taken);
    return match;
}

/* ---- what is there instead ---- */

static uint32_t fields_alike(const att_seens *self, const att_seen *seen, const att_check *check)
{
    uint32_t alike = check->by.text.data && att_seen_is_by(seen, check->by.text);
    for (uint32_t i = 0; i < check->field_count; i++) alike += att_seen_has_field(self, seen, &check->fields[i]);
    return alike;
}

/* How many bytes it shares with a place where the string stands. */
static uint32_t overlap(const att_seens *self, const att_seen *seen, att_str string)
{
    uint32_t most = 0;
    for (size_t start, end, from = 0; att_plain_find(self->doc->text, string, from, &start, &end); from = start + 1) {
        uint32_t first = seen->start > start ? seen->start : (uint32_t)start;
        uint32_t last = seen->end < end ? seen->end : (uint32_t)end;
        if (last > first && last - first > most) most = last - first;
    }
    return most;
}

const att_seen *att_seen_instead(const att_seens *self, const att_check *check, att_str string)
{
    const att_seen *best = NULL;
    uint64_t most = 0;
    bool record = att_check_by_record(check->layer);
    for (uint32_t i = 0; i < self->count; i++) {
        const att_seen *seen = &self->items[i];
        bool is = string.data && att_seen_is(self, seen, string);
        uint64_t near = string.data ? overlap(self, seen, string) : 0;
        uint64_t rank = (uint64_t)is << 40 | near << 8 | fields_alike(self, seen, check);
        bool counts = is || near || !string.data || record;
        if (!counts || (best && rank <= most)) continue;
        best = seen;
        most = rank;
    }
    return best;
}

/* ---- writing ---- */

static bool is_bare(att_str value)
{
    for (size_t i = 0; i < value.length; i++) {
        char c = value.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '-' && c != '*') return false;
    }
    return value.length && !att_str_is(value, "null");
}

void att_write_string(att_buf *out, att_str text)
{
    text = att_plain_line(out->arena, text);
    att_buf_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\') att_buf_byte(out, '\\');
        att_buf_byte(out, text.data[i]);
    }
    att_buf_byte(out, '"');
}

void att_write_value(att_buf *out, att_str value)
{
    if (!value.data) att_buf_add(out, ATT_STR("null"));
    else if (is_bare(value)) att_buf_add(out, value);
    else att_write_string(out, value);
}

static void write_field(const att_seens *self, const att_seen *seen, att_str name, att_buf *out)
{
    att_str value = att_seen_field(self, seen, name);
    if (!value.data) return;
    att_buf_format(out, " %.*s=", ATT_STR_ARG(name));
    att_write_value(out, value);
}

void att_seen_write_fields(const att_seens *self, const att_seen *seen, att_buf *out)
{
    const att_layer *layer = &self->engine->knowledge.layers.items[seen->layer];
    bool record = att_check_by_record(seen->layer);
    for (size_t i = 0; record && att_check_field_name(seen->layer, i).data; i++)
        write_field(self, seen, att_check_field_name(seen->layer, i), out);
    for (uint32_t i = 0; !record && i < layer->field_count; i++) write_field(self, seen, layer->fields[i], out);
    if (seen->rule.length) att_buf_format(out, " by %.*s", ATT_STR_ARG(seen->rule));
}

void att_seen_write(const att_seens *self, const att_seen *seen, att_buf *out)
{
    att_buf_add(out, self->engine->knowledge.layers.items[seen->layer].name);
    att_buf_byte(out, ' ');
    att_write_string(out, text_of(self, seen));
    att_seen_write_fields(self, seen, out);
}
