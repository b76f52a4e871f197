/* write_labelstudio.c - tasks for Label Studio with what was found as predictions: one list, a task a line.
 *
 *     [
 *     {"data":{"text":"Seoul met.","id":"kcna-17"},"predictions":[{"model_version":"attache 0.1.0","result":[{"id":"m1",
 *      "from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":5,"text":"Seoul","labels":["LOCATION"]}}]}]}
 *     ,{"data":{"text":"","id":"notes/9","error":"E003: not text"},"predictions":[]}
 *     ]
 *
 * Source  labelstud.io/guide/predictions; from_name and to_name are those of the labelling configuration in attache(1).
 * Units   code points, as its editor counts (web/libs/editor/src/utils/selection-tools.js); in 2021 they were UTF-16 units
 *         (label-studio#1347), which --offsets may ask for.
 */
#include "attache.h"
#include "write/escape.h"
#include "write/writer.h"

typedef struct {
    const att_writer *writer;
    const att_document *doc;
    att_offsets offsets;
    uint32_t results;
    att_buf *out;
} task;

static void put_result(task *self, const att_annotation *mention)
{
    att_buf_add(self->out, self->results ? ATT_STR(",{\"id\":\"m") : ATT_STR("{\"id\":\"m"));
    att_buf_number(self->out, ++self->results);
    att_buf_add(self->out, ATT_STR("\",\"from_name\":\"label\",\"to_name\":\"text\",\"type\":\"labels\",\"value\":{"));
    att_writer_span(&self->offsets, mention->start, mention->end, self->out);
    att_buf_add(self->out, ATT_STR(",\"text\":"));
    att_escape_json(self->out, att_str_slice(self->doc->text, mention->start, mention->end));
    att_buf_add(self->out, ATT_STR(",\"labels\":["));
    att_escape_json(self->out, att_writer_type(self->writer, mention->layer));
    att_buf_add(self->out, ATT_STR("]}}"));
}

static void put_prediction(task *self)
{
    att_mentions all = { .writer = self->writer, .doc = self->doc, .nested = true };
    att_buf_add(self->out, ATT_STR("{\"model_version\":\"attache " ATT_VERSION "\",\"result\":["));
    for (const att_annotation *mention; (mention = att_mentions_next(&all));) put_result(self, mention);
    att_buf_add(self->out, ATT_STR("]}"));
}

void att_write_labelstudio(const att_writer *writer, const att_document *doc, att_buf *out)
{
    task self = { .writer = writer, .doc = doc, .out = out };
    if (!doc->error_code) att_offsets_init(&self.offsets, out->arena, doc->text, doc->well_formed, writer->offsets);
    att_buf_add(out, ATT_STR("{\"data\":{\"text\":"));
    att_escape_json(out, doc->text.data && !doc->error_code ? doc->text : ATT_EMPTY);
    att_buf_byte(out, ',');
    att_writer_facts(doc, out);
    att_buf_add(out, ATT_STR("},\"predictions\":["));
    if (!doc->error_code) put_prediction(&self);
    att_buf_add(out, ATT_STR("]}\n"));
}
