/* dates.h - dates of rules: "2021", "2021-01", "2021-01-20", and terms "(2021-01-20..2025)" with either side open.
 *
 * Shape   a date is a number, YYYYMMDD, with 0 for a month or day that it leaves out. So an earlier one is less, and a year is
 *         less than its months.
 */
#ifndef ATT_DATES_H
#define ATT_DATES_H

#include "base/diag.h"

typedef uint32_t att_date;

typedef struct {
    att_date from, to; /* 0 when open */
} att_term;

/* The number of a date, of a rule or a document; 0 for an empty text. */
att_date att_date_read(att_str text);

/* The date as rules write it; null for 0. */
att_str att_date_show(att_arena *arena, att_date date);

/* Compares two dates to the precision of the shorter one: "2024" equals "2024-05-01". */
int att_dates_compare(att_date a, att_date b);

/* Whether two terms overlap by more than the day, month or year in which one ends and the other begins. */
bool att_terms_overlap(att_term a, att_term b);

/* Reads a term in round brackets, which stands at `place`. False, with finding S012 or C12, when it is malformed. */
bool att_term_read(att_diags *diags, att_str text, att_place place, att_term *term);

#endif
