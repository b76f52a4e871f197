/* speakers.h - finds the officials in a title that is given apart from the text: "Remarks by President Roe".
 *
 * Writes doc->headline->officials: the country of each, and the place in the title. They are not records of the document.
 * Owner   the document's arena; countries are those of the document's records and of offices.
 */
#ifndef ATT_SPEAKERS_H
#define ATT_SPEAKERS_H

#include "knowledge/knowledge.h"

/* Call it when the officials of the text are known: who has a record there is recognised by the last word of the name,
 * others by their offices. */
void att_find_speakers(const att_knowledge *knowledge, att_document *doc);

#endif
