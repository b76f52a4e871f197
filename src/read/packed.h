/* packed.h - recognises by its first bytes what cannot be read as text: packed files, archives and other formats.
 *
 * Shape   each kind is a line of the table in packed.c, which also says how to make text of it.
 */
#ifndef ATT_PACKED_H
#define ATT_PACKED_H

#include "base/str.h"

/* Archives and compressed files that archive.c may be able to open. */
typedef enum {
    ATT_PACKING_NONE,
    ATT_PACKING_ZSTD,
    ATT_PACKING_XZ,
    ATT_PACKING_BZIP2,
    ATT_PACKING_LZ4,
    ATT_PACKING_LZIP,
    ATT_PACKING_TAR, /* from here on archives, before only compressed files */
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

/* The kind of file that begins with `head`, or NULL when it may be text. `path` helps to tell office documents from zip
 * archives. */
const att_packed *att_packed_find(att_str head, att_str path);

/* Whether it could be of such a kind once more bytes are there. */
bool att_may_be_packed(att_str head);

/* Whether it has as many control characters as no text has, more than one in 20 bytes, or NULs beside bytes that no character
 * of UTF-8 has. */
bool att_is_binary(att_str head);

/* The path without the ".gz", ".zst" and the like of files that are unpacked as they are read. */
att_str att_path_unpacked(att_str path);

#endif
