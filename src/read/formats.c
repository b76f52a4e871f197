#include "read/formats.h"

#include <errno.h>

size_t att_bom_length(att_str text)
{
    return att_str_starts(text, ATT_STR("\xEF\xBB\xBF")) ? 3 : 0;
}

/* The path up to the last dot of its last name, where that is not the name's first letter. */
static att_str without_extension(att_str path)
{
    for (size_t i = path.length; i > 1 && path.data[i - 1] != '/'; i--)
        if (path.data[i - 1] == '.') return path.data[i - 2] == '/' ? path : att_str_slice(path, 0, i - 1);
    return path;
}

void att_reader_name(const att_reader *self, att_document *doc)
{
    doc->source = att_str_copy(doc->arena, att_str_of(self->path));
    doc->id = att_str_copy(doc->arena, without_extension(doc->source));
}

void att_fail_system(att_document *doc, const char *what, int error)
{
    const char *code = error == ENOMEM ? "E005" : "E001";
    att_document_fail(doc, code, att_str_format(doc->arena, "%s: %s", what, strerror(error)));
}
