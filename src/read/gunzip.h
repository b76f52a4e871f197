/* gunzip.h - gzip data, piece by piece, to the bytes that were packed.
 *
 * Shape   one gzip file: a member or several, one behind the other. Padding behind the last one is passed over.
 * Owner   att_gunzip_free.
 */
#ifndef ATT_GUNZIP_H
#define ATT_GUNZIP_H

#include "base/str.h"

typedef struct att_gunzip_table att_gunzip;

typedef enum {
    ATT_GUNZIP_MORE,    /* packed bytes are wanted */
    ATT_GUNZIP_FULL,    /* the room is */
    ATT_GUNZIP_END,     /* of the file */
    ATT_GUNZIP_DAMAGED, /* or the file ends within a member */
    ATT_GUNZIP_BEHIND   /* behind the last member stands something that is neither gzip data nor padding */
} att_gunzip_state;

/* Whether gzip data begin so; whether they may, when more bytes come. */
bool att_is_gzip(att_str head);
bool att_may_be_gzip(att_str head);

/* NULL when memory runs out. */
att_gunzip *att_gunzip_new(void);
void att_gunzip_free(att_gunzip *self);

/* Starts a new file. */
void att_gunzip_begin(att_gunzip *self);

/* Packed bytes that come next; they must live until all are used, which ATT_GUNZIP_MORE says. */
void att_gunzip_give(att_gunzip *self, const char *bytes, size_t count);

/* Unpacks as far as what was given and the room allow; *got is how many bytes came out, in each state. `last`: nothing more
 * will be given. */
att_gunzip_state att_gunzip_take(att_gunzip *self, bool last, char *to, size_t size, size_t *got);

#endif
