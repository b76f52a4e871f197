/* archive.h - what is packed in a file: the members of an archive, or the one text of a file that is only compressed. The one
 * room that includes libarchive.
 *
 * Shape   members come in the archive's order, which is that of their places in it; one is open at a time. Folders,
 *         links, devices and hidden members are passed over. A name is a row of bytes, whatever it says; "./" at its
 *         front is cut off.
 * Units   bytes of the member as it was before it was packed.
 * Owner   att_archive_close; the input that it reads from is the caller's and must outlive it. Nothing here touches an
 *         arena. Memory does not grow with what is packed, but for a list of members where the format has one (zip, 7z).
 * Errors  att_archive_reason says what is wrong, with the library's words. What can't be read on ends the archive; of a
 *         member that is damaged alone, the next one follows.
 */
#ifndef ATT_ARCHIVE_H
#define ATT_ARCHIVE_H

#include "read/input.h"
#include "read/packed.h"

typedef struct att_archive_table att_archive;

typedef struct {
    att_str name; /* with a NUL behind; the null view of a file that is only compressed. Lives until the next member */
    bool sized;
    uint64_t size; /* if `sized` */
} att_member;

typedef enum { ATT_MEMBER, ATT_MEMBER_END, ATT_MEMBER_ERROR } att_member_result;

/* Whether the library is built in. */
bool att_archive_built_in(void);

/* Starts on what `file` has not yet given. NULL when memory runs out or nothing is built in. */
att_archive *att_archive_open(att_packing packing, att_input *file);
void att_archive_close(att_archive *self);

/* The next member. ATT_MEMBER_ERROR is told once: of an archive that can't be read, or read on, and of one without members. */
att_member_result att_archive_next(att_archive *self, att_member *member);

/* An att_input_source of the open member. */
att_more att_archive_read(void *self, char *to, size_t size, size_t *got);

/* What the last error was. Lives as long as the archive, until the next call. */
const char *att_archive_reason(const att_archive *self);

#endif
