#include "text/acronym.h"

/* Whether the word has nothing but capitals and figures, so many capitals. */
static bool is_acronym(att_str word)
{
    enum { LEAST = 2, MOST = 8 };
    uint32_t capitals = 0;
    for (size_t i = 0; i < word.length; i++) {
        bool capital = word.data[i] >= 'A' && word.data[i] <= 'Z', figure = word.data[i] >= '0' && word.data[i] <= '9';
        if (!capital && !figure) return false;
        capitals += capital;
    }
    return capitals >= LEAST && capitals <= MOST;
}

uint32_t att_acronym_in_brackets(const att_document *doc, uint32_t open)
{
    if (open + 2 >= doc->tokens.count) return ATT_NONE;
    if (!att_document_mark_in(doc, open, "([") || !att_document_mark_in(doc, open + 2, ")]")) return ATT_NONE;
    return is_acronym(att_document_word(doc, open + 1)) ? open + 1 : (uint32_t)ATT_NONE;
}

uint32_t att_acronym_behind(const att_document *doc, att_token_range words)
{
    const uint32_t open = words.last;
    if (att_acronym_in_brackets(doc, open) == ATT_NONE) return ATT_NONE;
    const att_str acronym = att_document_word(doc, open + 1);
    size_t letter = att_str_behind_figures(acronym, 0);
    for (uint32_t token = words.first; token < words.last && letter < acronym.length; token++)
        if ((doc->text.data[doc->tokens.start[token]] & ~0x20) == acronym.data[letter])
            letter = att_str_behind_figures(acronym, letter + 1);
    return letter == acronym.length ? open + 1 : (uint32_t)ATT_NONE;
}
