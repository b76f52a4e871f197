/* read_mail.c - a message of mail whose text is plain, as one document; its head is no text and gives date and title. Those
 * that have to be decoded are recognised and not read. */
#include <string.h>
#include <strings.h>

#include "read/facts.h"
#include "read/formats.h"
#include "read/written_date.h"

/* Bytes that may be of a field's name; no name begins as JSON does. */
static size_t name_length(att_str line)
{
    size_t at = 0;
    if (line.length && (line.data[0] == '{' || line.data[0] == '"')) return 0;
    while (at < line.length && line.data[at] > ' ' && line.data[at] < 0x7F && line.data[at] != ':') at++;
    return at;
}

/* Where the field's name ends, at its colon; 0 where no field begins. */
static size_t name_end(att_str line)
{
    const size_t at = name_length(line);
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

/* The next line with those behind it that go on with it, as none does with a blank one; a null view for none. */
static att_str next_field(att_str *rest)
{
    size_t end = 0;
    bool blank = false;
    do {
        const char *feed = end < rest->length ? memchr(rest->data + end, '\n', rest->length - end) : NULL;
        blank = !end && feed && !att_str_trim(att_str_slice(*rest, 0, (size_t)(feed - rest->data))).length;
        end = feed ? (size_t)(feed - rest->data) + 1 : rest->length;
    } while (!blank && end < rest->length && (rest->data[end] == ' ' || rest->data[end] == '\t'));
    att_str field = end ? att_str_slice(*rest, 0, end) : (att_str){ 0 };
    *rest = att_str_slice(*rest, end, rest->length);
    return field;
}

/* What a head says so far. */
typedef struct {
    bool address; /* an address of the sender */
    bool mail;    /* a field that nothing but mail has */
    bool mime, encoded;
} signs;

static void take_signs(signs *self, att_str field)
{
    static const char *const fields[] = { "MIME-Version", "Message-ID", "Received", "Return-Path", "Date" };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) self->mail = self->mail || is_named(field, fields[i]);
    const bool from = is_named(field, "From");
    self->address = self->address || (from && memchr(field.data, '@', field.length));
    self->mime = self->mime || from || is_named(field, "MIME-Version"); /* some leave the last out */
    self->encoded =
        self->encoded || (is_named(field, "Content-Type") && has(field, "multipart/"))
        || (is_named(field, "Content-Transfer-Encoding") && (has(field, "base64") || has(field, "quoted-printable")));
}

att_mail att_mail_opening(att_str head, bool whole)
{
    signs met = { 0 };
    const bool mailbox = att_str_starts(head, ATT_STR("From "));
    bool ended = false;
    if (mailbox) next_field(&head);
    for (att_str field; !ended && (field = next_field(&head)).data;) {
        ended = !att_str_trim(field).length;
        if (!ended && !whole && name_length(field) == field.length) return ATT_MAIL_OPEN;
        if (!ended && !name_end(field)) return ATT_MAIL_NONE;
        if (!ended) take_signs(&met, field);
    }
    if (!ended && !whole) return ATT_MAIL_OPEN;
    if (met.mime && met.encoded) return ATT_MAIL_ENCODED;
    return ended && met.address && met.mail && !mailbox ? ATT_MAIL_PLAIN : ATT_MAIL_NONE;
}

/* ---- the document ---- */

/* "5 Mar 2026" of "Thu, 5 Mar 2026 10:00:00 +0900 (KST)". */
static att_str day_of(att_str value)
{
    enum { WORDS = 3 };
    const char *comma = memchr(value.data, ',', value.length);
    if (comma) value = att_str_trim(att_str_slice(value, (size_t)(comma - value.data) + 1, value.length));
    unsigned blanks = 0;
    for (size_t i = 0; i < value.length; i++)
        if (value.data[i] == ' ' && ++blanks == WORDS) return att_str_slice(value, 0, i);
    return value;
}

/* Words that are encoded ("=?utf-8?...?=") say nothing. */
static void take_fact(att_document *doc, att_str field)
{
    const size_t colon = name_end(field);
    att_str value = att_str_trim(att_str_slice(field, colon + 1, field.length));
    const uint32_t start = (uint32_t)(value.data - doc->text.data);
    if (is_named(field, "Subject") && !has(value, "=?")) att_fact_title(doc, att_str_one_line(doc->arena, value), start);
    if (!is_named(field, "Date")) return;
    const att_day day = att_written_date(day_of(value));
    if (day.text[0]) att_fact_date(doc, att_str_of(day.text), start);
}

/* Letters and marks of what is encoded would be taken for words. */
static void fail_encoded(att_document *doc)
{
    doc->text = ATT_EMPTY;
    att_document_fail(
        doc, "E004",
        ATT_STR("a message of mail whose text is encoded or in several parts; make it text first, as with mu view; "
                "--input-format text takes it as it stands"));
}

att_status att_mail_refuse(att_reader *self, att_document *doc)
{
    self->format = NULL;
    att_reader_name(self, doc);
    fail_encoded(doc);
    att_input_close(&self->input);
    return ATT_OK;
}

att_status att_mail_fill(att_reader *self, att_document *doc)
{
    att_status status = att_plain_fill(self, doc);
    const att_mail mail = doc->error_code ? ATT_MAIL_NONE : att_mail_opening(doc->text, true);
    if (mail == ATT_MAIL_ENCODED) fail_encoded(doc);
    if (mail != ATT_MAIL_PLAIN) return status;
    att_str rest = doc->text;
    for (att_str field; (field = next_field(&rest)).data && att_str_trim(field).length;) take_fact(doc, field);
    doc->body = (uint32_t)(rest.data - doc->text.data);
    return status;
}
