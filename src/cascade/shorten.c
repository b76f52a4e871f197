#include "cascade/shorten.h"

#include "base/order.h"
#include "cascade/rule_results.h"

enum { LEAST_ACRONYM = 2, MOST_ACRONYM = 8, GROUP_BITS = 1024 };

/* A word that stands for annotation `owner` in tokens [from, until). */
typedef struct {
    const att_rule *rule;
    uint32_t type;  /* the number of its word type */
    uint32_t owner; /* an index into annotations */
    uint32_t of;    /* the word's token in the owner */
    uint32_t from;
    uint32_t until;
    bool alone;    /* a given name, or a name of one word: counts only where no other name is around it */
    bool middle;   /* a word inside the name, such as the first of two family names; it is `alone`, too */
    bool letters;  /* an acronym that stood in brackets behind the owner */
    bool several;  /* the first of several words, which must follow as they do in the owner */
    bool initials; /* the first letters of the owner's words, wherever nothing else has them: `bracketed` may not reach them */
} short_form;

/* An open hash table from word types to groups. A slot holds the number of the type's first group plus one, or 0 when it is
 * free. */
typedef struct {
    uint32_t *items;
    uint32_t slots;
    uint64_t bits[GROUP_BITS / 64]; /* by hash of the type: most words have no group, and one bit tells it */
} group_table;

/* The forms that share word type and rule: forms[first] up to forms[last - 1]. */
typedef struct {
    uint32_t first, last;
    bool silent; /* the rule's `unless` holds, so that none of them counts */
    bool shared; /* two persons have it: who is meant stays open */
    bool alone;  /* all its forms are `alone` */
    bool middle; /* one of them is `middle` */
} form_group;

typedef struct {
    att_scene *scene;
    att_annotation *annotations;
    uint32_t *chains;
    struct {
        short_form *items;
        uint32_t count, capacity;
    } forms; /* sorted by type, then rule, then owner */
    struct {
        form_group *items;
        uint32_t count, capacity;
    } groups;
    uint64_t *full; /* a bit set of the entries that the document names by more than one word; NULL until it is needed */
} shortener;

static const att_word_type *type_at(const shortener *self, uint32_t token)
{
    return att_scene_type(self->scene, token);
}

/* ---- which forms there are ---- */

enum { LAST, FAMILY, ALONE, BRACKETED, SEVERAL, KINDS, MIDDLE, INITIALS };

static void add_type(shortener *self, const att_rule *rule, uint32_t owner, uint32_t type, uint32_t token, int kind)
{
    const att_annotation *annotation = &self->annotations[owner];
    att_token_range scope = { 0, self->scene->doc->tokens.count };
    if (rule->scope == ATT_SCOPE_AFTER) scope.first = annotation->tokens.last;
    if (rule->scope == ATT_SCOPE_PARAGRAPH) scope = att_scene_paragraph(self->scene, annotation->tokens.first);
    ATT_RESERVE(self->scene->arena, &self->forms, 1);
    self->forms.items[self->forms.count++] = (short_form){ .rule = rule,
                                                           .type = type,
                                                           .owner = owner,
                                                           .of = token,
                                                           .from = scope.first,
                                                           .until = scope.last,
                                                           .alone = kind == ALONE || kind == MIDDLE,
                                                           .middle = kind == MIDDLE,
                                                           .letters = kind == BRACKETED,
                                                           .several = kind == SEVERAL,
                                                           .initials = kind == INITIALS };
}

static void add_form(shortener *self, const att_rule *rule, uint32_t owner, uint32_t token, int kind)
{
    if (!(type_at(self, token)->classes & ATT_CLASS_CAP)) return;
    add_type(self, rule, owner, self->scene->doc->tokens.type[token], token, kind);
}

static bool is_suffix(const att_scene *scene, uint32_t token)
{
    enum { LEAST_LETTERS = 2, MOST_LETTERS = 3 };
    uint16_t letters = att_scene_type(scene, token)->letters;
    if (letters < LEAST_LETTERS || letters > MOST_LETTERS) return false;
    return att_scene_is_word(scene, token, "jr.") || att_scene_is_word(scene, token, "sr.")
           || att_scene_is_word(scene, token, "ii") || att_scene_is_word(scene, token, "iii")
           || att_scene_is_word(scene, token, "iv");
}

/* The last token of a name of two words or more, without "Jr." and the like; ATT_NONE for shorter names. */
static uint32_t last_word(const shortener *self, const att_annotation *name)
{
    uint32_t last = name->tokens.last - 1;
    while (last > name->tokens.first && (is_suffix(self->scene, last) || !(type_at(self, last)->classes & ATT_CLASS_WORD)))
        last--;
    return last > name->tokens.first ? last : (uint32_t)ATT_NONE;
}

/* A given name such as "Dong-yeol": two syllables with a hyphen between, the second in small letters. */
static bool is_joined_given_name(const shortener *self, uint32_t token)
{
    const att_word_type *type = type_at(self, token);
    if (!(type->classes & ATT_CLASS_HYPHEN) || type->part_count != 2) return false;
    uint32_t second = self->scene->vocabulary->parts.items[type->first_part + 1].type;
    return att_vocabulary_type(self->scene->vocabulary, second)->classes & ATT_CLASS_LOWER;
}

/* Which word is the family name depends on how the name is written. It is the first one in "LEE Hsien Loong" (in capitals) and
 * in "Kim Dong-yeol" (before a joined given name), else the last. */
static uint32_t family_name(const shortener *self, const att_annotation *name, uint32_t last)
{
    uint32_t first = name->tokens.first;
    if (last == ATT_NONE || is_joined_given_name(self, last)) return last == ATT_NONE ? last : first;
    bool capitals = type_at(self, first)->classes & ATT_CLASS_UPPER
                    && !memchr(type_at(self, first)->surface.data, '.', type_at(self, first)->surface.length);
    return capitals && !(type_at(self, last)->classes & ATT_CLASS_UPPER) ? first : last;
}

/* ---- acronyms ---- */

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* Adds the letters that an acronym may take from a word: the first one, all of a word in capitals, and the first one of each
 * part of a hyphenated word. */
static void add_letters(att_buf *out, const shortener *self, const att_word_type *type)
{
    for (uint32_t i = 0; i < type->part_count; i++)
        add_letters(
            out, self,
            att_vocabulary_type(self->scene->vocabulary, self->scene->vocabulary->parts.items[type->first_part + i].type));
    if (type->part_count || !(type->classes & ATT_CLASS_WORD)) return;
    size_t letters = type->classes & ATT_CLASS_UPPER ? type->surface.length : 1;
    for (size_t i = 0; i < letters; i++) att_buf_byte(out, small(type->surface.data[i]));
}

/* Figures only count words: "Ministry of Coal (MC7)". */
static att_str without_figures(const shortener *self, att_str acronym)
{
    att_buf kept = { .arena = self->scene->doc->arena };
    for (size_t i = 0; i < acronym.length; i++)
        if (acronym.data[i] < '0' || acronym.data[i] > '9') att_buf_byte(&kept, acronym.data[i]);
    return (att_str){ kept.items, kept.count };
}

static bool is_initials(const shortener *self, const att_annotation *name, att_str acronym)
{
    att_buf letters = { .arena = self->scene->doc->arena };
    for (uint32_t token = name->tokens.first; token < name->tokens.last; token++)
        add_letters(&letters, self, type_at(self, token));
    if (name->layer != ATT_LAYER_AGREEMENT) acronym = without_figures(self, acronym);
    size_t at = 0;
    for (size_t i = 0; i < letters.count && at < acronym.length; i++)
        if (letters.items[i] == small(acronym.data[at])) at++;
    return at == acronym.length;
}

/* Whether each letter begins a word of its own, in any order, as in "Italian Communist Party (PCI)". */
static bool is_shuffled(const shortener *self, const att_annotation *name, att_str acronym)
{
    uint64_t used = 0;
    for (size_t i = 0; i < acronym.length; i++) {
        uint32_t token = name->tokens.first, last = name->tokens.last;
        if (last > token + 64) last = token + 64;
        for (; token < last; token++)
            if (!(used >> (token - name->tokens.first) & 1) && type_at(self, token)->classes & ATT_CLASS_CAP
                && small(type_at(self, token)->surface.data[0]) == small(acronym.data[i]))
                break;
        if (token == last) return false;
        used |= UINT64_C(1) << (token - name->tokens.first);
    }
    return true;
}

/* Whether the letters stand in the words of the name in this order, the first at its beginning, as in "Young Southeast Asian
 * Leaders Initiative (YSEALI)". */
static bool spells(const shortener *self, const att_annotation *name, att_str acronym)
{
    const att_document *doc = self->scene->doc;
    uint32_t at = name->start;
    for (size_t i = 0; i < acronym.length; i++, at++) {
        while (at < name->end && small(doc->text.data[at]) != small(acronym.data[i])) at++;
        if (at == name->end || (!i && at > name->start)) return false;
    }
    return true;
}

/* Whether a name, a trigger or a list begins with the word. */
static bool is_word_of_rules(const shortener *self, const att_word_type *type)
{
    const att_word_use *use = att_lexicon_use(self->scene->vocabulary->lexicon, type->norm);
    return use && (use->nodes[ATT_TRIE_NAMES] || use->nodes[ATT_TRIE_TRIGGERS] || use->nodes[ATT_TRIE_LISTS]);
}

/* Whether the acronym in brackets behind an organisation's name may be of another tongue, or of more words than these, as in
 * "Institute for Economic Research (WIFO)". Three letters must begin as one of the words does: "(PDF)" is none. Nor are letters
 * that the rules know as a word: "(AIDS)" and "(SPRING)" mean what they always do. Those of other names must stand in them. */
static bool may_be_short_for(const shortener *self, const att_annotation *name, uint32_t token)
{
    enum { LEAST_LETTERS = 3, SURE_LETTERS = 4 };
    const att_word_type *type = type_at(self, token);
    if (name->tokens.last - name->tokens.first < 2 || self->scene->spots[token].inside) return false;
    if (type->letters < LEAST_LETTERS || is_word_of_rules(self, type)) return false;
    if (name->layer != ATT_LAYER_ORG) return type->letters >= SURE_LETTERS && spells(self, name, type->surface);
    return type->letters >= SURE_LETTERS || is_shuffled(self, name, (att_str){ type->surface.data, 1 });
}

/* The token behind the name, its "'s" and angle brackets aside: that of "(ME)" in "Marlow Exchange's (ME)", "<Marlow Engines>
 * (ME)" and "Marlow Engines <MEN.L> (ME)". */
static uint32_t behind(const shortener *self, const att_annotation *name, uint32_t end)
{
    enum { LONGEST_LETTERS = 5 };
    uint32_t at = name->tokens.last;
    if (at < end && type_at(self, at)->classes & ATT_CLASS_POSS) at++;
    if (at < end && att_scene_is_word(self->scene, at, ">")) return at + 1;
    if (at < end && att_scene_is_word(self->scene, at, "<"))
        for (uint32_t i = at + 1; i < end && i <= at + LONGEST_LETTERS; i++)
            if (att_scene_is_word(self->scene, i, ">")) return i + 1;
    return at;
}

/* Whether a rule has told that the letters are the name's short form: "Cereal Intervention Board (ONIC)". */
static bool is_told_short(const att_annotation *name, const att_annotation *letters)
{
    return letters->layer == name->layer && letters->layer == ATT_LAYER_AGENCY && letters->entry == ATT_NONE
           && letters->tokens.last == letters->tokens.first + 1;
}

/* Whether the letters are those of the body that the name is an organ of: "Board of the International Tin Council (ITC)". */
static bool are_of_whole(const shortener *self, const att_annotation *name, const att_annotation *letters)
{
    if (name->layer != ATT_LAYER_IGO || letters->layer != ATT_LAYER_IGO || letters->entry == ATT_NONE) return false;
    const att_layers *layers = &self->scene->knowledge->layers;
    const att_str code = att_annotation_get(name, layers, ATT_KEY_CODE);
    return code.length && letters->entry != name->entry
           && att_str_equal(code, att_str_slice(self->scene->doc->text, letters->start, letters->end));
}

/* Letters written as a word, as papers of the Commonwealth do: "Zec" behind "Zimbabwe Electoral Commission". */
static bool is_lettered_word(const shortener *self, const att_annotation *name, const att_word_type *type)
{
    const att_str word = type->surface;
    if (type->letters <= LEAST_ACRONYM || type->letters > MOST_ACRONYM || type->letters != word.length) return false;
    if (!(type->classes & ATT_CLASS_CAP)) return false;
    for (size_t i = 1; i < word.length; i++)
        if (word.data[i] < 'a' || word.data[i] > 'z') return false;
    return name->tokens.last - name->tokens.first > 1 && is_shuffled(self, name, word);
}

/* "Minex" behind "Ministry": whether a word of the name begins as this one does, and soon goes on otherwise. */
static bool has_syllable(const shortener *self, const att_annotation *name, att_str word)
{
    enum { SYLLABLE = 3, MOST = 4 }; /* letters */
    for (uint32_t token = name->tokens.first; token < name->tokens.last; token++) {
        const att_str other = type_at(self, token)->surface;
        size_t same = 0;
        while (same < other.length && same < word.length && small(other.data[same]) == small(word.data[same])) same++;
        if (same >= SYLLABLE && same <= MOST) return true;
    }
    return false;
}

/* "Senabarn" behind "National Border Service": whether the first letter and the next consonant begin two words of the name. */
static bool has_two_initials(const shortener *self, const att_annotation *name, att_str word)
{
    size_t next = 1;
    while (next < word.length && strchr("aeiou", word.data[next])) next++;
    const char letters[] = { word.data[0], next < word.length ? word.data[next] : word.data[0] };
    return is_shuffled(self, name, (att_str){ letters, sizeof letters });
}

/* A word of another tongue that a body is called by: "Minex" behind "Ministry of Foreign Affairs". It is made of parts of the
 * name's words, and is no word or name of a person that the rules know, nor a name that stands there: "(Appellant)". */
static bool is_foreign_short(const shortener *self, const att_annotation *name, uint32_t token)
{
    const att_word_type *type = type_at(self, token);
    const att_word_use *use = att_lexicon_use(self->scene->vocabulary->lexicon, type->norm);
    enum { LEAST_LETTERS = 5, MOST_LETTERS = 10 };
    const att_str word = type->surface;
    if (name->layer != ATT_LAYER_AGENCY || name->tokens.last - name->tokens.first < 2) return false;
    if (type->letters < LEAST_LETTERS || type->letters > MOST_LETTERS || type->letters != word.length) return false;
    if (!(type->classes & ATT_CLASS_CAP) || type->classes & ATT_CLASS_UPPER || self->scene->spots[token].inside) return false;
    if (use && (use->nodes[ATT_TRIE_TRIGGERS] || use->nodes[ATT_TRIE_LISTS])) return false;
    for (size_t i = 1; i < word.length; i++)
        if (word.data[i] < 'a' || word.data[i] > 'z') return false;
    return has_syllable(self, name, word) || has_two_initials(self, name, word);
}

/* The name of a body of a state with that state behind it, whose letters may be among its own: "Food Safety Authority of
 * Ireland (FSAI)". */
static att_annotation with_state(const shortener *self, const att_annotation *name, uint32_t end)
{
    att_annotation wide = *name;
    uint32_t at = name->tokens.last;
    if (name->layer != ATT_LAYER_AGENCY || at + 1 >= end || !att_scene_is_word(self->scene, at, "of")) return wide;
    at += att_scene_is_word(self->scene, at + 1, "the") ? 2 : 1;
    for (uint32_t i = att_scene_starter(self->scene, at, at + 1); att_scene_starts_before(self->scene, i, at + 1); i++)
        if (self->annotations[i].layer == ATT_LAYER_COUNTRY) wide.tokens.last = self->annotations[i].tokens.last;
    return wide;
}

/* The token of the owner's acronym right behind it, as in "(KISA)" or between commas; ATT_NONE when there is none. */
static uint32_t bracketed(const shortener *self, uint32_t owner)
{
    const uint32_t end = att_scene_paragraph(self->scene, self->annotations[owner].tokens.first).last;
    const att_annotation wide = with_state(self, &self->annotations[owner], end), *name = &wide;
    uint32_t open = behind(self, name, end), token = open + 1;
    if (end < open + 3) return ATT_NONE;
    const att_word_type *type = type_at(self, token);
    bool fits = type->classes & ATT_CLASS_UPPER && type->letters >= LEAST_ACRONYM && type->letters <= MOST_ACRONYM;
    const bool foreign = !fits && is_foreign_short(self, name, token);
    if (!fits && !foreign && !is_lettered_word(self, name, type)) return ATT_NONE;
    if (type_at(self, open)->classes & type_at(self, token + 1)->classes & ATT_CLASS_COMMA)
        return fits && type->letters > LEAST_ACRONYM && name->tokens.last - name->tokens.first > 1
                       && is_initials(self, name, type->surface)
                   ? token
                   : (uint32_t)ATT_NONE;
    if (!(type_at(self, open)->classes & ATT_CLASS_OPEN && type_at(self, token + 1)->classes & ATT_CLASS_CLOSE))
        return ATT_NONE;
    uint32_t i = att_scene_starter(self->scene, token, token + 1);
    /* "(KISA)" may itself be a known name of the owner's entry. */
    for (; att_scene_starts_before(self->scene, i, token + 1); i++) {
        if (self->annotations[i].entry != ATT_NONE && self->annotations[i].entry == name->entry) return token;
        if (is_told_short(name, &self->annotations[i])) return token;
        if (self->annotations[i].layer == ATT_LAYER_COUNTRY) return ATT_NONE; /* "(PRC)" behind its government */
        if (are_of_whole(self, name, &self->annotations[i])) return ATT_NONE;
    }
    bool letters = is_initials(self, name, type->surface) || is_shuffled(self, name, type->surface);
    return letters || foreign || may_be_short_for(self, name, token) ? token : (uint32_t)ATT_NONE;
}

/* Whether the word may stand for a name by itself. It must consist of letters, and not be one of the short words that mean
 * something else in capitals. */
static bool stands_for_name(const att_word_type *type)
{
    enum { LEAST_LETTERS = 3 };
    bool letters =
        type->classes & ATT_CLASS_HYPHEN || type->letters == type->surface.length || !(type->classes & ATT_CLASS_ASCII);
    return letters && !(type->lists >> ATT_WORDS_COMMON & 1) && type->letters >= LEAST_LETTERS;
}

/* Whether the word is a family name of two letters, or one that is a word, before a given name: "Li" of "Li Roe". The longer
 * ones stand for the name as any word does. */
static bool is_short_family(const shortener *self, const att_word_type *type)
{
    return att_lists_have(&self->scene->knowledge->lists, ATT_LIST_SHORT_FAMILY, self->scene->vocabulary, type, false);
}

/* The last word of a company's name without its legal form: "Barrel" of "Blue Barrel Corp" and of "Blue Barrel Corp of Peru",
 * but not "Growers" of "Growers Bank of Peru". */
static uint32_t core_end(const shortener *self, const att_annotation *name)
{
    uint32_t last = name->tokens.last - 1;
    for (uint32_t i = name->tokens.first + 2; i < last; i++)
        if (type_at(self, i)->lists >> ATT_WORDS_COMPANY_END & 1 && att_scene_is_word(self->scene, i + 1, "of")) last = i;
    while (last > name->tokens.first
           && (!(type_at(self, last)->classes & ATT_CLASS_WORD) || type_at(self, last)->lists >> ATT_WORDS_COMPANY_END & 1))
        last--;
    return last;
}

/* Whether the name is that of a company with its legal form, behind two letters: "QX Barrels Inc". In a line of capitals these
 * say nothing. */
static bool begins_with_letters(const shortener *self, const att_annotation *name)
{
    enum { LETTERS = 2 };
    const att_word_type *type = type_at(self, name->tokens.first);
    if (type->letters != LETTERS || type->surface.length != LETTERS || !(type->classes & ATT_CLASS_UPPER)) return false;
    if (type->lists >> ATT_WORDS_COMMON & 1 || core_end(self, name) + 1 == name->tokens.last) return false;
    return !(type_at(self, name->tokens.first + 1)->classes & ATT_CLASS_UPPER);
}

/* The first word of a company's name behind its initials: "Roe" of "J.P. Roe and Co Inc". */
static uint32_t behind_initials(const shortener *self, const att_annotation *name)
{
    uint32_t first = name->tokens.first, last = core_end(self, name);
    if (last + 1 == name->tokens.last) return first;
    while (first < last && type_at(self, first)->surface.data[1] == '.') first++;
    return first;
}

/* The first word of the name where it may stand for the whole, else ATT_NONE. In names of bodies it may not be a word for a
 * kind of body, such as "Bank". */
static uint32_t first_word(const shortener *self, const att_annotation *name)
{
    bool body = name->layer != ATT_LAYER_PERSON;
    uint32_t first = name->layer == ATT_LAYER_ORG ? behind_initials(self, name) : name->tokens.first;
    const att_word_type *type = type_at(self, first);
    if (body && type->lists >> ATT_WORDS_KIND & 1) return ATT_NONE;
    bool stands = stands_for_name(type) || (body ? begins_with_letters(self, name) : is_short_family(self, type));
    return stands ? first : (uint32_t)ATT_NONE;
}

/* Adds the words between the first and the last, of which one is the name where somebody has two family names: "Lind" of "Ann
 * Lind Roe". */
static void add_middle_words(shortener *self, const att_rule *rule, uint32_t owner, uint32_t last)
{
    enum { MOST_MIDDLE_WORDS = 4 };
    uint32_t first = self->annotations[owner].tokens.first + 1;
    if (last == ATT_NONE || last > first + MOST_MIDDLE_WORDS) return;
    for (uint32_t token = first; token < last; token++)
        if (stands_for_name(type_at(self, token))) add_form(self, rule, owner, token, MIDDLE);
}

/* The letters with which the words of a name begin: "NBA" of "National Barrel Association". Names in capitals, with letters
 * among their words or of more than `most` words have none. Returns how many there are. */
static uint32_t initials_of(const shortener *self, const att_annotation *name, char *out, uint32_t most)
{
    uint32_t count = 0, last = core_end(self, name);
    for (uint32_t token = name->tokens.first; token <= last; token++) {
        const att_word_type *type = type_at(self, token);
        if (!(type->classes & ATT_CLASS_WORD) || !(type->classes & ATT_CLASS_CAP)) continue;
        if (count == most || type->classes & ATT_CLASS_UPPER || !(type->classes & ATT_CLASS_ASCII)) return 0;
        out[count++] = type->surface.data[0];
    }
    return count;
}

/* Whether letters that nothing explains may stand for a name: they mean not much else. */
static bool may_shorten(const shortener *self, const att_word_type *letters)
{
    const att_phrase_lists *lists = &self->scene->knowledge->lists;
    return stands_for_name(letters) && !att_lists_have(lists, ATT_LIST_OPEN_LETTERS, self->scene->vocabulary, letters, false);
}

/* Adds these letters where the document may have them. */
static void add_initials(shortener *self, const att_rule *rule, uint32_t owner)
{
    enum { LEAST_LETTERS = 3, MOST_LETTERS = 6, READABLE = 16 };
    char letters[MOST_LETTERS + READABLE] = { 0 };
    const att_annotation *name = &self->annotations[owner];
    uint32_t count = initials_of(self, name, letters, MOST_LETTERS);
    if (count < LEAST_LETTERS) return;
    uint32_t type = att_vocabulary_find(self->scene->vocabulary, (att_str){ letters, count });
    if (type == ATT_NONE || !may_shorten(self, att_vocabulary_type(self->scene->vocabulary, type))) return;
    add_type(self, rule, owner, type, name->tokens.first, INITIALS);
}

static void add_forms(shortener *self, const att_rule *rule, uint32_t owner)
{
    const att_annotation *name = &self->annotations[owner];
    if (name->layer == ATT_LAYER_LOCATION && name->entry != ATT_NONE) return; /* found wherever it is meant */
    uint32_t forms = rule->forms, found[KINDS] = { ATT_NONE, ATT_NONE, ATT_NONE, ATT_NONE, ATT_NONE };
    uint32_t last = forms & ~(uint32_t)(ATT_FORM_BRACKETED | ATT_FORM_FIRST_WORDS | ATT_FORM_INITIALS) ? last_word(self, name)
                                                                                                       : (uint32_t)ATT_NONE;
    uint32_t first = last != ATT_NONE ? ATT_FORM_FIRST_WORD : ATT_FORM_ONLY_WORD;
    if (forms & ATT_FORM_LAST_WORD) found[LAST] = last;
    if (forms & ATT_FORM_FAMILY_NAME) found[FAMILY] = family_name(self, name, last);
    if (forms & first) found[ALONE] = first_word(self, name);
    if (forms & ATT_FORM_BRACKETED) found[BRACKETED] = bracketed(self, owner);
    if (forms & ATT_FORM_FIRST_WORDS) {
        uint32_t end = core_end(self, name);
        if (end > name->tokens.first && end + 1 < name->tokens.last) found[SEVERAL] = name->tokens.first;
    }
    for (int i = 0; i < KINDS; i++)
        if (found[i] != ATT_NONE && (!i || found[i] != found[i - 1])) add_form(self, rule, owner, found[i], i);
    if (forms & ATT_FORM_MIDDLE_WORD) add_middle_words(self, rule, owner, last);
    if (forms & ATT_FORM_INITIALS) add_initials(self, rule, owner);
}

/* Sorts by word type. Forms were added by rule and owner, and the sort keeps that order within a type. */
static void sort_forms(shortener *self)
{
    att_arena *arena = self->scene->arena;
    uint32_t count = self->forms.count;
    att_ranked *order = att_arena_alloc(arena, sizeof *order * count);
    short_form *sorted = att_arena_alloc(arena, sizeof *sorted * count);
    for (uint32_t i = 0; i < count; i++) order[i] = (att_ranked){ self->forms.items[i].type, i };
    att_order(arena, order, count);
    for (uint32_t i = 0; i < count; i++) sorted[i] = self->forms.items[order[i].index];
    self->forms.items = sorted;
}

/* ---- whether two annotations name one thing ---- */

static bool same_type(const shortener *self, uint32_t a, uint32_t b)
{
    return self->scene->doc->tokens.type[a] == self->scene->doc->tokens.type[b];
}

static att_str folded(const shortener *self, uint32_t token)
{
    uint64_t caps;
    return att_word_fold(self->scene->doc->arena, type_at(self, token)->surface, &caps);
}

/* Whether token `at`, before a family name, repeats token `of` of the owner's name: a particle in any capitals, "Von" for
 * "von", or another name, which nothing else may have marked. */
static bool repeats(const shortener *self, const att_annotation *owner, uint32_t of, uint32_t at)
{
    enum { LONGEST_PARTICLE = 4 };
    const att_word_type *type = type_at(self, of);
    if (!(type->classes & ATT_CLASS_WORD) || type->classes & ATT_CLASS_INITIAL) return false;
    if (of > owner->tokens.first && type->letters <= LONGEST_PARTICLE) return att_str_equal(folded(self, of), folded(self, at));
    return same_type(self, of, at) && !self->scene->spots[at].inside;
}

/* How many tokens before `at` repeat what stands before token `of` of the owner's name: two in "von der Leyen" for "Ursula von
 * der Leyen", one in "Lind Roe" for "Ann Lind Roe", and in all of that name where nothing has marked it. */
static uint32_t same_before(const shortener *self, const att_annotation *owner, uint32_t of, uint32_t at)
{
    enum { MOST_BEFORE = 4 };
    uint32_t count = 0, sentence = att_scene_paragraph(self->scene, at).first;
    while (count < MOST_BEFORE && of - count > owner->tokens.first && at - count > sentence
           && repeats(self, owner, of - count - 1, at - count - 1))
        count++;
    return count;
}

/* Whether two companies begin with the same letters: "MBX Industrial", "MBX Corp". */
static bool same_letters(const shortener *self, const att_annotation *a, const att_annotation *b)
{
    if (a->layer != ATT_LAYER_ORG || b->layer != ATT_LAYER_ORG) return false;
    return type_at(self, a->tokens.first)->classes & type_at(self, b->tokens.first)->classes & ATT_CLASS_UPPER
           && att_str_equal(folded(self, a->tokens.first), folded(self, b->tokens.first));
}

/* Whether two names of companies begin alike: with the same two words ("Acme Overseas Finance Corp", "Acme Overseas"), with the
 * same letters ("MBX Industrial", "MBX Corp"), or with all of the shorter one but its legal form ("Blue Barrel Ltd", "BLUE
 * BARREL"). */
static bool begin_alike(const shortener *self, const att_annotation *a, const att_annotation *b)
{
    enum { ENOUGH = 2 };
    uint32_t alike = 0, shorter = core_end(self, a) - a->tokens.first + 1, other = core_end(self, b) - b->tokens.first + 1;
    if (other < shorter) shorter = other;
    while (alike < shorter && alike < ENOUGH
           && att_str_equal(folded(self, a->tokens.first + alike), folded(self, b->tokens.first + alike)))
        alike++;
    return same_letters(self, a, b) || alike == shorter || alike == ENOUGH;
}

/* Whether one company's name is only the first word of the other's: "Tauber" in "Tauber shares rose", "Tauber Financial". */
static bool is_first_word_of_other(const shortener *self, const att_annotation *a, const att_annotation *b)
{
    if (a->layer != ATT_LAYER_ORG || b->layer != ATT_LAYER_ORG) return false;
    bool single = a->tokens.last - a->tokens.first == 1;
    const att_annotation *word = single ? a : b, *whole = single ? b : a;
    return word->tokens.last - word->tokens.first == 1 && word->entry == ATT_NONE
           && same_type(self, word->tokens.first, whole->tokens.first);
}

/* The first word of a person's name, initials before a whole word aside: "Karen" of "T. Karen Roe", "T." of "T. Roe". */
static uint32_t given_word(const shortener *self, const att_annotation *name)
{
    uint32_t i = name->tokens.first;
    while (i + 2 < name->tokens.last && type_at(self, i)->classes & ATT_CLASS_INITIAL) i++;
    return i + 1 < name->tokens.last && !(type_at(self, i)->classes & ATT_CLASS_INITIAL) ? i : name->tokens.first;
}

/* Whether one person's name is the end of the other's: "Lind Roe" of "Ann Lind Roe". */
static bool ends_alike(const shortener *self, const att_annotation *a, const att_annotation *b)
{
    uint32_t length = a->tokens.last - a->tokens.first, other = b->tokens.last - b->tokens.first, alike = 0;
    if (other < length) length = other;
    while (alike < length && same_type(self, a->tokens.last - 1 - alike, b->tokens.last - 1 - alike)) alike++;
    return alike == length;
}

/* Whether two annotations name one thing. Known names do when they have the same entry, a known company and another one when
 * they begin with the same letters, or the other one is the first word of the known one. Persons do when first word (initials
 * before it aside) and last word agree, or when one name ends the other. Companies do when they begin alike, or one has only
 * one word. All others must have the same text. */
static bool one_thing(const shortener *self, uint32_t left, uint32_t right)
{
    const att_annotation *a = &self->annotations[left], *b = &self->annotations[right];
    if (left == right || (a->chain && a->chain == b->chain)) return true;
    if (a->entry != ATT_NONE || b->entry != ATT_NONE)
        return a->entry == b->entry || is_first_word_of_other(self, a, b)
               || ((a->entry == ATT_NONE || b->entry == ATT_NONE) && same_letters(self, a, b));
    if (a->name != ATT_NONE && a->name == b->name) return true;
    if (a->layer != b->layer) return false;
    bool short_names = a->layer == ATT_LAYER_PERSON || a->layer == ATT_LAYER_ORG;
    if (short_names && (last_word(self, a) == ATT_NONE || last_word(self, b) == ATT_NONE)) return true;
    if (a->layer == ATT_LAYER_ORG && begin_alike(self, a, b)) return true;
    if (a->layer == ATT_LAYER_PERSON)
        return ends_alike(self, a, b)
               || (same_type(self, given_word(self, a), given_word(self, b))
                   && same_type(self, a->tokens.last - 1, b->tokens.last - 1));
    uint64_t caps;
    att_arena *arena = self->scene->arena;
    return att_str_equal(att_word_fold(arena, att_scene_text(self->scene, a->tokens.first, a->tokens.last), &caps),
                         att_word_fold(arena, att_scene_text(self->scene, b->tokens.first, b->tokens.last), &caps));
}

/* Whether the rule's `unless` holds for the name that the form is short for. */
static bool unless(const shortener *self, const short_form *form, const att_condition *condition, bool ambiguous)
{
    bool all = true, any = false;
    if (!condition) return false;
    for (const att_condition *child = condition->children; child; child = child->next) {
        bool holds = unless(self, form, child, ambiguous);
        all = all && holds;
        any = any || holds;
    }
    const att_annotation *owner = &self->annotations[form->owner];
    const att_found name = { .rule = form->rule, .first = owner->tokens.first, .last = owner->tokens.last };
    switch (condition->kind) {
    case ATT_IF_AMBIGUOUS: return ambiguous;
    case ATT_IF_NOT: return !any;
    case ATT_IF_AND: return all;
    case ATT_IF_OR: return any;
    default: return att_found_satisfies(&name, self->scene, condition);
    }
}

static bool belongs(const form_group *group, const short_form *forms, const short_form *form)
{
    return forms[group->first].type == form->type && forms[group->first].rule == form->rule;
}

static form_group *add_group(shortener *self, uint32_t first)
{
    ATT_RESERVE(self->scene->arena, &self->groups, 1);
    self->groups.items[self->groups.count] = (form_group){ .first = first, .last = first, .alone = true };
    return &self->groups.items[self->groups.count++];
}

/* Whether the first word of a body is also the short form of a person: "Roe" in a document about Jane Roe and the Roe Law
 * Clinic. The groups of one word stand together. */
static bool is_person(const shortener *self, uint32_t index)
{
    const form_group *groups = self->groups.items;
    const short_form *forms = self->forms.items, *form = &forms[groups[index].first];
    if (!form->alone || self->annotations[form->owner].layer != ATT_LAYER_ORG) return false;
    while (index && forms[groups[index - 1].first].type == form->type) index--;
    for (; index < self->groups.count && forms[groups[index].first].type == form->type; index++)
        if (self->annotations[forms[groups[index].first].owner].layer == ATT_LAYER_PERSON) return true;
    return false;
}

/* Whether the given name of one person is the family name of another who was named before: "Roe" in a document about John Roe
 * and Roe Lind. */
static bool is_family_of_other(const shortener *self, uint32_t index)
{
    const form_group *groups = self->groups.items;
    const short_form *forms = self->forms.items, *form = &forms[groups[index].first];
    const att_annotation *owner = &self->annotations[form->owner];
    if (!form->alone || form->middle || owner->layer != ATT_LAYER_PERSON || owner->tokens.last - owner->tokens.first < 2)
        return false;
    while (index && forms[groups[index - 1].first].type == form->type) index--;
    for (; index < self->groups.count && forms[groups[index].first].type == form->type; index++) {
        const short_form *other = &forms[groups[index].first];
        if (self->annotations[other->owner].layer == ATT_LAYER_PERSON && !other->alone && other->owner < form->owner
            && !one_thing(self, form->owner, other->owner))
            return true;
    }
    return false;
}

static void group_forms(shortener *self)
{
    const short_form *forms = self->forms.items;
    form_group *last = NULL;
    for (uint32_t i = 0; i < self->forms.count; i++) {
        if (!last || !belongs(last, forms, &forms[i])) last = add_group(self, i);
        last->last = i + 1;
        last->alone = last->alone && forms[i].alone;
        last->middle = last->middle || forms[i].middle;
        last->silent = last->silent || !one_thing(self, forms[last->first].owner, forms[i].owner);
    }
    for (uint32_t i = 0; i < self->groups.count; i++) {
        form_group *group = &self->groups.items[i];
        group->shared = group->silent && self->annotations[forms[group->first].owner].layer == ATT_LAYER_PERSON;
        group->silent = unless(self, &forms[group->first], forms[group->first].rule->where, group->silent) || is_person(self, i)
                        || is_family_of_other(self, i);
    }
}

/* ---- where they stand ---- */

/* Whether the acronym at `token` ends with the initial of the owner's last word with a capital, as in "Interstate Commerce
 * Commission (ICC)", "Ferries Act of 1961 (FA)". */
static bool ends_like(const shortener *self, const att_annotation *owner, uint32_t token)
{
    uint32_t end = owner->tokens.last - 1;
    while (end > owner->tokens.first && !(type_at(self, end)->classes & ATT_CLASS_CAP)) end--;
    att_str letters = type_at(self, token)->surface, last = type_at(self, end)->surface;
    return small(letters.data[letters.length - 1]) == small(last.data[0]);
}

static void find_full_names(shortener *self)
{
    const att_annotations *all = &self->scene->doc->annotations;
    self->full = att_arena_zero(self->scene->arena, self->scene->knowledge->entries.entries.count / 64 + 1, sizeof *self->full);
    for (uint32_t i = 0; i < all->count; i++) {
        const att_annotation *name = &all->items[i];
        if (name->entry != ATT_NONE && name->tokens.last - name->tokens.first > 1)
            self->full[name->entry / 64] |= UINT64_C(1) << name->entry % 64;
    }
}

static bool is_named_in_full(shortener *self, uint32_t entry)
{
    if (!self->full) find_full_names(self);
    return self->full[entry / 64] >> entry % 64 & 1;
}

/* The same of any of those who share the name. */
static bool is_any_named_in_full(shortener *self, uint32_t name)
{
    const att_names *names = &self->scene->knowledge->names;
    for (uint32_t f = att_names_first(names, name); f; f = att_names_next(names, f)) {
        uint32_t owner = names->forms.items[f].owner;
        if (owner != ATT_OWNER_BOILERPLATE && is_named_in_full(self, owner)) return true;
    }
    return false;
}

/* Whether the entry is one of those that share the owner's name, and its letters are known: "Department of Energy (DOE)". */
static bool may_mean(const shortener *self, const att_annotation *owner, uint32_t entry)
{
    const att_names *names = &self->scene->knowledge->names;
    if (owner->entry != ATT_NONE || owner->name == ATT_NONE) return false;
    for (uint32_t f = att_names_first(names, owner->name); f; f = att_names_next(names, f))
        if (names->forms.items[f].owner == entry) return true;
    return false;
}

/* Whether a known name of one word that means somebody else gives way to the owner's acronym. It does unless the document also
 * names that other body in full. */
static bool yields(shortener *self, const att_annotation *other, const att_annotation *owner)
{
    bool body = other->layer == ATT_LAYER_AGENCY || other->layer == ATT_LAYER_IGO || other->layer == ATT_LAYER_ORG;
    bool shared = other->entry == ATT_NONE && other->name != ATT_NONE;
    if (!body || (other->entry == ATT_NONE && !shared) || (!shared && other->entry == owner->entry)) return false;
    if (other->tokens.last - other->tokens.first > 1 || !ends_like(self, owner, other->tokens.first)) return false;
    return shared ? !is_any_named_in_full(self, other->name)
                  : !is_named_in_full(self, other->entry) && !may_mean(self, owner, other->entry);
}

/* Whether the token cannot become a mention of the owner: it lies inside a longer annotation (records do not count), or it is a
 * known name of the owner's layer that means something else and does not yield. */
static bool is_taken(shortener *self, const short_form *form, uint32_t token, const att_annotation *owner)
{
    if (!self->scene->spots[token].inside) return false;
    uint32_t longest = 0;
    for (uint32_t layer = 0; layer < ATT_MAX_LAYERS; layer++)
        if (self->scene->longest[layer] > longest) longest = self->scene->longest[layer];
    uint32_t from = token + 1 > longest ? token + 1 - longest : 0;
    uint32_t i = att_scene_starter(self->scene, from, token + 1);
    for (; att_scene_starts_before(self->scene, i, token + 1); i++) {
        const att_annotation *other = &self->scene->annotations[i];
        if (other->tokens.last <= token) continue;
        if (other->tokens.last - other->tokens.first > 1 && other->layer != ATT_LAYER_THEME
            && other->layer != ATT_LAYER_OFFICIAL)
            return true;
        bool known = other->layer == owner->layer && other->entry != ATT_NONE && other->entry != owner->entry;
        /* "GATT said": the forum, although the letters were told behind its treaty. */
        if (other->layer == ATT_LAYER_IGO && owner->layer == ATT_LAYER_AGREEMENT && !yields(self, other, owner)) return true;
        if (known && !form->several && !(form->letters && yields(self, other, owner))) return true;
    }
    return false;
}

/* Drops the annotations at the token that yield to the owner's acronym, which `mention` is. */
static void clear(shortener *self, uint32_t token, const att_annotation *owner, const att_annotation *mention)
{
    att_document *doc = self->scene->doc;
    uint32_t i = att_scene_starter(self->scene, token, token + 1);
    for (; att_scene_starts_before(self->scene, i, token + 1); i++) {
        att_annotation *other = &self->annotations[i];
        if (other->state & ATT_DROPPED || !yields(self, other, owner)) continue;
        if (doc->trace) doc->trace->lost(doc->trace, other, mention, ATT_LOST_LETTERS);
        att_drop(doc, other);
    }
}

/* Whether the word is not part of another name: no annotation is around it and no capital follows. */
static bool stands_alone(const shortener *self, uint32_t token)
{
    if (self->scene->spots[token].inside) return false;
    return token + 1 == self->scene->doc->tokens.count || !(type_at(self, token + 1)->classes & ATT_CLASS_CAP);
}

/* How many tokens from `token` on repeat the beginning of the owner's name, up to the last word with a capital. 0 when these
 * are fewer than two, or when another word with a capital follows. */
static uint32_t same_behind(const shortener *self, const short_form *form, uint32_t token)
{
    enum { LEAST = 2 };
    const att_annotation *owner = &self->annotations[form->owner];
    uint32_t length = owner->tokens.last - owner->tokens.first - 1, left = att_scene_paragraph(self->scene, token).last - token;
    uint32_t count = 1;
    while (count < length && count < left && same_type(self, owner->tokens.first + count, token + count)) count++;
    while (count > 1 && !(type_at(self, token + count - 1)->classes & ATT_CLASS_CAP)) count--;
    return count < LEAST || (count < left && type_at(self, token + count)->classes & ATT_CLASS_CAP) ? 0 : count;
}

/* Whether no other name may begin before the word: "Lind" in "Fort Lind" is not Ann Lind Roe. A word that opens the sentence
 * may have its capital for that. */
static bool begins_alone(const shortener *self, const short_form *form, uint32_t token)
{
    uint32_t first = token - same_before(self, &self->annotations[form->owner], form->of, token);
    const uint8_t *places = self->scene->doc->places;
    if (!first || places[first] & ATT_PLACE_BOS || places[first - 1] & ATT_PLACE_BOS) return true;
    return !(type_at(self, first - 1)->classes & ATT_CLASS_CAP) || self->scene->spots[first - 1].inside;
}

/* "Nogales said": a place of that name does not speak, but Ana Nogales Roe does. */
static bool speaks(const shortener *self, uint32_t token)
{
    const att_phrase_lists *lists = &self->scene->knowledge->lists;
    if (token + 1 >= self->scene->doc->tokens.count) return false;
    return att_lists_have(lists, ATT_LIST_TELLS, self->scene->vocabulary, type_at(self, token + 1), false);
}

/* Whether the letters are what there are many of: "an NDA with them", "one CSO said". "A WJC priority" is that of the one. */
static bool is_one_of_many(const shortener *self, uint32_t token)
{
    enum { LEAST_NOUN = 5 };
    const att_scene *scene = self->scene;
    static const char *const of_many[] = { "a", "an", "one", "each", "every", "another" };
    bool many = false;
    for (size_t i = 0; token && i < sizeof of_many / sizeof *of_many; i++)
        many = many || att_scene_is_word(scene, token - 1, of_many[i]);
    if (!many) return false;
    if (token + 1 >= scene->doc->tokens.count) return true;
    const att_word_type *next = type_at(self, token + 1);
    return !(next->classes & ATT_CLASS_LOWER) || next->letters < LEAST_NOUN;
}

/* Whether letters may be initials: nothing else is there, and they are not those of a share, as in "<TLR>". */
static bool may_be_initials(const shortener *self, uint32_t token)
{
    return !self->scene->spots[token].inside && !is_one_of_many(self, token)
           && (!token || !att_scene_is_word(self->scene, token - 1, "<"));
}

static bool in_scope(const shortener *self, const short_form *form, uint32_t token)
{
    if (form->initials && !may_be_initials(self, token)) return false;
    if (form->several && !same_behind(self, form, token)) return false;
    if (form->middle && !begins_alone(self, form, token)) return false;
    if (form->alone && !stands_alone(self, token) && !(form->middle && speaks(self, token))) return false;
    return form->from <= token && token < form->until;
}

/* The form of the group that counts at the token: that of the nearest owner before it, else of the first one behind it. NULL
 * when none counts. Only some owners are looked at, so that the work is linear where a text repeats one name. */
static const short_form *speaker(const shortener *self, const form_group *group, uint32_t token)
{
    enum { MOST_OWNERS = 64 };
    if (group->silent) return NULL;
    if ((group->alone || group->shared) && !stands_alone(self, token))
        if (group->shared || !group->middle || !speaks(self, token)) return NULL;
    uint32_t low = group->first, high = group->last;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->annotations[self->forms.items[middle].owner].tokens.first <= token) low = middle + 1;
        else high = middle;
    }
    uint32_t first = low > group->first + MOST_OWNERS ? low - MOST_OWNERS : group->first;
    for (uint32_t i = low; i > first && self->forms.items[i - 1].until > token; i--)
        if (in_scope(self, &self->forms.items[i - 1], token)) return &self->forms.items[i - 1];
    return low < group->last && in_scope(self, &self->forms.items[low], token) ? &self->forms.items[low] : NULL;
}

/* A family name that two persons of the document have is a person's, whichever of them is meant. */
static void leave_open(att_annotation *mention)
{
    mention->chain = 0;
    mention->fields = NULL;
    mention->entry = mention->name = ATT_NONE;
}

static void add_mention(shortener *self, const short_form *form, bool shared, uint32_t token, att_short_mentions *out)
{
    att_annotation *owner = &self->annotations[form->owner];
    if (token >= owner->tokens.first && token < owner->tokens.last) return;
    uint32_t behind = form->several ? same_behind(self, form, token) : 1;
    for (uint32_t i = 0; i < behind; i++)
        if (is_taken(self, form, token + i, owner)) return;
    if (!owner->chain && !shared) owner->chain = ++*self->chains;
    ATT_RESERVE(self->scene->arena, out, 1);
    out->items[out->count] = (att_short_mention){ form->rule, *owner };
    att_annotation *mention = &out->items[out->count++].annotation;
    uint32_t first = token;
    if (shared) leave_open(mention);
    if (owner->layer == ATT_LAYER_PERSON) first -= same_before(self, owner, form->of, token);
    mention->start = mention->match_start = self->scene->doc->tokens.start[first];
    mention->end = mention->match_end = self->scene->doc->tokens.end[token + behind - 1];
    mention->tokens = (att_token_range){ first, token + behind };
    mention->origin = &form->rule->origin;
    mention->line = form->rule->line;
    mention->state = 0;
    if (form->letters) clear(self, token, owner, mention);
}

static uint32_t group_type(const shortener *self, uint32_t group)
{
    return self->forms.items[self->groups.items[group].first].type;
}

/* The slot of the type's first group, or the free slot where it would be. */
static uint32_t *slot_of(const shortener *self, const group_table *table, uint32_t type)
{
    uint32_t at = type * 0x9e3779b1u >> 7 & (table->slots - 1);
    while (table->items[at] && group_type(self, table->items[at] - 1) != type) at = (at + 1) & (table->slots - 1);
    return &table->items[at];
}

static uint32_t bit_of(uint32_t type)
{
    return type * 0x9e3779b1u >> 22 & (GROUP_BITS - 1);
}

static group_table tabulate(const shortener *self)
{
    group_table out = { .slots = 64 };
    while (out.slots < self->groups.count * 4) out.slots *= 2;
    out.items = att_arena_zero(self->scene->arena, out.slots, sizeof *out.items);
    for (uint32_t i = 0; i < self->groups.count; i++) {
        uint32_t *slot = slot_of(self, &out, group_type(self, i));
        if (!*slot) *slot = i + 1;
        uint32_t bit = bit_of(group_type(self, i));
        out.bits[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    return out;
}

/* Adds the mentions that the token makes, one for each rule with a form that counts there. */
static void find_at(shortener *self, const group_table *table, uint32_t token, att_short_mentions *out)
{
    uint32_t type = self->scene->doc->tokens.type[token], number = *slot_of(self, table, type);
    for (uint32_t i = number - 1; number && i < self->groups.count && group_type(self, i) == type; i++) {
        const short_form *form = speaker(self, &self->groups.items[i], token);
        if (form) add_mention(self, form, self->groups.items[i].shared, token, out);
    }
}

/* The first token at which any form counts. */
static uint32_t first_token(const shortener *self)
{
    uint32_t first = ATT_NONE;
    for (uint32_t i = 0; i < self->forms.count; i++)
        if (self->forms.items[i].from < first) first = self->forms.items[i].from;
    return first;
}

/* All forms have a capital, so only tokens with capitals are looked at. */
static void find_mentions(shortener *self, att_short_mentions *out)
{
    const att_tokens *tokens = &self->scene->doc->tokens;
    const group_table table = tabulate(self);
    for (uint32_t first = first_token(self); first < tokens->count; first += ATT_TOKEN_BLOCK)
        for (uint64_t capitals = att_tokens_block(tokens->flags + first, ATT_FLAG_CAPITAL); capitals;
             capitals &= capitals - 1) {
            uint32_t token = first + (uint32_t)__builtin_ctzll(capitals);
            uint32_t bit = bit_of(tokens->type[token]);
            if (table.bits[bit / 64] >> bit % 64 & 1) find_at(self, &table, token, out);
        }
}

att_short_mentions att_shorten(const att_rules *rules, const att_numbers *aliases, att_scene *scene,
                               att_annotation *annotations, uint32_t *chains)
{
    shortener self = { .scene = scene, .annotations = annotations, .chains = chains };
    att_short_mentions out = { .count = 0 };
    for (uint32_t a = 0; a < aliases->count; a++) {
        const att_rule *rule = &rules->rules.items[aliases->items[a]];
        for (uint32_t i = 0; i < scene->annotation_count; i++)
            if (rule->of >> annotations[i].layer & 1) add_forms(&self, rule, i);
    }
    if (!self.forms.count) return out;
    sort_forms(&self);
    group_forms(&self);
    find_mentions(&self, &out);
    return out;
}
