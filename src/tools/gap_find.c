#include "tools/gap_find.h"

enum {
    MOST_WORDS = 12,   /* of a name */
    AROUND = 110,      /* bytes of an example on either side of the name */
    LEAST_HEADS = 4,   /* so many names with one head word say that it tells the layer */
    COMMON_WORD = 6,   /* a word that so many names have tells nothing by itself */
    LEAST_ACRONYM = 3, /* letters */
    MOST_ACRONYM = 10,
    LEAST_POST_LETTERS = 4 /* of a word in a title */
};

/* ---- head words ---- */

/* The word that tells what kind of body a name is of: the one before "of" or "for", else the last. "Department" of State, Coast
 * "Guard". */
static att_str head_of(att_str name)
{
    static const char *const parts[] = { " of ", " for ", " on ", " to ", " in ", " at " };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *at = memmem(name.data, name.length, parts[i], strlen(parts[i]));
        if (at) name.length = (size_t)(at - name.data);
    }
    const char *blank = memrchr(name.data, ' ', name.length);
    return blank ? att_str_slice(name, (size_t)(blank + 1 - name.data), name.length) : name;
}

static void learn_head(att_makeup *self, att_arena *arena, const att_entry *entry)
{
    uint64_t caps;
    uint32_t before = self->heads.count, head = att_map_add(&self->heads, att_word_fold(arena, head_of(entry->name), &caps));
    if (head == before) memset(self->layers[head], 0, sizeof *self->layers);
    self->layers[head][entry->layer]++;
}

static void learn_words(att_makeup *self, att_arena *arena, att_str name)
{
    att_str word;
    uint32_t at = 0, ignored;
    uint64_t caps;
    while (att_next_word(&name, &at, &word, &ignored)) {
        uint32_t before = self->words.count, number = att_map_add(&self->words, att_word_fold(arena, word, &caps));
        ATT_RESERVE(arena, &self->uses, 1);
        if (number == before) self->uses.items[self->uses.count++] = 0;
        self->uses.items[number]++;
    }
}

void att_makeup_learn(att_makeup *self, att_arena *arena, const att_entries *entries)
{
    att_map_init(&self->heads, arena);
    att_map_init(&self->words, arena);
    self->layers = att_arena_alloc(arena, sizeof *self->layers * (entries->entries.count + 1));
    for (uint32_t i = 0; i < entries->entries.count; i++) {
        const att_entry *entry = &entries->entries.items[i];
        if (!entry->name.length || !memchr(entry->name.data, ' ', entry->name.length)) continue;
        learn_head(self, arena, entry);
        learn_words(self, arena, entry->name);
    }
}

/* The layer that most names with this head word have, or ATT_NONE. */
static uint32_t layer_of_head(const att_makeup *self, att_arena *arena, att_str name)
{
    uint64_t caps;
    uint32_t head = att_map_find(&self->heads, att_word_fold(arena, head_of(name), &caps)), best = 0, all = 0;
    if (head == ATT_NONE) return ATT_NONE;
    for (uint32_t layer = 0; layer < ATT_MAX_LAYERS; layer++) {
        all += self->layers[head][layer];
        if (self->layers[head][layer] > self->layers[head][best]) best = layer;
    }
    return all >= LEAST_HEADS && self->layers[head][best] * 2 > all ? best : ATT_NONE;
}

/* Whether the word says which body is meant. Words that many names have do not: "Task Force" by itself names no task force. */
static bool is_telling(const att_makeup *self, att_arena *arena, att_str word)
{
    uint64_t caps;
    uint32_t number = att_map_find(&self->words, att_word_fold(arena, word, &caps));
    return number == ATT_NONE || self->uses.items[number] < COMMON_WORD;
}

/* ---- the document ---- */

typedef struct {
    att_gaps *gaps;
    const att_engine *engine;
    const att_makeup *makeup;
    att_document *doc;
    const att_vocabulary *vocabulary;
    uint32_t number;
    uint32_t *covered; /* by token: layers of the annotations there, as bits */
    /* By token: the longest annotation that begins there, and the one that ends before it; or ATT_NONE. */
    uint32_t *begins, *ends;
    att_stretch sentence; /* the one that is being read */
} finder;

static uint32_t *column(const finder *self, uint32_t value)
{
    uint32_t count = self->doc->tokens.count + 1;
    uint32_t *items = att_arena_alloc(self->doc->arena, sizeof *items * count);
    for (uint32_t i = 0; i < count; i++) items[i] = value;
    return items;
}

static void index_annotations(finder *self)
{
    self->covered = column(self, 0);
    self->begins = column(self, ATT_NONE);
    self->ends = column(self, ATT_NONE);
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) { /* they are sorted, longer ones first */
        const att_annotation *one = &self->doc->annotations.items[i];
        if (!att_is_mention_layer(one->layer)) continue;
        for (uint32_t t = one->tokens.first; t < one->tokens.last; t++) self->covered[t] |= 1u << one->layer;
        if (self->begins[one->tokens.first] == ATT_NONE) self->begins[one->tokens.first] = i;
        if (self->ends[one->tokens.last] == ATT_NONE) self->ends[one->tokens.last] = i;
    }
}

static const att_word_type *type_of(const finder *self, uint32_t token)
{
    return att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
}

static att_str word_at(const finder *self, uint32_t token)
{
    return att_str_slice(self->doc->text, self->doc->tokens.start[token], self->doc->tokens.end[token]);
}

static att_str text_of(const finder *self, uint32_t first, uint32_t last)
{
    att_str text = att_str_slice(self->doc->text, self->doc->tokens.start[first], self->doc->tokens.end[last - 1]);
    return att_str_one_line(self->doc->arena, text);
}

static bool is_joint(const finder *self, uint32_t token)
{
    static const char *const words[] = { "of", "for", "and", "the", "on", "&", "to", "in" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (att_str_is(word_at(self, token), words[i])) return true;
    return false;
}

/* The sentence around [start, end), cut to a moderate length, with the words in brackets. */
static att_str example_of(const finder *self, uint32_t start, uint32_t end)
{
    att_token_range tokens = self->sentence.tokens;
    uint32_t from = self->doc->tokens.start[tokens.first], to = self->doc->tokens.end[tokens.last - 1];
    bool cut_left = from + AROUND < start, cut_right = end + AROUND < to;
    if (cut_left) from = self->doc->tokens.start[att_tokens_at(&self->doc->tokens, start - AROUND)];
    if (cut_right) to = self->doc->tokens.start[att_tokens_at(&self->doc->tokens, end + AROUND)];
    att_str text = self->doc->text;
    att_str whole = att_str_format(self->doc->arena, "%s%.*s[%.*s]%.*s%s", cut_left ? "... " : "",
                                   ATT_STR_ARG(att_str_slice(text, from, start)), ATT_STR_ARG(att_str_slice(text, start, end)),
                                   ATT_STR_ARG(att_str_slice(text, end, to)), cut_right ? "..." : "");
    return att_str_one_line(self->doc->arena, whole);
}

static void stand_in_sentence_of(finder *self, uint32_t token)
{
    self->sentence = self->doc->sentences.items[att_stretches_at(&self->doc->sentences, token)];
}

static void see(finder *self, att_gap gap, att_str country, uint32_t start, uint32_t end)
{
    stand_in_sentence_of(self, att_tokens_at(&self->doc->tokens, start));
    att_gap_sight sight = { .gap = gap,
                            .country = country,
                            .date = self->doc->date,
                            .example = example_of(self, start, end),
                            .document = self->number };
    att_gaps_see(self->gaps, &sight);
}

/* Whether the words are already a form of an entry of this layer, which the document did not choose. */
static bool is_form(const finder *self, uint32_t layer, uint32_t first, uint32_t last)
{
    const att_names *names = &self->engine->knowledge.names;
    uint32_t node = att_names_node(names, self->doc, self->vocabulary, (att_token_range){ first, last });
    if (node == ATT_NONE) return false;
    for (uint32_t form = node; form; form = att_names_next(names, form))
        if (names->forms.items[form].layer == layer) return true;
    return false;
}

static att_str code_of(const finder *self, const att_annotation *one)
{
    return att_annotation_get(one, &self->engine->knowledge.layers, ATT_KEY_CODE);
}

/* ---- countries beside a name ---- */

/* The code of the country that stands before token `first` ("Norway's …", "the Norwegian …"); null for none. */
static att_str country_before(const finder *self, uint32_t first)
{
    if (first > self->sentence.tokens.first && type_of(self, first - 1)->classes & ATT_CLASS_POSS) first--;
    if (first <= self->sentence.tokens.first || self->ends[first] == ATT_NONE) return (att_str){ 0 };
    const att_annotation *one = &self->doc->annotations.items[self->ends[first]];
    bool country = att_is_nation_layer(one->layer);
    return country ? code_of(self, one) : (att_str){ 0 };
}

/* The code of the country that stands behind token `last` ("… of Norway"); null for none. */
static att_str country_behind(const finder *self, uint32_t last)
{
    uint32_t end = self->sentence.tokens.last;
    if (last + 1 >= end || !att_str_is(word_at(self, last), "of")) return (att_str){ 0 };
    uint32_t at = last + 1 + att_str_is(word_at(self, last + 1), "the");
    if (at >= end || self->begins[at] == ATT_NONE) return (att_str){ 0 };
    const att_annotation *one = &self->doc->annotations.items[self->begins[at]];
    return one->layer == ATT_LAYER_COUNTRY ? code_of(self, one) : (att_str){ 0 };
}

/* ---- names that a rule made and no entry knows ---- */

static const att_rule *rule_of(const finder *self, const att_annotation *annotation)
{
    uint32_t number = att_rules_number(&self->engine->rules, annotation->origin);
    return number == ATT_NONE ? NULL : &self->engine->rules.rules.items[number];
}

static bool is_unknown_body(const finder *self, const att_annotation *one)
{
    if (one->layer != ATT_LAYER_AGENCY && one->layer != ATT_LAYER_IGO) return false;
    if (one->entry != ATT_NONE || one->name != ATT_NONE || one->entity >= self->doc->entities.count) return false;
    if (!self->doc->entities.items[one->entity].unnamed) return false;
    const att_rule *rule = rule_of(self, one);
    return rule && rule->kind == ATT_RULE_MATCH && !is_form(self, one->layer, one->tokens.first, one->tokens.last);
}

/* Where the name begins without its country, which becomes the entry's instead. */
static uint32_t behind_country(const finder *self, att_token_range tokens)
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        bool country = att_is_nation_layer(one->layer);
        if (country && one->tokens.first == tokens.first && one->tokens.last < tokens.last) {
            bool poss = type_of(self, one->tokens.last)->classes & ATT_CLASS_POSS;
            return one->tokens.last + poss;
        }
    }
    return tokens.first;
}

/* Whether the words can be a name: at least two have capitals and are not of a country or place, and one of those is telling.
 */
static bool is_name(const finder *self, uint32_t first, uint32_t last)
{
    const uint32_t places = 1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM | 1u << ATT_LAYER_LOCATION;
    uint32_t words = 0, telling = 0;
    for (uint32_t t = first; t < last; t++) {
        if (!(type_of(self, t)->classes & ATT_CLASS_CAP) || self->covered[t] & places) continue;
        words++;
        telling += is_telling(self->makeup, self->doc->arena, word_at(self, t));
    }
    return words >= 2 && telling;
}

static bool in_capitals(const finder *self, uint32_t token)
{
    return self->doc->tokens.flags[token] & ATT_FLAG_CAPITAL_LINE;
}

/* The acronym in brackets behind token `last`; null when there is none. */
static att_str acronym_behind(const finder *self, uint32_t last)
{
    if (last + 2 >= self->doc->tokens.count || !att_str_is(word_at(self, last), "(")) return (att_str){ 0 };
    const att_word_type *type = type_of(self, last + 1);
    bool upper = type->classes & ATT_CLASS_UPPER && type->letters >= LEAST_ACRONYM && type->letters <= MOST_ACRONYM;
    return upper && att_str_is(word_at(self, last + 2), ")") ? word_at(self, last + 1) : (att_str){ 0 };
}

static void find_unknown_bodies(finder *self)
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (!is_unknown_body(self, one) || in_capitals(self, one->tokens.first)) continue;
        uint32_t first = behind_country(self, one->tokens), last = one->tokens.last;
        if (first >= last || !is_name(self, first, last) || is_form(self, one->layer, first, last)) continue;
        att_str country = self->doc->entities.items[one->entity].country;
        att_gap gap = { .kind = ATT_GAP_NAME, .layer = one->layer, .entry = ATT_NONE, .name = text_of(self, first, last) };
        bool sure = self->doc->entities.items[one->entity].country_by <= ATT_BY_OWNER;
        gap.signs = 1u << ATT_SIGN_SHAPE | (country.data && sure ? 1u << ATT_SIGN_COUNTRY : 0);
        see(self, gap, country, self->doc->tokens.start[first], self->doc->tokens.end[last - 1]);
    }
}

/* ---- acronyms ---- */

static char small(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

/* Whether the letters are first letters of the words [first, last). Each word with a capital must have its letter; small words
 * need not. */
static bool spells(const finder *self, att_str letters, uint32_t first, uint32_t last)
{
    size_t at = 0;
    for (uint32_t t = first; t < last; t++) {
        att_str word = word_at(self, t);
        bool fits = at < letters.length && small(*word.data) == small(letters.data[at]);
        if (!fits && type_of(self, t)->classes & ATT_CLASS_CAP) return false;
        if (fits) at++;
    }
    return at == letters.length;
}

/* Where the words before token `end` begin for which the letters stand; `end` when there are none. */
static uint32_t spelled_from(const finder *self, att_str letters, uint32_t end)
{
    uint32_t from = self->sentence.tokens.first;
    if (end > from + MOST_WORDS) from = end - MOST_WORDS;
    for (uint32_t t = end; t-- > from;) {
        bool cap = type_of(self, t)->classes & ATT_CLASS_CAP;
        if (!cap && !is_joint(self, t)) break;
        if (cap && spells(self, letters, t, end)) return t;
    }
    return end;
}

/* The longest annotation that ends before token `last` and begins at `first`, or a country before that. */
static const att_annotation *named(const finder *self, uint32_t first, uint32_t last)
{
    if (self->ends[last] == ATT_NONE) return NULL;
    const att_annotation *one = &self->doc->annotations.items[self->ends[last]];
    return one->tokens.first == first || behind_country(self, one->tokens) == first ? one : NULL;
}

static void see_acronym(finder *self, att_str acronym, uint32_t first, uint32_t last)
{
    const att_annotation *one = named(self, first, last);
    att_arena *arena = self->doc->arena;
    att_str name = text_of(self, first, last);
    uint32_t layer = one ? one->layer : layer_of_head(self->makeup, arena, name);
    if (layer == ATT_NONE || layer == ATT_LAYER_PERSON || layer == ATT_LAYER_TITLE || layer == ATT_LAYER_LOCATION) return;
    if (!one && self->covered[first] && self->covered[last - 1]) return; /* other annotations cover both its ends */
    if (is_form(self, layer, last + 1, last + 2)) return;
    att_gap gap = { .layer = (uint16_t)layer, .entry = ATT_NONE, .name = name, .signs = 1u << ATT_SIGN_ACRONYM };
    if (one && one->entry != ATT_NONE) {
        if (self->engine->knowledge.entries.entries.items[one->entry].star) return;
        gap.kind = ATT_GAP_ALIAS;
        gap.entry = one->entry;
        gap.name = acronym;
    } else if (is_form(self, layer, first, last)) {
        return;
    } else {
        gap.kind = ATT_GAP_NAME;
        gap.acronym = acronym;
        gap.signs |= one ? 1u << ATT_SIGN_SHAPE : 0;
    }
    att_str country = one && one->entity < self->doc->entities.count ? self->doc->entities.items[one->entity].country
                                                                     : country_before(self, first);
    see(self, gap, country, self->doc->tokens.start[first], self->doc->tokens.end[last + 1]);
}

static void find_acronyms(finder *self)
{
    for (uint32_t t = self->sentence.tokens.first; t < self->sentence.tokens.last; t++) {
        att_str acronym = acronym_behind(self, t);
        if (!acronym.data) continue;
        uint32_t first = spelled_from(self, acronym, t);
        if (first < t) see_acronym(self, acronym, first, t);
    }
}

/* ---- runs of capitalised words that nothing covers ---- */

static bool is_open(const finder *self, uint32_t token)
{
    const att_word_type *type = type_of(self, token);
    bool opener = type->lists >> ATT_WORDS_SENTENCE_OPENER & 1;
    return !self->covered[token] && type->classes & ATT_CLASS_CAP && type->letters > 1 && !opener;
}

/* The token behind the run of capitalised words that begins at `first`. */
static uint32_t run_end(const finder *self, uint32_t first)
{
    uint32_t end = first + 1, limit = self->sentence.tokens.last;
    while (end < limit) {
        uint32_t next = end;
        while (next < limit && next < end + 2 && !self->covered[next] && is_joint(self, next)) next++;
        if (next == limit || !is_open(self, next)) break;
        end = next + 1;
    }
    return end;
}

/* Whether a title stands before, as in "Director of the" or "Director at". */
static bool title_before(const finder *self, uint32_t first)
{
    uint32_t from = self->sentence.tokens.first;
    if (first > from && att_str_is(word_at(self, first - 1), "the")) first--;
    if (first <= from + 1) return false;
    att_str word = word_at(self, first - 1);
    bool joint = att_str_is(word, "of") || att_str_is(word, "at") || att_str_is(word, "for");
    return joint && self->covered[first - 2] >> ATT_LAYER_TITLE & 1;
}

static bool is_post(const finder *self, uint32_t first, uint32_t last)
{
    if (last >= self->sentence.tokens.last || last - first < 2 || last - first > 4 || self->begins[last] == ATT_NONE)
        return false;
    if (self->doc->annotations.items[self->begins[last]].layer != ATT_LAYER_PERSON) return false;
    for (uint32_t t = first; t < last; t++)
        if (type_of(self, t)->letters < LEAST_POST_LETTERS) return false;
    return true;
}

static void see_post(finder *self, uint32_t first, uint32_t last, att_str country)
{
    att_gap post = { .kind = ATT_GAP_POST, .layer = ATT_LAYER_TITLE, .entry = ATT_NONE, .name = text_of(self, first, last) };
    post.signs = 1u << ATT_SIGN_PERSON;
    see(self, post, country, self->doc->tokens.start[first], self->doc->tokens.end[last - 1]);
}

/* Whether the words only begin a longer name whose end is known: "Commission for the Preservation" of "America's Heritage". */
static bool is_part(const finder *self, uint32_t first, uint32_t last)
{
    const uint32_t nations = 1u << ATT_LAYER_DEMONYM;
    uint32_t from = self->sentence.tokens.first, limit = self->sentence.tokens.last, next = last;
    bool before = first > from && self->covered[first - 1] && !(self->covered[first - 1] & nations)
                  && type_of(self, first - 1)->classes & ATT_CLASS_CAP;
    while (next < limit && next < last + 2 && is_joint(self, next)) next++;
    return before || (next < limit && self->covered[next] && type_of(self, next)->classes & ATT_CLASS_CAP);
}

/* The layer for a name with this head. A head word alone does not tell whether a body is of a state or of several. */
static uint32_t layer_of(const finder *self, att_str name, bool title)
{
    uint32_t layer = layer_of_head(self->makeup, self->doc->arena, name);
    if (layer == ATT_LAYER_LOCATION || layer == ATT_LAYER_COUNTRY) return ATT_NONE;
    return layer == ATT_LAYER_IGO || (layer == ATT_NONE && title) ? ATT_LAYER_ORG : layer;
}

static void see_run(finder *self, uint32_t first, uint32_t last)
{
    att_str country = country_before(self, first), behind = country_behind(self, last), name = text_of(self, first, last);
    if (is_post(self, first, last)) see_post(self, first, last, country);
    if (!is_name(self, first, last) || (!behind.data && is_part(self, first, last))) return;
    if (!country.data) country = behind;
    bool title = title_before(self, first);
    uint32_t layer = layer_of(self, name, title);
    if (layer == ATT_NONE || is_form(self, layer, first, last)) return;
    att_gap gap = { .kind = ATT_GAP_NAME, .layer = (uint16_t)layer, .entry = ATT_NONE, .name = name };
    gap.signs = (country.data ? 1u << ATT_SIGN_COUNTRY : 0) | (title ? 1u << ATT_SIGN_TITLE : 0);
    if (layer_of(self, name, false) != ATT_NONE) gap.signs |= 1u << ATT_SIGN_HEAD;
    see(self, gap, country, self->doc->tokens.start[first], self->doc->tokens.end[last - 1]);
}

/* Looks for runs of words with capitals in the sentence. One that begins with the sentence is passed over, because its capital
 * may come from there. */
static void find_runs(finder *self)
{
    for (uint32_t t = self->sentence.tokens.first + 1; t < self->sentence.tokens.last;) {
        if (!is_open(self, t)) {
            t++;
            continue;
        }
        uint32_t end = run_end(self, t);
        if (!is_open(self, t - 1)) see_run(self, t, end);
        t = end;
    }
}

/* ---- officials ---- */

static bool has_blank(att_str text)
{
    return text.data && memchr(text.data, ' ', text.length);
}

/* Whether each word that counts has a capital and then a small letter; a name all in capitals does not tell how it is written.
 */
static bool is_written_small(att_str name)
{
    for (size_t i = 1; i < name.length; i++)
        if (name.data[i] >= 'a' && name.data[i] <= 'z') return true;
    return false;
}

/* Whether the official's title says which office it is, by itself or with its body. */
static bool is_office(const att_official *one)
{
    att_str title = one->title;
    if (one->agency_id.data) return true;
    return memmem(title.data, title.length, " of ", 4) || memmem(title.data, title.length, " for ", 5)
           || memmem(title.data, title.length, " to ", 4);
}

static void find_holders(finder *self)
{
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const att_official *one = &self->doc->officials.items[i];
        bool holds = att_str_is(one->status, "current") || att_str_is(one->status, "acting");
        if (one->office.data || !holds || one->undated || !one->country.data || !is_office(one)) continue;
        if (!has_blank(one->name) || !is_written_small(one->name) || !is_written_small(one->title)) continue;
        att_gap gap = { .kind = ATT_GAP_HOLDER,
                        .layer = ATT_LAYER_OFFICIAL,
                        .entry = ATT_NONE,
                        .name = att_str_one_line(self->doc->arena, one->name),
                        .title = att_str_one_line(self->doc->arena, one->title),
                        .agency_id = one->agency_id,
                        .country = one->country,
                        .signs = 1u << ATT_SIGN_RECORD };
        see(self, gap, one->country, one->start, one->end);
    }
}

/* ---- all of it ---- */

static bool is_prose(const finder *self, const att_stretch *sentence)
{
    if (self->doc->paragraphs.items[sentence->paragraph].kind != ATT_ZONE_BODY) return false;
    return !in_capitals(self, sentence->tokens.first);
}

void att_gaps_find(att_gaps *self, const att_engine *engine, const att_makeup *makeup, att_document *doc,
                   const att_vocabulary *vocabulary, uint32_t document)
{
    finder state = {
        .gaps = self, .engine = engine, .makeup = makeup, .doc = doc, .vocabulary = vocabulary, .number = document
    };
    if (doc->error_code || !doc->sentences.count) return;
    index_annotations(&state);
    find_unknown_bodies(&state);
    find_holders(&state);
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        if (!is_prose(&state, &doc->sentences.items[i])) continue;
        state.sentence = doc->sentences.items[i];
        find_acronyms(&state);
        state.sentence = doc->sentences.items[i];
        find_runs(&state);
    }
}
