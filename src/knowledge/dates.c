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
    if (!number(text, 0, YEAR)) return false;
    int month = text.length > YEAR ? number(text, YEAR + 1, MONTH) : 1;
    if (month < 1 || month > 12) return false;
    int day = text.length > MONTH ? number(text, MONTH + 1, DAY) : 1;
    return day >= 1 && day <= att_days_of_month(number(text, 0, YEAR), month);
}

att_date att_date_read(att_str text)
{
    if (!text.length) return 0;
    int month = text.length > YEAR ? number(text, YEAR + 1, MONTH) : 0;
    int day = text.length > MONTH ? number(text, MONTH + 1, DAY) : 0;
    return (att_date)(number(text, 0, YEAR) * 10000 + month * 100 + day);
}

att_str att_date_show(att_arena *arena, att_date date)
{
    const uint32_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    if (!date) return (att_str){ 0 };
    if (!month) return att_str_format(arena, "%04u", year);
    return day ? att_str_format(arena, "%04u-%02u-%02u", year, month, day) : att_str_format(arena, "%04u-%02u", year, month);
}

/* What a number has to be divided by so that only what the date tells is left. */
static uint32_t precision_of(att_date date)
{
    if (date % 100) return 1;
    return date / 100 % 100 ? 100 : 10000;
}

int att_dates_compare(att_date a, att_date b)
{
    uint32_t x = precision_of(a), y = precision_of(b), both = x > y ? x : y;
    return (a / both > b / both) - (a / both < b / both);
}

bool att_terms_overlap(att_term a, att_term b)
{
    bool a_first = a.to && b.from && att_dates_compare(a.to, b.from) <= 0;
    bool b_first = b.to && a.from && att_dates_compare(b.to, a.from) <= 0;
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
    const att_term read = { att_date_read(from), att_date_read(to) };
    if (read.from && read.to && att_dates_compare(read.from, read.to) > 0) {
        att_report(diags, ATT_ERROR, "C12", place, "the term ends before it begins");
        return false;
    }
    *term = read;
    return true;
}
