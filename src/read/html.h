/* html.h - reads a page of HTML: the text that it shows and the facts that it states about itself.
 *
 * Shape   paragraphs, headings, list items and table cells are separated by an empty line; <br> is a line break, <pre> is kept
 * as it is. Menus, footers and the like are left out (html_blocks.h). Offsets refer to the resulting text. Cost    linear in
 * the size of the page, in time and memory; a page that would cost more is refused. Errors  E004 for what is no HTML, is nested
 * too deeply or has too many attributes in a tag or too many different tags, and for all pages when libxml2 was not built in;
 * E003 for more than 512 MiB; E005. A page without any text is a document with remark E019.
 */
#ifndef ATT_HTML_H
#define ATT_HTML_H

#include "model/document.h"

/* Fills text, title, date and lang of `doc` from a page of HTML, which may lie in the document's arena. `charset` is the
 * encoding that the transport names, or a null view. Facts that the page does not state stay as they are. */
void att_html_fill_from(att_document *doc, att_str page, att_str charset);

typedef enum {
    ATT_HTML_NO,
    ATT_HTML_YES,
    ATT_HTML_OPEN /* more bytes could make it either */
} att_html_guess;

/* Whether the bytes begin like a page: a document type, <html>, <head> or <body> after blanks, comments and an XML
 * declaration; in UTF-16, or in UTF-8 or another encoding that contains ASCII. */
att_html_guess att_html_opening(att_str head);

#endif
