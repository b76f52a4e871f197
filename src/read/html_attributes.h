/* html_attributes.h - the attributes of an element, and what they say of it: hidden, beside the text, there to show a date.
 *
 * Owner   the parser: values live as long as its event.
 */
#ifndef ATT_HTML_ATTRIBUTES_H
#define ATT_HTML_ATTRIBUTES_H

#include "read/html_dates.h"

/* Values, NULL for those that are not there. */
typedef struct {
    const char *role, *class, *id, *style, *itemprop, *href, *name, *property, *http_equiv, *content, *datetime, *lang, *type;
    const char *pubdate, *hidden, *aria_hidden;
    att_day_name day; /* by class, id and itemprop */
} att_html_attributes;

/* Of names and values in turn with NULL behind; NULL for none. */
att_html_attributes att_html_attributes_read(const unsigned char **given);

/* Whether `words`, with blanks between, has `word` in any case. */
bool att_html_has_word(const char *words, const char *word);

bool att_html_is_hidden(const att_html_attributes *given);

/* What stands beside the text, by its role and by its class or id, which is a guess. */
bool att_html_is_beside_by_role(const att_html_attributes *given);
bool att_html_is_beside_by_name(const att_html_attributes *given);

/* What readers say is never the text, however much it is. */
bool att_html_is_by_readers(const att_html_attributes *given);

#endif
