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

/* The day that the text is, with words such as "Published on" before it, a weekday and a time of day or without; months in
 * English, or in figures that can be read in one way. None where the text says more, two days among it, or no calendar has the
 * day. */
att_day att_written_date(att_str text);

#endif
