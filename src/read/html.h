/* html.h - a page of HTML as a document: the text that it shows, and what it says about itself.
 *
 * Shape   paragraphs, headings, items of lists and cells of tables are separated by an empty line; <br> is a line break, <pre>
 *         is kept. Menus, footers and the like are left out (html_blocks.h). Offsets refer to that text.
 * Cost    linear in the bytes of the page, in time and memory; a page that would cost more is refused.
 * Errors  E004 for what is no HTML, is nested too deep or has too many attributes in a tag or names of tags, and for all
 *         pages where libxml2 was not built in; E003 for more than 512 MiB; E005. A page that shows no text at all is a
 *         document with a remark, E019.
 */
#ifndef ATT_HTML_H
#define ATT_HTML_H

#include "model/document.h"

/* Fills text, title, date and lang of `doc` from a page of HTML; the view may be of the document's arena. `charset` is what the
 * transport says the bytes are in, or the null view. Facts that the page does not give stay as they are. */
void att_html_fill_from(att_document *doc, att_str page, att_str charset);

typedef enum {
    ATT_HTML_NO,
    ATT_HTML_YES,
    ATT_HTML_OPEN /* more bytes could make it either */
} att_html_guess;

/* Whether bytes begin as a page does: a document type, <html>, <head> or <body> behind blanks, comments and an XML declaration;
 * in UTF-8, what has ASCII in it, or UTF-16. */
att_html_guess att_html_opening(att_str head);

#endif
