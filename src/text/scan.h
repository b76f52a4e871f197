/* scan.h - splits bytes into paragraphs.
 *
 * Writes doc->paragraphs: front matter becomes one of kind metadata, all others are body until att_split decides otherwise.
 * Reports ill-formed UTF-8 as remark E012.
 */
#ifndef ATT_SCAN_H
#define ATT_SCAN_H

#include "model/document.h"

/* Finds the paragraphs and the front matter of the text, and whether it is well-formed UTF-8. */
void att_scan(att_document *doc);

#endif
