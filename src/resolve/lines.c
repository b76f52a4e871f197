#include "resolve/lines.h"

#include "resolve/lines_reader.h"

enum { LONGEST_PARAGRAPH = 400 /* bytes, with lines of such a kind in it */ };

/* ---- what an entry says ---- */

static att_str words(const reader *self, uint32_t index)
{
    return index == ATT_NONE ? (att_str){ 0 } : att_str_slice(self->doc->text, at(self, index)->start, at(self, index)->end);
}

static att_str text_of(const reader *self, att_token_range tokens)
{
    return att_str_slice(self->doc->text, self->doc->tokens.start[tokens.first], self->doc->tokens.end[tokens.last - 1]);
}

/* The code of the state, or of the body of several states, that the body tells; or a null view. */
static att_str state_of_body(const reader *self, uint32_t body)
{
    uint32_t nation = att_line_nation_within(self, body);
    if (at(self, body)->layer == ATT_LAYER_IGO)
        return att_str_join(self->doc->arena, ATT_STR("IGO"), ATT_STR(":"), get(self, body, ATT_KEY_CODE));
    return nation != ATT_NONE ? get(self, nation, ATT_KEY_CODE) : get(self, body, ATT_KEY_COUNTRY);
}

/* The code of the state that the title is of: "Minister of Mines of Chile"; null for one who is sent to it. */
static att_str state_in(const reader *self, title_in_line title)
{
    uint32_t token = title.tokens.first;
    while (token < title.tokens.last && !is_word(self, token, "to")) token++;
    for (uint32_t i = title.index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first < token; i++)
        if (at(self, i)->layer == ATT_LAYER_COUNTRY)
            return is_word(self, at(self, i)->tokens.first - 1, "for") ? (att_str){ 0 } : get(self, i, ATT_KEY_CODE);
    return (att_str){ 0 };
}

/* Whether states have a ministry of that name each: what heads the lines says whose it is. */
static bool is_ministry(const reader *self, uint32_t body)
{
    for (uint32_t token = at(self, body)->tokens.first; token < at(self, body)->tokens.last; token++)
        if (is_word(self, token, "Ministry")) return att_line_nation_within(self, body) == ATT_NONE;
    return false;
}

/* That of the entry, else the one that heads the lines; null where the body tells its own. */
static att_str state_of(const reader *self, const entry *whose, uint32_t body)
{
    bool tells = att_line_tells_state(self, body), ministry = tells && is_ministry(self, body);
    if (tells && !ministry) return (att_str){ 0 };
    if (whose->nation != ATT_NONE) return get(self, whose->nation, ATT_KEY_CODE);
    return whose->company || (ministry && att_str_starts(self->scope, ATT_STR("IGO:"))) ? (att_str){ 0 } : self->scope;
}

/* The state for which one of that name is known to hold the title, whatever the lines around suggest: under a name a header
 * tells where the Secretary of State speaks. Else `told`. */
static att_str state_held(const reader *self, att_str title, att_str name, att_str told)
{
    if (!name.length || !memchr(name.data, ' ', name.length)) return told;
    const att_offices *offices = &self->knowledge->offices;
    const uint32_t office = att_office_find(offices, self->doc->arena, title, name, self->doc);
    return office == ATT_NONE || !offices->offices.items[office].country.data ? told : offices->offices.items[office].country;
}

static void put(reader *self, att_annotation *annotation, att_key key, att_str value)
{
    if (value.data) att_annotation_put(annotation, &self->knowledge->layers, self->doc->arena, key, value);
}

/* Makes the annotation of the title as long as the title is; those of titles that it swallows go. */
static void make_whole(reader *self, title_in_line title)
{
    att_annotation *annotation = at(self, title.index);
    if (annotation->tokens.last == title.tokens.last) return;
    annotation->tokens.last = title.tokens.last;
    annotation->end = self->doc->tokens.end[title.tokens.last - 1];
    annotation->state &= (uint8_t)~ATT_SHOWN;
    self->changed = true;
    for (uint32_t i = title.index + 1; i < self->doc->annotations.count && at(self, i)->start < annotation->end; i++)
        if (at(self, i)->layer == ATT_LAYER_TITLE || at(self, i)->layer == ATT_LAYER_OFFICIAL)
            if (at(self, i)->start > annotation->start) at(self, i)->state |= ATT_DROPPED;
}

/* Whether the annotation is a cell of a table: between bars or tabs, or between one and the end of the line. */
static bool is_cell(const reader *self, const att_annotation *item)
{
    const att_str text = self->doc->text;
    uint32_t before = item->start, after = item->end;
    while (before && text.data[before - 1] == ' ') before--;
    while (after < text.length && text.data[after] == ' ') after++;
    const char left = before ? text.data[before - 1] : '\n', right = after < text.length ? text.data[after] : '\n';
    bool bar = left == '|' || left == '\t' || right == '|' || right == '\t';
    return bar && strchr("|\t\n", left) && strchr("|\t\n", right);
}

/* The body of the title, or that in another cell of its row; of a post that any body has that which heads the lines. ATT_NONE
 * for none. */
static uint32_t body_of(const reader *self, const entry *whose, title_in_line title, bool common)
{
    const bool bare = title.body == ATT_NONE && !title.unit.last;
    if (bare && whose->body != ATT_NONE && is_cell(self, at(self, whose->body))) return whose->body;
    bool scoped = common && !title.unit.last && whose->body == ATT_NONE && !whose->company && !whose->unknown;
    return scoped ? self->scope_body : title.body;
}

static att_str agency_of(const reader *self, const title_in_line *title, uint32_t body)
{
    return title->unit.last ? text_of(self, title->unit) : words(self, body);
}

static void add(reader *self, const att_annotation *annotation)
{
    ATT_RESERVE(self->doc->arena, &self->added, 1);
    self->added.items[self->added.count++] = *annotation;
}

/* Makes a PERSON of the entry's name where no rule did, once. */
static void add_person(reader *self, const entry *whose, const att_annotation *official)
{
    if (whose->person != ATT_NONE || whose->named) return;
    att_annotation person = *official;
    person.layer = ATT_LAYER_PERSON;
    person.fields = NULL;
    person.tokens = whose->name;
    person.start = self->doc->tokens.start[whose->name.first];
    person.end = self->doc->tokens.end[whose->name.last - 1];
    person.entry = person.name = ATT_NONE;
    person.match_start = person.match_end = person.chain = 0;
    put(self, &person, ATT_KEY_NAME, text_of(self, whose->name));
    add(self, &person);
    self->entry.named = true;
}

/* Whether one of the person's posts is one that no company has. */
static bool has_public_post(const reader *self, const entry *whose)
{
    for (uint32_t i = 0; i < whose->title_count; i++)
        if (!att_line_is_common(self, at(self, whose->titles[i].index)->tokens)) return true;
    return false;
}

static void add_official(reader *self, const entry *whose, title_in_line title)
{
    bool common = att_line_is_common(self, at(self, title.index)->tokens);
    uint32_t body = body_of(self, whose, title, common);
    att_str state = state_in(self, title);
    if (!state.data)
        state = state_held(self, text_of(self, title.tokens), text_of(self, whose->name), state_of(self, whose, body));
    bool longer = title.tokens.last > at(self, title.index)->tokens.last; /* "Director of Acme" */
    bool told = body != ATT_NONE || (title.unit.last && state.data) || (state.data && !longer && !whose->unknown);
    if (whose->company || (common && !told && !has_public_post(self, whose))) return;
    bool part = whose->label && title.tokens.last == title.tokens.first + 1; /* "Minister: Jane Roe" of a film */
    if (part && body == ATT_NONE && !state.data) return;
    make_whole(self, title);
    att_annotation official = *at(self, title.index);
    official.layer = ATT_LAYER_OFFICIAL;
    official.fields = NULL;
    official.state = 0;
    add_person(self, whose, &official);
    put(self, &official, ATT_KEY_NAME, text_of(self, whose->name));
    put(self, &official, ATT_KEY_TITLE, words(self, title.index));
    put(self, &official, ATT_KEY_AGENCY, agency_of(self, &title, body));
    put(self, &official, ATT_KEY_COUNTRY, state);
    add(self, &official);
}

/* Makes the title of an official that a rule made as long as it is in the line. */
static void lengthen(reader *self, att_annotation *official, const title_in_line *title)
{
    if (official->tokens.last >= title->tokens.last) return;
    make_whole(self, *title);
    put(self, official, ATT_KEY_TITLE, words(self, title->index));
    official->end = at(self, title->index)->end;
    official->tokens.last = title->tokens.last;
    official->state &= (uint8_t)~ATT_SHOWN;
}

/* The body in the person's line that the words are, or ATT_NONE. */
static uint32_t body_named(const reader *self, const entry *whose, att_str agency)
{
    for (uint32_t i = whose->from; i < whose->next; i++)
        if (at(self, i)->start == (uint32_t)(agency.data - self->doc->text.data) && is_item(at(self, i)->layer)) return i;
    return ATT_NONE;
}

/* The title in the person's line that the official was made of, or NULL. */
static const title_in_line *title_of(const reader *self, const entry *whose, uint32_t official)
{
    for (uint32_t i = 0; i < whose->seen_count; i++)
        if (at(self, whose->seen[i].index)->start == at(self, official)->start) return &whose->seen[i];
    return NULL;
}

/* Whether the title stands behind the name and is one that any body has: "Jane Roe, Director", not "President Roe". */
static bool is_behind_name(const reader *self, const entry *whose, const title_in_line *title)
{
    return whose->person != ATT_NONE && title->index > whose->person
           && att_line_is_common(self, at(self, title->index)->tokens);
}

/* Gives those that rules made the state and the body that their line does not tell, and the whole title. */
static void fill_officials(reader *self, const entry *whose)
{
    for (uint32_t i = whose->from; i < whose->next; i++) {
        att_annotation *official = at(self, i);
        if (official->layer != ATT_LAYER_OFFICIAL) continue;
        const title_in_line *title = title_of(self, whose, i);
        att_str agency = get(self, i, ATT_KEY_AGENCY);
        uint32_t body = ATT_NONE;
        if (agency.data) body = body_named(self, whose, agency);
        else if (title) body = body_of(self, whose, *title, is_behind_name(self, whose, title));
        if (title && !agency.data) put(self, official, ATT_KEY_AGENCY, agency_of(self, title, body));
        if (title) lengthen(self, official, title);
        if (get(self, i, ATT_KEY_COUNTRY).data) continue;
        const att_str state = state_of(self, whose, body);
        put(self, official, ATT_KEY_COUNTRY, state_held(self, get(self, i, ATT_KEY_TITLE), get(self, i, ATT_KEY_NAME), state));
    }
}

/* Makes an official of a name alone, below a text that tells of which body all are members. */
static void add_member(reader *self, const entry *whose)
{
    att_annotation official = *at(self, whose->person == ATT_NONE ? self->scope_body : whose->person);
    official.layer = ATT_LAYER_OFFICIAL;
    official.fields = NULL;
    official.state = 0;
    official.tokens = whose->name;
    official.start = self->doc->tokens.start[whose->name.first];
    official.end = self->doc->tokens.end[whose->name.last - 1];
    official.entry = official.name = ATT_NONE;
    official.match_start = official.match_end = official.chain = 0;
    add_person(self, whose, &official);
    put(self, &official, ATT_KEY_NAME, text_of(self, whose->name));
    put(self, &official, ATT_KEY_TITLE, self->members);
    put(self, &official, ATT_KEY_AGENCY, words(self, self->scope_body));
    put(self, &official, ATT_KEY_COUNTRY, self->scope);
    add(self, &official);
}

static void close_entry(reader *self)
{
    entry *whose = &self->entry;
    if (!whose->open) return;
    whose->open = false;
    if (whose->written) fill_officials(self, whose);
    else if (whose->bare && !whose->title_count && self->members.length) add_member(self, whose);
    for (uint32_t i = 0; i < whose->title_count; i++) add_official(self, whose, whose->titles[i]);
}

static void add_titles(entry *whose, const title_in_line *titles, uint32_t count)
{
    for (uint32_t i = 0; i < count && whose->title_count < 2 * MOST_TITLES; i++)
        whose->titles[whose->title_count++] = titles[i];
}

/* ---- line by line ---- */

static bool next_line(reader *self, line *next);

static bool is_bare_title(const line *here)
{
    return here->apart && here->kind == LINE_TITLE && !here->has_official && !here->foreign;
}

/* A name in a paragraph of its own, also one that no rule knows. */
static bool is_bare_name(const reader *self, const line *here)
{
    if (!here->apart || here->title_count || here->colon) return false;
    if (here->kind == LINE_PERSON && here->person != ATT_NONE) return !here->foreign;
    return (here->kind == LINE_PERSON || here->kind == LINE_OTHER) && att_line_may_be_name(self, here->tokens);
}

/* Whether `next`, the line behind a post and a name in paragraphs of their own, goes on as posts above names do: they
 * alternate, and a name is last. A name behind a name makes the post the heading of both. */
static bool are_posts_first(reader *self, const line *next)
{
    if (!next) return true;
    if (next->tokens.first < self->names_first_to) return false;
    const reader before = *self;
    line here = *next;
    bool post = true, more = true; /* `post`: one is due */
    for (; more; more = next_line(self, &here)) {
        if (here.kind == LINE_NEUTRAL) continue;
        if (!(post ? is_bare_title(&here) : is_bare_name(self, &here))) break;
        post = !post;
    }
    *self = before;
    bool heads = more && here.kind == LINE_PERSON && is_bare_name(self, &here), first = post && !heads && (!more || here.apart);
    if (!first) self->names_first_to = here.tokens.first;
    return first;
}

/* Gives the person of the line the titles above it. */
static void take_above(reader *self, const line *here, const line *next)
{
    const bool alike = self->above_bare && is_bare_name(self, here);
    if (here->apart && alike && !self->posts_first) self->posts_first = are_posts_first(self, next);
    if (here->apart && !(alike && self->posts_first)) return;
    add_titles(&self->entry, self->above, self->above_count);
    if (!here->apart) self->titles_above = true;
    else self->entry.any_below = self->entry.gap = true; /* a state below is the person's */
}

/* `next`: the line behind, or NULL. */
static void open_entry(reader *self, const line *here, const line *next)
{
    close_entry(self);
    self->entry = (entry){ .open = true,
                           .person = here->person,
                           .name = here->name,
                           .body = here->body,
                           .nation = here->nation,
                           .from = here->from,
                           .next = here->next,
                           .written = here->has_official,
                           .company = here->company,
                           .row = here->row,
                           .label = here->label };
    self->entry.bare = !here->title_count && !here->foreign && !here->colon && !here->company && !here->places
                       && here->body == ATT_NONE && here->nation == ATT_NONE;
    self->entry.unknown = here->title_count && here->foreign;
    if (here->has_official) {
        self->entry.seen_count = here->title_count;
        memcpy(self->entry.seen, here->titles, sizeof here->titles);
    } else {
        add_titles(&self->entry, here->titles, here->title_count);
    }
    self->entry.below_post = self->above_count;
    if (self->above_count && !here->title_count) take_above(self, here, next);
    self->above_count = 0;
}

static void set_scope(reader *self, att_str state, uint32_t body, bool bare)
{
    close_entry(self);
    self->scope = state;
    self->scope_body = body;
    self->scope_bare = bare;
    self->members = ATT_EMPTY;
    self->posts_first = false;
    self->above_count = 0;
}

/* Whether the line belongs to the person above: it stands as near as the lines before it. */
static bool belongs(reader *self, const line *here)
{
    entry *whose = &self->entry;
    if (!whose->open || (whose->any_below && here->apart && !whose->gap)) return false;
    if (!whose->any_below) whose->gap = here->apart;
    return whose->any_below = true;
}

static void take_titles(reader *self, const line *here)
{
    entry *whose = &self->entry;
    bool other =
        self->titles_above || self->posts_first || (here->apart && whose->open && (whose->written || whose->title_count));
    other |= here->row && whose->row; /* a row of a table stands for itself */
    if (!other && belongs(self, here)) {
        if (here->has_official) return;
        add_titles(whose, here->titles, here->title_count);
        if (whose->body == ATT_NONE) whose->body = here->body;
        if (whose->nation == ATT_NONE) whose->nation = here->nation;
        whose->company |= here->company;
        whose->unknown |= here->foreign > 0;
        return;
    }
    close_entry(self);
    const bool was =
        att_may_say_status(att_document_word(self->doc, here->tokens.first)); /* "Former Minister of Mines Jailed" */
    self->above_count = was ? 0 : here->title_count;
    self->above_bare = !here->foreign;
    memcpy(self->above, here->titles, sizeof here->titles);
}

static void take_body(reader *self, const line *here)
{
    entry *whose = &self->entry;
    bool whole = here->apart && (whose->seen_count || (whose->title_count && !whose->any_below));
    bool below = whose->open && whose->body == ATT_NONE && !here->colon && !here->listed && !whole;
    if (below && belongs(self, here)) {
        whose->body = here->body;
        if (whose->title_count) whose->titles[whose->title_count - 1].body = here->body;
        else if (whose->seen_count) whose->seen[whose->seen_count - 1].body = here->body;
        whose->company |= here->company;
        return;
    }
    if (whose->open && !here->apart && !here->colon) return; /* "Division of Mines", "Ministry of Trade" */
    att_str state = state_of_body(self, here->body);
    bool inner = !state.data && self->scope.data;
    set_scope(self, inner ? self->scope : state, here->listed ? (uint32_t)ATT_NONE : here->body, false);
}

/* `below`: the next line follows at once. */
static void take_nation(reader *self, const line *here, bool below)
{
    entry *whose = &self->entry;
    bool heads = here->colon || here->listed || !whose->open || !whose->any_below;
    if (!heads && (here->apart || below)) heads = self->scope_bare || here->apart != whose->gap;
    if (!heads && whose->nation == ATT_NONE) {
        whose->nation = here->nation;
        return;
    }
    if (heads && here->nation != ATT_NONE) set_scope(self, get(self, here->nation, ATT_KEY_CODE), ATT_NONE, !here->listed);
}

/* Words that nobody knows: a body below a title, a name, or the heading of something else. */
static void take_other(reader *self, const line *here, bool below)
{
    entry *whose = &self->entry;
    if (whose->open && whose->any_below && !here->apart && !here->colon && (here->foreign || here->company)) {
        title_in_line *title = whose->title_count ? &whose->titles[whose->title_count - 1] : NULL;
        bool unit =
            title && title->body == ATT_NONE && !title->unit.last && !here->company && !here->title_count
            && (in_list(self, ATT_LIST_UNIT, here->tokens.first) || in_list(self, ATT_LIST_UNIT, here->tokens.last - 1));
        if (unit) title->unit = here->tokens;
        else whose->unknown = true;
        whose->company |= here->company;
        return;
    }
    close_entry(self);
    self->above_count = 0;
    bool name = below && !here->colon && here->foreign >= 2 && here->foreign <= 5 && !here->listed && !here->small;
    if (!name) set_scope(self, (att_str){ 0 }, ATT_NONE, false);
}

/* Whether the line is a name that no rule knows, below its post: others stand so. */
static bool is_unknown_below(reader *self, const line *here, const line *next)
{
    if (!self->above_count || !self->above_bare || !is_bare_name(self, here)) return false;
    if (!self->posts_first && next && is_bare_title(next)) self->posts_first = are_posts_first(self, next);
    return self->posts_first;
}

/* What those are of whom it is told: "members" in "to appoint the following as members of the Mint Board:"; or empty. */
static att_str word_for_members(const reader *self, uint32_t body)
{
    const uint32_t lead = att_line_lead(self, at(self, body)->tokens.first);
    if (!lead || lead == ATT_NONE || !in_list(self, ATT_LIST_MEMBERS, lead - 1)) return ATT_EMPTY;
    return att_document_word(self->doc, lead - 1);
}

static void take_text(reader *self, const line *here)
{
    const uint32_t body = att_line_appoints_to(self, here);
    self->subject.open = self->name_next = false;
    set_scope(self, body == ATT_NONE ? (att_str){ 0 } : state_of_body(self, body), body, false);
    if (body != ATT_NONE) self->members = word_for_members(self, body);
}

/* Whether a second line of a box stands in the run, behind `next`, which is behind the first. One alone makes no box. */
static bool is_in_box(reader *self, const line *next)
{
    if (self->box_asked || !next) return self->in_box;
    const reader before = *self;
    line here = *next;
    bool found = here.of_box;
    while (!found && next_line(self, &here)) found = here.of_box;
    *self = before;
    self->box_asked = true;
    return self->in_box = found;
}

/* Posts below "In office" or "Succeeded by: Jane Roe" are of the one whom the box is about, not of Roe: of the name alone that
 * stands above. A name below a post, "President" above "Jane Roe", is one that the box tells. */
static void take_box(reader *self, const line *here)
{
    entry *subject = &self->subject;
    const entry *above = &self->entry;
    const bool head = above->open && above->bare && above->person != ATT_NONE;
    if (head && (!subject->open || !above->below_post)) *subject = *above;
    close_entry(self);
    self->above_count = 0;
    const uint32_t last = here->tokens.last - 1;
    self->name_next = here->kind == LINE_BOX && (is_word(self, last, "by") || (here->colon && is_word(self, last - 1, "by")));
    if (!subject->open) return;
    self->entry = (entry){ .open = true,
                           .person = subject->person,
                           .name = subject->name,
                           .body = ATT_NONE,
                           .nation = ATT_NONE,
                           .from = subject->from,
                           .next = subject->next };
}

/* Takes the line, now that the next one is known; NULL for none. */
static void take_line(reader *self, line *here, const line *next)
{
    const bool below = next && !next->apart;
    bool above_title = below && next->kind == LINE_TITLE && !next->has_official;
    if (here->kind == LINE_OTHER
        && (((above_title || self->members.length) && att_line_may_be_name(self, here->tokens))
            || is_unknown_below(self, here, next))) {
        here->kind = LINE_PERSON;
        here->name = here->tokens;
        here->foreign = 0;
    }
    if (here->of_box && is_in_box(self, next)) here->kind = LINE_BOX;
    if (self->name_next && here->kind == LINE_PERSON && !att_line_tells_post(self, here)) {
        take_box(self, here);
        return;
    }
    switch (here->kind) {
    case LINE_BOX: take_box(self, here); break;
    case LINE_PERSON: open_entry(self, here, next); break;
    case LINE_TITLE: take_titles(self, here); break;
    case LINE_BODY: take_body(self, here); break;
    case LINE_NATION: take_nation(self, here, below); break;
    case LINE_NEUTRAL: break;
    case LINE_OTHER: take_other(self, here, below); break;
    case LINE_TEXT: take_text(self, here);
    }
}

/* ---- runs of short paragraphs ---- */

static bool may_be_lines(const att_document *doc, uint32_t index)
{
    enum { LONGEST_SIGNED = 160 };
    const att_paragraph *paragraph = &doc->paragraphs.items[index];
    uint32_t length = paragraph->end - paragraph->start;
    if (length > LONGEST_PARAGRAPH || paragraph->kind == ATT_ZONE_METADATA) return false;
    const char *end = doc->text.data + paragraph->end;
    if (end[-1] == '?' || end[-1] == '!') return false;
    if (end[-1] != '.' || (length > 3 && end[-3] == '.')) return true;    /* "Roe, B.A." */
    bool goes_on = index && doc->text.data[paragraph[-1].end - 1] == ','; /* "Jane Roe," above "Secretary of State." */
    return goes_on && length <= LONGEST_SIGNED && paragraph[-1].end - paragraph[-1].start <= LONGEST_SIGNED;
}

/* The byte where the title begins, with the figure or the word of time before it: "7th President of Chile", "Former Premier".
 */
static uint32_t start_of(const att_document *doc, const att_annotation *title)
{
    const uint32_t first = title->tokens.first;
    if (!first || doc->tokens.end[first - 1] + 1 != title->start || doc->text.data[title->start - 1] != ' ')
        return title->start;
    const uint32_t before = doc->tokens.start[first - 1];
    const bool figure = doc->text.data[before] >= '0' && doc->text.data[before] <= '9';
    return figure || att_may_say_status(att_document_word(doc, first - 1)) ? before : title->start;
}

/* "Position: Director of Mines": what the line tells stands before it. */
static bool is_behind_heading(const reader *self, const att_annotation *title)
{
    const uint32_t first = self->doc->paragraphs.items[self->doc->paragraph_of[title->tokens.first]].tokens.first;
    return title->tokens.first == first + 2 && is_word(self, first + 1, ":") && in_list(self, ATT_LIST_HEADING, first);
}

/* Whether the title stands at the head of its line, or beside a person: no speaker's label ("THE PRESIDENT:"). */
static bool may_be_line(const reader *self, const att_indexes *people, uint32_t k)
{
    const att_document *doc = self->doc;
    const att_annotation *title = &doc->annotations.items[people->items[k]];
    const uint32_t paragraph = doc->paragraph_of[title->tokens.first];
    for (uint32_t near = k ? k - 1 : k + 1; near < people->count && near <= k + 1; near += 2) {
        const att_annotation *person = &doc->annotations.items[people->items[near]];
        if (person->layer != ATT_LAYER_TITLE && doc->paragraph_of[person->tokens.first] == paragraph) return true;
    }
    const uint32_t start = start_of(doc, title);
    bool head = start == doc->paragraphs.items[paragraph].start || doc->text.data[start - 1] == '\n';
    head |= is_behind_heading(self, title);
    const char second = doc->text.data[title->start + 1];
    return head && (doc->text.data[title->end] != ':' || (second >= 'a' && second <= 'z'));
}

/* The line that begins at byte `start` of the paragraph, up to its line break; false where nothing stands in it. */
static bool read_line(reader *self, const att_paragraph *paragraph, uint32_t start, line *here)
{
    const char *text = self->doc->text.data;
    const char *found = memchr(text + start, '\n', paragraph->end - start);
    uint32_t end = found ? (uint32_t)(found - text) : paragraph->end, trimmed = end;
    while (trimmed > start && (unsigned char)text[trimmed - 1] <= ' ') trimmed--;
    self->next.start = end + 1;
    if (trimmed == start) return false;
    att_token_range tokens = { self->next.token, paragraph->tokens.last };
    *here = att_line_read(self, tokens, start, trimmed, !found);
    self->next.token = here->tokens.last;
    return true;
}

/* Reads the next line of the run into `next`; false at its end, with `next` as it was. */
static bool next_line(reader *self, line *next)
{
    const att_paragraphs *all = &self->doc->paragraphs;
    while (self->next.paragraph < all->count && may_be_lines(self->doc, self->next.paragraph)) {
        const att_paragraph *paragraph = &all->items[self->next.paragraph];
        if (!self->next.start) self->next.start = paragraph->start, self->next.token = paragraph->tokens.first;
        while (self->next.start < paragraph->end)
            if (read_line(self, paragraph, self->next.start, next)) return true;
        self->next = (place){ .paragraph = self->next.paragraph + 1 };
    }
    return false;
}

/* Reads the paragraphs around `paragraph` that may be lines of a list, none before `from`. Returns the one behind them. */
static uint32_t read_run(reader *self, uint32_t paragraph, uint32_t from)
{
    const att_paragraphs *all = &self->doc->paragraphs;
    uint32_t first = paragraph;
    while (first > from && may_be_lines(self->doc, first - 1)) first--;
    self->scope = (att_str){ 0 };
    self->scope_body = ATT_NONE;
    self->members = ATT_EMPTY;
    self->titles_above = self->posts_first = self->scope_bare = self->name_next = self->subject.open = false;
    self->in_box = self->box_asked = false;
    self->above_count = 0;
    self->last_end = all->items[first].start;
    self->at = att_first_from(self->doc, all->items[first].start);
    self->next = (place){ .paragraph = first };
    line last, next;
    for (bool more = next_line(self, &last); more; last = next) {
        more = next_line(self, &next);
        take_line(self, &last, more ? &next : NULL);
    }
    close_entry(self);
    return self->next.paragraph;
}

/* Puts what was added among the document's annotations, without those that were dropped. */
static void add_all(const reader *self)
{
    att_annotations *all = &self->doc->annotations;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all->count; i++)
        if (!(all->items[i].state & ATT_DROPPED)) all->items[kept++] = all->items[i];
    all->count = kept;
    ATT_RESERVE(self->doc->arena, all, self->added.count);
    for (uint32_t i = 0; i < self->added.count; i++) all->items[all->count++] = self->added.items[i];
    all->sorted = 0;
    att_annotations_sort(all, self->doc->arena);
}

bool att_read_lines(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                    const att_groups *groups)
{
    reader self = { .knowledge = knowledge, .doc = doc, .vocabulary = vocabulary };
    const att_indexes *people = &groups->by[ATT_GROUP_PEOPLE];
    uint32_t done = 0, refused = ATT_NONE; /* paragraphs */
    for (uint32_t k = 0; k < people->count; k++) {
        const att_annotation *title = &doc->annotations.items[people->items[k]];
        if (title->layer != ATT_LAYER_TITLE) continue;
        uint32_t paragraph = doc->paragraph_of[title->tokens.first];
        if (paragraph < done || paragraph == refused) continue;
        if (!may_be_lines(doc, paragraph)) refused = paragraph;
        if (paragraph == refused || !may_be_line(&self, people, k)) continue;
        done = read_run(&self, paragraph, done);
    }
    if (!self.added.count && !self.changed) return false;
    add_all(&self);
    return true;
}
