/* html_elements.h - two tables: what HTML's elements and its entities mean for the text of a page.
 *
 * Owner   static data.
 */
#ifndef ATT_HTML_ELEMENTS_H
#define ATT_HTML_ELEMENTS_H

#include "base/str.h"

enum {
    ATT_TAG_BLOCK = 1,        /* its borders end a block */
    ATT_TAG_SKIPPED = 1 << 1, /* nothing in it is text */
    ATT_TAG_BREAK = 1 << 2,   /* a line break */
    ATT_TAG_LINK = 1 << 3,    /* a link, if it has an address */
    ATT_TAG_PRE = 1 << 4,     /* white space counts */
    ATT_TAG_ITEM = 1 << 5,    /* of a list or table */
    ATT_TAG_HEADING = 1 << 6,
    ATT_TAG_H1 = 1 << 7,
    ATT_TAG_TITLE = 1 << 8, /* the page's */
    ATT_TAG_META = 1 << 9,
    ATT_TAG_SCRIPT = 1 << 10,
    ATT_TAG_TIME = 1 << 11,
    ATT_TAG_REGION = 1 << 12, /* stands beside the text */
    ATT_TAG_HEADER = 1 << 13, /* a region outside of the text */
    ATT_TAG_ARTICLE = 1 << 14,
    ATT_TAG_MAIN = 1 << 15,
    ATT_TAG_ROOT = 1 << 16, /* html */
    ATT_TAG_QUOTE = 1 << 17,
    ATT_TAG_RAISED = 1 << 18, /* sup */
    ATT_TAG_PAGE = 1 << 19,   /* body: its class says nothing of a part */
    /* used in states of the reader only */
    ATT_TAG_BODY = 1 << 20,      /* itemprop="articleBody" */
    ATT_TAG_DATA = 1 << 21,      /* JSON-LD */
    ATT_TAG_MARKER = 1 << 22,    /* a link within the page */
    ATT_TAG_OTHER_DAY = 1 << 23, /* its name says another date than the page's */
    /* of elements again */
    ATT_TAG_PARAGRAPH = 1 << 24 /* p */
};

/* The bits of an element, by its name in small letters; 0 for inline elements. */
unsigned att_html_element_kind(const char *name);

typedef struct {
    const char *name; /* without "&" and ";" */
    const char *text;
    bool bare; /* also recognised without ";" */
} att_html_entity;

/* Finds an entity that libxml2's parser does not know, or that pages often write without ";"; NULL for others. */
const att_html_entity *att_html_entity_find(att_str name);

#endif
