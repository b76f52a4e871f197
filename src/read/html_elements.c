#include "read/html_elements.h"

#include <stdlib.h>

/* ---- elements ---- */

typedef struct {
    const char *name;
    unsigned kind;
} element;

/* By name. What is not here is part of a line. */
static const element elements[] = {
    { "a", ATT_TAG_LINK },
    { "address", ATT_TAG_BLOCK },
    { "applet", ATT_TAG_SKIPPED },
    { "article", ATT_TAG_BLOCK | ATT_TAG_ARTICLE },
    { "aside", ATT_TAG_BLOCK | ATT_TAG_REGION },
    { "audio", ATT_TAG_SKIPPED },
    { "blockquote", ATT_TAG_BLOCK },
    { "body", ATT_TAG_BLOCK | ATT_TAG_PAGE },
    { "br", ATT_TAG_BREAK },
    { "button", ATT_TAG_SKIPPED },
    { "canvas", ATT_TAG_SKIPPED },
    { "caption", ATT_TAG_BLOCK },
    { "center", ATT_TAG_BLOCK },
    { "datalist", ATT_TAG_SKIPPED },
    { "dd", ATT_TAG_BLOCK | ATT_TAG_ITEM },
    { "details", ATT_TAG_BLOCK },
    { "dialog", ATT_TAG_BLOCK | ATT_TAG_SKIPPED },
    { "dir", ATT_TAG_BLOCK },
    { "div", ATT_TAG_BLOCK },
    { "dl", ATT_TAG_BLOCK },
    { "dt", ATT_TAG_BLOCK | ATT_TAG_ITEM },
    { "embed", ATT_TAG_SKIPPED },
    { "fieldset", ATT_TAG_BLOCK },
    { "figcaption", ATT_TAG_BLOCK },
    { "figure", ATT_TAG_BLOCK },
    { "footer", ATT_TAG_BLOCK | ATT_TAG_REGION },
    { "form", ATT_TAG_BLOCK },
    { "h1", ATT_TAG_BLOCK | ATT_TAG_HEADING | ATT_TAG_H1 },
    { "h2", ATT_TAG_BLOCK | ATT_TAG_HEADING },
    { "h3", ATT_TAG_BLOCK | ATT_TAG_HEADING },
    { "h4", ATT_TAG_BLOCK | ATT_TAG_HEADING },
    { "h5", ATT_TAG_BLOCK | ATT_TAG_HEADING },
    { "h6", ATT_TAG_BLOCK | ATT_TAG_HEADING },
    { "header", ATT_TAG_BLOCK | ATT_TAG_HEADER },
    { "hgroup", ATT_TAG_BLOCK },
    { "hr", ATT_TAG_BLOCK },
    { "html", ATT_TAG_BLOCK | ATT_TAG_ROOT },
    { "iframe", ATT_TAG_SKIPPED },
    { "label", ATT_TAG_SKIPPED },
    { "legend", ATT_TAG_SKIPPED },
    { "li", ATT_TAG_BLOCK | ATT_TAG_ITEM },
    { "listing", ATT_TAG_BLOCK | ATT_TAG_PRE },
    { "main", ATT_TAG_BLOCK | ATT_TAG_MAIN },
    { "map", ATT_TAG_SKIPPED },
    { "menu", ATT_TAG_BLOCK },
    { "meta", ATT_TAG_META },
    { "meter", ATT_TAG_SKIPPED },
    { "nav", ATT_TAG_BLOCK | ATT_TAG_REGION },
    { "noframes", ATT_TAG_BLOCK },
    { "noscript", ATT_TAG_SKIPPED },
    { "object", ATT_TAG_SKIPPED },
    { "ol", ATT_TAG_BLOCK },
    { "optgroup", ATT_TAG_SKIPPED },
    { "option", ATT_TAG_SKIPPED },
    { "output", ATT_TAG_SKIPPED },
    { "p", ATT_TAG_BLOCK | ATT_TAG_PARAGRAPH },
    { "plaintext", ATT_TAG_BLOCK | ATT_TAG_PRE },
    { "pre", ATT_TAG_BLOCK | ATT_TAG_PRE },
    { "progress", ATT_TAG_SKIPPED },
    { "q", ATT_TAG_QUOTE },
    { "rp", ATT_TAG_SKIPPED },
    { "rt", ATT_TAG_SKIPPED },
    { "script", ATT_TAG_SKIPPED | ATT_TAG_SCRIPT },
    { "section", ATT_TAG_BLOCK },
    { "select", ATT_TAG_SKIPPED },
    { "style", ATT_TAG_SKIPPED },
    { "summary", ATT_TAG_BLOCK },
    { "sup", ATT_TAG_RAISED },
    { "svg", ATT_TAG_SKIPPED },
    { "table", ATT_TAG_BLOCK },
    { "tbody", ATT_TAG_BLOCK },
    { "td", ATT_TAG_BLOCK | ATT_TAG_ITEM },
    { "template", ATT_TAG_SKIPPED },
    { "textarea", ATT_TAG_SKIPPED },
    { "tfoot", ATT_TAG_BLOCK },
    { "th", ATT_TAG_BLOCK | ATT_TAG_ITEM },
    { "thead", ATT_TAG_BLOCK },
    { "time", ATT_TAG_TIME },
    { "title", ATT_TAG_TITLE },
    { "tr", ATT_TAG_BLOCK },
    { "ul", ATT_TAG_BLOCK },
    { "video", ATT_TAG_SKIPPED },
    { "xmp", ATT_TAG_BLOCK | ATT_TAG_PRE },
};

static int compare_element(const void *name, const void *member)
{
    return strcmp(name, ((const element *)member)->name);
}

unsigned att_html_element_kind(const char *name)
{
    const element *found = bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, compare_element);
    return found ? found->kind : 0;
}

/* ---- entities ---- */

/* Entities that the parser does not know, as it stopped at HTML 4: letters of names, and marks; and those that it knows and
 * pages write without ";". */
static const att_html_entity entities[] = {
    { "amp", "&", true },         { "lt", "<", true },
    { "gt", ">", true },          { "quot", "\"", true },
    { "nbsp", "\xC2\xA0", true }, { "copy", "©", true },
    { "Abreve", "Ă", false },     { "Amacr", "Ā", false },
    { "Aogon", "Ą", false },      { "Cacute", "Ć", false },
    { "Ccaron", "Č", false },     { "Dcaron", "Ď", false },
    { "Dstrok", "Đ", false },     { "Ecaron", "Ě", false },
    { "Edot", "Ė", false },       { "Emacr", "Ē", false },
    { "Eogon", "Ę", false },      { "Gbreve", "Ğ", false },
    { "Idot", "İ", false },       { "Imacr", "Ī", false },
    { "Lstrok", "Ł", false },     { "Nacute", "Ń", false },
    { "Ncaron", "Ň", false },     { "NewLine", "\n", false },
    { "Odblac", "Ő", false },     { "Omacr", "Ō", false },
    { "Rcaron", "Ř", false },     { "Sacute", "Ś", false },
    { "Scedil", "Ş", false },     { "Tab", "\t", false },
    { "Tcaron", "Ť", false },     { "Tcedil", "Ţ", false },
    { "Udblac", "Ű", false },     { "Umacr", "Ū", false },
    { "Uring", "Ů", false },      { "Zacute", "Ź", false },
    { "Zcaron", "Ž", false },     { "Zdot", "Ż", false },
    { "abreve", "ă", false },     { "amacr", "ā", false },
    { "aogon", "ą", false },      { "apos", "'", false },
    { "ast", "*", false },        { "bsol", "\\", false },
    { "cacute", "ć", false },     { "ccaron", "č", false },
    { "colon", ":", false },      { "comma", ",", false },
    { "commat", "@", false },     { "dash", "‐", false },
    { "dcaron", "ď", false },     { "dollar", "$", false },
    { "dstrok", "đ", false },     { "ecaron", "ě", false },
    { "edot", "ė", false },       { "emacr", "ē", false },
    { "eogon", "ę", false },      { "equals", "=", false },
    { "excl", "!", false },       { "gbreve", "ğ", false },
    { "grave", "`", false },      { "hairsp", "\xE2\x80\x8A", false },
    { "horbar", "―", false },     { "hyphen", "‐", false },
    { "imacr", "ī", false },      { "imath", "ı", false },
    { "inodot", "ı", false },     { "lbrack", "[", false },
    { "lcub", "{", false },       { "lowbar", "_", false },
    { "lpar", "(", false },       { "lsqb", "[", false },
    { "lstrok", "ł", false },     { "nacute", "ń", false },
    { "ncaron", "ň", false },     { "num", "#", false },
    { "numero", "№", false },     { "numsp", "\xE2\x80\x87", false },
    { "odblac", "ő", false },     { "omacr", "ō", false },
    { "percnt", "%", false },     { "period", ".", false },
    { "plus", "+", false },       { "puncsp", "\xE2\x80\x88", false },
    { "quest", "?", false },      { "rbrack", "]", false },
    { "rcaron", "ř", false },     { "rcub", "}", false },
    { "rpar", ")", false },       { "rsqb", "]", false },
    { "sacute", "ś", false },     { "scedil", "ş", false },
    { "semi", ";", false },       { "sol", "/", false },
    { "tcaron", "ť", false },     { "tcedil", "ţ", false },
    { "udblac", "ű", false },     { "umacr", "ū", false },
    { "uring", "ů", false },      { "verbar", "|", false },
    { "vert", "|", false },       { "zacute", "ź", false },
    { "zcaron", "ž", false },     { "zdot", "ż", false },
};

const att_html_entity *att_html_entity_find(att_str name)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (att_str_is(name, entities[i].name)) return &entities[i];
    return NULL;
}
