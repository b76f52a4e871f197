/* report_said.c - who said what: statements counted by speaker and topic, and some of them in full. */
#include "tools/report.h"

#include <stdlib.h>

enum {
    MOST_SPEAKERS = 500,
    MOST_TOPICS = 8,    /* for each speaker */
    MOST_EXAMPLES = 2,  /* for each speaker and topic */
    SHOWN_EXAMPLES = 4, /* for each speaker */
    LONGEST_EXAMPLE = 240
};

/* ---- sums ---- */

/* Under which key a speaker is counted. Holders of a known office are one person if their family names agree, in any case.
 * Other persons are one by name and country, everything else by name. */
static att_str speaker_key(const att_page_all *self, const att_record_statement *one)
{
    att_buf key = { .arena = self->scratch };
    att_page_add_field(&key, one->office.length ? one->office : one->type);
    const att_str name = one->office.length ? att_page_family_name(one->name) : one->name;
    att_page_add_field(&key, name);
    for (size_t i = key.count - name.length; one->office.length && i < key.count; i++)
        if (key.items[i] >= 'A' && key.items[i] <= 'Z') key.items[i] = (char)(key.items[i] | 0x20);
    att_page_add_field(&key, one->office.length ? ATT_EMPTY : one->country);
    return att_buf_str(&key);
}

static void count_form(att_page_all *self, const att_record_statement *one)
{
    att_buf key = { .arena = self->scratch };
    const att_str fields[] = { one->name, one->title, one->agency, one->country };
    att_buf_number(&key, one->speaker);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) att_page_add_field(&key, fields[i]);
    att_page_count_key(self, &self->speaker_forms, att_buf_str(&key))->mentions++;
}

static att_str topic_of(att_str theme)
{
    const char *slash = theme.length ? memchr(theme.data, '/', theme.length) : NULL;
    return slash ? att_str_slice(theme, 0, (size_t)(slash - theme.data)) : theme;
}

/* The byte at which words of the topic stand in the statement, or 0. */
static size_t place_of(const att_record *record, att_str text, att_str topic)
{
    for (uint32_t i = 0; i < record->themes.count && text.length; i++) {
        const att_record_theme *one = &record->themes.items[i];
        for (uint32_t k = 0; att_str_equal(one->topic, topic) && k < one->quote_count; k++) {
            const char *found =
                one->quotes[k].length ? memmem(text.data, text.length, one->quotes[k].data, one->quotes[k].length) : NULL;
            if (found) return (size_t)(found - text.data);
        }
    }
    return 0;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n';
}

/* Writes as many words as fit, on one line, from somewhat before byte `at` on. The first character begins a word. */
static void put_words(att_buf *out, att_str text, size_t at)
{
    enum { BEFORE = LONGEST_EXAMPLE / 3 };
    size_t start = at > BEFORE && text.length > LONGEST_EXAMPLE ? at - BEFORE : 0, end = text.length;
    if (start)
        while (start < at && !is_blank(text.data[start - 1])) start++;
    if (end - start > LONGEST_EXAMPLE)
        for (end = start + LONGEST_EXAMPLE; end > start && !is_blank(text.data[end]);) end--;
    if (end == start) end = text.length; /* a word that is longer than what is shown */
    if (start) att_buf_add(out, ATT_STR("… "));
    for (size_t i = start; i < end; i++)
        if (text.data[i] == '\n') {
            att_page_put(out, att_str_slice(text, start, i));
            att_buf_byte(out, ' ');
            start = i + 1;
        }
    att_page_put(out, att_str_slice(text, start, end));
    if (end < text.length) att_buf_add(out, ATT_STR(" …"));
}

static void put_example(att_buf *out, const att_record *record, uint32_t number, att_str topic, uint32_t shown)
{
    const att_record_statement *one = &record->statements.items[number];
    att_buf_add(out, ATT_STR("<q>"));
    put_words(out, one->text, place_of(record, one->text, topic));
    att_buf_add(out, ATT_STR("</q> "));
    const att_str name = record->title.length ? record->title : record->id;
    if (shown && record->text.data) att_buf_format(out, "<a href=\"#d%us%u\">", shown, number + 1);
    else if (shown) att_buf_format(out, "<a href=\"#d%u\">", shown);
    att_page_put(out, record->date);
    if (record->date.length) att_buf_add(out, ATT_STR(" "));
    put_words(out, name, 0);
    if (shown) att_buf_add(out, ATT_STR("</a>"));
}

/* Counts a statement of a speaker about a topic. The first few are kept as examples. */
static void count_topic(att_page_all *self, const att_record *record, uint32_t number, att_str topic, uint32_t shown)
{
    const att_record_statement *one = &record->statements.items[number];
    att_buf key = { .arena = self->scratch };
    att_buf_number(&key, one->speaker);
    att_page_add_field(&key, topic);
    const uint32_t known = self->said.keys.count;
    att_page_count *count = att_page_count_key(self, &self->said, att_buf_str(&key));
    if (self->said.keys.count > known) {
        ATT_RESERVE(self->arena, &self->examples, 1);
        self->examples.items[self->examples.count++] = (att_buf){ .arena = self->arena };
    }
    if (++count->mentions > MOST_EXAMPLES) return;
    att_buf *out = &self->examples.items[count - self->said.counts.items];
    if (out->count) att_buf_byte(out, '\n');
    put_example(out, record, number, topic, shown);
}

/* A statement may have several themes of one topic, which counts once. */
static void count_topics(att_page_all *self, const att_record *record, uint32_t number, uint32_t shown)
{
    const att_record_statement *one = &record->statements.items[number];
    for (uint32_t i = 0; i < one->theme_count; i++) {
        bool again = false;
        for (uint32_t k = 0; k < i; k++) again = again || att_str_equal(topic_of(one->themes[k]), topic_of(one->themes[i]));
        if (!again) count_topic(self, record, number, topic_of(one->themes[i]), shown);
    }
}

void att_page_count_statements(att_page_all *self, att_record *record, uint32_t shown)
{
    self->statements += record->statements.count;
    for (uint32_t i = 0; i < record->statements.count; i++) {
        att_record_statement *one = &record->statements.items[i];
        att_page_count *count = att_page_count_key(self, &self->speakers, speaker_key(self, one));
        count->mentions++;
        one->speaker = (uint32_t)(count - self->speakers.counts.items);
        count_form(self, one);
        count_topics(self, record, i, shown);
    }
}

/* ---- the section ---- */

/* For each speaker, his part of `said` (speaker and topic), those with most statements first. */
typedef struct {
    uint32_t *items;
    uint32_t *first; /* by speaker: where his part begins; one entry more at the end */
} by_speaker;

static uint32_t speaker_of(const att_page_all *all, uint32_t said)
{
    return (uint32_t)strtoul(all->said.keys.items[said].data, NULL, 10);
}

static uint32_t statements_of(const att_page_all *all, uint32_t said)
{
    return all->said.counts.items[said].mentions;
}

/* Sorts by number of statements; equal ones keep their order. */
static void sort(const att_page_all *all, uint32_t *said, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        const uint32_t one = said[i];
        uint32_t at = i;
        for (; at && statements_of(all, said[at - 1]) < statements_of(all, one); at--) said[at] = said[at - 1];
        said[at] = one;
    }
}

static by_speaker group(const att_page_all *all)
{
    const uint32_t speakers = all->speakers.keys.count, count = all->said.keys.count;
    const uint32_t *order = att_page_order(all, &all->said);
    by_speaker self = { att_arena_alloc(all->arena, sizeof *self.items * (count + 1)),
                        att_arena_zero(all->arena, speakers + 2, sizeof *self.first) };
    for (uint32_t i = 0; i < count; i++) self.first[speaker_of(all, i) + 2]++;
    for (uint32_t i = 2; i < speakers + 2; i++) self.first[i] += self.first[i - 1];
    for (uint32_t i = 0; i < count; i++) self.items[self.first[speaker_of(all, order[i]) + 1]++] = order[i];
    for (uint32_t i = 0; i < speakers; i++) sort(all, self.items + self.first[i], self.first[i + 1] - self.first[i]);
    return self;
}

static void put_topic_name(const att_page_all *all, att_buf *out, uint32_t said)
{
    att_page_put(out, att_page_name(all, 'T', att_page_field(all->said.keys.items[said], 1)));
}

static void put_topics(const att_page_all *all, att_buf *out, const uint32_t *said, uint32_t count)
{
    att_buf_add(out, ATT_STR("<td>"));
    for (uint32_t i = 0; i < count && i < MOST_TOPICS; i++) {
        if (i) att_buf_add(out, ATT_STR(" · "));
        put_topic_name(all, out, said[i]);
        att_buf_format(out, "&nbsp;%u", all->said.counts.items[said[i]].mentions);
    }
    if (count > MOST_TOPICS) att_buf_format(out, " · %u more", count - MOST_TOPICS);
    att_buf_add(out, ATT_STR("</td>"));
}

static bool is_among(const att_str *shown, uint32_t count, att_str example)
{
    for (uint32_t i = 0; i < count; i++)
        if (att_str_equal(shown[i], example)) return true;
    return false;
}

/* Writes one statement about each topic, then a second one, until enough are shown; none twice. */
static void put_examples(const att_page_all *all, att_buf *out, const uint32_t *said, uint32_t count)
{
    att_str seen[SHOWN_EXAMPLES];
    uint32_t shown = 0;
    att_buf_add(out, ATT_STR("<td>"));
    for (int round = 0; round < MOST_EXAMPLES; round++)
        for (uint32_t i = 0; i < count && shown < SHOWN_EXAMPLES; i++) {
            const att_str example = att_page_field(att_buf_str(&all->examples.items[said[i]]), round);
            if (!example.length || is_among(seen, shown, example)) continue;
            att_buf_add(out, shown ? ATT_STR("</li><li><b>") : ATT_STR("<details><summary>examples</summary><ul><li><b>"));
            put_topic_name(all, out, said[i]);
            att_buf_add(out, ATT_STR("</b> "));
            att_buf_add(out, example);
            seen[shown++] = example;
        }
    if (shown) att_buf_add(out, ATT_STR("</li></ul></details>"));
    att_buf_add(out, ATT_STR("</td>"));
}

static void put_speaker(const att_page_all *all, att_buf *out, uint32_t number, att_str form)
{
    att_buf_format(out, "<tr><td><button class=\"pick\" data-pick=\"s%u\">", number);
    att_page_put(out, att_page_field(form, 1));
    att_buf_add(out, ATT_STR("</button></td>"));
    att_buf_add(out, ATT_STR("<td>"));
    const att_str title = att_page_field(form, 2), agency = att_page_field(form, 3);
    att_page_put(out, title);
    if (title.length && agency.length) att_buf_add(out, ATT_STR(", "));
    att_page_put(out, agency);
    att_buf_add(out, ATT_STR("</td><td>"));
    att_page_put(out, att_page_field(form, 4));
    att_buf_add(out, ATT_STR("</td>"));
    const att_page_count *count = &all->speakers.counts.items[number];
    att_buf_format(out, "<td class=\"n\">%u</td><td class=\"n\">%u</td>", count->mentions, count->documents);
}

void att_page_show_statements(const att_page_all *all, att_buf *out)
{
    const uint32_t count = all->speakers.keys.count, rows = count < MOST_SPEAKERS ? count : MOST_SPEAKERS;
    const uint32_t *order = att_page_order(all, &all->speakers);
    const att_str *people = att_page_people(all, &all->speakers, &all->speaker_forms);
    const by_speaker said = group(all);
    att_buf_format(
        out,
        "<h2 id=\"statements\">Who said what</h2>\n<p class=\"axis\">%llu statements; %u of %u speakers, those of most "
        "documents first. Behind a topic stands how many statements have words of it.</p>\n"
        "<input type=\"search\" data-table=\"statements-table\" placeholder=\"filter: name, country, topic, words\">\n"
        "<div class=\"scroll\"><table id=\"statements-table\"><thead><tr><th>speaker</th><th>title, agency</th>"
        "<th>country</th><th class=\"n\">statements</th><th class=\"n\">documents</th><th>topics</th><th>in what "
        "words</th></tr>"
        "</thead><tbody>\n",
        (unsigned long long)all->statements, rows, count);
    for (uint32_t i = 0; i < rows; i++) {
        const uint32_t *his = said.items + said.first[order[i]], topics = said.first[order[i] + 1] - said.first[order[i]];
        put_speaker(all, out, order[i], people[order[i]]);
        put_topics(all, out, his, topics);
        put_examples(all, out, his, topics);
        att_buf_add(out, ATT_STR("</tr>\n"));
    }
    att_buf_add(out, ATT_STR("</tbody></table></div>\n"));
}
