/* gunzip.h - unpacks gzip data piece by piece.
 *
 * Shape   one gzip file: one or more members, one after the other. Padding after the last one is skipped.
 * Owner   freed by att_gunzip_free.
 */
#ifndef ATT_GUNZIP_H
#define ATT_GUNZIP_H

#include "base/str.h"

typedef struct att_gunzip_table att_gunzip;

typedef enum {
    ATT_GUNZIP_MORE,    /* needs more packed bytes */
    ATT_GUNZIP_FULL,    /* the output buffer is full */
    ATT_GUNZIP_END,     /* of the file */
    ATT_GUNZIP_DAMAGED, /* damaged, or cut off within a member */
    ATT_GUNZIP_BEHIND   /* after the last member stands something that is neither gzip data nor padding */
} att_gunzip_state;

/* Whether this is the beginning of gzip data; whether it could be, with more bytes. */
bool att_is_gzip(att_str head);
bool att_may_be_gzip(att_str head);

/* NULL when memory runs out. */
att_gunzip *att_gunzip_new(void);
void att_gunzip_free(att_gunzip *self);

/* Starts a new file. */
void att_gunzip_begin(att_gunzip *self);

/* Supplies the next packed bytes, which must live until ATT_GUNZIP_MORE says that all are used. */
void att_gunzip_give(att_gunzip *self, const char *bytes, size_t count);

/* Unpacks as far as input and output buffer allow; *got is how many bytes were written, whatever the state. `last`: no more
 * input will come. */
att_gunzip_state att_gunzip_take(att_gunzip *self, bool last, char *to, size_t size, size_t *got);

#endif
