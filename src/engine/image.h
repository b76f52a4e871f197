/* image.h - compiled rules: an engine exactly as it lies in memory, in a file that is mapped and at once ready.
 *
 * Shape   a header and the bytes of the engine, but for the trees of rules; then, packed by zlib, one bit for each eight bytes
 *         of both, set where they are a pointer; then, each packed by itself, the text of the rule files and the trees, which
 * only messages and tools read. They are unpacked behind the file when an engine with its texts is wanted; without, the place
 * of the trees must not be read. Pointers are right when the file is mapped at `base`; if that address range is taken, they are
 * adjusted once, in private pages. Owner   freed by att_image_close. Until then the file may be replaced by another of the same
 * name, but not overwritten. Errors  a file that is no compiled rules, is damaged or was made by another build is refused, with
 * the reason in words.
 *
 * The checksum detects damage, not malice: trust compiled rules only as far as you would trust a program.
 */
#ifndef ATT_IMAGE_H
#define ATT_IMAGE_H

#include "engine/engine.h"

enum {
    ATT_IMAGE_VERSION = 6,
    ATT_IMAGE_PAGE = 4096,
    ATT_IMAGE_ROOM = 1 << 16 /* what is unpacked begins at a multiple: the largest page of any system */
};
#define ATT_IMAGE_MAGIC "attache\xff"
#define ATT_IMAGE_BYTE_ORDER 0x01020304u

typedef struct {
    char magic[8];
    uint32_t byte_order, version;
    char build[64];           /* identifies the build that made it, since the layout in memory depends on the build */
    uint64_t size;            /* of the whole file */
    uint64_t checksum;        /* of the fields below and the engine's bytes */
    uint64_t base;            /* the address at which the file should be mapped */
    uint64_t engine;          /* where the engine is, in bytes from the header; so are the next ones */
    uint64_t fixups;          /* where the engine ends and the bits that mark pointers begin */
    uint64_t fixups_checksum; /* checked when they are needed */
    uint64_t texts;           /* where the packed text of the rule files begins */
    uint64_t packed_trees;    /* where the packed trees begin; they go to the end */
    uint64_t texts_size;      /* size of the unpacked texts, each NUL-terminated */
    uint64_t texts_checksum;  /* of both, checked when the texts are asked for */
    uint64_t trees;           /* where the unpacked trees lie in memory, with the texts behind them; not in the file */
    uint64_t trees_size;
} att_image_header;

/* Size of the unpacked fixup bits. */
size_t att_image_fixups_size(const att_image_header *head);

/* The checksums that an image with this content must have. */
uint64_t att_image_checksum(const void *image);
uint64_t att_image_fixups_checksum(const void *image);
uint64_t att_image_texts_checksum(const void *image);

/* The value that this program writes into `build`. */
extern const char att_image_build[sizeof(((att_image_header *)0)->build)];

/* The image of the shipped rules, which the build puts into the program; empty in the program that compiles it. */
extern const char att_shipped_image[];
extern const uint64_t att_shipped_image_size;

/* Whether the file begins like compiled rules. */
bool att_image_is(const char *path);

/* Opens the engine in a file; *engine is NULL on failure, and when the file is not compiled rules, which is none. ATT_RULES
 * comes with *problem, which says what is wrong; else that is NULL. Without `texts` the trees of its rules and the text of its
 * rule files must not be read. */
att_status att_image_open(const char *path, bool texts, att_engine **engine, const char **problem);

/* Opens the engine in the shipped image; *engine is NULL on failure, which is ATT_NOMEM, and when there is none. */
att_status att_image_open_shipped(bool texts, att_engine **engine);

/* The shipped rule file with that index, without memory no bytes; false past the end. The build puts the files into the program
 * that compiles them; after that the compiled rules contain their text. */
att_shipped_files att_shipped_file_at;

/* Frees an engine that one of these returned. */
void att_image_close(att_engine *engine);

#endif
