#include "resolve/resolve.h"

#include "resolve/agency.h"
#include "resolve/entities.h"
#include "resolve/home.h"
#include "resolve/lines.h"
#include "resolve/official.h"
#include "resolve/speakers.h"
#include "resolve/subject.h"
#include "resolve/towns.h"

bool att_resolve(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary)
{
    att_coref coref;
    att_groups groups;
    att_groups_make(&groups, doc);
    const bool changed = att_read_lines(knowledge, doc, vocabulary, &groups);
    if (changed) att_groups_make(&groups, doc);
    att_settle_towns(knowledge, doc, vocabulary, &groups);
    att_link_agencies(knowledge, doc, vocabulary, &groups);
    att_find_coreferences(knowledge, doc, vocabulary, &groups, &coref);
    att_make_entities(knowledge, doc, &groups, &coref);
    att_make_officials(knowledge, doc, vocabulary, &groups, &coref);
    att_find_speakers(knowledge, doc);
    doc->home = doc->origin.length ? doc->origin : att_home_of(knowledge, doc, &groups);
    att_find_subject(knowledge, doc);
    return changed;
}
