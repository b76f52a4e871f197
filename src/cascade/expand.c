#include "cascade/expand.h"

#include "cascade/known_names.h"

static const char item_mark[] = "{item}";

/* "Department of Commerce" from "Department of {item}" and the item's text. */
static att_str form_phrase(const att_scene *scene, att_str each, att_str item)
{
    att_buf out = { .arena = scene->doc->arena };
    const char *mark = memmem(each.data, each.length, item_mark, sizeof item_mark - 1);
    size_t before = mark ? (size_t)(mark - each.data) : each.length;
    att_buf_add(&out, att_str_slice(each, 0, before));
    if (mark) {
        att_buf_add(&out, item);
        att_buf_add(&out, att_str_slice(each, before + sizeof item_mark - 1, each.length));
    }
    return att_buf_str(&out);
}

/* The layer that items become, or ATT_NONE. */
static uint32_t item_layer(const att_rule *rule)
{
    for (uint32_t i = 0; i < rule->make_count; i++)
        if (rule->makes[i].on == rule->item) return rule->makes[i].layer;
    return ATT_NONE;
}

/* What the item's formed phrase names, or NULL. */
static const att_annotation *look_up(const att_found *found, const att_scene *scene, const att_binding *item)
{
    uint32_t layer = item_layer(found->rule);
    if (layer == ATT_NONE) return NULL;
    att_annotation *named = att_arena_alloc(scene->doc->arena, sizeof *named);
    att_str phrase = form_phrase(scene, found->rule->each, att_scene_text(scene, item->first, item->last));
    if (!att_known_names_look_up(scene->knowledge, scene->doc, scene->vocabulary, phrase, layer, named)) return NULL;
    named->tokens = (att_token_range){ item->first, item->last };
    return named;
}

/* The bindings with what each item names. */
static const att_binding *name_items(const att_found *found, const att_scene *scene)
{
    att_binding *bindings = att_arena_alloc(scene->doc->arena, sizeof *bindings * (found->binding_count + 1));
    for (uint32_t i = 0; i < found->binding_count; i++) {
        bindings[i] = found->bindings[i];
        if (bindings[i].capture == found->rule->item) bindings[i].annotation = look_up(found, scene, &bindings[i]);
    }
    return bindings;
}

/* Gives the item what is known of the name, where the `make` line says nothing else. */
static void take_name(att_scene *scene, att_annotation *item, const att_annotation *named)
{
    const att_layer *layer = &scene->knowledge->layers.items[item->layer];
    att_str *fields = att_arena_zero(scene->doc->arena, layer->field_count + 1, sizeof *fields);
    for (uint32_t i = 0; i < layer->field_count; i++) {
        fields[i] = item->fields ? item->fields[i] : (att_str){ 0 };
        if (!fields[i].data && named->fields) fields[i] = named->fields[i];
    }
    item->fields = fields;
    item->entry = named->entry;
    item->name = named->name;
}

static void make_item(const att_found *found, att_scene *scene, const att_make *make, const att_binding *on, att_expansion *out)
{
    bool item = on && on->capture == found->rule->item && found->rule->each.data;
    if (item && !on->annotation) return;
    ATT_RESERVE(scene->doc->arena, out, 1);
    att_annotation *made = &out->items[out->count++];
    att_found_result(found, scene, make, on, made);
    if (item) take_name(scene, made, on->annotation);
    if (item && on == att_found_binding(found, found->rule->item, NULL)) {
        const att_binding *lead = att_found_binding(found, found->rule->lead_end, NULL);
        if (lead) {
            made->tokens.first = lead->first;
            made->start = scene->doc->tokens.start[lead->first];
        }
    }
}

att_expansion att_expand(const att_found *found, att_scene *scene)
{
    att_found named = *found;
    att_expansion out = { .count = 0 };
    if (found->rule->each.data) named.bindings = name_items(found, scene);
    for (uint32_t m = 0; m < found->rule->make_count; m++) {
        const att_make *make = &found->rule->makes[m];
        if (make->on == ATT_NONE) make_item(&named, scene, make, NULL, &out);
        for (uint32_t i = 0; i < named.binding_count && make->on != ATT_NONE; i++)
            if (named.bindings[i].capture == make->on) make_item(&named, scene, make, &named.bindings[i], &out);
    }
    return out;
}
