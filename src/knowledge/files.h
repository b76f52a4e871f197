/* files.h - where rules come from: the files inside the program, folders, single files.
 *
 * A folder may hold packs (folders with *.rules), packs of one file (*.rules with a `pack` block) and pipeline.rules;
 * a folder with pack.rules is a pack itself.
 */
#ifndef ATT_FILES_H
#define ATT_FILES_H

#include "base/diag.h"

typedef enum { ATT_FILE_RULES, ATT_FILE_LIST, ATT_FILE_DATA } att_file_kind;

typedef struct {
    att_source *source; /* path as shown to people */
    att_str pack;       /* folder or file name; empty for files beside the packs */
    att_str name;       /* below the pack: "lists/given-names.txt" */
    att_file_kind kind;
    bool overlay;    /* came by --with */
    bool lent;       /* shipped, in the place of what a folder of rules has none of */
    uint16_t unused; /* no room is left between fields: compiled rules would keep what chance left there */
} att_rule_file;

typedef struct {
    att_rule_file *items;
    uint32_t count, capacity;
} att_rule_files;

#define ATT_SHIPPED_FOLDER "rules/" /* what paths of shipped files begin with, as shown */

/* Gives the shipped file `index`; false past the end. */
typedef bool att_shipped_files(size_t index, const char **path, const char **bytes, size_t *size);

/* Adds the shipped files whose pack is `pack`, or all when `pack` is NULL ("" for the files beside the packs). */
void att_files_add_shipped(att_rule_files *self, att_arena *arena, att_shipped_files *shipped, const char *pack);

/* Adds what is below a folder, or one file, in byte order of paths; a path that is there already is passed over. Findings S020
 * when it can't be read. */
void att_files_add(att_rule_files *self, att_arena *arena, att_diags *diags, const char *path, bool overlay);

#endif
