/* read_html.c - a page of HTML as one document; the one room here with libxml2, of which it takes the parser and no tree.
 *
 * The parser says what begins, what is text and what ends. Each element that is open has a state, made of its parent's: what is
 * in it is text, a title, left out, in a link, in a region. Letters open a block, the borders of block elements end it; which
 * blocks are the text is chosen when all are there (html_blocks.h).
 *
 * libxml2 takes time by the square in three places: an end tag looks through all open elements, an attribute through those
 * before it in the tag, and its table of names does not grow beyond some size. So all are bounded, and a page that goes over is
 * refused.
 */
#include "read/html.h"

#include "read/formats.h"

#ifdef ATT_HAVE_LIBXML2

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <strings.h>

#include "base/utf8.h"
#include "read/facts.h"
#include "read/html_blocks.h"
#include "read/html_attributes.h"
#include "read/html_charset.h"
#include "read/html_dates.h"
#include "read/html_elements.h"

enum {
    MOST_OPEN = 512,        /* elements in one another */
    MOST_ATTRIBUTES = 176,  /* fields of the parser's array, two an attribute, which grows by doubling */
    MOST_NAMES = 1 << 16,   /* of tags, attributes and entities, each once */
    MOST_BLOCKS = 1 << 20,  /* those behind run into the last one */
    MOST_BYTES = 512 << 20, /* of a page: the parser counts in int */
    MOST_SITE = 60,         /* bytes of the name of a site in a title */
    MOST_TITLE = 1000,      /* bytes */
    MOST_DATA = 1 << 20     /* bytes of JSON-LD that are looked through for a date */
};

/* ---- the page ---- */

/* What holds where an element is open. */
typedef struct {
    unsigned kind;   /* of the element */
    unsigned inside; /* ATT_TAG_SKIPPED, ATT_TAG_LINK, ATT_TAG_PRE, ATT_TAG_ITEM, ATT_TAG_HEADING, ATT_TAG_H1, ATT_TAG_TITLE,
                        ATT_TAG_MAIN, ATT_TAG_BODY, ATT_TAG_DATA, ATT_TAG_RAISED, ATT_TAG_MARKER, ATT_TAG_OTHER_DAY: of it or
                        what it is in */
    uint16_t region, article;
} state;

/* Something that the page says of itself, in the arena. */
typedef struct {
    att_str value;
    unsigned rank; /* of the place that said it: the least counts */
} fact;

typedef struct {
    att_document *doc;
    att_str charset;
    att_guard guard; /* each event runs under it, so that nothing jumps over the parser */
    htmlParserCtxtPtr parser;
    att_str page; /* in UTF-8 */
    size_t served;
    const char *refusal; /* why it is not read on, or NULL */
    bool short_of_memory;
    state stack[MOST_OPEN + 1]; /* the first is outside of all elements */
    unsigned depth;
    att_html_blocks blocks;
    struct {
        att_html_block block;
        bool open;
        bool tells_day;       /* it may say the page's date */
        size_t solid, linked; /* bytes */
        unsigned breaks;      /* line breaks that wait for the next letter */
        char blank;           /* what waits for it: ' ', 'n' for a no-break space, or 0 */
    } line;
    enum { HELD_NOTHING, HELD_LESS, HELD_AMPERSAND, HELD_ENTITY } held; /* what may be part of more than itself */
    const att_html_entity *entity;
    bool in_declaration; /* "<![if ...]>", of which nothing is text */
    att_buf title, data;
    fact named, site, date, no_date, lang;
    att_html_dates dates;
} reading;

static state *now(reading *self)
{
    return &self->stack[self->depth];
}

/* ---- lines ---- */

static void close_block(reading *self)
{
    if (!self->line.open) return;
    uint32_t before = self->blocks.count;
    att_html_end_block(&self->blocks, self->line.block, self->line.solid, self->line.linked);
    if (self->blocks.count > before && self->line.tells_day)
        att_html_dates_offer(&self->dates, att_html_block_text(&self->blocks, before), before);
    self->line.open = false;
}

/* The last block that there may be goes on to the end of the page. */
static void end_block(reading *self)
{
    if (!self->line.open) return;
    if (self->blocks.count == MOST_BLOCKS) {
        self->line.breaks = 2;
        return;
    }
    close_block(self);
}

static void begin_block(reading *self)
{
    const state *here = now(self);
    unsigned inside = here->inside;
    self->line.block = (att_html_block){
        .start = (uint32_t)self->blocks.text.count,
        .region = here->region,
        .article = here->article,
        .bits = (uint8_t)((inside & ATT_TAG_MAIN ? ATT_BLOCK_MAIN : 0) | (inside & ATT_TAG_BODY ? ATT_BLOCK_BODY : 0)
                          | (inside & ATT_TAG_H1 ? ATT_BLOCK_H1 : 0) | (inside & ATT_TAG_HEADING ? ATT_BLOCK_HEADING : 0)
                          | (inside & ATT_TAG_ITEM ? ATT_BLOCK_ITEM : 0) | (inside & ATT_TAG_PRE ? ATT_BLOCK_PRE : 0))
    };
    if (inside & ATT_TAG_H1 && !here->region && !self->dates.headline) self->dates.headline = self->blocks.count + 1;
    self->line.tells_day = !here->region && !(inside & ATT_TAG_OTHER_DAY);
    self->line.open = true;
    self->line.solid = self->line.linked = 0;
    self->line.breaks = 0;
    self->line.blank = '\0';
}

/* White space and line breaks that stand before letters. */
static void put_space(reading *self)
{
    att_buf *text = &self->blocks.text;
    if (self->line.breaks) att_buf_add(text, self->line.breaks > 1 ? ATT_STR("\n\n") : ATT_STR("\n"));
    else if (self->line.blank == ' ') att_buf_byte(text, ' ');
    else if (self->line.blank) att_buf_add(text, ATT_STR("\xC2\xA0"));
    self->line.breaks = 0;
    self->line.blank = '\0';
}

static void put_letters(reading *self, att_str letters)
{
    if (self->line.open && self->line.breaks > 1) end_block(self);
    if (!self->line.open) begin_block(self);
    put_space(self);
    att_buf_add(&self->blocks.text, letters);
    self->line.solid += letters.length;
    if (now(self)->inside & ATT_TAG_LINK) self->line.linked += letters.length;
}

/* Bytes of the white space at the head: blanks or one no-break space. */
static size_t blank_length(att_str text, char *blank)
{
    size_t length = 0;
    while (length < text.length && (unsigned char)text.data[length] <= ' ') length++;
    if (length) *blank = ' ';
    else if (att_str_starts(text, ATT_STR("\xC2\xA0"))) *blank = 'n', length = 2;
    return length;
}

static bool begins_blank(att_str text, size_t at)
{
    unsigned char c = (unsigned char)text.data[at];
    return c <= ' ' || (c == 0xC2 && at + 1 < text.length && (unsigned char)text.data[at + 1] == 0xA0);
}

static size_t letters_length(att_str text)
{
    size_t length = 0;
    while (length < text.length && !begins_blank(text, length)) length++;
    return length;
}

/* White space is one blank, where letters stand on both sides. */
static void put_folded(reading *self, att_str text)
{
    while (text.length) {
        char blank = '\0';
        size_t length = blank_length(text, &blank);
        if (length) self->line.blank = self->line.blank ? ' ' : blank;
        else {
            length = letters_length(text);
            put_letters(self, att_str_slice(text, 0, length));
        }
        text = att_str_slice(text, length, text.length);
    }
}

/* A text of <pre>, without the line break at its beginning. */
static void put_as_it_stands(reading *self, att_str text)
{
    while (text.length && !self->line.open && (text.data[0] == '\n' || text.data[0] == '\r'))
        text = att_str_slice(text, 1, text.length);
    for (size_t at = 0, end; at < text.length; at = end + 1) {
        const char *cr = memchr(text.data + at, '\r', text.length - at);
        end = cr ? (size_t)(cr - text.data) : text.length;
        if (end > at) put_letters(self, att_str_slice(text, at, end));
    }
}

static void put_break(reading *self)
{
    if (now(self)->inside & ATT_TAG_SKIPPED || !self->line.open) return;
    if (now(self)->inside & ATT_TAG_PRE) put_letters(self, ATT_STR("\n"));
    else self->line.breaks++;
}

/* ---- text ---- */

static void put_text(reading *self, att_str text)
{
    unsigned inside = now(self)->inside;
    if (inside & ATT_TAG_SKIPPED) return;
    att_html_dates_add(&self->dates, text);
    if (inside & ATT_TAG_TITLE) att_buf_add(&self->title, self->title.count < MOST_TITLE ? text : ATT_EMPTY);
    else if (inside & ATT_TAG_PRE) put_as_it_stands(self, text);
    else put_folded(self, text);
}

/* What was held turned out to be no more than itself. */
static void let_go(reading *self)
{
    unsigned held = self->held;
    self->held = HELD_NOTHING;
    if (held == HELD_ENTITY && self->entity->bare) {
        put_text(self, att_str_of(self->entity->text));
        return;
    }
    if (held) put_text(self, held == HELD_LESS ? ATT_STR("<") : ATT_STR("&"));
    if (held == HELD_ENTITY) put_text(self, att_str_of(self->entity->name));
}

/* The text behind a declaration such as "<![if gte mso 9]>", which the parser takes for text. */
static att_str skip_declaration(reading *self, att_str text)
{
    const char *end = memchr(text.data, '>', text.length);
    self->in_declaration = !end;
    return att_str_slice(text, end ? (size_t)(end - text.data) + 1 : text.length, text.length);
}

/* The parser gives "<" and "&" alone where they begin nothing that it knows, then what is behind them. */
static void take_text(reading *self, att_str text)
{
    if (self->held == HELD_LESS && att_str_starts(text, ATT_STR("!["))) self->held = HELD_NOTHING, self->in_declaration = true;
    if (self->in_declaration) text = skip_declaration(self, text);
    if (self->held == HELD_AMPERSAND && (self->entity = att_html_entity_find(text))) {
        self->held = HELD_ENTITY;
        return;
    }
    if (self->held == HELD_ENTITY && att_str_starts(text, ATT_STR(";"))) {
        self->held = HELD_NOTHING;
        put_text(self, att_str_of(self->entity->text));
        text = att_str_slice(text, 1, text.length);
    }
    let_go(self);
    if (att_str_is(text, "<")) self->held = HELD_LESS;
    else if (att_str_is(text, "&")) self->held = HELD_AMPERSAND;
    else put_text(self, text);
}

/* ---- what the page says of itself ---- */

static void note(reading *self, fact *what, unsigned rank, att_str value)
{
    value = att_str_trim(value);
    if (!value.length || (what->value.data && what->rank <= rank)) return;
    *what = (fact){ att_str_copy(self->blocks.arena, att_utf8_head(value, MOST_TITLE)), rank };
}

/* A date, also as 20240312 or as people write it; what is none is told only where no place has one. */
static void note_date(reading *self, unsigned rank, att_str value)
{
    char dashed[] = "0000-00-00";
    value = att_str_trim(value);
    if (value.length == 8 && !memchr(value.data, '-', 8)) {
        memcpy(dashed, value.data, 4);
        memcpy(dashed + 5, value.data + 4, 2);
        memcpy(dashed + 8, value.data + 6, 2);
        value = att_str_of(dashed);
    }
    att_day written = att_date_of(value).data ? (att_day){ "" } : att_written_date(value);
    if (written.text[0]) value = att_str_of(written.text);
    note(self, att_date_of(value).data ? &self->date : &self->no_date, rank, value);
}

enum { FROM_META, FROM_ITEM, FROM_DATA, FROM_DUBLIN_CORE, FROM_OTHERS, FROM_TIME_MARKED, FROM_TIME };

/* Names of <meta>, in small letters. */
static const struct {
    const char *name;
    enum { SAYS_DATE, SAYS_TITLE, SAYS_SITE, SAYS_LANG } what;
    unsigned rank;
} metas[] = {
    { "article:published_time", SAYS_DATE, FROM_META },
    { "og:article:published_time", SAYS_DATE, FROM_META },
    { "datepublished", SAYS_DATE, FROM_ITEM },
    { "dcterms.issued", SAYS_DATE, FROM_DUBLIN_CORE },
    { "dcterms.date", SAYS_DATE, FROM_DUBLIN_CORE },
    { "dcterms.created", SAYS_DATE, FROM_DUBLIN_CORE },
    { "dc.date", SAYS_DATE, FROM_DUBLIN_CORE },
    { "dc.date.issued", SAYS_DATE, FROM_DUBLIN_CORE },
    { "dc.date.created", SAYS_DATE, FROM_DUBLIN_CORE },
    { "pubdate", SAYS_DATE, FROM_OTHERS },
    { "publishdate", SAYS_DATE, FROM_OTHERS },
    { "publish-date", SAYS_DATE, FROM_OTHERS },
    { "publish_date", SAYS_DATE, FROM_OTHERS },
    { "publication_date", SAYS_DATE, FROM_OTHERS },
    { "publicationdate", SAYS_DATE, FROM_OTHERS },
    { "article.published", SAYS_DATE, FROM_OTHERS },
    { "parsely-pub-date", SAYS_DATE, FROM_OTHERS },
    { "sailthru.date", SAYS_DATE, FROM_OTHERS },
    { "date", SAYS_DATE, FROM_OTHERS },
    { "og:title", SAYS_TITLE, 0 },
    { "og:site_name", SAYS_SITE, 0 },
    { "content-language", SAYS_LANG, 1 },
    { "language", SAYS_LANG, 2 },
    { "dc.language", SAYS_LANG, 2 },
    { "dcterms.language", SAYS_LANG, 2 },
};

static void take_meta(reading *self, const char *name, att_str content)
{
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
        if (strcasecmp(name, metas[i].name) != 0) continue;
        switch (metas[i].what) {
        case SAYS_DATE: note_date(self, metas[i].rank, content); break;
        case SAYS_TITLE: note(self, &self->named, metas[i].rank, content); break;
        case SAYS_SITE: note(self, &self->site, metas[i].rank, content); break;
        case SAYS_LANG: note(self, &self->lang, metas[i].rank, content); break;
        }
    }
}

/* "datePublished": "..." in JSON-LD, wherever it stands there. */
static void take_data(reading *self)
{
    att_str rest = att_buf_str(&self->data), key = ATT_STR("\"datePublished\"");
    const char *found = rest.length ? memmem(rest.data, rest.length, key.data, key.length) : NULL;
    self->data.count = 0;
    if (!found) return;
    rest = att_str_slice(rest, (size_t)(found - rest.data) + key.length, rest.length);
    while (rest.length && strchr(" \t\r\n:", rest.data[0])) rest = att_str_slice(rest, 1, rest.length);
    if (!rest.length || rest.data[0] != '"') return;
    const char *end = memchr(rest.data + 1, '"', rest.length - 1);
    if (end) note_date(self, FROM_DATA, att_str_slice(rest, 1, (size_t)(end - rest.data)));
}

/* ---- elements begin and end ---- */

/* A region that begins with an element; 0 for none. */
static uint16_t region_of(reading *self, const state *above, unsigned kind, const att_html_attributes *given)
{
    bool in_text = above->inside & (ATT_TAG_MAIN | ATT_TAG_BODY) || above->article;
    bool beside = kind & ATT_TAG_REGION || (kind & ATT_TAG_HEADER && !in_text) || att_html_is_beside_by_role(given);
    if (beside) return att_html_new_region(&self->blocks, false, above->region);
    bool part =
        kind & ATT_TAG_BLOCK && !(kind & (ATT_TAG_PAGE | ATT_TAG_ROOT | ATT_TAG_ARTICLE | ATT_TAG_HEADING | ATT_TAG_MAIN));
    if (part && att_html_is_by_readers(given)) return att_html_new_region(&self->blocks, false, above->region);
    bool guessed = part && att_html_is_beside_by_name(given);
    return guessed && !above->region ? att_html_new_region(&self->blocks, true, 0) : 0;
}

/* Whether a region in another counts: what is sure in one that is only guessed. */
static bool is_surer(const reading *self, uint16_t inner, uint16_t outer)
{
    const att_html_region *regions = self->blocks.regions.items;
    return inner && (!outer || (regions[outer - 1].guessed && !regions[inner - 1].guessed));
}

/* What holds in the element, beside what its table says. */
static void enter(reading *self, state *here, const att_html_attributes *given)
{
    unsigned kind = here->kind;
    here->inside |= kind & (ATT_TAG_SKIPPED | ATT_TAG_PRE | ATT_TAG_HEADING | ATT_TAG_H1 | ATT_TAG_ITEM | ATT_TAG_RAISED);
    if (kind & ATT_TAG_TITLE && !self->title.count) here->inside |= ATT_TAG_TITLE;
    if (att_html_is_hidden(given)) here->inside |= ATT_TAG_SKIPPED;
    if (kind & ATT_TAG_LINK && given->href) {
        here->inside |= ATT_TAG_LINK | (given->href[0] == '#' ? ATT_TAG_MARKER : 0u);
        kind = here->kind;
    }
    if ((here->inside & (ATT_TAG_RAISED | ATT_TAG_MARKER)) == (ATT_TAG_RAISED | ATT_TAG_MARKER))
        here->inside |= ATT_TAG_SKIPPED;
    uint16_t region = here->inside & ATT_TAG_SKIPPED ? 0 : region_of(self, here, kind, given);
    if (is_surer(self, region, here->region)) here->region = region;
    if (kind & ATT_TAG_ARTICLE && !here->article) here->article = att_html_new_article(&self->blocks);
    if (kind & ATT_TAG_MAIN || (given->role && att_html_has_word(given->role, "main")))
        here->inside |= ATT_TAG_MAIN, here->region = 0;
    if (given->day == ATT_DAY_NAME_OTHER) here->inside |= ATT_TAG_OTHER_DAY;
    if (given->itemprop && att_html_has_word(given->itemprop, "articleBody")) here->inside |= ATT_TAG_BODY;
    if (kind & ATT_TAG_SCRIPT && given->type && strcasecmp(given->type, "application/ld+json") == 0)
        here->inside |= ATT_TAG_DATA;
}

/* What the element's attributes say of the page. */
static void take_facts(reading *self, const state *here, const att_html_attributes *given)
{
    if (here->kind & ATT_TAG_ROOT && given->lang) note(self, &self->lang, 0, att_str_of(given->lang));
    const char *content = given->content ? given->content : given->datetime;
    if (content && given->itemprop && att_html_has_word(given->itemprop, "datePublished"))
        note_date(self, FROM_ITEM, att_str_of(content));
    if (here->kind & ATT_TAG_META && given->content) {
        const char *names[] = { given->property, given->name, given->http_equiv };
        for (int i = 0; i < 3; i++)
            if (names[i]) take_meta(self, names[i], att_str_of(given->content));
    }
    bool in_text = here->inside & (ATT_TAG_MAIN | ATT_TAG_BODY) || here->article;
    if (here->kind & ATT_TAG_TIME && given->datetime && in_text && !here->region)
        note_date(self, given->pubdate ? FROM_TIME_MARKED : FROM_TIME, att_str_of(given->datetime));
    const unsigned not = ATT_TAG_SKIPPED | ATT_TAG_OTHER_DAY;
    bool shown = !(here->inside & not ) && !here->region && !(here->kind & (ATT_TAG_PAGE | ATT_TAG_ROOT | ATT_TAG_META));
    if (shown && (given->day == ATT_DAY_NAME_DATE || (here->kind & ATT_TAG_TIME && given->day == ATT_DAY_NAME_NONE)))
        att_html_dates_begin(&self->dates, self->depth);
}

static void begin_element(reading *self, const char *name, const xmlChar **given)
{
    if (self->depth == MOST_OPEN) {
        self->refusal = "HTML with more than 512 elements in one another, which is no page";
        return;
    }
    att_html_attributes found = att_html_attributes_read(given);
    state here = *now(self);
    here.kind = att_html_element_kind(name);
    enter(self, &here, &found);
    if (here.kind & ATT_TAG_BLOCK) end_block(self);
    self->stack[++self->depth] = here;
    take_facts(self, &here, &found);
    if (here.kind & ATT_TAG_BREAK) put_break(self);
    if (here.kind & ATT_TAG_QUOTE) put_text(self, ATT_STR("“"));
}

static void end_element(reading *self)
{
    if (!self->depth) return;
    const state *here = now(self);
    if (here->kind & ATT_TAG_QUOTE) put_text(self, ATT_STR("”"));
    if (here->kind & ATT_TAG_BLOCK) end_block(self);
    if (here->inside & ATT_TAG_DATA) take_data(self);
    uint32_t block = self->blocks.count; /* where its text stands: the one that is open, or the last one */
    att_html_dates_end(&self->dates, self->depth, block - (block && !self->line.open));
    self->depth--;
}

/* ---- events of the parser ---- */

typedef struct {
    reading *self;
    enum { BEGINS, ENDS, TEXT, CODE } what;
    const char *name;
    const xmlChar **attributes;
    att_str text;
} event;

static void handle(void *argument)
{
    const event *this = argument;
    reading *self = this->self;
    switch (this->what) {
    case TEXT: take_text(self, this->text); return;
    case CODE:
        if (now(self)->inside & ATT_TAG_DATA && self->data.count < MOST_DATA) att_buf_add(&self->data, this->text);
        return;
    case BEGINS:
        let_go(self);
        begin_element(self, this->name, this->attributes);
        return;
    case ENDS:
        let_go(self);
        end_element(self);
        return;
    }
}

/* An event that needs more memory than there is ends the page. */
static void happen(event this)
{
    reading *self = this.self;
    if (self->refusal || self->short_of_memory) return;
    self->short_of_memory = att_guard_run(&self->guard, handle, &this) != ATT_OK;
}

static void on_begin(void *self, const xmlChar *name, const xmlChar **given)
{
    happen((event){ .self = self, .what = BEGINS, .name = (const char *)name, .attributes = given });
}

static void on_end(void *self, const xmlChar *name)
{
    (void)name;
    happen((event){ .self = self, .what = ENDS });
}

static void on_text(void *self, const xmlChar *text, int length)
{
    happen((event){ .self = self, .what = TEXT, .text = { (const char *)text, (size_t)length } });
}

static void on_code(void *self, const xmlChar *text, int length)
{
    happen((event){ .self = self, .what = CODE, .text = { (const char *)text, (size_t)length } });
}

static const char *refusal_of_costs(const reading *self)
{
    if (self->parser->maxatts > MOST_ATTRIBUTES) return "HTML with a tag of more than 86 attributes, which is no page";
    if (xmlDictSize(self->parser->dict) > MOST_NAMES)
        return "HTML with more than 65536 names of tags and attributes, which is no page";
    return NULL;
}

/* Gives the parser the page, piece by piece; nothing more when it is refused. */
static int serve(void *argument, char *to, int room)
{
    reading *self = argument;
    if (!self->refusal) self->refusal = refusal_of_costs(self);
    if (self->refusal || self->short_of_memory) return 0;
    size_t length = self->page.length - self->served;
    if (length > (size_t)room) length = (size_t)room;
    memcpy(to, self->page.data + self->served, length);
    self->served += length;
    return (int)length;
}

/* Whether there was memory for it. */
static bool open_page(reading *self)
{
    self->parser = htmlNewParserCtxt();
    if (!self->parser) return false;
    *self->parser->sax = (htmlSAXHandler){ .startElement = on_begin,
                                           .endElement = on_end,
                                           .characters = on_text,
                                           .ignorableWhitespace = on_text,
                                           .cdataBlock = on_code };
    self->parser->userData = self;
    xmlParserInputBufferPtr bytes = xmlParserInputBufferCreateIO(serve, NULL, self, XML_CHAR_ENCODING_NONE);
    htmlParserInputPtr input = bytes ? xmlNewIOInputStream(self->parser, bytes, XML_CHAR_ENCODING_NONE) : NULL;
    if (!input && bytes) xmlFreeParserInputBuffer(bytes);
    return input && inputPush(self->parser, input) >= 0;
}

static void parse(reading *self)
{
    if (!open_page(self)) self->short_of_memory = true;
    else {
        htmlCtxtUseOptions(self->parser, HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NONET);
        self->parser->charset = XML_CHAR_ENCODING_UTF8;
        htmlParseDocument(self->parser);
        if (self->parser->errNo == XML_ERR_NO_MEMORY) self->short_of_memory = true;
    }
    if (self->parser) htmlFreeParserCtxt(self->parser);
    self->parser = NULL;
}

/* ---- the document ---- */

/* A title without the name of its site, which stands behind the last mark between two and is short, or is named. */
static att_str without_site(att_str title, att_str site)
{
    static const char *const marks[] = { " - ", " | ", " – ", " — ", " :: " };
    size_t cut = 0, behind = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        for (size_t at = cut ? cut + 1 : 1, length = strlen(marks[i]); at + length < title.length; at++)
            if (memcmp(title.data + at, marks[i], length) == 0) cut = at, behind = at + length;
    if (!cut) return title;
    att_str name = att_str_slice(title, behind, title.length);
    bool told = site.data && att_str_equal(name, site);
    bool words = memchr(title.data, ' ', cut) || !att_str_is_ascii(att_str_slice(title, 0, cut)); /* "News" is no title */
    bool brief = !site.data && words && name.length <= MOST_SITE;
    return told || brief ? att_str_trim(att_str_slice(title, 0, cut)) : title;
}

static void set_title(reading *self, att_str shown, att_str headline)
{
    att_arena *arena = self->doc->arena;
    att_str title = self->named.value.data
                        ? without_site(self->named.value, self->site.value.data ? self->site.value : ATT_EMPTY)
                        : headline;
    if (!title.data) title = without_site(shown, self->site.value);
    if (title.length) att_fact_title(self->doc, att_str_one_line(arena, title), ATT_NONE);
}

/* "en-GB" is "en". */
static void set_lang(reading *self)
{
    att_str lang = self->lang.value;
    size_t length = 0;
    while (length < lang.length && ((lang.data[length] | 0x20) >= 'a' && (lang.data[length] | 0x20) <= 'z')) length++;
    if (length < 2 || length > 3) return;
    char small[3];
    for (size_t i = 0; i < length; i++) small[i] = (char)(lang.data[i] | 0x20);
    att_fact_lang(self->doc, (att_str){ small, length }, ATT_NONE);
}

static void set_date(reading *self)
{
    att_day shown = self->date.value.data ? (att_day){ "" } : att_html_dates_choose(&self->dates);
    att_str date = self->date.value.data ? self->date.value : shown.text[0] ? att_str_of(shown.text) : self->no_date.value;
    if (date.data) att_fact_date(self->doc, date, ATT_NONE);
}

static bool has_tag(att_str page)
{
    for (const char *at = page.data, *end = page.data + page.length; (at = memchr(at, '<', (size_t)(end - at))); at++)
        if (at + 1 < end && (((at[1] | 0x20) >= 'a' && (at[1] | 0x20) <= 'z') || at[1] == '!' || at[1] == '/' || at[1] == '?'))
            return true;
    return false;
}

/* Whether its head has as many control characters as no text has. */
static bool is_binary(att_str page)
{
    size_t controls = 0, seen = page.length < 4096 ? page.length : 4096;
    for (size_t i = 0; i < seen; i++) controls += (unsigned char)page.data[i] < ' ' && !strchr("\t\n\r\f", page.data[i]);
    return controls * 20 > seen;
}

static const char *refusal_of(att_str page)
{
    if (page.length > MOST_BYTES) return "HTML of more than 512 MiB";
    if (is_binary(page)) return "no HTML, but bytes that are no text";
    return has_tag(page) ? NULL : "no HTML, as it has no tag; --input-format text takes it as it stands";
}

static void set_document(reading *self)
{
    att_str headline, named = self->named.value.data
                                  ? self->named.value
                                  : att_str_one_line(self->doc->arena, att_str_trim(att_buf_str(&self->title)));
    att_str text = att_html_choose(&self->blocks, named, &headline);
    att_document_set_text(self->doc, text);
    set_title(self, att_str_one_line(self->doc->arena, att_str_trim(att_buf_str(&self->title))), headline);
    set_lang(self);
    set_date(self);
    if (!text.length && att_str_trim(self->page).length)
        att_document_remark(self->doc, "E019", ATT_STR("the page shows no text; scripts or frames may fetch it"), ATT_NONE);
}

static void decode(void *argument)
{
    reading *self = argument;
    self->page = att_html_decode(self->doc->arena, self->page, self->charset);
    self->refusal = self->page.length ? refusal_of(self->page) : NULL;
}

static void finish(void *argument)
{
    reading *self = argument;
    let_go(self);
    close_block(self);
    set_document(self);
}

void att_html_fill_from(att_document *doc, att_str bytes, att_str charset)
{
    reading *self = calloc(1, sizeof *self);
    if (!self) {
        att_document_fail(doc, "E005", ATT_STR("not enough memory for this page"));
        return;
    }
    att_guard *outer = doc->arena->guard;
    *self = (reading){ .doc = doc, .page = bytes, .charset = charset };
    doc->arena->guard = &self->guard;
    self->blocks.arena = self->blocks.text.arena = self->title.arena = self->data.arena = self->dates.text.arena = doc->arena;
    self->short_of_memory = att_guard_run(&self->guard, decode, self) != ATT_OK;
    if (!self->short_of_memory && !self->refusal && self->page.length) parse(self);
    if (!self->short_of_memory && !self->refusal) self->short_of_memory = att_guard_run(&self->guard, finish, self) != ATT_OK;
    doc->arena->guard = outer;
    if (self->refusal) att_document_fail(doc, self->page.length > MOST_BYTES ? "E003" : "E004", att_str_of(self->refusal));
    else if (self->short_of_memory) att_document_fail(doc, "E005", ATT_STR("not enough memory for this page"));
    free(self);
}

#else

void att_html_fill_from(att_document *doc, att_str page, att_str charset)
{
    (void)page;
    (void)charset;
    att_document_fail(doc, "E004",
                      ATT_STR("HTML, which this build does not read: build it where libxml2 is (Debian: libxml2-dev), or make "
                              "the page text first, as with lynx -dump -nolist"));
}

#endif

/* ---- what begins as a page does ---- */

/* The first bytes of UTF-16 as ASCII, what is none as "?"; others as they are. */
static att_str as_ascii(att_str head, char *room, size_t size)
{
    bool little = att_str_starts(head, ATT_STR("\xff\xfe")), big = att_str_starts(head, ATT_STR("\xfe\xff"));
    if (att_str_starts(head, ATT_STR("\xEF\xBB\xBF"))) return att_str_slice(head, 3, head.length);
    if (!little && !big) return head;
    size_t length = 0;
    for (size_t at = 2; at + 1 < head.length && length < size; at += 2)
        room[length++] = head.data[at + little] ? '?' : head.data[at + big];
    return (att_str){ room, length };
}

/* Behind blanks, comments and declarations as of XML; the null view when one of these is not closed. */
static att_str skip_prologue(att_str seen)
{
    for (;;) {
        seen = att_str_trim(seen);
        bool comment = att_str_starts(seen, ATT_STR("<!--"));
        if (!comment && !att_str_starts(seen, ATT_STR("<?xml"))) return seen;
        const char *end = memmem(seen.data, seen.length, comment ? "-->" : "?>", comment ? 3 : 2);
        if (!end) return (att_str){ 0 };
        seen = att_str_slice(seen, (size_t)(end - seen.data) + 2, seen.length);
        if (comment) seen = att_str_slice(seen, 1, seen.length);
    }
}

att_html_guess att_html_opening(att_str head)
{
    static const char *const openings[] = { "<!doctype html", "<html", "<head", "<body" };
    char room[2048];
    att_str seen = skip_prologue(as_ascii(head, room, sizeof room));
    if (!seen.data || !seen.length) return ATT_HTML_OPEN;
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        size_t length = strlen(openings[i]);
        bool whole = seen.length > length;
        if (strncasecmp(seen.data, openings[i], whole ? length : seen.length) != 0) continue;
        if (!whole) return ATT_HTML_OPEN;
        if (strchr(" \t\r\n\f>/", seen.data[length])) return ATT_HTML_YES;
    }
    return att_str_starts(ATT_STR("<!--"), seen) || att_str_starts(ATT_STR("<?xml"), seen) ? ATT_HTML_OPEN : ATT_HTML_NO;
}

/* ---- the format ---- */

att_status att_html_fill(att_reader *self, att_document *doc)
{
    att_status status = att_plain_fill(self, doc);
    if (doc->error_code) return status;
    att_str page = doc->text;
    att_html_fill_from(doc, page, (att_str){ 0 });
    if (doc->text.data != page.data) att_arena_free(doc->arena, page.data);
    return status;
}
