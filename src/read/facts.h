/* facts.h - what a document says about itself, checked before it is believed.
 *
 * Units   `start` is the byte of the text where the value stands, for remarks; ATT_NONE when it is not in the text.
 * Owner   copies go to the document's arena, with a NUL behind; ill-formed UTF-8 in them becomes U+FFFD.
 * Errors  none: an empty value counts as none, one that is not understood leaves a remark.
 */
#ifndef ATT_FACTS_H
#define ATT_FACTS_H

#include "model/document.h"

/* Each gives the document a fact, if the value can be one; the code of the remark that a bad value leaves stands behind. */
void att_fact_id(att_document *doc, att_str value, uint32_t start);
void att_fact_title(att_document *doc, att_str value, uint32_t start);
void att_fact_date(att_document *doc, att_str value, uint32_t start);   /* E014 */
void att_fact_origin(att_document *doc, att_str value, uint32_t start); /* E015 */
void att_fact_lang(att_document *doc, att_str value, uint32_t start);

/* YYYY, YYYY-MM or YYYY-MM-DD at the head of `value`, a view into it; a time of day behind the day is cut off.
 * The null view when it is no such date, or a day that no calendar has. */
att_str att_date_of(att_str value);

/* Three letters of ASCII; a country's code in either case. */
bool att_is_code(att_str value);
bool att_is_origin(att_str value);

/* A copy in capitals. */
att_str att_origin_copy(att_arena *arena, att_str value);

#endif
