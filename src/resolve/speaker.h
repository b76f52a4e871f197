/* speaker.h - who speaks where someone says something: the mention named there, or the one that "she", "it" or "the ministry"
 * stands for.
 *
 * Where several could be meant, nobody is chosen.
 */
#ifndef ATT_SPEAKER_H
#define ATT_SPEAKER_H

#include "knowledge/knowledge.h"
#include "resolve/fellows.h"

/* Which of "he" and "she" a person's names and forms of address tell. */
enum { ATT_CALLED_HE = 1, ATT_CALLED_SHE = 2 };

/* The last speaker so far. */
typedef struct {
    uint32_t entity; /* ATT_NONE for nobody */
    uint32_t token;  /* of the verb */
    uint32_t reach;  /* last token of what was said and of the words that name the speaker */
} att_last_speaker;

/* The state of a search for an official other than the two whom a sentence names. */
typedef struct {
    uint32_t sentence, pair[2]; /* the sentence, and the entities of the two; ATT_NONE before the first search */
    uint32_t next;              /* the annotation at which to continue */
    uint32_t third;             /* token of the other official, or ATT_NONE */
} att_third_search;

typedef struct {
    const att_knowledge *knowledge;
    const att_document *doc;
    att_last_speaker person, body; /* last person and last body (which may be a state) that spoke */
    att_fellows group;             /* the last group that said something together; none when its count is 0 */
    att_last_speaker together;     /* the first speaker of that group */
    att_third_search third;        /* the last search, which a later question continues */
    uint8_t *called;               /* by entity: ATT_CALLED_HE, ATT_CALLED_SHE, both where names differ, 0 where none tells */
    uint32_t *titles;              /* by entity: index of its first official plus one; 0 for none */
    uint32_t *next_title;          /* by official: the next official of the same entity, plus one; 0 for none */
} att_speakers;

/* Begins a document: nobody has spoken yet. Officials and entities must be there. */
void att_speakers_init(att_speakers *self, const att_knowledge *knowledge, const att_document *doc,
                       const att_vocabulary *vocabulary);

/* The entity for which the words stand, or ATT_NONE; `verb` is the token of the verb of saying. If the words stand for
 * several ("both ministers"), the others are added to `fellows`. */
uint32_t att_speaker_of(att_speakers *self, att_str words, uint32_t verb, att_fellows *fellows);

/* The layer of the mention with exactly these words, or ATT_NONE. */
uint32_t att_speaker_layer(const att_speakers *self, att_str words);

/* Whether the words are "he", "she", "it" or "they". */
bool att_is_pronoun(att_str words);

/* The index of the entity's last record that begins before the byte, else of its first; ATT_NONE for none. */
uint32_t att_speaker_record(const att_speakers *self, uint32_t entity, uint32_t byte);

/* Notes who spoke, and up to which token. */
void att_speakers_note(att_speakers *self, uint32_t entity, uint32_t verb, uint32_t reach);

/* Notes that somebody without a name spoke for the body noted last ("its spokesman"), to whom "he" refers from there on. */
void att_speakers_lend(att_speakers *self);

/* Notes who spoke together with the speaker noted last. */
void att_speakers_note_all(att_speakers *self, uint32_t entity, const att_fellows *fellows);

/* Notes that somebody without a name spoke ("an official"), to whom "he" or "they" refers from there on. */
void att_speakers_forget(att_speakers *self, att_str words);

/* The entity that is the subject of the sentence which begins at token `first`, as far as token `verb` can be said of it, and
 * the words that name it; ATT_NONE for none. */
uint32_t att_speaker_at_head(const att_speakers *self, uint32_t first, uint32_t verb, att_str *words);

#endif
