/* walk.h - the files below a folder, in byte order of their whole paths.
 *
 * Shape   a stack of listed folders, the innermost first. A folder sorts as its name with '/' behind, which makes
 *         the walk's order that of the whole paths. Hidden names are passed over.
 * Owner   each listed folder has memory of its own, given back when it is done; no folder stays open.
 * Errors  an errno; ENOMEM when memory ran out. What can't be looked at is listed as a file, so that
 *         opening it says why.
 */
#ifndef ATT_WALK_H
#define ATT_WALK_H

#include "base/str.h"

typedef struct att_folder att_folder;

typedef struct {
    att_folder *innermost;
    att_guard *guard; /* for the folders' memory; not armed between calls */
    bool at_file;     /* the last path was a file and no link when its folder was listed */
} att_walk;

/* Lists the folder and goes into it; 0 or an errno. A folder that is being walked already, reached again by a
 * link, is passed over: 0, and nothing is entered. */
int att_walk_enter(att_walk *self, const char *path);

/* The next path, with '/' behind it when it is a folder; NULL when the walk is over. The path lives until the
 * next call. */
const char *att_walk_next(att_walk *self);

/* Ends the walk early. */
void att_walk_clear(att_walk *self);

#endif
