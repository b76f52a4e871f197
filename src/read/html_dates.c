#include "read/html_dates.h"

#include <strings.h>

#include "read/facts.h"

enum { MOST_TEXT = 512 /* bytes */, LONGEST_LINE = 80 };

/* ---- names ---- */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_between(char c)
{
    return c == '-' || c == '_' || c == ':' || c <= ' ';
}

/* The length of the part at the head of a name: "publish" of "publishDate", "entry" of "entry-date". */
static size_t part_length(const char *name)
{
    size_t length = name[0] != '\0';
    while (!is_between(name[length]) && !(is_capital(name[length]) && !is_capital(name[length - 1]))) length++;
    return length;
}

/* Parts of names: of a date, of the date of a change, of something else that has dates. */
enum { OF_DATE = 1, OF_CHANGE = 2, OF_OTHERS = 4 };
#define PART(word, says)                                                                                                       \
    {                                                                                                                          \
        word, sizeof word - 1, says                                                                                            \
    }
static const struct {
    const char *word;
    uint8_t length, says;
} parts[] = {
    PART("date", OF_DATE),        PART("dates", OF_DATE),      PART("datetime", OF_DATE),   PART("published", OF_DATE),
    PART("publication", OF_DATE), PART("pubdate", OF_DATE),    PART("posted", OF_DATE),     PART("dateline", OF_DATE),
    PART("timestamp", OF_DATE),   PART("updated", OF_CHANGE),  PART("modified", OF_CHANGE), PART("reviewed", OF_CHANGE),
    PART("update", OF_OTHERS),    PART("event", OF_OTHERS),    PART("events", OF_OTHERS),   PART("start", OF_OTHERS),
    PART("end", OF_OTHERS),       PART("from", OF_OTHERS),     PART("until", OF_OTHERS),    PART("due", OF_OTHERS),
    PART("deadline", OF_OTHERS),  PART("expiry", OF_OTHERS),   PART("expires", OF_OTHERS),  PART("birth", OF_OTHERS),
    PART("archive", OF_OTHERS),   PART("archives", OF_OTHERS), PART("picker", OF_OTHERS),   PART("filter", OF_OTHERS),
    PART("range", OF_OTHERS),     PART("calendar", OF_OTHERS), PART("comment", OF_OTHERS),
};
#undef PART

static unsigned says(const char *part, size_t length)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].length == length && (part[0] | 0x20) == parts[i].word[0] && strncasecmp(part, parts[i].word, length) == 0)
            return parts[i].says;
    return 0;
}

att_day_name att_html_day_name(const char *names)
{
    unsigned met = 0;
    for (size_t length; names && *names; names += length) {
        length = part_length(names);
        met |= says(names, length);
        while (names[length] && is_between(names[length])) length++;
    }
    if (met & OF_CHANGE || (met & OF_DATE && met & OF_OTHERS)) return ATT_DAY_NAME_OTHER;
    return met & OF_DATE ? ATT_DAY_NAME_DATE : ATT_DAY_NAME_NONE;
}

/* ---- what is shown ---- */

static void keep(att_html_dates *self, att_day day, att_day_kind kind, uint32_t block)
{
    if (!day.text[0] || self->kept_count == ATT_DATES_KEPT) return;
    self->kept[self->kept_count].day = day;
    self->kept[self->kept_count].kind = kind;
    self->kept[self->kept_count++].block = block;
}

/* The day of "2026-03-05T10:00", or an empty one. */
static att_day day_of(att_str datetime)
{
    att_day day = { "" };
    att_str date = att_date_of(att_str_trim(datetime));
    if (date.data && date.length < sizeof day.text) memcpy(day.text, date.data, date.length);
    return day;
}

void att_html_dates_begin(att_html_dates *self, unsigned depth, const char *datetime)
{
    if (self->open_count == ATT_DATES_OPEN) return;
    self->open[self->open_count].told = datetime ? day_of(att_str_of(datetime)) : (att_day){ "" };
    self->open[self->open_count].depth = depth;
    self->open[self->open_count++].start = self->text.count;
}

void att_html_dates_add(att_html_dates *self, att_str text)
{
    if (!self->open_count || self->text.count > MOST_TEXT) return;
    att_buf_add(&self->text, att_str_slice(text, 0, text.length < MOST_TEXT ? text.length : MOST_TEXT));
}

void att_html_dates_end(att_html_dates *self, unsigned depth, uint32_t block)
{
    att_html_dates_add(self, ATT_STR(" "));
    if (!self->open_count || self->open[self->open_count - 1].depth != depth) return;
    size_t start = self->open[--self->open_count].start;
    att_day shown = att_written_date(att_str_trim(att_str_slice(att_buf_str(&self->text), start, self->text.count)));
    keep(self, shown.text[0] ? shown : self->open[self->open_count].told, ATT_DAY_NAMED, block);
    if (!self->open_count) self->text.count = 0;
}

/* "Published:", "Date:" and the like at the head of a line. */
static bool tells(att_str line)
{
    static const char *const heads[] = {
        "published", "posted", "released", "issued", "publication date", "release date", "date"
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (line.length > strlen(heads[i]) && strncasecmp(line.data, heads[i], strlen(heads[i])) == 0) return true;
    return false;
}

void att_html_dates_offer(att_html_dates *self, att_str text, uint32_t block)
{
    if (text.length <= LONGEST_LINE) keep(self, att_written_date(text), tells(text) ? ATT_DAY_TOLD : ATT_DAY_ALONE, block);
}

/* ---- the choice ---- */

static bool is_same(const att_html_dates *self, unsigned a, unsigned b)
{
    return memcmp(self->kept[a].day.text, self->kept[b].day.text, sizeof self->kept[a].day.text) == 0;
}

/* How many different days there are of the kind. */
static unsigned count_days(const att_html_dates *self, att_day_kind kind)
{
    unsigned count = 0;
    for (unsigned i = 0; i < self->kept_count; i++) {
        unsigned before = 0;
        while (before < i && !(self->kept[before].kind == kind && is_same(self, before, i))) before++;
        count += self->kept[i].kind == kind && before == i;
    }
    return count;
}

/* That of the kind next to the headline, so many blocks from it at most. */
static att_day nearest(const att_html_dates *self, att_day_kind kind, uint32_t most)
{
    att_day before = { "" };
    uint32_t headline = self->headline - 1;
    for (unsigned i = 0; self->headline && i < self->kept_count; i++) {
        uint32_t block = self->kept[i].block;
        if (self->kept[i].kind != kind || block > headline + most || block + most < headline) continue;
        if (block >= headline) return self->kept[i].day;
        before = self->kept[i].day;
    }
    return before;
}

att_day att_html_dates_choose(const att_html_dates *self)
{
    enum { NEAR = 6, CLOSE = 2, MANY = 4 };
    for (att_day_kind kind = ATT_DAY_NAMED; kind < ATT_DAY_KINDS; kind++) {
        unsigned days = count_days(self, kind), first = 0;
        bool close = kind == ATT_DAY_ALONE || days >= MANY;
        if (days == 1 && kind != ATT_DAY_ALONE) {
            while (self->kept[first].kind != kind) first++;
            return self->kept[first].day;
        }
        att_day found = nearest(self, kind, close ? CLOSE : NEAR);
        if (found.text[0]) return found;
    }
    return (att_day){ "" };
}
