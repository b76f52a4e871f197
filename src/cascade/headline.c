#include "cascade/headline.h"

#include "cascade/known_names.h"
#include "cascade/mark_topics.h"
#include "text/scan.h"
#include "text/split.h"

/* What the text has under the same name, or NULL. */
static const att_annotation *twin_of(const att_document *doc, const att_annotation *name)
{
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        const att_annotation *other = &doc->annotations.items[i];
        if (other->name == name->name && other->layer == name->layer && other->entry != ATT_NONE) return other;
    }
    return NULL;
}

static void settle_by_text(const att_document *doc, att_document *headline)
{
    for (uint32_t i = 0; i < headline->annotations.count; i++) {
        att_annotation *weak = &headline->annotations.items[i];
        const att_annotation *twin = weak->state & ATT_WEAK ? twin_of(doc, weak) : NULL;
        if (!twin) continue;
        weak->entry = twin->entry;
        weak->fields = twin->fields;
        weak->state = 0;
    }
}

static void find_names(const att_knowledge *knowledge, const att_document *doc, att_document *headline,
                       att_vocabulary *vocabulary)
{
    att_hits hits = { 0 };
    att_candidates names = { 0 };
    att_names_find(&knowledge->names, headline, vocabulary, &hits);
    if (!hits.count) return;
    att_known_names_collect(knowledge, headline, vocabulary, &hits, &names);
    att_chosen chosen = att_choose(headline->arena, &knowledge->layers, ATT_POLICY_LONGEST, &names, NULL);
    for (uint32_t i = 0; i < chosen.count; i++) att_add_annotation(headline, &names.items[chosen.items[i]].annotation, true);
    settle_by_text(doc, headline);
    att_known_names_settle(knowledge, headline);
}

void att_read_headline(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary)
{
    if (!att_title_is_apart(doc)) return;
    att_document *headline = att_arena_alloc(doc->arena, sizeof *headline);
    att_document_clear(headline, doc->arena);
    att_document_set_text(headline, doc->title);
    headline->date = doc->date;
    att_scan(headline);
    att_tokenize(headline, vocabulary);
    find_names(knowledge, doc, headline, vocabulary);
    att_mark_topics(knowledge, headline, vocabulary);
    doc->headline = headline;
}
