/* report_page.c - writes the page: sums, tables, charts, documents. It loads nothing from elsewhere. */
#include "tools/report.h"

enum {
    MOST_COUNTRIES = 250,
    MOST_ROWS = 500, /* of officials, of agencies */
    MOST_THEMES = 40,
    ACTORS = 25,
    TOPICS = 18, /* columns of the matrix */
    CHART_WIDTH = 360,
    CHART_HEIGHT = 22,
    MOST_PERIODS = 120
};

static const char style[] = {
#include "report.css.inc"
    0
};
static const char script[] = {
#include "report.js.inc"
    0
};

typedef struct {
    const att_page_all *all;
    att_buf *out;
    size_t unit;        /* bytes of a date that name its period: 10 for a day, 7 for a month, 4 for a year */
    int first, periods; /* the first period and the number of periods in the charts */
} page;

static void put(page *self, const char *html)
{
    att_buf_add(self->out, att_str_of(html));
}

static void put_text(page *self, att_str text)
{
    att_page_put(self->out, text);
}

static void cell(page *self, att_str text)
{
    put(self, "<td>");
    put_text(self, text);
    put(self, "</td>");
}

static void number_cell(page *self, uint32_t number)
{
    att_buf_format(self->out, "<td class=\"n\">%u</td>", number);
}

/* Writes a button that leaves only the documents with this key. */
static void pick(page *self, char kind, att_str key, att_str text)
{
    att_buf_format(self->out, "<button class=\"pick\" data-pick=\"%c", kind);
    put_text(self, key);
    put(self, "\">");
    put_text(self, text);
    put(self, "</button>");
}

/* ---- periods ---- */

static int digits(att_str text, size_t from, size_t to, int otherwise)
{
    int value = 0;
    if (text.length < to) return otherwise;
    for (size_t i = from; i < to; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return otherwise;
        value = value * 10 + text.data[i] - '0';
    }
    return value;
}

/* The number of a day in the Gregorian calendar, for differences between dates. */
static int day_number(int year, int month, int day)
{
    year -= month <= 2;
    int era = year / 400, of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

static int period_of(att_str date, size_t unit)
{
    int year = digits(date, 0, 4, 0), month = digits(date, 5, 7, 1), day = digits(date, 8, 10, 1);
    return unit == 4 ? year : unit == 7 ? year * 12 + month - 1 : day_number(year, month, day);
}

/* Chooses the shortest period of which there are not too many. */
static void choose_unit(page *self)
{
    static const size_t units[] = { 10, 7, 4 };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        self->unit = units[i];
        self->first = period_of(self->all->first, self->unit);
        self->periods = period_of(self->all->last, self->unit) - self->first + 1;
        if (self->periods <= MOST_PERIODS) return;
    }
}

static const char *unit_name(const page *self)
{
    return self->unit == 4 ? "year" : self->unit == 7 ? "month" : "day";
}

/* ---- charts ---- */

typedef struct {
    uint32_t *documents; /* by period */
    att_str *labels;
    uint32_t most;
} series;

static series series_of(page *self, att_str theme)
{
    const att_page_sums *days = &self->all->days;
    size_t count = (size_t)self->periods + 1;
    series out = { att_arena_zero(self->all->arena, count, sizeof *out.documents),
                   att_arena_zero(self->all->arena, count, sizeof *out.labels), 0 };
    for (uint32_t i = 0; i < days->keys.count; i++) {
        if (!att_str_equal(att_page_field(days->keys.items[i], 0), theme)) continue;
        att_str date = att_page_field(days->keys.items[i], 1);
        int period = period_of(date, self->unit) - self->first;
        if (period < 0 || period >= self->periods) continue;
        uint32_t sum = out.documents[period] += days->counts.items[i].documents;
        out.labels[period] = att_str_slice(date, 0, date.length < self->unit ? date.length : self->unit);
        if (sum > out.most) out.most = sum;
    }
    return out;
}

static void put_chart(page *self, att_str theme)
{
    series all = series_of(self, theme);
    double width = (double)CHART_WIDTH / self->periods;
    att_buf_format(self->out, "<td class=\"chart\"><svg width=\"%d\" height=\"%d\" role=\"img\">", CHART_WIDTH, CHART_HEIGHT);
    for (int i = 0; i < self->periods; i++) {
        if (!all.documents[i]) continue;
        double height = (double)CHART_HEIGHT * all.documents[i] / all.most;
        att_buf_format(self->out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>", i * width,
                       CHART_HEIGHT - height, width > 3 ? width - 1 : width, height);
        put_text(self, all.labels[i]);
        att_buf_format(self->out, ": %u</title></rect>", all.documents[i]);
    }
    put(self, "</svg></td>");
}

static void put_over_time(page *self, const char *id, const char *title, const att_page_sums *sums, char kind, char named)
{
    uint32_t *order = att_page_order(self->all, sums);
    uint32_t shown = sums->keys.count < MOST_THEMES ? sums->keys.count : MOST_THEMES;
    att_buf_format(self->out, "<h2 id=\"%s\">%s</h2>\n", id, title);
    if (!shown) {
        put(self, "<p class=\"note\">None.</p>\n");
        return;
    }
    if (self->all->first.data) {
        att_buf_format(self->out, "<p class=\"axis\">Bars: documents by %s, ", unit_name(self));
        put_text(self, self->all->first);
        put(self, " to ");
        put_text(self, self->all->last);
        att_buf_format(self->out, "; each as high as its own best. %u of %u are shown.</p>\n", shown, sums->keys.count);
    }
    att_buf_format(self->out,
                   "<div class=\"scroll\"><table><thead><tr><th>%s</th><th class=\"n\">documents</th>%s</tr></thead><tbody>\n",
                   title, self->all->first.data ? "<th>over time</th>" : "");
    for (uint32_t i = 0; i < shown; i++) {
        att_str key = sums->keys.items[order[i]];
        put(self, "<tr><td>");
        pick(self, kind, key, att_page_name(self->all, named, key));
        put(self, "</td>");
        number_cell(self, sums->counts.items[order[i]].documents);
        if (self->all->first.data) put_chart(self, key);
        put(self, "</tr>\n");
    }
    put(self, "</tbody></table></div>\n");
}

/* ---- tables ---- */

static void put_countries(page *self)
{
    const att_page_sums *sums = &self->all->countries;
    uint32_t *order = att_page_order(self->all, sums);
    uint32_t most = sums->keys.count ? sums->counts.items[order[0]].documents : 1;
    put(self, "<h2 id=\"countries\">Countries</h2>\n<div class=\"scroll\"><table><thead><tr><th>country</th><th></th>"
              "<th class=\"n\">documents</th><th class=\"n\">mentions</th><th class=\"n\">about it</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < sums->keys.count && i < MOST_COUNTRIES; i++) {
        att_str code = sums->keys.items[order[i]];
        const att_page_count *count = &sums->counts.items[order[i]];
        put(self, "<tr><td>");
        pick(self, 'c', code, att_page_name(self->all, 'C', code));
        put(self, " <small>");
        put_text(self, code);
        att_buf_format(self->out, "</small></td><td><span class=\"bar\" style=\"width:%.1frem\"></span></td>",
                       12.0 * count->documents / most);
        number_cell(self, count->documents);
        number_cell(self, count->mentions);
        number_cell(self, count->about);
        put(self, "</tr>\n");
    }
    put(self, "</tbody></table></div>\n");
}

/* Begins a table whose rows can be filtered by what is typed into a field above it. Returns the number of rows. */
static uint32_t begin_rows(page *self, const char *id, const char *title, const att_page_sums *sums, const char *heads)
{
    uint32_t shown = sums->keys.count < MOST_ROWS ? sums->keys.count : MOST_ROWS;
    att_buf_format(
        self->out,
        "<h2 id=\"%s\">%s</h2>\n<p class=\"axis\">%u of %u, most documents first.</p>\n"
        "<input type=\"search\" data-table=\"%s-table\" placeholder=\"filter: name, title, country\">\n"
        "<div class=\"scroll\"><table id=\"%s-table\"><thead><tr>%s<th class=\"n\">documents</th></tr></thead><tbody>\n",
        id, title, shown, sums->keys.count, id, id, heads);
    return shown;
}

static void put_officials(page *self)
{
    const att_page_sums *sums = &self->all->officials;
    uint32_t *order = att_page_order(self->all, sums);
    const att_str *people = att_page_people(self->all, sums, &self->all->forms);
    uint32_t shown = begin_rows(self, "officials", "Officials", sums,
                                "<th>name</th><th>title</th><th>agency</th><th>country</th><th>status</th>");
    for (uint32_t i = 0; i < shown; i++) {
        put(self, "<tr>");
        for (int field = 1; field <= 5; field++) cell(self, att_page_field(people[order[i]], field));
        number_cell(self, sums->counts.items[order[i]].documents);
        put(self, "</tr>\n");
    }
    put(self, "</tbody></table></div>\n");
}

static void put_agencies(page *self)
{
    const att_page_sums *sums = &self->all->agencies;
    uint32_t *order = att_page_order(self->all, sums);
    uint32_t shown = begin_rows(self, "agencies", "Agencies", sums, "<th>agency</th><th>country</th><th>id</th>");
    for (uint32_t i = 0; i < shown; i++) {
        put(self, "<tr>");
        for (int field = 0; field < 3; field++) cell(self, att_page_field(sums->keys.items[order[i]], field));
        number_cell(self, sums->counts.items[order[i]].documents);
        put(self, "</tr>\n");
    }
    put(self, "</tbody></table></div>\n");
}

static void put_views(page *self)
{
    const att_page_sums *sums = &self->all->views;
    uint32_t *order = att_page_order(self->all, sums);
    if (!sums->keys.count) return;
    put(self, "<h2 id=\"views\">Views</h2>\n<p>");
    for (uint32_t i = 0; i < sums->keys.count; i++) {
        if (i) put(self, " · ");
        pick(self, 'v', sums->keys.items[order[i]], sums->keys.items[order[i]]);
        att_buf_format(self->out, " %u", sums->counts.items[order[i]].documents);
    }
    put(self, "</p>\n");
}

/* ---- the matrix ---- */

/* Adds up one part of the keys, such as actors or topics, over all pairs. A document counts once for each pair. */
static att_page_sums sum_field(page *self, int field)
{
    const att_page_sums *crosses = &self->all->crosses;
    att_page_sums out = { 0 };
    att_map_init(&out.keys, self->all->arena);
    for (uint32_t i = 0; i < crosses->keys.count; i++) {
        uint32_t number = att_map_add(&out.keys, att_page_field(crosses->keys.items[i], field));
        if (number == out.counts.count) {
            ATT_RESERVE(self->all->arena, &out.counts, 1);
            out.counts.items[out.counts.count++] = (att_page_count){ 0 };
        }
        out.counts.items[number].documents += crosses->counts.items[i].documents;
    }
    return out;
}

static void put_cross(page *self, att_str actor, att_str topic, uint32_t most)
{
    att_str key = att_str_join(self->all->arena, actor, ATT_STR("\n"), topic);
    uint32_t number = att_map_find(&self->all->crosses.keys, key);
    if (number == ATT_NONE) {
        put(self, "<td></td>");
        return;
    }
    uint32_t documents = self->all->crosses.counts.items[number].documents;
    att_buf_format(self->out, "<td style=\"background:rgba(47,111,159,%.2f)\"><button class=\"pick\" data-pick=\"x",
                   0.08 + 0.72 * documents / most);
    put_text(self, actor);
    put(self, ".");
    put_text(self, topic);
    put(self, "\" title=\"");
    put_text(self, att_page_name(self->all, 'C', actor));
    put(self, ": ");
    put_text(self, att_page_name(self->all, 'T', topic));
    att_buf_format(self->out, "\">%u</button></td>", documents);
}

static void put_matrix(page *self)
{
    att_page_sums actors = sum_field(self, 0), topics = sum_field(self, 1);
    uint32_t *rows = att_page_order(self->all, &actors), *columns = att_page_order(self->all, &topics);
    uint32_t row_count = actors.keys.count < ACTORS ? actors.keys.count : ACTORS;
    uint32_t column_count = topics.keys.count < TOPICS ? topics.keys.count : TOPICS, most = 1;
    for (uint32_t i = 0; i < self->all->crosses.keys.count; i++)
        if (self->all->crosses.counts.items[i].documents > most) most = self->all->crosses.counts.items[i].documents;
    att_buf_format(self->out,
                   "<h2 id=\"matrix\">Actors and topics</h2>\n<p class=\"axis\">Documents that tie the topic to the actor; %u "
                   "of %u actors, "
                   "%u of %u topics. A cell shows its documents.</p>\n<div class=\"scroll matrix\"><table><thead><tr><th></th>",
                   row_count, actors.keys.count, column_count, topics.keys.count);
    for (uint32_t c = 0; c < column_count; c++) {
        put(self, "<th><span>");
        put_text(self, att_page_name(self->all, 'T', topics.keys.items[columns[c]]));
        put(self, "</span></th>");
    }
    put(self, "</tr></thead><tbody>\n");
    for (uint32_t r = 0; r < row_count; r++) {
        put(self, "<tr><th>");
        put_text(self, att_page_name(self->all, 'C', actors.keys.items[rows[r]]));
        put(self, "</th>");
        for (uint32_t c = 0; c < column_count; c++)
            put_cross(self, actors.keys.items[rows[r]], topics.keys.items[columns[c]], most);
        put(self, "</tr>\n");
    }
    put(self, "</tbody></table></div>\n");
}

/* ---- the whole ---- */

static void tile(page *self, uint64_t number, const char *what)
{
    att_buf_format(self->out, "<div><b>%llu</b>%s</div>", (unsigned long long)number, what);
}

static void put_head(page *self)
{
    const att_page_all *all = self->all;
    put(self, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
              "content=\"width=device-width\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
              "script-src 'unsafe-inline'\">\n<title>attache report</title><style>\n");
    put(self, style);
    put(self, "</style></head><body>\n<h1>attache report</h1>\n<p class=\"note\">");
    att_buf_format(self->out, "%u document%s", all->documents, all->documents == 1 ? "" : "s");
    if (all->first.data) {
        put(self, ", ");
        put_text(self, all->first);
        put(self, " to ");
        put_text(self, all->last);
        if (all->dated < all->documents - all->errors)
            att_buf_format(self->out, ", %u without a date", all->documents - all->errors - all->dated);
    }
    if (all->errors) att_buf_format(self->out, "; <a href=\"#failed\">%u could not be read</a>", all->errors);
    put(self, "</p>\n<div class=\"tiles\">");
    tile(self, all->mentions, "mentions");
    tile(self, all->countries.keys.count, "countries");
    tile(self, all->agencies.keys.count, "agencies");
    tile(self, all->officials.keys.count, "officials");
    tile(self, all->themes.keys.count, "themes with an actor");
    tile(self, all->views.keys.count, "views");
    if (all->statements) tile(self, all->statements, "statements");
    put(self,
        "</div>\n<nav><a href=\"#themes\">Themes</a><a href=\"#topics\">Topics</a><a href=\"#matrix\">Actors and topics</a>"
        "<a href=\"#officials\">Officials</a>");
    if (all->statements) put(self, "<a href=\"#statements\">Who said what</a>");
    put(self,
        "<a href=\"#agencies\">Agencies</a><a href=\"#countries\">Countries</a><a href=\"#documents\">Documents</a></nav>\n");
}

static void put_legend(page *self)
{
    const att_page_sums *types = &self->all->types;
    uint32_t *order = att_page_order(self->all, types);
    put(self, "<p class=\"legend\">");
    for (uint32_t i = 0; i < types->keys.count; i++) {
        put(self, "<label><input type=\"checkbox\" checked value=\"");
        put_text(self, types->keys.items[order[i]]);
        put(self, "\"> <span class=\"m ");
        put_text(self, types->keys.items[order[i]]);
        put(self, "\">");
        put_text(self, types->keys.items[order[i]]);
        att_buf_format(self->out, "</span> %u</label>", types->counts.items[order[i]].mentions);
    }
    put(self, "</p>\n");
}

static void put_documents(page *self)
{
    const att_page_all *all = self->all;
    put(self, "<h2 id=\"documents\">Documents</h2>\n");
    if (all->shown < all->documents - all->errors)
        att_buf_format(self->out, "<p class=\"note\">The first %u of %u; <code>--limit</code> shows more.</p>\n", all->shown,
                       all->documents - all->errors);
    if (all->untold)
        att_buf_format(self->out, "<p class=\"note\">%u records have no text: <code>attache tag --text</code> keeps it.</p>\n",
                       all->untold);
    put_legend(self);
    put(self, "<input type=\"search\" id=\"find\" placeholder=\"find in the documents\">\n<div id=\"picked\" "
              "class=\"hidden\"><span></span>"
              "<button class=\"pick\" data-pick=\"\">show all</button></div>\n");
    att_buf_add(self->out, att_buf_str(&all->pages));
    if (!all->errors) return;
    put(self, "<h2 id=\"failed\">What could not be read</h2>\n<table><tbody>\n");
    att_buf_add(self->out, att_buf_str(&all->failed));
    put(self, "</tbody></table>\n");
}

void att_page_show(const att_page_all *all, att_buf *out)
{
    page self = { .all = all, .out = out };
    if (all->first.data) choose_unit(&self);
    put_head(&self);
    put_views(&self);
    put_over_time(&self, "themes", "Themes", &all->themes, 'h', 'H');
    put_over_time(&self, "topics", "Topics", &all->topics, 't', 'T');
    put_matrix(&self);
    put_officials(&self);
    if (all->statements) att_page_show_statements(all, out);
    put_agencies(&self);
    put_countries(&self);
    put_documents(&self);
    put(&self, "<script>\n");
    put(&self, script);
    put(&self, "</script></body></html>\n");
}
