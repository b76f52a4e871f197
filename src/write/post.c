#include "write/post.h"

/* The name of a body of the text, else its id. */
static att_str name_of(const att_document *doc, att_str id)
{
    for (uint32_t i = 0; id.length && i < doc->entities.count; i++)
        if (att_str_equal(doc->entities.items[i].id, id)) return doc->entities.items[i].name;
    return id;
}

att_post att_post_of(const att_document *doc, const att_statement *statement)
{
    const att_entity *entity = &doc->entities.items[statement->entity];
    const bool known = statement->official < doc->officials.count;
    const att_official *official = known ? &doc->officials.items[statement->official] : statement->post;
    if (official)
        return (att_post){ official->title, official->agency.length ? official->agency : name_of(doc, official->agency_id),
                           official->country, official->office };
    const bool body = entity->layer == ATT_LAYER_AGENCY || entity->layer == ATT_LAYER_IGO;
    return (att_post){ entity->layer == ATT_LAYER_TITLE ? entity->name : (att_str){ 0 }, body ? entity->name : (att_str){ 0 },
                       entity->layer == ATT_LAYER_COUNTRY ? entity->code : entity->country, (att_str){ 0 } };
}
