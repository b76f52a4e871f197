/* calendar.h - the length of months.
 */
#ifndef ATT_CALENDAR_H
#define ATT_CALENDAR_H

/* The days of a month, 1 to 12, in the Gregorian calendar. */
int att_days_of_month(int year, int month);

#endif
