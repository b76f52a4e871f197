/* tools.h - what works on the rules themselves. */
#ifndef ATT_TOOLS_H
#define ATT_TOOLS_H

#include "attache.h"

/* Checks all rules without tagging; every finding goes to `sink`. ATT_OK, or ATT_RULES when there are errors (or, if
 * strict, warnings). The counts may be NULL. */
att_status att_lint(const att_engine_options *options, bool strict, att_sink sink, void *user, size_t *errors, size_t *warnings,
                    size_t *files);

#endif
