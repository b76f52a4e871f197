/* html_dates.h - the day that a page shows where nothing in it is said for programs.
 *
 * Shape   an element whose class, id or itemprop is called for a date ("entry-date", "article__published"), or a <time>,
 *         is opened and closed here with its text between; that of <time> may be said by its datetime alone; short blocks
 *         are offered too. What is one day is kept with the block that it stands in.
 * Choice  days of such elements go before lines such as "Published: 5 March 2026", these before a line that is a day and
 *         nothing else. If they differ, the first one close behind the headline is meant, else the last one close before it;
 *         where the page lists many, closer ones alone count, and without a headline none does.
 */
#ifndef ATT_HTML_DATES_H
#define ATT_HTML_DATES_H

#include "base/str.h"
#include "read/written_date.h"

enum { ATT_DATES_OPEN = 8, ATT_DATES_KEPT = 32 };

typedef enum { ATT_DAY_NAMED, ATT_DAY_TOLD, ATT_DAY_ALONE, ATT_DAY_KINDS } att_day_kind;

typedef struct {
    att_buf text; /* of the elements that are open */
    struct {
        unsigned depth; /* of the element */
        size_t start;   /* byte of `text` */
        att_day told;   /* what its datetime says, for a text that is no whole date */
    } open[ATT_DATES_OPEN];
    unsigned open_count;
    struct {
        att_day day;
        att_day_kind kind;
        uint32_t block;
    } kept[ATT_DATES_KEPT];
    unsigned kept_count;
    uint32_t headline; /* block of the first-level heading, plus one; 0 for none */
} att_html_dates;

/* What names in a class, id or itemprop (NULL for none) call an element for: the page's date, another one such as that of a
 * change. */
typedef enum { ATT_DAY_NAME_NONE, ATT_DAY_NAME_DATE, ATT_DAY_NAME_OTHER } att_day_name;
att_day_name att_html_day_name(const char *names);

/* An element begins at depth `depth`; further ones inside of it count too. `datetime`: its attribute, or NULL. */
void att_html_dates_begin(att_html_dates *self, unsigned depth, const char *datetime);

/* Text of the page; kept where such an element is open. */
void att_html_dates_add(att_html_dates *self, att_str text);

/* The element at `depth` ends, in block `block`. */
void att_html_dates_end(att_html_dates *self, unsigned depth, uint32_t block);

/* A whole block of text. */
void att_html_dates_offer(att_html_dates *self, att_str text, uint32_t block);

/* The day, or an empty one. */
att_day att_html_dates_choose(const att_html_dates *self);

#endif
