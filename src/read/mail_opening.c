/* mail_opening.c - recognises messages of mail that have to be decoded (att_mail_opening of formats.h). */
#include <string.h>
#include <strings.h>

#include "read/formats.h"

/* Where the field's name ends, at its colon; 0 where no field begins. */
static size_t name_end(att_str line)
{
    size_t at = 0;
    while (at < line.length && line.data[at] > ' ' && line.data[at] < 0x7F && line.data[at] != ':') at++;
    return at < line.length && line.data[at] == ':' ? at : 0;
}

static bool is_named(att_str line, const char *name)
{
    const size_t length = strlen(name);
    return name_end(line) == length && strncasecmp(line.data, name, length) == 0;
}

static bool has(att_str line, const char *word)
{
    const size_t length = strlen(word);
    for (size_t at = 0; at + length <= line.length; at++)
        if (strncasecmp(line.data + at, word, length) == 0) return true;
    return false;
}

/* The next line with those behind it that go on with it; a null view for none. */
static att_str next_field(att_str *rest)
{
    size_t end = 0;
    do {
        const char *feed = end < rest->length ? memchr(rest->data + end, '\n', rest->length - end) : NULL;
        end = feed ? (size_t)(feed - rest->data) + 1 : rest->length;
    } while (end < rest->length && (rest->data[end] == ' ' || rest->data[end] == '\t'));
    att_str field = end ? att_str_slice(*rest, 0, end) : (att_str){ 0 };
    *rest = att_str_slice(*rest, end, rest->length);
    return field;
}

bool att_mail_opening(att_str head)
{
    bool mime = false, encoded = false;
    if (att_str_starts(head, ATT_STR("From "))) next_field(&head); /* of a mailbox */
    for (att_str field; (field = next_field(&head)).data && att_str_trim(field).length;) {
        if (!name_end(field)) return false;
        mime = mime || is_named(field, "MIME-Version") || is_named(field, "From"); /* some leave the first out */
        encoded = encoded || (is_named(field, "Content-Type") && has(field, "multipart/"))
                  || (is_named(field, "Content-Transfer-Encoding") && (has(field, "base64") || has(field, "quoted-printable")));
    }
    return mime && encoded;
}
