/* report_text.c - one document on the page: its text with the mentions marked, one inside another. */
#include "tools/report.h"

enum { DEEPEST = 32, SHOWN_THEMES = 12 };

void att_page_put(att_buf *out, att_str text)
{
    size_t copied = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char *entity = NULL;
        switch (text.data[i]) {
        case '<': entity = "&lt;"; break;
        case '>': entity = "&gt;"; break;
        case '&': entity = "&amp;"; break;
        case '"': entity = "&quot;"; break;
        case '\t':
        case '\n':
        case '\r': continue;
        default:
            if ((unsigned char)text.data[i] >= ' ') continue;
            entity = "\xEF\xBF\xBD"; /* these characters may not stand in a page */
        }
        att_buf_add(out, att_str_slice(text, copied, i));
        att_buf_add(out, att_str_of(entity));
        copied = i + 1;
    }
    att_buf_add(out, att_str_slice(text, copied, text.length));
}

static void put(att_buf *out, const char *html)
{
    att_buf_add(out, att_str_of(html));
}

/* ---- the text ---- */

static void open_statement(att_buf *out, const att_record *record, uint32_t document, uint32_t number)
{
    const att_record_statement *one = &record->statements.items[number];
    att_buf_format(out, "<span class=\"said\" id=\"d%us%u\" title=\"", document, number + 1);
    att_page_put(out, one->name);
    for (uint32_t i = 0; i < one->theme_count; i++) {
        put(out, i ? ", " : ": ");
        att_page_put(out, one->themes[i]);
    }
    put(out, "\">");
}

static void open_mention(att_buf *out, const att_record_mention *one)
{
    put(out, "<span class=\"m ");
    att_page_put(out, one->type);
    put(out, "\" title=\"");
    att_page_put(out, one->type);
    const att_str facts[] = { one->code.length ? one->code : one->entity, one->country, one->rule, one->line };
    static const char *const before[] = { " ", ", country ", "\n", "\n" };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!facts[i].length) continue;
        put(out, before[i]);
        att_page_put(out, facts[i]);
    }
    put(out, "\">");
}

/* Closes the marks that end up to byte `to`, with the text before each, and adds the text up to there. Returns `to`. */
static size_t write_up_to(att_buf *out, att_str text, size_t at, size_t to, uint32_t *ends, uint32_t *depth)
{
    while (*depth && ends[*depth - 1] <= to) {
        uint32_t end = ends[--*depth];
        att_page_put(out, att_str_slice(text, at, end));
        put(out, "</span>");
        at = end;
    }
    att_page_put(out, att_str_slice(text, at, to));
    return to;
}

/* Writes the text with its marks. Marks are sorted by start, the longer ones first; one that goes on behind the mark in which
 * it begins is cut there. Statements contain mentions, never the other way round. */
static void put_text(att_buf *out, const att_record *record, uint32_t document)
{
    uint32_t ends[DEEPEST], depth = 0, said = 0;
    size_t at = 0;
    put(out, "<pre>\n"); /* HTML drops one line break behind <pre>, so this one keeps the text's own */
    for (uint32_t i = 0; i < record->mentions.count || said < record->statements.count;) {
        const att_record_mention *mention = i < record->mentions.count ? &record->mentions.items[i] : NULL;
        const att_record_statement *statement = said < record->statements.count ? &record->statements.items[said] : NULL;
        const bool speech = statement && (!mention || statement->start <= mention->start);
        const uint32_t start = speech ? statement->start : mention->start, whole = speech ? statement->end : mention->end;
        *(speech ? &said : &i) += 1;
        if (start >= whole || start < at || depth == DEEPEST) continue;
        at = write_up_to(out, record->text, at, start, ends, &depth);
        uint32_t end = depth && ends[depth - 1] < whole ? ends[depth - 1] : whole;
        if (speech) open_statement(out, record, document, said - 1);
        else open_mention(out, mention);
        ends[depth++] = end;
    }
    write_up_to(out, record->text, at, record->text.length, ends, &depth);
    put(out, "</pre>\n");
}

/* ---- what stands around it ---- */

static void put_key(att_buf *out, char kind, att_str key)
{
    att_buf_byte(out, ' ');
    att_buf_byte(out, kind);
    for (size_t i = 0; i < key.length; i++)
        if (key.data[i] != ' ') att_page_put(out, att_str_slice(key, i, i + 1));
}

/* Writes the keys by which the page's filter finds the document. */
static void put_keys(att_buf *out, const att_record *record)
{
    put(out, " data-k=\"");
    for (uint32_t i = 0; i < record->country_count; i++) put_key(out, 'c', record->countries[i]);
    for (uint32_t i = 0; i < record->view_count; i++) put_key(out, 'v', record->views[i]);
    for (uint32_t i = 0; i < record->themes.count; i++) {
        const att_record_theme *one = &record->themes.items[i];
        if (att_str_is(one->modality, "negated")) continue;
        if (one->of_document) put_key(out, 't', one->topic);
        if (one->actor_count) put_key(out, 'h', one->theme);
        for (uint32_t a = 0; a < one->actor_count; a++) {
            put_key(out, 'x', one->actors[a]);
            att_buf_byte(out, '.');
            att_page_put(out, one->topic);
        }
    }
    for (uint32_t i = 0; i < record->statements.count; i++) att_buf_format(out, " s%u", record->statements.items[i].speaker);
    put(out, " \"");
}

static void put_officials(att_buf *out, const att_record *record)
{
    if (!record->officials.count) return;
    put(out, "<ul class=\"officials\">");
    for (uint32_t i = 0; i < record->officials.count; i++) {
        const att_record_official *one = &record->officials.items[i];
        put(out, "<li><b>");
        att_page_put(out, one->name);
        put(out, "</b> ");
        att_page_put(out, one->title);
        const att_str more[] = { one->agency, one->country, one->status };
        for (size_t m = 0; m < sizeof more / sizeof *more; m++) {
            if (!more[m].length) continue;
            put(out, ", ");
            att_page_put(out, more[m]);
        }
        put(out, "</li>");
    }
    put(out, "</ul>\n");
}

static void put_theme(att_buf *out, const att_record_theme *one)
{
    att_buf_format(out, "<li class=\"%s\"><b>", one->of_document ? "strong" : "weak");
    att_page_put(out, one->label.length ? one->label : one->theme);
    put(out, "</b>");
    if (one->role.length) {
        put(out, " (");
        att_page_put(out, one->role);
        put(out, ")");
    }
    if (one->modality.length && !att_str_is(one->modality, "asserted")) {
        put(out, ", ");
        att_page_put(out, one->modality);
    }
    if (one->quote_count && one->quotes[0].length) {
        put(out, " <q>");
        att_page_put(out, one->quotes[0]);
        put(out, "</q>");
    }
    put(out, "</li>");
}

static void put_themes(att_buf *out, const att_record *record)
{
    if (!record->themes.count) return;
    put(out, "<ul class=\"themes\">");
    for (uint32_t i = 0; i < record->themes.count && i < SHOWN_THEMES; i++) put_theme(out, &record->themes.items[i]);
    if (record->themes.count > SHOWN_THEMES)
        att_buf_format(out, "<li class=\"weak\">and %u more</li>", record->themes.count - SHOWN_THEMES);
    put(out, "</ul>\n");
}

void att_page_document(att_buf *out, const att_record *record, uint32_t number)
{
    att_buf_format(out, "<details class=\"doc\" id=\"d%u\"", number);
    put_keys(out, record);
    put(out, "><summary><time>");
    att_page_put(out, record->date);
    put(out, "</time> <b>");
    att_page_put(out, record->title.length ? record->title : record->id);
    put(out, "</b> <small>");
    att_page_put(out, record->source.length ? record->source : record->id);
    att_buf_format(out, " · %u mention%s · %u official%s", record->mentions.count, record->mentions.count == 1 ? "" : "s",
                   record->officials.count, record->officials.count == 1 ? "" : "s");
    for (uint32_t i = 0; i < record->about_count; i++) {
        put(out, i ? ", " : " · about ");
        att_page_put(out, record->about[i]);
    }
    put(out, "</small></summary>\n");
    put_officials(out, record);
    put_themes(out, record);
    if (record->text.data) put_text(out, record, number);
    else put(out, "<p class=\"note\">The record has no text: <code>attache tag --text</code> keeps it.</p>\n");
    put(out, "</details>\n");
}
