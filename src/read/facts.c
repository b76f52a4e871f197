#include "read/facts.h"

#include "base/utf8.h"

static att_str copy(att_document *doc, att_str value)
{
    if (!value.length) return (att_str){ 0 };
    if (att_utf8_check(value) < value.length) value = att_utf8_repair(doc->arena, value);
    return att_str_copy(doc->arena, value);
}

void att_fact_id(att_document *doc, att_str value, uint32_t start)
{
    (void)start;
    if (value.length) doc->id = copy(doc, value);
}

void att_fact_title(att_document *doc, att_str value, uint32_t start)
{
    (void)start;
    doc->title = copy(doc, att_str_trim(value));
}

void att_fact_lang(att_document *doc, att_str value, uint32_t start)
{
    (void)start;
    doc->lang = copy(doc, att_str_trim(value));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `count` digits at byte `at` as a number, -1 when they are not all there. */
static int digits(att_str text, size_t at, size_t count)
{
    int number = 0;
    if (text.length < at + count) return -1;
    for (size_t i = at; i < at + count; i++) {
        if (!is_digit(text.data[i])) return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

static int days_of(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

att_str att_date_of(att_str value)
{
    const att_str none = { 0 };
    int year = digits(value, 0, 4), month = digits(value, 5, 2), day = digits(value, 8, 2);
    if (year < 1) return none;
    if (value.length == 4) return value;
    if (value.data[4] != '-' || month < 1 || month > 12) return none;
    if (value.length == 7) return value;
    if (value.data[7] != '-' || day < 1 || day > days_of(year, month)) return none;
    if (value.length > 10 && is_digit(value.data[10])) return none;
    return att_str_slice(value, 0, 10);
}

/* As much of a value as a message has room for. */
static att_str shown(att_document *doc, att_str value)
{
    enum { ROOM = 40 };
    att_str clean = copy(doc, value);
    if (clean.length <= ROOM) return clean;
    att_str head = att_utf8_head(clean, ROOM);
    return att_str_format(doc->arena, "%.*s…", ATT_STR_ARG(head));
}

void att_fact_date(att_document *doc, att_str value, uint32_t start)
{
    value = att_str_trim(value);
    if (!value.length) return;
    att_str date = att_date_of(value);
    if (date.data) {
        doc->date = copy(doc, date);
        return;
    }
    att_str message =
        att_str_format(doc->arena, "date '%.*s' not understood; YYYY-MM-DD expected", ATT_STR_ARG(shown(doc, value)));
    att_document_remark(doc, "E014", message, start);
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool att_is_origin(att_str value)
{
    return value.length == 3 && is_letter(value.data[0]) && is_letter(value.data[1]) && is_letter(value.data[2]);
}

att_str att_origin_copy(att_arena *arena, att_str value)
{
    char capitals[3];
    for (int i = 0; i < 3; i++) capitals[i] = (char)(value.data[i] & ~0x20);
    return att_str_copy(arena, (att_str){ capitals, 3 });
}

void att_fact_origin(att_document *doc, att_str value, uint32_t start)
{
    value = att_str_trim(value);
    if (!value.length) return;
    if (att_is_origin(value)) {
        doc->origin = att_origin_copy(doc->arena, value);
        return;
    }
    att_str message = att_str_format(doc->arena,
                                     "origin '%.*s' not understood; three letters such as KOR expected "
                                     "(ISO 3166-1 alpha-3)",
                                     ATT_STR_ARG(shown(doc, value)));
    att_document_remark(doc, "E015", message, start);
}
