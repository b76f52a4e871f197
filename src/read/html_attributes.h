/* html_attributes.h - the attributes of an element, and what they say about it: hidden, beside the text, or showing a date.
 *
 * Owner   the parser: values are valid during its event.
 */
#ifndef ATT_HTML_ATTRIBUTES_H
#define ATT_HTML_ATTRIBUTES_H

#include "read/html_dates.h"

/* Values of the attributes; NULL for missing ones. */
typedef struct {
    const char *role, *class, *id, *style, *itemprop, *href, *name, *property, *http_equiv, *content, *datetime, *lang, *type;
    const char *pubdate, *hidden, *aria_hidden;
    att_day_name day; /* by class, id and itemprop */
} att_html_attributes;

/* Reads an array of alternating names and values that ends with NULL; `given` may be NULL. */
att_html_attributes att_html_attributes_read(const unsigned char **given);

/* Whether `words`, separated by blanks, contains `word` in upper or lower case. */
bool att_html_has_word(const char *words, const char *word);

/* Whether a browser would not show the element. */
bool att_html_is_hidden(const att_html_attributes *given);

/* Whether the element stands beside the text (a menu, a footer): by its role; by its class or id, which is a guess. */
bool att_html_is_beside_by_role(const att_html_attributes *given);
bool att_html_is_beside_by_name(const att_html_attributes *given);

/* Whether it holds comments of readers, which are never the text, however long. */
bool att_html_is_by_readers(const att_html_attributes *given);

#endif
