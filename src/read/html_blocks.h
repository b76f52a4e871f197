/* html_blocks.h - the blocks of text of a page, and which of them are its text.
 *
 * Shape   `text` has the bytes of all blocks in the order of the page; a block is a paragraph, a heading, an item of a list, a
 *         cell of a table. A region is an element that stands beside the text: a menu, a footer. An article is an outermost
 *         <article>. Regions and articles are counted from 1 on.
 * Choice  What stands in regions is left out. Where the page marks its text (<article>, <main>, itemprop="articleBody"), the
 *         rest is left out too, and lists of links before and behind it. Where it marks none, each block is judged by the share
 *         of links in it and in the one before, and by the words of the three (Kohlschuetter et al., Boilerplate
 *         Detection using Shallow Text Features, WSDM 2010); paragraphs (<p>) that are sentences are text from the headline
 *         on, and beside text, as a short lead is. If nothing would be left, all blocks are kept.
 * Cost    linear.
 */
#ifndef ATT_HTML_BLOCKS_H
#define ATT_HTML_BLOCKS_H

#include "base/str.h"

enum {
    ATT_BLOCK_MAIN = 1, /* in <main> */
    ATT_BLOCK_BODY = 2, /* in itemprop="articleBody" */
    ATT_BLOCK_H1 = 4,
    ATT_BLOCK_HEADING = 8, /* of any level */
    ATT_BLOCK_ITEM = 16,   /* of a list or table */
    ATT_BLOCK_PRE = 32,
    ATT_BLOCK_KEPT = 64,
    ATT_BLOCK_PARAGRAPH = 128
};

typedef struct {
    uint32_t start, end; /* bytes of the text */
    uint16_t words;      /* at most UINT16_MAX */
    uint16_t region, article;
    uint8_t linked; /* percent of its letters that stand in links */
    uint8_t bits;
} att_html_block;

typedef struct {
    uint16_t outer; /* the region around it, or 0: what is sure in one that is guessed */
    bool guessed;   /* by its class alone: void where it has a first-level heading or most of the words */
    bool headed;    /* it has a first-level heading */
    uint32_t words; /* in it, inner regions included */
} att_html_region;

typedef struct {
    att_arena *arena;
    att_buf text;
    att_html_block *items;
    uint32_t count, capacity;
    struct {
        att_html_region *items;
        uint32_t count, capacity;
    } regions;
    uint32_t articles; /* how many */
} att_html_blocks;

/* Ends the block of `bits` that began at byte `start`, at the end of the text; a block without words is taken away.
 * `linked`: bytes in links, of the `solid` ones that are no blanks. */
void att_html_end_block(att_html_blocks *self, att_html_block block, size_t solid, size_t linked);

/* The text of a block, while none were freed. */
att_str att_html_block_text(const att_html_blocks *self, uint32_t block);

/* The number of a new region, in region `outer` or 0, or of a new article; the last one again when there are too many to be
 * counted. */
uint16_t att_html_new_region(att_html_blocks *self, bool guessed, uint16_t outer);
uint16_t att_html_new_article(att_html_blocks *self);

/* Chooses, and gives the text: `*headline` is the first-level heading that names the page, or a null view. `named`: its
 * <title>. */
att_str att_html_choose(att_html_blocks *self, att_str named, att_str *headline);

#endif
