#include "write/post.h"

att_post att_post_of(const att_document *doc, const att_statement *statement)
{
    const att_entity *entity = &doc->entities.items[statement->entity];
    const att_official *official = att_statement_record(doc, statement);
    if (official) return (att_post){ official->title, statement->body, official->country, official->office };
    const bool body = entity->layer == ATT_LAYER_AGENCY || entity->layer == ATT_LAYER_IGO;
    return (att_post){ entity->layer == ATT_LAYER_TITLE ? entity->name : (att_str){ 0 }, body ? entity->name : (att_str){ 0 },
                       entity->layer == ATT_LAYER_COUNTRY ? entity->code : entity->country, (att_str){ 0 } };
}
