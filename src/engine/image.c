#include "engine/image.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

const char att_image_build[] =
#include "build.inc"
    ;

/* ---- what is in a file ---- */

enum { LANES = 8, AHEAD = 4096 /* bytes; the processor itself does not look so far ahead */ };
static const uint64_t STEP = 0x9e3779b97f4a7c15u;

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash ^= word;
    return (hash << 31 | hash >> 33) * STEP;
}

/* A checksum that is as fast as memory. It works in lanes, which the processor adds up at the same time. Each word is added to
 * the neighbouring lane, so that every change of it counts. To its own lane goes the product of its halves, after a key that
 * differs from place to place was mixed in, so that words which change places count, too. */
static uint64_t checksum(const void *bytes, size_t count)
{
    const uint64_t *words = bytes;
    uint64_t lanes[LANES] = { 0 }, keys[LANES], sum = count;
    for (int i = 0; i < LANES; i++) keys[i] = STEP * (uint64_t)(i + 1);
    for (; count >= LANES; count -= LANES, words += LANES) {
        __builtin_prefetch((const char *)words + AHEAD);
        for (int i = 0; i < LANES; i++) {
            uint64_t word = words[i], keyed = word ^ keys[i];
            lanes[i ^ 1] += word;
            lanes[i] += (keyed & UINT32_MAX) * (keyed >> 32);
            keys[i] += STEP;
        }
    }
    for (size_t i = 0; i < count; i++) sum = mix(sum, words[i]);
    for (int i = 0; i < LANES; i++) sum = mix(sum, lanes[i]);
    return sum;
}

uint64_t att_image_checksum(const void *image)
{
    const att_image_header *header = image;
    const uint64_t numbers[] = { header->base,       header->engine,      header->fixups,         header->fixups_checksum,
                                 header->texts,      header->texts_size,  header->texts_checksum, header->trees,
                                 header->trees_size, header->packed_trees };
    uint64_t sum = checksum((const char *)image + ATT_IMAGE_PAGE, (header->fixups - ATT_IMAGE_PAGE) / 8);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sum = mix(sum, numbers[i]);
    return sum;
}

uint64_t att_image_fixups_checksum(const void *image)
{
    const att_image_header *header = image;
    return checksum((const char *)image + header->fixups, (header->texts - header->fixups) / 8);
}

uint64_t att_image_texts_checksum(const void *image)
{
    const att_image_header *header = image;
    return checksum((const char *)image + header->texts, (header->size - header->texts) / 8);
}

/* More than any part of an image takes. */
static const uint64_t MOST = UINT64_C(1) << 34;

/* Why the header cannot be that of an image for this build, or NULL. */
static const char *refusal(const att_image_header *header, uint64_t size)
{
    if (header->byte_order == __builtin_bswap32(ATT_IMAGE_BYTE_ORDER)) return "compiled on a machine of the other byte order";
    if (header->byte_order != ATT_IMAGE_BYTE_ORDER) return "damaged: the head is not readable";
    if (header->version != ATT_IMAGE_VERSION) return "compiled by a version with another format; compile the rules again";
    if (memcmp(header->build, att_image_build, sizeof header->build) != 0)
        return "compiled by another build of attache; compile the rules again";
    if (header->size != size) return "damaged: it is not as long as it was";
    if (header->fixups < ATT_IMAGE_PAGE || header->texts < header->fixups || header->packed_trees < header->texts
        || header->packed_trees > size || header->trees < size || header->trees > MOST || header->trees_size > MOST
        || header->texts_size > MOST)
        return "damaged: the head is not readable";
    return NULL;
}

/* ---- packed parts ---- */

size_t att_image_fixups_size(const att_image_header *head)
{
    return (head->fixups - ATT_IMAGE_PAGE + head->trees_size + 511) / 512 * 8;
}

/* Unpacks what zlib packed into bytes [at, end) of the image: just `size` bytes, else false. */
static bool unpack(const char *image, uint64_t at, uint64_t end, void *out, size_t size)
{
    uLongf length = size;
    return uncompress(out, &length, (const Bytef *)image + at, end - at) == Z_OK && length == size;
}

static bool unpack_trees(const att_image_header *header, char *out)
{
    return unpack((const char *)header, header->packed_trees, header->size, out, header->trees_size);
}

static bool unpack_texts(const att_image_header *header, char *out)
{
    return unpack((const char *)header, header->texts, header->packed_trees, out, header->texts_size);
}

/* ---- bytes to engine ---- */

/* Bytes that the image takes in memory, with room for trees and texts. */
static size_t room_of(const att_image_header *header)
{
    return header->trees + header->trees_size + header->texts_size;
}

static bool is_moved(const char *image)
{
    return (uintptr_t)image != ((const att_image_header *)(const void *)image)->base;
}

/* Adds `distance` to each of the words whose bit is set; their bits begin with number `first`. */
static void add_distance(void *at, size_t count, const uint64_t *fixups, size_t first, uint64_t distance)
{
    uint64_t *words = at;
    for (size_t i = 0; i < count;) {
        const size_t bit = first + i, left = 64 - bit % 64, all = left < count - i ? left : count - i;
        uint64_t bits = fixups[bit / 64] >> bit % 64;
        if (all < 64) bits &= (UINT64_C(1) << all) - 1;
        for (; bits; bits &= bits - 1) words[i + (size_t)__builtin_ctzll(bits)] += distance;
        i += all;
    }
}

/* Corrects all addresses in an image that could not be mapped where it wants to lie. Returns false without memory. */
static bool move(char *image, bool trees)
{
    const att_image_header *header = (const void *)image;
    uint64_t distance = (uint64_t)(uintptr_t)image - header->base;
    size_t size = att_image_fixups_size(header), count = (header->fixups - ATT_IMAGE_PAGE) / 8;
    uint64_t *fixups = malloc(size);
    bool unpacked = fixups && unpack(image, header->fixups, header->texts, fixups, size);
    if (unpacked) add_distance(image + ATT_IMAGE_PAGE, count, fixups, 0, distance);
    if (unpacked && trees) add_distance(image + header->trees, header->trees_size / 8, fixups, count, distance);
    free(fixups);
    return unpacked;
}

/* Hands the text of the rule files to the files. Runs inside the engine's guard. */
static void put_texts(void *argument)
{
    att_engine *engine = argument;
    const att_image_header *header = (const void *)engine->image;
    const char *text = engine->image + header->trees + header->trees_size;
    for (uint32_t i = 0; i < engine->files.count; i++) {
        att_source *source = engine->files.items[i].source;
        att_source_put(source, &engine->arena, (att_str){ text, source->text.length });
        text += source->text.length + 1;
    }
}

static att_engine *engine_of(char *image)
{
    const att_image_header *header = (const void *)image;
    att_engine *engine = (void *)(image + header->engine);
    engine->image = image;
    engine->image_size = room_of(header);
    att_arena_init(&engine->arena, &engine->guard, 0);
    return engine;
}

/* Unpacks trees and texts into the room that is kept for them. Returns false without memory. */
static bool fill_room(char *image)
{
    const att_image_header *header = (const void *)image;
    char *room = image + header->trees;
    return mprotect(room, header->trees_size + header->texts_size, PROT_READ | PROT_WRITE) == 0 && unpack_trees(header, room)
           && unpack_texts(header, room + header->trees_size);
}

/* The image's engine, with trees and texts if wanted. Returns NULL without memory, after unmapping the image. */
static att_engine *make_ready(char *image, bool texts)
{
    const att_image_header *header = (const void *)image;
    if ((!texts || fill_room(image)) && (!is_moved(image) || move(image, texts))) {
        att_engine *engine = engine_of(image);
        if (!texts || att_guard_run(&engine->guard, put_texts, engine) == ATT_OK) return engine;
        att_arena_clear(&engine->arena);
    }
    munmap(image, room_of(header));
    return NULL;
}

/* Maps bytes of a file, or zeros when `fd` is -1, at the image's own address if that is free, else anywhere; behind them is
 * room that cannot be read. NULL when the system refuses. */
static char *map(const att_image_header *header, int fd, uint64_t offset)
{
    const size_t room = room_of(header);
    const int empty = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
              flags = MAP_PRIVATE | MAP_FIXED | (fd < 0 ? MAP_ANONYMOUS : 0);
    char *at = mmap((void *)(uintptr_t)header->base, room, PROT_NONE, empty | MAP_FIXED_NOREPLACE, -1, 0);
    if (at == MAP_FAILED) at = mmap(NULL, room, PROT_NONE, empty, -1, 0);
    if (at == MAP_FAILED) return NULL;
    if (mmap(at, header->size, PROT_READ | PROT_WRITE, flags, fd, (off_t)offset) == at) return at;
    munmap(at, room);
    return NULL;
}

void att_image_close(att_engine *engine)
{
    munmap(engine->image, engine->image_size);
}

/* ---- files ---- */

/* Whether the checksums of all parts that will be used are right. */
static bool is_whole(const char *image, bool texts)
{
    const att_image_header *header = (const void *)image;
    return att_image_checksum(image) == header->checksum
           && (!texts || att_image_texts_checksum(image) == header->texts_checksum)
           && (!is_moved(image) || att_image_fixups_checksum(image) == header->fixups_checksum);
}

/* Whether the file begins as compiled rules do. */
static bool begins(int fd)
{
    struct stat info;
    char magic[sizeof ATT_IMAGE_MAGIC - 1];
    return fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && pread(fd, magic, sizeof magic, 0) == (ssize_t)sizeof magic
           && memcmp(magic, ATT_IMAGE_MAGIC, sizeof magic) == 0;
}

bool att_image_is(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is = fd >= 0 && begins(fd);
    if (fd >= 0) close(fd);
    return is;
}

static att_status open_file(int fd, bool texts, att_engine **engine, const char **problem)
{
    att_image_header header;
    struct stat info;
    if (!begins(fd)) return ATT_OK;
    bool cut = fstat(fd, &info) || pread(fd, &header, sizeof header, 0) != (ssize_t)sizeof header;
    *problem = cut ? "damaged: it is not as long as it was" : refusal(&header, (uint64_t)info.st_size);
    if (*problem) return ATT_RULES;
    char *image = map(&header, fd, 0);
    if (!image && errno == ENOMEM) return ATT_NOMEM;
    if (!image) *problem = strerror(errno);
    else if (!is_whole(image, texts)) *problem = "damaged: its checksum is wrong";
    if (*problem) {
        if (image) munmap(image, room_of(&header));
        return ATT_RULES;
    }
    *engine = make_ready(image, texts);
    return *engine ? ATT_OK : ATT_NOMEM;
}

att_status att_image_open(const char *path, bool texts, att_engine **engine, const char **problem)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *engine = NULL;
    *problem = NULL;
    if (fd < 0) return ATT_OK;
    att_status status = open_file(fd, texts, engine, problem);
    close(fd);
    return status;
}

/* ---- the one in the program ---- */

/* Where the embedded image lies in the program's own file. */
typedef struct {
    uintptr_t bytes;
    const char *path; /* NULL when it cannot be found out */
    uint64_t offset;
} program_place;

static int find_place(struct dl_phdr_info *info, size_t size, void *user)
{
    program_place *place = user;
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
        if (info->dlpi_phdr[i].p_type != PT_LOAD || place->bytes < start || place->bytes - start >= info->dlpi_phdr[i].p_filesz)
            continue;
        place->path = *info->dlpi_name ? info->dlpi_name : "/proc/self/exe";
        place->offset = info->dlpi_phdr[i].p_offset + (place->bytes - start);
        return 1;
    }
    return 0;
}

/* Maps the embedded image from the program's own file, whose pages all processes share. NULL when that file cannot be read or
 * has other bytes. */
static char *map_program(const att_image_header *header)
{
    program_place place = { .bytes = (uintptr_t)att_shipped_image };
    att_image_header found;
    if (!dl_iterate_phdr(find_place, &place) || place.offset % ATT_IMAGE_PAGE) return NULL;
    int fd = open(place.path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return NULL;
    bool same = pread(fd, &found, sizeof found, (off_t)place.offset) == (ssize_t)sizeof found
                && memcmp(&found, header, sizeof found) == 0;
    char *image = same ? map(header, fd, place.offset) : NULL;
    close(fd);
    return image;
}

/* ---- the files it was made of ---- */

/* Made by src/embed.sh; empty in a program that has an image instead. */
extern const struct {
    const char *path, *bytes;
    uint64_t size;
} att_shipped_table[];

/* Turns an address in the embedded image, which is never moved itself, into where the linker has put it. */
static const void *at(const void *address)
{
    const att_image_header *header = (const void *)att_shipped_image;
    return att_shipped_image + ((uintptr_t)address - header->base);
}

static const att_source *source_of(const att_engine *engine, size_t index)
{
    const att_rule_file *file = at(&engine->files.items[index]);
    return at(file->source);
}

/* The text of all embedded rule files, unpacked at first use and kept as long as the program runs; NULL without memory. */
static const char *shipped_texts(void)
{
    static _Atomic(char *) kept;
    const att_image_header *header = (const void *)att_shipped_image;
    char *known = atomic_load(&kept);
    if (known) return known;
    char *made = malloc(header->texts_size);
    if (!made || !unpack_texts(header, made) || !atomic_compare_exchange_strong(&kept, &known, made)) {
        free(made);
        return known;
    }
    return made;
}

static bool file_of_image(size_t index, const char **path, const char **bytes, size_t *size)
{
    const att_image_header *header = (const void *)att_shipped_image;
    const att_engine *engine = (const void *)(att_shipped_image + header->engine);
    if (index >= engine->files.count) return false;
    const att_source *source = source_of(engine, index);
    *path = (const char *)at(source->path.data) + strlen(ATT_SHIPPED_FOLDER);
    *size = source->text.length;
    *bytes = shipped_texts();
    for (size_t i = 0; *bytes && i < index; i++) *bytes += source_of(engine, i)->text.length + 1;
    return true;
}

bool att_shipped_file_at(size_t index, const char **path, const char **bytes, size_t *size)
{
    if (att_shipped_image_size) return file_of_image(index, path, bytes, size);
    for (size_t i = 0; i <= index; i++)
        if (!att_shipped_table[i].path) return false;
    *path = att_shipped_table[index].path;
    *bytes = att_shipped_table[index].bytes;
    *size = (size_t)att_shipped_table[index].size;
    return true;
}

/* ---- opening it ---- */

att_status att_image_open_shipped(bool texts, att_engine **engine)
{
    const att_image_header *header = (const void *)att_shipped_image;
    *engine = NULL;
    if (!att_shipped_image_size || refusal(header, att_shipped_image_size)) return ATT_OK;
    char *image = map_program(header);
    if (!image) {
        image = map(header, -1, 0);
        if (!image) return ATT_NOMEM;
        memcpy(image, header, header->size);
    }
    *engine = make_ready(image, texts);
    return *engine ? ATT_OK : ATT_NOMEM;
}
