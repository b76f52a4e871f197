#include "read/html_attributes.h"

#include <strings.h>

static const struct {
    const char *name;
    size_t at;
} attribute_names[] = {
    { "role", offsetof(att_html_attributes, role) },
    { "class", offsetof(att_html_attributes, class) },
    { "id", offsetof(att_html_attributes, id) },
    { "style", offsetof(att_html_attributes, style) },
    { "itemprop", offsetof(att_html_attributes, itemprop) },
    { "href", offsetof(att_html_attributes, href) },
    { "name", offsetof(att_html_attributes, name) },
    { "property", offsetof(att_html_attributes, property) },
    { "content", offsetof(att_html_attributes, content) },
    { "http-equiv", offsetof(att_html_attributes, http_equiv) },
    { "datetime", offsetof(att_html_attributes, datetime) },
    { "lang", offsetof(att_html_attributes, lang) },
    { "xml:lang", offsetof(att_html_attributes, lang) },
    { "type", offsetof(att_html_attributes, type) },
    { "pubdate", offsetof(att_html_attributes, pubdate) },
    { "hidden", offsetof(att_html_attributes, hidden) },
    { "aria-hidden", offsetof(att_html_attributes, aria_hidden) },
};

/* The name that says most: of a change, of the date. */
static att_day_name day_of(const att_html_attributes *given)
{
    const char *const names[] = { given->class, given->id, given->itemprop };
    att_day_name found = ATT_DAY_NAME_NONE;
    for (int i = 0; i < 3; i++) {
        att_day_name here = att_html_day_name(names[i]);
        if (here > found) found = here;
    }
    return found;
}

att_html_attributes att_html_attributes_read(const unsigned char **given)
{
    att_html_attributes found = { 0 };
    for (; given && *given; given += 2)
        for (size_t i = 0; i < sizeof attribute_names / sizeof *attribute_names; i++) {
            if (strcmp((const char *)given[0], attribute_names[i].name) != 0) continue;
            const char **field = (const char **)(void *)((char *)&found + attribute_names[i].at);
            if (!*field) *field = given[1] ? (const char *)given[1] : "";
        }
    found.day = day_of(&found);
    return found;
}

bool att_html_has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; at && *at;) {
        size_t here = strcspn(at, " \t\r\n\f");
        if (here == length && strncasecmp(at, word, length) == 0) return true;
        at += here;
        at += strspn(at, " \t\r\n\f");
    }
    return false;
}

bool att_html_is_hidden(const att_html_attributes *given)
{
    if (given->hidden || (given->aria_hidden && strcasecmp(given->aria_hidden, "true") == 0)) return true;
    if (!given->style) return false;
    const char *display = strcasestr(given->style, "display");
    if (!display) return false;
    display += strlen("display");
    display += strspn(display, " :");
    return strncasecmp(display, "none", 4) == 0;
}

bool att_html_is_beside_by_role(const att_html_attributes *given)
{
    static const char *const roles[] = { "navigation",  "banner", "contentinfo", "complementary", "search", "dialog",
                                         "alertdialog", "menu",   "menubar",     "toolbar",       "tooltip" };
    for (size_t i = 0; given->role && i < sizeof roles / sizeof *roles; i++)
        if (att_html_has_word(given->role, roles[i])) return true;
    return false;
}

/* Whether a class or id begins as one of these does, up to its end, "-", "_" or an "s". */
static bool begins_as(const char *names, const char *const heads[], size_t count)
{
    for (const char *at = names; at && *at; at += strspn(at, " \t\r\n\f")) {
        size_t here = strcspn(at, " \t\r\n\f");
        for (size_t i = 0; i < count; i++) {
            size_t length = strlen(heads[i]);
            if (here < length || strncasecmp(at, heads[i], length) != 0) continue;
            char next = here > length ? at[length] : '\0';
            if (!next || next == '-' || next == '_' || (next == 's' && here == length + 1)) return true;
        }
        at += here;
    }
    return false;
}

bool att_html_is_by_readers(const att_html_attributes *given)
{
    static const char *const heads[] = { "comments", "comment-list", "commentlist", "disqus", "respond" };
    enum { COUNT = sizeof heads / sizeof *heads };
    return begins_as(given->class, heads, COUNT) || begins_as(given->id, heads, COUNT);
}

bool att_html_is_beside_by_name(const att_html_attributes *given)
{
    static const char *const heads[] = {
        "cookie",         "cookie-consent",
        "consent-banner", "gdpr",
        "breadcrumb",     "share",
        "sharing",        "social-link",
        "social-share",   "social-media",
        "social-icon",    "social-nav",
        "addtoany",       "sharedaddy",
        "related",        "jp-relatedposts",
        "sidebar",        "newsletter",
        "pagination",     "pager",
        "skip-link",      "skiplink",
        "sr-only",        "visually-hidden",
        "visuallyhidden", "screen-reader-text",
        "usa-sr-only",    "element-invisible",
        "usa-banner",     "site-header",
        "site-footer",    "nav",
        "navbar",         "navigation",
        "menu",           "footer",
        "popup",          "modal",
        "noprint",        "no-print",
    };
    enum { COUNT = sizeof heads / sizeof *heads };
    return begins_as(given->class, heads, COUNT) || begins_as(given->id, heads, COUNT);
}
