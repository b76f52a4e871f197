#include "resolve/coref_linker.h"
#include "text/acronym.h"

enum { SEARCHED = 64 /* annotations to either side */ };

/* ---- places ---- */

static uint32_t annotation_at(const att_document *doc, uint32_t layer, uint32_t start, uint32_t end)
{
    for (uint32_t i = att_first_from(doc, start); i < doc->annotations.count && doc->annotations.items[i].start == start; i++)
        if (doc->annotations.items[i].layer == layer && doc->annotations.items[i].end == end) return i;
    return ATT_NONE;
}

static bool has_text(const att_document *doc, const att_annotation *annotation, uint32_t layer, att_str text)
{
    return annotation->layer == layer && att_str_equal(att_str_slice(doc->text, annotation->start, annotation->end), text);
}

uint32_t att_annotation_of(const att_document *doc, uint32_t layer, att_str text, uint32_t near)
{
    if (!text.length) return ATT_NONE;
    if (text.data >= doc->text.data && text.data < doc->text.data + doc->text.length) {
        uint32_t start = (uint32_t)(text.data - doc->text.data);
        return annotation_at(doc, layer, start, start + (uint32_t)text.length);
    }
    uint32_t middle = att_first_from(doc, near);
    for (uint32_t away = 0; away < SEARCHED; away++) {
        uint32_t behind = middle + away;
        if (behind < doc->annotations.count && has_text(doc, &doc->annotations.items[behind], layer, text)) return behind;
        if (away < middle && has_text(doc, &doc->annotations.items[middle - away - 1], layer, text)) return middle - away - 1;
    }
    return ATT_NONE;
}

/* ---- what others ask ---- */

static uint32_t title_number(att_coref *self, const att_offices *offices, att_arena *arena, att_str title)
{
    uint32_t number = att_map_keep(&self->titles, title);
    if (number == self->read_titles.count) {
        att_title read = att_title_read(offices, arena, title);
        ATT_RESERVE(arena, &self->read_titles, 1);
        self->read_titles.items[self->read_titles.count++] = read;
    }
    return number;
}

att_title att_coref_title(att_coref *self, const att_offices *offices, att_arena *arena, att_str title)
{
    return self->read_titles.items[title_number(self, offices, arena, title)];
}

att_title att_coref_title_of(att_coref *self, const att_offices *offices, att_arena *arena, uint32_t index, att_str title)
{
    uint32_t *number = &self->title_of[index];
    if (*number == ATT_NONE) *number = title_number(self, offices, arena, title);
    return self->read_titles.items[*number];
}

att_str att_coref_bare(att_str name)
{
    const bool parted = name.length > 3 && name.data[1] == '.' && name.data[2] == ' ';
    return parted ? att_str_slice(name, 3, name.length) : name;
}

att_str att_coref_fold(const att_coref *self, att_arena *arena, att_str name)
{
    uint32_t spelling = name.length ? att_map_find(&self->spellings, name) : (uint32_t)ATT_NONE;
    if (spelling == ATT_NONE) return att_fold_person(arena, name);
    return att_coref_bare(self->names.items[self->folds.items[spelling]]);
}

uint32_t att_coref_person(const att_coref *self, att_arena *arena, uint32_t index, att_str name)
{
    uint32_t number = self->name_of[index];
    if (number == ATT_NONE && name.length) {
        const uint32_t spelling = att_map_find(&self->spellings, name);
        number = spelling == ATT_NONE ? att_map_find(&self->names, att_fold_person(arena, name)) : self->folds.items[spelling];
    }
    return number == ATT_NONE ? number : self->roots.items[number];
}

/* ---- acronyms ---- */

static bool is_known(const linker *self, const att_annotation *annotation)
{
    return annotation->entry != ATT_NONE || get(self, annotation, ATT_KEY_ID).length;
}

static void link_acronyms(const linker *self)
{
    short_forms forms = { 0 };
    att_map_init(&forms.keys, self->doc->arena);
    for (uint32_t k = 0; k < self->bodies.count; k++) {
        uint32_t i = self->bodies.items[k], token = att_acronym_behind(self->doc, at(self, i)->tokens);
        if (token != ATT_NONE) add_short_form(self, &forms, type_at(self, token)->surface, i);
    }
    for (uint32_t k = 0; forms.keys.count && k < self->bodies.count; k++) {
        uint32_t i = self->bodies.items[k];
        if (is_known(self, at(self, i))) continue;
        uint32_t name = owner_of(&forms, text_of(self, i));
        if (name < i && at(self, name)->layer == at(self, i)->layer) self->coref->same_as[i] = name;
    }
}

/* ---- short forms that rules found ---- */

/* The highest number that a chain has. */
static uint32_t last_chain(const linker *self)
{
    uint32_t last = 0;
    for (uint32_t k = 0; k < self->chained.count; k++)
        if (at(self, self->chained.items[k])->chain > last) last = at(self, self->chained.items[k])->chain;
    return last;
}

/* Whether `a` names the chain better than `b` does: a known name before an unknown one, then the longer before the shorter. */
static bool speaks(const linker *self, uint32_t a, uint32_t b)
{
    if (is_known(self, at(self, a)) != is_known(self, at(self, b))) return is_known(self, at(self, a));
    return text_of(self, a).length > text_of(self, b).length;
}

/* Links the members of each chain (a name and its short forms, found by rules) to the member that names it best. */
static void link_chains(const linker *self)
{
    uint32_t chains = last_chain(self), *fullest = att_arena_alloc(self->doc->arena, sizeof *fullest * (chains + 1));
    for (uint32_t i = 0; i <= chains; i++) fullest[i] = ATT_NONE;
    for (uint32_t k = 0; k < self->chained.count; k++) {
        uint32_t i = self->chained.items[k], chain = at(self, i)->chain;
        if (fullest[chain] == ATT_NONE || speaks(self, i, fullest[chain])) fullest[chain] = i;
    }
    for (uint32_t k = 0; k < self->chained.count; k++) {
        uint32_t i = self->chained.items[k], full = fullest[at(self, i)->chain];
        if (full == i || is_known(self, at(self, i)) || at(self, full)->layer != at(self, i)->layer) continue;
        if (at(self, i)->layer == ATT_LAYER_PERSON && self->coref->apart && self->coref->apart[self->coref->name_of[i]])
            continue;
        uint32_t *same_as = self->coref->same_as, target = same_as[full] == ATT_NONE ? full : same_as[full];
        if (target != i) same_as[i] = target;
    }
}

/* Makes each link lead straight to the first mention, which has no link of its own. */
static void flatten(const linker *self)
{
    uint32_t *same_as = self->coref->same_as;
    for (uint32_t k = 0; k < self->groups->named.count; k++) {
        uint32_t i = self->groups->named.items[k];
        for (int steps = 0; same_as[i] != ATT_NONE && same_as[same_as[i]] != ATT_NONE && steps < MOST_WORDS; steps++)
            same_as[i] = same_as[same_as[i]] == i ? (uint32_t)ATT_NONE : same_as[same_as[i]];
    }
}

/* ---- titles ---- */

/* Length of the words, with the blanks behind them, with which both titles begin: "deputy ". */
static size_t shared_words(att_str a, att_str b)
{
    size_t shared = 0;
    for (size_t i = 0; i < a.length && i < b.length && a.data[i] == b.data[i]; i++)
        if (a.data[i] == ' ') shared = i + 1;
    return shared;
}

/* Whether what stands behind the field in a title says nothing more of it: "affairs", "and trade", "of ruritania". */
static bool is_field_tail(const att_phrase_lists *lists, att_str tail)
{
    if (!tail.length || tail.data[0] == ',') return true;
    return tail.data[0] == ' ' && att_lists_have_start(lists, ATT_LIST_FIELD_TAIL, att_str_slice(tail, 1, tail.length));
}

/* Whether the longer title has its field behind its head and the brief one before it: "deputy minister of foreign affairs",
 * "deputy foreign minister". */
static bool is_turned(const att_phrase_lists *lists, att_str brief, att_str title)
{
    const size_t before = shared_words(brief, title);
    const att_str head = att_str_last_word(brief);
    att_str rest = att_str_slice(title, before, title.length);
    if (brief.length <= before + head.length || !att_str_starts_words(rest, head)) return false;
    const att_str field = att_str_slice(brief, before, brief.length - head.length - 1);
    static const char *const links[] = { " of the ", " of ", " for the ", " for " };
    rest = att_str_slice(rest, head.length, rest.length);
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        const att_str link = att_str_of(links[i]);
        if (!att_str_starts(rest, link)) continue;
        rest = att_str_slice(rest, link.length, rest.length);
        return att_str_starts(rest, field) && is_field_tail(lists, att_str_slice(rest, field.length, rest.length));
    }
    return false;
}

/* Whether the shorter title is the longer one written short: "sec." of "secretary of state". The list has both words. */
static bool is_cut_short(const att_phrase_lists *lists, att_str brief, att_str title)
{
    if (!att_str_ends(brief, ATT_STR("."))) return false;
    const char *blank = memchr(title.data, ' ', title.length);
    const size_t first = blank ? (size_t)(blank - title.data) : title.length;
    char both[48];
    if (brief.length + first > sizeof both) return false;
    memcpy(both, brief.data, brief.length - 1);
    both[brief.length - 1] = ' ';
    memcpy(both + brief.length, title.data, first);
    return att_lists_have_text(lists, ATT_LIST_CUT_SHORT, (att_str){ both, brief.length + first });
}

/* Whether the words before a title make the whole another's post: "spokesperson for the" before "secretary-general". */
static bool is_of_another(att_str words)
{
    static const char *const links[] = { " of", " of the", " for", " for the", " to", " to the" };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (att_str_ends(words, att_str_of(links[i]))) return true;
    return false;
}

bool att_same_title(const att_phrase_lists *lists, att_str a, att_str b)
{
    if (a.length > b.length) return att_same_title(lists, b, a);
    if (!a.length) return false;
    if (is_turned(lists, a, b) || is_cut_short(lists, a, b)) return true;
    if (a.data[0] != b.data[0] && a.data[a.length - 1] != b.data[b.length - 1]) return false;
    if (a.length == b.length) return att_str_equal(a, b);
    if (att_str_starts(b, a)) return att_str_starts_words(b, a);
    size_t cut = b.length - a.length;
    if (!att_str_ends(b, a) || b.data[cut - 1] != ' ') return false;
    const att_str before = att_str_slice(b, 0, cut - 1);
    return !is_of_another(before) && !att_lists_have_any(lists, ATT_LIST_RANK_BELOW, before);
}

/* A title in the order of the text, and who has it. */
typedef struct {
    uint32_t person; /* the number of the person's name */
    att_str title, country;
    bool counterpart; /* has the title only as somebody's counterpart */
} title_holder;

typedef struct {
    title_holder *items;
    uint32_t count, capacity;
} title_holders;

/* Links the TITLE of an OFFICIAL to the person, unless the title belongs to several names ("Senators Roe and Doe"). */
static void link_held_title(const linker *self, uint32_t official, att_country_finder *finder, title_holder *holder)
{
    uint32_t *same_as = self->coref->same_as;
    uint32_t title =
        att_annotation_of(self->doc, ATT_LAYER_TITLE, get(self, at(self, official), ATT_KEY_TITLE), at(self, official)->start);
    uint32_t first = self->coref->firsts.items[holder->person];
    holder->country = get(self, at(self, official), ATT_KEY_COUNTRY);
    if (title == ATT_NONE) return;
    if (!holder->country.data) holder->country = att_country_of(finder, title, ATT_BY_NAME, ATT_BY_OWNER);
    if (first == ATT_NONE) return;
    same_as[title] = same_as[title] == ATT_NONE || same_as[title] == first ? first : SEVERAL;
}

/* Whether an OFFICIAL has the title of whom he met, not one beside him: Doe in "Trade Minister Roe met her Peruvian
 * counterpart Doe". */
static bool is_counterpart(const linker *self, uint32_t official)
{
    const att_str title = get(self, at(self, official), ATT_KEY_TITLE), text = self->doc->text;
    if (title.data < text.data || title.data >= text.data + at(self, official)->start) return false;
    const uint32_t end = (uint32_t)(title.data - text.data) + (uint32_t)title.length;
    for (uint32_t token = at(self, official)->tokens.first; token-- && self->doc->tokens.start[token] >= end;)
        if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_COUNTERPART, att_document_word(self->doc, token)))
            return true;
    return false;
}

/* The only person before the title who has it; ATT_NONE for none or several. A counterpart is meant only with his state:
 * "the Peruvian minister". */
static uint32_t meant_by(const linker *self, const title_holders *holders, uint32_t title, att_country_finder *finder)
{
    att_str core = read_title(self, title).core, country = { 0 };
    uint32_t person = ATT_NONE;
    bool asked = false;
    for (uint32_t i = 0; i < holders->count; i++) {
        const title_holder *holder = &holders->items[i];
        if (holder->person == person || core.length > holder->title.length
            || !att_same_title(&self->knowledge->lists, core, holder->title))
            continue;
        if (!asked) country = att_country_of(finder, title, ATT_BY_NAME, ATT_BY_OWNER);
        asked = true;
        if (country.data ? !att_str_equal(country, holder->country) : holder->counterpart) continue;
        if (person != ATT_NONE) return ATT_NONE;
        person = holder->person;
    }
    return person;
}

/* Whether a person's name follows the title directly. */
static bool before_name(const linker *self, uint32_t title)
{
    for (uint32_t i = title + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= at(self, title)->tokens.last;
         i++)
        if (at(self, i)->layer == ATT_LAYER_PERSON && at(self, i)->tokens.first == at(self, title)->tokens.last) return true;
    return false;
}

static void link_titles(const linker *self)
{
    att_country_finder *finder = att_country_finder_new(self->knowledge, self->doc, self->vocabulary, self->groups);
    uint32_t *same_as = self->coref->same_as;
    title_holders holders = { 0 };
    enum { MOST_HOLDERS = 256 };
    uint32_t *until = att_arena_alloc(self->doc->arena, sizeof *until * (self->people.count + 1));
    for (uint32_t k = 0; k < self->people.count; k++) {
        uint32_t i = self->people.items[k];
        until[k] = holders.count;
        const att_annotation *official = at(self, i);
        if (official->layer != ATT_LAYER_OFFICIAL || holders.count == MOST_HOLDERS) continue;
        att_str name = get(self, official, ATT_KEY_NAME);
        title_holder holder = { .person = att_coref_person(self->coref, self->doc->arena, i, name) };
        if (holder.person == ATT_NONE || !get(self, official, ATT_KEY_TITLE).length) continue;
        holder.title = read_title(self, i).core;
        link_held_title(self, i, finder, &holder);
        holder.counterpart = is_counterpart(self, i);
        ATT_RESERVE(self->doc->arena, &holders, 1);
        holders.items[holders.count++] = holder;
    }
    for (uint32_t k = 0; k < self->people.count; k++) {
        uint32_t i = self->people.items[k];
        if (same_as[i] == SEVERAL) same_as[i] = ATT_NONE;
        else if (at(self, i)->layer == ATT_LAYER_TITLE && same_as[i] == ATT_NONE && until[k] && !before_name(self, i)) {
            title_holders before = { holders.items, until[k], until[k] };
            uint32_t person = meant_by(self, &before, i, finder);
            if (person != ATT_NONE) same_as[i] = self->coref->firsts.items[person];
        }
    }
}

/* An array with ATT_NONE for each annotation. */
static uint32_t *new_numbers(const att_document *doc)
{
    const uint32_t count = doc->annotations.count;
    uint32_t *numbers = att_arena_alloc(doc->arena, sizeof *numbers * (count + 1));
    for (uint32_t i = 0; i < count; i++) numbers[i] = ATT_NONE;
    return numbers;
}

void att_find_coreferences(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                           const att_groups *groups, att_coref *coref)
{
    linker self = { .knowledge = knowledge,
                    .doc = doc,
                    .vocabulary = vocabulary,
                    .coref = coref,
                    .groups = groups,
                    .people = groups->by[ATT_GROUP_PEOPLE],
                    .bodies = groups->by[ATT_GROUP_BODIES],
                    .chained = groups->chained };
    *coref = (att_coref){ .same_as = new_numbers(doc), .name_of = new_numbers(doc), .title_of = new_numbers(doc) };
    att_map_init(&coref->names, doc->arena);
    att_map_init(&coref->spellings, doc->arena);
    att_map_init(&coref->titles, doc->arena);
    att_coref_link_persons(&self);
    link_acronyms(&self);
    link_chains(&self);
    link_titles(&self);
    flatten(&self);
}
