#include "resolve/coref.h"

#include <string.h>

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
    const att_groups *groups;
    att_coref *coref;
    att_indexes people, bodies, chained;
} linker;

enum { SEVERAL = ATT_NONE - 1, MOST_WORDS = 12, SEARCHED = 64 };

static const att_annotation *at(const linker *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static att_str get(const linker *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

static att_str text_of(const linker *self, uint32_t index)
{
    return att_str_slice(self->doc->text, at(self, index)->start, at(self, index)->end);
}

static const att_word_type *type_at(const linker *self, uint32_t token)
{
    return att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
}

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

/* ---- persons ---- */

/* Returns the number of the name in coref->names. Spellings that fold alike are one name; each spelling is folded once. */
static uint32_t add_name(const linker *self, att_str text)
{
    att_coref *coref = self->coref;
    uint32_t spelling = att_map_keep(&coref->spellings, text);
    if (spelling < coref->folds.count) return coref->folds.items[spelling];
    uint32_t number = att_map_keep(&coref->names, att_fold_person(self->doc->arena, text));
    ATT_RESERVE(self->doc->arena, &coref->folds, 1);
    coref->folds.items[coref->folds.count++] = number;
    if (number < coref->roots.count) return number;
    ATT_RESERVE(self->doc->arena, &coref->roots, 1);
    coref->roots.items[coref->roots.count++] = number;
    ATT_RESERVE(self->doc->arena, &coref->firsts, 1);
    coref->firsts.items[coref->firsts.count++] = ATT_NONE;
    return number;
}

/* Pieces of names, each with the fuller name that it may stand for. */
typedef struct {
    att_map keys;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } owners; /* by key: the number of the name, or SEVERAL where more than one name has the piece */
} short_forms;

static void add_short_form(const linker *self, short_forms *forms, att_str key, uint32_t owner)
{
    uint32_t number = att_map_keep(&forms->keys, key);
    if (number == forms->owners.count) {
        ATT_RESERVE(self->doc->arena, &forms->owners, 1);
        forms->owners.items[forms->owners.count++] = owner;
    } else if (forms->owners.items[number] != owner) {
        forms->owners.items[number] = SEVERAL;
    }
}

static uint32_t owner_of(const short_forms *forms, att_str key)
{
    uint32_t number = att_map_find(&forms->keys, key);
    return number == ATT_NONE ? (uint32_t)ATT_NONE : forms->owners.items[number];
}

/* All pieces that a name may be short for. A name is looked for in the order of these members, the surest first. */
typedef struct {
    short_forms tails, heads, middles, ends; /* ends: first and last word, as in "Ann Roe" for "Ann Lind Roe" */
} pieces;

/* Adds the first and the last word, taken together, of a name of three words or more. */
static void add_ends(const linker *self, pieces *all, uint32_t name, att_str first)
{
    att_str text = self->coref->names.items[name];
    size_t last = text.length;
    while (text.data[last - 1] != ' ') last--;
    if (last == first.length + 1) return;
    add_short_form(self, &all->ends,
                   att_str_join(self->doc->arena, first, ATT_STR(" "), att_str_slice(text, last, text.length)), name);
}

static void add_pieces(const linker *self, pieces *all, uint32_t name)
{
    att_str text = self->coref->names.items[name], rest = text;
    const char *blank = memchr(text.data, ' ', text.length);
    if (!blank) return;
    const att_str first = att_str_slice(text, 0, (size_t)(blank - text.data));
    add_short_form(self, &all->heads, first, name);
    add_ends(self, all, name, first);
    for (int i = 0; i < MOST_WORDS && (blank = memchr(rest.data, ' ', rest.length)); i++) {
        if (i) add_short_form(self, &all->middles, att_str_slice(rest, 0, (size_t)(blank - rest.data)), name);
        rest = att_str_slice(rest, (size_t)(blank - rest.data) + 1, rest.length);
        add_short_form(self, &all->tails, rest, name);
    }
}

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

static att_title read_title(const linker *self, uint32_t index)
{
    att_str title =
        at(self, index)->layer == ATT_LAYER_TITLE ? text_of(self, index) : get(self, at(self, index), ATT_KEY_TITLE);
    return att_coref_title_of(self->coref, &self->knowledge->offices, self->doc->arena, index, title);
}

/* By name: the last words of the titles that are given to it, as bits (title_bit). */
typedef struct {
    uint64_t *reigning, *all; /* `reigning`: sovereigns' titles only. NULL where there are no sovereigns and no consorts */
    bool *consorts;           /* all titles of the name are those of a holder's wife or husband */
} reigns;

/* One of 64 bits, by hash, for the last word of a title: that of "prince" for "crown prince". */
static uint64_t title_bit(att_str core)
{
    size_t at = core.length;
    while (at && core.data[at - 1] != ' ') at--;
    return UINT64_C(1) << (att_hash(att_str_slice(core, at, core.length)) & 63);
}

static bool is_sovereign(const linker *self, uint32_t index)
{
    return at(self, index)->layer == ATT_LAYER_OFFICIAL && att_str_is(get(self, at(self, index), ATT_KEY_KIND), "sovereign");
}

/* Whether the OFFICIAL has the title of a holder's wife or husband, such as "First Lady". */
static bool is_consort(const linker *self, uint32_t index)
{
    static const char *const kinds[] = { "First Lady", "Second Lady", "First Gentleman", "Second Gentleman" };
    if (at(self, index)->layer != ATT_LAYER_OFFICIAL) return false;
    att_str title = get(self, at(self, index), ATT_KEY_TITLE);
    for (int kind = 0; kind < 4; kind++) {
        size_t length = strlen(kinds[kind]);
        if (title.length >= length && !memcmp(title.data, kinds[kind], length)) return true;
    }
    return false;
}

static reigns find_reigns(const linker *self)
{
    reigns out = { 0 };
    uint32_t first = 0;
    while (first < self->people.count && !is_sovereign(self, self->people.items[first])
           && !is_consort(self, self->people.items[first]))
        first++;
    if (first == self->people.count) return out;
    out.reigning = att_arena_zero(self->doc->arena, self->coref->names.count + 1, sizeof *out.reigning);
    out.all = att_arena_zero(self->doc->arena, self->coref->names.count + 1, sizeof *out.all);
    out.consorts = att_arena_zero(self->doc->arena, self->coref->names.count + 1, sizeof *out.consorts);
    for (uint32_t k = 0; k < self->people.count; k++) {
        uint32_t i = self->people.items[k], name = self->coref->name_of[i];
        if (at(self, i)->layer != ATT_LAYER_OFFICIAL || name == ATT_NONE) continue;
        const uint64_t bit = title_bit(read_title(self, i).core);
        out.consorts[name] = is_consort(self, i) && (out.consorts[name] || !out.all[name]);
        out.all[name] |= bit;
        if (is_sovereign(self, i)) out.reigning[name] |= bit;
    }
    return out;
}

/* Whether a name may be short for the fuller one. "King George" is not George Washington, who never has a title of that kind;
 * and the "President Roe" of a text about First Lady Jane Roe is her husband. */
static bool may_be(const reigns *all, uint32_t name, uint32_t owner)
{
    if (all->consorts && all->consorts[owner] && all->all[name] && !all->consorts[name]) return false;
    return !all->reigning || !all->reigning[name] || all->reigning[name] & all->all[owner];
}

/* Links each name to the one fuller name that it is short for: whose end it is, else whose beginning, else one of whose words,
 * else whose first and last word. */
static void join_names(const linker *self)
{
    const reigns reigning = find_reigns(self);
    att_coref *coref = self->coref;
    pieces all = { 0 };
    short_forms *const kinds[] = { &all.tails, &all.heads, &all.middles, &all.ends };
    enum { KINDS = sizeof kinds / sizeof *kinds };
    for (int kind = 0; kind < KINDS; kind++) att_map_init(&kinds[kind]->keys, self->doc->arena);
    for (uint32_t name = 0; name < coref->names.count; name++) add_pieces(self, &all, name);
    for (uint32_t name = 0; name < coref->names.count; name++) {
        uint32_t owner = ATT_NONE;
        for (int kind = 0; kind < KINDS && owner == ATT_NONE; kind++) owner = owner_of(kinds[kind], coref->names.items[name]);
        if (owner >= SEVERAL) continue;
        if (may_be(&reigning, name, owner)) coref->roots.items[name] = owner;
        else if (reigning.consorts[owner]) coref->apart = name;
    }
}

static uint32_t root_of(const linker *self, uint32_t name)
{
    while (self->coref->roots.items[name] != name) name = self->coref->roots.items[name];
    return name;
}

static bool is_pronoun(att_str name)
{
    return att_str_is(name, "He") || att_str_is(name, "She") || att_str_is(name, "he") || att_str_is(name, "she");
}

/* The term of office that the OFFICIAL's title means when the person (a folded name) holds it, or NULL. */
static const att_holding *term_of(const linker *self, uint32_t official, att_str person)
{
    const att_offices *offices = &self->knowledge->offices;
    att_title title = read_title(self, official);
    att_str country = get(self, at(self, official), ATT_KEY_COUNTRY);
    uint32_t office = att_office_find_in(offices, &title, person, self->doc, country);
    return office == ATT_NONE ? NULL : att_office_term(offices, office, person, self->doc->date);
}

/* Joins different names that hold one office in one term, such as "President Joe Biden" and "President Joseph R. Biden Jr.". */
static void join_holders(const linker *self)
{
    enum { MOST_TERMS = 64 };
    uint32_t names[MOST_TERMS], count = 0;
    const att_holding *terms[MOST_TERMS];
    bool *asked = att_arena_zero(self->doc->arena, self->coref->names.count + 1, sizeof *asked);
    for (uint32_t k = 0; self->coref->names.count > 1 && k < self->people.count && count < MOST_TERMS; k++) {
        uint32_t i = self->people.items[k], name = self->coref->name_of[i];
        if (at(self, i)->layer != ATT_LAYER_OFFICIAL || name == ATT_NONE || asked[name]) continue;
        asked[name] = true;
        const att_holding *term = term_of(self, i, self->coref->names.items[name]);
        uint32_t known = 0;
        while (known < count && terms[known] != term) known++;
        if (!term) continue;
        if (known < count) {
            self->coref->roots.items[root_of(self, name)] = root_of(self, names[known]);
            continue;
        }
        names[count] = name;
        terms[count++] = term;
    }
}

/* The PERSON within the first words of the paragraph, so that "Dr." may stand before; ATT_NONE when there is none. A name with
 * a colon behind it does not count: in a transcript it says who speaks. */
static uint32_t person_at_head(const linker *self, uint32_t paragraph)
{
    enum { WORDS_BEFORE = 3 };
    const att_paragraph *lines = &self->doc->paragraphs.items[paragraph];
    for (uint32_t i = att_first_from(self->doc, lines->start);
         i < self->doc->annotations.count && at(self, i)->tokens.first < lines->tokens.first + WORDS_BEFORE; i++) {
        if (at(self, i)->layer != ATT_LAYER_PERSON) continue;
        uint32_t next = at(self, i)->tokens.last;
        bool label = next < self->doc->tokens.count && att_str_is(type_at(self, next)->surface, ":");
        return label ? (uint32_t)ATT_NONE : i;
    }
    return ATT_NONE;
}

/* In biographies "She" is the person with whom the paragraph, or else the one before it, begins. Puts that name into the
 * OFFICIAL. */
static void name_pronoun(const linker *self, uint32_t official)
{
    const att_annotation *annotation = at(self, official);
    uint32_t sentence = att_stretches_at(&self->doc->sentences, annotation->tokens.first);
    uint32_t paragraph = self->doc->sentences.items[sentence].paragraph;
    uint32_t person = person_at_head(self, paragraph);
    if (person == ATT_NONE && paragraph) person = person_at_head(self, paragraph - 1);
    if (person == ATT_NONE || at(self, person)->start >= annotation->start) return;
    att_annotation_put(&self->doc->annotations.items[official], &self->knowledge->layers, self->doc->arena, ATT_KEY_NAME,
                       text_of(self, person));
}

/* Whether the PERSON is in capitals and fills its paragraph, as under a proclamation. */
static bool is_signature(const linker *self, uint32_t person)
{
    const att_token_range tokens = at(self, person)->tokens;
    const att_paragraph *lines = &self->doc->paragraphs.items[self->doc->paragraph_of[tokens.first]];
    return lines->tokens.first == tokens.first && lines->tokens.last == tokens.last
           && type_at(self, tokens.first)->classes & ATT_CLASS_UPPER
           && type_at(self, tokens.last - 1)->classes & ATT_CLASS_UPPER;
}

/* "By the authority vested in me" speaks of the one who signs: puts that name into the OFFICIAL. */
static void name_signer(const linker *self, uint32_t official)
{
    for (uint32_t k = self->people.count; k-- > 0 && self->people.items[k] > official;) {
        uint32_t i = self->people.items[k];
        if (at(self, i)->layer != ATT_LAYER_PERSON || !is_signature(self, i)) continue;
        att_annotation_put(&self->doc->annotations.items[official], &self->knowledge->layers, self->doc->arena, ATT_KEY_NAME,
                           text_of(self, i));
        return;
    }
}

/* The number of the name that a PERSON or an OFFICIAL has; ATT_NONE for none, and for a pronoun whose person the text does not
 * tell. */
static uint32_t read_name(const linker *self, uint32_t index)
{
    if (at(self, index)->layer == ATT_LAYER_PERSON) return add_name(self, text_of(self, index));
    att_str name = get(self, at(self, index), ATT_KEY_NAME);
    const bool signer = att_str_is(name, "me"), pronoun = signer || is_pronoun(name);
    if (signer) name_signer(self, index);
    else if (pronoun) name_pronoun(self, index);
    if (pronoun) name = get(self, at(self, index), ATT_KEY_NAME);
    return name.length && !is_pronoun(name) && !att_str_is(name, "me") ? add_name(self, name) : (uint32_t)ATT_NONE;
}

static void link_persons(const linker *self)
{
    att_coref *coref = self->coref;
    for (uint32_t k = 0; k < self->people.count; k++) {
        uint32_t i = self->people.items[k];
        if (at(self, i)->layer != ATT_LAYER_TITLE) coref->name_of[i] = read_name(self, i);
    }
    join_names(self);
    join_holders(self);
    for (uint32_t name = 0; name < coref->names.count; name++) coref->roots.items[name] = root_of(self, name);
    for (uint32_t k = 0; k < self->people.count; k++) {
        uint32_t i = self->people.items[k];
        if (at(self, i)->layer != ATT_LAYER_PERSON) continue;
        uint32_t root = coref->roots.items[coref->name_of[i]];
        if (coref->firsts.items[root] == ATT_NONE) coref->firsts.items[root] = i;
        else coref->same_as[i] = coref->firsts.items[root];
    }
}

att_str att_coref_fold(const att_coref *self, att_arena *arena, att_str name)
{
    uint32_t spelling = name.length ? att_map_find(&self->spellings, name) : (uint32_t)ATT_NONE;
    return spelling == ATT_NONE ? att_fold_person(arena, name) : self->names.items[self->folds.items[spelling]];
}

uint32_t att_coref_person(const att_coref *self, att_arena *arena, uint32_t index, att_str name)
{
    uint32_t number = self->name_of[index];
    if (number == ATT_NONE && name.length) number = att_map_find(&self->names, att_coref_fold(self, arena, name));
    return number == ATT_NONE ? number : self->roots.items[number];
}

/* ---- acronyms ---- */

static bool is_known(const linker *self, const att_annotation *annotation)
{
    return annotation->entry != ATT_NONE || get(self, annotation, ATT_KEY_ID).length;
}

/* Whether the letters are the first ones of some of the words, in their order. */
static bool are_initials(const linker *self, att_str acronym, att_token_range words)
{
    size_t letter = 0;
    for (uint32_t token = words.first; token < words.last && letter < acronym.length; token++)
        if ((type_at(self, token)->surface.data[0] & ~0x20) == acronym.data[letter]) letter++;
    return letter == acronym.length;
}

/* The token in brackets behind the name, if it is an acronym of the name; else ATT_NONE. */
static uint32_t acronym_behind(const linker *self, const att_annotation *name)
{
    uint32_t open = name->tokens.last;
    if (open + 2 >= self->doc->tokens.count) return ATT_NONE;
    const att_word_type *word = type_at(self, open + 1);
    if (!(type_at(self, open)->classes & ATT_CLASS_OPEN) || !(type_at(self, open + 2)->classes & ATT_CLASS_CLOSE))
        return ATT_NONE;
    bool acronym =
        word->classes & ATT_CLASS_UPPER && word->classes & ATT_CLASS_ASCII && word->letters >= 2 && word->letters <= 8;
    return acronym && are_initials(self, word->surface, name->tokens) ? open + 1 : (uint32_t)ATT_NONE;
}

static void link_acronyms(const linker *self)
{
    short_forms forms = { 0 };
    att_map_init(&forms.keys, self->doc->arena);
    for (uint32_t k = 0; k < self->bodies.count; k++) {
        uint32_t i = self->bodies.items[k], token = acronym_behind(self, at(self, i));
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
        if (at(self, i)->layer == ATT_LAYER_PERSON && self->coref->name_of[i] == self->coref->apart) continue;
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

static bool is_rank(att_str word)
{
    static const char *const ranks[] = { "vice",      "deputy",    "assistant", "under",
                                         "associate", "principal", "sub",       "undersecretary" };
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
        if (att_str_is(word, ranks[i])) return true;
    return false;
}

static bool has_rank(att_str words)
{
    for (size_t start = 0, end; start < words.length; start = end + 1) {
        for (end = start; end < words.length && words.data[end] != ' ';) end++;
        if (is_rank(att_str_slice(words, start, end))) return true;
    }
    return false;
}

bool att_same_title(att_str a, att_str b)
{
    if (a.length > b.length) return att_same_title(b, a);
    if (!a.length || (a.data[0] != b.data[0] && a.data[a.length - 1] != b.data[b.length - 1])) return false;
    if (a.length == b.length) return att_str_equal(a, b);
    if (att_str_starts(b, a)) return b.data[a.length] == ' ';
    size_t cut = b.length - a.length;
    return att_str_ends(b, a) && b.data[cut - 1] == ' ' && !has_rank(att_str_slice(b, 0, cut));
}

/* A title in the order of the text, and who has it. */
typedef struct {
    uint32_t person; /* the number of the person's name */
    att_str title, country;
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

/* The only person before the title who has it; ATT_NONE for none or several. */
static uint32_t meant_by(const linker *self, const title_holders *holders, uint32_t title, att_country_finder *finder)
{
    att_str core = read_title(self, title).core, country = { 0 };
    uint32_t person = ATT_NONE;
    bool asked = false;
    for (uint32_t i = 0; i < holders->count; i++) {
        const title_holder *holder = &holders->items[i];
        if (holder->person == person || core.length > holder->title.length || !att_same_title(core, holder->title)) continue;
        if (!asked) country = att_country_of(finder, title, ATT_BY_NAME, ATT_BY_OWNER);
        asked = true;
        if (country.data && !att_str_equal(country, holder->country)) continue;
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
    *coref = (att_coref){
        .same_as = new_numbers(doc), .name_of = new_numbers(doc), .title_of = new_numbers(doc), .apart = ATT_NONE
    };
    att_map_init(&coref->names, doc->arena);
    att_map_init(&coref->spellings, doc->arena);
    att_map_init(&coref->titles, doc->arena);
    link_persons(&self);
    link_acronyms(&self);
    link_chains(&self);
    link_titles(&self);
    flatten(&self);
}
