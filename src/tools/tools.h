/* tools.h - what works on the rules themselves. */
#ifndef ATT_TOOLS_H
#define ATT_TOOLS_H

#include "attache.h"

/* Checks all rules without tagging; every finding goes to `sink`. ATT_OK, or ATT_RULES when there are errors (or, if
 * strict, warnings). The counts may be NULL. */
att_status att_lint(const att_engine_options *options, bool strict, att_sink sink, void *user, size_t *errors, size_t *warnings,
                    size_t *files);

typedef struct {
    bool placed;
    uint64_t start, end; /* code points, when `placed` */
    const char *rule;    /* "pack/name" or "name": why it made nothing there; or NULL */
    const char *format;  /* a name of att_explain_format, or NULL for "text" */
} att_explain_options;

/* Annotates a document that was just read and says, for each annotation or those at the place, which line made it, what it
 * rests on and what lost to it. `*bytes` dies with the document. ATT_OPTION: there is no such rule, `*bytes` says so. */
att_status att_explain(const att_engine *engine, att_doc *doc, const att_explain_options *options, const char **bytes,
                       size_t *size);

/* Formats in order of the table; NULL past the end. */
const char *att_explain_format(size_t index);

#endif
