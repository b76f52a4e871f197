/* only_state.h - the only state that a sentence names, for the weakest joins.
 *
 * Owner   the scene: the answer for the sentence asked about last is kept there.
 */
#ifndef ATT_ONLY_STATE_H
#define ATT_ONLY_STATE_H

#include "cascade/scene.h"

/* The code of the only state that the sentence of `token` names, by its name or its people; a null view where it names none or
 * several. The state in which the document is at home does not count, unless the document's title is about it. Nor does a name
 * that only says where a place is, or is a part of an organisation's. Where the sentence lists things and the state belongs to
 * another of them than `token` does, there is none: "ending the war in Peru, and fighting climate change". */
att_str att_only_state(att_scene *scene, uint32_t token);

#endif
