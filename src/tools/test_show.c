#include "tools/test_show.h"

#include "base/utf8.h"
#include "tools/plain.h"
#include "tools/why_not.h"

enum { SHOWN_COLUMNS = 100, MOST_OTHERS = 4, MOST_ASKED = 3 /* MOST_ASKED: rules that are asked why they made nothing */ };

/* ---- the text with marks under it ---- */

typedef struct {
    uint32_t start, end; /* bytes */
    att_str label;
} mark;

typedef struct {
    mark *items;
    uint32_t count, capacity;
} marks;

/* Where the displayed line from byte `start` on ends: at a line break, or at a blank if it is long. */
static size_t line_end(att_str text, size_t start)
{
    size_t blank = 0, columns = 0, at = start;
    for (; at < text.length && text.data[at] != '\n'; at++) {
        columns += (text.data[at] & 0xC0) != 0x80;
        if (columns > SHOWN_COLUMNS && blank) return blank;
        if (text.data[at] == ' ') blank = at;
    }
    return at;
}

static void put_columns(att_buf *out, att_str text, size_t start, size_t end, char byte)
{
    for (size_t i = start; i < end; i++)
        if ((text.data[i] & 0xC0) != 0x80) att_buf_byte(out, byte);
}

/* Draws the part of the mark under text[start, end), with its label where the mark ends. */
static void draw_mark(att_buf *out, att_str text, size_t start, size_t end, const mark *item)
{
    size_t first = item->start > start ? item->start : start, last = item->end < end ? item->end : end;
    if (first >= last) return;
    att_buf_add(out, ATT_STR("    | "));
    put_columns(out, text, start, first, ' ');
    put_columns(out, text, first, last, '^');
    if (item->end <= end) att_buf_format(out, " %.*s", ATT_STR_ARG(item->label));
    att_buf_byte(out, '\n');
}

/* Whether a paragraph ends with this line. A line break need not end one; so a sign shows it where there are several
 * paragraphs. */
static bool ends_paragraph(const att_document *doc, size_t start, size_t end)
{
    const att_paragraphs *all = &doc->paragraphs;
    for (uint32_t i = 0; i + 1 < all->count; i++)
        if (start < all->items[i].end && all->items[i].end <= end) return true;
    return false;
}

static void draw(att_buf *out, const att_document *doc, const marks *all)
{
    att_str text = doc->text;
    for (size_t start = 0, end; start < text.length; start = end + 1) {
        end = line_end(text, start);
        att_buf_add(out, ATT_STR("    | "));
        for (size_t i = start; i < end; i++) att_buf_byte(out, (unsigned char)text.data[i] < 0x20 ? ' ' : text.data[i]);
        att_buf_add(out, ends_paragraph(doc, start, end) ? ATT_STR(" ¶\n") : ATT_STR("\n"));
        for (uint32_t i = 0; i < all->count; i++) draw_mark(out, text, start, end, &all->items[i]);
    }
}

/* Adds a mark. They are sorted by start; equal ones stay in the order in which they came. */
static void add_mark(marks *self, att_arena *arena, uint32_t start, uint32_t end, att_str label)
{
    ATT_RESERVE(arena, self, 1);
    uint32_t at = self->count++;
    for (; at && self->items[at - 1].start > start; at--) self->items[at] = self->items[at - 1];
    self->items[at] = (mark){ start, end, label };
}

/* Whether what the string asks for is there, but fewer times than the line lists it. */
static bool is_too_few(const att_failure *failure, att_str string)
{
    const att_seen *seen = att_seen_instead(failure->seens, failure->check, string);
    return seen && att_seen_is(failure->seens, seen, string) && att_seen_fits(failure->seens, seen, failure->check);
}

static void mark_wanted(marks *self, att_arena *arena, const att_failure *failure)
{
    const att_check *check = failure->check;
    if (check->kind != ATT_CHECK_PRESENT && check->kind != ATT_CHECK_EXACTLY) return;
    for (uint32_t i = 0; i < check->string_count; i++) {
        size_t start, end;
        if (failure->match.found[i] || is_too_few(failure, check->strings[i].text)) continue;
        if (!att_plain_find(failure->seens->doc->text, check->strings[i].text, 0, &start, &end)) continue;
        add_mark(self, arena, (uint32_t)start, (uint32_t)end, ATT_STR("wanted"));
    }
}

static void mark_seen(marks *self, att_arena *arena, const att_seens *seens)
{
    for (uint32_t i = 0; i < seens->count; i++) {
        att_buf label = { .arena = arena };
        att_buf_add(&label, seens->engine->knowledge.layers.items[seens->items[i].layer].name);
        att_seen_write_fields(seens, &seens->items[i], &label);
        add_mark(self, arena, seens->items[i].start, seens->items[i].end, att_buf_str(&label));
    }
}

/* ---- why a line does not hold ---- */

/* Writes "id is null, not usa-state" for each field that differs. */
static void write_differences(att_buf *out, const att_seens *seens, const att_seen *seen, const att_check *check)
{
    const char *between = "";
    for (uint32_t i = 0; i < check->field_count; i++) {
        const att_check_field *field = &check->fields[i];
        if (att_seen_has_field(seens, seen, field)) continue;
        att_buf_format(out, "%s%.*s is ", between, ATT_STR_ARG(field->name));
        att_write_value(out, att_seen_field(seens, seen, field->name));
        att_buf_add(out, ATT_STR(", not "));
        att_write_value(out, field->value.text);
        between = "; ";
    }
    if (check->by.text.data && !att_seen_is_by(seen, check->by.text))
        att_buf_format(out, "%sit is by %.*s, not by %.*s", between, ATT_STR_ARG(seen->rule), ATT_STR_ARG(check->by.text));
}

/* Writes what other layers have at the first place of the string. */
static void write_other_layers(att_buf *out, const att_failure *failure, att_str string)
{
    const att_seens *seens = failure->seens;
    size_t start, end;
    uint32_t shown = 0;
    if (!att_plain_find(seens->doc->text, string, 0, &start, &end)) return;
    for (uint32_t layer = 0; layer < seens->engine->knowledge.layers.count && shown < MOST_OTHERS; layer++) {
        att_seens others;
        att_see(&others, out->arena, seens->engine, seens->doc, layer);
        for (uint32_t i = 0; i < others.count && shown < MOST_OTHERS; i++) {
            if (others.items[i].start >= end || others.items[i].end <= start) continue;
            att_buf_add(out, shown++ ? ATT_STR(", ") : ATT_STR("there is only "));
            att_seen_write(&others, &others.items[i], out);
        }
    }
    if (!shown) att_buf_add(out, ATT_STR("nothing stands there"));
}

static void write_missing(att_buf *out, const att_failure *failure, att_str string)
{
    const att_seens *seens = failure->seens;
    const att_check *check = failure->check;
    const att_layer *layer = &seens->engine->knowledge.layers.items[check->layer];
    const att_seen *instead = att_seen_instead(seens, check, string);
    if (string.data) {
        att_write_string(out, string);
        att_buf_add(out, ATT_STR(": "));
    }
    if (!instead && string.data) write_other_layers(out, failure, string);
    else if (!instead) att_buf_format(out, "there is no %.*s", ATT_STR_ARG(layer->name));
    else if (string.data && is_too_few(failure, string)) att_buf_add(out, ATT_STR("does not stand there so often"));
    else if (string.data && att_seen_is(seens, instead, string)) write_differences(out, seens, instead, check);
    else {
        att_buf_add(out, string.data ? ATT_STR("there is ") : ATT_STR("the nearest is "));
        att_seen_write(seens, instead, out);
        att_buf_add(out, string.data ? ATT_STR(" instead") : ATT_STR(": "));
        if (!string.data) write_differences(out, seens, instead, check);
    }
}

/* Whether the rule may make the layer and was woken among bytes [start, end). */
static bool was_woken(const att_test_run *run, uint32_t number, uint32_t layer, uint32_t start, uint32_t end)
{
    const att_rule *rule = &run->engine->rules.rules.items[number];
    const att_tokens *tokens = &run->doc.tokens;
    uint32_t first = att_tokens_at(tokens, start), last = first;
    bool makes = false;
    for (uint32_t i = 0; i < rule->make_count; i++) makes = makes || rule->makes[i].layer == layer;
    while (last < tokens->count && tokens->start[last] < end) last++;
    return makes && rule->pattern
           && att_trace_woken(&run->record->stages[rule->stage], &run->engine->cascade.waker, rule, number, first, last)
                  != ATT_NONE;
}

/* The full name of the rule or entry that `by` names; the test's own pack comes first. */
static att_str named_by(const att_test_run *run, const att_test_block *test, att_str by)
{
    const att_rules *rules = &run->engine->rules;
    for (uint32_t i = 0; i < rules->rules.count; i++) {
        att_str pack = run->engine->knowledge.blocks.packs.items[rules->rules.items[i].pack].name;
        if (att_str_equal(rules->rules.items[i].name, by) && att_str_equal(pack, test->pack))
            return rules->rules.items[i].origin.rule;
    }
    return by;
}

/* Writes why the rules that could have made the missing string did not. */
static void write_why_not(att_buf *out, att_test_run *run, const att_test_block *test, const att_check *check, att_str string)
{
    const att_engine *engine = run->engine;
    size_t start, end;
    uint32_t asked = 0;
    if (!string.data || !att_plain_find(run->doc.text, string, 0, &start, &end)) return;
    if (check->by.text.data)
        att_why_not_tell(engine, &run->doc, run->record, named_by(run, test, check->by.text), (uint32_t)start, (uint32_t)end,
                         out);
    for (uint32_t i = 0; i < engine->rules.rules.count && !check->by.text.data && asked < MOST_ASKED; i++) {
        const att_rule *rule = &engine->rules.rules.items[i];
        bool own = att_str_equal(engine->knowledge.blocks.packs.items[rule->pack].name, test->pack);
        if (!own || !was_woken(run, i, check->layer, (uint32_t)start, (uint32_t)end)) continue;
        att_why_not_tell(engine, &run->doc, run->record, rule->origin.rule, (uint32_t)start, (uint32_t)end, out);
        asked++;
    }
}

static void begin_reason(att_buf *out)
{
    att_buf_add(out, ATT_STR("    "));
}

/* Writes what is there and should not be. */
static void write_unwanted(att_buf *out, const att_seens *seens, const att_seen *seen, const char *what)
{
    begin_reason(out);
    att_seen_write(seens, seen, out);
    att_buf_format(out, " %s\n", what);
}

/* Whether a missing string of the line has the same text, so that this one was written there already. */
static bool is_told(const att_failure *failure, const att_seen *seen)
{
    for (uint32_t i = 0; i < failure->match.count; i++)
        if (!failure->match.found[i] && att_seen_is(failure->seens, seen, failure->check->strings[i].text)) return true;
    return false;
}

static void write_unlisted(att_buf *out, const att_failure *failure)
{
    const att_seens *seens = failure->seens;
    for (uint32_t i = 0; i < seens->count; i++) {
        if (failure->match.taken[seens->items[i].unit] || is_told(failure, &seens->items[i])) continue;
        if (i && seens->items[i].unit == seens->items[i - 1].unit) continue;
        write_unwanted(out, seens, &seens->items[i], "is there too");
    }
}

static void write_reasons(att_buf *out, att_test_run *run, const att_test_block *test, const att_failure *failure)
{
    const att_check *check = failure->check;
    for (uint32_t i = 0; i < failure->match.count && check->kind != ATT_CHECK_MISS; i++) {
        const att_seen *found = failure->match.found[i];
        if (check->kind == ATT_CHECK_ABSENT) {
            if (found) write_unwanted(out, failure->seens, found, "must not be there");
        } else if (!found) {
            begin_reason(out);
            att_str string = check->string_count ? check->strings[i].text : (att_str){ 0 };
            write_missing(out, failure, string);
            att_buf_byte(out, '\n');
            const att_seen *instead = att_seen_instead(failure->seens, check, string);
            const att_str by = check->by.text;
            if (!instead || (by.data && !att_seen_is_by(instead, by))) write_why_not(out, run, test, check, string);
        }
    }
    if (check->kind == ATT_CHECK_EXACTLY) write_unlisted(out, failure);
    if (check->kind == ATT_CHECK_MISS)
        att_buf_add(out, ATT_STR("    no longer a miss; promote it: write '=' in the place of '~'\n"));
}

static void write_place(att_buf *out, att_place place)
{
    att_buf_format(out, "%.*s:%u", ATT_STR_ARG(place.source->path), att_source_locate(place.source, place.start).line);
}

static void write_check(att_buf *out, const att_check *check)
{
    att_buf_add(out, ATT_STR("  "));
    write_place(out, check->place);
    att_buf_format(out, ": %.*s\n", ATT_STR_ARG(att_plain_line(out->arena, check->line)));
}

/* ---- a test ---- */

/* Writes the failures of one layer, then the text with its marks. */
static void show_layer(att_buf *out, att_test_run *run, const att_test_block *test, uint32_t layer, const att_failure *failures,
                       uint32_t count)
{
    const att_failure *last = NULL;
    marks all = { 0 };
    for (uint32_t i = 0; i < count; i++) {
        if (failures[i].check->layer != layer) continue;
        last = &failures[i];
        write_check(out, last->check);
        write_reasons(out, run, test, last);
        mark_wanted(&all, out->arena, last);
    }
    if (!last) return;
    mark_seen(&all, out->arena, last->seens);
    draw(out, last->seens->doc, &all);
}

void att_show_failures(att_buf *out, att_test_run *run, const att_test_block *test, const att_failure *failures, uint32_t count)
{
    att_buf_add(out, ATT_STR("FAILED "));
    write_place(out, test->place);
    att_buf_format(out, " test \"%.*s\"\n", ATT_STR_ARG(test->name));
    for (uint32_t layer = 0; layer < ATT_MAX_LAYERS; layer++) show_layer(out, run, test, layer, failures, count);
}

void att_show_known_miss(att_buf *out, const att_check *check)
{
    att_buf_add(out, ATT_STR("known miss "));
    write_place(out, check->place);
    att_buf_format(out, ": %.*s\n", ATT_STR_ARG(att_plain_line(out->arena, check->line)));
}
