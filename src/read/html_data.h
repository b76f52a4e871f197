/* html_data.h - the dates that a script of JSON-LD gives.
 *
 * A page describes itself and what is about it in one script: its site, pictures, films. The date of an article counts,
 * wherever it stands; else that of a page or of what describes nothing within something else.
 */
#ifndef ATT_HTML_DATA_H
#define ATT_HTML_DATA_H

#include "base/str.h"

typedef struct {
    att_str article, other; /* the first "datePublished" of each kind, as written; null views for none */
} att_html_data_days;

/* Broken JSON is read as far as it makes sense. */
att_html_data_days att_html_data_read(att_str data);

#endif
