/* read_html.c - reads a page of HTML as one document. The only file here with libxml2, of which it uses the parser and no tree.
 *
 * The parser reports where elements begin, text, and where elements end. Each open element has a state, derived from that of
 * its parent: whether what is in it is text, a title, left out, in a link, in a region. Letters open a block and the borders of
 * block elements end it. Which blocks are the text is decided when all are known (html_blocks.h).
 *
 * libxml2 takes quadratic time in three places: an end tag is compared with all open elements, an attribute with those before
 * it in the tag, and the table of names stops growing at some size. So all three are bounded, and a page beyond that is
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
#include "read/html_facts.h"
#include "read/packed.h"

enum {
    MOST_OPEN = 512,        /* elements in one another */
    MOST_ATTRIBUTES = 176,  /* fields of the parser's array, two an attribute, which grows by doubling */
    MOST_NAMES = 1 << 16,   /* of tags, attributes and entities, each once */
    MOST_BLOCKS = 1 << 20,  /* those behind run into the last one */
    MOST_BYTES = 512 << 20, /* of a page: the parser counts in int */
    MOST_TITLE = 1000,      /* bytes */
    MOST_DATA = 1 << 20     /* bytes of JSON-LD that are looked through for a date */
};

/* ---- the page ---- */

/* What holds where an element is open. */
typedef struct {
    unsigned kind;   /* of the element */
    unsigned inside; /* ATT_TAG_SKIPPED, ATT_TAG_LINK, ATT_TAG_PRE, ATT_TAG_ITEM, ATT_TAG_HEADING, ATT_TAG_H1,
                        ATT_TAG_PARAGRAPH, ATT_TAG_TITLE, ATT_TAG_MAIN, ATT_TAG_BODY, ATT_TAG_DATA, ATT_TAG_RAISED,
                        ATT_TAG_MARKER, ATT_TAG_OTHER_DAY: of it or what it is in */
    uint16_t region, article;
} state;

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
    att_html_facts facts;
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
                          | (inside & ATT_TAG_ITEM ? ATT_BLOCK_ITEM : 0) | (inside & ATT_TAG_PRE ? ATT_BLOCK_PRE : 0)
                          | (inside & ATT_TAG_PARAGRAPH ? ATT_BLOCK_PARAGRAPH : 0))
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
    here->inside |=
        kind
        & (ATT_TAG_SKIPPED | ATT_TAG_PRE | ATT_TAG_HEADING | ATT_TAG_H1 | ATT_TAG_ITEM | ATT_TAG_RAISED | ATT_TAG_PARAGRAPH);
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
    if (here->kind & ATT_TAG_ROOT && given->lang) att_html_facts_lang(&self->facts, att_str_of(given->lang));
    const char *content = given->content ? given->content : given->datetime;
    if (content && given->itemprop && att_html_has_word(given->itemprop, "datePublished"))
        att_html_facts_date(&self->facts, ATT_HTML_FROM_ITEM, att_str_of(content));
    if (here->kind & ATT_TAG_META && given->content) {
        const char *names[] = { given->property, given->name, given->http_equiv };
        for (int i = 0; i < 3; i++)
            if (names[i]) att_html_facts_meta(&self->facts, names[i], att_str_of(given->content));
    }
    bool in_text = here->inside & (ATT_TAG_MAIN | ATT_TAG_BODY) || here->article;
    if (here->kind & ATT_TAG_TIME && given->datetime && in_text && !here->region)
        att_html_facts_date(&self->facts, given->pubdate ? ATT_HTML_FROM_TIME_MARKED : ATT_HTML_FROM_TIME,
                            att_str_of(given->datetime));
    const unsigned not = ATT_TAG_SKIPPED | ATT_TAG_OTHER_DAY;
    bool shown = !(here->inside & not ) && !here->region && !(here->kind & (ATT_TAG_PAGE | ATT_TAG_ROOT | ATT_TAG_META));
    if (shown && (given->day == ATT_DAY_NAME_DATE || (here->kind & ATT_TAG_TIME && given->day == ATT_DAY_NAME_NONE)))
        att_html_dates_begin(&self->dates, self->depth, here->kind & ATT_TAG_TIME ? given->datetime : NULL);
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
    if (here->inside & ATT_TAG_DATA) {
        att_html_facts_data(&self->facts, att_buf_str(&self->data));
        self->data.count = 0;
    }
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

static bool has_tag(att_str page)
{
    for (const char *at = page.data, *end = page.data + page.length; (at = memchr(at, '<', (size_t)(end - at))); at++)
        if (at + 1 < end && (((at[1] | 0x20) >= 'a' && (at[1] | 0x20) <= 'z') || at[1] == '!' || at[1] == '/' || at[1] == '?'))
            return true;
    return false;
}

static const char *refusal_of(att_str page)
{
    if (page.length > MOST_BYTES) return "HTML of more than 512 MiB";
    if (att_is_binary(page)) return "no HTML, but bytes that are no text";
    return has_tag(page) ? NULL : "no HTML, as it has no tag; --input-format text takes it as it stands";
}

static void set_document(reading *self)
{
    att_str headline, title = att_str_one_line(self->doc->arena, att_str_trim(att_buf_str(&self->title)));
    att_str text = att_html_choose(&self->blocks, self->facts.named.value.data ? self->facts.named.value : title, &headline);
    att_document_set_text(self->doc, text);
    att_day shown = self->facts.date.value.data ? (att_day){ "" } : att_html_dates_choose(&self->dates);
    att_html_facts_give(&self->facts, self->doc, title, headline, att_str_of(shown.text));
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
    self->blocks.arena = self->blocks.text.arena = self->title.arena = self->data.arena = self->dates.text.arena =
        self->facts.arena = doc->arena;
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
