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

/* Lists that the program reads while it works on annotations, named by what their words are. Where the rules have none of
 * such a name, it is an empty list. X(enumerator, list) */
#define ATT_PROGRAM_LISTS(X)                                                                                                   \
    X(HEADING, "line-heading")       /* delegation: beside a state or a body that heads the lines of a list */                 \
    X(UNIT, "line-unit")             /* Division: the first or last word of a body of a state */                               \
    X(HONORIFIC, "line-honorific")   /* Mr: before a name at the head of a line */                                             \
    X(GOVERNMENT, "line-government") /* Government, Cabinet: the state rather than a body of it */                             \
    X(BOX, "line-of-box")            /* Succeeded by: begins a line in the box of an encyclopaedia */                          \
    X(MEMBERS, "line-members")       /* members: before a body, those of whom the lines below tell */                          \
    X(ENGLISH, "english-word")       /* no name */                                                                             \
    X(NO_NAME, "never-a-name")                                                                                                 \
    X(COMMON, "line-common") /* posts that companies have too */                                                               \
    X(COMMON_POST, "common-post")                                                                                              \
    X(COMPANY_POST, "company-post")                                                                                            \
    X(PRIVATE_TITLE, "private-title")                                                                                          \
    X(HE, "name-of-he") /* Mr., John: before or at the head of a name */                                                       \
    X(SHE, "name-of-she")                                                                                                      \
    X(STATE_WITH_CROWN, "state-with-crown")         /* GBR: has no president */                                                \
    X(STATE_OF_ONE_CHAMBER, "state-without-senate") /* CHN: has no Senate and no House */                                      \
    X(CHAMBER, "chamber-of-congress")               /* senate: in the id "*-senate", which the United States have */           \
    X(NAMES_TOO, "state-of-same-names")             /* KOR = PRK: whose names of persons are of the other one, too */          \
    X(OF_PRESIDENT, "word-of-president")            /* Presidential: in the names of bodies that such a state has not */       \
    X(OF_MINISTER, "word-of-minister") /* Ministry: in titles and names of bodies that the United States have not */           \
    X(REIGNING, "reigning-title")      /* King: the last word of a sovereign's or prince's title */                            \
    X(CROWN_SECRETARY, "grade-of-crown-secretary") /* Permanent: before a Secretary whom the United States have not */         \
    X(ENVOY, "post-of-envoy")                      /* Ambassador: is sent to another state */                                  \
    X(MISSION, "word-of-mission")                  /* Embassy, Ambassador: behind the state that has it in another one */      \
    X(NAMESAKES, "land-of-namesakes")              /* GBR: its towns have namesakes overseas */                                \
    X(CONDOLENCE, "word-of-condolence")            /* condolences: are sent to another state */                                \
    X(AT_MISSION, "post-at-mission")               /* attaché: in titles of those who serve at one */                         \
    X(GUEST, "post-of-guest")                      /* ambassador: of another state than his hosts and who greets him */        \
    X(ABROAD, "post-met-abroad")                   /* minister: of any state, by the bare title and a family name */           \
    X(COMMON_FAMILY, "common-family-name")         /* Smith: too common to say which state's minister he is */                 \
    X(RECEIVES, "verb-of-receiving")               /* summoned: done to the envoy of another state */                          \
    X(OFFICERS, "word-of-officers")                /* officers: behind the body in which soldiers serve */                     \
    X(OF_COURT, "post-of-court")                   /* judge: the last word of a post at a court */                             \
    X(COURT, "word-of-court")                      /* Tribunal: in the name of a court */                                      \
    X(JUDGE, "rank-that-is-post")                  /* judge: a rank that says what its bearer is */                            \
    X(AT_MEETINGS, "guest-of-several")             /* UN: takes part in what other bodies of several states do */              \
    X(LOCAL, "post-of-place")                      /* mayor: of the state in which the place lies */                           \
    X(LOCAL_BODY, "body-of-place")                 /* police: the last word of a body that towns have */                       \
    X(OF_ALL, "post-of-several")                   /* executive secretary: what bodies of several states have */               \
    X(HEAD_OF_ALL, "head-whatever-people")         /* chief: who heads a body of several states, of whatever people he is */   \
    X(FOR_MEMBER, "field-of-member")               /* integration: what a state has for a body of several states */            \
    X(HALF_OF_UNION, "word-of-chamber")            /* Senate: a chamber of the Union, or of one of its states */               \
    X(OF_UNION, "word-of-union")                   /* Congress: tells of the Union, not of one of its states */                \
    X(OF_CONGRESS, "word-of-congress")             /* CODEL: tells of Congress, whatever state is spoken of */                 \
    X(COMMITTEE, "word-of-committee")              /* Subcommittee: begins or ends the name of a part of a chamber */          \
    X(DEALT_WITH, "work-of-chamber")               /* hearing: what a chamber holds or passes on something */                  \
    X(JUDGES, "verb-of-judging")                   /* accused: of what others do, so that its object is another state */       \
    X(TELLS, "verb-of-telling")                    /* announced: behind a body that tells news */                              \
    X(MEETS, "word-of-meeting")                    /* received: before the post of a host */                                   \
    X(GUESTS, "word-of-guests")                    /* visitors: behind the state from which they come */                       \
    X(NATIONALS, "word-of-nationals")              /* national: who is of a state, wherever he may be */                       \
    X(SPIES, "word-of-spies")                      /* spy: before "of" and the state that he serves */                         \
    X(SENT, "sent-by-state")                       /* gentleman: before "from" and the state that he represents */             \
    X(GROUP, "word-of-delegation")                 /* delegation: behind the state that sends it */                            \
    X(GROUP_VERB, "verb-of-delegation")            /* included: between it and those who are in it */                          \
    X(LED, "verb-of-leading")                      /* led: before "by" and who speaks for a body of several states */          \
    X(TAKEN_IN, "word-of-taking-in")               /* asylum: what a state gives those of another one, or does to them */      \
    X(GROUP_LEADER, "leader-of-delegation")        /* head */                                                                  \
    X(PLAIN_HEAD, "head-of-plain-body")            /* Ministry: the first word of a name that any state may use */             \
    X(PLAIN_WORD, "word-of-plain-body")            /* security: of such words names are made that any state may use */         \
    X(SHARED_NAME, "name-of-many-states")          /* State Intelligence Service: what many states call a body of theirs */    \
    X(UNLIKE_USA, "state-unlike-the-states")       /* DEU: has no House, no Senate and no departments */                       \
    X(DEPARTMENT, "word-of-department")            /* Department: in what that state calls its ministries */                   \
    X(APPOINTS, "verb-of-appointing")              /* named */                                                                 \
    X(WRITER, "word-of-writer")                    /* author: of the text, whom its byline names */                            \
    X(CAREER, "word-of-career")                    /* diplomat: behind a people, whose state one serves */                     \
    X(POST_OF_STATE, "post-of-state")              /* minister: in titles that only states give */                             \
    X(STAFF, "post-of-staff")                      /* spokesman, deputy director: what titles of staff begin with */           \
    X(PERSONAL_RANK, "personal-rank")              /* Admiral: stays with a person whatever the post */                        \
    X(RANK_BELOW, "rank-below")                    /* deputy: makes another post of a title */                                 \
    X(STAND_IN, "stand-in")                        /* acting: the same in the name of an office */                             \
    X(CUT_SHORT, "title-cut-short")                /* sec secretary: before a dot, stands for the title that begins so */      \
    X(TITLE_MEANS, "title-means")                  /* PM = Prime Minister: a title that is read as another */                  \
    X(FIELD_TAIL, "tail-of-field")                 /* affairs: may stand behind the field in a title, and says nothing more */ \
    X(FIELD_END, "end-of-field")                   /* Affairs: behind the people with whom a body deals */                     \
    X(TIME, "time-before-title")                   /* ex: before a hyphen and a title */                                       \
    X(SERVED, "verb-of-past-service")              /* served: before "as" and a title whose time is over */                    \
    X(TURN, "turn-of-time")                        /* now: begins another time than that of a post before it */                \
    X(CONSORT, "title-of-consort")                 /* First Lady: what titles of a holder's wife or husband begin with */      \
    X(CHILD_OF, "link-to-father")                  /* bin: between the names of child and father */                            \
    X(LEFT_OUT, "name-left-out")                   /* Muhammad: the first word of a name which often goes without it */        \
    X(GIVEN, "given-name")                         /* Jane: before a family name */                                            \
    X(SHORT_FAMILY, "short-family")                /* Li: a family name too short to stand alone, unless it is one */          \
    X(PARTICLE, "particle-of-family")              /* van: the first word of a family name */                                  \
    X(SUBORDINATE, "opener-of-subordinate")        /* Although: opens a clause that another follows */                         \
    X(ADVERBIAL, "opener-of-adverbial")            /* Speaking: opens what tells where or how somebody says so */              \
    X(ATTACKS, "word-of-attack")                   /* drones: behind the state that attacks another one */                     \
    X(INTERVIEW, "word-of-interview")              /* spoke: tells that somebody is asked */                                   \
    X(HACKERS, "word-of-hackers")                  /* hackers: behind their state */                                           \
    X(BEFORE_HACKERS, "word-before-hackers")       /* linked: may stand between the state and its hackers */                   \
    X(HACKING, "verb-of-hacking")                  /* breached: between them and the body that is not of their state */        \
    X(BEFORE_ATTACK, "word-before-attack")         /* night: may stand between the state and its attack */                     \
    X(DAMAGE, "teller-of-damage")                  /* Emergency: in bodies and posts that tell what an attack did to them */   \
    X(FORCE, "word-of-force")                      /* military: behind a state, whose forces others tell of */                 \
    X(LEADER, "word-of-leader")                    /* chief: is whoever heads the body beside it */                            \
    X(COMPANY, "word-of-company")                  /* firm: what a company may be called later */                              \
    X(WRITING, "word-of-writing")                  /* communique: means who wrote it */                                        \
    X(SEVERAL, "word-of-several")                  /* ministers: those who spoke together */                                   \
    X(PARTIES, "word-of-parties")                  /* governments: several, but no persons */                                  \
    X(SENTENCE_HEAD, "head-of-sentence")           /* However: before the subject */                                           \
    X(POST_BEFORE_NAME, "post-before-name")        /* economist: in small letters before a name */                             \
    X(POST, "word-of-post")                        /* colleague: says what somebody is */                                      \
    X(TITLE_PART, "small-word-of-title")           /* foreign: of a title, in small letters before a name */                   \
    X(ENGLISH_END, "end-of-english-body")          /* Association: the last word of what has an English name */                \
    X(COUNTERPART, "word-of-counterpart")          /* counterpart: whom one meets, behind his state */                         \
    X(WIRE, "state-of-wire")                       /* KUNA = KWT: the agency by whose sign-off a text is of that state */      \
    X(OPEN_LETTERS, "letters-of-much")             /* CIO: letters that mean much else than a body of a state */               \
    X(DEED, "verb-of-deed")                        /* took: an irregular verb of doing */                                      \
    X(TALK, "verb-of-talk")                        /* discussed: done besides, whatever stands behind it */

typedef enum {
#define X(id, name) ATT_LIST_##id,
    ATT_PROGRAM_LISTS(X)
#undef X
        ATT_PROGRAM_LIST_COUNT
} att_program_list;

typedef struct {
    att_str name;
    const att_lines_block *block;
    att_str sample;            /* the shortest phrase of letters and digits of ASCII, for messages; or null */
    uint32_t phrases, words;   /* how many phrases; how many of them can be a single word */
    uint32_t longest;          /* words of the longest phrase */
    uint32_t uses;             /* how often rules and the program use it */
    uint32_t same;             /* another list with this name, or ATT_NONE */
    uint32_t meant, meant_end; /* its meanings are among these */
    bool broken;               /* has findings */
} att_list;

/* "PM = Prime Minister", a phrase of a list that says what the first half means. */
typedef struct {
    att_str text, meaning;
    uint32_t list, unused; /* fills what would be padding: compiled rules must not contain uninitialised bytes */
} att_meaning;

typedef struct {
    struct {
        att_list *items;
        uint32_t count, capacity;
    } lists;
    att_map by_name;
    uint32_t *first_of;                          /* by the number of the name: one list with it */
    uint32_t of_program[ATT_PROGRAM_LIST_COUNT]; /* the last list of that name; ATT_NONE when there is none */
    att_names names;
    struct {
        att_meaning *items;
        uint32_t count, capacity;
    } meanings; /* few */
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

/* The same of a list that the program reads. */
static inline bool att_lists_have(const att_phrase_lists *self, att_program_list which, const att_vocabulary *vocabulary,
                                  const att_word_type *type, bool capitals)
{
    const uint32_t list = self->of_program[which];
    return list != ATT_NONE && att_lists_have_word(self, list, vocabulary, type, capitals);
}

/* The same of words that have no type, such as those of folded titles: whether the text as a whole is a phrase of the list.
 * Its words are parted by single blanks or hyphens. */
bool att_lists_have_text(const att_phrase_lists *self, att_program_list which, att_str text);

/* What the text means by a list of phrases such as "PM = Prime Minister"; null where the list does not have it. */
att_str att_lists_meaning(const att_phrase_lists *self, att_program_list which, att_str text);

/* Whether the text begins with a phrase of the list; whether a word between its blanks is one. */
bool att_lists_have_start(const att_phrase_lists *self, att_program_list which, att_str text);
bool att_lists_have_any(const att_phrase_lists *self, att_program_list which, att_str text);

#endif
