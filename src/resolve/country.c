#include "resolve/country.h"

#include "resolve/home.h"

enum { MOST_ITEMS = 64, MOST_WORDS_OF_NATION = 16, MOST_BACK = 256 };

/* "the Korean delegation included": what follows is of that country. */
typedef struct {
    uint32_t token;  /* of the verb */
    uint32_t nation; /* its annotation */
    att_str code;
} delegation;

/* The one country among several names. */
typedef struct {
    att_str code;    /* null for none, and for several */
    uint32_t nation; /* the first annotation; ATT_NONE for none */
    bool several;
} only_country;

/* What a sentence says about all agencies in it. */
typedef struct {
    uint32_t number;          /* of the sentence; ATT_NONE before the first */
    uint32_t first, last;     /* its annotations */
    only_country only, inner; /* outside the names of its bodies; in them */
    att_str subject;
    uint32_t subject_nation; /* its annotation */
    uint32_t subject_end;    /* token behind the subject */
    bool taken;              /* a title has a country of the sentence */
    struct {
        delegation *items;
        uint32_t count, capacity;
    } delegations;
} sentence_facts;

struct att_country_finder {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
    const att_groups *groups;
    sentence_facts sentence, earlier; /* that of the last question; one before it in its paragraph */
    att_homes homes;
    bool named_known, headings_known;
    att_indexes headings; /* states alone in their lines */
    att_map named;        /* codes of the states that the document names */
    uint32_t source;      /* the annotation that gave the last answer, or ATT_NONE */
};
typedef struct att_country_finder finder;

static const att_annotation *at(const finder *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static att_str get(const finder *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

static bool is_nation(const att_annotation *annotation)
{
    return annotation->layer == ATT_LAYER_COUNTRY || annotation->layer == ATT_LAYER_DEMONYM;
}

/* The country that an annotation beside an agency or a title stands for; for titles also a body of several states. */
static att_str code_of(const finder *self, const att_annotation *annotation, const att_annotation *asked)
{
    if (is_nation(annotation)) return get(self, annotation, ATT_KEY_CODE);
    if (annotation->layer == ATT_LAYER_LOCATION && asked->layer == ATT_LAYER_TITLE)
        return get(self, annotation, ATT_KEY_COUNTRY);
    if (annotation->layer != ATT_LAYER_IGO || asked->layer == ATT_LAYER_AGENCY) return (att_str){ 0 };
    att_str code = get(self, annotation, ATT_KEY_CODE);
    return code.length ? att_str_join(self->doc->arena, ATT_STR("IGO"), ATT_STR(":"), code) : (att_str){ 0 };
}

/* The answer `code`, given by annotation `source`. */
static att_str answer(finder *self, uint32_t source, att_str code)
{
    self->source = source;
    return code;
}

static att_str surface(const finder *self, uint32_t token)
{
    if (token >= self->doc->tokens.count) return ATT_STR("");
    return att_document_word(self->doc, token);
}

static bool word_is(const finder *self, uint32_t token, const char *word)
{
    return att_str_is(surface(self, token), word);
}

static bool word_in(const finder *self, uint32_t token, const char *const *words, size_t count)
{
    att_str word = surface(self, token);
    for (size_t i = 0; i < count; i++)
        if (word.length && *word.data == *words[i] && att_str_is(word, words[i])) return true;
    return false;
}
#define WORD_IN(self, token, words) word_in(self, token, words, sizeof(words) / sizeof *(words))

static bool in_one_sentence(const finder *self, uint32_t a, uint32_t b)
{
    return att_stretches_at(&self->doc->sentences, a) == att_stretches_at(&self->doc->sentences, b);
}

/* The country whose tokens end at `token` (or begin there), beside annotation `index`; or a null view. */
static att_str nation_ending_at(finder *self, uint32_t index, uint32_t token)
{
    for (uint32_t i = index; i-- > 0 && at(self, i)->tokens.first + MOST_WORDS_OF_NATION > token;) {
        if (at(self, i)->tokens.last != token || !in_one_sentence(self, token - 1, at(self, index)->tokens.first)) continue;
        att_str code = code_of(self, at(self, i), at(self, index));
        if (code.data) return answer(self, i, code);
    }
    return (att_str){ 0 };
}

static att_str nation_starting_at(finder *self, uint32_t index, uint32_t token)
{
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++) {
        if (at(self, i)->tokens.first != token || !in_one_sentence(self, token, at(self, index)->tokens.first)) continue;
        att_str code = code_of(self, at(self, i), at(self, index));
        if (code.data) return answer(self, i, code);
    }
    return (att_str){ 0 };
}

/* ---- facts of a sentence ---- */

static void see(only_country *only, att_str code, uint32_t nation)
{
    if (only->nation == ATT_NONE) *only = (only_country){ .code = code, .nation = nation };
    else if (!only->several && !att_str_equal(only->code, code)) only->several = true, only->code = (att_str){ 0 };
}

/* Countries in the names of bodies count apart: the "U.S. Embassy" says little of the bodies beside it. */
static void find_only(const finder *self, sentence_facts *facts)
{
    uint32_t body_end = 0; /* byte */
    facts->only.nation = facts->inner.nation = ATT_NONE;
    for (uint32_t i = facts->first; i < facts->last; i++) {
        if (at(self, i)->layer == ATT_LAYER_AGENCY && at(self, i)->end > body_end) body_end = at(self, i)->end;
        if (is_nation(at(self, i)))
            see(at(self, i)->end <= body_end ? &facts->inner : &facts->only, get(self, at(self, i), ATT_KEY_CODE), i);
    }
}

static bool is_lower(const finder *self, uint32_t token)
{
    if (token >= self->doc->tokens.count) return false;
    return att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token])->classes & ATT_CLASS_LOWER;
}

/* "The Republic of Korea was …", "In 2020, Japan sent …": a country between the start or a comma and a small word that may be
 * a verb. */
static bool is_subject(const finder *self, const att_annotation *nation, uint32_t start)
{
    static const char *const no_verbs[] = { "and",  "or", "of", "in",  "at",   "on",         "to",   "for",       "with",
                                            "from", "by", "as", "the", "side", "delegation", "team", "government" };
    if (nation->layer != ATT_LAYER_COUNTRY) return false;
    uint32_t first = nation->tokens.first;
    if (first > start && (word_is(self, first - 1, "the") || word_is(self, first - 1, "The"))) first--;
    if (first > start && !word_is(self, first - 1, ",")) return false;
    uint32_t next = nation->tokens.last;
    return is_lower(self, next) && !(self->doc->tokens.flags[next] & ATT_FLAG_POSS) && !WORD_IN(self, next, no_verbs);
}

static void find_subject(const finder *self, sentence_facts *facts, uint32_t start)
{
    for (uint32_t i = facts->first; i < facts->last; i++) {
        if (!is_nation(at(self, i))) continue;
        if (is_subject(self, at(self, i), start)) {
            facts->subject = get(self, at(self, i), ATT_KEY_CODE);
            facts->subject_nation = i;
            facts->subject_end = at(self, i)->tokens.last;
        }
        return;
    }
}

enum { BEFORE_GROUP = 2, BEFORE_VERB = 4 }; /* words between */

static bool is_group(const finder *self, uint32_t token)
{
    static const char *const groups[] = { "delegation", "delegates",    "delegations",  "side",
                                          "team",       "participants", "Participants", "representatives",
                                          "agencies",   "officials",    "experts" };
    return WORD_IN(self, token, groups);
}

static bool is_group_verb(const finder *self, uint32_t token)
{
    static const char *const verbs[] = { "include",   "includes",   "included",  "including", "comprised",
                                         "comprises", "comprising", "consisted", "featured",  "represented",
                                         "composed",  "led",        "headed",    "came",      "made",
                                         "chaired",   "co-led",     "co-headed", "co-chaired" };
    return WORD_IN(self, token, verbs);
}

/* "the head of the X delegation, Director Roe": whether such words end at `token`. */
static bool leads_group(const finder *self, uint32_t token)
{
    static const char *const leaders[] = { "head", "Head", "leader", "Leader", "chair", "Chair" };
    return token > 1 && word_is(self, token - 1, "of") && WORD_IN(self, token - 2, leaders);
}

/* The verb behind "X delegation", "X's team", "X side", "participants from X", "X was represented", or ATT_NONE. */
static uint32_t delegation_verb(const finder *self, att_token_range nation, uint32_t last, bool is_subject)
{
    static const char *const was[] = { "was", "were", "is", "are" };
    static const char *const from[] = { "from", "of" };
    uint32_t token = nation.last, before = nation.first;
    if (before && (word_is(self, before - 1, "the"))) before--;
    if (before > 1 && WORD_IN(self, before - 1, from) && is_group(self, before - 2) && is_group_verb(self, token)) return token;
    if (WORD_IN(self, token, was) && word_is(self, token + 1, "represented"))
        return is_subject || (before && word_is(self, before - 1, "and")) ? (uint32_t)ATT_NONE : token + 1;
    if (token + 1 < last && word_is(self, token, "side") && word_is(self, token + 1, ","))
        return token; /* "on the Polish side, …" */
    if (token < last && self->doc->tokens.flags[token] & ATT_FLAG_POSS) token++;
    uint32_t group = token;
    while (group < last && group - token < BEFORE_GROUP && is_lower(self, group) && !is_group(self, group)) group++;
    if (group >= last || !is_group(self, group)) return ATT_NONE;
    if (group + 1 < last && word_is(self, group + 1, ",") && leads_group(self, before)) return group;
    for (uint32_t verb = group + 1; verb < last && verb - group <= BEFORE_VERB; verb++)
        if (is_group_verb(self, verb)) return verb;
    return ATT_NONE;
}

/* "On the U.S. side, …", "From Japan, …": the comma, or ATT_NONE; `first` begins the sentence. */
static uint32_t delegation_comma(const finder *self, att_token_range nation, uint32_t first)
{
    static const char *const openers[] = { "On", "From", "For" };
    uint32_t start = first + (word_is(self, first + 1, "the") ? 2 : 1);
    if (!WORD_IN(self, first, openers) || nation.first != start) return ATT_NONE;
    uint32_t token = nation.last;
    if (self->doc->tokens.flags[token] & ATT_FLAG_POSS) token++;
    if (word_is(self, token, "side")) token++;
    return word_is(self, token, ",") ? token : (uint32_t)ATT_NONE;
}

/* "A and B on the U.S. side, and C attended from the Polish side": what stands before it is of that country. */
static bool closes_delegation(const finder *self, att_token_range nation)
{
    static const char *const sides[] = { "on", "from", "for" };
    uint32_t token = nation.last;
    if (self->doc->tokens.flags[token] & ATT_FLAG_POSS) token++;
    if (nation.first < 2 || !word_is(self, token, "side") || !word_is(self, nation.first - 1, "the")) return false;
    if (!WORD_IN(self, nation.first - 2, sides)) return false;
    if (word_is(self, token + 1, ",")) return word_is(self, token + 2, "and");
    return word_is(self, nation.first - 2, "on") || word_is(self, token + 1, "and") || !is_lower(self, token + 1);
}

/* The token from which on bodies are of the nation's delegation, or ATT_NONE. */
static uint32_t delegation_from(const finder *self, const sentence_facts *facts, uint32_t nation, att_token_range sentence)
{
    att_token_range tokens = at(self, nation)->tokens;
    uint32_t verb = delegation_verb(self, tokens, sentence.last, nation == facts->subject_nation && facts->subject.data);
    return verb == ATT_NONE ? delegation_comma(self, tokens, sentence.first) : verb;
}

static void find_delegations(const finder *self, sentence_facts *facts, att_token_range sentence)
{
    uint32_t open = sentence.first; /* behind the last side that closes; ATT_NONE once one opens */
    for (uint32_t i = facts->first; i < facts->last; i++) {
        if (!is_nation(at(self, i))) continue;
        bool closes = open != ATT_NONE && closes_delegation(self, at(self, i)->tokens);
        uint32_t from = closes ? open : delegation_from(self, facts, i, sentence);
        if (from == ATT_NONE) continue;
        open = closes ? at(self, i)->tokens.last : (uint32_t)ATT_NONE;
        ATT_RESERVE(self->doc->arena, &facts->delegations, 1);
        facts->delegations.items[facts->delegations.count++] = (delegation){ from, i, get(self, at(self, i), ATT_KEY_CODE) };
    }
}

/* Whether a title of the sentence has its country: "Ambassador to Kenya", "spoke with Kenya's Minister Otieno". */
static bool is_taken(const finder *self, const sentence_facts *facts)
{
    uint32_t behind = ATT_NONE, title_end = 0; /* tokens: behind a country and its 's, behind a title */
    for (uint32_t i = facts->first; i < facts->last; i++) {
        att_token_range tokens = at(self, i)->tokens;
        if (at(self, i)->layer == ATT_LAYER_TITLE) {
            if (tokens.first == behind) return true;
            title_end = tokens.last;
        }
        if (!is_nation(at(self, i))) continue;
        if (tokens.first < title_end) return true;
        behind = tokens.last + (self->doc->tokens.flags[tokens.last] & ATT_FLAG_POSS ? 1 : 0);
    }
    return false;
}

/* The facts of sentence `number`, in or before which annotation `index` is. */
static const sentence_facts *read_facts(const finder *self, sentence_facts *facts, uint32_t number, uint32_t index)
{
    if (facts->number == number) return facts;
    att_token_range tokens = self->doc->sentences.items[number].tokens;
    *facts = (sentence_facts){ .number = number, .first = index, .delegations = facts->delegations };
    facts->delegations.count = 0;
    while (facts->first && at(self, facts->first - 1)->tokens.first >= tokens.first) facts->first--;
    facts->last = facts->first;
    while (facts->last < self->doc->annotations.count && at(self, facts->last)->tokens.first < tokens.last) facts->last++;
    find_only(self, facts);
    find_subject(self, facts, tokens.first);
    find_delegations(self, facts, tokens);
    facts->taken = is_taken(self, facts);
    return facts;
}

static const sentence_facts *facts_of(finder *self, uint32_t index)
{
    if (!self->doc->sentences.count) return &self->sentence;
    return read_facts(self, &self->sentence, att_stretches_at(&self->doc->sentences, at(self, index)->tokens.first), index);
}

/* ---- the steps, in their order ---- */

/* The nation in the name of the agency: in "Chilean Navy", "Navy of Chile"; ATT_NONE when there is none. */
static uint32_t nested_nation(const finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    if (agency->layer != ATT_LAYER_AGENCY) return ATT_NONE;
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->start < agency->end; i++)
        if (is_nation(at(self, i)) && at(self, i)->end <= agency->end) return i;
    for (uint32_t i = index; i-- > 0 && at(self, i)->start == agency->start;)
        if (is_nation(at(self, i)) && at(self, i)->end <= agency->end) return i;
    return ATT_NONE;
}

/* Whether the entry of one state has the whole name: China's "Taiwan Affairs Office". */
static bool is_own_name(const finder *self, const att_annotation *agency)
{
    if (agency->entry == ATT_NONE || !self->knowledge->entries.entries.items[agency->entry].more->country.data) return false;
    return att_names_node(&self->knowledge->names, self->doc, self->vocabulary, agency->tokens) != ATT_NONE;
}

/* Nested in the name, or directly before it; else what the rule that made it says. */
static att_str by_name(finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    uint32_t nested = nested_nation(self, index);
    if (nested != ATT_NONE && is_own_name(self, agency)) return (att_str){ 0 };
    if (nested != ATT_NONE) return answer(self, nested, get(self, at(self, nested), ATT_KEY_CODE));
    att_str before = nation_ending_at(self, index, agency->tokens.first);
    return before.data || agency->entry != ATT_NONE ? before : get(self, agency, ATT_KEY_COUNTRY);
}

static att_str by_entry(finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    const att_entries *entries = &self->knowledge->entries;
    if (agency->entry != ATT_NONE) return entries->entries.items[agency->entry].more->country;
    att_str id = get(self, agency, ATT_KEY_ID), parent = get(self, agency, ATT_KEY_PARENT);
    uint32_t entry = id.length ? att_entries_find(entries, id) : (uint32_t)ATT_NONE;
    if (entry == ATT_NONE && parent.length) entry = att_entries_find(entries, parent);
    return entry == ATT_NONE ? (att_str){ 0 } : entries->entries.items[entry].more->country;
}

/* "Jane Roe, Director, Ministry of Finance, Japan.": the state behind a comma at the end of what a list says of a person. */
static att_str owner_behind_comma(finder *self, uint32_t index)
{
    static const char *const ends[] = { ".", ";", ")" };
    att_token_range tokens = at(self, index)->tokens;
    if (!tokens.first || !word_is(self, tokens.first - 1, ",")) return (att_str){ 0 };
    att_str code = nation_starting_at(self, index, tokens.last + (word_is(self, tokens.last + 1, "the") ? 2 : 1));
    if (!code.data || at(self, self->source)->layer != ATT_LAYER_COUNTRY) return (att_str){ 0 };
    uint32_t end = at(self, self->source)->tokens.last;
    return end == self->doc->tokens.count || WORD_IN(self, end, ends) ? code : (att_str){ 0 };
}

/* "Japan's Ministry of Finance", "Ministry of Defense of Ukraine", "Ministry of Finance (Japan)" */
static att_str by_owner(finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    uint32_t first = agency->tokens.first, last = agency->tokens.last, count = self->doc->tokens.count;
    if (first && self->doc->tokens.flags[first - 1] & ATT_FLAG_POSS) return nation_ending_at(self, index, first - 1);
    if (last + 1 >= count) return (att_str){ 0 };
    if (word_is(self, last, "(")) {
        att_str code = nation_starting_at(self, index, last + 1);
        return code.data && word_is(self, at(self, self->source)->tokens.last, ")") ? code : (att_str){ 0 };
    }
    if (word_is(self, last, ",")) return owner_behind_comma(self, index);
    if (!word_is(self, last, "of")) return (att_str){ 0 };
    return nation_starting_at(self, index, word_is(self, last + 1, "the") ? last + 2 : last + 1);
}

/* The country of an item by its own words. */
static att_str own_country(finder *self, uint32_t index)
{
    att_str country = by_name(self, index);
    if (!country.data) country = by_entry(self, index);
    return country.data ? country : by_owner(self, index);
}

typedef enum { NO_LINK, LINK, LINK_TO_CHILD } link_kind;

/* How two items hang together by the tokens [from, to) between them. */
static link_kind link_between(const finder *self, uint32_t from, uint32_t to)
{
    static const char *const words[] = { ",", ";", "and", "or", "&", "the", "its", "as", "well", "also", "(" };
    enum { LONGEST_LINK = 6 };
    link_kind kind = LINK;
    if (to <= from || to - from > LONGEST_LINK || (to == from + 1 && word_is(self, from, "the"))) return NO_LINK;
    for (uint32_t token = from; token < to; token++) {
        if (word_is(self, token, "including")) kind = LINK_TO_CHILD;
        else if (!WORD_IN(self, token, words)) return NO_LINK;
    }
    return kind;
}

/* The whole AGENCY before (step -1) or behind (step 1) item `index`, or ATT_NONE. */
static uint32_t next_item(const finder *self, uint32_t index, int step)
{
    enum { NEAR = 24 }; /* annotations between two items */
    uint32_t found = ATT_NONE, i = index, count = self->doc->annotations.count;
    for (int steps = 0; steps < NEAR && (step > 0 ? i + 1 < count : i > 0); steps++) {
        i = step > 0 ? i + 1 : i - 1;
        const att_annotation *other = at(self, i);
        if (other->layer != ATT_LAYER_AGENCY) continue;
        if (step > 0 ? other->tokens.first < at(self, index)->tokens.last : other->tokens.last > at(self, index)->tokens.first)
            continue;
        if (found != ATT_NONE && (other->start > at(self, found)->start || other->end < at(self, found)->end)) break;
        found = i;
        if (step > 0) break;
    }
    return found;
}

/* "The Korean delegation included …": the last such words before the agency. */
static att_str by_delegation(finder *self, uint32_t index)
{
    const sentence_facts *facts = facts_of(self, index);
    for (uint32_t i = facts->delegations.count; i-- > 0;)
        if (facts->delegations.items[i].token <= at(self, index)->tokens.first)
            return answer(self, facts->delegations.items[i].nation, facts->delegations.items[i].code);
    return (att_str){ 0 };
}

/* That of the head of its coordination, or of the item it is a child of. */
static att_str by_list(finder *self, uint32_t index)
{
    att_str country = { 0 };
    uint32_t item = index;
    for (int items = 0; items < MOST_ITEMS; items++) {
        uint32_t before = next_item(self, item, -1);
        link_kind link =
            before == ATT_NONE ? NO_LINK : link_between(self, at(self, before)->tokens.last, at(self, item)->tokens.first);
        if (link == NO_LINK) break;
        att_str own = own_country(self, before);
        if (own.data) country = answer(self, before, own);
        if (own.data && link == LINK_TO_CHILD) return own;
        item = before;
    }
    item = index;
    bool told = country.data || by_delegation(self, index).data; /* then items behind it tell nothing */
    for (int items = 0; items < MOST_ITEMS && !told && !country.data; items++) {
        uint32_t behind = next_item(self, item, 1);
        if (behind == ATT_NONE || link_between(self, at(self, item)->tokens.last, at(self, behind)->tokens.first) != LINK)
            break;
        country = own_country(self, behind);
        self->source = behind;
        item = behind;
    }
    return country;
}

/* Whether the annotation is all that its line has, but for a colon. */
static bool fills_line(const finder *self, const att_annotation *nation)
{
    const char *text = self->doc->text.data;
    uint32_t end = nation->end + (nation->end < self->doc->text.length && text[nation->end] == ':');
    return (!nation->start || text[nation->start - 1] == '\n') && end < self->doc->text.length && strchr("\r\n", text[end]);
}

/* The states over the lines of a list, such as the participants of a meeting; a line of one state alone heads nothing. */
static void find_headings(finder *self)
{
    const att_indexes *nations = &self->groups->by[ATT_GROUP_NATIONS];
    self->headings_known = true;
    self->headings.items = att_arena_alloc(self->doc->arena, sizeof *nations->items * (nations->count + 1));
    for (uint32_t k = 0; k < nations->count; k++) {
        const att_annotation *nation = at(self, nations->items[k]);
        if (nation->layer != ATT_LAYER_COUNTRY || !fills_line(self, nation)) continue;
        self->headings.items[self->headings.count++] = nations->items[k];
    }
    if (self->headings.count == 1) self->headings.count = 0;
}

/* "CHILE" over "Jane Roe, Director, Ministry of Mines": the heading that stands before. */
static att_str by_heading(finder *self, uint32_t index)
{
    enum { FARTHEST = 3000 }; /* bytes */
    if (!self->headings_known) find_headings(self);
    uint32_t count = att_indexes_before(&self->headings, index);
    uint32_t before = count ? self->headings.items[count - 1] : (uint32_t)ATT_NONE;
    if (before == ATT_NONE || at(self, index)->start - at(self, before)->end > FARTHEST) return (att_str){ 0 };
    return answer(self, before, get(self, at(self, before), ATT_KEY_CODE));
}

/* The state that the sentence is about, when the agency stands behind the verb. */
static att_str by_subject(finder *self, uint32_t index)
{
    const sentence_facts *facts = facts_of(self, index);
    if (facts->subject_end >= at(self, index)->tokens.first) return (att_str){ 0 };
    return answer(self, facts->subject_nation, facts->subject);
}

/* The state of the place that begins at `token`. */
static att_str place_starting_at(finder *self, uint32_t near, uint32_t token)
{
    for (uint32_t i = near; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++) {
        bool nation = is_nation(at(self, i));
        if (at(self, i)->tokens.first != token || (!nation && at(self, i)->layer != ATT_LAYER_LOCATION)) continue;
        att_str code = get(self, at(self, i), nation ? ATT_KEY_CODE : ATT_KEY_COUNTRY);
        if (code.data) return answer(self, i, code);
    }
    return (att_str){ 0 };
}

/* Whether one of the words stands between the tokens. */
static bool stands_between(const finder *self, uint32_t from, uint32_t to, const char *const *words, size_t count)
{
    for (uint32_t token = from; token < to; token++)
        if (word_in(self, token, words, count)) return true;
    return false;
}

/* "to Hanoi, where he addressed the National Assembly"; of posts only whom one meets, as a guest may stand there too. */
static att_str by_where(finder *self, uint32_t index)
{
    static const char *const met[] = { "meet", "meets", "met", "meeting", "with", "by", "receive", "received", "see" };
    enum { FARTHEST = 128 }; /* tokens, in a text without sentences */
    const sentence_facts *facts = facts_of(self, index);
    uint32_t first = at(self, index)->tokens.first;
    for (uint32_t i = index; i-- > facts->first && first - at(self, i)->tokens.first <= FARTHEST;) {
        uint32_t last = at(self, i)->tokens.last;
        if (last + 1 >= first || !word_is(self, last, ",") || !word_is(self, last + 1, "where")) continue;
        att_str code = place_starting_at(self, i, at(self, i)->tokens.first);
        bool told =
            at(self, index)->layer == ATT_LAYER_AGENCY || stands_between(self, last + 2, first, met, sizeof met / sizeof *met);
        return told ? code : (att_str){ 0 };
    }
    return (att_str){ 0 };
}

/* "the General Statistics Office in Hanoi", "In Hanoi, …", "to Hanoi, where …" */
static att_str by_place(finder *self, uint32_t index)
{
    uint32_t in = at(self, index)->tokens.last;
    bool behind = at(self, index)->layer == ATT_LAYER_AGENCY && in < self->doc->tokens.count && word_is(self, in, "in");
    att_str place = behind ? place_starting_at(self, index, in + 1) : (att_str){ 0 };
    const sentence_facts *facts = facts_of(self, index);
    if (place.data || facts->number == ATT_NONE) return place;
    place = by_where(self, index);
    if (place.data) return place;
    uint32_t first = self->doc->sentences.items[facts->number].tokens.first;
    if (!word_is(self, first, "In")) return (att_str){ 0 };
    place = place_starting_at(self, facts->first, first + 1);
    return place.data && word_is(self, at(self, self->source)->tokens.last, ",") ? place : (att_str){ 0 };
}

/* Whose side the sentences before in the paragraph tell, when the one of the agency names no state: "The Korean delegation
 * included …. The Director of the Cyber Bureau, …, spoke." */
static att_str by_side(finder *self, uint32_t index)
{
    enum { NEAR = 3 };
    const sentence_facts *facts = facts_of(self, index);
    const att_stretches *sentences = &self->doc->sentences;
    if (facts->only.nation != ATT_NONE || facts->number == ATT_NONE) return (att_str){ 0 };
    for (uint32_t back = 1; back <= NEAR && back <= facts->number; back++) {
        uint32_t number = facts->number - back;
        if (sentences->items[number].paragraph != sentences->items[facts->number].paragraph) break;
        const sentence_facts *before = read_facts(self, &self->earlier, number, facts->first);
        uint32_t count = before->delegations.count;
        if (count) return answer(self, before->delegations.items[count - 1].nation, before->delegations.items[count - 1].code);
        if (before->only.nation != ATT_NONE) return answer(self, before->subject_nation, before->subject);
    }
    return (att_str){ 0 };
}

/* Whether a post or a body begins at `token`, behind annotation `near`. */
static bool is_owned_at(const finder *self, uint32_t near, uint32_t token)
{
    for (uint32_t i = near + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++)
        if (at(self, i)->tokens.first == token
            && (at(self, i)->layer == ATT_LAYER_TITLE || at(self, i)->layer == ATT_LAYER_AGENCY))
            return true;
    return false;
}

/* Whether the nation speaks for what stands beside it, not for what stood before: "the Bureau and Peru's Senate", "the Senate
 * of Peru", "the Bureau and Peruvian Minister Roe", "its Peruvian counterpart", "the Bureau briefed the Peruvian side". */
static bool speaks_for_next(const finder *self, uint32_t nation, uint32_t index)
{
    static const char *const others[] = { "side", "delegation", "guests", "counterparts", "guest", "visitors" };
    att_token_range tokens = at(self, nation)->tokens;
    if (tokens.last < self->doc->tokens.count && word_is(self, tokens.last, "counterpart")) return true;
    if (tokens.first <= at(self, index)->tokens.last) return false;
    if (tokens.last < self->doc->tokens.count && WORD_IN(self, tokens.last, others)) return true;
    if (tokens.last < self->doc->tokens.count && self->doc->tokens.flags[tokens.last] & ATT_FLAG_POSS) return true;
    if (is_owned_at(self, nation, tokens.last)) return true;
    uint32_t of = tokens.first - (word_is(self, tokens.first - 1, "the") ? 2 : 1);
    if (!word_is(self, of, "of")) return false;
    for (uint32_t i = nation; i-- > index + 1;)
        if (at(self, i)->layer == ATT_LAYER_AGENCY && at(self, i)->tokens.last == of) return true;
    return false;
}

/* Where the document is at home, asked once. */
static const att_homes *home_of(finder *self)
{
    if (!self->homes.known) self->homes = att_homes_of(self->knowledge, self->doc, self->groups);
    return &self->homes;
}

/* "…, the Foreign Ministry said.", "…, the Ministry's spokesman Roe said.": who tells it is at home. */
static bool is_teller(const finder *self, uint32_t index)
{
    static const char *const said[] = { "said", "says", "announced", "reported", "confirmed", "added" };
    enum { FARTHEST = 7 };
    att_token_range tokens = at(self, index)->tokens;
    if (at(self, index)->layer != ATT_LAYER_AGENCY || tokens.first < 2 || !word_is(self, tokens.first - 1, "the")) return false;
    if (!word_is(self, tokens.first - 2, ",")) return false;
    uint32_t end = tokens.last;
    while (end < self->doc->tokens.count && end - tokens.last < FARTHEST && !word_is(self, end, ",")
           && !word_is(self, end, "."))
        end++;
    return stands_between(self, tokens.last, end, said, sizeof said / sizeof *said);
}

static att_str by_sentence(finder *self, uint32_t index)
{
    const sentence_facts *facts = facts_of(self, index);
    if (is_teller(self, index) && home_of(self)->bodies.data) return (att_str){ 0 };
    if (facts->only.nation != ATT_NONE && speaks_for_next(self, facts->only.nation, index)) return (att_str){ 0 };
    if (at(self, index)->layer == ATT_LAYER_TITLE && facts->taken) return (att_str){ 0 };
    if (at(self, index)->layer == ATT_LAYER_TITLE && facts->only.nation != ATT_NONE
        && at(self, facts->only.nation)->tokens.first > at(self, index)->tokens.first)
        return (att_str){ 0 };
    if (facts->only.nation != ATT_NONE) return answer(self, facts->only.nation, facts->only.code);
    bool before = facts->inner.code.data && at(self, facts->inner.nation)->tokens.last <= at(self, index)->tokens.first;
    return before ? answer(self, facts->inner.nation, facts->inner.code) : (att_str){ 0 };
}

/* "Foreign Secretary", "Permanent Secretary": not of the United States. */
static bool is_crown_secretary(const finder *self, uint32_t token)
{
    static const char *const grades[] = { "Foreign", "Home", "Permanent", "Principal", "Joint", "Parliamentary" };
    return word_is(self, token, "Secretary") && token && WORD_IN(self, token - 1, grades);
}

bool att_country_may_be(const finder *self, uint32_t index, att_str code)
{
    static const char *const words[] = { "Minister", "Ministers", "Ministry", "Ministries", "minister",
                                         "ministry", "Defence",   "defence",  "Labour" };
    static const char *const reigning[] = { "King", "Queen", "Emperor", "Prince", "Princess", "Emir", "Sultan" };
    if (index == ATT_NONE || !att_str_is(code, "USA")) return true;
    if (at(self, index)->layer == ATT_LAYER_AGENCY && att_str_is(get(self, at(self, index), ATT_KEY_KIND), "ministries"))
        return false;
    const bool title = at(self, index)->layer == ATT_LAYER_TITLE; /* "King County Sheriff's Office" may be */
    att_token_range tokens = at(self, index)->tokens;
    for (uint32_t token = tokens.first; token < tokens.last; token++) {
        if (WORD_IN(self, token, words) && !word_is(self, token + 1, "Counselor")) return false;
        if (title && WORD_IN(self, token, reigning)) return false;
        if (token > tokens.first && is_crown_secretary(self, token)) return false;
    }
    return true;
}

/* The state that the document speaks for; of a body, else that in which it is at home. */
static att_str by_origin(finder *self, uint32_t index)
{
    if (self->doc->origin.data || at(self, index)->layer != ATT_LAYER_AGENCY) return self->doc->origin;
    const att_homes *homes = home_of(self);
    att_str dateline = att_homes_at(homes, at(self, index)->start);
    if (dateline.data) return dateline;
    bool of_usa = att_country_may_be(self, index, ATT_STR("USA"));
    return of_usa || (homes->mentions.data && !att_str_is(homes->mentions, "USA")) ? homes->mentions : homes->elsewhere;
}

static const struct {
    att_country_step step;
    att_str (*find)(finder *self, uint32_t index);
} steps[] = {
    { ATT_BY_NAME, by_name },         { ATT_BY_ENTRY, by_entry },    { ATT_BY_OWNER, by_owner },
    { ATT_BY_LIST, by_heading },      { ATT_BY_LIST, by_list },      { ATT_BY_DELEGATION, by_delegation },
    { ATT_BY_SUBJECT, by_subject },   { ATT_BY_SENTENCE, by_place }, { ATT_BY_DELEGATION, by_side },
    { ATT_BY_SENTENCE, by_sentence }, { ATT_BY_ORIGIN, by_origin },
};
enum { STEPS = sizeof steps / sizeof *steps, GUESSES = STEPS - 2 }; /* the last two are guesses */

/* ---- which entry is meant ---- */

/* The id "*-mofa" with the code of a country in place of its star. */
static att_str without_star(const finder *self, att_str star, att_str country)
{
    char *id = att_arena_alloc(self->doc->arena, country.length + star.length);
    for (size_t i = 0; i < country.length; i++) id[i] = (char)(country.data[i] | 0x20);
    memcpy(id + country.length, star.data + 1, star.length - 1);
    return (att_str){ id, country.length + star.length - 1 };
}

/* "kor-mofa" from "*-mofa" and KOR. */
static att_str id_in(const finder *self, const att_entry *entry, att_str country)
{
    return entry->star ? without_star(self, entry->id, country) : entry->id;
}

/* The next entry that may own a shared name at the document's date, from form `*form` on; NULL when there is no more. */
static const att_entry *next_owner(const finder *self, uint32_t *form, uint32_t *owner)
{
    const att_names *names = &self->knowledge->names;
    while (*form != ATT_NONE) {
        const att_form *now = &names->forms.items[*form];
        *form = now->next;
        if (now->layer != ATT_LAYER_AGENCY) continue;
        const att_entry *entry = &self->knowledge->entries.entries.items[now->owner];
        *owner = now->owner;
        if (att_entry_valid(entry, self->doc->date)) return entry;
    }
    return NULL;
}

static uint32_t first_form(const finder *self, const att_annotation *agency)
{
    return agency->name == ATT_NONE ? (uint32_t)ATT_NONE : self->knowledge->names.nodes.items[agency->name];
}

/* The owner of the shared name that has this country; a star body is of any. ATT_NONE when none is. */
static uint32_t owner_in(const finder *self, const att_annotation *agency, att_str country)
{
    uint32_t star = ATT_NONE, own = ATT_NONE, owner, form = first_form(self, agency);
    if (agency->name == ATT_NONE) return agency->entry;
    for (const att_entry *entry; (entry = next_owner(self, &form, &owner));) {
        if (entry->star) star = owner;
        else if (att_str_equal(entry->more->country, country) && owner < own) own = owner;
    }
    return own != ATT_NONE ? own : star;
}

/* The entry that a shared name means when no word near it tells: that with `default`. */
static uint32_t default_owner(const finder *self, const att_annotation *agency)
{
    uint32_t owner, form = first_form(self, agency);
    for (const att_entry *entry; (entry = next_owner(self, &form, &owner));)
        if (entry->is_default) return owner;
    return ATT_NONE;
}

/* A guess counts only where an owner of the shared name has that country. */
static bool may_be(const finder *self, const att_annotation *agency, size_t step, att_str country)
{
    uint32_t index = (uint32_t)(agency - self->doc->annotations.items);
    if (steps[step].step >= ATT_BY_LIST && !att_country_may_be(self, index, country)) return false;
    return steps[step].step < ATT_BY_LIST || first_form(self, agency) == ATT_NONE || agency->entry != ATT_NONE
           || owner_in(self, agency, country) != ATT_NONE;
}

static void set(const finder *self, att_annotation *annotation, att_key key, att_str value)
{
    if (value.data) att_annotation_put(annotation, &self->knowledge->layers, self->doc->arena, key, value);
}

/* Where the name ends before " of the" and the nation at its end: "Supreme Court" in "Supreme Court of Chile"; else its end. */
static uint32_t end_before_nation(const finder *self, uint32_t index)
{
    uint32_t nation = nested_nation(self, index), first = at(self, index)->tokens.first, end = at(self, index)->tokens.last;
    if (nation == ATT_NONE || at(self, nation)->tokens.last != end) return end;
    uint32_t before = at(self, nation)->tokens.first;
    if (before > first && word_is(self, before - 1, "the")) before--;
    return before > first + 1 && word_is(self, before - 1, "of") ? before - 1 : end;
}

/* The whole name, else the one before the country at its end, or behind that which a rule put before it: "Ministry of Foreign
 * Affairs" in "Republic of Korea Ministry of Foreign Affairs". */
static uint32_t name_of(const finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    att_token_range tokens = agency->tokens;
    uint32_t end = end_before_nation(self, index);
    if (end != tokens.last) {
        uint32_t whole = att_names_node(&self->knowledge->names, self->doc, self->vocabulary, tokens);
        tokens.last = end;
        return whole != ATT_NONE ? whole : att_names_node(&self->knowledge->names, self->doc, self->vocabulary, tokens);
    }
    uint32_t first = index;
    while (first && at(self, first - 1)->start == agency->start) first--;
    for (uint32_t i = first; i < self->doc->annotations.count && at(self, i)->start == agency->start; i++)
        if (is_nation(at(self, i)) && at(self, i)->tokens.last < agency->tokens.last) tokens.first = at(self, i)->tokens.last;
    return att_names_node(&self->knowledge->names, self->doc, self->vocabulary, tokens);
}

/* What a rule found without knowing it: the name and, where one entry alone has it, the entry. */
static void know_name(const finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    if (agency->entry != ATT_NONE || agency->name != ATT_NONE || get(self, agency, ATT_KEY_ID).data) return;
    agency->name = name_of(self, index);
}

/* Tells whoever asks why which mention gave the agency its country. */
static void tell_located(const finder *self, const att_annotation *agency)
{
    att_trace *trace = self->doc->trace;
    if (trace) trace->located(trace, agency, self->source == ATT_NONE ? NULL : at(self, self->source));
}

/* As the same name earlier in the document, when its own words gave that a country; of the body of that number. */
static att_str by_name_before(finder *self, uint32_t body)
{
    const uint32_t *bodies = self->groups->by[ATT_GROUP_BODIES].items;
    att_annotation *agency = &self->doc->annotations.items[bodies[body]];
    if (first_form(self, agency) == ATT_NONE) return (att_str){ 0 };
    for (uint32_t k = body; k-- > 0 && bodies[body] - bodies[k] <= MOST_BACK;) {
        uint32_t i = bodies[k];
        const att_annotation *other = at(self, i);
        if (other->layer != ATT_LAYER_AGENCY || other->name != agency->name || !other->country_by) continue;
        if (other->country_by >= ATT_BY_SUBJECT) continue;
        agency->country_by = other->country_by;
        return answer(self, i, get(self, other, ATT_KEY_COUNTRY));
    }
    return (att_str){ 0 };
}

/* Where the document is at home, if the shared name may be of there; else the default of the name. */
static att_str by_default(finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    uint32_t entry = default_owner(self, agency);
    if (entry == ATT_NONE) return (att_str){ 0 };
    att_str home = self->doc->origin.data ? self->doc->origin : home_of(self)->bodies;
    bool of_home = home.data && owner_in(self, agency, home) != ATT_NONE;
    agency->country_by = of_home ? ATT_BY_ORIGIN : ATT_BY_ENTRY;
    return of_home ? home : self->knowledge->entries.entries.items[entry].more->country;
}

/* What steps [from, to) say, when the name may be of that country. */
static att_str by_steps(finder *self, uint32_t index, size_t from, size_t to)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    for (size_t i = from; i < to; i++) {
        self->source = ATT_NONE;
        att_str country = steps[i].find(self, index);
        if (!country.data || !may_be(self, agency, i, country)) continue;
        agency->country_by = (uint8_t)steps[i].step;
        return country;
    }
    return (att_str){ 0 };
}

/* The body that the agency is in: "the Cyber Office at the Ministry of Defense"; or ATT_NONE. */
static uint32_t body_around(const finder *self, uint32_t index)
{
    static const char *const within[] = { "of", "at", "within" };
    uint32_t last = at(self, index)->tokens.last;
    if (last + 2 >= self->doc->tokens.count || !WORD_IN(self, last, within) || !word_is(self, last + 1, "the")) return ATT_NONE;
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= last + 2; i++)
        if (at(self, i)->layer == ATT_LAYER_AGENCY && at(self, i)->tokens.first == last + 2) return i;
    return ATT_NONE;
}

bool att_country_is_named(finder *self, att_str code)
{
    if (!self->named_known) {
        att_map_init(&self->named, self->doc->arena);
        const att_indexes *nations = &self->groups->by[ATT_GROUP_NATIONS];
        for (uint32_t k = 0; k < nations->count; k++)
            att_map_add(&self->named, get(self, at(self, nations->items[k]), ATT_KEY_CODE));
        self->named_known = true;
    }
    return att_map_find(&self->named, code) != ATT_NONE;
}

/* A name that any state may have, known of one that the document does not name: "Department of Science and Innovation". */
static bool is_doubtful(finder *self, uint32_t index)
{
    static const char *const plain[] = { "Department", "Ministry", "Office", "Bureau", "Directorate",
                                         "Division",   "National", "State",  "General" };
    const att_annotation *agency = at(self, index);
    if (agency->entry == ATT_NONE || !WORD_IN(self, agency->tokens.first, plain)) return false;
    att_str country = self->knowledge->entries.entries.items[agency->entry].more->country;
    return country.data && !att_str_is(country, "USA") && !att_country_is_named(self, country);
}

/* Another state's, when the owner, the delegation or the body that it is in says so. */
static att_str by_others(finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    if (!is_doubtful(self, index)) return (att_str){ 0 };
    att_str country = by_owner(self, index);
    agency->country_by = ATT_BY_OWNER;
    uint32_t body = country.data ? (uint32_t)ATT_NONE : body_around(self, index);
    if (body != ATT_NONE) country = own_country(self, body);
    if (!country.data) country = by_delegation(self, index), agency->country_by = ATT_BY_DELEGATION;
    if (country.data) agency->entry = agency->name = ATT_NONE;
    else agency->country_by = ATT_BY_NONE;
    return country;
}

static void link_to(const finder *self, uint32_t index, att_str country)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    if (!country.data) return;
    uint32_t entry = agency->entry;
    if (entry == ATT_NONE || self->knowledge->entries.entries.items[entry].star) entry = owner_in(self, agency, country);
    set(self, agency, ATT_KEY_COUNTRY, country);
    tell_located(self, agency);
    att_str parent = get(self, agency, ATT_KEY_PARENT);
    if (parent.length && parent.data[0] == '*') set(self, agency, ATT_KEY_PARENT, without_star(self, parent, country));
    if (entry == ATT_NONE || get(self, agency, ATT_KEY_ID).data) return;
    const att_entry *known = &self->knowledge->entries.entries.items[entry];
    agency->entry = entry;
    set(self, agency, ATT_KEY_ID, id_in(self, known, country));
    if (known->parent != ATT_NONE && !get(self, agency, ATT_KEY_PARENT).data)
        set(self, agency, ATT_KEY_PARENT, id_in(self, &self->knowledge->entries.entries.items[known->parent], country));
}

/* What the words around tell about the body of that number. */
static void link_by_words(finder *self, uint32_t body)
{
    uint32_t index = self->groups->by[ATT_GROUP_BODIES].items[body];
    know_name(self, index);
    att_str country = by_others(self, index);
    if (!country.data) country = by_steps(self, index, 0, GUESSES);
    if (!country.data) country = by_name_before(self, body);
    link_to(self, index, country);
}

/* The country of that body, its parent if no other is known. */
static att_str by_body(finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    uint32_t body = body_around(self, index);
    if (body == ATT_NONE || agency->country_by > ATT_BY_OWNER) return (att_str){ 0 };
    if (!get(self, agency, ATT_KEY_PARENT).data) set(self, agency, ATT_KEY_PARENT, get(self, at(self, body), ATT_KEY_ID));
    att_str country = get(self, at(self, body), ATT_KEY_COUNTRY);
    if (agency->country_by || !country.data) return (att_str){ 0 };
    agency->country_by = at(self, body)->country_by;
    return answer(self, body, country);
}

/* Once those are known: the default of the name, the sentence, the document. */
static void link_by_guess(finder *self, uint32_t index)
{
    self->source = ATT_NONE;
    att_str country = by_body(self, index);
    if (self->doc->annotations.items[index].country_by && !country.data) return;
    if (!country.data) country = by_default(self, index);
    if (!country.data) country = by_steps(self, index, GUESSES, STEPS);
    link_to(self, index, country);
}

void att_find_countries(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                        const att_groups *groups)
{
    finder *self = att_country_finder_new(knowledge, doc, vocabulary, groups);
    const att_indexes *bodies = &groups->by[ATT_GROUP_BODIES];
    for (uint32_t k = 0; k < bodies->count; k++)
        if (at(self, bodies->items[k])->layer == ATT_LAYER_AGENCY) link_by_words(self, k);
    for (uint32_t k = bodies->count; k-- > 0;) /* a unit behind the body that it is in */
        if (at(self, bodies->items[k])->layer == ATT_LAYER_AGENCY) link_by_guess(self, bodies->items[k]);
}

att_country_finder *att_country_finder_new(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                                           const att_groups *groups)
{
    finder *self = att_arena_zero(doc->arena, 1, sizeof *self);
    self->knowledge = knowledge;
    self->doc = doc;
    self->vocabulary = vocabulary;
    self->groups = groups;
    self->sentence.number = self->earlier.number = ATT_NONE;
    return self;
}

att_str att_country_of(att_country_finder *self, uint32_t index, att_country_step first, att_country_step last)
{
    for (size_t i = 0; i < STEPS; i++) {
        if (steps[i].step < first || steps[i].step > last) continue;
        att_str country = steps[i].find(self, index);
        bool sure = steps[i].step < ATT_BY_LIST || att_country_may_be(self, index, country);
        if (country.data && sure) return country;
    }
    return (att_str){ 0 };
}
