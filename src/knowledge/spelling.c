#include "knowledge/spelling.h"

#include <strings.h>

static const struct {
    const char *british, *american;
} pairs[] = {
    { "labour", "labor" },         { "neighbour", "neighbor" }, { "honour", "honor" },       { "favour", "favor" },
    { "harbour", "harbor" },       { "behaviour", "behavior" }, { "colour", "color" },       { "rumour", "rumor" },
    { "armour", "armor" },         { "endeavour", "endeavor" }, { "vapour", "vapor" },       { "rigour", "rigor" },
    { "defence", "defense" },      { "offence", "offense" },    { "licence", "license" },    { "pretence", "pretense" },
    { "programme", "program" },    { "centre", "center" },      { "theatre", "theater" },    { "metre", "meter" },
    { "fibre", "fiber" },          { "sabre", "saber" },        { "calibre", "caliber" },    { "litre", "liter" },
    { "manoeuvre", "maneuver" },   { "catalogue", "catalog" },  { "dialogue", "dialog" },    { "sulphur", "sulfur" },
    { "aluminium", "aluminum" },   { "ageing", "aging" },       { "judgement", "judgment" }, { "enrolment", "enrollment" },
    { "travell", "travel" },       { "labell", "label" },       { "modell", "model" },       { "fuell", "fuel" },
    { "signall", "signal" },       { "counsell", "counsel" },   { "cancell", "cancel" },     { "channell", "channel" },
    { "paediatric", "pediatric" }, { "haemorrh", "hemorrh" },   { "diarrhoea", "diarrhea" }, { "plough", "plow" },
    { "councillor", "councilor" }, { "sceptic", "skeptic" },    { "artefact", "artifact" },  { "grey", "gray" },
    { "foetal", "fetal" },         { "anaesth", "anesth" },
};

static const char *const is_endings[] = { "e", "es", "ed", "er", "ers", "ing", "ation", "ations", "ational" };

static bool same_letters(const char *text, const char *word, size_t length)
{
    return strncasecmp(text, word, length) == 0;
}

/* The text with `to` in the place of each `from`. Both begin with the same letter, which stays as it is written. */
static att_str replace(att_arena *arena, att_str text, const char *from, const char *to)
{
    att_buf out = { .arena = arena };
    size_t length = strlen(from);
    for (size_t at = 0; at < text.length;) {
        if (text.length - at < length || !same_letters(text.data + at, from, length)) {
            att_buf_byte(&out, text.data[at++]);
            continue;
        }
        att_buf_byte(&out, text.data[at]);
        att_buf_add(&out, att_str_of(to + 1));
        at += length;
    }
    return att_buf_str(&out);
}

static att_str lowered(att_arena *arena, att_str text)
{
    att_str copy = att_str_copy(arena, text);
    for (size_t i = 0; i < copy.length; i++)
        if (copy.data[i] >= 'A' && copy.data[i] <= 'Z') ((char *)copy.data)[i] |= 0x20;
    return copy;
}

/* Which letters follow which in a text: by the first, a bit set of the second. */
typedef struct {
    uint32_t after[32];
} letter_pairs;

static letter_pairs pairs_of(att_str text)
{
    letter_pairs set = { { 0 } };
    for (size_t i = 1; i < text.length; i++) set.after[text.data[i - 1] & 31] |= 1u << (text.data[i] & 31);
    return set;
}

/* Whether a text with these letters holds the word, which has three letters or more; most words are ruled out by those. */
static bool contains(att_str text, const letter_pairs *letters, const char *word)
{
    bool may = letters->after[word[0] & 31] >> (word[1] & 31) & letters->after[word[1] & 31] >> (word[2] & 31) & 1;
    return may && memmem(text.data, text.length, word, strlen(word)) != NULL;
}

static att_str respell(att_arena *arena, att_str text, bool american)
{
    att_str small = lowered(arena, text);
    letter_pairs letters = pairs_of(small);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        bool british = contains(small, &letters, pairs[i].british);
        if (american ? !british : british || !contains(small, &letters, pairs[i].american)) continue;
        text = american ? replace(arena, text, pairs[i].british, pairs[i].american)
                        : replace(arena, text, pairs[i].american, pairs[i].british);
        small = lowered(arena, text);
        letters = pairs_of(small);
    }
    return text;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Whether text[at] is the s or z of "organise", "organization", "analyze". */
static bool is_verb_s(att_str text, size_t at)
{
    if (at < 3 || (text.data[at - 1] != 'i' && text.data[at - 1] != 'y') || !is_small(text.data[at - 2])) return false;
    size_t end = at + 1;
    while (end < text.length && is_small(text.data[end])) end++;
    for (size_t i = 0; i < sizeof is_endings / sizeof *is_endings; i++)
        if (att_str_is(att_str_slice(text, at + 1, end), is_endings[i])) return true;
    return false;
}

/* "organisation" with z, or the reverse. */
static att_str turn(att_arena *arena, att_str text, char from, char to)
{
    att_str copy = att_str_copy(arena, text);
    for (size_t at = 0; at < text.length; at++)
        if (text.data[at] == from && is_verb_s(text, at)) ((char *)copy.data)[at] = to;
    return copy;
}

static bool ends(att_str text, const char *tail)
{
    return att_str_ends(text, att_str_of(tail));
}

static att_str with_tail(att_arena *arena, att_str text, size_t cut, const char *tail)
{
    return att_str_join(arena, att_str_slice(text, 0, text.length - cut), ATT_EMPTY, att_str_of(tail));
}

/* The plural, or the text itself where the last word looks like one. */
static att_str plural(att_arena *arena, att_str text)
{
    char last = text.data[text.length - 1], before = text.length > 1 ? text.data[text.length - 2] : ' ';
    if (!is_small(last) && (last < 'A' || last > 'Z')) return text;
    if (ends(text, "sis")) return with_tail(arena, text, 2, "es");
    if (ends(text, "ss") || ends(text, "us") || ends(text, "x") || ends(text, "ch") || ends(text, "sh") || last == 'z')
        return with_tail(arena, text, 0, "es");
    if (last == 's') return text;
    if (last == 'y' && is_small(before) && !strchr("aeiou", before)) return with_tail(arena, text, 1, "ies");
    return with_tail(arena, text, 0, "s");
}

/* Whether the last word is as short as "as", "its" and "has", which are no plurals; "MPs" has a capital. */
static bool ends_in_small_word(att_str text)
{
    size_t length = 0;
    while (length < text.length && is_small(text.data[text.length - 1 - length])) length++;
    return length < 4 && length < text.length && text.data[text.length - 1 - length] == ' ';
}

/* The singular, or the text itself where the last word is none. */
static att_str singular(att_arena *arena, att_str text)
{
    if (ends_in_small_word(text)) return text;
    if (ends(text, "sses") || ends(text, "xes") || ends(text, "ches") || ends(text, "shes"))
        return with_tail(arena, text, 2, "");
    if (ends(text, "ies")) return with_tail(arena, text, 3, "y");
    if (ends(text, "s") && !ends(text, "ss") && !ends(text, "us") && !ends(text, "is")) return with_tail(arena, text, 1, "");
    return text;
}

static void add(att_str *spellings, uint32_t *count, att_str text)
{
    for (uint32_t i = 0; i < *count; i++)
        if (att_str_equal(spellings[i], text)) return;
    if (*count < ATT_MOST_SPELLINGS) spellings[(*count)++] = text;
}

/* The text, American, British, and British with z. */
static void add_spelt(att_arena *arena, att_str *spellings, uint32_t *count, att_str text)
{
    att_str british = respell(arena, text, false);
    add(spellings, count, text);
    add(spellings, count, turn(arena, respell(arena, text, true), 's', 'z'));
    add(spellings, count, turn(arena, british, 'z', 's'));
    add(spellings, count, turn(arena, british, 's', 'z'));
}

/* "co-operation" where a spelling has "cooperation"; no one spelling goes with it, "defence" and "defense" both do. */
static void add_hyphened(att_arena *arena, att_str *spellings, uint32_t *count)
{
    for (uint32_t i = 0, known = *count; i < known; i++) {
        add(spellings, count, replace(arena, spellings[i], "cooperat", "co-operat"));
        add(spellings, count, replace(arena, spellings[i], "coordinat", "co-ordinat"));
    }
}

uint32_t att_spellings(att_arena *arena, att_str trigger, att_str spellings[ATT_MOST_SPELLINGS])
{
    uint32_t count = 0;
    add_spelt(arena, spellings, &count, trigger);
    add_spelt(arena, spellings, &count, plural(arena, trigger));
    if (memchr(trigger.data, ' ', trigger.length) || memchr(trigger.data, '-', trigger.length))
        add_spelt(arena, spellings, &count, singular(arena, trigger));
    add_hyphened(arena, spellings, &count);
    return count;
}

att_str att_spelling_stem(att_arena *arena, att_str trigger)
{
    return turn(arena, respell(arena, singular(arena, trigger), true), 's', 'z');
}
