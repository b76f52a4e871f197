#include "read/reader.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/facts.h"
#include "read/formats.h"
#include "read/html.h"

/* A remark may be about the byte just behind the text, and offsets have 32 bits. */
static const size_t LARGEST_LIMIT = UINT32_MAX - ATT_TEXT_PADDING;
enum { DEFAULT_LIMIT = 64 * 1024 * 1024, SNIFFED = 64 * 1024, OPENING = O_RDONLY | O_CLOEXEC | O_NOCTTY };

static const att_format formats[] = {
    { "auto", NULL },          { "text", att_plain_fill }, { "markdown", att_markdown_fill }, { "jsonl", att_jsonl_fill },
    { "html", att_html_fill }, { "warc", att_warc_fill },
};
enum { AUTO, TEXT, MARKDOWN, JSONL, HTML, WARC, FORMAT_COUNT };

const char *att_input_format(size_t index)
{
    return index < FORMAT_COUNT ? formats[index].name : NULL;
}

static const att_format *find_format(const char *name)
{
    for (int i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(name, formats[i].name) == 0) return &formats[i];
    return NULL;
}

/* ---- making one ---- */

typedef struct {
    att_reader *reader;
    const att_reader_options *options;
    const char *path;
} request;

static const char *keep(att_reader *self, const char *given, const char *usual)
{
    return att_str_copy(&self->arena, att_str_of(given ? given : usual)).data;
}

static void keep_options(void *argument)
{
    const request *asked = argument;
    att_reader *self = asked->reader;
    const att_reader_options *options = asked->options;
    self->fields = (att_fields){
        .text = keep(self, options->text_field, "text"),
        .id = keep(self, options->id_field, "id"),
        .date = keep(self, options->date_field, "date"),
        .title = keep(self, options->title_field, "title"),
        .origin = keep(self, options->origin_field, "origin"),
        .lang = keep(self, options->lang_field, "lang"),
    };
    const char *const named[] = { options->id_field, options->date_field, options->title_field, options->origin_field,
                                  options->lang_field };
    for (unsigned i = 0; i < sizeof named / sizeof *named; i++) self->asked |= (unsigned)(named[i] != NULL) << i;
    if (options->date) self->date = att_str_copy(&self->arena, att_date_of(att_str_of(options->date)));
    if (options->origin) self->origin = att_origin_copy(&self->arena, att_str_of(options->origin));
    self->limit = options->max_bytes ? options->max_bytes : DEFAULT_LIMIT;
    if (self->limit > LARGEST_LIMIT) self->limit = LARGEST_LIMIT;
    self->from_line = options->from_line;
}

static bool options_hold(const att_reader_options *options)
{
    if (options->duplicates && !att_is_duplicates_way(options->duplicates)) return false;
    if (options->input_format && !find_format(options->input_format)) return false;
    if (options->date && !att_date_of(att_str_of(options->date)).data) return false;
    return !options->origin || att_is_code(att_str_of(options->origin));
}

att_status att_reader_new(att_reader **reader, const att_reader_options *options)
{
    static const att_reader_options usual = { 0 };
    *reader = NULL;
    if (!options) options = &usual;
    if (!options_hold(options)) return ATT_OPTION;
    att_reader *self = calloc(1, sizeof *self);
    if (!self) return ATT_NOMEM;
    att_arena_init(&self->arena, &self->guard, 0);
    self->walk.guard = &self->guard;
    self->input.fd = self->file.fd = -1;
    self->wanted = find_format(options->input_format ? options->input_format : "auto");
    request asked = { .reader = self, .options = options };
    if (options->duplicates) self->duplicates = att_duplicates_new(options->duplicates);
    bool short_of_memory = options->duplicates && !self->duplicates;
    if (short_of_memory || att_guard_run(&self->guard, keep_options, &asked) != ATT_OK) {
        att_reader_free(self);
        return ATT_NOMEM;
    }
    *reader = self;
    return ATT_OK;
}

void att_reader_free(att_reader *self)
{
    if (!self) return;
    att_jsonl_release(self);
    att_duplicates_free(self->duplicates);
    att_warc_release(self);
    att_seen_clear(&self->stems);
    att_seen_clear(&self->member.names);
    att_archive_close(self->archive);
    att_input_clear(&self->input);
    att_input_clear(&self->file);
    free(self->member.path);
    att_walk_clear(&self->walk);
    att_arena_clear(&self->arena);
    free(self);
}

static void keep_path(void *argument)
{
    const request *asked = argument;
    att_reader *self = asked->reader;
    att_str path = att_str_copy(&self->arena, att_str_of(asked->path));
    ATT_RESERVE(&self->arena, &self->paths, 1);
    self->paths.items[self->paths.count++] = path;
}

att_status att_reader_add(att_reader *self, const char *path)
{
    assert(path);
    request asked = { .reader = self, .path = path };
    return att_guard_run(&self->guard, keep_path, &asked);
}

uint64_t att_reader_bytes(const att_reader *self)
{
    return self->input.taken + self->file.taken;
}

/* ---- which format ---- */

/* Behind a byte order mark and blanks. */
static att_str skip_blanks(att_str head)
{
    size_t at = att_bom_length(head);
    while (at < head.length && memchr(" \t\r\n", head.data[at], 4)) at++;
    return att_str_slice(head, at, head.length);
}

static bool is_utf16(att_str head)
{
    return att_str_starts(head, ATT_STR("\xff\xfe")) || att_str_starts(head, ATT_STR("\xfe\xff"));
}

static bool is_list(att_str seen)
{
    return seen.length && seen.data[0] == '[';
}

/* An object; also one in a list, which is no line, but no text either. `seen` begins with no blank. */
static bool begins_json(att_str seen)
{
    att_str inside = is_list(seen) ? skip_blanks(att_str_slice(seen, 1, seen.length)) : seen;
    if (!inside.length || inside.data[0] != '{') return false;
    att_str key = skip_blanks(att_str_slice(inside, 1, inside.length));
    return !is_list(seen) || (key.length && (key.data[0] == '"' || key.data[0] == '}'));
}

/* Whether the first line is not the whole of what it begins: an object or a list as most programs lay it out for people. */
static bool is_laid_out(att_str seen)
{
    const char *end = memchr(seen.data, '\n', seen.length);
    att_str line = att_str_trim(att_str_slice(seen, 0, end ? (size_t)(end - seen.data) : seen.length));
    if (!end) return false;
    return is_list(seen) ? line.data[line.length - 1] != ']' : line.length == 1;
}

/* Whether more bytes could change the guess. A stream is never asked for more than that, since its writer may
 * wait for the first record before it goes on. */
static bool is_open_question(att_str head)
{
    att_str seen = skip_blanks(head);
    if (!seen.length) return true;
    if (is_list(seen)) {
        att_str inside = skip_blanks(att_str_slice(seen, 1, seen.length));
        return !inside.length || (inside.data[0] == '{' && !skip_blanks(att_str_slice(inside, 1, inside.length)).length);
    }
    if (seen.data[0] == '-' || seen.data[0] == '+') return !memchr(head.data, '\n', head.length);
    if (seen.data[0] == '<' || (head.length >= 2 && is_utf16(head))) return att_html_opening(head) == ATT_HTML_OPEN;
    if (head.length < 7 && att_str_starts(ATT_STR("WARC/1."), head)) return true;
    if (head.length < 3 && att_str_starts(ATT_STR("\xEF\xBB\xBF"), head)) return true;
    return att_mail_opening(head, false) == ATT_MAIL_OPEN;
}

static bool is_named(const att_reader *self, const char *ending)
{
    return att_str_ends(att_path_unpacked(att_reader_file(self)), att_str_of(ending));
}

static bool has_jsonl_name(const att_reader *self)
{
    return is_named(self, ".jsonl") || is_named(self, ".ndjson");
}

static bool has_markdown_name(const att_reader *self)
{
    return is_named(self, ".md") || is_named(self, ".markdown");
}

static bool has_html_name(const att_reader *self)
{
    return is_named(self, ".html") || is_named(self, ".htm") || is_named(self, ".xhtml");
}

/* Archives in archives may have no end. */
static att_str why_refused(const att_reader *self, att_document *doc, const att_packed *kind)
{
    if (!self->archive || !kind->packing) return att_str_of(kind->why);
    const char *outer = self->member.start ? "an archive" : "a packed file";
    return att_str_format(doc->arena, " inside %s, which is not opened", outer);
}

/* One error document for the whole input. */
static att_status refuse_packed(att_reader *self, att_document *doc)
{
    const att_packed *kind = att_packed_find(att_input_unread(&self->input), att_reader_file(self));
    self->format = NULL;
    att_reader_name(self, doc);
    att_str why = why_refused(self, doc, kind), what = att_str_format(doc->arena, "%s%.*s", kind->what, ATT_STR_ARG(why));
    if (kind->verb) what = att_str_format(doc->arena, "%.*s; %s first, as with %s", ATT_STR_ARG(what), kind->verb, kind->how);
    att_document_fail(doc, "E004", what);
    att_input_close(&self->input);
    return ATT_OK;
}

static const att_format packed_format = { "packed", refuse_packed };

/* Feeds and the like: what stands in their tags and attributes would be taken for what is written. */
static att_status refuse_xml(att_reader *self, att_document *doc)
{
    self->format = NULL;
    att_reader_name(self, doc);
    att_document_fail(doc, "E004",
                      ATT_STR("an XML file, whose tags are no text; make it text first, as with xmllint --xpath 'string(/)'; "
                              "--input-format text takes it as it stands"));
    att_input_close(&self->input);
    return ATT_OK;
}

static const att_format xml_format = { "xml", refuse_xml };

/* Each of its lines would be one that is no JSON. */
static att_status refuse_laid_out(att_reader *self, att_document *doc)
{
    bool list = is_list(skip_blanks(att_input_unread(&self->input)));
    self->format = NULL;
    att_reader_name(self, doc);
    att_document_fail(doc, "E010",
                      att_str_format(doc->arena,
                                     "a JSON document over several lines; an object a line is expected, as jq -c %s writes "
                                     "them",
                                     list ? "'.[]'" : "."));
    att_input_close(&self->input);
    return ATT_OK;
}

static const att_format laid_out_format = { "json", refuse_laid_out };

static const att_format encoded_mail = { "mail", att_mail_refuse }, plain_mail = { "mail", att_mail_fill };

/* Programs, sound, tables of numbers: what by chance are letters in it would be taken for words. */
static att_status refuse_binary(att_reader *self, att_document *doc)
{
    self->format = NULL;
    att_reader_name(self, doc);
    att_document_fail(doc, "E004", ATT_STR("bytes that are no text; --input-format text takes them as they stand"));
    att_input_close(&self->input);
    return ATT_OK;
}

static const att_format binary_format = { "binary", refuse_binary };

/* Standard input without a byte is a batch without lines, not a document without text. */
static const att_format *guess_format(att_reader *self)
{
    att_input *input = &self->input;
    while (is_open_question(att_input_unread(input)) && att_input_unread(input).length < SNIFFED)
        if (att_input_more(input, SNIFFED) != ATT_MORE) break;
    att_str head = att_input_unread(input), seen = skip_blanks(head);
    if (att_html_opening(head) == ATT_HTML_YES) return &formats[HTML];
    if (att_packed_find(head, att_reader_file(self))) return &packed_format;
    if (att_str_starts(head, ATT_STR("WARC/1."))) return &formats[WARC];
    if (begins_json(seen)) return is_laid_out(seen) ? &laid_out_format : &formats[JSONL];
    if (has_html_name(self)) return &formats[HTML];
    if (att_str_starts(seen, ATT_STR("<?xml "))) return &xml_format;
    if (is_named(self, ".warc")) return &formats[WARC];
    if (has_jsonl_name(self)) return &formats[JSONL];
    if (att_is_binary(head)) return &binary_format;
    if (has_markdown_name(self)) return &formats[MARKDOWN];
    if (att_markdown_opening(head)) return &formats[MARKDOWN];
    if (!head.length && !input->error && strcmp(self->path, "-") == 0) return &formats[JSONL];
    const att_mail mail = att_mail_opening(head, false);
    if (mail == ATT_MAIL_ENCODED) return &encoded_mail;
    return mail ? &plain_mail : &formats[TEXT]; /* of an open one the whole text says what it is */
}

/* ---- which input ---- */

/* An error document in the place of an input. */
static att_status refuse(att_reader *self, att_document *doc, const char *what, int error)
{
    att_reader_name(self, doc);
    att_fail_system(doc, what, error);
    return ATT_OK;
}

static att_status refuse_kind(att_reader *self, att_document *doc)
{
    att_reader_name(self, doc);
    att_document_fail(doc, "E002",
                      ATT_STR("not a file or folder; a document is a file, a folder, a pipe named on its "
                              "own or '-'"));
    return ATT_OK;
}

/* Inside a folder nothing but files is opened: a pipe there would wait for its writer. */
static bool is_readable(const att_reader *self, mode_t mode)
{
    return S_ISREG(mode) || (!self->walk.innermost && (S_ISFIFO(mode) || S_ISCHR(mode)));
}

/* What the open input is packed by, where that can be undone; more is read where that has to say. */
static att_packing packing_of(att_reader *self)
{
    att_input *input = &self->input;
    while (!att_input_unread(input).length || att_may_be_packed(att_input_unread(input)))
        if (att_input_more(input, SNIFFED) != ATT_MORE) break;
    const att_packed *kind = att_packed_find(att_input_unread(input), att_reader_file(self));
    return kind ? kind->packing : ATT_PACKING_NONE;
}

/* The open input becomes the file that members come from. */
static att_status open_archive(att_reader *self, att_document *doc, att_packing packing)
{
    att_input other = self->file;
    self->file = self->input;
    self->input = other;
    self->file_path = self->path;
    self->format = NULL;
    self->archive = att_archive_open(packing, &self->file);
    if (self->archive) return ATT_OK;
    att_input_close(&self->file);
    return refuse(self, doc, "can't read", ENOMEM);
}

static att_status begin(att_reader *self, att_document *doc, int fd, bool owned, const struct stat *about)
{
    att_input_open(&self->input, fd, owned, about);
    self->line = 0;
    att_warc_begin(self);
    att_packing packing = att_archive_built_in() ? packing_of(self) : ATT_PACKING_NONE;
    if (packing) return open_archive(self, doc, packing);
    self->format = self->wanted->fill ? self->wanted : guess_format(self);
    return ATT_OK;
}

/* ---- members of archives ---- */

static void close_archive(att_reader *self)
{
    att_archive_close(self->archive);
    self->archive = NULL;
    att_input_close(&self->file);
    att_seen_forget(&self->member.names);
    self->member.start = 0;
    self->member.count = 0;
}

/* "archive!member" as the path of the open input, with "@NUMBER" behind a name that one before it has: its own number, or one
 * above it that makes a name of its own, in steps that double, so that no names in an archive make the search long. */
static bool set_member_path(att_reader *self, att_str name)
{
    enum { NUMBER = 24 /* bytes of it at most */, LARGEST_STEP = 1 << 20 };
    size_t start = strlen(self->file_path) + 1, wanted = start + name.length + NUMBER;
    if (wanted > self->member.capacity) {
        char *larger = realloc(self->member.path, wanted * 2);
        if (!larger) return false;
        self->member.path = larger;
        self->member.capacity = wanted * 2;
    }
    memcpy(self->member.path, self->file_path, start - 1);
    self->member.path[start - 1] = '!';
    memcpy(self->member.path + start, name.data, name.length + 1);
    self->member.start = start;
    self->member.end = start + name.length;
    uint64_t number = self->member.count, up = 1;
    for (; att_seen_by_other(&self->member.names, att_str_of(self->member.path + start), self->member.count);
         number += up, up *= up < LARGEST_STEP ? 2 : 1)
        snprintf(self->member.path + self->member.end, NUMBER, "@%" PRIu64, number);
    self->path = self->member.path;
    return true;
}

static att_status begin_member(att_reader *self, att_document *doc, const att_member *member)
{
    self->path = self->file_path;
    self->member.start = 0;
    self->member.count++;
    if (member->name.data && !set_member_path(self, member->name)) return refuse(self, doc, "can't read a member", ENOMEM);
    att_input_open_source(&self->input, att_archive_read, self->archive, member->sized, member->size);
    self->line = 0;
    att_warc_begin(self);
    self->format = packing_of(self) || !self->wanted->fill ? guess_format(self) : self->wanted;
    return ATT_OK;
}

static att_status next_member(att_reader *self, att_document *doc)
{
    att_member member;
    switch (att_archive_next(self->archive, &member)) {
    case ATT_MEMBER: return begin_member(self, doc, &member);
    case ATT_MEMBER_END: close_archive(self); return ATT_OK;
    case ATT_MEMBER_ERROR: break;
    }
    self->path = self->file_path;
    self->member.start = 0;
    att_reader_name(self, doc);
    att_fail_archive(self, doc);
    return ATT_OK;
}

/* ---- files ---- */

static att_status begin_standard(att_reader *self, att_document *doc)
{
    struct stat about;
    if (fstat(STDIN_FILENO, &about) != 0) about.st_mode = 0;
    return begin(self, doc, STDIN_FILENO, false, &about);
}

static att_status enter(att_reader *self, att_document *doc)
{
    int error = att_walk_enter(&self->walk, self->path);
    return error ? refuse(self, doc, "can't list the folder", error) : ATT_OK;
}

/* What is looked at before it is opened, as that may have to wait or do something. */
static att_status visit_named(att_reader *self, att_document *doc)
{
    struct stat about;
    if (stat(self->path, &about) != 0) return refuse(self, doc, "can't open", errno);
    if (S_ISDIR(about.st_mode)) return enter(self, doc);
    if (!is_readable(self, about.st_mode)) return refuse_kind(self, doc);
    int fd = open(self->path, OPENING);
    if (fd < 0) return refuse(self, doc, "can't open", errno);
    return begin(self, doc, fd, true, &about);
}

/* What its folder said to be a file is opened at once, without waiting if it has become a pipe. */
static att_status visit_file(att_reader *self, att_document *doc)
{
    struct stat about;
    int fd = open(self->path, OPENING | O_NONBLOCK);
    if (fd < 0) return refuse(self, doc, "can't open", errno);
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        return visit_named(self, doc);
    }
    return begin(self, doc, fd, true, &about);
}

/* Opens the input at self->path, goes into it when it is a folder, or makes `doc` say why not. */
static att_status visit(att_reader *self, att_document *doc)
{
    if (self->walk.at_file) return visit_file(self, doc);
    return strcmp(self->path, "-") == 0 ? begin_standard(self, doc) : visit_named(self, doc);
}

static const char *next_path(att_reader *self)
{
    const char *path = att_walk_next(&self->walk);
    if (path) return path;
    return self->next_path < self->paths.count ? self->paths.items[self->next_path++].data : NULL;
}

static void fill_in(const att_reader *self, att_document *doc)
{
    if (!doc->date.data && self->date.data) doc->date = att_str_copy(doc->arena, self->date);
    if (!doc->origin.data && self->origin.data) doc->origin = att_str_copy(doc->arena, self->origin);
}

att_status att_reader_fill(att_reader *self, att_document *doc)
{
    att_jsonl_release(self);
    for (;;) {
        if (self->format && self->format->fill(self, doc) == ATT_OK) break;
        self->format = NULL;
        att_input_close(&self->input);
        if (!self->archive) self->path = next_path(self);
        if (!self->path) return ATT_END;
        (self->archive ? next_member : visit)(self, doc);
        if (doc->error_code) break;
    }
    if (doc->error_code) return ATT_OK;
    fill_in(self, doc);
    return self->duplicates ? att_duplicates_note(self->duplicates, doc) : ATT_OK;
}
