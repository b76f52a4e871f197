/* clues.c - what a sentence says about the states of the bodies and posts in it: the one state that it names, its subject, its
 * delegations. */
#include "resolve/finder.h"

void att_clues_see(only_country *only, att_str code, uint32_t nation)
{
    if (only->nation == ATT_NONE) *only = (only_country){ .code = code, .nation = nation };
    else if (!only->several && !att_str_equal(only->code, code)) only->several = true, only->code = (att_str){ 0 };
}

/* "the head of the X delegation, Director Roe": whether such words end at `token`. */
static bool leads_group(const finder *self, uint32_t token)
{
    return token > 1 && word_is(self, token - 1, "of") && in_list(self, ATT_LIST_GROUP_LEADER, token - 2);
}

enum { NEAR_MISSION = 8 }; /* annotations between a people and the body whose mission one of it leads */

/* "the OAS mission, led by former Peruvian Minister Roe": whether a body of several states stands before "led by" and the
 * people. */
static bool is_led_by(const finder *self, uint32_t nation)
{
    enum { WORDS = 3 };
    uint32_t by = at(self, nation)->tokens.first;
    const uint32_t sentence = att_stretches_at(&self->doc->sentences, by);
    for (uint32_t words = 0; by && words < WORDS && !word_is(self, by, "by"); words++) by--;
    if (!by || !word_is(self, by, "by") || !in_list(self, ATT_LIST_LED, by - 1)) return false;
    for (uint32_t i = nation, steps = 0; i-- > 0 && steps < NEAR_MISSION; steps++)
        if (at(self, i)->layer == ATT_LAYER_IGO)
            return att_stretches_at(&self->doc->sentences, at(self, i)->tokens.first) == sentence;
    return false;
}

/* "Peruvian Minister Roe, head of the OAS mission": the same behind the people. */
static bool is_head_of(const finder *self, uint32_t nation)
{
    const uint32_t sentence = att_stretches_at(&self->doc->sentences, at(self, nation)->tokens.first);
    for (uint32_t i = nation + 1; i < self->doc->annotations.count && i <= nation + NEAR_MISSION; i++) {
        if (at(self, i)->layer != ATT_LAYER_IGO) continue;
        uint32_t token = at(self, i)->tokens.first;
        if (token > 2 && word_is(self, token - 1, "the")) token--;
        if (att_stretches_at(&self->doc->sentences, token) == sentence && leads_group(self, token)) return true;
    }
    return false;
}

/* A people of which somebody is who speaks for a body of several states; the bodies of the place are not of that state. */
bool att_is_of_mission(const finder *self, uint32_t nation)
{
    return at(self, nation)->layer == ATT_LAYER_DEMONYM && (is_led_by(self, nation) || is_head_of(self, nation));
}

/* Countries in the names of bodies count apart: the "U.S. Embassy" says little of the bodies beside it. */
static void find_only(const finder *self, sentence_facts *facts)
{
    uint32_t body_end = 0; /* byte */
    facts->only.nation = facts->inner.nation = ATT_NONE;
    for (uint32_t i = facts->first; i < facts->last; i++) {
        if (at(self, i)->layer == ATT_LAYER_AGENCY && at(self, i)->end > body_end) body_end = at(self, i)->end;
        if (is_nation(at(self, i)) && !att_is_of_mission(self, i))
            att_clues_see(at(self, i)->end <= body_end ? &facts->inner : &facts->only, get(self, at(self, i), ATT_KEY_CODE), i);
    }
}

static bool is_lower(const finder *self, uint32_t token)
{
    if (token >= self->doc->tokens.count) return false;
    return att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token])->classes & ATT_CLASS_LOWER;
}

static bool is_group(const finder *self, uint32_t token)
{
    return in_list(self, ATT_LIST_GROUP, token);
}

/* "The Republic of Korea was …", "In 2020, Japan sent …": a country between the start or a comma and a small word that may be
 * a verb. */
static bool is_subject(const finder *self, const att_annotation *nation, uint32_t start)
{
    static const char *const no_verbs[] = { "and", "or",   "of",   "in", "at", "on",  "to",
                                            "for", "with", "from", "by", "as", "the", "government" };
    if (nation->layer != ATT_LAYER_COUNTRY) return false;
    uint32_t first = nation->tokens.first;
    if (first > start && (word_is(self, first - 1, "the") || word_is(self, first - 1, "The"))) first--;
    if (first > start && !word_is(self, first - 1, ",")) return false;
    uint32_t next = nation->tokens.last;
    return is_lower(self, next) && !(self->doc->tokens.flags[next] & ATT_FLAG_POSS) && !WORD_IN(self, next, no_verbs)
           && !is_group(self, next);
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

static bool is_group_verb(const finder *self, uint32_t token)
{
    return in_list(self, ATT_LIST_GROUP_VERB, token);
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
    if (group + 1 < last && word_is(self, group + 1, ":")) return group; /* "listed two Polish officials: …" */
    for (uint32_t verb = group + 1; verb < last && verb - group <= BEFORE_VERB; verb++)
        if (is_group_verb(self, verb)) return verb;
    return ATT_NONE;
}

/* "On the U.S. side, …", "From Japan, …", "Representing Chile were …": the comma or verb, or ATT_NONE; `first` begins the
 * sentence. */
static uint32_t delegation_comma(const finder *self, att_token_range nation, uint32_t first)
{
    static const char *const openers[] = { "On", "From", "For" }, *const verbs[] = { "were", "was", "are", "is" };
    uint32_t start = first + (word_is(self, first + 1, "the") ? 2 : 1);
    if (nation.first != start) return ATT_NONE;
    uint32_t token = nation.last;
    if (word_is(self, first, "Representing")) return WORD_IN(self, token, verbs) ? token : (uint32_t)ATT_NONE;
    if (!WORD_IN(self, first, openers)) return ATT_NONE;
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

const sentence_facts *att_clues_read(const finder *self, sentence_facts *facts, uint32_t number, uint32_t index)
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

const sentence_facts *att_clues_of(finder *self, uint32_t index)
{
    if (!self->doc->sentences.count) return &self->sentence;
    return att_clues_read(self, &self->sentence, att_stretches_at(&self->doc->sentences, at(self, index)->tokens.first), index);
}
