/* scan.h - bytes to paragraphs.
 *
 * Writes doc->paragraphs: front matter is one of kind metadata, all others are body until att_split
 * knows better. Notes ill-formed UTF-8 as a remark E012.
 */
#ifndef ATT_SCAN_H
#define ATT_SCAN_H

#include "model/document.h"

void att_scan(att_document *doc);

#endif
