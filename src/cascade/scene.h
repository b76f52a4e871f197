/* scene.h - the document as one stage sees it: its annotations as they stood when the stage began, found by token.
 *
 * Owner   what belongs to tokens is the document's, the rest that of an arena that lives as long as the stage.
 */
#ifndef ATT_SCENE_H
#define ATT_SCENE_H

#include "cascade/calls.h"
#include "cascade/list_words.h"
#include "cascade/rule_ast.h"

/* Where a token stands, as the tests of places ask (`att_document.places`). */
enum {
    ATT_PLACE_BOS = 1 << ATT_AT_BOS,
    ATT_PLACE_EOS = 1 << ATT_AT_EOS,
    ATT_PLACE_BOP = 1 << ATT_AT_BOP,
    ATT_PLACE_HEADLINE = 1 << ATT_AT_HEADLINE,
    ATT_PLACE_POSS = 1 << ATT_AT_POSS,
    ATT_PLACE_QUOTE = 1 << ATT_AT_QUOTE,
    ATT_PLACE_NONE = 1 << 7 /* where no token stands */
};

/* What one token has of annotations; layers are bit sets. */
typedef struct {
    uint32_t closes; /* layers whose annotations end before it */
    uint32_t begins; /* layers whose annotations start there */
    uint32_t inside; /* layers whose annotations hold it */
} att_spot;

/* What there is of annotations behind boundary `at`, and before it, as glances are asked. */
static inline uint64_t att_spots_behind(const att_spot *spots, uint32_t at)
{
    return att_glance_layers(spots[at].begins, spots[at].inside);
}

static inline uint64_t att_spots_before(const att_spot *spots, uint32_t at)
{
    return att_glance_layers(spots[at].closes, spots[at - 1].inside);
}

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    att_vocabulary *vocabulary;
    const att_list_glance *lists;      /* by list; NULL where nobody tells */
    att_arena *arena;                  /* for what is forgotten behind the stage */
    const att_annotation *annotations; /* sorted by start, then longer first, then layer */
    uint32_t annotation_count;
    att_spot *spots;                  /* by token; one more than there are tokens */
    uint32_t *starts;                 /* by token that some annotation begins at: the first that does */
    uint32_t shown;                   /* how many annotations the spots show */
    uint32_t layers;                  /* bit set of layers that have an annotation */
    uint32_t *held;                   /* by paragraph: the same for its annotations */
    int32_t *brackets;                /* by token: how deep in matched brackets, these included; NULL until asked for */
    att_call_memory calls;            /* of the stage's matches */
    att_map *persons;                 /* folded names of PERSON annotations, their first and last words; NULL until asked for */
    uint32_t longest[ATT_MAX_LAYERS]; /* tokens of the longest annotation */
    uint32_t sentence;                /* the one found last: the next that is asked for is mostly near */
    uint32_t only_of;                 /* the sentence that `only` was asked of last, plus one; 0 for none */
    att_str only;                     /* the code of the only state that it names */
} att_scene;

/* Says of each token of the document which paragraph it stands in, and where; before any scene of it is made. Behind the last
 * stands one more that begins a paragraph. */
void att_scene_index(att_document *doc);

/* A scene of the document, whose arena keeps the tokens' spots. */
void att_scene_init(att_scene *self, const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary);

/* Gives back what of it is large. */
void att_scene_clear(att_scene *self);

/* The first of annotations in the order of the text that begins at the token or behind it; `count` when none does. */
uint32_t att_scene_first_from(const att_annotation *items, uint32_t count, uint32_t token);

/* Makes it show the document's annotations as they are. They may be added to and changed, but not be moved, until the next
 * time. */
void att_scene_show(att_scene *self);

/* The first of the annotations that start at tokens [first, last), or how many there are. Those behind it start later, or at
 * the same token. */
static inline uint32_t att_scene_starter(const att_scene *self, uint32_t first, uint32_t last)
{
    for (; first < last; first++)
        if (self->spots[first].begins) return self->starts[first];
    return self->annotation_count;
}

/* Whether there is an annotation `index` that starts before token `last`. */
static inline bool att_scene_starts_before(const att_scene *self, uint32_t index, uint32_t last)
{
    return index < self->annotation_count && self->annotations[index].tokens.first < last;
}

/* The first of the annotations from `index` on whose last token is the one before `token`, or ATT_NONE. */
static inline uint32_t att_scene_ender(const att_scene *self, uint32_t index, uint32_t token)
{
    for (; att_scene_starts_before(self, index, token); index++)
        if (self->annotations[index].tokens.last == token) return index;
    return ATT_NONE;
}

/* The index from which to ask for those of some layers that start at token `first` or later. */
static inline uint32_t att_scene_enders(const att_scene *self, uint32_t layers, uint32_t first, uint32_t token)
{
    uint32_t longest = 0;
    for (; layers; layers &= layers - 1) {
        uint32_t length = self->longest[__builtin_ctz(layers)];
        if (length > longest) longest = length;
    }
    return att_scene_starter(self, token - first > longest ? token - longest : first, token);
}

/* The tokens of the paragraph or sentence that holds `token`. */
static inline att_token_range att_scene_paragraph(const att_scene *self, uint32_t token)
{
    return self->doc->paragraphs.items[self->doc->paragraph_of[token]].tokens;
}

att_token_range att_scene_sentence(att_scene *self, uint32_t token);

/* Bit set of layers that have an annotation in the paragraph of `token`. */
static inline uint32_t att_scene_layers(const att_scene *self, uint32_t token)
{
    return self->held[self->doc->paragraph_of[token]];
}

att_zone_kind att_scene_zone(att_scene *self, uint32_t token); /* title, body or boilerplate */

/* How deep `token` stands in brackets that have their fellow in the paragraph. */
int32_t att_scene_brackets(att_scene *self, uint32_t token);

static inline const att_word_type *att_scene_type(const att_scene *self, uint32_t token)
{
    return att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
}

/* Whether the token is the word, which is given in small letters. */
bool att_scene_is_word(const att_scene *self, uint32_t token, const char *word);

/* Whether an annotation PERSON has the folded name, in full or as its first or last word. */
bool att_scene_knows_person(att_scene *self, att_str folded);

/* The text of tokens [first, last). */
att_str att_scene_text(const att_scene *self, uint32_t first, uint32_t last);

/* Ends of phrases of list `list` that start at token `first`, have `least` tokens or more and stay before `limit`, longest
 * first. Returns how many. */
enum { ATT_MOST_ENDS = 64 };
uint32_t att_scene_phrases(const att_scene *self, uint32_t list, uint32_t first, uint32_t least, uint32_t limit,
                           uint32_t ends[ATT_MOST_ENDS]);

#endif
