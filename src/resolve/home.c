#include "resolve/home.h"

#include <string.h>

#include "resolve/codes.h"

typedef struct {
    const att_knowledge *knowledge;
    const att_document *doc;
    att_home_rule rule;
    uint32_t title_end; /* byte; 0 when there is no title */
    att_codes codes;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } times;       /* by code */
    uint32_t zone; /* the first that does not end before the annotation asked for last */
} tally;

static void count_code(tally *self, att_str code, uint32_t weight)
{
    if (!code.length || memchr(code.data, ':', code.length) || att_str_equal(code, self->rule.except)) return;
    uint32_t number = att_codes_add(&self->codes, code);
    if (number == self->times.count) {
        ATT_RESERVE(self->doc->arena, &self->times, 1);
        self->times.items[self->times.count++] = 0;
    }
    self->times.items[number] += weight;
}

/* Zones stand in text order; annotations are asked for in it. */
static bool in_dateline(tally *self, const att_annotation *annotation)
{
    const att_zone *zones = self->doc->zones.items;
    uint32_t count = self->doc->zones.count;
    while (self->zone < count && zones[self->zone].end <= annotation->start) self->zone++;
    for (uint32_t i = self->zone; i < count && zones[i].start <= annotation->start; i++)
        if (zones[i].kind == ATT_ZONE_DATELINE && annotation->end <= zones[i].end) return true;
    return false;
}

static att_str get(const tally *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

static void count_annotation(tally *self, const att_annotation *annotation)
{
    enum { OF_BODY = 2, OF_DATELINE = 8, IN_TITLE = 8 };
    if (annotation->layer == ATT_LAYER_AGENCY && annotation->country_by <= ATT_BY_OWNER)
        count_code(self, get(self, annotation, ATT_KEY_COUNTRY), OF_BODY);
    if (self->rule.mentions && (annotation->layer == ATT_LAYER_COUNTRY || annotation->layer == ATT_LAYER_DEMONYM))
        count_code(self, get(self, annotation, ATT_KEY_CODE),
                   self->rule.except.length && annotation->end <= self->title_end ? IN_TITLE : 1);
    if (annotation->layer == ATT_LAYER_LOCATION && in_dateline(self, annotation))
        count_code(self, get(self, annotation, ATT_KEY_COUNTRY), OF_DATELINE);
}

static att_str winner(const tally *self)
{
    att_str best = { 0 };
    uint32_t most = 0, second = 0;
    for (uint32_t i = 0; i < self->times.count; i++) {
        uint32_t times = self->times.items[i];
        second = times > most ? most : times > second ? times : second;
        if (times <= most) continue;
        most = times;
        best = self->codes.map.items[i];
    }
    return most > second && 10 * most >= self->rule.tenths * second ? best : (att_str){ 0 };
}

att_str att_home_of(const att_knowledge *knowledge, const att_document *doc, att_home_rule rule)
{
    enum { OF_OFFICIAL = 3 };
    tally self = { .knowledge = knowledge, .doc = doc, .rule = rule };
    att_codes_init(&self.codes, doc->arena);
    for (uint32_t i = 0; i < doc->paragraphs.count && !self.title_end; i++)
        if (doc->paragraphs.items[i].kind == ATT_ZONE_TITLE) self.title_end = doc->paragraphs.items[i].end;
    for (uint32_t i = 0; i < doc->officials.count; i++) count_code(&self, doc->officials.items[i].country, OF_OFFICIAL);
    for (uint32_t i = 0; i < doc->annotations.count; i++) count_annotation(&self, &doc->annotations.items[i]);
    return winner(&self);
}

att_homes att_homes_of(const att_knowledge *knowledge, const att_document *doc)
{
    att_home_rule rule = { .tenths = ATT_CLEAR_LEAD };
    att_homes found = { .known = true, .bodies = att_home_of(knowledge, doc, rule) };
    rule.mentions = true;
    found.mentions = found.bodies.data ? found.bodies : att_home_of(knowledge, doc, rule);
    rule.except = ATT_STR("USA");
    found.elsewhere = att_home_of(knowledge, doc, rule);
    return found;
}
