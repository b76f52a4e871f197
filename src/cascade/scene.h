/* scene.h - the document as one stage sees it: the annotations that existed when the stage began, found by token.
 *
 * Owner   what is kept for each token belongs to the document, the rest to an arena that lives as long as the stage.
 */
#ifndef ATT_SCENE_H
#define ATT_SCENE_H

#include "cascade/calls.h"
#include "cascade/list_words.h"
#include "cascade/rule_ast.h"

/* Where a token stands, as bits for the tests of places (`att_document.places`). */
enum {
    ATT_PLACE_BOS = 1 << ATT_AT_BOS,
    ATT_PLACE_EOS = 1 << ATT_AT_EOS,
    ATT_PLACE_BOP = 1 << ATT_AT_BOP,
    ATT_PLACE_HEADLINE = 1 << ATT_AT_HEADLINE,
    ATT_PLACE_POSS = 1 << ATT_AT_POSS,
    ATT_PLACE_QUOTE = 1 << ATT_AT_QUOTE,
    ATT_PLACE_NONE = 1 << 7 /* a bit that no token has */
};

/* The annotations around one token, as bit sets of layers. */
typedef struct {
    uint32_t closes; /* layers whose annotations end before it */
    uint32_t begins; /* layers whose annotations start at it */
    uint32_t inside; /* layers whose annotations cover it */
} att_spot;

/* The layers after boundary `at`, and before it, in the form that glances compare (att_glance_layers). */
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
    const att_list_glance *lists;      /* by list; NULL when not known */
    att_arena *arena;                  /* for data that is discarded after the stage */
    const att_annotation *annotations; /* sorted by start, then longer first, then layer */
    uint32_t annotation_count;
    att_spot *spots;       /* by token, and one more at the end */
    uint32_t *starts;      /* by token: the first annotation that begins there, where one does */
    uint32_t shown;        /* how many annotations `spots` already contains */
    uint32_t layers;       /* bit set of layers that have an annotation */
    uint32_t *held;        /* the same for each paragraph */
    int32_t *brackets;     /* by token: nesting depth in matched brackets, the brackets included; NULL until needed */
    att_call_memory calls; /* ends of callees in this stage */
    att_map *persons;      /* folded names of PERSON annotations, and their first and last words; NULL until needed */
    att_map *bodies;       /* folded beginnings of names of ORG annotations, names of IGO annotations; NULL until needed */
    uint32_t longest[ATT_MAX_LAYERS]; /* by layer: tokens of its longest annotation */
    uint32_t sentence;                /* the sentence found last; the next one asked for is mostly near */
    uint32_t only_of;                 /* the sentence for which `only` was last worked out, plus one; 0 for none */
    att_str only;                     /* the code of the only state named there */
    const att_annotation *only_name;  /* the only name of it there; NULL when there are more, or none */
} att_scene;

/* Sets for each token which paragraph it is in and where it stands. Call it once, before the first scene of a document. One
 * extra place after the last token begins a paragraph. */
void att_scene_index(att_document *doc);

/* Makes a scene of the document; what is kept for tokens goes to the document's arena. */
void att_scene_init(att_scene *self, const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary);

/* Frees its large parts. */
void att_scene_clear(att_scene *self);

/* The index of the first annotation, in text order, that begins at or after the token; `count` when there is none. */
uint32_t att_scene_first_from(const att_annotation *items, uint32_t count, uint32_t token);

/* Makes the scene show the document's current annotations. Until the next call annotations may be added or changed, but not
 * moved. */
void att_scene_show(att_scene *self);

/* The index of the first annotation that starts at one of tokens [first, last); annotation_count when there is none. Those
 * after it in the array start at the same token or later. */
static inline uint32_t att_scene_starter(const att_scene *self, uint32_t first, uint32_t last)
{
    for (; first < last; first++)
        if (self->spots[first].begins) return self->starts[first];
    return self->annotation_count;
}

/* Whether annotation `index` exists and starts before token `last`. */
static inline bool att_scene_starts_before(const att_scene *self, uint32_t index, uint32_t last)
{
    return index < self->annotation_count && self->annotations[index].tokens.first < last;
}

/* The first annotation from `index` on that ends just before `token`; ATT_NONE when there is none. */
static inline uint32_t att_scene_ender(const att_scene *self, uint32_t index, uint32_t token)
{
    for (; att_scene_starts_before(self, index, token); index++)
        if (self->annotations[index].tokens.last == token) return index;
    return ATT_NONE;
}

/* The index from which to search for annotations of these layers that start at token `first` or later and end at `token`. */
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

/* The tokens of the sentence that holds `token`. Remembers it, because the next question is mostly near. */
att_token_range att_scene_sentence(att_scene *self, uint32_t token);

/* Bit set of layers that have an annotation in the paragraph of `token`. */
static inline uint32_t att_scene_layers(const att_scene *self, uint32_t token)
{
    return self->held[self->doc->paragraph_of[token]];
}

att_zone_kind att_scene_zone(att_scene *self, uint32_t token); /* title, body or boilerplate */

/* Nesting depth of `token` in brackets that are closed within the paragraph. */
int32_t att_scene_brackets(att_scene *self, uint32_t token);

static inline const att_word_type *att_scene_type(const att_scene *self, uint32_t token)
{
    return att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
}

/* Whether the token is this word, given in small letters. */
bool att_scene_is_word(const att_scene *self, uint32_t token, const char *word);

/* Whether the document has a PERSON with this folded name, in full or as its first or last word. */
bool att_scene_knows_person(att_scene *self, att_str folded);

/* Whether the document has an ORG whose name begins with these folded words, or an IGO whose name they are. A word for a kind
 * of body ("Bank") is none alone. */
bool att_scene_names_body(att_scene *self, att_str folded);

/* The text of tokens [first, last). */
att_str att_scene_text(const att_scene *self, uint32_t first, uint32_t last);

/* Finds the phrases of list `list` that start at token `first`, have at least `least` tokens and end before `limit`. Writes
 * their ends, longest first, and returns how many. */
enum { ATT_MOST_ENDS = 64 };
uint32_t att_scene_phrases(const att_scene *self, uint32_t list, uint32_t first, uint32_t least, uint32_t limit,
                           uint32_t ends[ATT_MOST_ENDS]);

#endif
