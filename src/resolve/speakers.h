/* speakers.h - the officials that a title names which is not in the text: "Remarks by President Roe".
 *
 * Writes doc->headline->officials: of each its country and where it stands there. They are no records of the document.
 * Owner   the document's arena; countries are those of the document's records and of offices.
 */
#ifndef ATT_SPEAKERS_H
#define ATT_SPEAKERS_H

#include "knowledge/knowledge.h"

/* Once the records of the text are made: who has one is known by the last word of the name, others by their offices. */
void att_find_speakers(const att_knowledge *knowledge, att_document *doc);

#endif
