/* html_facts.h - what a page states about itself in its tags: title, name of the site, date and language.
 *
 * Several places can state the same thing; each has a rank, and the value of the lowest rank counts.
 * Owner   the arena, where values are copied to.
 */
#ifndef ATT_HTML_FACTS_H
#define ATT_HTML_FACTS_H

#include "model/document.h"

typedef struct {
    att_str value; /* a null view when nothing was stated */
    unsigned rank; /* of the place that stated it */
} att_html_fact;

typedef struct {
    att_arena *arena;
    att_html_fact named, site; /* the page's title, the site's name */
    att_html_fact date;
    att_html_fact no_date; /* something in the place of a date that is none */
    att_html_fact lang;
} att_html_facts;

/* Places that can state the date, the most reliable one first: their ranks. */
typedef enum {
    ATT_HTML_FROM_META,
    ATT_HTML_FROM_ITEM, /* itemprop="datePublished" */
    ATT_HTML_FROM_DATA, /* an article in JSON-LD */
    ATT_HTML_FROM_OTHER_DATA,
    ATT_HTML_FROM_DUBLIN_CORE,
    ATT_HTML_FROM_OTHERS,
    ATT_HTML_FROM_TIME_MARKED, /* <time pubdate> */
    ATT_HTML_FROM_TIME
} att_html_date_source;

/* Notes a date, written as 2024-03-12, as 20240312 or as people write it. What is no date is remembered too, so that it can be
 * reported when no place has a date. */
void att_html_facts_date(att_html_facts *self, att_html_date_source rank, att_str value);

/* Notes what <meta name="..." content="..."> says; names that mean none of these facts are ignored. */
void att_html_facts_meta(att_html_facts *self, const char *name, att_str content);

/* Notes the dates that a text of JSON-LD gives (html_data.h). */
void att_html_facts_data(att_html_facts *self, att_str data);

/* Notes the language of the root element. */
void att_html_facts_lang(att_html_facts *self, att_str value);

/* Gives the document its facts. `title` is the page's <title>, `headline` its first-level heading or a null view, `day` the
 * date that its text shows, or empty. */
void att_html_facts_give(const att_html_facts *self, att_document *doc, att_str title, att_str headline, att_str day);

#endif
