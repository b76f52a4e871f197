#include "cascade/frequency.h"

/* How often things stand in news, per hundred thousand tokens, roughly: enough to tell rare from frequent. */
enum {
    EVERY_TOKEN = 100000,
    ANNOTATION = 600, /* of a layer that the table below does not have */
    REGEX = 1000,
    POSS_OR_QUOTE = 1600,
    RARE_WORD = 4,
    LEFT_BY_FIELDS = 20 /* one annotation in so many has the value that a field must have */
};
enum { LONGEST_FREQUENT = 16 /* letters of a word in the table */ };
enum { RARE_AT_ONCE = 2, MOST_RARE = 1500 }; /* of many rare words: so many count one more, up to that */

/* Words as they are when written small count however they are written; words with capitals only when written so.
 *
 * They were counted in wires of 1987 ("mln", "dlrs") and in statements of the White House from 2021 on ("covid"): knowledge of
 * two collections of texts, which would belong in rules/ if it told what is found. It only chooses the words at which patterns
 * are entered. Every set of rules needs that, also one that takes the place of the shipped ones and has none of their lists:
 * without these counts the shipped rules find the same and take more than twice as long. */
static const struct {
    const char *words;
    uint32_t frequency;
} frequent[] = {
    { "the", 5500 },
    { ", .", 4500 },
    { "and of to", 2700 },
    { "a in", 1500 },
    { "- that", 1000 },
    { "\" ' ( ) for is on with", 800 },
    { "said it", 700 },
    { "The we as this i I", 500 },
    { "president will by from you : be have are at President our mln", 350 },
    { "And has was he not dlrs an its march March or but year they pct", 250 },
    { "u.s. U.S. new their all states about so more united United would States also which what billion one been", 180 },
    { "? vs who there people up national can american today It first American were / two going do We know federal "
      "company last other administration than over",
      130 },
    { "had security government these his if when just including state america bank cts America But inc $ now no support "
      "through we're my april years any In work house world April time out may corp health This net National So well "
      "those He here make Inc because law department into get thank",
      90 },
    { "under House some continue country share market Federal after ms economic loss Corp day how Administration them "
      "trade us americans Americans international A act public MS order think stock made against secretary Department "
      "your foreign I'm i'm week THE shares white debt right very Secretary many executive nation three Act like oil "
      "should help plan million energy tax vice could where take me",
      65 },
    { "need White say want between back every That york across leaders Co go policy working countries group Bank prices "
      "applause communities most mr long while january don't community since families investment meeting down end They "
      "agreement per program month next congress January only before washington price see rate Congress exchange banks "
      "office together good around New general service efforts february japan she officials interest during part based "
      "such way workers much being women ukraine increase Thank Ukraine business State As minister five development "
      "further action dlr February care both sales announced Security told issue access economy look four we've future "
      "Today Japan infrastructure financial provide high statement system services director again major securities "
      "rights You profit her funding local",
      45 },
    { "months each assistance did important emergency ltd set May record companies use making additional International "
      "pay members jobs Executive due board management agency production ensure term still Minister private senior six "
      "common defense Net climate industry then budget official expected global supply total Ltd let capital days Vice "
      "growth offer commitment available ago why dollar call critical even home lead does must earlier credit current "
      "Mr report Director forward ahead prime yesterday build same quarter programs rates unit come issues covid COVID "
      "information partners lower power IN resources operations General Order union small protect costs doing deal full "
      "put clear There question military tonnes number change domestic On First actions commission pacific london "
      "section already technology cut they're sure money shall justice council able south better nations plans december "
      "Office signed December second Pacific non bill history violence trading off partnership done cost war senate "
      "products family manufacturing Russia russia court gas address added really leadership close chairman give terms "
      "within",
      32 },
    { "inflation life lives another agencies finance children Nation rose seen level safety strong sector systems news "
      "west point own building Council Well committee you're higher businesses lot areas spokesman investments markets "
      "Senate date authority response china great We're used loan deficit Commission keep fund region York decision "
      "South open taking mean school percent data period whether cash free force japanese meet includes reduce rise "
      "without note believe committed offering something progress Prime China West north historic far ! agreed chief "
      "What recent called past Japanese central european income laws safe him following These include half member "
      "possible European early things talk buy basis thanks got export For education sources research funds canada "
      "taken Government pandemic best too bipartisan Washington treasury policies crisis middle opportunity capacity "
      "cooperation equity human One fell place laughter never analysts held june process largest discussed I've i've "
      "move If line commercial June needs nearly little significant led industries talks expand proposed contract clean "
      "exports advisor district sale Health",
      22 },
};

static const struct {
    uint32_t class, frequency;
} class_frequencies[] = {
    { ATT_CLASS_WORD, 87000 }, { ATT_CLASS_ASCII, 98000 }, { ATT_CLASS_HYPHEN, 800 }, { ATT_CLASS_CAP, 20000 },
    { ATT_CLASS_UPPER, 2000 }, { ATT_CLASS_LOWER, 64000 }, { ATT_CLASS_MIXED, 300 },  { ATT_CLASS_INITIAL, 300 },
    { ATT_CLASS_NUM, 2000 },   { ATT_CLASS_ORDINAL, 200 }, { ATT_CLASS_POSS, 800 },   { ATT_CLASS_PUNCT, 12000 },
    { ATT_CLASS_COMMA, 5000 }, { ATT_CLASS_DASH, 800 },    { ATT_CLASS_QUOTE, 800 },  { ATT_CLASS_OPEN, 400 },
    { ATT_CLASS_CLOSE, 400 },
};

static const uint32_t layer_frequencies[ATT_KNOWN_LAYERS] = {
    [ATT_LAYER_PERSON] = 800, [ATT_LAYER_TITLE] = 850,     [ATT_LAYER_AGENCY] = 600,  [ATT_LAYER_IGO] = 100,
    [ATT_LAYER_ORG] = 200,    [ATT_LAYER_COUNTRY] = 800,   [ATT_LAYER_DEMONYM] = 350, [ATT_LAYER_LOCATION] = 350,
    [ATT_LAYER_EVENT] = 100,  [ATT_LAYER_AGREEMENT] = 300, [ATT_LAYER_DATE] = 200,    [ATT_LAYER_OFFICIAL] = 600,
    [ATT_LAYER_TOPIC] = 4800,
};

/* Values of fields that leave more than LEFT_BY_FIELDS does. Strong topics count half: what is waited for is asked its fields,
 * what stands near is not. */
static const struct {
    const char *value;
    uint32_t frequency;
} frequent_values[] = { { "location", 2600 }, { "strong", 1100 }, { "party", 1500 } };

/* ---- words ---- */

static void read_words(att_frequencies *self)
{
    att_map_init(&self->words, self->knowledge->arena);
    for (size_t i = 0; i < sizeof frequent / sizeof *frequent; i++) {
        att_str rest = att_str_of(frequent[i].words);
        while (rest.length) {
            const char *blank = memchr(rest.data, ' ', rest.length);
            size_t length = blank ? (size_t)(blank - rest.data) : rest.length;
            uint32_t word = att_map_add(&self->words, att_str_slice(rest, 0, length));
            ATT_RESERVE(self->knowledge->arena, &self->of_words, 1);
            if (word == self->of_words.count) self->of_words.items[self->of_words.count++] = frequent[i].frequency;
            rest = att_str_slice(rest, blank ? length + 1 : length, rest.length);
        }
    }
}

static uint32_t of_text(const att_frequencies *self, att_str text)
{
    uint32_t number = att_map_find(&self->words, text);
    return number == ATT_NONE ? RARE_WORD : self->of_words.items[number];
}

/* The word may be an exact form. */
static uint32_t of_word(const att_frequencies *self, uint32_t word)
{
    const att_lexicon *lexicon = &self->knowledge->lexicon;
    return word < lexicon->words.count ? of_text(self, att_lexicon_word(lexicon, word)) : RARE_WORD;
}

uint32_t att_rarest_word(const att_frequencies *self, const att_pattern *node)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < node->word_count; i++)
        if (of_word(self, node->words[i]) < of_word(self, node->words[best])) best = i;
    return best;
}

/* ---- alternatives ---- */

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* How often one of several things is met. */
typedef struct {
    uint32_t others, rare; /* rare: how many are rare words, most of which are hardly ever met */
} alternatives;

static void add(alternatives *sum, uint32_t frequency)
{
    if (frequency == RARE_WORD) sum->rare++;
    else sum->others += frequency;
}

static uint32_t summed(const alternatives *sum)
{
    if (!sum->rare) return sum->others;
    return sum->others + RARE_WORD + least((sum->rare - 1) / RARE_AT_ONCE, MOST_RARE);
}

/* ---- lists ---- */

/* Of a word with the capitals that the phrases of a list require in it. */
static uint32_t of_opening(const att_frequencies *self, const att_list_opening *opening)
{
    char text[LONGEST_FREQUENT];
    att_str word = att_lexicon_word(&self->knowledge->lexicon, opening->norm);
    if (!(opening->caps & 1) || !word.length || word.length > sizeof text) return of_word(self, opening->norm);
    memcpy(text, word.data, word.length);
    for (size_t i = 0; i < word.length; i++)
        if (opening->caps >> i & 1 && text[i] >= 'a' && text[i] <= 'z') text[i] = (char)(text[i] - 'a' + 'A');
    return of_text(self, (att_str){ text, word.length });
}

static void sum_lists(att_frequencies *self, const att_list_openings *openings)
{
    uint32_t count = self->knowledge->lists.lists.count;
    self->of_lists = att_arena_zero(self->knowledge->arena, count + 1, sizeof *self->of_lists);
    alternatives *sums = att_arena_zero(self->knowledge->arena, count + 1, sizeof *sums);
    for (uint32_t i = 0; i < openings->count; i++) {
        const att_list_opening *opening = &openings->items[i];
        add(&sums[opening->list], of_opening(self, opening));
    }
    for (uint32_t list = 0; list < count; list++) self->of_lists[list] = least(summed(&sums[list]), EVERY_TOKEN);
}

att_frequencies att_frequencies_make(const att_knowledge *knowledge, const att_list_openings *openings)
{
    att_frequencies self = { .knowledge = knowledge };
    read_words(&self);
    sum_lists(&self, openings);
    return self;
}

/* ---- tests ---- */

static uint32_t of_class(uint32_t class)
{
    for (size_t i = 0; i < sizeof class_frequencies / sizeof *class_frequencies; i++)
        if (class_frequencies[i].class == class) return class_frequencies[i].frequency;
    return EVERY_TOKEN;
}

uint32_t att_frequency_of_test(const att_frequencies *self, const att_test *test)
{
    uint32_t frequency = EVERY_TOKEN;
    alternatives sum = { 0, 0 };
    switch (test->kind) {
    case ATT_TEST_CLASS: return of_class(test->number);
    case ATT_TEST_PLACE: return test->number == ATT_AT_POSS || test->number == ATT_AT_QUOTE ? POSS_OR_QUOTE : EVERY_TOKEN;
    case ATT_TEST_WORD:
    case ATT_TEST_EXACT: return of_word(self, test->number);
    case ATT_TEST_REGEX: return REGEX;
    case ATT_TEST_LIST: return self->of_lists[test->number];
    case ATT_TEST_IN_LAYER:
    case ATT_TEST_ANY:
    case ATT_TEST_NOT:
    case ATT_TEST_LENGTH: return EVERY_TOKEN;
    case ATT_TEST_AND:
        for (const att_test *child = test->children; child; child = child->next)
            frequency = least(frequency, att_frequency_of_test(self, child));
        return frequency;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next) add(&sum, att_frequency_of_test(self, child));
        return least(summed(&sum), EVERY_TOKEN);
    }
    return EVERY_TOKEN;
}

uint32_t att_frequency_of_words(const att_frequencies *self, const att_test *test)
{
    uint32_t frequency = ATT_FREQUENCY_NONE;
    alternatives sum = { 0, 0 };
    switch (test->kind) {
    case ATT_TEST_WORD:
    case ATT_TEST_EXACT:
    case ATT_TEST_LIST: return att_frequency_of_test(self, test);
    case ATT_TEST_AND:
        for (const att_test *child = test->children; child; child = child->next)
            frequency = least(frequency, att_frequency_of_words(self, child));
        return frequency;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next) add(&sum, att_frequency_of_words(self, child));
        return least(summed(&sum), ATT_FREQUENCY_NONE);
    default: return ATT_FREQUENCY_NONE;
    }
}

/* ---- patterns ---- */

static uint32_t of_value(att_str value, uint32_t layer)
{
    for (size_t i = 0; i < sizeof frequent_values / sizeof *frequent_values; i++)
        if (att_str_is(value, frequent_values[i].value)) return frequent_values[i].frequency;
    return layer / LEFT_BY_FIELDS + 1;
}

/* Of the annotations of a layer, which are so frequent, those that pass a test of a field. */
static uint32_t of_field_test(const att_field_test *test, uint32_t layer)
{
    uint32_t frequency = 0;
    for (uint32_t i = 0; i < test->count; i++) frequency += of_value(test->values[i], layer);
    return least(frequency, layer);
}

static uint32_t of_layer(const att_pattern *node)
{
    uint32_t layer = node->number;
    uint32_t frequency = layer < ATT_KNOWN_LAYERS && layer_frequencies[layer] ? layer_frequencies[layer] : ANNOTATION;
    for (uint32_t i = 0; i < node->field_count; i++) frequency = least(frequency, of_field_test(&node->fields[i], frequency));
    return frequency;
}

uint32_t att_frequency_of(const att_frequencies *self, const att_pattern *node)
{
    uint32_t frequency = ATT_FREQUENCY_NONE;
    alternatives sum = { 0, 0 };
    switch (node->kind) {
    case ATT_PATTERN_SEQUENCE:
        for (const att_pattern *child = node->children; child; child = child->next)
            frequency = least(frequency, att_frequency_of(self, child));
        return frequency;
    case ATT_PATTERN_CHOICE:
        for (const att_pattern *child = node->children; child; child = child->next) add(&sum, att_frequency_of(self, child));
        return least(summed(&sum), ATT_FREQUENCY_NONE);
    case ATT_PATTERN_REPEAT: return node->least ? att_frequency_of(self, node->children) : (uint32_t)ATT_FREQUENCY_NONE;
    case ATT_PATTERN_WORDS: return of_word(self, node->words[att_rarest_word(self, node)]);
    case ATT_PATTERN_TOKEN: return att_frequency_of_test(self, node->test);
    case ATT_PATTERN_LIST: return self->of_lists[node->number];
    case ATT_PATTERN_LAYER: return of_layer(node);
    case ATT_PATTERN_GAP: return ATT_FREQUENCY_NONE;
    }
    return ATT_FREQUENCY_NONE;
}
