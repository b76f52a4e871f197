#include "cascade/frequency.h"

/* How often things stand in news, per ten thousand tokens, roughly: enough to tell rare from frequent. */
enum {
    EVERY_TOKEN = 10000,
    ANNOTATION = 60, /* of a layer that the table below does not have */
    REGEX = 100,
    POSS_OR_QUOTE = 160,
    RARE_WORD = 2,
    LEFT_BY_FIELDS = 20 /* one annotation in so many has the value that a field must have */
};
enum { RARE_AT_ONCE = 6, MOST_RARE = 300 }; /* of many rare words: so many count one more, up to that */

static const struct {
    const char *words;
    uint32_t frequency;
} frequent[] = {
    { "the", 500 },
    { ", .", 450 },
    { "of and to", 270 },
    { "in a", 150 },
    { "' \" ( ) - for on that with is", 80 },
    { "was by as at from it be this are will has have an its their we our i you", 40 },
    { "he she they his her not or which who were been more than but also would can all new government president minister "
      "state states united said year people security country countries between through including :",
      20 },
    { "had about after other one two first last against into over under if no so out up any these those when there what "
      "could may should do does did while during since before where then now many most some only such them him national "
      "mr. ms. mrs. foreign international secretary ministry three time years day today week month work support war "
      "just going know get go think how make very like right because me my your us well want need see look here again they're "
      "administration american americans order federal house public department law act economic health plan part policy world",
      10 },
    { "percent million billion nation community communities energy help congress made working every next why clear way let "
      "much being action actions access agencies agency data process information office efforts members number both use within "
      "global local leaders rights economy workers women children official officials general director defense military service "
      "services program programs trade issue issues future money bill laws meeting border jobs care system",
      5 },
};

static const struct {
    uint32_t class, frequency;
} class_frequencies[] = {
    { ATT_CLASS_WORD, 8700 }, { ATT_CLASS_ASCII, 9800 }, { ATT_CLASS_HYPHEN, 80 }, { ATT_CLASS_CAP, 2000 },
    { ATT_CLASS_UPPER, 200 }, { ATT_CLASS_LOWER, 6400 }, { ATT_CLASS_MIXED, 30 },  { ATT_CLASS_INITIAL, 30 },
    { ATT_CLASS_NUM, 200 },   { ATT_CLASS_ORDINAL, 20 }, { ATT_CLASS_POSS, 80 },   { ATT_CLASS_PUNCT, 1200 },
    { ATT_CLASS_COMMA, 500 }, { ATT_CLASS_DASH, 80 },    { ATT_CLASS_QUOTE, 80 },  { ATT_CLASS_OPEN, 40 },
    { ATT_CLASS_CLOSE, 40 },
};

static const uint32_t layer_frequencies[ATT_KNOWN_LAYERS] = {
    [ATT_LAYER_PERSON] = 80, [ATT_LAYER_TITLE] = 85,     [ATT_LAYER_AGENCY] = 60,  [ATT_LAYER_IGO] = 10,
    [ATT_LAYER_ORG] = 20,    [ATT_LAYER_COUNTRY] = 80,   [ATT_LAYER_DEMONYM] = 35, [ATT_LAYER_LOCATION] = 35,
    [ATT_LAYER_EVENT] = 10,  [ATT_LAYER_AGREEMENT] = 30, [ATT_LAYER_DATE] = 20,    [ATT_LAYER_OFFICIAL] = 60,
    [ATT_LAYER_TOPIC] = 480,
};

/* Values of fields that leave more than LEFT_BY_FIELDS does. Strong topics count half: what is waited for is asked its fields,
 * what stands near is not. */
static const struct {
    const char *value;
    uint32_t frequency;
} frequent_values[] = { { "location", 260 }, { "strong", 110 }, { "party", 150 } };

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

static uint32_t of_word(const att_frequencies *self, uint32_t norm)
{
    const att_lexicon *lexicon = &self->knowledge->lexicon;
    uint32_t number =
        norm < lexicon->words.count ? att_map_find(&self->words, att_lexicon_word(lexicon, norm)) : (uint32_t)ATT_NONE;
    return number == ATT_NONE ? RARE_WORD : self->of_words.items[number];
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
    return sum->others + RARE_WORD + least((sum->rare + RARE_AT_ONCE - 2) / RARE_AT_ONCE, MOST_RARE);
}

/* ---- lists ---- */

/* A frequent word that must have capitals is met less often so. */
static void sum_lists(att_frequencies *self, const att_list_openings *openings)
{
    enum { WITHOUT_CAPITALS = 8 }; /* times as often as with them */
    uint32_t count = self->knowledge->lists.lists.count;
    self->of_lists = att_arena_zero(self->knowledge->arena, count + 1, sizeof *self->of_lists);
    alternatives *sums = att_arena_zero(self->knowledge->arena, count + 1, sizeof *sums);
    for (uint32_t i = 0; i < openings->count; i++) {
        const att_list_opening *opening = &openings->items[i];
        uint32_t frequency = of_word(self, opening->norm);
        bool fewer = frequency > RARE_WORD && opening->caps;
        add(&sums[opening->list], fewer ? frequency / WITHOUT_CAPITALS + 1 : frequency);
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
