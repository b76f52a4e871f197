#include "knowledge/dates.h"

#include "base/calendar.h"

enum { YEAR = 4, MONTH = 7, DAY = 10 }; /* lengths */

static int number(att_str text, size_t from, size_t to)
{
    int value = 0;
    for (size_t i = from; i < to; i++) value = value * 10 + text.data[i] - '0';
    return value;
}

/* Whether the text is a day, month or year of the calendar. */
static bool is_date(att_str text)
{
    if (text.length != YEAR && text.length != MONTH && text.length != DAY) return false;
    for (size_t i = 0; i < text.length; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (i == YEAR || i == MONTH ? text.data[i] != '-' : !digit) return false;
    }
    int month = text.length > YEAR ? number(text, YEAR + 1, MONTH) : 1;
    if (month < 1 || month > 12) return false;
    int day = text.length > MONTH ? number(text, MONTH + 1, DAY) : 1;
    return day >= 1 && day <= att_days_of_month(number(text, 0, YEAR), month);
}

int att_dates_compare(att_str a, att_str b)
{
    size_t length = a.length < b.length ? a.length : b.length;
    return att_str_compare(att_str_slice(a, 0, length), att_str_slice(b, 0, length));
}

bool att_terms_overlap(att_term a, att_term b)
{
    bool a_first = a.to.data && b.from.data && att_dates_compare(a.to, b.from) <= 0;
    bool b_first = b.to.data && a.from.data && att_dates_compare(b.to, a.from) <= 0;
    return !a_first && !b_first;
}

/* S012 where the part of `text`, which stands at `place`, is neither empty nor a date. */
static bool check_date(att_diags *diags, att_str text, att_place place, att_str part)
{
    if (!part.length || is_date(part)) return true;
    place.start += (uint32_t)(part.data - text.data);
    place.end = place.start + (uint32_t)part.length;
    att_report(diags, ATT_ERROR, "S012", place,
               "no date of the calendar; a day is written 2021-01-20, a month 2021-01, a year 2021");
    return false;
}

bool att_term_read(att_diags *diags, att_str text, att_place place, att_term *term)
{
    bool bracketed = text.length >= 2 && text.data[0] == '(' && text.data[text.length - 1] == ')';
    att_str inner = bracketed ? att_str_slice(text, 1, text.length - 1) : text;
    const char *dots = bracketed ? memmem(inner.data, inner.length, "..", 2) : NULL;
    size_t cut = dots ? (size_t)(dots - inner.data) : 0;
    if (!dots) {
        att_report(diags, ATT_ERROR, "S012", place, "dates are written (2021-01-20..2025) with either side open");
        return false;
    }
    att_str from = att_str_trim(att_str_slice(inner, 0, cut));
    att_str to = att_str_trim(att_str_slice(inner, cut + 2, inner.length));
    if (!check_date(diags, text, place, from) || !check_date(diags, text, place, to)) return false;
    if (from.length && to.length && att_dates_compare(from, to) > 0) {
        att_report(diags, ATT_ERROR, "C12", place, "the term ends before it begins");
        return false;
    }
    *term = (att_term){ from.length ? from : (att_str){ 0 }, to.length ? to : (att_str){ 0 } };
    return true;
}
