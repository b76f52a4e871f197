#include "cascade/only_state.h"

/* ---- the items of lists ---- */

static bool is_comma(const att_scene *scene, uint32_t token)
{
    return att_scene_is_word(scene, token, ",") || att_scene_is_word(scene, token, ";");
}

static bool is_and(const att_scene *scene, uint32_t token)
{
    return att_scene_is_word(scene, token, "and") || att_scene_is_word(scene, token, "or");
}

/* "ending", but neither "Beijing" nor the prepositions that look like it. */
static bool is_doing(const att_scene *scene, uint32_t token)
{
    enum { SHORTEST = 5 };
    static const char *const others[] = { "including", "during", "regarding", "concerning", "following", NULL };
    const att_word_type *type = att_scene_type(scene, token);
    if (type->surface.length < SHORTEST || !(type->classes & ATT_CLASS_LOWER)) return false;
    return att_str_ends(type->surface, ATT_STR("ing")) && !att_str_is_any(type->surface, others);
}

/* The word in -ing behind which the token stands, with no comma between: "ending the war in Peru"; ATT_NONE when there is none.
 * One that opens the sentence tells of all of it. */
static uint32_t item_opener(const att_scene *scene, uint32_t first, uint32_t token)
{
    enum { LONGEST = 20 }; /* tokens of an item */
    for (uint32_t at = token + 1; at-- > first + 1 && token - at < LONGEST && !is_comma(scene, at);)
        if (is_doing(scene, at)) return att_scene_is_word(scene, at - 1, "is") ? ATT_NONE : at;
    return ATT_NONE;
}

/* Whether the word in -ing, or a later one, follows an "and": without it the words in -ing tell what comes of something. */
static bool ends_list(const att_scene *scene, uint32_t opener, uint32_t last)
{
    enum { FARTHEST = 64 }; /* tokens to the last of the list */
    for (uint32_t at = opener; at < last && at - opener < FARTHEST; at++)
        if (is_and(scene, at - 1) && is_doing(scene, at)) return true;
    return false;
}

/* "supporting Peru, securing trade, and …": each of the two stands behind a word in -ing of its own. */
static bool are_doings(const att_scene *scene, att_token_range sentence, uint32_t one, uint32_t other)
{
    uint32_t front = one < other ? one : other, back = one < other ? other : one;
    uint32_t first = item_opener(scene, sentence.first, front), second = item_opener(scene, sentence.first, back);
    if (first == ATT_NONE || second == ATT_NONE || second <= front) return false;
    return (is_comma(scene, second - 1) || is_and(scene, second - 1)) && ends_list(scene, second, sentence.last);
}

/* ", the situation in Peru, and …": the name closes an item that stands between commas, or behind the last "and". */
static bool closes_item(const att_scene *scene, att_token_range sentence, uint32_t first, uint32_t last, uint32_t token)
{
    enum { MOST_WORDS = 3 };
    uint32_t at = first;
    if (at <= sentence.first + 2 || !att_scene_is_word(scene, at - 1, "in")) return false;
    for (uint32_t words = 0; words < MOST_WORDS && at > sentence.first + 2; words++)
        if (att_scene_is_word(scene, --at - 1, "the")) break;
    if (!att_scene_is_word(scene, at - 1, "the") || (token >= at && token < last)) return false;
    if (last < sentence.last && is_comma(scene, at - 2) && (is_comma(scene, last) || is_and(scene, last))) return true;
    return last + 1 == sentence.last && at > sentence.first + 2 && is_and(scene, at - 2) && is_comma(scene, at - 3);
}

static bool are_siblings(const att_scene *scene, att_token_range sentence, const att_annotation *state, uint32_t token)
{
    if (are_doings(scene, sentence, state->tokens.first, token)) return true;
    return closes_item(scene, sentence, state->tokens.first, state->tokens.last, token);
}

/* ---- the state ---- */

/* What the sentence names: the first name of its only state, and whether there are more of it; `apart` when one of them is no
 * part of a known organisation's name, which alone tells of no state: "the China Times". */
typedef struct {
    const att_annotation *first;
    att_str code;
    bool again, several, apart;
} found_states;

/* An organisation of the catalogue, such as a newspaper. */
static bool is_known_body(const att_scene *scene, const att_annotation *named)
{
    return named->layer == ATT_LAYER_ORG && att_annotation_get(named, &scene->knowledge->layers, ATT_KEY_ID).length;
}

static void find_states(const att_scene *scene, att_token_range sentence, found_states *found)
{
    const uint32_t states = 1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM;
    att_str home = scene->doc->home;
    if (scene->doc->home_speaks || att_str_equal(home, scene->doc->subject)) home = (att_str){ 0 };
    uint32_t named_to = 0; /* the end of an organisation's name */
    uint32_t i = att_scene_starter(scene, sentence.first, sentence.last);
    for (; att_scene_starts_before(scene, i, sentence.last) && !found->several; i++) {
        const att_annotation *named = &scene->annotations[i];
        if (is_known_body(scene, named) && named->tokens.last > named_to) named_to = named->tokens.last;
        if (!(states >> named->layer & 1)) continue;
        att_str code = att_annotation_get(named, &scene->knowledge->layers, ATT_KEY_CODE);
        if (!code.length || att_str_equal(code, home) || att_document_tells_place(scene->doc, i)) continue;
        found->apart = found->apart || named->tokens.last > named_to;
        found->again = found->again || found->first;
        found->several = found->first && !att_str_equal(code, found->code);
        if (!found->first) found->first = named, found->code = code;
    }
}

att_str att_only_state(att_scene *scene, uint32_t token)
{
    att_token_range sentence = att_scene_sentence(scene, token);
    if (scene->only_of != scene->sentence + 1) {
        found_states found = { 0 };
        find_states(scene, sentence, &found);
        scene->only_of = scene->sentence + 1;
        scene->only = found.several || !found.apart ? (att_str){ 0 } : found.code;
        scene->only_name = found.several || found.again ? NULL : found.first;
    }
    if (scene->only_name && are_siblings(scene, sentence, scene->only_name, token)) return (att_str){ 0 };
    return scene->only;
}
