/* coref_persons.c - which names of a document are one person. */
#include <string.h>

#include "resolve/coref_linker.h"

/* Returns the number of the folded name in coref->names. */
static uint32_t keep_name(const linker *self, att_str folded)
{
    att_coref *coref = self->coref;
    uint32_t number = att_map_keep(&coref->names, folded);
    if (number < coref->roots.count) return number;
    ATT_RESERVE(self->doc->arena, &coref->roots, 1);
    coref->roots.items[coref->roots.count++] = number;
    ATT_RESERVE(self->doc->arena, &coref->firsts, 1);
    coref->firsts.items[coref->firsts.count++] = ATT_NONE;
    return number;
}

/* Returns the number of the name in coref->names. Spellings that fold alike are one name; each spelling is folded once. */
static uint32_t add_name(const linker *self, att_str text)
{
    att_coref *coref = self->coref;
    uint32_t spelling = att_map_keep(&coref->spellings, text);
    if (spelling < coref->folds.count) return coref->folds.items[spelling];
    uint32_t number = keep_name(self, att_fold_person(self->doc->arena, text));
    ATT_RESERVE(self->doc->arena, &coref->folds, 1);
    coref->folds.items[coref->folds.count++] = number;
    return number;
}

/* All pieces that a name may be short for. A name is looked for in the order of these members, the surest first. */
typedef struct {
    short_forms tails, heads, middles, ends; /* ends: first and last word, as in "Ann Roe" for "Ann Lind Roe" */
} pieces;

/* Adds the first and the last word, taken together, of a name of three words or more. */
static void add_ends(const linker *self, pieces *all, uint32_t name, att_str first)
{
    att_str text = self->coref->names.items[name];
    const att_str last = att_str_last_word(text);
    if (first.length + 1 + last.length == text.length) return;
    add_short_form(self, &all->ends, att_str_join(self->doc->arena, first, ATT_STR(" "), last), name);
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

static pieces find_pieces(const linker *self)
{
    pieces all = { 0 };
    short_forms *const kinds[] = { &all.tails, &all.heads, &all.middles, &all.ends };
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) att_map_init(&kinds[kind]->keys, self->doc->arena);
    for (uint32_t name = 0; name < self->coref->names.count; name++) add_pieces(self, &all, name);
    return all;
}

/* By name: the last words of the titles that are given to it, as bits (title_bit). */
typedef struct {
    uint64_t *reigning, *all; /* `reigning`: sovereigns' titles only. NULL where there are no sovereigns and no consorts */
    bool *crowned;            /* one title is of a kind that sovereigns have: "Emir Tamim" may well be Amir Tamim bin Hamad */
    bool *consorts;           /* all titles of the name are those of a holder's wife or husband */
} reigns;

/* One of 64 bits, by hash, for the last word of a title: that of "prince" for "crown prince". */
static uint64_t title_bit(att_str core)
{
    return UINT64_C(1) << (att_hash(att_str_last_word(core)) & 63);
}

static bool is_sovereign(const linker *self, uint32_t index)
{
    return at(self, index)->layer == ATT_LAYER_OFFICIAL && att_str_is(get(self, at(self, index), ATT_KEY_KIND), "sovereign");
}

/* Whether the OFFICIAL has the title of a holder's wife or husband, such as "First Lady". */
static bool is_consort(const linker *self, uint32_t index)
{
    if (at(self, index)->layer != ATT_LAYER_OFFICIAL) return false;
    return att_lists_have_start(&self->knowledge->lists, ATT_LIST_CONSORT, get(self, at(self, index), ATT_KEY_TITLE));
}

/* Whether the two names are certainly two persons': "President Roe" beside First Lady Jane Roe, "King Roe" beside Minister Jane
 * Roe. */
static bool are_two(const reigns *all, uint32_t name, uint32_t owner)
{
    return all->consorts[owner] || (all->reigning[name] && all->all[owner] && !all->crowned[owner]);
}

/* Remembers that the name is not short for the fuller one, whatever a rule may say. */
static void keep_apart(const linker *self, uint32_t name)
{
    if (!self->coref->apart) self->coref->apart = att_arena_zero(self->doc->arena, self->coref->names.count, sizeof(bool));
    self->coref->apart[name] = true;
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
    out.crowned = att_arena_zero(self->doc->arena, self->coref->names.count + 1, sizeof *out.crowned);
    out.consorts = att_arena_zero(self->doc->arena, self->coref->names.count + 1, sizeof *out.consorts);
    for (uint32_t k = 0; k < self->people.count; k++) {
        uint32_t i = self->people.items[k], name = self->coref->name_of[i];
        if (at(self, i)->layer != ATT_LAYER_OFFICIAL || name == ATT_NONE) continue;
        const att_str core = read_title(self, i).core;
        const uint64_t bit = title_bit(core);
        out.consorts[name] = is_consort(self, i) && (out.consorts[name] || !out.all[name]);
        out.all[name] |= bit;
        out.crowned[name] |= att_lists_have_text(&self->knowledge->lists, ATT_LIST_REIGNING, att_str_last_word(core));
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

/* The term of office that the OFFICIAL's title means when the person (a folded name) holds it, or NULL. */
static const att_holding *term_of(const linker *self, uint32_t official, att_str person)
{
    const att_offices *offices = &self->knowledge->offices;
    att_title title = read_title(self, official);
    att_str country = get(self, at(self, official), ATT_KEY_COUNTRY);
    person = att_coref_bare(person);
    uint32_t office = att_office_find_in(offices, &title, person, self->doc, country);
    return office == ATT_NONE ? NULL : att_office_term(offices, office, person, self->doc->date);
}

/* By name: its first OFFICIAL, or ATT_NONE. */
static uint32_t *find_firsts(const linker *self)
{
    uint32_t *firsts = att_arena_alloc(self->doc->arena, sizeof *firsts * (self->coref->names.count + 1));
    for (uint32_t name = 0; name < self->coref->names.count; name++) firsts[name] = ATT_NONE;
    for (uint32_t k = self->people.count; k-- > 0;) {
        uint32_t i = self->people.items[k], name = self->coref->name_of[i];
        if (at(self, i)->layer == ATT_LAYER_OFFICIAL && name != ATT_NONE) firsts[name] = i;
    }
    return firsts;
}

/* Whether the fuller name only begins with the family name of the office holder whom the title before the short one means:
 * "President Roe" is John Roe, not the Roe Lind of the same text. */
static bool is_given_of_other(const linker *self, const uint32_t *firsts, uint32_t name, uint32_t owner)
{
    const att_str family = self->coref->names.items[name], full = self->coref->names.items[owner];
    if (firsts[name] == ATT_NONE || att_str_ends(full, family)) return false;
    const att_holding *term = term_of(self, firsts[name], family);
    if (!term || term_of(self, firsts[name], full)) return false;
    const att_str holder = att_fold_person(self->doc->arena, term->name);
    return att_str_ends(holder, family) && !att_str_starts_words(holder, family);
}

/* What a name has before a shorter one that it ends with: "omar" for "hassan ali" in "omar hassan ali"; else null. */
static att_str before_end(att_str full, att_str name)
{
    if (full.length <= name.length || !att_str_ends(full, name)) return (att_str){ 0 };
    size_t before = full.length - name.length - 1;
    return full.data[before] == ' ' ? att_str_slice(full, 0, before) : (att_str){ 0 };
}

/* "Hamad bin Salman bin Roe" is a child of Salman bin Roe. */
static bool says_child(const linker *self, att_str before)
{
    const att_str link = att_str_last_word(before);
    return link.length < before.length && att_lists_have_text(&self->knowledge->lists, ATT_LIST_CHILD_OF, link);
}

/* Whether the words, before a name or at its start, are such as people often leave out: "Muhammad", "Syed". */
static bool may_lack(const linker *self, att_str words)
{
    return att_lists_have_start(&self->knowledge->lists, ATT_LIST_LEFT_OUT, words);
}

/* Whether the name begins with what stands before family names: "Al Roe", "van der Roe". */
static bool is_family_name(const linker *self, att_str name)
{
    return att_lists_have_start(&self->knowledge->lists, ATT_LIST_PARTICLE, name);
}

/* Whether the title is a rank that soldiers have beside a post; judges' titles have the same kind. */
static bool is_soldier(const linker *self, uint32_t official, att_str title)
{
    return att_str_is(get(self, at(self, official), ATT_KEY_KIND), "rank") && !att_str_is(title, "judge");
}

/* Whether the two OFFICIALs have titles with different last words. */
static bool differ_in_title(const linker *self, uint32_t a, uint32_t b)
{
    const att_str one = read_title(self, a).core, other = read_title(self, b).core;
    return one.length && other.length && !att_str_equal(att_str_last_word(one), att_str_last_word(other))
           && !att_same_title(&self->knowledge->lists, one, other);
}

/* Whether they differ in their posts; a soldier's rank is none. */
static bool differ_in_post(const linker *self, uint32_t a, uint32_t b)
{
    return !is_soldier(self, a, read_title(self, a).core) && !is_soldier(self, b, read_title(self, b).core)
           && differ_in_title(self, a, b);
}

/* Whether the fuller name only shares the family name of the office holder whom the title before the short one means: the
 * "President Roe" of a text about his son Max Roe, or about Senator Max Roe, is known to be Ann Roe. A given name that begins
 * with the letter of hers may be another form of it, and somebody whose own title ends alike is told by that. */
static bool is_relative(const linker *self, const uint32_t *firsts, uint32_t name, uint32_t owner)
{
    const att_str family = self->coref->names.items[name], full = self->coref->names.items[owner];
    if (firsts[name] == ATT_NONE || !att_str_ends(full, family)) return false;
    if (firsts[owner] != ATT_NONE && !differ_in_title(self, firsts[name], firsts[owner])) return false;
    const att_holding *term = term_of(self, firsts[name], family);
    if (!term || term_of(self, firsts[name], full)) return false;
    if (firsts[owner] != ATT_NONE && !att_str_is(att_holding_status(term, self->doc->date), "current")) return false;
    att_str holder = att_fold_person(self->doc->arena, term->name);
    return holder.length > family.length && att_str_ends(holder, family) && holder.data[0] != full.data[0];
}

/* "President Hassan Roe met Minister Omar Hassan Roe": whether both names of two words or more have posts of their own, and the
 * shorter one is no later mention of the fuller. */
static bool are_namesakes(const linker *self, const uint32_t *firsts, uint32_t name, uint32_t owner)
{
    const att_str text = self->coref->names.items[name];
    const att_str before = before_end(self->coref->names.items[owner], text);
    if (!before.data || !memchr(text.data, ' ', text.length) || is_family_name(self, text)) return false;
    if (says_child(self, before)) return true;
    const uint32_t a = firsts[name], b = firsts[owner];
    if (a == ATT_NONE || b == ATT_NONE || may_lack(self, before) || !differ_in_post(self, a, b)) return false;
    const att_stretches *sentences = &self->doc->sentences;
    return a < b
           || att_stretches_at(sentences, at(self, a)->tokens.first) == att_stretches_at(sentences, at(self, b)->tokens.first);
}

/* Links each name to the one fuller name that it is short for: whose end it is, else whose beginning, else one of whose words,
 * else whose first and last word. */
static void join_names(const linker *self, const uint32_t *firsts)
{
    const reigns reigning = find_reigns(self);
    att_coref *coref = self->coref;
    const pieces all = find_pieces(self);
    const short_forms *const kinds[] = { &all.tails, &all.heads, &all.middles, &all.ends };
    enum { KINDS = sizeof kinds / sizeof *kinds };
    for (uint32_t name = 0; name < coref->names.count; name++) {
        uint32_t owner = ATT_NONE;
        for (int kind = 0; kind < KINDS && owner == ATT_NONE; kind++) owner = owner_of(kinds[kind], coref->names.items[name]);
        if (owner >= SEVERAL) continue;
        if (is_relative(self, firsts, name, owner)) {
            if (firsts[owner] != ATT_NONE) keep_apart(self, name);
            continue;
        }
        if (are_namesakes(self, firsts, name, owner) || is_given_of_other(self, firsts, name, owner)) keep_apart(self, name);
        else if (may_be(&reigning, name, owner)) coref->roots.items[name] = owner;
        else if (are_two(&reigning, name, owner)) keep_apart(self, name);
    }
}

/* ---- initials before a family name ---- */

enum { VARIOUS = '*' };

/* The letter, small, of the initial with which a spelling begins: "p" for "P. Roe", "P.K. Roe", "P Roe"; 0 for none. */
static char initial_of(att_str spelling)
{
    if (spelling.length < 3 || spelling.data[0] < 'A' || spelling.data[0] > 'Z') return 0;
    return spelling.data[1] == '.' || spelling.data[1] == ' ' ? (char)(spelling.data[0] | 0x20) : 0;
}

/* Whether no other initial follows the one with which a spelling begins: "P. Roe", not "P.K. Roe". */
static bool has_one_initial(att_str spelling)
{
    const size_t next = spelling.data[1] == '.' && spelling.data[2] == ' ' ? 3 : 2;
    return !initial_of(att_str_slice(spelling, next, spelling.length));
}

/* The initials of the names, by name. */
typedef struct {
    char *first;       /* with which its spellings begin: 0 for none, VARIOUS where these differ */
    uint32_t *letters; /* all in its spellings, as bits: that of "e" for "Ann E. Roe" */
    bool any;          /* a spelling begins with one */
} name_initials;

static uint32_t letter_bit(char letter)
{
    return UINT32_C(1) << (letter & 31);
}

/* The initials in a spelling as bits (letter_bit). */
static uint32_t letters_in(att_str spelling)
{
    uint32_t letters = 0;
    for (size_t i = 1; i < spelling.length; i++)
        if (spelling.data[i] == '.' && (i == 1 || spelling.data[i - 2] == ' ' || spelling.data[i - 2] == '.'))
            letters |= letter_bit(spelling.data[i - 1]);
    return letters;
}

static name_initials find_initials(const linker *self)
{
    const att_coref *coref = self->coref;
    name_initials out = { .first = att_arena_zero(self->doc->arena, coref->names.count + 1, sizeof *out.first),
                          .letters = att_arena_zero(self->doc->arena, coref->names.count + 1, sizeof *out.letters) };
    for (uint32_t i = 0; i < coref->folds.count; i++) {
        const char initial = initial_of(coref->spellings.items[i]);
        char *known = &out.first[coref->folds.items[i]];
        if (initial) *known = *known && *known != initial ? VARIOUS : initial;
        out.letters[coref->folds.items[i]] |= letters_in(coref->spellings.items[i]);
        out.any = out.any || initial;
    }
    return out;
}

/* Whether one of the words of the fuller name begins with the letter, the words of the shorter one left out. */
static bool has_given(att_str full, att_str name, char initial)
{
    const bool first = att_str_starts_words(full, name); /* "Roe Chae Hwan" */
    att_str rest = first ? att_str_slice(full, name.length, full.length) : before_end(full, name);
    while (rest.length)
        if (*att_str_first_word(&rest).data == initial) return true;
    return false;
}

/* Whether spelling `i`, which begins with an initial, cannot be short for the one fuller name: "P. Roe" beside Ann Roe. What is
 * somebody's given name ("A. Tom" beside Tom Adler) is not short for it by one letter alone. */
static bool is_other_one(const linker *self, const pieces *all, const name_initials *initials, uint32_t i)
{
    const att_str spelling = self->coref->spellings.items[i], name = self->coref->names.items[self->coref->folds.items[i]];
    const short_forms *const kinds[] = { &all->tails, &all->heads, &all->middles };
    uint32_t owner = ATT_NONE;
    size_t kind = 0;
    for (; kind < 3 && owner == ATT_NONE; kind++) owner = owner_of(kinds[kind], name);
    if (owner >= SEVERAL || initials->letters[owner] & letter_bit(initial_of(spelling))) return false;
    const att_str full = self->coref->names.items[owner];
    const bool in_middle = kind == 3, at_head = kind == 2; /* "J. Lind" for "Juan Lind Roe" */
    if (in_middle) return *full.data != initial_of(spelling);
    if (at_head && has_one_initial(spelling)) return true;
    return !has_given(full, name, initial_of(spelling));
}

/* Names are compared without initials. Where these say that a name is somebody else's, it keeps the first of them: "p. roe". */
static bool part_initials(const linker *self)
{
    att_coref *coref = self->coref;
    bool parted = false;
    const name_initials initials = find_initials(self);
    if (!initials.any) return false;
    const pieces all = find_pieces(self);
    for (uint32_t i = 0; i < coref->folds.count; i++) {
        const uint32_t name = coref->folds.items[i];
        const char start[] = { initial_of(coref->spellings.items[i]), '.' };
        if (!*start || (initials.first[name] != VARIOUS && !is_other_one(self, &all, &initials, i))) continue;
        const att_str initial = { start, sizeof start };
        coref->folds.items[i] =
            keep_name(self, att_str_join(self->doc->arena, initial, ATT_STR(" "), coref->names.items[name]));
        parted = true;
    }
    return parted;
}

static uint32_t root_of(const linker *self, uint32_t name)
{
    while (self->coref->roots.items[name] != name) name = self->coref->roots.items[name];
    return name;
}

/* "The writer is Chile's Foreign Minister": the one of the byline. */
static bool is_writer(const linker *self, att_str name)
{
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_WRITER, name);
}

static bool is_pronoun(att_str name)
{
    static const char *const pronouns[] = { "He", "She", "he", "she", "His", "Her", "his", "her", NULL };
    return att_str_is_any(name, pronouns);
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

/* The words in capitals, of two letters or more, with which a spelling begins and after which others follow: "ROE LIND" of
 * "ROE LIND Jane". Empty for none, and where a word has a dot: an initial is no family name. */
static att_str family_in_capitals(att_str spelling)
{
    size_t end = 0, word = 0;
    for (size_t i = 0; i < spelling.length; i++) {
        const char byte = spelling.data[i];
        if (byte == '.') return ATT_EMPTY;
        if (byte >= 'a' && byte <= 'z') return att_str_slice(spelling, 0, end);
        if (byte == ' ' && i - word > 1) end = i;
        if (byte == ' ') word = i + 1;
    }
    return ATT_EMPTY;
}

/* The number of the name that has these words at its end instead of its beginning, or ATT_NONE. */
static uint32_t turned_name(const linker *self, att_str name, att_str family)
{
    family = att_fold_person(self->doc->arena, family);
    if (!att_str_starts_words(name, family) || name.length == family.length) return ATT_NONE;
    const att_str given = att_str_slice(name, family.length + 1, name.length);
    return att_map_find(&self->coref->names, att_str_join(self->doc->arena, given, ATT_STR(" "), family));
}

/* Joins names that are written with the family name in capitals first to those that have it at the end: "ROE Jane" is Jane
 * Roe, unless each has a post of her own. */
static void join_turned(const linker *self, const uint32_t *firsts)
{
    att_coref *coref = self->coref;
    for (uint32_t i = 0; i < coref->folds.count; i++) {
        const att_str family = family_in_capitals(coref->spellings.items[i]);
        if (!family.length) continue;
        const uint32_t name = coref->folds.items[i], other = turned_name(self, coref->names.items[name], family);
        if (other == ATT_NONE || root_of(self, other) == root_of(self, name)) continue;
        const uint32_t a = firsts[name], b = firsts[other];
        if (a != ATT_NONE && b != ATT_NONE && differ_in_post(self, a, b)) continue;
        coref->roots.items[root_of(self, name)] = root_of(self, other);
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

/* Whether a sentence speaks of somebody besides the one with whom it begins: "Senator Roe introduced her". */
static bool has_object(const linker *self, att_token_range tokens)
{
    static const char *const pronouns[] = { "her", "him", "his", NULL };
    for (uint32_t t = tokens.first; t < tokens.last; t++)
        if (att_str_is_any(type_at(self, t)->surface, pronouns)) return true;
    return false;
}

/* The PERSON with whom the sentence begins, with nothing before the name but a title: "Congresswoman Roe spoke". */
static uint32_t person_that_begins(const linker *self, uint32_t sentence)
{
    const att_token_range tokens = self->doc->sentences.items[sentence].tokens;
    uint32_t next = tokens.first;
    for (uint32_t i = att_first_from(self->doc, self->doc->tokens.start[tokens.first]);
         i < self->doc->annotations.count && at(self, i)->tokens.first <= next; i++) {
        if (at(self, i)->layer == ATT_LAYER_PERSON) return has_object(self, tokens) ? (uint32_t)ATT_NONE : i;
        if (at(self, i)->layer == ATT_LAYER_TITLE && at(self, i)->tokens.last > next) next = at(self, i)->tokens.last;
    }
    return ATT_NONE;
}

/* The PERSON with whom one of the sentences before this one begins, in the same paragraph. */
static uint32_t person_before(const linker *self, uint32_t sentence)
{
    enum { SENTENCES_BACK = 3 };
    const att_stretch *all = self->doc->sentences.items;
    for (uint32_t back = 1; back <= SENTENCES_BACK && back <= sentence; back++) {
        if (all[sentence - back].paragraph != all[sentence].paragraph) break;
        const uint32_t person = person_that_begins(self, sentence - back);
        if (person != ATT_NONE) return person;
    }
    return ATT_NONE;
}

/* The person of whom a sentence before speaks: by the whole name where the paragraph begins with it, "Jane Roe" for "Roe". */
static uint32_t by_whole_name(const linker *self, uint32_t person, uint32_t head)
{
    if (person == ATT_NONE || head == ATT_NONE) return person == ATT_NONE ? head : person;
    return before_end(text_of(self, head), text_of(self, person)).data ? head : person;
}

/* "She" is the person with whom a sentence just before begins; in biographies the one with whom the paragraph, or else the one
 * before it, begins. Puts that name into the OFFICIAL. */
static void name_pronoun(const linker *self, uint32_t official)
{
    const att_annotation *annotation = at(self, official);
    uint32_t sentence = att_stretches_at(&self->doc->sentences, annotation->tokens.first);
    uint32_t paragraph = self->doc->sentences.items[sentence].paragraph;
    uint32_t person = by_whole_name(self, person_before(self, sentence), person_at_head(self, paragraph));
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

/* Whether the PERSON is all that stands behind "By" in a line at the head of its paragraph. */
static bool is_byline(const linker *self, uint32_t person)
{
    const att_token_range tokens = at(self, person)->tokens;
    if (!tokens.first) return false;
    const att_paragraph *lines = &self->doc->paragraphs.items[self->doc->paragraph_of[tokens.first]];
    const att_str by = type_at(self, tokens.first - 1)->surface;
    if (lines->tokens.first + 1 != tokens.first || !(att_str_is(by, "By") || att_str_is(by, "BY"))) return false;
    return tokens.last == lines->tokens.last || self->doc->text.data[at(self, person)->end] == '\n';
}

/* Whether the PERSON is a line of its own, with no more than a short one between it and the line of the OFFICIAL, as letters
 * are signed: "JANE ROE", "Lima, Peru", "The writer was Ambassador to Chile." */
static bool is_signed_above(const linker *self, uint32_t person, uint32_t official)
{
    enum { LONGEST_PLACE = 60 };
    const att_annotation *name = at(self, person);
    const char *text = self->doc->text.data;
    uint32_t line = at(self, official)->start;
    while (line > name->end && text[line - 1] != '\n') line--;
    const bool alone = text[name->end] == '\n' && (!name->start || text[name->start - 1] == '\n');
    return alone && line > name->end && line - name->end <= LONGEST_PLACE;
}

/* Puts the name of the byline, "By Jane Roe", or of the signature above into the OFFICIAL whose name is "writer": the last one
 * before it, as each article has its own. Where the paragraph names somebody before, the writer may be of something else. */
static void name_writer(const linker *self, uint32_t official)
{
    enum { MOST_BEFORE = 512 }; /* people, that a text with many such sentences takes no time by its square */
    const uint32_t paragraph = self->doc->paragraph_of[at(self, official)->tokens.first];
    for (uint32_t k = att_indexes_before(&self->people, official), steps = 0; k-- > 0 && steps < MOST_BEFORE; steps++) {
        const uint32_t i = self->people.items[k];
        if (at(self, i)->layer != ATT_LAYER_PERSON) continue;
        const bool signed_above = is_signed_above(self, i, official);
        if (!signed_above && self->doc->paragraph_of[at(self, i)->tokens.first] == paragraph) return;
        if (!signed_above && !is_byline(self, i)) continue;
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
    const bool signer = att_str_is(name, "me"), writer = is_writer(self, name), pronoun = signer || writer || is_pronoun(name);
    if (signer) name_signer(self, index);
    else if (writer) name_writer(self, index);
    else if (pronoun) name_pronoun(self, index);
    if (pronoun) name = get(self, at(self, index), ATT_KEY_NAME);
    return name.length && !is_pronoun(name) && !is_writer(self, name) && !att_str_is(name, "me")
               ? add_name(self, att_document_said(self->doc, name))
               : (uint32_t)ATT_NONE;
}

static void read_names(const linker *self)
{
    for (uint32_t k = 0; k < self->people.count; k++) {
        uint32_t i = self->people.items[k];
        if (at(self, i)->layer != ATT_LAYER_TITLE) self->coref->name_of[i] = read_name(self, i);
    }
}

void att_coref_link_persons(const linker *self)
{
    att_coref *coref = self->coref;
    read_names(self);
    if (part_initials(self)) read_names(self);
    const uint32_t *firsts = find_firsts(self);
    join_names(self, firsts);
    join_holders(self);
    join_turned(self, firsts);
    for (uint32_t name = 0; name < coref->names.count; name++) coref->roots.items[name] = root_of(self, name);
    for (uint32_t k = 0; k < self->people.count; k++) {
        uint32_t i = self->people.items[k];
        if (at(self, i)->layer != ATT_LAYER_PERSON) continue;
        uint32_t root = coref->roots.items[coref->name_of[i]];
        if (coref->firsts.items[root] == ATT_NONE) coref->firsts.items[root] = i;
        else coref->same_as[i] = coref->firsts.items[root];
    }
}
