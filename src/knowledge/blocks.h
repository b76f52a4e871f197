/* blocks.h - cuts rule files into blocks of lines. A data file (a table) gives a block for each row.
 *
 * Knows the outer form only: keywords, names, indentation, comments, continued lines. What a line says is read by the room
 * that is responsible for its kind of block.
 * Owner   the arena given to att_blocks_read. Texts are views of a copy of each source, of the same length, in which comments
 *         and line continuations are blanked; so the place of every view in its source is known.
 */
#ifndef ATT_BLOCKS_H
#define ATT_BLOCKS_H

#include "base/map.h"
#include "knowledge/files.h"

/* X(enumerator, keyword, words its body lines may begin with; NULL when lines are not words) */
#define ATT_BLOCK_KINDS(X)                                                                                                     \
    X(PACK, "pack", "needs language owner set")                                                                                \
    X(PIPELINE, "pipeline", "stage resolve")                                                                                   \
    X(LAYER, "layer", "field nest over stage")                                                                                 \
    X(LIST, "list", NULL)                                                                                                      \
    X(ENTRY, "entry", "name alias demonym exact weak weak-demonym short default valid source")                                 \
    X(OFFICE, "office", "title agency country holder source")                                                                  \
    X(PHRASE, "phrase", NULL)                                                                                                  \
    X(RULE, "rule",                                                                                                            \
      "stage match preceded-by followed-by not-preceded-by not-followed-by inside not-inside where make block tier beats")     \
    X(EXPAND, "expand", "stage lead item sep final child each make tier beats")                                                \
    X(ALIAS, "alias", "stage of form scope unless")                                                                            \
    X(TOPIC, "topic", "title strong support pair block role others rarest map")                                                \
    X(VIEW, "view", "any all")                                                                                                 \
    X(GENRE, "genre", "title block words-per-mention distinct-triggers percent-of-best passing-times percent-once")            \
    X(TEST, "test", NULL)

typedef enum {
#define X(id, keyword, words) ATT_BLOCK_##id,
    ATT_BLOCK_KINDS(X)
#undef X
        ATT_BLOCK_KIND_COUNT
} att_block_kind;

typedef enum { ATT_MODE_DEFINE, ATT_MODE_ADD, ATT_MODE_REPLACE, ATT_MODE_REMOVE } att_block_mode;

typedef struct {
    att_str word;              /* the first word of the line; empty in lists */
    att_str text;              /* the rest of the line, without blanks at both ends */
    uint32_t word_at, text_at; /* bytes in the source */
} att_line;

typedef struct att_block_of_lines att_lines_block;
struct att_block_of_lines {
    att_block_kind kind;
    att_block_mode mode;
    const att_rule_file *file;
    uint32_t pack;                   /* index into packs */
    att_str head;                    /* the rest of the head, after the keyword */
    uint32_t head_at;                /* byte of the head, or of the keyword when nothing follows it */
    att_str name;                    /* the id or name in the head; empty for kinds without one */
    uint32_t first_line, line_count; /* in att_blocks.lines */
    uint32_t addition;               /* the next `add` block that extends this one, or ATT_NONE */
    uint32_t home;     /* the pack under which other packs see its name: that of the block it replaces, else its own */
    uint32_t accepted; /* bit set of findings that a note silences: bit 3 for "note ok C03: reason" */
    bool dead;         /* replaced or removed */
    bool torn;         /* lacks a line that could not be read, which was reported */
    bool missed;       /* begins with `remove`, and it was reported that other blocks need what it removes */
};

typedef struct {
    att_str name;
    att_place place; /* of the pack block; a null source when it has none */
    uint32_t rank;   /* in loading order */
    uint64_t *sees;  /* bit set of the packs that it can see: itself and those that it needs */
    bool overlay;
} att_pack;

typedef struct {
    att_arena *arena;
    att_diags *diags;
    struct {
        att_lines_block *items;
        uint32_t count, capacity;
    } blocks; /* in loading order */
    struct {
        att_line *items;
        uint32_t count, capacity;
    } lines;
    struct {
        att_pack *items;
        uint32_t count, capacity;
    } packs;
    struct {
        const char **items;
        uint32_t count, capacity;
    } cooked;        /* the copies of sources of which texts are views */
    att_map removed; /* kind and name of everything that `remove` took away */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } removals; /* by number in `removed`: the block that begins with `remove` */
} att_blocks;

/* Reads all files, block by block; overlay.h puts them into the order of their packs and lays them over each other. */
void att_blocks_read(att_blocks *self, att_arena *arena, att_diags *diags, const att_rule_files *files);

att_place att_line_place(const att_lines_block *block, const att_line *line);      /* of the text */
att_place att_line_word_place(const att_lines_block *block, const att_line *line); /* of the first word */
att_place att_head_place(const att_lines_block *block);
uint32_t att_line_number(const att_lines_block *block, const att_line *line);

/* Reports an error that the reader of a kind of blocks found in them. */
void att_blocks_report(const att_blocks *self, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Iterates over the lines of a block and of all blocks added to it, in order. Start with *line NULL; false past the end. */
bool att_block_next(const att_blocks *self, const att_lines_block **block, const att_line **line);

/* Iterates over forms separated by "|". `*rest` starts as the line's text, `*rest_at` as its byte in the source; `*at` is
 * where the form starts. "\|" and "\(" stand for the characters themselves. False at the end. */
bool att_next_form(att_arena *arena, att_str *rest, uint32_t *rest_at, att_str *form, uint32_t *at);

/* The same for words separated by blanks. */
bool att_next_word(att_str *rest, uint32_t *rest_at, att_str *word, uint32_t *at);

/* The word that begins a block of this kind, such as "entry". */
const char *att_block_keyword(att_block_kind kind);

/* Whether a word before the block, such as "add", goes with blocks of this kind. */
bool att_block_goes_with(att_block_kind kind, att_block_mode mode);

/* The words that may begin the body lines of this kind of block, which must have some. Returns how many. */
enum { ATT_MOST_WORDS = 64 };
size_t att_block_words(att_block_kind kind, att_str words[ATT_MOST_WORDS]);

bool att_is_ident(att_str text); /* small letter, then small letters, digits, "-" */
bool att_is_layer(att_str text); /* capital, then capitals, digits, "_" */

#endif
