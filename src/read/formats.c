#include "read/formats.h"

#include <errno.h>

#include "base/utf8.h"

size_t att_bom_length(att_str text)
{
    return att_str_starts(text, ATT_BYTE_ORDER_MARK) ? ATT_BYTE_ORDER_MARK.length : 0;
}

/* The path up to the last dot of its last name, where that is not the name's first letter. */
static att_str without_extension(att_str path)
{
    for (size_t i = path.length; i > 1 && path.data[i - 1] != '/'; i--)
        if (path.data[i - 1] == '.') return path.data[i - 2] == '/' ? path : att_str_slice(path, 0, i - 1);
    return path;
}

att_str att_path_unpacked(att_str path)
{
    bool cut = att_str_ends(path, ATT_STR(".gz")) && path.length > 3 && path.data[path.length - 4] != '/';
    return cut ? att_str_slice(path, 0, path.length - 3) : path;
}

void att_reader_name(const att_reader *self, att_document *doc)
{
    doc->source = att_str_copy(doc->arena, att_str_of(self->path));
    doc->id = att_str_copy(doc->arena, without_extension(att_path_unpacked(doc->source)));
}

void att_fail_system(att_document *doc, const char *what, int error)
{
    const char *code = error == ENOMEM ? "E005" : "E001";
    if (error == ATT_INPUT_DAMAGED) att_document_fail(doc, "E004", ATT_STR("gzip data that are broken or end too early"));
    else if (error == ATT_INPUT_BEHIND)
        att_document_fail(doc, "E004", ATT_STR("something that is not gzip stands behind the gzip data; it was not read"));
    else att_document_fail(doc, code, att_str_format(doc->arena, "%s: %s", what, strerror(error)));
}
