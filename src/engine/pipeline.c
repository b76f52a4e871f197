#include "engine/pipeline.h"

#include "cascade/lists.h"
#include "cascade/topics.h"
#include "resolve/resolve.h"
#include "resolve/theme.h"
#include "text/scan.h"
#include "text/split.h"

void att_pipeline_run(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary)
{
    att_hits hits = { 0 };
    att_vocabulary_trim(vocabulary);
    att_scan(doc);
    att_tokenize(doc, vocabulary);
    att_names_find(&knowledge->names, doc, vocabulary, &hits);
    att_lists(knowledge, doc, vocabulary, &hits);
    att_split(doc, vocabulary);
    att_mark_topics(knowledge, doc, vocabulary);
    att_resolve(knowledge, doc, vocabulary);
    att_make_themes(knowledge, doc, vocabulary);
}
