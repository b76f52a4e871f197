#include "engine/annotation_profile.h"

#include <strings.h>

static const att_profile_kind kinds[] = {
    { "conll", "as CoNLL cuts them: outermost names, no titles, no articles; AGENCY and IGO are ORG", false },
    { "re3d", "the same, with articles, titles before names, a nation's people, larger places", true },
};
enum { KIND_COUNT = sizeof kinds / sizeof kinds[0], MOST_MODIFIERS = 3 };

const att_profile_kind *att_profile_at(size_t index)
{
    return index < KIND_COUNT ? &kinds[index] : NULL;
}

bool att_profile_makes(const char *type)
{
    return strcmp(type, "TITLE") != 0 && strcmp(type, "AGENCY") != 0 && strcmp(type, "IGO") != 0;
}

/* Mentions listed by the token boundaries at which they begin and end. Lists are linked by number plus one; 0 ends a list. */
typedef struct {
    uint32_t *beginning, *ending; /* by token: the first mention of its list */
    struct {
        struct {
            uint32_t beginning, ending;
        } * items;
        uint32_t count, capacity;
    } next; /* by mention: the next one of either list */
} mention_lists;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
    uint32_t lists[ATT_PROFILE_LIST_COUNT]; /* by att_profile_list; ATT_NONE for a list that the rules do not have */
    mention_lists *mentions;
} cutter;

/* ---- words ---- */

static att_str word_at(const cutter *self, uint32_t token)
{
    const att_tokens *tokens = &self->doc->tokens;
    return att_str_slice(self->doc->text, tokens->start[token], tokens->end[token]);
}

static bool is_in(const cutter *self, att_profile_list list, uint32_t token)
{
    const att_word_type *type = att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
    return self->lists[list] != ATT_NONE
           && att_lists_have_word(&self->knowledge->lists, self->lists[list], self->vocabulary, type, false);
}

static bool is_word(const cutter *self, uint32_t token, const char *small)
{
    att_str word = word_at(self, token);
    return word.length == strlen(small) && strncasecmp(word.data, small, word.length) == 0;
}

/* Whether no line break stands between the token and the next one. */
static bool goes_on(const cutter *self, uint32_t token)
{
    const att_tokens *tokens = &self->doc->tokens;
    if (token + 1 >= tokens->count) return false;
    return !memchr(self->doc->text.data + tokens->end[token], '\n', tokens->start[token + 1] - tokens->end[token]);
}

/* ---- spans ---- */

static void list_mention(const cutter *self, uint32_t index)
{
    mention_lists *lists = self->mentions;
    att_token_range tokens = self->doc->annotations.items[index].tokens;
    lists->next.items[index].beginning = lists->beginning[tokens.first];
    lists->next.items[index].ending = lists->ending[tokens.last];
    lists->beginning[tokens.first] = lists->ending[tokens.last] = index + 1;
}

static void unlist_mention(const cutter *self, uint32_t index)
{
    mention_lists *lists = self->mentions;
    att_token_range tokens = self->doc->annotations.items[index].tokens;
    uint32_t *at = &lists->beginning[tokens.first];
    while (*at != index + 1) at = &lists->next.items[*at - 1].beginning;
    *at = lists->next.items[index].beginning;
    at = &lists->ending[tokens.last];
    while (*at != index + 1) at = &lists->next.items[*at - 1].ending;
    *at = lists->next.items[index].ending;
}

/* Lists the mentions that were added since the last call. */
static void list_new(const cutter *self)
{
    const uint32_t count = self->doc->annotations.count;
    ATT_RESERVE(self->doc->arena, &self->mentions->next, count - self->mentions->next.count);
    while (self->mentions->next.count < count) list_mention(self, self->mentions->next.count++);
}

static void set_tokens(const cutter *self, att_annotation *mention, uint32_t first, uint32_t last)
{
    const uint32_t index = (uint32_t)(mention - self->doc->annotations.items);
    unlist_mention(self, index);
    mention->tokens = (att_token_range){ first, last };
    mention->start = self->doc->tokens.start[first];
    mention->end = self->doc->tokens.end[last - 1];
    list_mention(self, index);
}

/* Moves the mention to another layer. Unless it still names the `same` entity, it loses what is known of it. */
static void set_layer(att_annotation *mention, att_layer_number layer, bool same)
{
    if (mention->layer == layer) return;
    mention->layer = (uint16_t)layer;
    mention->fields = NULL;
    if (!same) mention->entity = mention->entry = ATT_NONE;
}

static bool is_place(const att_annotation *mention)
{
    return mention->layer == ATT_LAYER_LOCATION || mention->layer == ATT_LAYER_COUNTRY;
}

static bool is_nation_or_body(const att_annotation *mention)
{
    return att_is_nation_layer(mention->layer) || mention->layer == ATT_LAYER_ORG;
}

/* The longest mention of a kind that ends before token `at`, the first one of several; or NULL. */
static const att_annotation *ending_at(const cutter *self, uint32_t at, bool (*kind)(const att_annotation *))
{
    const att_annotation *best = NULL;
    for (uint32_t i = self->mentions->ending[at]; i; i = self->mentions->next.items[i - 1].ending) {
        const att_annotation *item = &self->doc->annotations.items[i - 1];
        bool better =
            !best || item->tokens.first < best->tokens.first || (item->tokens.first == best->tokens.first && item < best);
        if (kind(item) && better) best = item;
    }
    return best;
}

static bool is_title(const att_annotation *mention)
{
    return mention->layer == ATT_LAYER_TITLE;
}

/* ---- cuts ---- */

/* Widens the person by the title before it and the nation or body before that ("Iraqi | Prime Minister | …"), or else by "Mr".
 */
static void take_title(const cutter *self, att_annotation *person)
{
    uint32_t first = person->tokens.first;
    const att_annotation *title = ending_at(self, first, is_title);
    const att_annotation *body = title ? ending_at(self, title->tokens.first, is_nation_or_body) : NULL;
    if (body) first = body->tokens.first;
    else if (title) first = title->tokens.first;
    else if (first && is_in(self, ATT_PROFILE_COURTESY, first - 1)) first--;
    set_tokens(self, person, first, person->tokens.last);
}

/* The token behind the last word for people in a run of such words and their modifiers from token `at` on; 0 when there is
 * none. */
static uint32_t people_end(const cutter *self, uint32_t at)
{
    uint32_t end = 0;
    for (int modifiers = 0; modifiers <= MOST_MODIFIERS && at && goes_on(self, at - 1); at++) {
        if (is_in(self, ATT_PROFILE_PEOPLE, at)) end = at + 1;
        else if (is_word(self, at, "-")) continue;
        else if (is_in(self, ATT_PROFILE_MODIFIER, at) || is_in(self, ATT_PROFILE_CREED, at)) modifiers++;
        else break;
    }
    return end;
}

/* Whether the mention is a people in the plural ("Kenyans"), not an adjective. */
static bool is_people(const cutter *self, const att_annotation *mention)
{
    att_str word = word_at(self, mention->tokens.last - 1);
    return mention->layer == ATT_LAYER_DEMONYM && word.length > 4 && word.data[word.length - 1] == 's'
           && word.data[word.length - 2] != 's';
}

/* Widens a nation or body by words for people ("U.S. | military forces"), which makes an ORG of it; or a nation by a word for
 * land ("Turkish | border"), which makes it a place. */
static void take_people(const cutter *self, att_annotation *owner)
{
    uint32_t first = owner->tokens.first, last = owner->tokens.last, end = people_end(self, last);
    if (end || is_people(self, owner)) {
        set_tokens(self, owner, first, end ? end : last);
        set_layer(owner, ATT_LAYER_ORG, false);
    } else if (owner->layer != ATT_LAYER_ORG && goes_on(self, last - 1) && is_in(self, ATT_PROFILE_TERRAIN, last)) {
        set_tokens(self, owner, first, last + 1);
        set_layer(owner, ATT_LAYER_LOCATION, false);
    }
}

static void add(const cutter *self, uint32_t first, uint32_t last, att_layer_number layer)
{
    static const att_origin origin = { .rule = { "profiles/people", sizeof "profiles/people" - 1 } };
    const att_tokens *tokens = &self->doc->tokens;
    ATT_RESERVE(self->doc->arena, &self->doc->annotations, 1);
    self->doc->annotations.items[self->doc->annotations.count++] = (att_annotation){ .layer = (uint16_t)layer,
                                                                                     .origin = &origin,
                                                                                     .entity = ATT_NONE,
                                                                                     .entry = ATT_NONE,
                                                                                     .name = ATT_NONE,
                                                                                     .tokens = { first, last },
                                                                                     .start = tokens->start[first],
                                                                                     .end = tokens->end[last - 1] };
    list_new(self);
}

static bool is_capital(const cutter *self, uint32_t token)
{
    return token < self->doc->tokens.count && goes_on(self, token - 1) && (self->doc->tokens.flags[token] & ATT_FLAG_CAPITAL);
}

/* Adds peoples and creeds that are no mention yet: with a word for people ("Kurdish fighters"), or alone ("the Coalition"). */
static void find_people(const cutter *self)
{
    for (uint32_t at = 0; at < self->doc->tokens.count; at++) {
        if (!(self->doc->tokens.flags[at] & ATT_FLAG_CAPITAL) || !is_in(self, ATT_PROFILE_CREED, at)) continue;
        uint32_t end = people_end(self, at + 1);
        if (!end && at && is_word(self, at - 1, "the") && is_in(self, ATT_PROFILE_ALONE, at) && !is_capital(self, at + 1))
            end = at + 1;
        if (!end) continue;
        add(self, at, end, ATT_LAYER_ORG);
        at = end - 1;
    }
}

/* Widens the place by its direction ("northern | Iraq"), or by its kind and that one's nation ("the Kenyan | city of | …"). */
static void take_side(const cutter *self, att_annotation *place)
{
    uint32_t first = place->tokens.first;
    bool of = first >= 2 && is_word(self, first - 1, "of") && is_in(self, ATT_PROFILE_PLACE, first - 2);
    uint32_t side = first - 1 - of;
    if (!first || !goes_on(self, side) || !goes_on(self, first - 1)) return;
    if (!of && !is_in(self, ATT_PROFILE_SIDE, side)) return;
    const att_annotation *nation = of ? ending_at(self, side, is_nation_or_body) : NULL;
    set_tokens(self, place, nation ? nation->tokens.first : side, place->tokens.last);
    set_layer(place, ATT_LAYER_LOCATION, false);
}

/* Where the longest mention of a kind that begins at token `at` ends; 0 when none begins there. */
static uint32_t end_from(const cutter *self, uint32_t at, bool (*kind)(const att_annotation *))
{
    uint32_t end = 0;
    for (uint32_t i = self->mentions->beginning[at]; i; i = self->mentions->next.items[i - 1].beginning) {
        const att_annotation *item = &self->doc->annotations.items[i - 1];
        if (kind(item) && item->tokens.last > end) end = item->tokens.last;
    }
    return end;
}

/* Widens the place by the larger one behind a comma ("Tabqa, | Syria"), but not in a list of places ("Gulf of Aden, Red Sea,
 * Gulf of Oman"). */
static void take_larger_place(const cutter *self, att_annotation *place)
{
    uint32_t first = place->tokens.first, comma = place->tokens.last, count = self->doc->tokens.count;
    if (place->layer != ATT_LAYER_LOCATION || comma + 1 >= count || !is_word(self, comma, ",")) return;
    uint32_t end = end_from(self, comma + 1, is_place);
    uint32_t next = end && end + 2 < count && is_word(self, end, ",") ? end + 1 + is_word(self, end + 1, "and") : 0;
    bool goes_on_so = next && end_from(self, next, is_place);
    bool is_next = first > 1 && is_word(self, first - 1, ",") && ending_at(self, first - 1, is_place);
    if (end && !goes_on_so && !is_next) set_tokens(self, place, first, end);
}

/* Widens the place by its kind: "Idlib | province", "the Tigris | river". */
static void take_kind(const cutter *self, att_annotation *place)
{
    uint32_t last = place->tokens.last;
    if (place->layer == ATT_LAYER_LOCATION && goes_on(self, last - 1) && last < self->doc->tokens.count
        && is_in(self, ATT_PROFILE_KIND, last))
        set_tokens(self, place, place->tokens.first, last + 1);
}

/* Whether an article before the place belongs to the word behind it, as in "the Mosul operation": cities have none of their
 * own. */
static bool is_owner_of_next(const cutter *self, const att_annotation *place)
{
    uint32_t last = place->tokens.last;
    if (place->tokens.last - place->tokens.first != 1 || last >= self->doc->tokens.count || !goes_on(self, last - 1))
        return false;
    return is_in(self, ATT_PROFILE_OPERATION, last);
}

static bool is_person(const att_annotation *mention)
{
    return mention->layer == ATT_LAYER_PERSON;
}

/* Adds a PERSON for a post named beside the person: "Ann Ruud, | commander of the Coast Guard", "…, | Coast Guard spokesman".
 */
static void find_posts(const cutter *self)
{
    for (uint32_t i = 0, count = self->doc->annotations.count; i < count; i++) {
        const att_annotation *title = &self->doc->annotations.items[i];
        if (!is_title(title)) continue;
        uint32_t first = title->tokens.first, last = title->tokens.last;
        const att_annotation *body = ending_at(self, first, is_nation_or_body);
        if (body) first = body->tokens.first;
        else if (last + 2 < self->doc->tokens.count && is_word(self, last, "of"))
            last = end_from(self, last + 1 + is_word(self, last + 1, "the"), is_nation_or_body);
        else continue;
        if (first && is_word(self, first - 1, "the")) first--;
        if (last && first > 1 && is_word(self, first - 1, ",") && ending_at(self, first - 1, is_person))
            add(self, first, last, ATT_LAYER_PERSON);
    }
}

static void take_article(const cutter *self, att_annotation *mention)
{
    uint32_t first = mention->tokens.first;
    bool takes = mention->layer == ATT_LAYER_ORG || mention->layer == ATT_LAYER_PERSON || is_place(mention);
    bool people = mention->layer == ATT_LAYER_ORG && is_in(self, ATT_PROFILE_PEOPLE, mention->tokens.last - 1);
    if (people && first && goes_on(self, first - 1) && is_in(self, ATT_PROFILE_COUNT, first - 1))
        set_tokens(self, mention, first - 1, mention->tokens.last);
    if (mention->layer == ATT_LAYER_LOCATION && is_owner_of_next(self, mention)) return;
    if (takes && first && is_word(self, first - 1, "the")) set_tokens(self, mention, first - 1, mention->tokens.last);
}

static void each(const cutter *self, bool (*kind)(const att_annotation *), void (*cut)(const cutter *, att_annotation *))
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++)
        if (kind(&self->doc->annotations.items[i])) cut(self, &self->doc->annotations.items[i]);
}

static bool is_any(const att_annotation *mention)
{
    return mention->layer < ATT_KNOWN_LAYERS;
}

static void widen(cutter *self)
{
    const uint32_t boundaries = self->doc->tokens.count + 1;
    mention_lists mentions = { .beginning = att_arena_zero(self->doc->arena, boundaries, sizeof *mentions.beginning),
                               .ending = att_arena_zero(self->doc->arena, boundaries, sizeof *mentions.ending) };
    self->mentions = &mentions;
    list_new(self);
    each(self, is_person, take_title);
    find_posts(self);
    each(self, is_nation_or_body, take_people);
    find_people(self);
    each(self, is_place, take_kind);
    each(self, is_place, take_larger_place);
    each(self, is_place, take_side);
    each(self, is_any, take_article);
    self->mentions = NULL;
}

/* ---- what is kept ---- */

static void name_bodies(const cutter *self)
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        att_annotation *mention = &self->doc->annotations.items[i];
        if (mention->layer == ATT_LAYER_AGENCY || mention->layer == ATT_LAYER_IGO) set_layer(mention, ATT_LAYER_ORG, true);
    }
}

/* Whether the mention counts. Titles do not, nor do the layers that a record lists apart. */
static bool is_kept(const att_annotation *mention)
{
    return !(mention->state & ATT_DROPPED) && mention->layer != ATT_LAYER_TITLE && att_is_mention_layer(mention->layer);
}

/* Keeps only the outermost mentions, and of those with one span the first. They are sorted by start, the longer ones first. */
static void keep_outermost(const cutter *self)
{
    att_annotations *all = &self->doc->annotations;
    uint32_t kept = 0, end = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        if (!is_kept(&all->items[i]) || all->items[i].end <= end) continue;
        end = all->items[i].end;
        all->items[kept++] = all->items[i];
    }
    all->count = all->sorted = kept;
}

void att_profile_cut(const att_profile_kind *profile, const att_knowledge *knowledge, att_document *doc,
                     const att_vocabulary *vocabulary)
{
    cutter self = { .knowledge = knowledge, .doc = doc, .vocabulary = vocabulary };
    for (int i = 0; i < ATT_PROFILE_LIST_COUNT; i++)
        self.lists[i] = att_lists_any(&knowledge->lists, att_str_of(att_profile_list_names[i]));
    name_bodies(&self);
    if (profile->wide) widen(&self);
    doc->annotations.sorted = 0;
    att_annotations_sort(&doc->annotations, doc->arena);
    keep_outermost(&self);
}
