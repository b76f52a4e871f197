/* dates.h - dates of rules: "2021", "2021-01", "2021-01-20", and terms "(2021-01-20..2025)" with either side open. */
#ifndef ATT_DATES_H
#define ATT_DATES_H

#include "base/diag.h"

typedef struct {
    att_str from, to; /* null when open */
} att_term;

/* Compares two dates to the precision of the shorter one: "2024" equals "2024-05-01". */
int att_dates_compare(att_str a, att_str b);

/* Whether two terms overlap by more than the day, month or year in which one ends and the other begins. */
bool att_terms_overlap(att_term a, att_term b);

/* Reads a term in round brackets, which stands at `place`. False, with finding S012 or C12, when it is malformed. */
bool att_term_read(att_diags *diags, att_str text, att_place place, att_term *term);

#endif
