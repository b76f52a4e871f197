/* packed.h - what is not read as it stands, by its first bytes: packed files, archives, and what is no text.
 *
 * Shape   a kind is a line of the table in packed.c: what it is, and what else would make text of it.
 */
#ifndef ATT_PACKED_H
#define ATT_PACKED_H

#include "base/str.h"

/* Archives, and ways to pack a file, that archive.c may open. */
typedef enum {
    ATT_PACKING_NONE,
    ATT_PACKING_ZSTD,
    ATT_PACKING_XZ,
    ATT_PACKING_BZIP2,
    ATT_PACKING_LZ4,
    ATT_PACKING_LZIP,
    ATT_PACKING_TAR, /* from here on archives */
    ATT_PACKING_ZIP,
    ATT_PACKING_7ZIP,
    ATT_PACKING_CPIO,
    ATT_PACKING_RAR,
    ATT_PACKING_RAR5,
    ATT_PACKING_CAB
} att_packing;

typedef struct {
    const char *what; /* "a tar archive" */
    const char *why;  /* ", which is no text", or "" */
    const char *verb; /* "unpack it", "make it UTF-8"; NULL where nothing makes it text */
    const char *how;  /* a command that does */
    att_packing packing;
} att_packed;

/* What begins so, or NULL when that may be text. `path` helps to tell office documents from zip archives. */
const att_packed *att_packed_find(att_str head, att_str path);

/* Whether more bytes could make it one. */
bool att_may_be_packed(att_str head);

/* The path without the ".gz", ".zst" and the like of a file that is unpacked as it is read. */
att_str att_path_unpacked(att_str path);

#endif
