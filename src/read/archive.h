/* archive.h - opens packed files: the members of an archive, or the single text of a compressed file. The only file that
 * includes libarchive.
 *
 * Shape   members come in the archive's own order, one open at a time. Folders, links, devices and hidden members are skipped.
 *         A member's name may be any bytes; a leading "./" is cut off.
 * Units   bytes of the unpacked member.
 * Owner   att_archive_close frees it. The input that it reads from belongs to the caller and must outlive it. Uses no arena.
 *         Memory does not grow with the size of the content, except for a list of members in formats that have one (zip, 7z).
 * Errors  att_archive_reason says what is wrong, in libarchive's words. A damaged archive ends there; after a member that alone
 * is damaged, the next one follows.
 */
#ifndef ATT_ARCHIVE_H
#define ATT_ARCHIVE_H

#include "read/input.h"
#include "read/packed.h"

typedef struct att_archive_table att_archive;

typedef struct {
    att_str name; /* NUL-terminated; a null view for a file that is only compressed. Valid until the next member */
    bool sized;
    uint64_t size; /* valid if `sized` */
} att_member;

typedef enum { ATT_MEMBER, ATT_MEMBER_END, ATT_MEMBER_ERROR } att_member_result;

/* Whether the library is built in. */
bool att_archive_built_in(void);

/* Opens the unread rest of `file`. NULL when memory runs out or libarchive is not built in. */
att_archive *att_archive_open(att_packing packing, att_input *file);
void att_archive_close(att_archive *self);

/* Goes to the next member. ATT_MEMBER_ERROR is returned once, for an archive that can't be read (on) or has no members. */
att_member_result att_archive_next(att_archive *self, att_member *member);

/* An att_input_source that reads the open member. */
att_more att_archive_read(void *self, char *to, size_t size, size_t *got);

/* What the last error was. Valid until the next call on this archive. */
const char *att_archive_reason(const att_archive *self);

#endif
