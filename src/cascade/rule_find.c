#include <assert.h>

#include "cascade/rule_find.h"

/* ---- regions ---- */

/* Whether all (`whole`) or some of the tokens lie in a zone that need not be a whole paragraph, such as a quote. */
static bool in_zone(const att_scene *scene, att_zone_kind kind, uint32_t first, uint32_t last, bool whole)
{
    const att_zones *zones = &scene->doc->zones;
    uint32_t start = scene->doc->tokens.start[first], end = scene->doc->tokens.end[last - 1], low = 0, high = zones->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (zones->items[middle].end <= start) low = middle + 1;
        else high = middle;
    }
    for (; low < zones->count && zones->items[low].start < end; low++) {
        const att_zone *zone = &zones->items[low];
        if (zone->kind == kind && (!whole || (zone->start <= start && zone->end >= end))) return true;
    }
    return false;
}

static bool in_layer(const att_scene *scene, uint32_t layer, uint32_t first, uint32_t last, bool whole)
{
    if (!whole) {
        for (uint32_t token = first; token < last; token++)
            if (scene->spots[token].inside >> layer & 1) return true;
        return false;
    }
    uint32_t from = last > scene->longest[layer] ? last - scene->longest[layer] : 0;
    uint32_t i = att_scene_starter(scene, from < first ? from : first, first + 1);
    for (; att_scene_starts_before(scene, i, first + 1); i++)
        if (scene->annotations[i].layer == layer && scene->annotations[i].tokens.last >= last) return true;
    return false;
}

static bool in_brackets(att_scene *scene, uint32_t first, uint32_t last, bool whole)
{
    for (uint32_t token = first; token < last; token++)
        if ((att_scene_brackets(scene, token) > 0) != whole) return !whole;
    return whole;
}

static bool in_stretch(const att_stretches *stretches, uint32_t first, uint32_t last)
{
    return stretches->items[att_stretches_at(stretches, first)].tokens.last >= last;
}

/* Whether all (`whole`) or some of the tokens lie in the region. */
static bool in_region(const att_region *region, att_scene *scene, uint32_t first, uint32_t last, bool whole)
{
    switch (region->kind) {
    case ATT_IN_SENTENCE: return in_stretch(&scene->doc->sentences, first, last);
    case ATT_IN_CLAUSE: return in_stretch(&scene->doc->clauses, first, last);
    case ATT_IN_TITLE: return att_scene_zone(scene, first) == ATT_ZONE_TITLE;
    case ATT_IN_BOILERPLATE: return att_scene_zone(scene, first) == ATT_ZONE_BOILERPLATE;
    case ATT_IN_QUOTE: return in_zone(scene, ATT_ZONE_QUOTE, first, last, whole);
    case ATT_IN_BRACKET: return in_brackets(scene, first, last, whole);
    case ATT_IN_LAYER: return in_layer(scene, region->layer, first, last, whole);
    }
    return false;
}

bool att_regions_hold(const att_rule *rule, att_scene *scene, uint32_t first, uint32_t last)
{
    for (uint32_t i = 0; i < rule->region_count; i++)
        if (in_region(&rule->regions[i], scene, first, last, !rule->regions[i].not ) == rule->regions[i].not ) return false;
    return true;
}

/* ---- annotations of one span ---- */

/* Whether an annotation that starts with the one bound would have matched in its place: the same span, and the pattern's
 * element accepts it. Such annotations are siblings; each gives the match another meaning. */
static bool is_sibling(const att_binding *binding, const att_annotation *other)
{
    return other->tokens.last == binding->annotation->tokens.last && att_layer_accepts(binding->node, other);
}

/* How many annotations the binding may stand for, the bound one included. */
static uint32_t siblings(const att_scene *scene, const att_binding *binding)
{
    uint32_t count = 0, first = binding->annotation->tokens.first, i = scene->starts[first];
    if (!att_scene_starts_before(scene, i + 1, first + 1)) return 1; /* nothing else starts there */
    for (; att_scene_starts_before(scene, i, first + 1); i++) count += is_sibling(binding, &scene->annotations[i]);
    return count ? count : 1;
}

/* The sibling with this number, in the order of the scene. There must be more of them than `wanted`. */
static const att_annotation *sibling(const att_scene *scene, const att_binding *binding, uint32_t wanted)
{
    const att_annotation *other = &scene->annotations[scene->starts[binding->annotation->tokens.first]];
    while (!is_sibling(binding, other) || wanted--) other++;
    return other;
}

/* Captures around one another may have bound the same annotation. They change together; the first of them leads. */
static uint32_t leader(const att_found *found, uint32_t index)
{
    uint32_t i = 0;
    while (found->bindings[i].annotation != found->bindings[index].annotation) i++;
    return i;
}

/* In how many ways siblings can be chosen for all bindings together, ATT_MOST_VARIANTS at most. */
static uint32_t count_choices(const att_scene *scene, const att_found *found)
{
    uint32_t count = 1;
    for (uint32_t i = 0; i < found->binding_count && count < ATT_MOST_VARIANTS; i++)
        if (found->bindings[i].annotation && leader(found, i) == i) count *= siblings(scene, &found->bindings[i]);
    return count < ATT_MOST_VARIANTS ? count : (uint32_t)ATT_MOST_VARIANTS;
}

/* Fills `bindings` for choice number `variant`: a number in a mixed base whose digits are the siblings, the last binding's
 * first. */
static void choose_annotations(const att_scene *scene, const att_found *found, uint32_t variant, att_binding *bindings)
{
    for (uint32_t i = found->binding_count; i-- > 0;) {
        if (!found->bindings[i].annotation || leader(found, i) != i) continue;
        uint32_t count = siblings(scene, &found->bindings[i]);
        if (count > 1) bindings[i].annotation = sibling(scene, &found->bindings[i], variant % count);
        variant /= count;
    }
    for (uint32_t i = 0; i < found->binding_count; i++)
        if (bindings[i].annotation) bindings[i].annotation = bindings[leader(found, i)].annotation;
}

/* Adds the match, with a copy of its bindings, if the rest of the rule's `where` holds for it. */
static bool add_found(att_scene *scene, const att_found *found, att_founds *founds)
{
    if (found->rule->rest && !att_found_satisfies(found, scene, found->rule->rest)) return false;
    att_binding *kept = att_arena_alloc(scene->arena, sizeof *kept * (found->binding_count + 1));
    memcpy(kept, found->bindings, sizeof *kept * found->binding_count);
    ATT_RESERVE(scene->arena, founds, 1);
    founds->items[founds->count] = *found;
    founds->items[founds->count++].bindings = kept;
    return true;
}

/* Adds the match once for each choice of siblings for which the rule's `where` holds. Returns whether any was added. */
static bool add_founds(att_scene *scene, const att_found *found, att_founds *founds)
{
    uint32_t choices = count_choices(scene, found);
    if (choices == 1) return add_found(scene, found, founds);
    att_binding bindings[2 * ATT_MOST_BINDINGS];
    bool added = false;
    for (uint32_t variant = 0; variant < choices; variant++) {
        att_found choice = *found;
        choice.bindings = bindings;
        choice.variant = variant;
        memcpy(bindings, found->bindings, sizeof *bindings * found->binding_count);
        choose_annotations(scene, found, variant, bindings);
        if (add_found(scene, &choice, founds)) added = true;
    }
    return added;
}

/* ---- one rule from one start ---- */

/* Where a rule is woken. */
typedef struct {
    uint32_t anchor, token, end;      /* end: for an annotation the token behind it, for a word the token itself */
    const att_annotation *annotation; /* NULL for a word */
} place;

/* Places that wait together to be followed, while the memory that following reads is fetched. */
enum { MOST_WAITING = 32 };

typedef struct {
    const att_finder *finder;
    att_scene *scene;
    att_founds *founds;
    att_matcher matcher, context_matcher;
    uint64_t *tried; /* a hash table of (rule, start) pairs, stored plus one; 0 is a free slot */
    uint32_t tried_count, tried_slots;
    uint32_t *starts;
    uint32_t start_capacity;
    uint64_t held[ATT_MAX_LAYERS]; /* by layer: bits of the rules whose questions about the document got a yes */
    place waiting[MOST_WAITING];
    uint32_t waiting_count;
} search;

static bool is_before(const att_rule *rule, uint32_t context)
{
    return rule->contexts[context].kind == ATT_PRECEDED || rule->contexts[context].kind == ATT_NOT_PRECEDED;
}

/* What stands behind boundary `at` between two tokens; the edge at the end of a paragraph. */
static inline att_side side_behind(const att_scene *scene, uint32_t at)
{
    if (scene->doc->places[at] & ATT_PLACE_BOP) return (att_side){ att_glance_edge, 0 };
    return (att_side){ scene->doc->tokens.bits[at], att_spots_behind(scene->spots, at) };
}

/* What stands before token `at`; the edge at the start of a paragraph. */
static inline att_side side_before(const att_scene *scene, uint32_t at)
{
    if (scene->doc->places[at] & ATT_PLACE_BOP) return (att_side){ att_glance_edge, 0 };
    return (att_side){ scene->doc->tokens.bits[at - 1], att_spots_before(scene->spots, at) };
}

/* Binds the captures of a `preceded-by` context that matched before `first`. The context was matched backwards, but which of
 * several ways binds is defined forwards: so its pattern runs once more from where the match begins. At the edge of a paragraph
 * only the backward program matches; then its own bindings are taken. */
static uint32_t bind_before(search *self, const att_program *forwards, uint32_t first, att_token_range paragraph,
                            att_binding bindings[ATT_MOST_BINDINGS])
{
    const att_match_end *end = &self->context_matcher.ends.items[self->context_matcher.ends.count - 1]; /* the longest */
    uint32_t bound = att_match_bindings(&self->context_matcher, end, bindings);
    uint32_t count = att_match(&self->context_matcher, forwards, end->end, paragraph);
    for (uint32_t i = 0; i < count; i++)
        if (self->context_matcher.ends.items[i].end == first)
            return att_match_bindings(&self->context_matcher, &self->context_matcher.ends.items[i], bindings);
    return bound;
}

/* Whether the rule's contexts hold around tokens [first, last). Appends what their captures bind. */
static bool contexts_hold(search *self, const att_rule *rule, const att_rule_code *code, uint32_t first, uint32_t last,
                          att_binding *bindings, uint32_t *count)
{
    att_token_range paragraph = att_scene_paragraph(self->scene, first);
    for (uint32_t i = 0; i < rule->context_count; i++) {
        att_context_kind kind = rule->contexts[i].kind;
        bool before = is_before(rule, i), not = kind == ATT_NOT_PRECEDED || kind == ATT_NOT_FOLLOWED;
        const att_glance *glance = &self->finder->contexts[rule - self->finder->rules->rules.items][i];
        att_side beside = before ? side_before(self->scene, first) : side_behind(self->scene, last);
        uint32_t ends = att_side_passes(glance, &beside)
                            ? att_match(&self->context_matcher, &code->contexts[i], before ? first : last, paragraph)
                            : 0;
        if ((ends > 0) == not ) return false;
        if (not ) continue;
        att_binding more[ATT_MOST_BINDINGS];
        uint32_t bound = 0;
        if (!before) bound = att_match_bindings(&self->context_matcher, &self->context_matcher.ends.items[0], more);
        else if (code->forwards && code->forwards[i].count)
            bound = bind_before(self, &code->forwards[i], first, paragraph, more);
        for (uint32_t b = 0; b < bound && *count < 2 * ATT_MOST_BINDINGS; b++) bindings[(*count)++] = more[b];
    }
    return true;
}

static bool try_end(search *self, const att_rule *rule, const att_rule_code *code, uint32_t first, const att_match_end *end)
{
    att_binding bindings[2 * ATT_MOST_BINDINGS];
    if (end->end == first || !att_regions_hold(rule, self->scene, first, end->end)) return false;
    uint32_t count = att_match_bindings(&self->matcher, end, bindings);
    if (rule->context_count && !contexts_hold(self, rule, code, first, end->end, bindings, &count)) return false;
    att_found found = {
        .rule = rule, .first = first, .last = end->end, .bindings = bindings, .binding_count = count, .literals = end->literals
    };
    return add_founds(self->scene, &found, self->founds);
}

/* Asks those parts of `where` that depend on no capture, before the costly match. */
static bool may_begin(const search *self, uint32_t number, uint32_t first)
{
    const att_rule *rule = &self->finder->rules->rules.items[number];
    att_found start = { .rule = rule, .first = first, .last = first + 1 };
    return !rule->first || att_found_satisfies(&start, self->scene, rule->first);
}

static void try_rule(search *self, uint32_t number, uint32_t first)
{
    const att_rule *rule = &self->finder->rules->rules.items[number];
    const att_rule_code *code = &self->finder->codes[number];
    if (self->finder->tries) self->finder->tries[number]++;
    att_token_range paragraph = att_scene_paragraph(self->scene, first);
    att_side before = side_before(self->scene, first);
    for (uint32_t i = 0; i < rule->context_count; i++)
        if (rule->contexts[i].kind == ATT_PRECEDED && !att_side_passes(&self->finder->contexts[number][i], &before)) return;
    uint32_t count = att_match(&self->matcher, &code->main, first, paragraph);
    for (uint32_t i = 0; i < count; i++)
        if (try_end(self, rule, code, first, &self->matcher.ends.items[i])) return;
}

/* As try_rule, for a rule whose pattern is one annotation. Where no other annotation of the layer starts at the same token
 * there is only one way to match, so the program need not run. */
static void try_annotation(search *self, uint32_t number, const att_annotation *annotation)
{
    const att_rule *rule = &self->finder->rules->rules.items[number];
    uint32_t first = annotation->tokens.first, last = annotation->tokens.last, count = rule->pattern->capture != ATT_NONE;
    att_binding bindings[2 * ATT_MOST_BINDINGS];
    if (self->finder->tries) self->finder->tries[number]++;
    assert(att_pattern_is_asked(rule->pattern));
    bindings[0] = (att_binding){ rule->pattern->capture, first, last, annotation, rule->pattern };
    if (!att_regions_hold(rule, self->scene, first, last)) return;
    if (rule->context_count && !contexts_hold(self, rule, &self->finder->codes[number], first, last, bindings, &count)) return;
    att_found found = { .rule = rule, .first = first, .last = last, .bindings = bindings, .binding_count = count };
    add_found(self->scene, &found, self->founds);
}

static uint32_t tried_slot(const search *self, uint64_t key)
{
    uint32_t at = (uint32_t)((key * 0x9e3779b97f4a7c15u) >> 32) & (self->tried_slots - 1);
    while (self->tried[at] && self->tried[at] != key) at = (at + 1) & (self->tried_slots - 1);
    return at;
}

static void widen_tried(search *self)
{
    uint64_t *old = self->tried;
    uint32_t slots = self->tried_slots;
    self->tried_slots = slots ? slots * 2 : 64;
    self->tried = att_arena_zero(self->scene->arena, self->tried_slots, sizeof *self->tried);
    for (uint32_t i = 0; i < slots; i++)
        if (old[i]) self->tried[tried_slot(self, old[i])] = old[i];
}

/* Several anchors of a rule may lead to the same start; it is tried there only once. */
static void try_once(search *self, uint32_t rule, uint32_t first)
{
    if (self->tried_count * 2 >= self->tried_slots) widen_tried(self);
    uint64_t key = ((uint64_t)rule << 32 | first) + 1;
    uint32_t at = tried_slot(self, key);
    if (self->tried[at]) return;
    self->tried[at] = key;
    self->tried_count++;
    try_rule(self, rule, first);
}

/* ---- from anchors to starts ---- */

/* Looks at what stands before and behind an anchor. `behind` is the boundary behind its annotation or word. In a hyphenated
 * word the anchor may be the first part only, so that anything may stand behind it. */
static inline void look_around(const att_scene *scene, att_around *out, uint32_t token, uint32_t behind)
{
    out->before = side_before(scene, token);
    out->behind = side_behind(scene, behind);
    out->held = att_scene_layers(scene, token);
    if (scene->doc->tokens.bits[token] == att_glance_parts) out->behind.words = UINT64_MAX;
}

/* Whether the rest of the pattern, from the anchor on, matches. Where the anchor may be a part of a hyphenated word this is not
 * known, and the answer is yes. */
static bool goes_on(search *self, const att_hook *hook, const att_anchor *anchor, const place *at)
{
    bool met = at->annotation || hook->predicate;
    if (hook->in_words && att_scene_type(self->scene, at->token)->part_count) return true;
    uint32_t behind = at->annotation ? at->end : at->token + 1;
    return att_goes_on(&self->matcher, &anchor->suffix, met, met ? behind : at->token,
                       att_scene_paragraph(self->scene, at->token));
}

/* Whether the second token before the anchor can be what every match has there. Yes in doubt, which is where the paragraph
 * begins or the token before is hyphenated. */
static bool second_fits(const att_scene *scene, const att_glance *second, uint32_t token)
{
    if (scene->doc->places[token] & ATT_PLACE_BOP || scene->doc->tokens.bits[token - 1] == att_glance_parts) return true;
    att_side before = side_before(scene, token - 1);
    return att_side_passes(second, &before);
}

/* Stores in self->starts the tokens at which a match through this anchor may start. Returns their number. */
static uint32_t find_starts(search *self, uint32_t number, uint32_t token)
{
    att_token_range paragraph = att_scene_paragraph(self->scene, token);
    const att_anchor *anchor = &self->finder->waker->anchors.items[number];
    if (!second_fits(self->scene, &anchor->second, token)) return 0;
    uint32_t count = att_match(&self->matcher, &anchor->prefix, token, paragraph);
    if (count > self->start_capacity) {
        self->starts = att_arena_alloc(self->scene->arena, sizeof *self->starts * 2 * count);
        self->start_capacity = 2 * count;
    }
    for (uint32_t i = 0; i < count; i++) self->starts[i] = self->matcher.ends.items[i].end;
    return count;
}

/* Whether no other annotation of the same layer starts at the same token. */
static bool is_only(const att_scene *scene, const att_annotation *annotation)
{
    uint32_t first = annotation->tokens.first, i = scene->starts[first];
    for (; att_scene_starts_before(scene, i, first + 1); i++)
        if (scene->annotations[i].layer == annotation->layer && &scene->annotations[i] != annotation) return false;
    return true;
}

/* Goes on from an anchor whose gate is open: asks what is cheap first, then tries the rule from each possible start. */
static void follow(search *self, const place *at)
{
    const att_hook *hook = &self->finder->waker->hooks.items[at->anchor];
    const att_anchor *anchor = &self->finder->waker->anchors.items[at->anchor];
    uint32_t token = at->token, holding = self->scene->spots[at->token].inside;
    if (hook->inside & ~holding || hook->outside & holding) return;
    if (anchor->needs && !att_needs_hold(anchor->needs, self->scene, token, at->end)) return;
    if (hook->predicate && !att_predicate_holds(self->finder->predicates, hook->predicate - 1, self->scene, token)) return;
    if (hook->direct) {
        if (anchor->suffix.count
            && !att_may_go_on(&self->matcher, &anchor->suffix, at->end, att_scene_paragraph(self->scene, token)))
            return;
        if (!may_begin(self, hook->rule, token)) return;
        if (hook->whole && is_only(self->scene, at->annotation)) try_annotation(self, hook->rule, at->annotation);
        else (hook->alone ? try_rule : try_once)(self, hook->rule, token);
        return;
    }
    /* When anything may stand before the anchor, the pattern behind it rules out more. */
    bool suffix_first = hook->gate.before.words == UINT64_MAX;
    if (suffix_first && !goes_on(self, hook, anchor, at)) return;
    uint32_t count = find_starts(self, at->anchor, token);
    if (!count || (!suffix_first && !goes_on(self, hook, anchor, at))) return;
    for (uint32_t i = 0; i < count; i++)
        if (may_begin(self, hook->rule, self->starts[i])) try_once(self, hook->rule, self->starts[i]);
}

/* Fetches the programs with which following begins; what points to them was fetched when the place began to wait. */
static inline void fetch_programs(const search *self, const place *at)
{
    const att_hook *hook = &self->finder->waker->hooks.items[at->anchor];
    const att_anchor *anchor = &self->finder->waker->anchors.items[at->anchor];
    __builtin_prefetch(anchor->suffix.steps);
    __builtin_prefetch(hook->direct ? self->finder->codes[hook->rule].main.steps : anchor->prefix.steps);
    if (hook->direct) __builtin_prefetch(&self->finder->rules->rules.items[hook->rule]);
}

static void follow_waiting(search *self)
{
    for (uint32_t i = 0; i < self->waiting_count; i++) fetch_programs(self, &self->waiting[i]);
    for (uint32_t i = 0; i < self->waiting_count; i++) follow(self, &self->waiting[i]);
    self->waiting_count = 0;
}

/* Fetches what lies in at most two cache lines, as a hook and an anchor do. */
static inline void fetch_both_ends(const void *memory, size_t size)
{
    __builtin_prefetch(memory);
    __builtin_prefetch((const char *)memory + size - 1);
}

/* Lets a place whose gate is open wait, while its memory is fetched, until MOST_WAITING do. */
static inline void wait_at(search *self, place at)
{
    fetch_both_ends(&self->finder->waker->anchors.items[at.anchor], sizeof(att_anchor));
    if (at.annotation) fetch_both_ends(&self->finder->waker->hooks.items[at.anchor], sizeof(att_hook));
    self->waiting[self->waiting_count++] = at;
    if (self->waiting_count == MOST_WAITING) follow_waiting(self);
}

/* In a document of more than MANY_TOKENS tokens the columns do not fit into the cache. There, what a place needs is fetched
 * while the walk is still PLACES_AHEAD places before it. Hooks never fit, and are fetched in any document. */
enum { PLACES_AHEAD = 16, MANY_TOKENS = 1 << 16, HOOKS_AHEAD = 8 };

/* At how many of so many places the walk still has one PLACES_AHEAD further on to fetch. */
static uint32_t fetching(const att_scene *scene, uint32_t places)
{
    return scene->doc->tokens.count > MANY_TOKENS && places > PLACES_AHEAD ? places - PLACES_AHEAD : 0;
}

/* Fetches what look_around will read. */
static inline void fetch_around(const att_scene *scene, uint32_t token)
{
    __builtin_prefetch(&scene->doc->places[token]);
    __builtin_prefetch(&scene->doc->tokens.bits[token]);
    __builtin_prefetch(&scene->spots[token]);
    __builtin_prefetch(&scene->doc->paragraph_of[token]);
}

/* Woken words come in the order of the text, so all those at one token share one look around. */
static void follow_words(search *self, const att_wokens *wokens)
{
    const att_hook *hooks = self->finder->waker->hooks.items;
    att_around around = { .fields = 0 };
    uint32_t token = ATT_NONE;
    const uint32_t fetched = fetching(self->scene, wokens->count);
    for (uint32_t i = 0; i < wokens->count; i++) {
        const att_woken *woken = &wokens->items[i];
        if (i < fetched) fetch_around(self->scene, woken[PLACES_AHEAD].token);
        if (i + HOOKS_AHEAD < wokens->count) fetch_both_ends(&hooks[woken[HOOKS_AHEAD].anchor], sizeof *hooks);
        if (woken->token != token) look_around(self->scene, &around, token = woken->token, woken->token + 1);
        if (att_gate_opens(&hooks[woken->anchor].gate, &around)) wait_at(self, (place){ woken->anchor, token, token, NULL });
    }
}

static void follow_annotation(search *self, const att_gates *gates, const att_annotation *annotation)
{
    const att_anchor *anchors = self->finder->waker->anchors.items;
    att_around around = { .fields = 0 };
    look_around(self->scene, &around, annotation->tokens.first, annotation->tokens.last);
    if (gates->fields)
        around.fields = ~(att_field_bits_of(&self->finder->waker->field_bits, annotation) | self->held[annotation->layer]);
    for (uint32_t first = 0; first < gates->count; first += ATT_GATES_AT_ONCE)
        for (uint64_t open = att_gates_open(gates, first, &around); open; open &= open - 1) {
            const att_layer_gate *gate = &gates->items[first + (uint32_t)__builtin_ctzll(open)];
            if (!gate->unsure || att_layer_accepts(anchors[gate->anchor].element, annotation))
                wait_at(self, (place){ gate->anchor, annotation->tokens.first, annotation->tokens.last, annotation });
        }
}

/* Asks once for each stage what its rules ask of the whole document, and sets their bits in `held`. */
static void ask_document(search *self, uint32_t stage)
{
    for (uint32_t i = 0; i < self->finder->waker->of_document.count; i++) {
        const att_document_gate *gate = &self->finder->waker->of_document.items[i];
        const att_rule *rule = &self->finder->rules->rules.items[gate->rule];
        att_found start = { .rule = rule, .last = 1 };
        if (gate->stage == stage && att_found_satisfies(&start, self->scene, rule->whole)) self->held[gate->layer] |= gate->bit;
    }
}

/* The layers of the scene, as a bit set, that some rule waits for. */
static uint32_t layers_waited_for(const att_scene *scene, const att_gates by_layer[ATT_MAX_LAYERS])
{
    uint32_t layers = 0;
    for (uint32_t rest = scene->layers; rest; rest &= rest - 1)
        if (by_layer[__builtin_ctz(rest)].count) layers |= rest & -rest;
    return layers;
}

static void follow_annotations(search *self, uint32_t stage)
{
    const att_scene *scene = self->scene;
    const att_gates *by_layer = self->finder->waker->by_layer[stage];
    const uint32_t layers = layers_waited_for(scene, by_layer), fetched = fetching(scene, scene->annotation_count);
    if (!layers) return;
    ask_document(self, stage);
    for (uint32_t i = 0; i < scene->annotation_count; i++) {
        const att_annotation *annotation = &scene->annotations[i];
        if (i < fetched) fetch_around(scene, annotation[PLACES_AHEAD].tokens.first);
        if (layers >> annotation->layer & 1) follow_annotation(self, &by_layer[annotation->layer], annotation);
    }
}

void att_find_woken(const att_finder *self, att_scene *scene, uint32_t stage, const att_wokens *wokens, att_founds *founds)
{
    search state = { .finder = self, .scene = scene, .founds = founds };
    att_matcher_init(&state.matcher, scene, self->predicates);
    att_matcher_init(&state.context_matcher, scene, self->predicates);
    follow_words(&state, wokens);
    follow_annotations(&state, stage);
    follow_waiting(&state);
}
