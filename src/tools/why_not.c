/* why_not.c - why a rule, a name or a topic made nothing at a place: not woken, how far its pattern came, what test failed,
 * or what it lost to; what an official lacks to have an office. */
#include "tools/why_not.h"

#include "cascade/rule_probe.h"
#include "tools/plain.h"

enum { NEAR = 16 /* tokens before the place at which a match may start */, MOST_NOTES = 8, SHOWN_LOSSES = 8 };

static const char *const loss_helps[ATT_LOSS_COUNT] = {
#define X(id, name, help) help,
    ATT_LOSSES(X)
#undef X
};

/* ---- notes ---- */

static att_why_note *add_note(att_whys *self, att_place place, const char *format, ...) __attribute__((format(printf, 3, 4)));
static att_why_note *add_note(att_whys *self, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_str text = att_str_vformat(self->doc->arena, format, arguments);
    va_end(arguments);
    ATT_RESERVE(self->doc->arena, &self->notes, 1);
    self->notes.items[self->notes.count] = (att_why_note){ .text = text, .place = place };
    return &self->notes.items[self->notes.count++];
}

static const att_place nowhere = { NULL, 0, 0 };

static att_why_span span_of_tokens(const att_whys *self, uint32_t first, uint32_t last)
{
    return att_why_span_at(self, self->doc->tokens.start[first], self->doc->tokens.end[last - 1]);
}

static bool touches(const att_whys *self, uint32_t start, uint32_t end)
{
    return !self->placed || (start < self->byte_end && self->byte_start < end);
}

/* ---- what came of it ---- */

static const char *layer_name(const att_whys *self, const att_annotation *annotation)
{
    return att_str_copy(self->doc->arena, self->engine->knowledge.layers.items[annotation->layer].name).data;
}

/* Tells what the origin made at the place. Returns how many. */
static uint32_t tell_made(att_whys *self, const att_origin *origin)
{
    uint32_t made = 0;
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->origin != origin || !touches(self, one->start, one->end)) continue;
        if (made++ < MOST_NOTES)
            add_note(self, nowhere, "it made this %s", layer_name(self, one))->at = att_why_span_of(self, one);
    }
    return made;
}

/* As in: longer (3 words to 2) */
static att_str reason(const att_whys *self, const att_why_lost *lost)
{
    bool counted = lost->why == ATT_LOST_LONGER && lost->winner_words && lost->loser_words;
    if (!counted) return att_str_of(loss_helps[lost->why]);
    return att_str_format(self->doc->arena, "longer (%u words to %u)", lost->winner_words, lost->loser_words);
}

static void tell_one_loss(att_whys *self, const att_lost *loss)
{
    att_why_lost lost = att_why_lost_of(self, loss);
    att_str why = reason(self, &lost);
    att_why_note *note;
    if (lost.has_winner)
        note = add_note(self, nowhere, "it matched this %s, which lost to %.*s%s\"%.*s\" %u-%u of %.*s, %.*s:%u: %.*s",
                        layer_name(self, &loss->loser), ATT_STR_ARG(lost.winner.layer), lost.winner.layer.data ? " " : "",
                        ATT_STR_ARG(lost.winner.text), lost.winner.start, lost.winner.end, ATT_STR_ARG(lost.winner.rule),
                        ATT_STR_ARG(lost.winner.path), lost.winner.line, ATT_STR_ARG(why));
    else
        note = add_note(self, nowhere, "it matched this %s, which was dropped: %.*s", layer_name(self, &loss->loser),
                        ATT_STR_ARG(why));
    note->at = lost.loser;
}

static uint32_t tell_lost(att_whys *self, const att_origin *origin)
{
    uint32_t lost = 0;
    for (uint32_t i = 0; i < self->record->losses.count; i++) {
        const att_lost *one = &self->record->losses.items[i];
        if (one->loser.origin != origin || !touches(self, one->loser.start, one->loser.end)) continue;
        if (lost++ < SHOWN_LOSSES) tell_one_loss(self, one);
    }
    return lost;
}

/* ---- rules with a pattern ---- */

typedef struct {
    att_whys *whys;
    const att_rule *rule;
    const att_rule_code *code;
    att_traced_stage *stage;
    att_token_range place; /* the tokens that were asked about */
    uint32_t from, until;  /* where a match that touches the place may start, and where it ends at the latest */
} asker;

static const att_predicates *predicates_of(const asker *self)
{
    return &self->whys->engine->cascade.predicates;
}

/* Tells what the rule matched without making anything, such as a rule that only blocks. Returns how many. */
static uint32_t tell_found(const asker *self)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->stage->founds.count; i++) {
        const att_found *found = &self->stage->founds.items[i];
        if (found->rule != self->rule || found->first >= self->place.last || found->last <= self->place.first) continue;
        if (count++ >= MOST_NOTES) continue;
        const char *what = self->rule->blocks && !self->rule->make_count ? "it matched this and blocks there"
                                                                         : "it matched this and nothing came of it";
        add_note(self->whys, nowhere, "%s", what)->at = span_of_tokens(self->whys, found->first, found->last);
    }
    return count;
}

/* ---- woken or not ---- */

/* The token near the place at which the rule was woken, or ATT_NONE. */
static uint32_t waking_token(const asker *self)
{
    uint32_t number = (uint32_t)(self->rule - self->whys->engine->rules.rules.items);
    return att_trace_woken(self->stage, &self->whys->engine->cascade.waker, self->rule, number, self->from, self->until);
}

static const char *near_place(const asker *self)
{
    return self->whys->placed ? "near the place" : "in the document";
}

/* Tells by what the rule was woken, or else what it waits for. Returns whether it was woken. */
static bool tell_woken(const asker *self)
{
    const att_cascade *cascade = &self->whys->engine->cascade;
    uint32_t token = waking_token(self), told = 0;
    if (token != ATT_NONE) {
        att_why_span at = span_of_tokens(self->whys, token, token + 1);
        add_note(self->whys, nowhere, "it was woken by \"%.*s\" %u-%u", ATT_STR_ARG(at.text), at.start, at.end);
        return true;
    }
    for (uint32_t i = 0; i < cascade->waker.anchors.count && told < ATT_MOST_FAILED; i++) {
        const att_anchor *anchor = &cascade->waker.anchors.items[i];
        if (&cascade->rules->rules.items[cascade->waker.hooks.items[i].rule] != self->rule) continue;
        add_note(self->whys, anchor->element->place,
                 told++ ? "or this" : "it was not woken: every match needs this, which is not %s", near_place(self));
    }
    return false;
}

/* ---- how far it came ---- */

/* If no place was asked about and nothing matched at all, the first word of the text is no better a culprit than any other. */
static bool begins_nowhere(const asker *self, const att_probe *best, bool woken)
{
    if (best->reached != best->start || self->whys->placed) return false;
    if (woken) add_note(self->whys, best->failed[0]->place, "no word of the document is what its pattern wants first");
    return true;
}

static void tell_progress(const asker *self, bool woken)
{
    att_probe best = att_probe_pattern(predicates_of(self), &self->stage->scene, &self->code->main, self->from,
                                       self->place.last, self->whys->placed ? self->place.first : 0);
    if (best.start == ATT_NONE || begins_nowhere(self, &best, woken)) return;
    const att_scene *scene = &self->stage->scene;
    bool behind = best.reached < att_scene_paragraph(&self->stage->scene, best.start).last;
    att_str next = behind ? att_scene_text(scene, best.reached, best.reached + 1) : (att_str){ 0 };
    uint32_t words = best.reached - best.start;
    const char *far = words ? "the furthest that its pattern came is this" : "its pattern comes nowhere";
    att_why_note *note =
        behind ? add_note(self->whys, best.failed[0]->place, "%s; the next word, \"%.*s\", is not what the rule wants there",
                          far, ATT_STR_ARG(next))
               : add_note(self->whys, best.failed[0]->place, "%s; there the paragraph ends, and the rule wants more", far);
    if (words) note->at = span_of_tokens(self->whys, best.start, best.reached);
    for (uint32_t i = 1; i < best.failed_count; i++) add_note(self->whys, best.failed[i]->place, "or");
}

/* ---- a pattern that matched, and a test that did not hold ---- */

static bool tell_region(const asker *self, const att_found *found)
{
    for (uint32_t i = 0; i < self->rule->region_count; i++) {
        att_rule one = *self->rule;
        one.region_count = 1;
        one.regions = &self->rule->regions[i];
        if (att_regions_hold(&one, &self->stage->scene, found->first, found->last)) continue;
        add_note(self->whys, one.regions[0].place, "its pattern matches, but not where the rule wants it")->at =
            span_of_tokens(self->whys, found->first, found->last);
        return true;
    }
    return false;
}

/* Where the test stands in the rule file. */
static att_place place_of_test(const asker *self, uint32_t number)
{
    if (number < self->rule->context_count) return self->rule->contexts[number].pattern->place;
    return self->rule->where->place;
}

static bool tell_tests(const asker *self, const att_found *found)
{
    att_why_tests tests = { .count = 0 };
    att_why_test_all(self->whys, found, self->rule->stage, &tests);
    uint32_t told = 0;
    for (uint32_t i = 0; i < tests.count; i++) {
        const att_why_test *test = &tests.items[i];
        if (test->holds) continue;
        att_why_note *note = add_note(self->whys, place_of_test(self, i), "%s %s does not hold: %.*s%s%.*s",
                                      told ? "and its" : "its pattern matches, but its", test->kind, ATT_STR_ARG(test->text),
                                      test->values.data ? "; " : "", ATT_STR_ARG(test->values));
        if (!told++) note->at = span_of_tokens(self->whys, found->first, found->last);
    }
    return told;
}

/* Tells why one end of the pattern is no match. Returns false when nothing speaks against it. */
static bool tell_end(const asker *self, const att_matcher *matcher, uint32_t start, const att_match_end *end)
{
    att_binding bindings[ATT_MOST_BINDINGS];
    att_found found = { .rule = self->rule, .first = start, .last = end->end, .bindings = bindings, .literals = end->literals };
    if (end->end <= self->place.first || end->end <= start) return false;
    found.binding_count = att_match_bindings(matcher, end, bindings);
    return tell_region(self, &found) || tell_tests(self, &found);
}

/* Tells of the places where the pattern matched; from each start only of the longest match with a reason. */
static bool tell_matches(const asker *self)
{
    att_matcher matcher;
    uint32_t told = 0;
    att_matcher_init(&matcher, &self->stage->scene, predicates_of(self));
    for (uint32_t start = self->from; start < self->place.last && told < MOST_NOTES; start++) {
        uint32_t count = att_match(&matcher, &self->code->main, start, att_scene_paragraph(&self->stage->scene, start));
        for (uint32_t i = 0; i < count; i++)
            if (tell_end(self, &matcher, start, &matcher.ends.items[i])) {
                told++;
                break;
            }
    }
    return told;
}

static bool find_place(asker *self)
{
    const att_tokens *tokens = &self->whys->doc->tokens;
    self->place = (att_token_range){ 0, tokens->count };
    self->until = tokens->count;
    if (!tokens->count || !self->stage->scene.doc) return false;
    if (!self->whys->placed) return true;
    self->place.first = att_tokens_at(tokens, self->whys->byte_start);
    self->place.last = self->place.first;
    while (self->place.last < tokens->count && tokens->start[self->place.last] < self->whys->byte_end) self->place.last++;
    if (self->place.first >= self->place.last) return false;
    uint32_t paragraph = att_scene_paragraph(&self->stage->scene, self->place.first).first;
    self->until = att_scene_paragraph(&self->stage->scene, self->place.last - 1).last;
    self->from = self->place.first > paragraph + NEAR ? self->place.first - NEAR : paragraph;
    return true;
}

static void ask_pattern(att_whys *whys, const att_rule *rule)
{
    uint32_t number = (uint32_t)(rule - whys->engine->rules.rules.items);
    asker self = {
        .whys = whys, .rule = rule, .code = &whys->engine->cascade.codes[number], .stage = &whys->record->stages[rule->stage]
    };
    if (!find_place(&self)) {
        add_note(whys, rule->place, "there is no word %s", near_place(&self));
        return;
    }
    if (tell_found(&self)) return;
    bool woken = tell_woken(&self);
    if (woken && tell_matches(&self)) return;
    tell_progress(&self, woken);
}

static void ask_rule(att_whys *self, const att_rule *rule)
{
    uint32_t made = tell_made(self, &rule->origin), lost = tell_lost(self, &rule->origin);
    if (made || lost) return;
    if (rule->pattern) ask_pattern(self, rule);
    else
        add_note(self, rule->place, "no short form of what it is for stands %s",
                 self->placed ? "at the place" : "in the document");
}

/* ---- names and topics ---- */

/* Tells of weak names at the place that could have meant the entry, but mean another one. */
static uint32_t tell_settled(att_whys *self, uint32_t entry)
{
    const att_names *names = &self->engine->knowledge.names;
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->record->settled.count; i++) {
        const att_annotation *weak = &self->record->settled.items[i].weak;
        if (weak->entry == entry || !touches(self, weak->start, weak->end)) continue;
        bool own = false;
        for (uint32_t f = att_names_first(names, weak->name); f; f = att_names_next(names, f))
            own = own || names->forms.items[f].owner == entry;
        if (!own || count++ >= MOST_NOTES) continue;
        add_note(self, nowhere, "one of its weak names, which means %.*s here",
                 ATT_STR_ARG(self->engine->knowledge.entries.entries.items[weak->entry].id))
            ->at = att_why_span_of(self, weak);
    }
    return count;
}

static void tell_no_form(att_whys *self, att_place place, const char *what)
{
    add_note(self, place, "no %s of it stands %s", what, self->placed ? "at the place" : "in the document");
}

static bool is_named(att_str full, att_str wanted)
{
    if (att_str_equal(full, wanted)) return true;
    const char *slash = memchr(full.data, '/', full.length);
    return slash && att_str_equal(att_str_slice(full, (size_t)(slash - full.data) + 1, full.length), wanted);
}

/* Tells what came of those of the origins that have the name; false when none has. */
static bool tell_of(att_whys *self, const att_origin *origins, uint32_t count, att_str name, uint32_t *told)
{
    bool known = false;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_named(origins[i].rule, name)) continue;
        known = true;
        self->rule = origins[i].rule;
        *told += tell_made(self, &origins[i]);
        *told += tell_lost(self, &origins[i]);
    }
    return known;
}

static bool ask_names(att_whys *self, att_str name)
{
    const att_entries *entries = &self->engine->knowledge.entries;
    uint32_t told = 0;
    if (!tell_of(self, entries->origins.items, entries->origins.count, name, &told)) return false;
    const char *slash = memchr(self->rule.data, '/', self->rule.length);
    uint32_t entry = att_entries_find(
        entries, slash ? att_str_slice(self->rule, (size_t)(slash - self->rule.data) + 1, self->rule.length) : self->rule);
    if (entry != ATT_NONE) told += tell_settled(self, entry);
    if (!told) tell_no_form(self, entry == ATT_NONE ? nowhere : att_entries_place(entries, entry), "form");
    return true;
}

static bool ask_topics(att_whys *self, att_str name)
{
    const att_topics *topics = &self->engine->knowledge.topics;
    uint32_t told = 0;
    const bool known = tell_of(self, topics->origins.items, topics->origins.count, name, &told);
    uint32_t topic = att_topics_named(topics, name);
    if (known && !told) tell_no_form(self, topic == ATT_NONE ? nowhere : topics->topics.items[topic].place, "trigger");
    return known;
}

/* ---- offices ---- */

/* The titles of the office in the form in which they are compared: "federal coffee director, head coffee taster". */
static att_str titles_of(const att_whys *self, const att_office *office)
{
    const att_offices *offices = &self->engine->knowledge.offices;
    att_buf out = { .arena = self->doc->arena };
    for (uint32_t i = 0; i < office->title_count; i++) {
        att_str title = att_index_at(&offices->titles, offices->titles_of.items[office->first_title + i]);
        att_buf_format(&out, "%s%.*s", i ? ", " : "", ATT_STR_ARG(title));
    }
    return att_buf_str(&out);
}

/* Tells what is missing of an official who has the office's title and is one of its holders. */
static void tell_other_office(att_whys *self, const att_official *official, const att_office *office)
{
    if (official->office.data) add_note(self, nowhere, "it is given the office %.*s", ATT_STR_ARG(official->office));
    else
        add_note(self, nowhere, "its agency is %.*s and its country %.*s, those of the office are %.*s and %.*s",
                 ATT_STR_ARG(official->agency_id.data ? official->agency_id : ATT_STR("not known")),
                 ATT_STR_ARG(official->country.data ? official->country : ATT_STR("not known")),
                 ATT_STR_ARG(office->agency.data ? office->agency : ATT_STR("none")),
                 ATT_STR_ARG(office->country.data ? office->country : ATT_STR("none")));
}

/* Tells what speaks for the official having the office, and what against it. False where nothing does. */
static bool tell_official(att_whys *self, const att_official *official, uint32_t number)
{
    const att_offices *offices = &self->engine->knowledge.offices;
    const att_office *office = &offices->offices.items[number];
    att_arena *arena = self->doc->arena;
    const att_title title = att_title_read(offices, arena, official->title);
    bool titled = official->title.data && title.number != ATT_NONE && att_office_has_title(offices, number, title.number);
    bool held = official->name.data
                && att_office_term(offices, number, att_fold_person(arena, official->name), self->doc->date) != NULL;
    bool given = official->office.data && att_str_equal(official->office, office->id);
    if (!given && !titled && !held) return false;
    add_note(self, nowhere, given ? "this official has the office" : "this official has not the office")->at =
        att_why_span_at(self, official->start, official->end);
    if (given) return true;
    if (titled && held) tell_other_office(self, official, office);
    else if (held)
        add_note(self, nowhere, "%.*s is a holder of it, but \"%.*s\" is none of its titles: %.*s", ATT_STR_ARG(official->name),
                 ATT_STR_ARG(official->title.data ? official->title : ATT_EMPTY), ATT_STR_ARG(titles_of(self, office)));
    else
        add_note(self, nowhere, "\"%.*s\" is a title of it, but %.*s is none of its holders", ATT_STR_ARG(official->title),
                 ATT_STR_ARG(official->name.data ? official->name : ATT_STR("nobody")));
    return true;
}

static bool ask_offices(att_whys *self, att_str name)
{
    uint32_t office = att_offices_named(&self->engine->knowledge.offices, name), told = 0;
    if (office == ATT_NONE) return false;
    self->rule = name;
    for (uint32_t i = 0; i < self->doc->officials.count && told < MOST_NOTES; i++) {
        const att_official *official = &self->doc->officials.items[i];
        if (touches(self, official->start, official->end)) told += tell_official(self, official, office);
    }
    if (!told)
        add_note(self, nowhere, "no official %s has its title or the name of a holder: %.*s",
                 self->placed ? "at the place" : "in the document",
                 ATT_STR_ARG(titles_of(self, &self->engine->knowledge.offices.offices.items[office])));
    return true;
}

static bool ask_rules(att_whys *self, att_str name)
{
    const att_rules *rules = &self->engine->rules;
    bool known = false;
    for (uint32_t i = 0; i < rules->rules.count; i++) {
        if (!is_named(rules->rules.items[i].origin.rule, name)) continue;
        known = true;
        self->rule = rules->rules.items[i].origin.rule;
        add_note(self, nowhere, "rule %.*s", ATT_STR_ARG(self->rule));
        ask_rule(self, &rules->rules.items[i]);
    }
    return known;
}

/* ---- a name that is none ---- */

typedef struct {
    att_str *items;
    uint32_t count, capacity;
} name_list;

static void add_name(const att_whys *self, name_list *names, att_str full, bool whole)
{
    const char *slash = memchr(full.data, '/', full.length);
    ATT_RESERVE(self->doc->arena, names, 1);
    names->items[names->count++] = whole || !slash ? full : att_str_slice(full, (size_t)(slash - full.data) + 1, full.length);
}

static void say_unknown(const att_whys *self, att_str name, att_buf *message)
{
    const att_knowledge *knowledge = &self->engine->knowledge;
    bool whole = name.length && memchr(name.data, '/', name.length);
    name_list names = { .count = 0 };
    for (uint32_t i = 0; i < self->engine->rules.rules.count; i++)
        add_name(self, &names, self->engine->rules.rules.items[i].origin.rule, whole);
    for (uint32_t i = 0; i < knowledge->topics.origins.count; i++)
        add_name(self, &names, knowledge->topics.origins.items[i].rule, whole);
    for (uint32_t i = 0; i < knowledge->entries.origins.count; i++)
        add_name(self, &names, knowledge->entries.origins.items[i].rule, whole);
    for (uint32_t i = 0; i < knowledge->offices.ids.count; i++) add_name(self, &names, knowledge->offices.ids.items[i], whole);
    att_str near = att_str_nearest(name, names.items, names.count);
    att_buf_format(message, "no rule, name, topic or office is called '%.*s'", ATT_STR_ARG(name));
    if (near.length) att_buf_format(message, "; did you mean '%.*s'?", ATT_STR_ARG(near));
}

bool att_why_not(att_whys *self, att_str name, att_buf *message)
{
    bool rule = ask_rules(self, name), entry = ask_names(self, name), topic = ask_topics(self, name);
    bool office = ask_offices(self, name);
    if (rule || entry || topic || office) return true;
    say_unknown(self, name, message);
    return false;
}

void att_why_not_tell(const att_engine *engine, att_document *doc, att_trace_record *record, att_str name, uint32_t start,
                      uint32_t end, att_buf *out)
{
    att_whys whys = { .engine = engine, .doc = doc, .record = record, .placed = true, .byte_start = start, .byte_end = end };
    att_buf message = { .arena = doc->arena };
    att_offsets_init(&whys.offsets, doc->arena, doc->text, doc->well_formed, ATT_OFFSET_CODEPOINT);
    if (!att_why_not(&whys, name, &message)) return;
    for (uint32_t i = 0; i < whys.notes.count; i++) {
        const att_why_note *note = &whys.notes.items[i];
        att_buf_add(out, ATT_STR("      "));
        if (note->place.source) {
            att_line_column at = att_source_locate(note->place.source, note->place.start);
            att_buf_format(out, "%.*s:%u:%u: ", ATT_STR_ARG(note->place.source->path), at.line, at.column);
        }
        att_buf_add(out, att_plain_line(doc->arena, note->text));
        if (note->at.text.data) att_buf_format(out, ": \"%.*s\"", ATT_STR_ARG(att_plain_line(doc->arena, note->at.text)));
        att_buf_byte(out, '\n');
    }
}
