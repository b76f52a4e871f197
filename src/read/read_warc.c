/* read_warc.c - a web archive (WARC 1.0, 1.1), a document for each page in it.
 *
 * Shape   records of a head and Content-Length bytes, one behind the other; in a gzip file each may be a member. Read are
 *         `response` records with status 2xx and `resource` and `conversion` records, where they hold HTML or plain text; all
 *         others are passed over.
 * Units   places in messages are bytes of the archive as it is unpacked.
 * Errors  what begins no record, or has no length, is told in its place (E004); the next line that begins one goes on.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

#include "read/facts.h"
#include "read/formats.h"
#include "read/html.h"
#include "read/html_charset.h"

enum { LONGEST_HEAD = 64 * 1024, KEPT_BODY = 4 << 20 };

#define OPENING ATT_STR("WARC/1.")

typedef enum { MEDIA_OTHER, MEDIA_TEXT, MEDIA_HTML } media;

/* What is wanted of a record. Views of its head, or of the HTTP head behind it, while these are in the buffer. */
typedef struct {
    att_str type, uri, id, date, lang;
    uint64_t length; /* of the content */
    size_t http;     /* bytes of it that are an HTTP head */
    media media;
    att_str charset, encoding;
    bool chunked;
} record;

/* ---- heads ---- */

static bool is_word(att_str a, const char *b)
{
    return a.length == strlen(b) && strncasecmp(a.data, b, a.length) == 0;
}

/* The line at the front of `rest`, which is cut off. */
static att_str cut_line(att_str *rest)
{
    const char *end = memchr(rest->data, '\n', rest->length);
    size_t length = end ? (size_t)(end - rest->data) : rest->length;
    att_str line = att_str_slice(*rest, 0, length);
    *rest = att_str_slice(*rest, length + (end != NULL), rest->length);
    return att_str_trim(line);
}

/* The value of the first field of that name; the null view when there is none. */
static att_str field(att_str head, const char *name)
{
    while (head.length) {
        att_str line = cut_line(&head);
        const char *colon = memchr(line.data, ':', line.length);
        size_t length = colon ? (size_t)(colon - line.data) : 0;
        if (colon && is_word(att_str_slice(line, 0, length), name))
            return att_str_trim(att_str_slice(line, length + 1, line.length));
    }
    return (att_str){ 0 };
}

/* Some write URIs as <…>. */
static att_str bare(att_str uri)
{
    bool quoted = uri.length > 1 && uri.data[0] == '<' && uri.data[uri.length - 1] == '>';
    return quoted ? att_str_slice(uri, 1, uri.length - 1) : uri;
}

/* Digits that fit 64 bits. */
static bool read_number(att_str text, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        *number = *number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return text.length > 0 && text.length < 19;
}

/* The part of a value with parameters before `;`, which is cut off with it. */
static att_str cut_part(att_str *rest)
{
    const char *end = memchr(rest->data, ';', rest->length);
    size_t length = end ? (size_t)(end - rest->data) : rest->length;
    att_str part = att_str_slice(*rest, 0, length);
    *rest = att_str_slice(*rest, length + (end != NULL), rest->length);
    return att_str_trim(part);
}

static media read_media(att_str type, att_str *charset)
{
    static const char key[] = "charset=";
    if (!type.data) return MEDIA_OTHER;
    att_str name = cut_part(&type);
    while (type.length) {
        att_str part = cut_part(&type);
        if (part.length < sizeof key || strncasecmp(part.data, key, sizeof key - 1) != 0) continue;
        att_str value = att_str_slice(part, sizeof key - 1, part.length);
        bool quoted = value.length > 1 && value.data[0] == '"' && value.data[value.length - 1] == '"';
        *charset = quoted ? att_str_slice(value, 1, value.length - 1) : value;
    }
    if (is_word(name, "text/html") || is_word(name, "application/xhtml+xml")) return MEDIA_HTML;
    return is_word(name, "text/plain") ? MEDIA_TEXT : MEDIA_OTHER;
}

/* Bytes of a head with the empty line that ends it, or 0. */
static size_t head_length(att_str seen)
{
    const char *at = seen.data;
    for (size_t left; (left = seen.length - (size_t)(at - seen.data)) && (at = memchr(at, '\n', left));) {
        at++;
        left = seen.length - (size_t)(at - seen.data);
        if (left && *at == '\n') return (size_t)(at - seen.data) + 1;
        if (left > 1 && at[0] == '\r' && at[1] == '\n') return (size_t)(at - seen.data) + 2;
    }
    return 0;
}

/* The head at the front of the next `most` bytes, as far as they are read; the null view when none ends there. It dies with the
 * next read. */
static att_str head_in(const att_input *input, uint64_t most)
{
    att_str unread = att_input_unread(input);
    if (unread.length > most) unread.length = (size_t)most;
    size_t length = head_length(unread);
    return length ? att_str_slice(unread, 0, length) : (att_str){ 0 };
}

/* The same, reading on. */
static att_str peek_head(att_input *input)
{
    att_str head;
    do head = head_in(input, LONGEST_HEAD);
    while (!head.data && att_input_unread(input).length < LONGEST_HEAD && att_input_more(input, LONGEST_HEAD) == ATT_MORE);
    return head;
}

/* ---- going on in the input ---- */

static void pass(att_reader *self, size_t bytes)
{
    att_input_pass(&self->input, bytes);
    self->warc.at += bytes;
}

/* Passes over what is left of the record before. */
static void pass_rest(att_reader *self)
{
    att_input *input = &self->input;
    while (self->warc.rest) {
        size_t unread = att_input_unread(input).length, count = unread < self->warc.rest ? unread : (size_t)self->warc.rest;
        pass(self, count);
        self->warc.rest -= count;
        if (self->warc.rest && att_input_more(input, LONGEST_HEAD) != ATT_MORE) self->warc.rest = 0;
    }
}

/* The empty lines behind a record; false at the end of the input. */
static bool pass_blanks(att_reader *self)
{
    att_input *input = &self->input;
    for (;;) {
        att_str unread = att_input_unread(input);
        size_t blanks = 0;
        while (blanks < unread.length && (unread.data[blanks] == '\n' || unread.data[blanks] == '\r')) blanks++;
        pass(self, blanks);
        unread = att_input_unread(input);
        if (unread.length >= OPENING.length) return true;
        if (att_input_more(input, LONGEST_HEAD) != ATT_MORE) return att_input_unread(input).length > 0;
    }
}

/* Goes to the next line that begins a record, or to the end. */
static void resynchronise(att_reader *self)
{
    static const char opening[] = "\nWARC/1.";
    enum { LENGTH = sizeof opening - 1 };
    att_input *input = &self->input;
    do {
        att_str unread = att_input_unread(input);
        const char *at = memmem(unread.data, unread.length, opening, LENGTH);
        if (at) {
            pass(self, (size_t)(at - unread.data) + 1);
            return;
        }
        if (unread.length >= LENGTH) pass(self, unread.length - LENGTH + 1);
    } while (att_input_more(input, LONGEST_HEAD) == ATT_MORE);
    pass(self, att_input_unread(input).length);
}

void att_warc_begin(att_reader *self)
{
    self->warc.at = self->warc.rest = 0;
    att_seen_forget(&self->warc.seen);
}

/* ---- names ---- */

void att_warc_release(att_reader *self)
{
    att_seen_clear(&self->warc.seen);
    free(self->warc.body);
}

/* archive!URI, with the record's place behind it where the URI came before; archive!record as the source. */
static void name_record(att_reader *self, att_document *doc, const record *found, uint64_t at)
{
    att_str path = att_str_of(self->path);
    if (!found->uri.length || att_seen_by_other(&self->warc.seen, found->uri, at))
        doc->id = att_str_format(doc->arena, "%.*s!%.*s@%" PRIu64, ATT_STR_ARG(path), ATT_STR_ARG(found->uri), at);
    else doc->id = att_str_format(doc->arena, "%.*s!%.*s", ATT_STR_ARG(path), ATT_STR_ARG(found->uri));
    if (found->id.length) doc->source = att_str_format(doc->arena, "%.*s!%.*s", ATT_STR_ARG(path), ATT_STR_ARG(found->id));
    else doc->source = att_str_format(doc->arena, "%.*s!@%" PRIu64, ATT_STR_ARG(path), at);
}

/* The two letters of a language that the archive gives by three. */
static att_str short_lang(att_str langs)
{
    static const char known[] =
        "eng en fra fr spa es deu de rus ru zho zh jpn ja kor ko ara ar por pt ita it nld nl pol pl tur tr "
        "ukr uk fas fa vie vi ind id hin hi heb he swe sv ces cs ell el ron ro hun hu dan da fin fi nor no "
        "tha th ben bn urd ur ";
    const char *end = langs.length ? memchr(langs.data, ',', langs.length) : NULL;
    att_str lang = end ? att_str_slice(langs, 0, (size_t)(end - langs.data)) : langs;
    for (const char *code = known; lang.length == 3 && *code; code += 7)
        if (strncasecmp(code, lang.data, 3) == 0) return (att_str){ code + 4, 2 };
    return lang;
}

/* ---- which records ---- */

/* What the HTTP head says; false where it is no head, or not of a page that was found. */
static bool read_http(record *found, att_str head)
{
    att_str rest = head, status = cut_line(&rest);
    const char *blank = memchr(status.data, ' ', status.length);
    if (!att_str_starts(status, ATT_STR("HTTP/")) || !blank || blank + 1 >= status.data + status.length || blank[1] != '2')
        return false;
    found->http = head.length;
    found->media = read_media(field(rest, "Content-Type"), &found->charset);
    found->encoding = field(rest, "Content-Encoding");
    found->chunked = is_word(field(rest, "Transfer-Encoding"), "chunked");
    return true;
}

/* Whether a record holds a text. The views in `found` hold while nothing is read. */
static bool is_wanted(att_reader *self, record *found, att_str type)
{
    static const char http[] = "application/http";
    bool plain = is_word(found->type, "resource") || is_word(found->type, "conversion");
    if (plain) found->media = read_media(type, &found->charset);
    if (plain) return found->media != MEDIA_OTHER;
    if (!is_word(found->type, "response") || type.length < sizeof http - 1) return false;
    if (strncasecmp(type.data, http, sizeof http - 1) != 0) return false;
    att_str head = head_in(&self->input, found->length < LONGEST_HEAD ? found->length : LONGEST_HEAD);
    return head.data && read_http(found, head) && found->media != MEDIA_OTHER;
}

/* ---- what the content is packed in ---- */

/* The size at byte `*from`, which goes behind its line; false where no such line stands, as where the crawler joined the
 * chunks. */
static bool read_size(const char *data, size_t length, size_t *from, size_t *size)
{
    size_t at = *from, digits = 0;
    *size = 0;
    for (; at < length && isxdigit((unsigned char)data[at]) && digits < 8; at++, digits++)
        *size = *size * 16 + (size_t)(data[at] <= '9' ? data[at] - '0' : (data[at] | 0x20) - 'a' + 10);
    while (at < length && (data[at] == ' ' || data[at] == '\t')) at++;
    if (!digits || at == length || !memchr(";\r\n", data[at], 3)) return false;
    const char *end = memchr(data + at, '\n', length - at);
    *from = end ? (size_t)(end - data) + 1 : *from;
    return end;
}

/* The sizes and line breaks between chunks are taken out in place; what is not cut so stays as it is. */
static att_str join_chunks(char *data, size_t length)
{
    size_t from = 0, to = 0;
    for (;;) {
        size_t size;
        if (!read_size(data, length, &from, &size)) return (att_str){ data, to ? to : length };
        if (size > length - from) size = length - from;
        memmove(data + to, data + from, size);
        to += size;
        from += size;
        if (!size) return (att_str){ data, to };
        while (from < length && (data[from] == '\r' || data[from] == '\n')) from++;
    }
}

/* Room for what is unpacked is the reader's, as zlib holds memory meanwhile. */
static bool widen_body(att_reader *self)
{
    size_t wanted = self->warc.body_size ? self->warc.body_size * 2 : LONGEST_HEAD;
    char *larger = realloc(self->warc.body, wanted);
    if (!larger) return false;
    self->warc.body = larger;
    self->warc.body_size = wanted;
    return true;
}

/* Gives a large room back. */
static void trim_body(att_reader *self)
{
    if (self->warc.body_size <= KEPT_BODY) return;
    free(self->warc.body);
    self->warc.body = NULL;
    self->warc.body_size = 0;
}

/* Inflates into that room, as far as a byte over the limit, and gives the bytes; `*status` is Z_STREAM_END of what is whole,
 * Z_MEM_ERROR where memory ran out. */
static size_t inflate_all(att_reader *self, att_str packed, int window, int *status)
{
    z_stream stream = { .next_in = (z_const Bytef *)packed.data, .avail_in = (uInt)packed.length };
    size_t got = 0;
    *status = inflateInit2(&stream, window);
    while (*status == Z_OK && got <= self->limit) {
        if (got == self->warc.body_size && !widen_body(self)) {
            *status = Z_MEM_ERROR;
            break;
        }
        size_t room = self->warc.body_size - got;
        stream.next_out = (Bytef *)self->warc.body + got;
        stream.avail_out = room < UINT32_MAX ? (uInt)room : UINT32_MAX;
        uInt before = stream.avail_out;
        *status = inflate(&stream, Z_NO_FLUSH);
        got += before - stream.avail_out;
    }
    inflateEnd(&stream);
    return got;
}

/* "deflate" is zlib's form, or the bare one that some servers send. What is not packed although it is said to be was unpacked
 * by the crawler. */
static int window_of(att_str body)
{
    enum { BARE = -15, ANY = 15 + 32 /* gzip's or zlib's */ };
    const unsigned char *bytes = (const unsigned char *)body.data;
    if (att_is_gzip(body)) return ANY;
    bool zlib = body.length > 1 && (bytes[0] & 15) == 8 && (bytes[0] * 256 + bytes[1]) % 31 == 0;
    return zlib ? ANY : BARE;
}

static bool is_packed(const record *found, att_str body)
{
    if (is_word(found->encoding, "gzip") || is_word(found->encoding, "x-gzip")) return att_is_gzip(body);
    return is_word(found->encoding, "deflate") && att_html_opening(body) != ATT_HTML_YES;
}

/* ---- a document ---- */

static void fail(att_document *doc, uint64_t at, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void fail(att_document *doc, uint64_t at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_str what = att_str_vformat(doc->arena, format, arguments);
    va_end(arguments);
    att_document_fail(doc, "E004", att_str_format(doc->arena, "byte %" PRIu64 ": %.*s", at, ATT_STR_ARG(what)));
}

static void fail_size(const att_reader *self, att_document *doc, const char *least, uint64_t size)
{
    att_document_fail(
        doc, "E003",
        att_str_format(doc->arena, "%s%" PRIu64 " bytes, over the limit of %zu; raise the limit", least, size, self->limit));
}

/* The bytes of the page as they were sent; false when `doc` says why there are none. */
static bool unpack_body(att_reader *self, att_document *doc, const record *found, uint64_t at, att_str *body)
{
    if (!found->encoding.length || is_word(found->encoding, "identity")) return true;
    if (!is_packed(found, *body)) {
        bool known =
            is_word(found->encoding, "gzip") || is_word(found->encoding, "x-gzip") || is_word(found->encoding, "deflate");
        bool text = known || att_html_opening(*body) == ATT_HTML_YES;
        if (!text) fail(doc, at, "the page is encoded by '%.*s', which is not undone", ATT_STR_ARG(found->encoding));
        return text;
    }
    int status;
    size_t got = inflate_all(self, *body, window_of(*body), &status);
    if (got > self->limit) fail_size(self, doc, "at least ", got);
    else if (status == Z_MEM_ERROR) att_fail_system(doc, "can't unpack the page", ENOMEM);
    else if (status != Z_STREAM_END)
        fail(doc, at, "the page is encoded by '%.*s' and damaged or cut short", ATT_STR_ARG(found->encoding));
    else *body = att_str_copy(doc->arena, (att_str){ self->warc.body, got });
    return !doc->error_code;
}

/* The content behind its HTTP head, in the arena; the null view when it is not all there. */
static att_str take_content(att_reader *self, att_document *doc, const record *found, uint64_t at)
{
    size_t size = (size_t)found->length - found->http;
    trim_body(self); /* that of the page before */
    char *bytes = att_arena_alloc(doc->arena, size + ATT_TEXT_PADDING);
    pass(self, found->http);
    self->warc.rest -= found->http;
    size_t got = att_input_take(&self->input, bytes, size);
    self->warc.at += got;
    self->warc.rest = 0;
    if (self->input.error) att_fail_input(self, doc, "can't read on");
    else if (got < size) fail(doc, at, "the record ends too early: %zu of %zu bytes", got + found->http, size + found->http);
    return got < size ? (att_str){ 0 } : found->chunked ? join_chunks(bytes, size) : (att_str){ bytes, size };
}

/* What the views of a record say, kept: its head goes with the next read. */
static void keep_record(att_document *doc, record *found)
{
    att_str *const views[] = { &found->charset, &found->encoding };
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (views[i]->data) *views[i] = att_str_copy(doc->arena, *views[i]);
    att_fact_date(doc, found->date, ATT_NONE);
    att_fact_lang(doc, short_lang(found->lang), ATT_NONE);
}

static void fill_record(att_reader *self, att_document *doc, record *found, uint64_t at)
{
    name_record(self, doc, found, at);
    if (found->length - found->http > self->limit) {
        fail_size(self, doc, "", found->length - found->http);
        return;
    }
    keep_record(doc, found);
    att_str body = take_content(self, doc, found, at);
    if (!body.data || !unpack_body(self, doc, found, at, &body)) return;
    if (found->media == MEDIA_HTML) att_html_fill_from(doc, body, found->charset);
    else att_document_set_text(doc, att_html_decode(doc->arena, body, found->charset));
}

/* ---- records ---- */

static bool read_head(record *found, att_str head)
{
    *found = (record){
        .type = field(head, "WARC-Type"),
        .uri = bare(field(head, "WARC-Target-URI")),
        .id = bare(field(head, "WARC-Record-ID")),
        .date = field(head, "WARC-Date"),
        .lang = field(head, "WARC-Identified-Content-Language"),
    };
    return read_number(field(head, "Content-Length"), &found->length);
}

static att_status fail_framing(att_reader *self, att_document *doc, uint64_t at, const char *what)
{
    doc->source = att_str_copy(doc->arena, att_str_of(self->path));
    doc->id = att_str_format(doc->arena, "%s!@%" PRIu64, self->path, at);
    if (self->input.error) att_fail_input(self, doc, "can't read on");
    else fail(doc, at, "%s", what);
    if (self->input.error) self->format = NULL;
    else resynchronise(self);
    return ATT_OK;
}

/* The fields of the head lie in the buffer, where the HTTP head may make them move: they are read again where it did. */
static bool look(att_reader *self, record *found, att_str head)
{
    size_t length = head.length;
    att_input *input = &self->input;
    uint64_t wanted = length + (found->length < LONGEST_HEAD ? found->length : LONGEST_HEAD);
    while (att_input_unread(input).length < wanted && att_input_more(input, 2 * LONGEST_HEAD) == ATT_MORE) continue;
    head = att_str_slice(att_input_unread(input), 0, length);
    read_head(found, head);
    pass(self, length);
    self->warc.rest = found->length;
    return is_wanted(self, found, field(head, "Content-Type"));
}

att_status att_warc_fill(att_reader *self, att_document *doc)
{
    pass_rest(self);
    while (pass_blanks(self)) {
        record found;
        uint64_t at = self->warc.at;
        if (!att_str_starts(att_input_unread(&self->input), OPENING))
            return fail_framing(self, doc, at, "no record begins here; the length of the one before may be wrong");
        att_str head = peek_head(&self->input);
        if (!head.data) {
            pass(self, 1);
            return fail_framing(self, doc, at, "the head of a record that does not end");
        }
        if (!read_head(&found, head)) {
            pass(self, head.length);
            return fail_framing(self, doc, at, "a record without a Content-Length");
        }
        if (look(self, &found, head)) {
            fill_record(self, doc, &found, at);
            return ATT_OK;
        }
        pass_rest(self);
    }
    return self->input.error ? fail_framing(self, doc, self->warc.at, "") : ATT_END;
}
