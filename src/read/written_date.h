/* written_date.h - a day as pages show it: "Thursday, 5 March 2026, 10:30", "Mar. 5, 2026", "25.03.2026".
 *
 * Owner   the caller's room.
 */
#ifndef ATT_WRITTEN_DATE_H
#define ATT_WRITTEN_DATE_H

#include "base/str.h"

typedef struct {
    char text[sizeof "2026-03-05"]; /* empty for none */
} att_day;

/* The day that the text states: perhaps after words such as "Published on", perhaps with a weekday and a time; months in
 * English, or digits that can be read in one way only. Empty when the text says more than that (such as two days) or the
 * calendar has no such day. */
att_day att_written_date(att_str text);

#endif
