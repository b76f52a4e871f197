/* speaker.h - who is meant where someone says something: the mention named there, or the one that "she", "it" and "the
 * ministry" stand for.
 *
 * Nothing is guessed: where several could be meant, nobody is.
 */
#ifndef ATT_SPEAKER_H
#define ATT_SPEAKER_H

#include "knowledge/knowledge.h"
#include "resolve/fellows.h"

/* The last one who said something. */
typedef struct {
    uint32_t entity; /* ATT_NONE for nobody */
    uint32_t token;  /* of the verb */
    uint32_t reach;  /* the last of what is said and who says it */
} att_last_speaker;

/* How far it was looked for another official than two that a sentence names. */
typedef struct {
    uint32_t sentence, pair[2]; /* that of the two, and their entities; ATT_NONE before the first */
    uint32_t next;              /* the annotation to go on with */
    uint32_t third;             /* token of the other one, or ATT_NONE */
} att_third_search;

typedef struct {
    const att_knowledge *knowledge;
    const att_document *doc;
    att_last_speaker person, body; /* a body may be a state */
    att_fellows group;             /* who were the last to say something together; none when count is 0 */
    att_last_speaker together;     /* the first of them */
    att_third_search third;        /* the last one, which a later question goes on with */
    uint32_t *titles;              /* by entity: its first official plus one; 0 for none */
    uint32_t *next_title;          /* by official: the next of its entity, likewise */
} att_speakers;

void att_speakers_init(att_speakers *self, const att_knowledge *knowledge, const att_document *doc);

/* The entity that the words stand for, or ATT_NONE; `verb` is the token of what they say. Where they stand for several ("both
 * ministers"), the others are added to `fellows`. */
uint32_t att_speaker_of(att_speakers *self, att_str words, uint32_t verb, att_fellows *fellows);

/* The layer of the mention that the words are, or ATT_NONE. */
uint32_t att_speaker_layer(const att_speakers *self, att_str words);

/* Whether the words are "he", "she", "it" or "they". */
bool att_is_pronoun(att_str words);

/* The record of the entity that is the last to begin before the byte, else its first; ATT_NONE for none. */
uint32_t att_speaker_record(const att_speakers *self, uint32_t entity, uint32_t byte);

/* Notes who spoke, up to token `reach`. */
void att_speakers_note(att_speakers *self, uint32_t entity, uint32_t verb, uint32_t reach);

/* Notes who said with him what was noted last. */
void att_speakers_note_all(att_speakers *self, uint32_t entity, const att_fellows *fellows);

/* Somebody without a name spoke, who is "he" or "they" from there on: "an official", "officials". */
void att_speakers_forget(att_speakers *self, att_str words);

/* The one whom the sentence before token `verb` begins with, and the words that name him; ATT_NONE for nobody. */
uint32_t att_speaker_at_head(const att_speakers *self, uint32_t verb, att_str *words);

#endif
