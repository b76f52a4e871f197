/* image.h - compiled rules: an engine as it lies in memory, in a file that is mapped and ready.
 *
 * Shape   a header, the bytes of the engine, then, packed by zlib, a bit for each eight of them, set for addresses, and the
 *         text of the rule files. Addresses are right when the file lies at `base`; where that place is taken they are set
 *         right once, in pages of our own.
 * Owner   att_image_close. Until then the file may be replaced by another of its name, but not written into.
 * Errors  a file that is not ours, damaged, or made by another build is refused with what is wrong, in words.
 *
 * The checksum tells damage, not malice: compiled rules are to be trusted as the program is.
 */
#ifndef ATT_IMAGE_H
#define ATT_IMAGE_H

#include "engine/engine.h"

enum { ATT_IMAGE_VERSION = 4, ATT_IMAGE_PAGE = 4096 };
#define ATT_IMAGE_MAGIC "attache\xff"
#define ATT_IMAGE_BYTE_ORDER 0x01020304u

typedef struct {
    char magic[8];
    uint32_t byte_order, version;
    char build[64];           /* of the program that made it: layouts in memory are its own */
    uint64_t size;            /* of the whole file */
    uint64_t checksum;        /* of the numbers below and of the engine's bytes */
    uint64_t base;            /* the address that the header wants to have */
    uint64_t engine;          /* where the engine is, in bytes from the header, as the next */
    uint64_t fixups;          /* where the engine ends and the bits of its eight-byte words begin; 1 for an address */
    uint64_t fixups_checksum; /* looked at when they are needed */
    uint64_t texts;           /* where the text of the rule files begins, which only messages and tools read, to the end */
    uint64_t texts_size;      /* of them, a NUL behind each, when they are not packed */
    uint64_t texts_checksum;  /* looked at when they are asked for */
} att_image_header;

/* Bytes of the fixups when they are not packed. */
size_t att_image_fixups_size(const att_image_header *head);

/* The checksums that an image with a head is to have. */
uint64_t att_image_checksum(const void *image);
uint64_t att_image_fixups_checksum(const void *image);
uint64_t att_image_texts_checksum(const void *image);

/* What this program writes into `build`. */
extern const char att_image_build[sizeof(((att_image_header *)0)->build)];

/* The image of the shipped rules in the program, made by the build; of no bytes in the program that compiles it. */
extern const char att_shipped_image[];
extern const uint64_t att_shipped_image_size;

/* Whether the file begins as compiled rules do. */
bool att_image_is(const char *path);

/* The engine in a file, or NULL: with *problem NULL when the file is no compiled one, else with what is wrong. Without
 * `texts` nobody may read the text of its rule files. */
att_engine *att_image_open(const char *path, bool texts, const char **problem);

/* The engine in that one; NULL when there is none. */
att_engine *att_image_open_shipped(bool texts);

/* The shipped file `index`; false past the end. The build puts the files into the program that compiles them; what it
 * compiled them to has their text. */
att_shipped_files att_shipped_file_at;

/* Gives back an engine that came from one of these. */
void att_image_close(att_engine *engine);

#endif
