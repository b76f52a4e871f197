#include "read/html_facts.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "read/facts.h"
#include "read/html_data.h"
#include "read/written_date.h"

enum {
    MOST_SITE = 60,   /* bytes of the name of a site in a title */
    MOST_VALUE = 1000 /* bytes that are kept of a value */
};

static void note(att_html_facts *self, att_html_fact *what, unsigned rank, att_str value)
{
    value = att_str_trim(value);
    if (!value.length || (what->value.data && what->rank <= rank)) return;
    *what = (att_html_fact){ att_str_copy(self->arena, att_utf8_head(value, MOST_VALUE)), rank };
}

void att_html_facts_date(att_html_facts *self, att_html_date_source rank, att_str value)
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

/* Names of <meta>, in small letters. */
static const struct {
    const char *name;
    enum { SAYS_DATE, SAYS_TITLE, SAYS_SITE, SAYS_LANG } what;
    unsigned rank;
} metas[] = {
    { "article:published_time", SAYS_DATE, ATT_HTML_FROM_META },
    { "og:article:published_time", SAYS_DATE, ATT_HTML_FROM_META },
    { "datepublished", SAYS_DATE, ATT_HTML_FROM_ITEM },
    { "dcterms.issued", SAYS_DATE, ATT_HTML_FROM_DUBLIN_CORE },
    { "dcterms.date", SAYS_DATE, ATT_HTML_FROM_DUBLIN_CORE },
    { "dcterms.created", SAYS_DATE, ATT_HTML_FROM_DUBLIN_CORE },
    { "dc.date", SAYS_DATE, ATT_HTML_FROM_DUBLIN_CORE },
    { "dc.date.issued", SAYS_DATE, ATT_HTML_FROM_DUBLIN_CORE },
    { "dc.date.created", SAYS_DATE, ATT_HTML_FROM_DUBLIN_CORE },
    { "pubdate", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "publishdate", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "publish-date", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "publish_date", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "publication_date", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "publicationdate", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "article.published", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "parsely-pub-date", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "sailthru.date", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "date", SAYS_DATE, ATT_HTML_FROM_OTHERS },
    { "og:title", SAYS_TITLE, 0 },
    { "og:site_name", SAYS_SITE, 0 },
    { "content-language", SAYS_LANG, 1 },
    { "language", SAYS_LANG, 2 },
    { "dc.language", SAYS_LANG, 2 },
    { "dcterms.language", SAYS_LANG, 2 },
};

void att_html_facts_meta(att_html_facts *self, const char *name, att_str content)
{
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
        if (strcasecmp(name, metas[i].name) != 0) continue;
        switch (metas[i].what) {
        case SAYS_DATE: att_html_facts_date(self, metas[i].rank, content); break;
        case SAYS_TITLE: note(self, &self->named, metas[i].rank, content); break;
        case SAYS_SITE: note(self, &self->site, metas[i].rank, content); break;
        case SAYS_LANG: note(self, &self->lang, metas[i].rank, content); break;
        }
    }
}

void att_html_facts_data(att_html_facts *self, att_str data)
{
    const att_html_data_days days = att_html_data_read(data);
    if (days.article.data) att_html_facts_date(self, ATT_HTML_FROM_DATA, days.article);
    if (days.other.data) att_html_facts_date(self, ATT_HTML_FROM_OTHER_DATA, days.other);
}

void att_html_facts_lang(att_html_facts *self, att_str value)
{
    note(self, &self->lang, 0, value);
}

/* ---- facts of the document ---- */

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

static void give_title(const att_html_facts *self, att_document *doc, att_str shown, att_str headline)
{
    att_str title = self->named.value.data
                        ? without_site(self->named.value, self->site.value.data ? self->site.value : ATT_EMPTY)
                        : headline;
    if (!title.data) title = without_site(shown, self->site.value);
    if (title.length) att_fact_title(doc, att_str_one_line(self->arena, title), ATT_NONE);
}

/* "en-GB" is "en". */
static void give_lang(const att_html_facts *self, att_document *doc)
{
    att_str lang = self->lang.value;
    size_t length = 0;
    while (length < lang.length && ((lang.data[length] | 0x20) >= 'a' && (lang.data[length] | 0x20) <= 'z')) length++;
    if (length < 2 || length > 3) return;
    char small[3];
    for (size_t i = 0; i < length; i++) small[i] = (char)(lang.data[i] | 0x20);
    att_fact_lang(doc, (att_str){ small, length }, ATT_NONE);
}

void att_html_facts_give(const att_html_facts *self, att_document *doc, att_str title, att_str headline, att_str day)
{
    give_title(self, doc, title, headline);
    give_lang(self, doc);
    att_str date = self->date.value.data ? self->date.value : day.length ? day : self->no_date.value;
    if (date.data) att_fact_date(doc, date, ATT_NONE);
}
