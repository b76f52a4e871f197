#include "read/formats.h"

#include <errno.h>

#include "base/utf8.h"

size_t att_bom_length(att_str text)
{
    return att_str_starts(text, ATT_BYTE_ORDER_MARK) ? ATT_BYTE_ORDER_MARK.length : 0;
}

/* The path up to the last dot of its last name, where that is not the name's first letter. Names begin behind byte `from`. */
static att_str without_extension(att_str path, size_t from)
{
    for (size_t i = path.length; i > from + 1 && path.data[i - 1] != '/'; i--)
        if (path.data[i - 1] == '.') return path.data[i - 2] == '/' ? path : att_str_slice(path, 0, i - 1);
    return path;
}

att_str att_reader_file(const att_reader *self)
{
    att_str path = att_str_of(self->path);
    return self->member.start ? att_str_slice(path, 0, self->member.end) : path;
}

void att_reader_name(att_reader *self, att_document *doc)
{
    att_str path = doc->source = att_str_copy(doc->arena, att_str_of(self->path));
    if (att_reader_file(self).length < path.length) {
        doc->id = path;
        return;
    }
    att_str stem = without_extension(att_path_unpacked(path), self->member.start);
    bool taken = att_seen_by_other(&self->stems, stem, att_seen_hash(path));
    doc->id = taken ? path : att_str_copy(doc->arena, stem);
}

void att_fail_system(att_document *doc, const char *what, int error)
{
    const char *code = error == ENOMEM ? "E005" : "E001";
    att_document_fail(doc, code, att_str_format(doc->arena, "%s: %s", what, strerror(error)));
}

/* False when the input did not fail. */
static bool fail(att_document *doc, const char *what, const att_input *input)
{
    switch (input->error) {
    case 0:
    case ATT_INPUT_SOURCE: return false;
    case ATT_INPUT_DAMAGED: att_document_fail(doc, "E004", ATT_STR("gzip data that are broken or end too early")); return true;
    case ATT_INPUT_BEHIND:
        att_document_fail(doc, "E004", ATT_STR("something that is not gzip stands behind the gzip data; it was not read"));
        return true;
    default: att_fail_system(doc, what, input->error); return true;
    }
}

/* The library's words, which may be cut from a damaged name. */
static void fail_packed(const att_reader *self, att_document *doc, const char *what)
{
    att_buf reason = { .arena = doc->arena };
    att_utf8_show(&reason, att_str_of(att_archive_reason(self->archive)), false);
    att_document_fail(doc, "E004", att_str_format(doc->arena, "%s: %.*s", what, ATT_STR_ARG(att_buf_str(&reason))));
}

void att_fail_input(const att_reader *self, att_document *doc, const char *what)
{
    if (fail(doc, what, &self->input) || fail(doc, what, &self->file)) return;
    fail_packed(self, doc, self->member.start ? "can't unpack it from its archive" : "can't unpack it");
}

void att_fail_archive(const att_reader *self, att_document *doc)
{
    if (!fail(doc, "can't read", &self->file)) fail_packed(self, doc, "can't unpack it");
}
