#include "read/html_blocks.h"

#include "model/document.h"

enum {
    BY_NAME = 1 /* rank of a headline */,
    ALL_LINK = 80,
    MUCH_LINK = 33 /* percent */,
    REAL = 10 /* words of a block that is a text's */
};

/* ---- making them ---- */

/* Words are runs without blanks, of 12 letters at most; two characters of a script without blanks are one. */
static size_t count_words(att_str text)
{
    enum { LETTERS = 12, WIDE = 6 /* letters that one stands for */ };
    size_t words = 0, letters = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c <= ' ') letters = 0;
        else if ((c & 0xC0) != 0x80) {
            words += letters % LETTERS == 0;
            letters += c >= 0xE3 ? WIDE : 1;
        }
    }
    return words;
}

void att_html_end_block(att_html_blocks *self, att_html_block block, size_t solid, size_t linked)
{
    while (self->text.count > block.start && (unsigned char)self->text.items[self->text.count - 1] <= ' ') self->text.count--;
    block.end = (uint32_t)self->text.count;
    size_t words = count_words(att_str_slice(att_buf_str(&self->text), block.start, block.end));
    if (!words) {
        self->text.count = block.start;
        return;
    }
    block.words = words < UINT16_MAX ? (uint16_t)words : UINT16_MAX;
    block.linked = (uint8_t)(solid ? linked * 100 / solid : 0);
    for (uint16_t at = block.region; at; at = self->regions.items[at - 1].outer)
        self->regions.items[at - 1].words += block.words;
    ATT_RESERVE(self->arena, self, 1);
    self->items[self->count++] = block;
}

uint16_t att_html_new_region(att_html_blocks *self, bool guessed, uint16_t outer)
{
    if (self->regions.count < UINT16_MAX) {
        ATT_RESERVE(self->arena, &self->regions, 1);
        self->regions.items[self->regions.count++] = (att_html_region){ .guessed = guessed, .outer = outer };
    }
    return (uint16_t)self->regions.count;
}

uint16_t att_html_new_article(att_html_blocks *self)
{
    if (self->articles < UINT16_MAX) self->articles++;
    return (uint16_t)self->articles;
}

/* ---- which are text ---- */

typedef enum { SCOPE_NONE, SCOPE_ARTICLE, SCOPE_MAIN, SCOPE_BODY, SCOPE_ARTICLES } scope_kind;

typedef struct {
    att_html_blocks *blocks;
    scope_kind scope;
    uint16_t article;  /* of SCOPE_ARTICLE */
    uint32_t headline; /* the block, or ATT_NONE */
} choice;

static att_str text_of(const att_html_blocks *self, const att_html_block *block)
{
    return att_str_slice(att_buf_str(&self->text), block->start, block->end);
}

att_str att_html_block_text(const att_html_blocks *self, uint32_t block)
{
    return text_of(self, &self->items[block]);
}

static uint32_t words_of_text(const att_html_block *block)
{
    return (uint32_t)block->words * (100u - block->linked) / 100;
}

/* A region that was guessed is none where it has a first-level heading or most of the words of the page. */
static void free_blocks(att_html_blocks *self)
{
    uint64_t words = 0;
    for (uint32_t i = 0; i < self->count; i++) {
        const att_html_block *block = &self->items[i];
        words += block->words;
        for (uint16_t at = block->bits & ATT_BLOCK_H1 ? block->region : 0; at; at = self->regions.items[at - 1].outer)
            self->regions.items[at - 1].headed = true;
    }
    for (uint32_t i = 0; i < self->count; i++) {
        att_html_block *block = &self->items[i];
        if (!block->region) continue;
        const att_html_region *region = &self->regions.items[block->region - 1];
        if (region->guessed && (region->headed || region->words * UINT64_C(2) > words)) block->region = 0;
    }
}

static bool in_scope(const choice *self, const att_html_block *block)
{
    switch (self->scope) {
    case SCOPE_ARTICLE: return block->article == self->article;
    case SCOPE_MAIN: return block->bits & ATT_BLOCK_MAIN;
    case SCOPE_BODY: return block->bits & ATT_BLOCK_BODY;
    case SCOPE_ARTICLES: return block->article;
    default: return true;
    }
}

/* Words of the text of the page, in all and in what may be marked. */
typedef struct {
    uint64_t all, main, body, articles, article;
    uint16_t largest; /* the article that has `article` words */
} sums;

static sums sum_up(att_html_blocks *self)
{
    uint64_t *words = att_arena_zero(self->arena, self->articles + 1, sizeof *words);
    sums sum = { 0 };
    for (uint32_t i = 0; i < self->count; i++) {
        const att_html_block *block = &self->items[i];
        uint32_t count = block->region ? 0 : words_of_text(block);
        sum.all += count;
        if (block->bits & ATT_BLOCK_MAIN) sum.main += count;
        if (block->bits & ATT_BLOCK_BODY) sum.body += count;
        if (block->article) sum.articles += count;
        words[block->article] += count;
    }
    for (uint32_t i = 1; i <= self->articles; i++)
        if (words[i] > sum.article) sum.article = words[i], sum.largest = (uint16_t)i;
    return sum;
}

/* What the page marks as its text, where that has words enough to be believed. */
static void find_scope(choice *self)
{
    const sums sum = sum_up(self->blocks);
    bool chief = sum.article * 3 >= sum.articles * 2 && sum.article * 2 >= sum.main;
    self->article = sum.largest;
    if (sum.article && chief && sum.article * 4 >= sum.all) self->scope = SCOPE_ARTICLE;
    else if (sum.main >= REAL || (sum.main && sum.main * 4 >= sum.all)) self->scope = SCOPE_MAIN;
    else if (sum.body && sum.body * 4 >= sum.all) self->scope = SCOPE_BODY;
    else if (sum.articles && sum.articles * 4 >= sum.all) self->scope = SCOPE_ARTICLES;
}

/* Whether it is a heading as which the page's name ends: "Ministry of Ports :: News :: The minister opens a harbour". */
static bool ends_name(const choice *self, const att_html_block *block, att_str named)
{
    return block->bits & ATT_BLOCK_HEADING && block->linked < ALL_LINK && att_str_ends(named, text_of(self->blocks, block));
}

/* How well a block may be the headline: 0 not at all. A first-level heading that is a link is the site's name, unless the page
 * is called so; without such a heading, a line as which the page's name begins, or another heading as which it ends. */
static int rank(const choice *self, const att_html_block *block, att_str named)
{
    enum { FEWEST = 3, MOST = 40 /* words of a line */ };
    bool line = block->words >= FEWEST && block->words <= MOST && !block->region;
    if (!(block->bits & ATT_BLOCK_H1) && !line) return 0;
    bool name = named.length && att_str_starts(named, text_of(self->blocks, block));
    if (!(block->bits & ATT_BLOCK_H1)) return name || ends_name(self, block, named) ? BY_NAME : 0;
    if (block->linked >= ALL_LINK && !name) return 0;
    if (self->scope && in_scope(self, block) && !block->region) return 5;
    return name ? 4 : block->region ? 2 : 3;
}

/* Of lines that are so by the page's name alone it is the longest: the other is the site's. */
static void find_headline(choice *self, att_str named)
{
    int best = 0;
    self->headline = ATT_NONE;
    for (uint32_t i = 0; i < self->blocks->count; i++) {
        int here = rank(self, &self->blocks->items[i], named);
        bool longer =
            here == BY_NAME && here == best && self->blocks->items[i].words > self->blocks->items[self->headline].words;
        if (here > best || longer) best = here, self->headline = i;
    }
}

static bool is_real(const att_html_block *block)
{
    return block->words >= REAL && block->linked < 50;
}

static bool is_candidate(const choice *self, const att_html_block *block)
{
    return !block->region && in_scope(self, block);
}

static void keep(att_html_block *block)
{
    block->bits |= ATT_BLOCK_KEPT;
}

/* The first and the last block in what is marked that is surely text. */
static bool find_ends(const choice *self, uint32_t *first, uint32_t *last)
{
    bool any = false;
    for (uint32_t i = 0; i < self->blocks->count; i++) {
        const att_html_block *block = &self->blocks->items[i];
        if (!is_candidate(self, block) || !is_real(block)) continue;
        if (!any) *first = i;
        *last = i;
        any = true;
    }
    return any;
}

/* Behind the last text a heading goes with the links below it. */
static void drop_last_headings(choice *self, uint32_t last)
{
    bool kept = false;
    for (uint32_t i = self->blocks->count; i-- > last + 1;) {
        att_html_block *block = &self->blocks->items[i];
        if (!is_candidate(self, block)) continue;
        if (block->bits & ATT_BLOCK_HEADING && !kept) block->bits &= (uint8_t)~ATT_BLOCK_KEPT;
        kept = block->bits & ATT_BLOCK_KEPT;
    }
}

/* All that is marked, but for links before the first text and behind the last one; in a page of links nothing is left out. */
static void keep_marked(choice *self)
{
    uint32_t first = 0, last = 0;
    uint64_t links = 0, others = 0;
    bool any = find_ends(self, &first, &last);
    for (uint32_t i = 0; i < self->blocks->count; i++) {
        const att_html_block *block = &self->blocks->items[i];
        if (!is_candidate(self, block)) continue;
        *(block->linked >= ALL_LINK ? &links : &others) += block->words;
    }
    bool drop = any && links <= others;
    for (uint32_t i = 0; i < self->blocks->count; i++) {
        att_html_block *block = &self->blocks->items[i];
        if (!is_candidate(self, block)) continue;
        bool link = block->linked >= ALL_LINK && !(block->bits & ATT_BLOCK_HEADING);
        if (!drop || !link || (i > first && i < last)) keep(block);
    }
    if (drop) drop_last_headings(self, last);
}

/* Kohlschuetter's rule of link density and words, with what stands before and behind. */
static bool is_text(const att_html_block *before, const att_html_block *here, const att_html_block *behind)
{
    if (here->linked > MUCH_LINK) return false;
    if (before->linked > 55) return here->words > 40 || behind->words > 17;
    return here->words > 16 || behind->words > 15 || before->words > 4;
}

/* What lies between texts, and the rest of a list that has begun, is text too where it is no links. */
static void fill_gaps(choice *self, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < self->blocks->count; i++) {
        att_html_block *block = &self->blocks->items[i];
        if (block->region) continue;
        bool rest = i <= last || (block->bits & ATT_BLOCK_ITEM && block->linked <= MUCH_LINK);
        if (!rest) break;
        if (block->linked <= MUCH_LINK) keep(block);
    }
}

/* Bytes of the mark at the end of a text that may stand behind the stop of its last sentence, or 0. */
static size_t closer_length(att_str text)
{
    static const char *const closers[] = { "\"", "'", ")", "]", "”", "’", "»", "」", "』" };
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
        if (att_str_ends(text, att_str_of(closers[i]))) return strlen(closers[i]);
    return 0;
}

/* Whether it is a paragraph of words that end as a sentence does, and no links. */
static bool is_sentence(const choice *self, const att_html_block *block)
{
    enum { FEWEST = 3 /* words */ };
    static const char *const stops[] = { ".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।" };
    if (!(block->bits & ATT_BLOCK_PARAGRAPH) || block->words < FEWEST || block->linked > MUCH_LINK) return false;
    att_str text = text_of(self->blocks, block);
    for (size_t length; (length = closer_length(text)) > 0;) text.length -= length;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (att_str_ends(text, att_str_of(stops[i]))) return true;
    return false;
}

/* The first of the lines that run into `first`, which is one of their list, or a paragraph and no sentence as they are. */
static uint32_t find_lines(const choice *self, uint32_t first)
{
    enum { LONGEST = 16 /* words of a line */ };
    const att_html_block *blocks = self->blocks->items;
    const unsigned kind = blocks[first].bits & (ATT_BLOCK_ITEM | ATT_BLOCK_PARAGRAPH);
    if (!kind || blocks[first].words > LONGEST || is_sentence(self, &blocks[first])) return first;
    for (uint32_t i = first; i-- > 0 && i != self->headline;) {
        if (blocks[i].region) continue;
        bool alike = blocks[i].bits & kind && !(blocks[i].bits & ATT_BLOCK_HEADING) && blocks[i].linked <= MUCH_LINK;
        if (!alike) break;
        first = i;
    }
    return first;
}

/* The first sentence between the headline and the text, else the first of those that run into it: a lead may be short. */
static uint32_t find_lead(const choice *self, uint32_t first)
{
    const att_html_block *blocks = self->blocks->items;
    if (self->headline != ATT_NONE && self->headline < first) {
        for (uint32_t i = self->headline + 1; i < first; i++)
            if (!blocks[i].region && is_sentence(self, &blocks[i])) return i;
        return find_lines(self, first);
    }
    for (uint32_t i = first; i-- > 0 && (blocks[i].region || is_sentence(self, &blocks[i]));)
        if (!blocks[i].region) first = i;
    return first;
}

/* The last of the short paragraphs behind one that ends with a comma: "Sincerely,", a name, a post. */
static uint32_t find_signature(const choice *self, uint32_t last)
{
    enum { MOST = 4, LONGEST = 12 /* words */ };
    const att_html_block *blocks = self->blocks->items;
    if (!(blocks[last].bits & ATT_BLOCK_PARAGRAPH) || !att_str_ends(text_of(self->blocks, &blocks[last]), ATT_STR(",")))
        return last;
    uint32_t found = 0;
    for (uint32_t i = last + 1; i < self->blocks->count && found < MOST; i++) {
        if (blocks[i].region) continue;
        bool lines = blocks[i].bits & ATT_BLOCK_PARAGRAPH && !blocks[i].linked && blocks[i].words <= LONGEST;
        if (!lines) break;
        last = i;
        found++;
    }
    return last;
}

/* The last of the sentences that follow the text at once, and of a signature below. */
static uint32_t find_close(const choice *self, uint32_t last)
{
    const att_html_block *blocks = self->blocks->items;
    for (uint32_t i = last + 1; i < self->blocks->count && (blocks[i].region || is_sentence(self, &blocks[i])); i++)
        if (!blocks[i].region) last = i;
    return find_signature(self, last);
}

static void keep_by_density(choice *self)
{
    static const att_html_block none = { 0 };
    const att_html_block *before = &none, *here = NULL;
    uint32_t first = ATT_NONE, last = 0, at = 0;
    for (uint32_t i = 0; i <= self->blocks->count; i++) {
        const att_html_block *behind = i < self->blocks->count ? &self->blocks->items[i] : &none;
        if (behind->region) continue;
        if (here && is_text(before, here, behind)) {
            if (first == ATT_NONE) first = at;
            last = at;
        }
        if (here) before = here;
        here = behind;
        at = i;
    }
    if (first != ATT_NONE) fill_gaps(self, find_lead(self, first), find_close(self, last));
}

static bool is_any_kept(const att_html_blocks *self)
{
    for (uint32_t i = 0; i < self->count; i++)
        if (self->items[i].bits & ATT_BLOCK_KEPT) return true;
    return false;
}

static void keep_all(att_html_blocks *self, bool regions)
{
    for (uint32_t i = 0; i < self->count; i++)
        if (regions || !self->items[i].region) keep(&self->items[i]);
}

/* Something is always left of a page that has text. */
static void keep_what_is_text(choice *self)
{
    if (self->scope) keep_marked(self);
    else keep_by_density(self);
    if (!is_any_kept(self->blocks)) keep_all(self->blocks, false);
    if (self->headline != ATT_NONE) keep(&self->blocks->items[self->headline]);
    if (!is_any_kept(self->blocks)) keep_all(self->blocks, true);
}

/* ---- the text ---- */

/* The words that are kept before the headline. */
static uint64_t words_before(const choice *self)
{
    uint64_t words = 0;
    for (uint32_t i = 0; i < self->headline; i++)
        if (self->blocks->items[i].bits & ATT_BLOCK_KEPT) words += self->blocks->items[i].words;
    return words;
}

static void put(att_buf *out, att_str text)
{
    if (out->count) att_buf_add(out, ATT_STR("\n\n"));
    att_buf_add(out, text);
}

/* The headline stands at the head, unless a text of some length stands before it. */
static att_str put_together(const choice *self)
{
    enum { FEW = 60 /* words */ };
    const att_html_blocks *blocks = self->blocks;
    att_buf out = { .arena = blocks->arena };
    att_buf_reserve(&out, blocks->text.count + 2 * (size_t)blocks->count + ATT_TEXT_PADDING);
    bool ahead = self->headline != ATT_NONE && words_before(self) < FEW;
    if (ahead) put(&out, text_of(blocks, &blocks->items[self->headline]));
    for (uint32_t i = 0; i < blocks->count; i++)
        if (blocks->items[i].bits & ATT_BLOCK_KEPT && !(ahead && i == self->headline))
            put(&out, text_of(blocks, &blocks->items[i]));
    return att_buf_str(&out);
}

att_str att_html_choose(att_html_blocks *self, att_str named, att_str *headline)
{
    choice all = { .blocks = self };
    free_blocks(self);
    find_scope(&all);
    find_headline(&all, named);
    keep_what_is_text(&all);
    const att_html_block *block = all.headline == ATT_NONE ? NULL : &self->items[all.headline];
    bool names = block && (block->bits & ATT_BLOCK_H1 || ends_name(&all, block, named));
    *headline = names ? text_of(self, block) : (att_str){ 0 };
    return put_together(&all);
}
