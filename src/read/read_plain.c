/* read_plain.c - a file or stream as one document: its bytes are the text. */
#include <errno.h>

#include "read/formats.h"

/* A stream's size shows only at its end, so it is read into the buffer first, as far as the limit. */
static att_more gather(att_input *input, size_t limit)
{
    att_more more = ATT_MORE;
    while (!input->sized && more == ATT_MORE && att_input_unread(input).length <= limit)
        more = att_input_more(input, limit + 1);
    return more;
}

static void fail_size(const att_reader *self, att_document *doc, size_t size)
{
    att_str message = att_str_format(doc->arena, "%s%zu bytes, over the limit of %zu; raise the limit or split the text",
                                     self->input.sized ? "" : "at least ", size, self->limit);
    att_document_fail(doc, "E003", message);
}

/* Straight into the document's arena; the file may have become shorter meanwhile. What is packed shows at its end only whether
 * it is whole. */
static void take_text(const att_reader *self, att_input *input, att_document *doc, size_t size)
{
    char *text = att_arena_alloc(doc->arena, size + ATT_TEXT_PADDING);
    size_t got = att_input_take(input, text, size);
    memset(text + got, 0, ATT_TEXT_PADDING);
    if (input->error || (input->source && !att_input_ends(input))) att_fail_input(self, doc, "can't read");
    else doc->text = (att_str){ text, got };
}

att_status att_plain_fill(att_reader *self, att_document *doc)
{
    att_input *input = &self->input;
    self->format = NULL; /* whatever happens, the next document is in the next input */
    att_reader_name(self, doc);
    att_more more = gather(input, self->limit);
    size_t size = att_input_unread(input).length;
    if (input->sized && input->size > size) size = input->size;
    if (more == ATT_MORE_ERROR) att_fail_input(self, doc, "can't read");
    else if (size > self->limit) fail_size(self, doc, size);
    else if (more == ATT_MORE_FULL) att_fail_system(doc, "can't read", ENOMEM);
    else take_text(self, input, doc, size);
    att_input_close(input);
    return ATT_OK;
}
