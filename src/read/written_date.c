#include "read/written_date.h"

#include <stdio.h>
#include <strings.h>

#include "read/facts.h"

enum { LONGEST = 160 /* bytes of a text that is looked at */, FIRST_YEAR = 1600, LAST_YEAR = 2199, MOST_NUMBERS = 3 };

/* What was met so far. */
typedef struct {
    int year, month, day;                  /* in figures with marks between, or the month by its name; 0 for none */
    int numbers[MOST_NUMBERS];             /* that stand alone: day and year, an hour until it is told */
    unsigned lengths[MOST_NUMBERS], count; /* digits of those; how many */
    bool just_numbered;                    /* the last piece was such a number */
    bool figures, named, wrong;            /* wrong: something else stands there */
} written;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_among(const char *word, size_t length, const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == length && strncasecmp(word, words[i], length) == 0) return true;
    return false;
}

/* 1 to 12 for a month's name or its first letters, "Sept" too; else 0. */
static int month_of(const char *word, size_t length)
{
    static const char *const months[] = { "january", "february", "march",     "april",   "may",      "june",
                                          "july",    "august",   "september", "october", "november", "december" };
    bool brief = length == 3 || (length == 4 && strncasecmp(word, "sept", 4) == 0);
    for (int i = 0; i < 12; i++)
        if ((brief || strlen(months[i]) == length) && strncasecmp(word, months[i], length) == 0) return i + 1;
    return 0;
}

static bool is_weekday(const char *word, size_t length)
{
    static const char *const briefs[] = { "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun" };
    static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
    return is_among(word, length, briefs, sizeof briefs / sizeof *briefs)
           || is_among(word, length, days, sizeof days / sizeof *days);
}

/* Words that may stand beside a day: what was done on it, the time and its zone. */
static bool may_stand_beside(const char *word, size_t length)
{
    static const char *const words[] = {
        "published", "publish", "publication", "posted", "released", "release", "issued", "created", "date", "dated",
        "on",        "at",      "of",          "the",    "time",     "st",      "nd",     "rd",      "th",   "gmt",
        "utc",       "est",     "edt",         "et",     "cst",      "cdt",     "ct",     "mst",     "mdt",  "mt",
        "pst",       "pdt",     "pt",          "bst",    "cet",      "cest",    "ist",    "jst",     "kst",  "aest",
        "aedt",      "sast",    "eat",         "wat",    "hrs",      "hours",   "h",      "t",       "z",    "m",
    };
    return is_weekday(word, length) || is_among(word, length, words, sizeof words / sizeof *words);
}

/* "10 am": the number was an hour. */
static bool says_half(const char *word, size_t length)
{
    static const char *const halves[] = { "am", "pm", "a", "p" };
    return is_among(word, length, halves, sizeof halves / sizeof *halves);
}

static void take_word(written *self, const char *word, size_t length)
{
    int month = month_of(word, length);
    if (month && !self->named) {
        self->month = month;
        self->named = true;
        self->wrong |= self->figures;
    } else if (!month && says_half(word, length)) {
        self->count -= self->just_numbered;
    } else if (month || !may_stand_beside(word, length)) {
        self->wrong = true;
    }
}

/* Three numbers with one mark between: year first, or last behind a day and a month that can be told apart. */
static void take_figures(written *self, const int numbers[3], const unsigned lengths[3])
{
    bool ordered = lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2;
    bool reversed = lengths[2] == 4 && lengths[0] <= 2 && lengths[1] <= 2;
    bool day_first = numbers[0] > 12 || numbers[0] == numbers[1], month_first = numbers[1] > 12;
    self->wrong |= self->figures || self->named || !(ordered || (reversed && (day_first || month_first)));
    self->figures = true;
    self->year = numbers[ordered ? 0 : 2];
    self->month = numbers[ordered ? 1 : day_first ? 1 : 0];
    self->day = numbers[ordered ? 2 : day_first ? 0 : 1];
}

static void take_number(written *self, int number, unsigned length)
{
    self->wrong |= self->count == MOST_NUMBERS;
    if (self->wrong) return;
    self->numbers[self->count] = number;
    self->lengths[self->count++] = length;
    self->just_numbered = true;
}

/* Bytes of what stands between the numbers of a day: a mark, or a word of Chinese, Japanese or Korean; 0 for none. */
static size_t mark_length(att_str rest)
{
    static const char *const words[] = { "年", "月", "년 ", "년", "월 ", "월" };
    if (rest.length && memchr("./-:", rest.data[0], 4)) return 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (att_str_starts(rest, att_str_of(words[i]))) return strlen(words[i]);
    return 0;
}

/* A number, or some with marks between, as a time of day has them too. Returns the bytes. */
static size_t take_numbers(written *self, att_str text)
{
    int numbers[3] = { 0 };
    unsigned lengths[3] = { 0 }, count = 0;
    size_t at = 0, mark = 0;
    bool time = false, many = false;
    self->just_numbered = false;
    do {
        time |= mark && text.data[at] == ':';
        at += mark;
        int number = 0;
        size_t start = at;
        for (; at < text.length && is_digit(text.data[at]) && at - start < 5; at++) number = number * 10 + text.data[at] - '0';
        many |= count == 3;
        if (count < 3) numbers[count] = number, lengths[count++] = (unsigned)(at - start);
        mark = mark_length(att_str_slice(text, at, text.length));
    } while (mark && at + mark < text.length && is_digit(text.data[at + mark]));
    if (count == 1) take_number(self, numbers[0], lengths[0]);
    else if (count == 3 && !time && !many) take_figures(self, numbers, lengths);
    else self->wrong |= !time && !(count == 2 && lengths[1] == 2 && text.data[lengths[0]] == '.');
    return at;
}

/* Day and year of the month that was named. */
static void take_named(written *self)
{
    bool year_last = self->lengths[1] == 4;
    self->wrong |= self->count != 2 || self->lengths[!year_last] > 2 || self->lengths[year_last] != 4;
    self->year = self->numbers[year_last];
    self->day = self->numbers[!year_last];
}

static void take_text(written *self, att_str text)
{
    for (size_t at = 0, length; at < text.length && !self->wrong; at += length) {
        length = 1;
        if (is_digit(text.data[at])) length = take_numbers(self, att_str_slice(text, at, text.length));
        else if (is_letter(text.data[at])) {
            while (at + length < text.length && is_letter(text.data[at + length])) length++;
            take_word(self, text.data + at, length);
            self->just_numbered = false;
        }
    }
}

att_day att_written_date(att_str text)
{
    att_day out = { "" };
    written met = { 0 };
    if (text.length > LONGEST) return out;
    take_text(&met, text);
    if (met.named) take_named(&met);
    else met.wrong |= !met.figures || met.count;
    if (met.wrong || met.year < FIRST_YEAR || met.year > LAST_YEAR || met.month > 99 || met.day > 99) return out;
    snprintf(out.text, sizeof out.text, "%04u-%02u-%02u", (unsigned)met.year % 10000, (unsigned)met.month % 100,
             (unsigned)met.day % 100);
    if (!att_date_of(att_str_of(out.text)).data) out.text[0] = '\0';
    return out;
}
