/* slips.h - lines of rules that can be read and do nothing, or far more than they were meant to: a topic without triggers
 * (S011), a country without a code (S006), a trigger in the shadow of another (C10), a name that is a common word (C17).
 *
 * All are warnings. They are told of files that were named: of shipped rules only where no others were.
 */
#ifndef ATT_SLIPS_H
#define ATT_SLIPS_H

#include "engine/engine.h"

/* Adds them to the engine's findings. `added`: only packs added to the shipped rules were named. Runs under the engine's guard.
 */
void att_slips_find(att_engine *engine, bool added);

/* Whether the source is one of the files that were named. */
bool att_is_named_source(const att_engine *engine, bool added, const att_source *source);

#endif
