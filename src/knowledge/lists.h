/* lists.h - reads the blocks `list`: named lists of phrases, for rules and for the program itself.
 *
 * Shape   all phrases of all lists are forms of one trie, separate from that of the entries; the owner of a form is the number
 *         of its list. Case works as in names: a capital in the phrase requires one in the text.
 * Owner   the engine's arena.
 */
#ifndef ATT_LISTS_H
#define ATT_LISTS_H

#include "knowledge/names.h"

/* Word lists that output profiles read (engine/annotation_profile.h). X(enumerator, list) */
#define ATT_PROFILE_LISTS(X)                                                                                                   \
    X(PEOPLE, "profile-people")       /* forces: a nation's or body's people */                                                \
    X(MODIFIER, "profile-modifier")   /* military: may stand before them */                                                    \
    X(SIDE, "profile-side")           /* northern */                                                                           \
    X(PLACE, "profile-place")         /* city: before "of" and its name */                                                     \
    X(TERRAIN, "profile-terrain")     /* border: a nation's */                                                                 \
    X(CREED, "profile-creed")         /* Kurdish: peoples and creeds that are no nation */                                     \
    X(COURTESY, "profile-courtesy")   /* Mr: belongs to the person */                                                          \
    X(KIND, "profile-kind")           /* province: behind the name of one */                                                   \
    X(OPERATION, "profile-operation") /* operation: what a city stands before */                                               \
    X(ALONE, "profile-alone")         /* Coalition: a body by one word */                                                      \
    X(COUNT, "profile-count")         /* an, our, two: before people */

typedef enum {
#define X(id, name) ATT_PROFILE_##id,
    ATT_PROFILE_LISTS(X)
#undef X
        ATT_PROFILE_LIST_COUNT
} att_profile_list;

extern const char *const att_profile_list_names[ATT_PROFILE_LIST_COUNT];

/* Lists that resolve/lines reads, the last two resolve/speaker. X(enumerator, list) */
#define ATT_LINE_LISTS(X)                                                                                                      \
    X(HEADING, "line-heading")     /* delegation: beside a state or a body that heads the lines of a list */                   \
    X(UNIT, "line-unit")           /* Division: the first or last word of a body of a state */                                 \
    X(HONORIFIC, "line-honorific") /* Mr: before a name at the head of a line */                                               \
    X(WORD, "english-word")        /* no name */                                                                               \
    X(NO_NAME, "never-a-name")                                                                                                 \
    X(COMMON, "line-common") /* posts that companies have too */                                                               \
    X(COMMON_POST, "common-post")                                                                                              \
    X(COMPANY_POST, "company-post")                                                                                            \
    X(PRIVATE_TITLE, "private-title")                                                                                          \
    X(HE, "name-of-he") /* Mr., John: before or at the head of a name */                                                       \
    X(SHE, "name-of-she")

typedef enum {
#define X(id, name) ATT_LINE_LIST_##id,
    ATT_LINE_LISTS(X)
#undef X
        ATT_LINE_LIST_COUNT
} att_line_list;

typedef struct {
    att_str name;
    const att_lines_block *block;
    att_str sample;          /* the shortest phrase of letters and digits of ASCII, for messages; or null */
    uint32_t phrases, words; /* how many phrases; how many of them can be a single word */
    uint32_t longest;        /* words of the longest phrase */
    uint32_t uses;           /* how often rules and the program use it */
    uint32_t same;           /* another list with this name, or ATT_NONE */
    bool broken;             /* has findings */
} att_list;

typedef struct {
    struct {
        att_list *items;
        uint32_t count, capacity;
    } lists;
    att_map by_name;
    uint32_t *first_of;                     /* by the number of the name: one list with it */
    uint32_t of_lines[ATT_LINE_LIST_COUNT]; /* the last list of that name; ATT_NONE when there is none */
    att_names names;
} att_phrase_lists;

/* Reads all lists. Those that the program itself uses also go where it needs them: word lists into the lexicon, before any
 * phrase is cut into words, and boilerplate into `names`. */
void att_lists_read(att_phrase_lists *self, const att_blocks *blocks, const att_rule_files *files, att_names *names);

/* Receives a phrase of list number `list` and its place in the file: `size` bytes from `at` on, quotation marks included. */
typedef void att_list_visitor(void *user, uint32_t list, const att_rule_file *file, att_str phrase, uint32_t at, size_t size);

/* Calls `visit` for each phrase of each list, as it is read. What must be kept of it lies in `arena`. */
void att_lists_visit(const att_blocks *blocks, const att_rule_files *files, att_arena *arena, att_list_visitor *visit,
                     void *user);

/* The list that pack `pack` means by this name, even if it may not see it; ATT_NONE when there is none. */
uint32_t att_lists_find(const att_phrase_lists *self, const att_blocks *blocks, att_str name, uint32_t pack);

/* The last list with that name in any pack; ATT_NONE when there is none. */
uint32_t att_lists_any(const att_phrase_lists *self, att_str name);

/* Whether the word alone is a phrase of the list; `capitals`: in a line that is all in capitals. */
bool att_lists_have_word(const att_phrase_lists *self, uint32_t list, const att_vocabulary *vocabulary,
                         const att_word_type *type, bool capitals);

#endif
