#include "resolve/missions.h"

static att_str get(const att_knowledge *knowledge, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &knowledge->layers, key);
}

static bool word_is(const att_document *doc, uint32_t token, const char *word)
{
    return token < doc->tokens.count && att_str_is(att_document_word(doc, token), word);
}

/* How many tokens the word for a mission at `token` has, "Embassy", "High Commissioner"; 0 where none stands there. */
static uint32_t head_at(const att_knowledge *knowledge, const att_document *doc, uint32_t token)
{
    if (token >= doc->tokens.count) return 0;
    const uint32_t words =
        (word_is(doc, token, "High") || word_is(doc, token, "high")) && token + 1 < doc->tokens.count ? 2 : 1;
    const att_str head = att_str_slice(doc->text, doc->tokens.start[token], doc->tokens.end[token + words - 1]);
    return att_lists_have_text(&knowledge->lists, ATT_LIST_MISSION, head) ? words : 0;
}

static bool is_general(const att_document *doc, uint32_t token)
{
    return word_is(doc, token, "General") || word_is(doc, token, "general");
}

/* Whether such a word and "of" stand before the state that begins at `first`: "Consulate General of the". */
static bool is_behind_head(const att_knowledge *knowledge, const att_document *doc, uint32_t first)
{
    if (first && word_is(doc, first - 1, "the")) first--;
    if (first < 2 || !word_is(doc, first - 1, "of")) return false;
    const uint32_t head = first - 2;
    if (head_at(knowledge, doc, head) == 1) return true;
    if (!head) return false;
    const uint32_t words = head_at(knowledge, doc, head - 1);
    return words == 2 || (words == 1 && is_general(doc, head));
}

/* The code of the state, or of the state of the place, that begins at the token; `near` is an annotation before it. Tells the
 * token behind it. */
static att_str state_at(const att_knowledge *knowledge, const att_document *doc, uint32_t near, uint32_t token, bool place_only,
                        uint32_t *behind)
{
    for (uint32_t i = near; i < doc->annotations.count && doc->annotations.items[i].tokens.first <= token; i++) {
        const att_annotation *one = &doc->annotations.items[i];
        if (one->tokens.first != token) continue;
        *behind = one->tokens.last;
        if (one->layer == ATT_LAYER_COUNTRY && !place_only) return get(knowledge, one, ATT_KEY_CODE);
        if (one->layer == ATT_LAYER_LOCATION) return get(knowledge, one, ATT_KEY_COUNTRY);
    }
    return (att_str){ 0 };
}

/* Where a mission is, behind whose name `token` stands: "in Laos", "to the Philippines", "Vientiane", ", Vientiane". */
static att_str host_behind(const att_knowledge *knowledge, const att_document *doc, uint32_t near, uint32_t token,
                           uint32_t *behind)
{
    if (word_is(doc, token, ",")) return state_at(knowledge, doc, near, token + 1, true, behind);
    if (!word_is(doc, token, "in") && !word_is(doc, token, "to")) return state_at(knowledge, doc, near, token, true, behind);
    return state_at(knowledge, doc, near, token + (word_is(doc, token + 1, "the") ? 2 : 1), false, behind);
}

/* Whether nothing is told of the mission: its name is a heading, as on its own pages; "The Embassy of Japan in Laos closed" is
 * news of it. */
static bool is_heading(const att_document *doc, uint32_t behind)
{
    const att_paragraph *here = &doc->paragraphs.items[doc->paragraph_of[behind - 1]];
    return behind >= here->tokens.last || doc->text.data[doc->tokens.end[behind - 1] - 1] == '.' || word_is(doc, behind, ".")
           || word_is(doc, behind, ":") || word_is(doc, behind, ",");
}

/* The host of the mission that the nation has; or null. Of an embassy only where its name is a heading. */
static att_str host_of(const att_knowledge *knowledge, const att_document *doc, uint32_t nation)
{
    const att_token_range tokens = doc->annotations.items[nation].tokens;
    uint32_t behind = 0, head = tokens.last;
    att_str host = { 0 };
    if (is_behind_head(knowledge, doc, tokens.first)) {
        host = host_behind(knowledge, doc, nation, tokens.last, &behind);
        return host.length && is_heading(doc, behind) ? host : (att_str){ 0 };
    }
    if (head < doc->tokens.count && doc->tokens.flags[head] & ATT_FLAG_POSS) head++;
    const uint32_t words = head_at(knowledge, doc, head);
    if (!words) return host;
    const att_str name = att_str_slice(doc->text, doc->tokens.start[head], doc->tokens.end[head + words - 1]);
    host = host_behind(knowledge, doc, nation, head + words + is_general(doc, head + words), &behind);
    return host.length && (att_is_post_at_mission(knowledge, name) || is_heading(doc, behind)) ? host : (att_str){ 0 };
}

att_mission att_mission_of(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups)
{
    enum { MOST_BEFORE = 4 };
    const att_indexes *nations = &groups->by[ATT_GROUP_NATIONS];
    for (uint32_t k = 0; k < nations->count && k < MOST_BEFORE; k++) {
        const att_str sender = get(knowledge, &doc->annotations.items[nations->items[k]], ATT_KEY_CODE);
        const att_str host = host_of(knowledge, doc, nations->items[k]);
        if (!host.length) continue;
        for (uint32_t before = 0; before < k; before++) {
            const att_str code = get(knowledge, &doc->annotations.items[nations->items[before]], ATT_KEY_CODE);
            if (!att_str_equal(code, sender) && !att_str_equal(code, host)) return (att_mission){ 0 };
        }
        return att_str_equal(sender, host) ? (att_mission){ 0 } : (att_mission){ sender, host };
    }
    return (att_mission){ 0 };
}

bool att_is_of_sender(const att_mission *self, const att_knowledge *knowledge, const att_document *doc,
                      const att_annotation *body, att_str country)
{
    if (!self->sender.length || body->entry != ATT_NONE || !att_str_equal(country, self->sender)) return false;
    for (uint32_t token = body->tokens.first; token < body->tokens.last; token++)
        if (head_at(knowledge, doc, token)) return true;
    return false;
}

bool att_is_post_at_mission(const att_knowledge *knowledge, att_str title)
{
    if (att_lists_have_text(&knowledge->lists, ATT_LIST_AT_MISSION, title)) return true;
    for (att_str rest = title; rest.length;) {
        const att_str word = att_str_first_word(&rest);
        if (!word.length) break;
        if (att_lists_have_text(&knowledge->lists, ATT_LIST_AT_MISSION, word)) return true;
    }
    return false;
}

bool att_is_envoy_of(const att_mission *self, const att_knowledge *knowledge, const att_official *official)
{
    return self->sender.length && att_str_equal(official->country, self->sender)
           && att_is_post_at_mission(knowledge, official->title);
}
