/* html_opening.c - recognises the beginning of a page (att_html_opening of html.h). */
#include <string.h>
#include <strings.h>

#include "read/html.h"

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
