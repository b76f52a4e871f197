#include "knowledge/titles.h"

#include "base/utf8.h"
#include "text/lexicon.h"

/* ---- folding ---- */

static bool is_gap(char c)
{
    return c == ' ' || c == '-' || c == ',' || c == '\t' || c == '\n' || c == '\r';
}

att_str att_fold_words(att_arena *arena, att_str text)
{
    uint64_t caps;
    att_str folded = att_word_fold(arena, text, &caps);
    char *out = (char *)folded.data; /* a copy of our own */
    size_t length = 0;
    for (size_t i = 0; i < folded.length; i++) {
        bool gap = is_gap(folded.data[i]);
        if (gap && (!length || out[length - 1] == ' ')) continue;
        out[length++] = gap ? ' ' : folded.data[i];
    }
    while (length && out[length - 1] == ' ') length--;
    return (att_str){ out, length };
}

att_str att_fold_title(att_arena *arena, att_str title)
{
    if (att_str_starts(title, ATT_STR("the ")) || att_str_starts(title, ATT_STR("The ")))
        title = att_str_slice(title, 4, title.length);
    return att_fold_words(arena, title);
}

/* "J.", "J", "J.D.": letters with dots behind them, or one letter. */
static bool is_initial(att_str word)
{
    if (word.length == 1) return word.data[0] >= 'a' && word.data[0] <= 'z';
    for (size_t i = 0; i < word.length; i++)
        if (i % 2 ? word.data[i] != '.' : word.data[i] < 'a' || word.data[i] > 'z') return false;
    return word.length % 2 == 0;
}

static bool is_name_suffix(att_str word)
{
    static const char *const suffixes[] = { "jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "vi", "vii", "viii" };
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (word.length && *word.data == *suffixes[i] && att_str_is(word, suffixes[i])) return true;
    return false;
}

/* Leaves words out in place: those behind move up. */
att_str att_fold_person(att_arena *arena, att_str name)
{
    att_str all = att_utf8_bare(arena, att_fold_words(arena, name)), rest = all;
    char *kept = (char *)all.data; /* a copy of our own */
    size_t length = 0;
    while (rest.length) {
        att_str word = att_str_first_word(&rest);
        if (is_initial(word) || (length && !rest.length && is_name_suffix(word))) continue;
        if (length) kept[length++] = ' ';
        memmove(kept + length, word.data, word.length);
        length += word.length;
    }
    return length ? (att_str){ kept, length } : all;
}

att_str att_write_out(att_arena *arena, att_str name)
{
    static const struct {
        const char *letter, *written;
    } written_out[] = {
        { "\xC3\xA4", "ae" }, { "\xC3\x84", "Ae" }, { "\xC3\xB6", "oe" }, { "\xC3\x96", "Oe" }, { "\xC3\xBC", "ue" },
        { "\xC3\x9C", "Ue" }, { "\xC3\xB8", "oe" }, { "\xC3\x98", "Oe" }, { "\xC4\x91", "dj" }, { "\xC4\x90", "Dj" },
    };
    enum { LETTERS = sizeof written_out / sizeof *written_out };
    if (att_str_is_ascii(name)) return name;
    char *out = att_arena_alloc(arena, name.length + 1); /* each is two bytes, as what is written for it */
    memcpy(out, name.data, name.length);
    for (size_t i = 0; i + 1 < name.length; i++)
        for (size_t k = 0; k < LETTERS; k++)
            if (!memcmp(name.data + i, written_out[k].letter, 2)) memcpy(out + i, written_out[k].written, 2);
    return (att_str){ out, name.length };
}

/* ---- words beside a title ---- */

static const struct {
    const char *word, *status;
} leading[] = {
    { "former", "former" },    { "then", "former" },       { "ex", "former" },          { "acting", "acting" },
    { "interim", "acting" },   { "caretaker", "acting" },  { "incoming", "designate" }, { "outgoing", NULL },
}, trailing[] = {
    { "elect", "designate" }, { "designate", "designate" }, { "nominee", "designate" },
};

/* Whether a word may be one of them by its first letter. */
static bool may_be_status(char letter)
{
    static const uint32_t letters = 1u << ('f' & 31) | 1u << ('t' & 31) | 1u << ('e' & 31) | 1u << ('a' & 31) | 1u << ('i' & 31)
                                    | 1u << ('c' & 31) | 1u << ('o' & 31) | 1u << ('d' & 31) | 1u << ('n' & 31);
    return letters >> (letter & 31) & 1;
}

/* How many letters the text begins with of those of the word. */
static size_t common_letters(att_str text, const char *word)
{
    size_t i = 0;
    while (i < text.length && word[i] && (text.data[i] | 0x20) == word[i]) i++;
    return i;
}

static bool same_letters(att_str text, const char *word)
{
    return !word[common_letters(text, word)] && text.length == strlen(word);
}

static bool begins_with_status(att_str text)
{
    if (!may_be_status(text.data[0])) return false;
    for (size_t i = 0; i < sizeof leading / sizeof *leading; i++)
        if (!leading[i].word[common_letters(text, leading[i].word)]) return true;
    for (size_t i = 0; i < sizeof trailing / sizeof *trailing; i++)
        if (!trailing[i].word[common_letters(text, trailing[i].word)]) return true;
    return false;
}

bool att_may_say_status(att_str word)
{
    for (size_t i = 0; i < word.length; i++)
        if ((!i || is_gap(word.data[i - 1])) && begins_with_status(att_str_slice(word, i, word.length))) return true;
    return false;
}

static att_str cut_leading(att_str title, att_str *status)
{
    size_t end = 0;
    if (!title.length || !may_be_status(title.data[0])) return title;
    while (end < title.length && !is_gap(title.data[end])) end++;
    for (size_t i = 0; end < title.length && i < sizeof leading / sizeof *leading; i++) {
        if (!same_letters(att_str_slice(title, 0, end), leading[i].word)) continue;
        if (!status->data && leading[i].status) *status = att_str_of(leading[i].status);
        while (end < title.length && is_gap(title.data[end])) end++;
        return att_str_slice(title, end, title.length);
    }
    return title;
}

static att_str cut_trailing(att_str title, att_str *status)
{
    size_t start = title.length;
    while (start && !is_gap(title.data[start - 1])) start--;
    if (start == title.length || !may_be_status(title.data[start])) return title;
    for (size_t i = 0; start && i < sizeof trailing / sizeof *trailing; i++) {
        if (!same_letters(att_str_slice(title, start, title.length), trailing[i].word)) continue;
        if (!status->data) *status = att_str_of(trailing[i].status);
        while (start && is_gap(title.data[start - 1])) start--;
        return att_str_slice(title, 0, start);
    }
    return title;
}

att_str att_title_core(att_str title, att_str *status)
{
    *status = (att_str){ 0 };
    for (;;) {
        att_str core = cut_trailing(cut_leading(title, status), status);
        if (core.length == title.length) return core;
        title = core;
    }
}
