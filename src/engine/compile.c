/* compile.c - att_compile: makes the bytes of an image of compiled rules.
 *
 * The rules are loaded twice, at two places in memory. A word that differs between the two engines by just the distance of the
 * places is an address; so nobody has to say which fields hold one. All memory that can be reached from the engine is then
 * moved together and written.
 *
 * This works because loading does the same each time and leaves in the engine no address but those of its arena and of string
 * literals. Any other address would make two processes compile the same rules to different bytes, which a test would notice.
 *
 * What can be reached only by pointers into trees of rules (att_cascade_trees) is a part of its own, which is packed behind the
 * engine, as messages and tools alone read it.
 *
 * Strings that are views of literals or of a rule file's text become copies, each string once. The text itself, which only
 * messages need, is packed behind the engine. The copies of it that att_blocks made (`cooked`) are left out.
 */

#include <assert.h>
#include <inttypes.h>
#include <link.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <zlib.h>

#include "engine/image.h"

/* Two addresses far from each other and from where systems put things. Rules take up less than ROOM at either. */
static const uint64_t PLACES[] = { UINT64_C(0x200000000000), UINT64_C(0x3a5080010000) };
enum { UNIT = ATT_ARENA_UNIT, WORDS = UNIT / 8, LONGEST_LITERAL = 4096, MOST_SEGMENTS = 16, CHUNK = 1 << 16 };
static const size_t ROOM = (size_t)1 << 34;

/* One of the two engines. */
typedef struct {
    char *memory;
    uint64_t *starts; /* a bit set by unit of memory: a piece of the arena begins there */
    att_arena arena;
    att_engine *engine;
} loading;

/* A part of the program, as the system mapped it. */
typedef struct {
    uintptr_t start, end;
    bool constant;
} segment;

typedef struct {
    segment segments[MOST_SEGMENTS];
    int count;
} program;

/* Copies of strings. They lie one behind the other in pieces of memory that have the same place in both loadings. */
typedef struct {
    att_map known;
    struct {
        uint64_t *items; /* by number in `known`: the copy's address in the first loading */
        uint32_t count, capacity;
    } at;
    uint64_t next; /* the address of the free bytes, in the first loading */
    size_t left;
} string_pool;

/* A part of the image. */
typedef struct {
    uint64_t *kept;  /* a bit set by unit: it belongs to the part */
    uint32_t *ranks; /* for each 64 units, how many units before them are kept */
    uint64_t start;  /* where its first unit lies once it is unpacked, in bytes from the start of the image */
    size_t units;
} image_part;

typedef struct {
    loading one, other;
    program program;
    att_guard guard;
    att_arena arena;
    att_diags diags;
    bool refused;
    image_part rest, trees; /* the engine but for the trees; the trees. Units of the trees that fill a gap of the rest, so that
                             * its cache lines stay (keep_zeros), are in both: in the rest all zero */
    image_part *filled;     /* that of the two to which belongs what is reached next */
    uint64_t *apart;        /* a bit set by word of memory: a pointer to the trees, and */
    struct {
        size_t *items; /* all such words */
        uint32_t count, capacity;
    } tree_words;
    uint64_t *viewed; /* a bit set by unit: strings point into it, as views of a file's text */
    att_str texts;    /* the rule files one behind the other, each with a NUL at its end */
    string_pool pool;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } open; /* first units of those pieces that are kept but whose own addresses were not followed yet */
    att_image_header head;
    char *bytes; /* of the image */
} compiler;

/* ---- loading twice ---- */

static void *reserve(uint64_t wanted, size_t size)
{
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (wanted ? MAP_FIXED_NOREPLACE : 0);
    void *at = mmap((void *)(uintptr_t)wanted, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

static att_status load(loading *self, uint64_t place, const att_engine_options *options)
{
    self->memory = reserve(place, ROOM);
    self->starts = reserve(0, ROOM / UNIT / 8);
    if (!self->memory || !self->starts) return ATT_NOMEM;
    att_arena_init_in(&self->arena, NULL, self->memory, ROOM, self->starts);
    self->engine = att_arena_zero(&self->arena, 1, sizeof *self->engine);
    self->engine->arena = self->arena;
    self->engine->arena.guard = &self->engine->guard;
    att_status status = att_engine_read(self->engine, options);
    self->arena = self->engine->arena;
    return status;
}

/* Forgets the lines from which rules were made; nobody asks for them again. */
static void forget_blocks(att_engine *engine)
{
    att_rules *rules = &engine->rules;
    att_phrase_lists *lists = &engine->knowledge.lists;
    memset(&engine->knowledge.blocks.blocks, 0, sizeof engine->knowledge.blocks.blocks);
    memset(&engine->knowledge.blocks.lines, 0, sizeof engine->knowledge.blocks.lines);
    memset(&engine->knowledge.blocks.cooked, 0, sizeof engine->knowledge.blocks.cooked);
    for (uint32_t i = 0; i < rules->rules.count; i++) rules->rules.items[i].block = NULL;
    for (uint32_t i = 0; i < rules->phrases.count; i++) rules->phrases.items[i].block = NULL;
    for (uint32_t i = 0; i < lists->lists.count; i++) {
        lists->lists.items[i].block = NULL;
        lists->lists.items[i].sample = (att_str){ 0 };
    }
}

/* Forgets the warnings, which the caller has been told. */
static void forget_findings(att_diags *diags)
{
    diags->items = NULL;
    diags->count = diags->capacity = diags->warnings = 0;
}

/* Forgets the text of the rule files, which is stored apart from the engine. */
static void forget_texts(att_rule_files *files)
{
    for (uint32_t i = 0; i < files->count; i++) {
        files->items[i].source->text.data = NULL;
        files->items[i].source->line_starts = NULL;
    }
}

/* Takes out of the engine what belongs to the loading rather than to the rules. */
static void strip(loading *self)
{
    forget_texts(&self->engine->files);
    forget_blocks(self->engine);
    forget_findings(&self->engine->diags);
    att_cascade_clear(&self->engine->cascade);
    memset(&self->engine->guard, 0, sizeof self->engine->guard);
    memset(&self->engine->arena, 0, sizeof self->engine->arena);
    self->engine->cascade.reference = false;
}

static void unload(loading *self)
{
    if (self->engine) att_cascade_clear(&self->engine->cascade); /* of rules with errors nothing was stripped */
    if (self->memory) munmap(self->memory, ROOM);
    if (self->starts) munmap(self->starts, ROOM / UNIT / 8);
}

/* ---- what a word of memory is ---- */

typedef enum { DATA, ADDRESS, STALE, OTHER } word_kind;

static uint64_t *word_of(const loading *self, size_t word)
{
    return (uint64_t *)(void *)self->memory + word;
}

/* Tells what a word of memory is by comparing it in the two loadings. STALE is padding behind a number that still holds the
 * upper half of an old address. */
static word_kind kind_of(const compiler *self, size_t word)
{
    uint64_t a = *word_of(&self->one, word), b = *word_of(&self->other, word);
    if (a == b) return DATA;
    if (b - a == PLACES[1] - PLACES[0] && a - PLACES[0] < ROOM) return ADDRESS;
    return (uint32_t)a == (uint32_t)b && a >> 32 == PLACES[0] >> 32 && b >> 32 == PLACES[1] >> 32 ? STALE : OTHER;
}

static bool get(const uint64_t *bits, size_t at)
{
    return bits[at / 64] >> at % 64 & 1;
}

static void set(uint64_t *bits, size_t at)
{
    bits[at / 64] |= UINT64_C(1) << at % 64;
}

/* ---- addresses of the program ---- */

static int find_program(struct dl_phdr_info *info, size_t size, void *user)
{
    program *self = user;
    bool ours = false;
    (void)size;
    self->count = 0;
    for (int i = 0; i < info->dlpi_phnum && self->count < MOST_SEGMENTS; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        uintptr_t start = info->dlpi_addr + part->p_vaddr, end = start + part->p_memsz;
        if (part->p_type != PT_LOAD) continue;
        self->segments[self->count++] = (segment){ start, end, !(part->p_flags & (PF_W | PF_X)) };
        ours = ours || ((uintptr_t)att_image_build >= start && (uintptr_t)att_image_build < end);
    }
    return ours;
}

/* The part of the program that the address lies in, or NULL. Rules that are embedded in the program are not counted as program.
 */
static const segment *segment_of(const program *self, uint64_t address)
{
    if (address - (uintptr_t)att_shipped_image < att_shipped_image_size) return NULL;
    for (int i = 0; i < self->count; i++)
        if (address >= self->segments[i].start && address < self->segments[i].end) return &self->segments[i];
    return NULL;
}

/* Whether a string literal of just this length begins at the address. */
static bool is_literal(const segment *place, uint64_t address, uint64_t length)
{
    if (!place->constant || length > LONGEST_LITERAL || place->end - address <= length) return false;
    const char *text = (const char *)(uintptr_t)address;
    for (uint64_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ' && text[i] != '\n' && text[i] != '\t') return false;
    return !text[length];
}

static void refuse(compiler *self, size_t word, const char *what)
{
    uint64_t a = *word_of(&self->one, word), b = *word_of(&self->other, word);
    if (!self->refused)
        att_report(&self->diags, ATT_ERROR, "S041", (att_place){ 0 },
                   "cannot compile: %s (%016" PRIx64 ", %016" PRIx64 "); it is an error in attache, not in the rules", what, a,
                   b);
    self->refused = true;
}

/* Makes room for `size` bytes at the same place in both loadings. Returns the address in the first. */
static uint64_t take_room(compiler *self, size_t size)
{
    if (self->pool.left < size) {
        self->pool.left = size > CHUNK ? size : CHUNK;
        char *one = att_arena_zero(&self->one.arena, self->pool.left, 1),
             *other = att_arena_zero(&self->other.arena, self->pool.left, 1);
        assert(one - self->one.memory == other - self->other.memory);
        self->pool.next = (uint64_t)(uintptr_t)one;
    }
    self->pool.left -= size;
    self->pool.next += size;
    return self->pool.next - size;
}

/* Makes the string view at the word point to a copy of the text, in both loadings. */
static void put_copy(compiler *self, size_t word, att_str text)
{
    string_pool *pool = &self->pool;
    uint32_t number = att_map_add(&pool->known, text);
    if (number == pool->at.count) {
        ATT_RESERVE(&self->arena, &pool->at, 1);
        uint64_t at = pool->at.items[pool->at.count++] = take_room(self, text.length + 1);
        memcpy((void *)(uintptr_t)at, text.data, text.length);
        memcpy((void *)(uintptr_t)(at - PLACES[0] + PLACES[1]), text.data, text.length);
    }
    *word_of(&self->one, word) = pool->at.items[number];
    *word_of(&self->other, word) = pool->at.items[number] - PLACES[0] + PLACES[1];
}

/* Copies the text if the word begins a view of a string literal. Two numbers side by side may look like an address of the
 * program and a length; but they hardly ever look like a literal that ends right there, nor like att_empty. */
static void take_in_literal(compiler *self, size_t word)
{
    uint64_t address = *word_of(&self->one, word), length = *word_of(&self->one, word + 1);
    const segment *place = segment_of(&self->program, address);
    att_str text = { (const char *)(uintptr_t)address, length };
    if (!place || !(length ? is_literal(place, address, length) : text.data == att_empty)) return;
    put_copy(self, word, text);
}

/* ---- what can be reached ---- */

static size_t first_of(const compiler *self, size_t unit)
{
    while (!get(self->one.starts, unit)) unit--;
    return unit;
}

static size_t end_of(const compiler *self, size_t unit)
{
    size_t all = att_arena_used(&self->one.arena) / UNIT;
    do unit++;
    while (unit < all && !get(self->one.starts, unit));
    return unit;
}

static size_t unit_of(uint64_t address)
{
    return (size_t)(address - PLACES[0]) / UNIT;
}

/* The word points into the text of a rule file, so it must begin a string view, which becomes a copy. */
static void take_in_view(compiler *self, size_t word)
{
    uint64_t address = *word_of(&self->one, word), length = *word_of(&self->one, word + 1);
    if (kind_of(self, word + 1) != DATA || length >= ROOM || !get(self->viewed, unit_of(address + length)))
        refuse(self, word, "what points into the text of a rule file is no string");
    else put_copy(self, word, (att_str){ (const char *)(uintptr_t)address, length });
}

/* Marks as kept the piece of memory that the address lies in. */
static void keep(compiler *self, uint64_t address)
{
    if (get(self->rest.kept, unit_of(address)) || get(self->trees.kept, unit_of(address))) return;
    size_t first = first_of(self, unit_of(address)), end = end_of(self, first);
    for (size_t unit = first; unit < end; unit++) set(self->filled->kept, unit);
    ATT_RESERVE(&self->arena, &self->open, 1);
    self->open.items[self->open.count++] = (uint32_t)first;
}

static void look_at(compiler *self, size_t word)
{
    word_kind kind = kind_of(self, word);
    if (kind == DATA) take_in_literal(self, word);
    else if (kind == STALE) *word_of(&self->one, word) = *word_of(&self->other, word) = (uint32_t)*word_of(&self->one, word);
    else if (kind == OTHER) refuse(self, word, "loading the rules twice gave two results");
    else if (get(self->viewed, unit_of(*word_of(&self->one, word)))) take_in_view(self, word);
    if (kind_of(self, word) == ADDRESS && !self->refused) keep(self, *word_of(&self->one, word));
}

static void look_through_open(compiler *self)
{
    while (self->open.count) {
        size_t first = self->open.items[--self->open.count], end = end_of(self, first);
        for (size_t word = first * WORDS; word < end * WORDS; word++)
            if (!get(self->apart, word)) look_at(self, word);
    }
}

static void note_tree(void *user, const void *pointer)
{
    compiler *self = user;
    size_t word = (size_t)((uint64_t)(uintptr_t)pointer - PLACES[0]) / 8;
    set(self->apart, word);
    ATT_RESERVE(&self->arena, &self->tree_words, 1);
    self->tree_words.items[self->tree_words.count++] = word;
}

/* Finds out which memory belongs to which part. */
static void reach(compiler *self)
{
    att_cascade_trees(&self->one.engine->cascade, note_tree, self);
    self->filled = &self->rest;
    keep(self, (uint64_t)(uintptr_t)self->one.engine);
    look_through_open(self);
    self->filled = &self->trees;
    self->pool.left = 0; /* copies of strings that only trees have lie with them */
    for (uint32_t i = 0; i < self->tree_words.count; i++) look_at(self, self->tree_words.items[i]);
    look_through_open(self);
}

/* Keeps, all zero, the nearest unit up to `unit` that is left out. */
static void keep_zeros(compiler *self, size_t unit)
{
    while (get(self->rest.kept, unit)) unit--;
    set(self->rest.kept, unit);
    if (get(self->trees.kept, unit)) return;
    for (size_t word = unit * WORDS; word < (unit + 1) * WORDS; word++)
        *word_of(&self->one, word) = *word_of(&self->other, word) = 0;
}

/* A large piece must start at a cache line in the image, too. So of the units left out before it the last few stay that make
 * their number a multiple of what fits a line. */
static void keep_lines(compiler *self)
{
    const size_t units = att_arena_used(&self->one.arena) / UNIT, line = ATT_CACHE_LINE / UNIT;
    size_t out = 0, last = 0; /* how many are left out, and the last of them */
    for (size_t unit = 0; unit < units; unit++) {
        bool kept = get(self->rest.kept, unit);
        if (!kept) last = unit;
        out += !kept;
        if (!kept || !get(self->one.starts, unit) || end_of(self, unit) - unit < ATT_ARENA_LINED / UNIT) continue;
        for (out %= line; out; out--) keep_zeros(self, last);
    }
}

/* ---- writing ---- */

/* Counts the kept units, and those before each group of 64, from which `moved` computes new places. */
static void rank(compiler *self, image_part *part)
{
    size_t words = att_arena_used(&self->one.arena) / UNIT / 64 + 1;
    part->ranks = att_arena_alloc(&self->arena, sizeof *part->ranks * words);
    for (size_t i = 0; i < words; i++) {
        part->ranks[i] = (uint32_t)part->units;
        part->units += (size_t)__builtin_popcountll(part->kept[i]);
    }
}

/* The place in the image, in bytes from its start, of what lies at the address now. */
static uint64_t moved(const compiler *self, uint64_t address)
{
    size_t unit = unit_of(address);
    const image_part *part = get(self->trees.kept, unit) ? &self->trees : &self->rest;
    uint64_t before = part->kept[unit / 64] & ((UINT64_C(1) << unit % 64) - 1);
    size_t kept = part->ranks[unit / 64] + (size_t)__builtin_popcountll(before);
    return part->start + kept * UNIT + (address - PLACES[0]) % UNIT;
}

/* Writes the words of a part, whose bits in `fixups` begin with number `bit`. */
static void write_words(const compiler *self, const image_part *part, uint64_t *out, uint64_t *fixups, size_t bit)
{
    size_t units = att_arena_used(&self->one.arena) / UNIT;
    for (size_t word = 0; word < units * WORDS; word++) {
        if (!get(part->kept, word / WORDS)) continue;
        bool zero = part == &self->rest && get(self->trees.kept, word / WORDS);
        *out = zero ? 0 : *word_of(&self->one, word);
        if (!zero && kind_of(self, word) == ADDRESS) {
            *out = self->head.base + moved(self, *out);
            set(fixups, bit);
        }
        out++;
        bit++;
    }
}

/* The address at which the image wants to be mapped. Different rules get different ones where possible, so that one process can
 * hold several images without moving any. */
static uint64_t base_of(const att_engine *engine)
{
    return PLACES[0] + (att_hash(att_str_of(engine->digest)) & 0x7ff) * ROOM;
}

/* How long bits of that many units and what else is packed may be at most. */
static size_t most_packed(const compiler *self)
{
    const size_t bits = (self->rest.units + self->trees.units) * WORDS / 8 + 8;
    return compressBound(bits) + compressBound(self->trees.units * UNIT) + compressBound(self->texts.length) + 3 * 8;
}

/* The parts lie behind each other, with room between them for all that is packed. What is unpacked begins a page. */
static void place_parts(compiler *self)
{
    rank(self, &self->rest);
    rank(self, &self->trees);
    self->rest.start = ATT_IMAGE_PAGE;
    const size_t end = ATT_IMAGE_PAGE + self->rest.units * UNIT + most_packed(self);
    self->trees.start = (end + ATT_IMAGE_ROOM - 1) / ATT_IMAGE_ROOM * ATT_IMAGE_ROOM;
}

static void make_head(compiler *self)
{
    self->head = (att_image_header){ .magic = ATT_IMAGE_MAGIC,
                                     .byte_order = ATT_IMAGE_BYTE_ORDER,
                                     .version = ATT_IMAGE_VERSION,
                                     .base = base_of(self->one.engine),
                                     .engine = moved(self, (uint64_t)(uintptr_t)self->one.engine),
                                     .fixups = ATT_IMAGE_PAGE + self->rest.units * UNIT,
                                     .trees = self->trees.start,
                                     .trees_size = self->trees.units * UNIT,
                                     .texts_size = self->texts.length };
    memcpy(self->head.build, att_image_build, sizeof self->head.build);
}

/* Compresses bytes into the image at `at`, where there must be room for the longest result. *end becomes the place behind it.
 * Returns false without memory. */
static bool pack(compiler *self, uint64_t at, const void *bytes, size_t size, uint64_t *end)
{
    uLongf length = compressBound(size);
    int status = compress((Bytef *)self->bytes + at, &length, bytes, size); /* the best takes seven times as long for 4 % */
    *end = (at + length + 7) / 8 * 8;
    return status == Z_OK;
}

/* Writes all but the header. Returns false without memory. */
static bool write_parts(compiler *self)
{
    att_image_header *head = &self->head;
    size_t fixups_size = att_image_fixups_size(head);
    uint64_t *fixups = att_arena_zero(&self->arena, fixups_size, 1);
    char *trees = att_arena_alloc(&self->arena, head->trees_size);
    self->bytes = calloc(1, head->trees);
    if (!self->bytes) return false;
    write_words(self, &self->rest, (void *)(self->bytes + ATT_IMAGE_PAGE), fixups, 0);
    write_words(self, &self->trees, (void *)trees, fixups, self->rest.units * WORDS);
    return pack(self, head->fixups, fixups, fixups_size, &head->texts)
           && pack(self, head->texts, self->texts.data, self->texts.length, &head->packed_trees)
           && pack(self, head->packed_trees, trees, head->trees_size, &head->size);
}

static void write_image(void *argument)
{
    compiler *self = argument;
    reach(self);
    if (self->refused) return;
    keep_lines(self);
    place_parts(self);
    make_head(self);
    if (!write_parts(self)) {
        free(self->bytes);
        self->bytes = NULL;
        return;
    }
    att_image_header *head = (void *)self->bytes;
    *head = self->head;
    head->texts_checksum = att_image_texts_checksum(head);
    head->fixups_checksum = att_image_fixups_checksum(head);
    head->checksum = att_image_checksum(head);
}

/* ---- texts of rule files ---- */

/* Marks the arena's piece at `bytes` as one that strings are views of. Text that is not in the arena is a literal. */
static void note_viewed(compiler *self, const void *bytes)
{
    size_t first = unit_of((uint64_t)(uintptr_t)bytes);
    if ((uint64_t)(uintptr_t)bytes - PLACES[0] >= ROOM) return;
    for (size_t unit = first, end = end_of(self, first); unit < end; unit++) set(self->viewed, unit);
}

static void note_texts(void *argument)
{
    compiler *self = argument;
    const att_engine *engine = self->one.engine;
    const att_blocks *blocks = &engine->knowledge.blocks;
    att_buf texts = { .arena = &self->arena };
    for (uint32_t i = 0; i < blocks->cooked.count; i++) note_viewed(self, blocks->cooked.items[i]);
    for (uint32_t i = 0; i < engine->files.count; i++) {
        att_str text = engine->files.items[i].source->text;
        note_viewed(self, text.data);
        att_buf_add(&texts, text);
        att_buf_byte(&texts, '\0');
    }
    self->texts = att_buf_str(&texts);
}

/* ---- all of it ---- */

static bool take_tables(compiler *self)
{
    self->rest.kept = reserve(0, ROOM / UNIT / 8);
    self->trees.kept = reserve(0, ROOM / UNIT / 8);
    self->viewed = reserve(0, ROOM / UNIT / 8);
    self->apart = reserve(0, ROOM / 8 / 8);
    return self->rest.kept && self->trees.kept && self->viewed && self->apart;
}

static void release(uint64_t *table, size_t size)
{
    if (table) munmap(table, size);
}

static void release_tables(compiler *self)
{
    release(self->rest.kept, ROOM / UNIT / 8);
    release(self->trees.kept, ROOM / UNIT / 8);
    release(self->viewed, ROOM / UNIT / 8);
    release(self->apart, ROOM / 8 / 8);
}

static att_status compile(compiler *self)
{
    if (!take_tables(self) || att_guard_run(&self->guard, note_texts, self) != ATT_OK) return ATT_NOMEM;
    strip(&self->one);
    strip(&self->other);
    dl_iterate_phdr(find_program, &self->program);
    att_map_init(&self->pool.known, &self->arena);
    if (att_guard_run(&self->guard, write_image, self) != ATT_OK) return ATT_NOMEM;
    if (self->refused) return ATT_RULES;
    return self->bytes ? ATT_OK : ATT_NOMEM;
}

typedef struct {
    compiler *compiler;
    const att_diags *diags;
    att_sink sink;
    void *user;
} send_job;

static void send(void *argument)
{
    send_job *job = argument;
    att_diags_send(job->diags, &job->compiler->arena, job->sink, job->user);
}

static void tell(compiler *self, const att_diags *diags, att_sink sink, void *user)
{
    send_job job = { self, diags, sink, user };
    if (sink) att_guard_run(&self->guard, send, &job);
}

att_status att_compile(const att_engine_options *options, att_sink sink, void *user, char **bytes, size_t *size)
{
    compiler self = { 0 };
    att_arena_init(&self.arena, &self.guard, 0);
    att_diags_init(&self.diags, &self.arena);
    att_status status = load(&self.one, PLACES[0], options);
    if (status != ATT_NOMEM) tell(&self, &self.one.engine->diags, sink, user);
    if (status == ATT_OK) status = load(&self.other, PLACES[1], options);
    if (status == ATT_OK) status = compile(&self);
    tell(&self, &self.diags, sink, user);
    *bytes = self.bytes;
    *size = self.head.size;
    release_tables(&self);
    att_arena_clear(&self.arena);
    unload(&self.one);
    unload(&self.other);
    return status;
}
