#include "resolve/groups.h"
#include "resolve/statement_maker.h"

/* ---- clauses beside the verb ---- */

/* The end of the sentence around the token; a quote that begins in it is not cut. */
static uint32_t sentence_end(const statement_maker *self, uint32_t token)
{
    const uint32_t end = sentence_at(self, token).last;
    const att_quote *quote = end < self->doc->tokens.count ? att_statement_quote_around(self, end) : NULL;
    const bool begins_here = quote && quote->open > token && paragraph_of(self, quote->open) == paragraph_of(self, token);
    return begins_here ? behind_quote(self, quote) : end;
}

/* Whether the word is a verb in the past, as far as its form tells. */
static bool has_past_form(const statement_maker *self, att_str word)
{
    const bool ends = word.length > 4 && memcmp(word.data + word.length - 2, "ed", 2) == 0;
    return ends || att_lists_have_text(&self->knowledge->lists, ATT_LIST_DEED, word);
}

/* Whether the verb is the first of two that one has done: "and released the list", "and discussed ways to". */
static bool is_deed(const statement_maker *self, uint32_t token, uint32_t last)
{
    static const char *const heads[] = { "the",   "a",    "an", "its",  "his", "her",   "their", "our", "this",
                                         "these", "that", "to", "with", "$",   "plans", "ways",  "how", NULL };
    if (token + 1 >= last) return false;
    const att_str word = word_at(self, token), next = word_at(self, token + 1);
    const uint8_t flags = self->doc->tokens.flags[token];
    if (flags & ATT_FLAG_CAPITAL) return false;
    if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_TALK, word)) return true;
    if (!has_past_form(self, word)) return false;
    return att_str_is_any(next, heads) || (next.data[0] >= '0' && next.data[0] <= '9')
           || self->doc->tokens.flags[token + 1] & ATT_FLAG_CAPITAL;
}

/* Whether behind the "and" somebody else does something: "and the ministry will act". */
static bool is_other_clause(const statement_maker *self, uint32_t token, uint32_t last)
{
    static const char *const verbs[] = {
        "will", "would", "is", "are", "was", "were", "has", "have", "had", "said", "says", NULL
    };
    enum { SUBJECT = 8 };
    for (uint32_t i = token; i < last && i < token + SUBJECT && !is_mark(self, i); i++)
        if (att_str_is_any(word_at(self, i), verbs)) return i > token;
    return false;
}

/* Behind the name that begins with the token, or the token for none. */
static uint32_t behind_name(const statement_maker *self, uint32_t token)
{
    enum { ASKED = 32 };
    const uint32_t named = 1u << ATT_LAYER_PERSON | 1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_IGO
                           | 1u << ATT_LAYER_ORG | 1u << ATT_LAYER_LOCATION;
    uint32_t behind = token, asked = 0;
    for (uint32_t i = att_first_from(self->doc, self->doc->tokens.start[token]); i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->tokens.first > token || asked++ > ASKED) break;
        if (named >> one->layer & 1 && !(one->state & ATT_DROPPED) && one->tokens.last > behind) behind = one->tokens.last;
    }
    return behind;
}

/* Whether the word is a verb in the past, but not what was done by others: "measures imposed by Peru". */
static bool is_past(const statement_maker *self, uint32_t token, uint32_t last)
{
    if (token >= last || self->doc->tokens.flags[token] & ATT_FLAG_CAPITAL) return false;
    if (!has_past_form(self, word_at(self, token))) return false;
    return token + 1 >= last || !att_str_is(word_at(self, token + 1), "by");
}

/* Whether behind the "and" or "but" others have done something: "and Peru agreed", "but shares fell". Behind "and" a noun may
 * be one more thing. */
static bool is_others_deed(const statement_maker *self, uint32_t joining, uint32_t last)
{
    enum { SUBJECT = 4 };
    static const char *const also[] = { "also", "later", "then", "quickly", "immediately", "not", NULL };
    const uint32_t first = joining + 1, behind = first < last ? behind_name(self, first) : first;
    if (first >= last || behind >= last) return false;
    if (behind > first) return is_past(self, behind + att_str_is_any(word_at(self, behind), also), last);
    if (att_str_is(word_at(self, joining), "and") || att_str_is_any(word_at(self, first), also)) return false;
    for (uint32_t i = first + 1; i < last && i <= first + SUBJECT && !is_mark(self, i); i++)
        if (is_past(self, i, last)) return true;
    return false;
}

static bool is_subject_word(att_str word)
{
    static const char *const words[] = { "he", "she", "they", "we", "I", NULL };
    return att_str_is_any(word, words);
}

/* Whether a clause of its own begins at the token: "the union welcomed that", "shares fell"; not "release of the crews". */
static bool is_clause(const statement_maker *self, uint32_t first, uint32_t last)
{
    enum { SUBJECT = 5 };
    if (is_subject_word(word_at(self, first)) || is_other_clause(self, first, last)) return true;
    const uint32_t behind = behind_name(self, first);
    if (behind > first) return is_past(self, behind, last);
    for (uint32_t i = first + 1; i < last && i <= first + SUBJECT && !is_mark(self, i); i++)
        if (is_past(self, i, last)) return true;
    return false;
}

/* The only semicolon, if others do or say something behind it: "Roe urged calm; the union welcomed that". Not one of a list:
 * "urged Peru to wait; and to rest". Else the end. */
static uint32_t end_at_semicolon(const statement_maker *self, att_token_range said)
{
    uint32_t found = said.last;
    for (uint32_t i = said.first + 1; i + 1 < said.last; i++) {
        if (!is_one_of(self, i, ";")) continue;
        if (found != said.last || att_statement_quote_around(self, i) || !is_clause(self, i + 1, said.last)) return said.last;
        found = i;
    }
    return found;
}

/* Where the thing ends that somebody called for or condemned: before what he did besides, or what others do. */
static uint32_t end_of_thing(const statement_maker *self, att_token_range said)
{
    static const char *const clause[] = { "that", "which", "who", "whom", "will", "would", "is", "are",
                                          "was",  "were",  "has", "have", "had",  "if",    NULL };
    for (uint32_t i = said.first + 1; i + 1 < said.last; i++) {
        const att_str word = word_at(self, i);
        if (att_str_is_any(word, clause) || self->doc->tokens.flags[i] & ATT_FLAG_QUOTE) return said.last;
        const bool comma = is_one_of(self, i - 1, ",");
        if (comma && is_joining(self, i) && is_others_deed(self, i, said.last)) return i - 1;
        if (!att_str_is(word, "and") && !att_str_is(word, "but")) continue;
        if (is_deed(self, i + 1, said.last) || is_subject_word(word_at(self, i + 1))) return i;
        if (comma && is_other_clause(self, i + 1, said.last)) return i;
    }
    return said.last;
}

/* Whether a sentence, or what is left of it, has nothing behind the token. */
static bool ends_sentence(const statement_maker *self, const cue *by)
{
    const uint32_t last = sentence_at(self, by->verb->tokens.first).last;
    return by->last >= last || count_words(self, (att_token_range){ by->last, last }, 1) == 0;
}

/* A word in small letters that ends so: "contradicting". */
static bool is_participle(const statement_maker *self, uint32_t token)
{
    enum { SHORTEST = 5 };
    const att_str word = word_at(self, token);
    return word.length >= SHORTEST && self->doc->tokens.flags[token] & ATT_FLAG_SMALL
           && !(self->doc->tokens.flags[token] & ATT_FLAG_CAPITAL) && memcmp(word.data + word.length - 3, "ing", 3) == 0;
}

/* The last comma of at most a few tokens from `first` up to `last`, or ATT_NONE. */
static uint32_t comma_before(const statement_maker *self, uint32_t first, uint32_t last)
{
    enum { SEARCHED = 5 };
    for (uint32_t i = last; i > first && last - i < SEARCHED; i--)
        if (is_one_of(self, i - 1, ",")) return i - 1;
    return ATT_NONE;
}

/* Where somebody's saying ends before another's: at "and Lind said", at the comma of ", a day after Lind said"; or ATT_NONE. */
static uint32_t end_before(const statement_maker *self, uint32_t first, uint32_t head)
{
    static const char *const leading[] = { "after", "before", "despite", NULL };
    static const char *const relative[] = { "which", "who", "that", NULL };
    if (head <= first) return ATT_NONE;
    if (is_one_of(self, head - 1, ",") && head - 1 > first && att_str_is_any(word_at(self, head - 2), relative))
        return head - 2;
    if (is_joining(self, head - 1)) return head;
    const bool leads = att_str_is_any(word_at(self, head - 1), leading);
    return leads || is_participle(self, head - 1) ? comma_before(self, first, head) : (uint32_t)ATT_NONE;
}

/* Where what `by` says ends because of the next cue, or ATT_NONE. */
static uint32_t end_at_cue(const statement_maker *self, const cue *by, uint32_t first, const cue *next)
{
    const uint32_t verb = next->verb->tokens.first;
    if (next->kind == GOES_ON || next->kind == ENDS) return next->first >= first ? next->first : (uint32_t)ATT_NONE;
    /* "Roe, noting that it was late, called for a vote": he stands before both verbs. */
    if (next->first <= by->first) return verb > first ? comma_before(self, first, verb) : (uint32_t)ATT_NONE;
    if (next->kind == SOURCE) return ends_sentence(self, next) ? end_before(self, first, next->first) : (uint32_t)ATT_NONE;
    const bool alone = next->kind == NOBODY || att_is_pronoun(next->speaker);
    return end_before(self, first, alone ? next->first : att_fellows_head(&self->knowledge->lists, self->doc, next->first));
}

/* Whether the saying is in a clause that depends on another: "When Roe said so, we went", "Roe, who said so, went". Not "As Roe
 * said once, we go". */
static bool is_subordinate(const statement_maker *self, const cue *by)
{
    enum { LONGEST_OPENING = 24 };
    const uint32_t start = sentence_start(self, by->verb->tokens.first), verb = by->verb->tokens.first;
    if (is_one_of(self, by->last - 1, ",")) return false;
    for (uint32_t i = verb; i-- > by->first && !is_one_of(self, i, ",");)
        if (att_str_is(word_at(self, i), "who")) return i && is_one_of(self, i - 1, ",");
    if (by->first <= start || by->first > start + LONGEST_OPENING || att_str_is(word_at(self, start), "As")
        || !att_lists_have_text(&self->knowledge->lists, ATT_LIST_SUBORDINATE, word_at(self, start)))
        return false;
    for (uint32_t i = start; i < by->first; i++)
        if (is_one_of(self, i, ",:;")) return false;
    return true;
}

/* The comma that ends such a clause, be it the last mark in a quote; or where it ends anyway. */
static uint32_t end_of_subordinate(const statement_maker *self, att_token_range said)
{
    for (uint32_t i = said.first + 1; i < said.last; i++) {
        if (!is_one_of(self, i, ",")) continue;
        const att_quote *around = att_statement_quote_around(self, i);
        if (!around || around->open < said.first) return i;
        if (around->close == i + 1) return behind_quote(self, around);
    }
    return said.last;
}

/* The clause behind the verb, up to the next that has a verb of saying. */
static att_token_range clause_behind(const statement_maker *self, const cue *by)
{
    att_token_range said = { by->last, sentence_end(self, by->verb->tokens.first) };
    const att_quote *around = att_statement_quote_around(self, by->verb->tokens.first);
    if (around && around->close < said.last) said.last = around->close;
    if (is_subordinate(self, by)) said.last = end_of_subordinate(self, said); /* first, so that no later cue is looked at */
    for (const cue *next = by + 1; next < self->cues.items + self->cues.count && next->first < said.last; next++) {
        const uint32_t end_here = end_at_cue(self, by, said.first, next);
        if (end_here != ATT_NONE && end_here < said.last) said.last = end_here;
    }
    const bool thing = (by->kind == FOLLOWS || by->kind == GOES_ON) && !att_str_is(word_at(self, by->last - 1), "that");
    if (thing || paragraph_of(self, by->first)->kind == ATT_ZONE_TITLE) said.last = end_at_semicolon(self, said);
    if (thing) said.last = end_of_thing(self, said);
    return said;
}

/* Whether the token is in a question: "Roe said it was late?" */
static bool is_asked(const statement_maker *self, uint32_t token)
{
    uint32_t last = sentence_at(self, token).last;
    while (last > token + 1 && is_mark(self, last - 1) && !is_one_of(self, last - 1, "?")) {
        if (self->doc->tokens.flags[last - 1] & ATT_FLAG_QUOTE) return false; /* what is quoted may be a question */
        last--;
    }
    return is_one_of(self, last - 1, "?");
}

/* The quote that is all of it, or NULL. */
static att_quote *only_quote(const statement_maker *self, att_token_range said)
{
    const uint32_t next = att_quotes_from(&self->doc->quotes, said.first);
    att_quote *quote = next < self->doc->quotes.count ? &self->doc->quotes.items[next] : NULL;
    if (!quote || quote->open >= said.last || !only_marks(self, said.first, quote->open)) return NULL;
    return quote->close < said.last && only_marks(self, quote->close, said.last) ? quote : NULL;
}

const cue *att_statement_owner_behind(const statement_maker *self, const cue *by)
{
    enum { CUES = 8 };
    const uint32_t sentence = sentence_of(self, by->verb->tokens.first);
    const cue *end = self->cues.items + self->cues.count;
    for (const cue *next = by + 1; next < end && next < by + CUES; next++) {
        if (sentence_of(self, next->verb->tokens.first) != sentence) return NULL;
        if (next->kind != SAYS && next->kind != TAG && next->kind != SOURCE) continue;
        if (next->first && is_one_of(self, next->first - 1, ",") && ends_sentence(self, next)
            && !att_statement_quote_before(self, next->first))
            return next;
    }
    return NULL;
}

bool att_statement_is_relayed(const statement_maker *self, const cue *by, const cue *owner)
{
    static const char *const verbs[] = { "reported", "reports", NULL };
    const uint32_t layer = att_speaker_layer(&self->speakers, owner->speaker);
    const bool person = self->doc->entities.items[by->entity].layer == ATT_LAYER_PERSON;
    if (att_str_is_any(word_at(self, owner->verb->tokens.first), verbs))
        return layer == ATT_LAYER_ORG
               || att_lists_have_text(&self->knowledge->lists, ATT_LIST_COMPANY, att_str_last_word(owner->speaker));
    return owner->kind == SOURCE && (layer == ATT_LAYER_ORG || (person && layer == ATT_LAYER_AGENCY));
}

static bool add_clause_behind(statement_maker *self, const cue *by)
{
    if (is_asked(self, by->verb->tokens.first)) return false;
    att_token_range said = clause_behind(self, by);
    const uint32_t least = by->kind == SAYS ? CLAUSE_WORDS : 1;
    if (said.first >= said.last || count_words(self, said, least) < least) return false;
    att_quote *quote = only_quote(self, said);
    if (quote && att_statement_add_quote(self, by, quote)) return true;
    att_statement_add(self, by, said, ATT_STATEMENT_REPORTED);
    self->said_to = said.last;
    return true;
}

/* A word that begins no clause, in small letters or with a capital. */
static bool is_preposition(const statement_maker *self, uint32_t token)
{
    static const char *const words[] = { "in",      "at",   "on",    "during", "to",   "from",   "after",     "of",
                                         "through", "as",   "for",   "with",   "when", "before", "following", "amid",
                                         "outside", "here", "under", "who",    "by",   "if" };
    const att_str word = word_at(self, token);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const att_str other = att_str_of(words[i]);
        if (word.length == other.length && (word.data[0] | ' ') == other.data[0]
            && memcmp(word.data + 1, other.data + 1, other.length - 1) == 0)
            return true;
    }
    return false;
}

/* Whether the word may begin what is no clause: "In Lima", "Speaking in Lima". */
static bool begins_adverbial(const statement_maker *self, uint32_t token)
{
    return is_preposition(self, token) || is_participle(self, token)
           || att_lists_have_text(&self->knowledge->lists, ATT_LIST_ADVERBIAL, word_at(self, token));
}

/* Whether what stands before the speaker has so many words; more of them behind a preposition or a participle, which may begin
 * no clause: "Speaking in Lima, Roe said". */
static bool has_clause_before(const statement_maker *self, const cue *by, uint32_t least)
{
    enum { NO_ADVERBIAL = 7 };
    const uint32_t start = sentence_start(self, by->verb->tokens.first);
    if (!by->first || start >= by->first || !is_one_of(self, by->first - 1, ",")) return false;
    if (begins_adverbial(self, start)) least = NO_ADVERBIAL;
    return count_words(self, (att_token_range){ start, by->first }, least) == least;
}

/* Whether he goes on straight behind the verb, or does something else: "Ships sail, Roe said, adding that they do". */
static bool has_participle_behind(const statement_maker *self, const cue *by)
{
    enum { BEFORE_SAYING = 3, BEFORE_DEED = 4 };
    const uint32_t last = sentence_at(self, by->verb->tokens.first).last;
    const uint32_t comma = is_one_of(self, by->last - 1, ",") ? by->last - 1 : by->last;
    if (comma + 1 >= last || !is_one_of(self, comma, ",")) return false;
    const cue *next = by + 1, *end = self->cues.items + self->cues.count;
    if (next < end && next->kind == GOES_ON && next->first == comma) return has_clause_before(self, by, BEFORE_SAYING);
    return is_participle(self, comma + 1) && !is_preposition(self, comma + 1) && has_clause_before(self, by, BEFORE_DEED);
}

/* Whether the clause that stands before "said Roe," goes on behind it: "The talks, said Roe, will go on". Else it is whole, and
 * what follows is about Roe: "Growth will slow, said Roe, an economist". */
static bool is_cut_by(const statement_maker *self, const cue *by, uint32_t behind)
{
    enum { WHOLE_CLAUSE = 3 };
    static const char *const parts[] = { "will", "would", "is",  "are",   "was",     "were",   "has",
                                         "have", "had",   "can", "could", "may",     "and",    "must",
                                         "but",  "might", "did", "does",  "because", "should", NULL };
    if (behind >= self->doc->tokens.count || att_str_is_any(word_at(self, behind), parts)) return true;
    return !has_clause_before(self, by, WHOLE_CLAUSE);
}

/* Whether what stands before the speaker says when or how, not what: "Under pressure, Roe agreed". */
static bool is_adverbial(const statement_maker *self, const cue *by)
{
    enum { LONGEST = 12 };
    static const char *const verbs[] = { "will", "would", "is",  "are",  "was",   "were", "has",    "have", "had",
                                         "can",  "may",   "did", "must", "could", "does", "should", NULL };
    const uint32_t start = sentence_start(self, by->verb->tokens.first);
    if (by->first < start + 2 || by->first - start > LONGEST) return false;
    if (!begins_adverbial(self, start)) return false;
    for (uint32_t i = start; i + 1 < by->first; i++)
        if (is_one_of(self, i, ",") || att_str_is_any(word_at(self, i), verbs)) return false;
    return true;
}

/* "The talks, the ministry said, will go on." */
static bool is_between(const statement_maker *self, const cue *by)
{
    if (att_str_is(word_at(self, by->last - 1), "that")) return false;
    const uint32_t behind = is_one_of(self, by->last - 1, ",") ? by->last : by->last + 1, count = self->doc->tokens.count;
    bool before = by->first && is_one_of(self, by->first - 1, ",");
    bool comma = behind <= count && is_one_of(self, behind - 1, ",");
    bool marked = behind < count && self->doc->tokens.flags[behind] & ATT_FLAG_QUOTE;
    if (!before || !comma || marked || has_participle_behind(self, by)) return false;
    if (by->kind == TAG && by->verb->tokens.first == by->first && !is_cut_by(self, by, behind)) return false;
    return sentence_at(self, by->verb->tokens.first).first + 1 < by->first;
}

/* The end of a sentence with somebody's words between commas, or the comma before the next who are named so in it: each part
 * of a long sentence is one speaker's. */
static uint32_t end_between(const statement_maker *self, const cue *by)
{
    const uint32_t last = sentence_at(self, by->verb->tokens.first).last;
    const cue *end = self->cues.items + self->cues.count;
    for (const cue *next = by + 1; next < end && next->first < last; next++)
        if (is_between(self, next)) return next->first - 1;
        else if (next->kind == GOES_ON && next->first >= by->last) return next->first;
    return last;
}

/* Whether the words are no more than a title before a comma: "The minister for ports, Jan Roe, agreed." */
static bool is_title(const statement_maker *self, att_token_range said)
{
    enum { ASKED = 16 };
    uint32_t asked = 0;
    for (uint32_t i = att_first_from(self->doc, self->doc->tokens.start[said.first]); i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->tokens.first > said.first + 1 || asked++ > ASKED) return false;
        if (one->layer == ATT_LAYER_TITLE && !(one->state & ATT_DROPPED) && one->tokens.last + 1 == said.last) return true;
    }
    return false;
}

/* "Talks go on, the ministry said." */
static void add_clause_before(statement_maker *self, const cue *by)
{
    att_token_range said = { sentence_start(self, by->verb->tokens.first), by->first };
    if (said.first < self->said_to) said.first = self->said_to;
    if (is_asked(self, by->verb->tokens.first)) return;
    if (said.first >= said.last || !is_one_of(self, said.last - 1, ",")) return;
    if (is_between(self, by)) said.last = end_between(self, by);
    else if (is_adverbial(self, by) || is_title(self, said)) return;
    att_statement_add(self, by, said, ATT_STATEMENT_REPORTED);
    self->said_to = by->last;
}

/* "Ships sail, the navy said in its yearly report.": what stands behind is no clause, what stands before may be one. */
static bool has_tail(const statement_maker *self, const cue *by)
{
    enum { CLAUSE_BEFORE = 4 };
    const uint32_t start = sentence_start(self, by->verb->tokens.first), last = sentence_at(self, by->verb->tokens.first).last;
    if (has_participle_behind(self, by)) return true;
    if (is_preposition(self, start) || !has_clause_before(self, by, CLAUSE_BEFORE)) return false;
    if (is_preposition(self, by->last) || count_words(self, (att_token_range){ by->last, last }, 2) < 2) return true;
    return att_str_is(word_at(self, by->last), "while") && by->last + 1 < last && is_participle(self, by->last + 1);
}

/* Whether nothing behind the speaker is said of him: "said Roe, an envoy", "said Roe in Lima", not "said Roe would go". */
static bool ends_clause(const statement_maker *self, const cue *by)
{
    return by->last >= sentence_at(self, by->verb->tokens.first).last || is_one_of(self, by->last, ",.;")
           || is_preposition(self, by->last);
}

/* ---- by kind ---- */

/* Whether a sentence ends with the quote: “We sail.” or “we sail”. */
static bool ends_with_quote(const statement_maker *self, const att_quote *quote)
{
    return is_one_of(self, quote->close - 1, ".!?") || is_one_of(self, quote->close + 1, ".!?");
}

/* Whether a colon leads to the quote, so that it is whoever speaks before that, and another sentence begins behind it. */
static bool is_led(const statement_maker *self, const att_quote *quote)
{
    return quote->open && is_one_of(self, quote->open - 1, ":") && is_one_of(self, quote->close - 1, ".!?");
}

/* Whether the quote is the name of where it was said, a few words into the sentence: During the show “Ships at Sea”, Roe said
 * it was late. */
static bool is_name_of_event(const statement_maker *self, const att_quote *quote)
{
    enum { NEAR = 12 };
    if (!is_one_of(self, quote->close + 1, ",") || is_one_of(self, quote->close - 1, ",.!?")) return false;
    if (!(self->doc->tokens.flags[quote->open + 1] & ATT_FLAG_CAPITAL)) return false;
    const uint32_t start = sentence_start(self, quote->open);
    if (start >= quote->open || quote->open - start > NEAR || !is_preposition(self, start)) return false;
    for (uint32_t i = start; i < quote->open; i++)
        if (is_mark(self, i)) return false;
    return true;
}

/* The quote before the speaker, or before all who speak with him: “We sail,” Ministers Roe and Lind said. */
static att_quote *quote_before_all(const statement_maker *self, const cue *by)
{
    att_quote *quote = att_statement_quote_before(self, by->first);
    if (quote || !by->fellows.count) return quote;
    return att_statement_quote_before(self, att_fellows_head(&self->knowledge->lists, self->doc, by->first));
}

/* The quote before the verb that it speaks of: one that ends a sentence only where there is nothing behind. */
static att_quote *quote_told(const statement_maker *self, const cue *by)
{
    att_quote *quote = by->kind == FOLLOWS || by->kind == GOES_ON ? NULL : quote_before_all(self, by);
    if (quote && is_name_of_event(self, quote)) return NULL;
    if (quote && by->kind == TAG && is_led(self, quote)) return NULL;
    if (quote && by->kind == QUOTE) { /* “The sea,” she added, “is ours.” */
        const uint32_t behind = quote->close + 1;
        return is_one_of(self, quote->close - 1, ",") || is_one_of(self, behind, ",") ? quote : NULL;
    }
    if (!quote || by->kind == TAG || !ends_with_quote(self, quote)) return quote;
    bool goes_on = is_one_of(self, quote->close + 1, ",");
    return goes_on || ends_sentence(self, by) ? quote : NULL;
}

/* Whether the quote begins the next sentence and has its own speaker: “We sail,” Roe said. “We stay,” said Lind. */
static bool is_of_another(const statement_maker *self, const cue *by, const att_quote *quote)
{
    uint32_t stop = by->last;
    while (stop < quote->open && !is_one_of(self, stop, ".!?")) stop++;
    if (stop >= quote->open) return false;
    if (is_one_of(self, quote->close - 1, ",")) return true;
    const cue *next = by + 1, *end = self->cues.items + self->cues.count;
    while (next < end && next->first <= quote->open) next++;
    return next < end && att_statement_quote_before(self, next->first) == quote;
}

/* The quote behind a colon with where, when or of whom it was said before it: "Roe said late on Friday in Lima: “We sail.”" */
static att_quote *quote_behind_colon(const statement_maker *self, const cue *by)
{
    enum { SEARCHED = 14 };
    static const char *const leading[] = { "late", "early", "this", "about", NULL };
    const uint32_t last = sentence_end(self, by->verb->tokens.first);
    if (by->kind != SAYS || by->last >= last) return NULL;
    const bool when = att_str_is_any(word_at(self, by->last), leading);
    if (!when && !is_one_of(self, by->last - 1, ",") && !is_preposition(self, by->last)) return NULL;
    for (uint32_t i = by->last; i + 1 < last && i < by->last + SEARCHED; i++) {
        if (self->doc->tokens.flags[i] & ATT_FLAG_QUOTE) return NULL;
        if (!is_one_of(self, i, ":")) continue;
        const uint32_t next = att_quotes_from(&self->doc->quotes, i);
        att_quote *quote = next < self->doc->quotes.count ? &self->doc->quotes.items[next] : NULL;
        return quote && quote->open == i + 1 ? quote : NULL;
    }
    return NULL;
}

/* The second half of a quote that ended with a comma, behind what tells where or to whom: “We sail,” Roe said in Lima at noon,
 * “and we stay.” */
static att_quote *second_half(const statement_maker *self, const cue *by)
{
    enum { SEARCHED = 16 };
    const att_quote *half = att_statement_quote_before(self, by->first);
    const cue *next = by + 1, *end = self->cues.items + self->cues.count;
    const uint32_t last = sentence_at(self, by->verb->tokens.first).last;
    if (!half || !is_one_of(self, half->close - 1, ",")) return NULL;
    for (uint32_t i = by->last; i + 1 < last && i < by->last + SEARCHED; i++) {
        if (next < end && next->verb->tokens.first == i) return NULL;
        if (!(self->doc->tokens.flags[i] & ATT_FLAG_QUOTE)) continue;
        const uint32_t found = att_quotes_from(&self->doc->quotes, i);
        att_quote *quote = found < self->doc->quotes.count ? &self->doc->quotes.items[found] : NULL;
        const bool goes_on =
            quote && quote->open == i && is_one_of(self, i - 1, ",") && !(self->doc->tokens.flags[i + 1] & ATT_FLAG_CAPITAL);
        return goes_on ? quote : NULL;
    }
    return NULL;
}

/* Whether the quote is only the end of a clause: The deal was “very close,” Roe said. */
static bool ends_clause_before(const statement_maker *self, const att_quote *quote)
{
    enum { WORDS = 2 };
    const uint32_t start = sentence_start(self, quote->open);
    if (start >= quote->open || is_mark(self, quote->open - 1)) return false;
    if (begins_adverbial(self, start)) return false;
    const uint8_t flags = self->doc->tokens.flags[quote->open + 1];
    return flags & ATT_FLAG_SMALL && !(flags & ATT_FLAG_CAPITAL)
           && count_words(self, (att_token_range){ start, quote->open }, WORDS) == WORDS;
}

/* Adds the clause that the quote ends, with what goes on behind the verb: …, Roe said, and “will help.” */
static bool add_clause_quoted(statement_maker *self, const cue *by, const att_quote *quote)
{
    if (!quote || quote->taken || by->first > by->verb->tokens.first || !ends_clause_before(self, quote)) return false;
    att_token_range said = { sentence_start(self, quote->open), behind_quote(self, quote) };
    if (said.first < self->said_to) said.first = self->said_to;
    if (said.first >= quote->open) return false;
    const att_token_range sentence = sentence_at(self, by->verb->tokens.first);
    const uint32_t next = by->last < sentence.last && is_one_of(self, by->last, ",") ? by->last + 1 : by->last;
    if (next + 1 < sentence.last && is_joining(self, next) && self->doc->tokens.flags[next + 1] & ATT_FLAG_QUOTE)
        said.last = sentence.last;
    att_statement_add(self, by, said, ATT_STATEMENT_REPORTED);
    self->said_to = by->last;
    return true;
}

void att_statement_by_verb(statement_maker *self, const cue *by)
{
    att_quote *told = quote_told(self, by);
    if (add_clause_quoted(self, by, told)) return;
    bool quoted = att_statement_add_quote(self, by, told);
    att_quote *behind = by->kind == TAG && !quoted ? NULL : att_statement_quote_behind(self, by);
    if (!behind) behind = quoted ? second_half(self, by) : quote_behind_colon(self, by);
    if (behind && !is_of_another(self, by, behind) && att_statement_quote_is_whole(self, behind)
        && att_statement_add_quote(self, by, behind))
        quoted = true;
    if (quoted) return;
    if (by->kind == TAG && !ends_clause(self, by)) return;
    bool before = by->kind == SAYS && (ends_sentence(self, by) || is_between(self, by) || has_tail(self, by));
    if (by->kind == TAG || before) add_clause_before(self, by);
    else add_clause_behind(self, by);
}

void att_statement_by_source(statement_maker *self, const cue *by)
{
    const uint32_t start = sentence_start(self, by->verb->tokens.first);
    att_quote *before = att_statement_quote_before(self, by->first);
    if (count_words(self, (att_token_range){ start, by->verb->tokens.first }, 2) < 2) add_clause_behind(self, by);
    else if (!before || !att_statement_add_quote(self, by, before)) {
        att_token_range said = { start < self->said_to ? self->said_to : start, by->first };
        if (said.first < said.last) att_statement_add(self, by, said, ATT_STATEMENT_REPORTED);
        self->said_to = by->last;
    }
}
