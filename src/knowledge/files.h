/* files.h - finds rule files: those inside the program, in folders, or single ones.
 *
 * A folder may hold packs (folders with *.rules), packs of one file (*.rules with a `pack` block) and pipeline.rules. A folder
 * with pack.rules is itself a pack.
 */
#ifndef ATT_FILES_H
#define ATT_FILES_H

#include "base/diag.h"

typedef enum { ATT_FILE_RULES, ATT_FILE_LIST, ATT_FILE_DATA } att_file_kind;

typedef struct {
    att_source *source; /* path as shown to people */
    att_str pack;       /* folder or file name; empty for files beside the packs */
    att_str name;       /* path below the pack: "lists/given-names.txt" */
    att_file_kind kind;
    bool overlay;    /* came by --with */
    bool lent;       /* a shipped file, used because the folder of rules has no such file or pack */
    uint16_t unused; /* fills what would be padding: compiled rules must not contain uninitialised bytes */
} att_rule_file;

typedef struct {
    att_rule_file *items;
    uint32_t count, capacity;
} att_rule_files;

#define ATT_SHIPPED_FOLDER "rules/" /* what paths of shipped files begin with, as shown */

/* Gives the shipped file `index`, without memory no bytes; false past the end. */
typedef bool att_shipped_files(size_t index, const char **path, const char **bytes, size_t *size);

/* Adds the shipped files whose pack is `pack`, or all when `pack` is NULL ("" for the files beside the packs). */
void att_files_add_shipped(att_rule_files *self, att_arena *arena, att_shipped_files *shipped, const char *pack);

/* Adds all files below a folder, or a single file, in byte order of their paths; a path already added is skipped. Finding
 * S020 when something can't be read. */
void att_files_add(att_rule_files *self, att_arena *arena, att_diags *diags, const char *path, bool overlay);

#endif
