#include "text/scan.h"

#include "base/utf8.h"

enum { WRAP_COLUMNS = 100, NARROWEST = 50, LINE_BYTES_FOR_WRAP = 4 * WRAP_COLUMNS };

typedef struct {
    uint32_t from, start, end; /* bytes; from start to end without blanks at the ends */
    bool heading;
    bool indented, bullet, ends_sentence; /* these and those below: of lines that have neighbours */
    bool label, table;                    /* a colon at its end; the row of a table */
    uint32_t columns;                     /* code points; WRAP_COLUMNS + 1 stands for more */
} line;

typedef struct {
    line *items;
    uint32_t count, capacity;
} lines;

/* Bytes of the blank at `at`: ASCII blanks and control characters, and the Unicode spaces of two or three bytes. */
static size_t blank_length(att_str text, size_t at)
{
    unsigned char byte = (unsigned char)text.data[at];
    if (byte <= ' ' || byte == 0x7F) return 1;
    if (byte != 0xC2 && byte != 0xE1 && byte != 0xE2 && byte != 0xE3 && byte != 0xEF) return 0;
    att_rune rune = att_utf8_decode(text, at);
    att_rune_class class = att_rune_classify(rune.code);
    return !rune.ill_formed && (class == ATT_RUNE_BLANK || class == ATT_RUNE_INVISIBLE) ? rune.length : 0;
}

static size_t skip_blanks(att_str text, size_t at, size_t end)
{
    for (size_t length; at < end && (length = blank_length(text, at)) > 0;) at += length;
    return at;
}

/* The end of text[at, end) without blanks; `at` when there is nothing else. */
static size_t trim_blanks(att_str text, size_t at, size_t end)
{
    while (end > at) {
        size_t last = end - 1;
        while (last > at && end - last < 4 && ((unsigned char)text.data[last] & 0xC0) == 0x80) last--;
        if (blank_length(text, last) != end - last) break;
        end = last;
    }
    return end;
}

static uint32_t count_columns(att_str text, size_t start, size_t end)
{
    if (end - start > LINE_BYTES_FOR_WRAP) return WRAP_COLUMNS + 1;
    size_t columns = att_utf8_count(att_str_slice(text, start, end));
    return columns > WRAP_COLUMNS ? WRAP_COLUMNS + 1 : (uint32_t)columns;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "• ", "- ", "* ", "1. ", "12) ", "(a) " */
static bool is_bullet(att_str text)
{
    static const char *const marks[] = { "-", "*", "•", "‣", "◦", "▪", "●", "·", "–", "—" };
    char first = text.data[0];
    size_t mark = 0;
    if ((first | 0x20) >= 'a' && (first | 0x20) <= 'z') return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !mark; i++)
        if (att_str_starts(text, att_str_of(marks[i]))) mark = strlen(marks[i]);
    if (!mark) {
        while (mark < 2 && mark < text.length && is_digit(text.data[mark])) mark++;
        if (mark) mark = mark < text.length && (text.data[mark] == '.' || text.data[mark] == ')') ? mark + 1 : 0;
        else if (text.length > 3 && text.data[0] == '(' && text.data[2] == ')') mark = 3;
    }
    return mark && mark < text.length && blank_length(text, mark);
}

static bool is_heading(att_str text)
{
    size_t marks = 0;
    while (marks < text.length && text.data[marks] == '#') marks++;
    return marks && marks <= 6 && marks < text.length && text.data[marks] == ' ';
}

/* Bytes of the closing bracket or quotation mark at the end, or 0. */
static size_t closer_length(att_str text)
{
    switch ((unsigned char)text.data[text.length - 1]) {
    case '"':
    case '\'':
    case ')':
    case ']': return 1;
    case 0x99: /* U+2019 */
    case 0x9D: /* U+201D */ return text.length > 2 && memcmp(text.data + text.length - 3, "\xE2\x80", 2) == 0 ? 3 : 0;
    case 0xBB: /* U+00BB */ return text.length > 1 && text.data[text.length - 2] == '\xC2' ? 2 : 0;
    default: return 0;
    }
}

static bool ends_sentence(att_str text)
{
    for (size_t length; text.length && (length = closer_length(text)) > 0;) text.length -= length;
    char last = text.length ? text.data[text.length - 1] : ' ';
    return last == '.' || last == '!' || last == '?';
}

static line line_at(const att_document *doc, size_t start, size_t end)
{
    size_t from = skip_blanks(doc->text, start, end), to = trim_blanks(doc->text, from, end);
    bool heading = doc->markdown && from < to && is_heading(att_str_slice(doc->text, from, to));
    return (line){ .from = (uint32_t)start, .start = (uint32_t)from, .end = (uint32_t)to, .heading = heading };
}

/* Whether the line is the row of a table: with a tab, or with bars at its head or between three cells. One bar may stand in any
 * sentence. */
static bool is_row(att_str content)
{
    if (!content.length) return false;
    const char *bar = memchr(content.data, '|', content.length), *end = content.data + content.length;
    bool bars = bar && (bar == content.data || memchr(bar + 1, '|', (size_t)(end - bar - 1)));
    return bars || memchr(content.data, '\t', content.length);
}

/* Finds out what tells whether paragraphs end within a block. */
static void look_at(att_str text, line *self)
{
    att_str content = att_str_slice(text, self->start, self->end);
    self->columns = count_columns(text, self->from, self->end);
    self->indented = self->start - self->from >= 2;
    self->bullet = is_bullet(content);
    self->ends_sentence = ends_sentence(content);
    self->label = content.length && content.data[content.length - 1] == ':';
    self->table = is_row(content);
}

static void add_paragraph(att_document *doc, att_paragraph paragraph)
{
    ATT_RESERVE(doc->arena, &doc->paragraphs, 1);
    doc->paragraphs.items[doc->paragraphs.count++] = paragraph;
}

/* Whether the next line's first word would have had room behind the line: text is wrapped at NARROWEST columns or behind. */
static bool is_loose(att_str text, const line *self, const line *next, uint32_t room)
{
    uint32_t end = next->start;
    while (end < next->end && text.data[end] != ' ') end++;
    return self->columns + 1 + (end - next->start) <= room;
}

/* "Belgium:" above a line that begins with a capital. */
static bool is_label(att_str text, const line *self, const line *next)
{
    const char first = text.data[next->start];
    return self->label && first >= 'A' && first <= 'Z' && is_loose(text, self, next, NARROWEST);
}

/* Bytes of the mark at `at` that may stand between a name and a post, or 0: " - ", " – ", " | ", ": ". */
static size_t mark_length(att_str text, size_t at, size_t end)
{
    static const char *const marks[] = { " - ", " \u2013 ", " \u2014 ", " | ", ": " };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t length = strlen(marks[i]);
        if (at + length < end && memcmp(text.data + at, marks[i], length) == 0) return length;
    }
    return 0;
}

static bool is_capital(char c)
{
    return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* The mark behind two to five words with capitals that begin the line and before another such word, as in "Jane Roe - Minister
 * of Mines"; empty where there is none. */
static att_str mark_of_entry(att_str text, const line *self)
{
    enum { FEWEST_WORDS = 2, MOST_WORDS = 5 };
    size_t at = self->start;
    for (int words = 1; words <= MOST_WORDS && at < self->end && is_capital(text.data[at]); words++) {
        size_t mark = 0;
        while (at < self->end && !(mark = mark_length(text, at, self->end)) && text.data[at] != ' ') at++;
        if (mark && words >= FEWEST_WORDS && is_capital(text.data[at + mark])) return att_str_slice(text, at, at + mark);
        if (mark) break;
        at++;
    }
    return ATT_EMPTY;
}

/* Whether both lines are of a list of names and posts: the same mark parts them, and the first has room behind it where the
 * mark is one that sentences have, too. */
static bool are_entries(att_str text, const line *before, const line *here, uint32_t longest)
{
    const att_str mark = mark_of_entry(text, before);
    if (!mark.length || !att_str_equal(mark, mark_of_entry(text, here))) return false;
    return mark.length > 2 || is_loose(text, before, here, longest > NARROWEST ? longest : NARROWEST);
}

/* Whether somebody takes a turn in the line: "Question: Do you sail?", "Mr. Roe: We do." */
static bool is_turn(att_str text, const line *self)
{
    enum { LONGEST = 40 };
    bool head = true;
    for (uint32_t at = self->start; at < self->end && at < self->start + LONGEST; at++) {
        const char c = text.data[at];
        if (head && !(c >= 'A' && c <= 'Z')) return false;
        if (c == ':') return at + 2 < self->end && text.data[at + 1] == ' ' && is_capital(text.data[at + 2]);
        if (c != ' ' && c != '.' && c != '-' && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && (unsigned char)c < 0x80)
            return false;
        head = c == ' ';
    }
    return false;
}

/* Whether the line break before line `at` of a block ends a paragraph. */
static bool breaks(att_str text, const lines *block, uint32_t at, bool wrapped, bool indented, uint32_t longest)
{
    const line *before = &block->items[at - 1], *here = &block->items[at];
    if (!wrapped || before->heading || here->heading) return true;
    if (here->indented || here->bullet) return true;
    if (before->table || here->table || is_label(text, before, here)) return true;
    if (are_entries(text, before, here, longest)) return true;
    if (before->ends_sentence && is_turn(text, here)) return true;
    return !indented && before->ends_sentence && before->columns * 4 < longest * 3;
}

static bool has_small(att_str text, const line *self)
{
    for (uint32_t i = self->start; i < self->end; i++)
        if (text.data[i] >= 'a' && text.data[i] <= 'z') return true;
    return false;
}

/* Whether the lines are items rather than text that was wrapped: three or more that all begin with a capital or a figure, not
 * all in capitals, few the ends of sentences, and most end where the next word would have had room. */
static bool is_list(att_str text, const lines *block, uint32_t longest)
{
    uint32_t loose = 0, sentences = 0;
    const uint32_t room = longest > NARROWEST ? longest : NARROWEST;
    bool small = false;
    for (uint32_t i = 0; i < block->count; i++) {
        const line *here = &block->items[i];
        char first = text.data[here->start];
        bool word = !memchr(text.data + here->start, ' ', here->end - here->start); /* an address, a number */
        if (!word && first != '(' && first != '+' && !(first >= 'A' && first <= 'Z') && !is_digit(first)
            && (unsigned char)first < 0x80)
            return false;
        if (i) loose += is_loose(text, &block->items[i - 1], here, room);
        small = small || has_small(text, here);
        sentences += here->ends_sentence;
    }
    return small && block->count >= 3 && 2 * loose >= block->count - 1 && 4 * sentences <= block->count;
}

/* Takes the bars at both ends of a row of a table off the paragraph: "| Chile | Jane Roe |". The line below the head of the
 * table, "|---|---|", has nothing else. */
static void take_off_bars(att_str text, att_paragraph *row)
{
    if (text.data[row->start] == '|')
        while (row->start < row->end && memchr("|-: ", text.data[row->start], 4)) row->start++;
    while (row->end > row->start && text.data[row->end - 1] == '|')
        row->end = (uint32_t)trim_blanks(text, row->start, row->end - 1);
}

static void end_block(att_document *doc, lines *block)
{
    bool indented = false;
    uint32_t longest = 0;
    for (uint32_t i = 0; block->count >= 2 && i < block->count; i++) {
        look_at(doc->text, &block->items[i]);
        indented = indented || block->items[i].indented;
        if (block->items[i].columns > longest) longest = block->items[i].columns;
    }
    bool wrapped = block->count >= 2 && longest <= WRAP_COLUMNS && !is_list(doc->text, block, longest);
    for (uint32_t i = 0, first = 0; i < block->count; i++) {
        if (i + 1 < block->count && !breaks(doc->text, block, i + 1, wrapped, indented, longest)) continue;
        att_paragraph paragraph = { .start = block->items[first].start, .end = block->items[i].end };
        if (block->items[first].heading)
            while (doc->text.data[paragraph.start] == '#' || doc->text.data[paragraph.start] == ' ') paragraph.start++;
        if (block->items[i].table) take_off_bars(doc->text, &paragraph);
        if (paragraph.start < paragraph.end) add_paragraph(doc, paragraph);
        first = i + 1;
    }
    block->count = 0;
}

static void note_ill_formed(att_document *doc)
{
    if (doc->well_formed) return;
    size_t at = att_utf8_check(doc->text), first = at, count = 0;
    while (at < doc->text.length) {
        count++;
        at += att_utf8_decode(doc->text, at).length;
        at += att_utf8_check(att_str_slice(doc->text, at, doc->text.length));
    }
    doc->well_formed = !count;
    if (count)
        att_document_remark(
            doc, "E012",
            att_str_format(doc->arena, "%zu ill-formed UTF-8 sequence%s, read as U+FFFD", count, count == 1 ? "" : "s"),
            (uint32_t)first);
}

static void add_metadata(att_document *doc)
{
    uint32_t end = (uint32_t)trim_blanks(doc->text, 0, doc->body);
    if (end) add_paragraph(doc, (att_paragraph){ .end = end, .kind = ATT_ZONE_METADATA });
}

void att_scan(att_document *doc)
{
    att_str text = doc->text;
    note_ill_formed(doc);
    add_metadata(doc);
    char separator = memchr(text.data, '\n', text.length) ? '\n' : '\r';
    lines block = { 0 };
    for (size_t at = doc->body; at < text.length;) {
        const char *found = memchr(text.data + at, separator, text.length - at);
        size_t end = found ? (size_t)(found - text.data) : text.length;
        line next = line_at(doc, at, end);
        at = end + 1;
        if (next.start == next.end) {
            end_block(doc, &block);
            continue;
        }
        ATT_RESERVE(doc->arena, &block, 1);
        block.items[block.count++] = next;
    }
    end_block(doc, &block);
}
