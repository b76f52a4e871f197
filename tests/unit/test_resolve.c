/* test_resolve.c - offices, topics and the stage resolve on small rule sets and documents made by hand. What rules would
 * make (PERSON, TITLE, OFFICIAL, THEME) is put into the document by the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "cascade/headline.h"
#include "cascade/known_names.h"
#include "cascade/rule_parse.h"
#include "cascade/stages.h"
#include "cascade/mark_topics.h"
#include "knowledge/spelling.h"
#include "resolve/agency.h"
#include "resolve/resolve.h"
#include "resolve/theme.h"
#include "text/scan.h"
#include "text/split.h"

static const char base_rules[] = "pipeline\n"
                                 "  stage lists longest COUNTRY DEMONYM IGO AGENCY LOCATION ORG EVENT AGREEMENT DATE\n"
                                 "  resolve\n"
                                 "layer COUNTRY DEMONYM\n"
                                 "  field code: code\n"
                                 "layer LOCATION\n"
                                 "  field country: code\n"
                                 "layer IGO\n"
                                 "  field id: id, code: code\n"
                                 "layer AGENCY\n"
                                 "  field id: id, country: code, parent: id\n"
                                 "  nest yes\n"
                                 "layer PERSON\n"
                                 "  field name\n"
                                 "layer TITLE\n"
                                 "layer OFFICIAL\n"
                                 "  field name, title, agency, country: code, office: id, status\n"
                                 "layer TOPIC\n"
                                 "  field topic: id, kind, role, modality\n"
                                 "  nest same\n"
                                 "layer THEME\n"
                                 "  field topic: id, actors, role, modality\n"
                                 "  nest same\n"
                                 "list word-of-delegation\n"
                                 "  \"delegation\" \"team\"\n"
                                 "list verb-of-delegation\n"
                                 "  \"included\" \"led\"\n"
                                 "list title-of-consort\n"
                                 "  First Lady\n"
                                 "entry KOR COUNTRY\n"
                                 "  name South Korea\n"
                                 "  alias Republic of Korea | ROK\n"
                                 "  demonym South Korean\n"
                                 "entry PRK COUNTRY\n"
                                 "  name North Korea\n"
                                 "  alias DPRK\n"
                                 "  short DPRK\n"
                                 "entry USA COUNTRY\n"
                                 "  name United States\n"
                                 "  alias U.S.\n"
                                 "  demonym American\n"
                                 "entry JPN COUNTRY\n"
                                 "  name Japan\n"
                                 "  demonym Japanese\n"
                                 "entry FRA COUNTRY\n"
                                 "  name France\n"
                                 "entry igo-un IGO\n"
                                 "  name United Nations\n"
                                 "  alias UN\n"
                                 "  code UN\n"
                                 "entry igo-asean IGO\n"
                                 "  name ASEAN\n"
                                 "  code ASEAN\n"
                                 "entry usa-state AGENCY\n"
                                 "  name Department of State | State Department\n"
                                 "  country USA\n"
                                 "entry usa-state-cdp AGENCY\n"
                                 "  name Bureau of Cyberspace and Digital Policy\n"
                                 "  parent usa-state\n"
                                 "entry *-mofa AGENCY\n"
                                 "  name Ministry of Foreign Affairs\n"
                                 "entry *-npa AGENCY\n"
                                 "  name National Police Agency\n"
                                 "entry *-nso AGENCY\n"
                                 "  name National Security Office\n"
                                 "office usa-secstate\n"
                                 "  title Secretary of State | Secretary\n"
                                 "  agency usa-state\n"
                                 "  holder Condoleezza Rice (2005-01-26..2009-01-20)\n"
                                 "  holder Antony Blinken | Antony J. Blinken (2021-01-26..2025-01-20)\n"
                                 "  holder Marco Rubio (2025-01-21..)\n"
                                 "office usa-president\n"
                                 "  title President\n"
                                 "  country USA\n"
                                 "  holder Joseph R. Biden, Jr. | Joe Biden (2021-01-20..2025-01-20)\n"
                                 "  holder Donald J. Trump (2017-01-20..2021-01-20)\n"
                                 "  holder Donald J. Trump (2025-01-20..)\n"
                                 "office kor-fm\n"
                                 "  title Foreign Minister | Minister of Foreign Affairs | Minister\n"
                                 "  agency kor-mofa\n"
                                 "  holder Cho Tae-yul (2024-01-12..2025-07-20)\n"
                                 "  holder Rhee Jon\303\241s (2020..2021)\n"
                                 "office kor-old-fm\n"
                                 "  title Foreign Minister\n"
                                 "  country JPN\n"
                                 "  holder Rhee Taro (2010..2012)\n"
                                 "office usa-senator-1\n"
                                 "  title Senator\n"
                                 "  country USA\n"
                                 "  holder Jane Farrow (2019..2030)\n"
                                 "office usa-senator-2\n"
                                 "  title Senator\n"
                                 "  country USA\n"
                                 "  holder Omar Farrow (2021..2025)\n"
                                 "office un-sg\n"
                                 "  title Secretary-General\n"
                                 "  agency igo-un\n"
                                 "  holder Ant\303\263nio Guterres (2017-01-01..)\n"
                                 "topic missiles\n"
                                 "  title Missiles\n"
                                 "  strong ballistic missile | missile launch | ICBM\n"
                                 "  support missile | launcher\n"
                                 "  pair missiles | rocket\n"
                                 "  block missile game\n"
                                 "  role source\n"
                                 "topic cyber-threats\n"
                                 "  title Cyber threats\n"
                                 "  strong malicious cyber activity | cyber threat\n"
                                 "  role source\n"
                                 "topic cyber-policy\n"
                                 "  title Cyber policy\n"
                                 "  strong cyber policy\n"
                                 "  pair cyber\n"
                                 "  role party\n"
                                 "topic capacity-building\n"
                                 "  title Capacity building\n"
                                 "  strong capacity-building | training programme\n"
                                 "  role recipient\n"
                                 "topic bilateral-relations\n"
                                 "  title Bilateral relations\n"
                                 "  pair summit | talks\n"
                                 "  role party\n"
                                 "topic multilateral-diplomacy\n"
                                 "  title Multilateral diplomacy\n"
                                 "  strong NPT\n"
                                 "  pair summit\n"
                                 "  role forum\n"
                                 "topic courts\n"
                                 "  strong State Department | foreign affairs | policy\n"
                                 "view dprk \"DPRK threats\"\n"
                                 "  any missiles/PRK | cyber-threats/PRK\n"
                                 "view pair \"both\"\n"
                                 "  all missiles | cyber-threats/PRK\n";

typedef struct {
    att_guard guard;
    att_arena rules, memory;
    att_diags diags;
    att_rule_files files;
    att_knowledge knowledge;
    att_rules parsed;
    att_cascade cascade;
    att_vocabulary vocabulary;
    att_document doc;
} bench;

static bench self;

/* ---- the bench ---- */

static void add_file(const char *path, const char *name, att_file_kind kind, const char *text)
{
    att_source *source = att_source_new(&self.rules, att_str_of(path), att_str_of(text));
    ATT_RESERVE(&self.rules, &self.files, 1);
    self.files.items[self.files.count++] =
        (att_rule_file){ .source = source, .pack = ATT_STR("p"), .name = att_str_of(name), .kind = kind };
}

static void start_rules(void)
{
    memset(&self, 0, sizeof self);
    att_arena_init(&self.rules, &self.guard, 0);
    att_arena_init(&self.memory, &self.guard, 0);
    att_diags_init(&self.diags, &self.rules);
}

static int load(void **state)
{
    (void)state;
    start_rules();
    add_file("p/base.rules", "base.rules", ATT_FILE_RULES, base_rules);
    att_knowledge_load(&self.knowledge, &self.rules, &self.diags, &self.files);
    for (uint32_t i = 0; i < self.diags.count; i++)
        printf("%s: %.*s\n", self.diags.items[i].code, ATT_STR_ARG(self.diags.items[i].message));
    att_rules_read(&self.parsed, &self.knowledge);
    att_cascade_init(&self.cascade, &self.knowledge, &self.parsed, ATT_LEAST_LEAVES);
    att_vocabulary_init(&self.vocabulary, &self.knowledge.lexicon, &self.guard, NULL);
    att_cascade_attach(&self.cascade, &self.vocabulary);
    return self.diags.errors ? -1 : 0;
}

static int unload(void **state)
{
    (void)state;
    att_cascade_clear(&self.cascade);
    att_vocabulary_clear(&self.vocabulary);
    att_arena_clear(&self.memory);
    att_arena_clear(&self.rules);
    return 0;
}

/* The document up to the stages of rules. */
static void begin(const char *text, const char *date)
{
    att_hits hits = { 0 };
    att_candidates names = { 0 };
    att_run run;
    att_arena_reset(&self.memory, 1 << 20);
    att_document_clear(&self.doc, &self.memory);
    att_document_set_text(&self.doc, att_str_of(text));
    if (date) self.doc.date = att_str_of(date);
    att_vocabulary_trim(&self.vocabulary);
    att_scan(&self.doc);
    att_tokenize(&self.doc, &self.vocabulary);
    att_names_find(&self.knowledge.names, &self.doc, &self.vocabulary, &hits);
    att_known_names_collect(&self.knowledge, &self.doc, &self.vocabulary, &hits, &names);
    att_split(&self.doc, &self.vocabulary);
    att_run_begin(&run, &self.cascade, &self.doc, &self.vocabulary);
    att_run_stage(&run, 0, &names);
}

/* Where `text` stands the `nth` time (from 0) in the document. */
static att_str part(const char *text, int nth)
{
    const char *at = self.doc.text.data;
    for (int i = 0; i <= nth; i++) {
        at = memmem(at + (i > 0), (size_t)(self.doc.text.data + self.doc.text.length - at) - (i > 0), text, strlen(text));
        if (!at) fail_msg("'%s' is not in the text", text);
    }
    return (att_str){ at, strlen(text) };
}

static att_annotation *put(uint32_t layer, att_str span)
{
    static const att_origin by_test = { { "test/rule", 9 }, NULL };
    att_annotation made = { .start = (uint32_t)(span.data - self.doc.text.data),
                            .layer = (uint16_t)layer,
                            .origin = &by_test,
                            .entry = ATT_NONE,
                            .name = ATT_NONE,
                            .entity = ATT_NONE };
    made.end = made.start + (uint32_t)span.length;
    made.tokens.first = att_tokens_at(&self.doc.tokens, made.start);
    made.tokens.last = att_tokens_at(&self.doc.tokens, made.end - 1) + 1;
    ATT_RESERVE(&self.memory, &self.doc.annotations, 1);
    self.doc.annotations.items[self.doc.annotations.count] = made;
    return &self.doc.annotations.items[self.doc.annotations.count++];
}

static void set(att_annotation *annotation, const char *field, att_str value)
{
    att_annotation_set(annotation, &self.knowledge.layers, &self.memory, att_str_of(field), value);
}

static void sort(void)
{
    att_annotations *all = &self.doc.annotations;
    if (all->count) qsort(all->items, all->count, sizeof *all->items, att_annotation_order);
}

/* PERSON, TITLE and OFFICIAL for "title … name" as rules make them; `agency` and `country` may be NULL. */
static void put_official(const char *title, int title_nth, const char *name, int name_nth, const char *agency,
                         const char *country)
{
    att_str t = part(title, title_nth), n = part(name, name_nth);
    const char *from = t.data < n.data ? t.data : n.data, *to = t.data > n.data ? t.data + t.length : n.data + n.length;
    put(ATT_LAYER_PERSON, n);
    put(ATT_LAYER_TITLE, t);
    att_annotation *official = put(ATT_LAYER_OFFICIAL, (att_str){ from, (size_t)(to - from) });
    set(official, "name", n);
    set(official, "title", t);
    if (agency) set(official, "agency", part(agency, 0));
    if (country) set(official, "country", att_str_of(country));
}

static void resolve(void)
{
    sort();
    att_mark_topics(&self.knowledge, &self.doc, &self.vocabulary);
    att_read_headline(&self.knowledge, &self.doc, &self.vocabulary);
    att_resolve(&self.knowledge, &self.doc, &self.vocabulary);
}

static void expect_text(const char *what, att_str got, const char *want)
{
    if (want ? !att_str_is(got, want) : got.data != NULL)
        fail_msg("%s\n  want %s\n  got  %.*s", what, want ? want : "null", got.data ? (int)got.length : 4,
                 got.data ? got.data : "null");
}

/* ---- offices ---- */

static void finds_the_office(void **state)
{
    static const struct {
        const char *what, *title, *name, *date, *want;
    } cases[] = {
        { "family name, held at the date", "Secretary", "Blinken", "2024-01-19", "usa-secstate" },
        { "full name and full title", "Secretary of State", "Antony J. Blinken", "2024-01-19", "usa-secstate" },
        { "an initial more or less", "Secretary of State", "A. Blinken", "2024", "usa-secstate" },
        { "after the term: the last before", "Secretary", "Blinken", "2026", "usa-secstate" },
        { "before the term: the first after", "Secretary", "Rubio", "2020-01", "usa-secstate" },
        { "no date: any holder", "Secretary", "Rice", NULL, "usa-secstate" },
        { "another title", "Minister", "Blinken", "2024", NULL },
        { "another name", "Secretary", "Smith", "2024", NULL },
        { "case is folded", "SECRETARY OF STATE", "BLINKEN", "2024", "usa-secstate" },
        { "a status word before the title", "former Secretary of State", "Blinken", "2026", "usa-secstate" },
        { "then- and -elect", "then-President", "Trump", "2018", "usa-president" },
        { "-elect", "President-elect", "Trump", "2024-12", "usa-president" },
        { "a country before the title", "U.S. Secretary of State", "Blinken", "2024", "usa-secstate" },
        { "a demonym that agrees", "South Korean Foreign Minister", "Cho Tae-yul", "2024-02", "kor-fm" },
        { "a demonym that does not", "Japanese Foreign Minister", "Cho", "2024-02", NULL },
        { "no rank is cut off", "Deputy Secretary of State", "Blinken", "2024", NULL },
        { "family name first, hyphen or blank", "Minister", "Cho Tae Yul", "2024-03", "kor-fm" },
        { "family name first, alone", "Minister", "Cho", "2024-03", "kor-fm" },
        { "Jr. is no name", "President", "Joseph Biden Jr.", "2022", "usa-president" },
        { "marks do not count in names", "Secretary-General", "Antonio Guterres", "2020", "un-sg" },
        { "of two offices the one held at the date", "Foreign Minister", "Rhee", "2011-05-05", "kor-old-fm" },
        { "of two offices the last before", "Foreign Minister", "Rhee", "2019", "kor-old-fm" },
        { "of two offices the first after", "Foreign Minister", "Rhee", "2009", "kor-old-fm" },
        { "without a date the one taken up last", "Foreign Minister", "Rhee", NULL, "kor-fm" },
        { "two who hold it at the date", "Senator", "Farrow", "2022", NULL },
        { "of the two the one named in full", "Senator", "Omar Farrow", "2022", "usa-senator-2" },
        { "the one who holds it at the date", "Senator", "Farrow", "2019", "usa-senator-1" },
        { "nothing asked", "", "", NULL, NULL },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const att_offices *offices = &self.knowledge.offices;
        uint32_t office = att_office_find(offices, &self.memory, att_str_of(cases[i].title), att_str_of(cases[i].name),
                                          &(att_document){ .date = att_str_of(cases[i].date) });
        expect_text(cases[i].what, office == ATT_NONE ? (att_str){ 0 } : offices->offices.items[office].id, cases[i].want);
    }
}

static void folds_names_to_plain_letters(void **state)
{
    static const struct {
        const char *name, *want;
    } cases[] = {
        { "Lech Wa\xC5\x82\xC4\x99sa", "lech walesa" },
        { "S\xC3\xB8ren J\xC3\xB8"
          "rgensen",
          "soren jorgensen" },
        { "Soeren Joergensen", "soeren joergensen" },
        { "Y\xC4\xB1lmaz", "yilmaz" },
        { "Gerhard Schr\xC3\xB6"
          "der",
          "gerhard schroder" },
        { "Gerhard Schroeder", "gerhard schroeder" },
        { "\xC4\x90in\xC4\x91i\xC4\x87", "dindic" },
        { "Djindjic", "djindjic" },
        { "Rafael", "rafael" },
        { "Rafa\xC5\x82", "rafal" },
        { "Bauer", "bauer" },
        { "Saeed", "saeed" },
        { "Jane Roe", "jane roe" },
        { "Enrique Marquez", "enrique marquez" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_text(cases[i].name, att_fold_person(&self.memory, att_str_of(cases[i].name)), cases[i].want);
}

static void tells_the_status(void **state)
{
    static const struct {
        const char *office, *name, *date, *want;
    } cases[] = {
        { "usa-secstate", "Blinken", "2024-01-19", "current" }, { "usa-secstate", "Blinken", "2025-06-01", "former" },
        { "usa-secstate", "Rubio", "2024-12", "designate" },    { "usa-president", "Trump", "2023", "former" },
        { "usa-president", "Trump", "2026", "current" },        { "usa-secstate", "Blinken", "2021", "current" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const att_offices *offices = &self.knowledge.offices;
        uint32_t office = att_offices_named(offices, att_str_of(cases[i].office));
        att_str date = att_str_of(cases[i].date);
        att_str person = att_fold_person(&self.memory, att_str_of(cases[i].name));
        const att_holding *term = att_office_term(offices, office, person, date);
        assert_non_null(term);
        expect_text(cases[i].date, att_holding_status(term, date), cases[i].want);
    }
}

static void offices_know_their_country(void **state)
{
    static const struct {
        const char *office, *country, *agency;
    } cases[] = {
        { "usa-secstate", "USA", "usa-state" },
        { "kor-fm", "KOR", "kor-mofa" },
        { "un-sg", "IGO:UN", "igo-un" },
        { "usa-president", "USA", NULL },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const att_office *office =
            &self.knowledge.offices.offices.items[att_offices_named(&self.knowledge.offices, att_str_of(cases[i].office))];
        expect_text(cases[i].office, office->country, cases[i].country);
        expect_text(cases[i].office, office->agency, cases[i].agency);
    }
}

/* ---- findings ---- */

static bool has_finding(const char *code, const char *message)
{
    for (uint32_t i = 0; i < self.diags.count; i++) {
        att_str text = self.diags.items[i].message;
        if (strcmp(self.diags.items[i].code, code) == 0 && memmem(text.data, text.length, message, strlen(message)))
            return true;
    }
    return false;
}

#define STAR "layer AGENCY\n field country: code, parent: id\nentry *-mofa AGENCY\n name Foreign Ministry\n"
#define OWN "entry kor-x AGENCY\n name Foreign Ministry\n country KOR\n"

static void reports_bad_blocks(void **state)
{
    static const struct {
        const char *what, *rules, *code, *message;
    } cases[] = {
        { "terms overlap", "office a\n title T\n country KOR\n holder A B (2001..2005)\n holder C D (2004..)\n", "C12",
          "overlap" },
        { "reversed dates", "office a\n title T\n country KOR\n holder A B (2005..2001)\n", "C12", "before it begins" },
        { "no owner", "office a\n title T\n holder A B\n", "C12", "neither agency nor country" },
        { "unknown country", "office a\n title T\n country KOX\n", "C01", "did you mean 'KOR'?" },
        { "unknown agency", "office a\n title T\n agency usa-stat\n", "C01", "did you mean 'usa-state'?" },
        { "bad dates", "office a\n title T\n country KOR\n holder A B (in 2005)\n", "S012", "dates are written" },
        { "an empty form", "office a\n title T | | U\n country KOR\n", "S015", "empty form" },
        { "no title", "office a\n country KOR\n", "S004", "no title" },
        { "a rule added to", "add rule a\n", "S004",
          "'add' goes with entry, office, topic, list, view or genre, not with rule" },
        { "a layer taken away", "remove layer COUNTRY\n", "S004",
          "'remove' goes with entry, office, topic, list, view, genre, phrase" },
        { "a pipeline replaced", "replace pipeline\n stage a longest AGENCY\n", "S004", "not with pipeline" },
        { "a pack taken away", "remove pack p\n", "S004", "not with pack" },
        { "a test replaced", "replace test \"a\"\n | a\n", "S004", "not with test" },
        { "an entry without id", "entry\n name A\n", "S006", "'entry' wants an id" },
        { "unknown role", "topic t\n role sourse\n", "C01", "did you mean 'source'?" },
        { "a trigger twice", "topic t\n strong cyber threat | cyber-threat\n", "C10", "given twice" },
        { "two bodies for a star",
          STAR "entry kor-x AGENCY\n name Korea Foreign Ministry\n country KOR\n"
               "entry kor-y AGENCY\n name Foreign Ministry of the Korea\n country KOR\n",
          "C10", "'kor-x' and 'kor-y' would both be the '*-mofa' of KOR" },
        { "the star's id beside the state's own", STAR OWN "office a\n title T\n agency kor-mofa\n", "C10",
          "'kor-mofa' is another id of 'kor-x'" },
        { "such a parent", STAR OWN "entry kor-y AGENCY\n name Kite Bureau\n parent kor-mofa\n", "C10",
          "'kor-mofa' is another id of 'kor-x'" },
        { "a view of an unknown topic", "topic t\n strong x\nview v \"V\"\n any tt\n", "C01", "unknown topic 'tt'" },
        { "a view of an unknown actor", "topic t\n strong x\nview v \"V\"\n any t/KOX\n", "C01", "unknown actor 'KOX'" },
        { "a view without a title", "topic t\n strong x\nview v\n any t\n", "S004", "a view wants" },
        { "an unknown setting", "pack p\n set max-topic 3\n", "C01", "did you mean 'max-topics'?" },
        { "a setting without number", "pack p\n set max-topics many\n", "S004", "wants a number" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        start_rules();
        const char *known = "layer COUNTRY\n field code: code\nentry KOR COUNTRY\n name Korea\nentry usa-state AGENCY\n name "
                            "State Department\n";
        add_file("p/a.rules", "a.rules", ATT_FILE_RULES, known);
        add_file("p/b.rules", "b.rules", ATT_FILE_RULES, cases[i].rules);
        att_knowledge_load(&self.knowledge, &self.rules, &self.diags, &self.files);
        if (!has_finding(cases[i].code, cases[i].message))
            fail_msg("%s: no %s '%s'", cases[i].what, cases[i].code, cases[i].message);
        uint32_t findings = self.diags.errors + self.diags.warnings;
        if (findings != 1) fail_msg("%s: %u findings", cases[i].what, findings);
        att_arena_clear(&self.rules);
    }
}

static void reads_good_blocks(void **state)
{
    (void)state;
    start_rules();
    add_file("p/a.rules", "a.rules", ATT_FILE_RULES,
             "pack p\n set max-topics 3\nlayer COUNTRY\n field code: code\nentry KOR COUNTRY\n name Korea\n"
             "topic t\n strong threat | threats\n pair threat\n");
    add_file("p/data/o.tsv", "data/o.tsv", ATT_FILE_DATA,
             "#% block office\n#% source test\n#% version 1\n#% licence CC0\n"
             "id\ttitle\tcountry\tholder\nkor-x\tChief | Head\tKOR\tA B (2001..2002)\nkor-x\t\t\tC D (2002..2003)\n");
    att_knowledge_load(&self.knowledge, &self.rules, &self.diags, &self.files);
    for (uint32_t i = 0; i < self.diags.count; i++) printf("%.*s\n", ATT_STR_ARG(self.diags.items[i].message));
    assert_int_equal(self.diags.errors, 0);
    assert_int_equal(self.knowledge.offices.offices.count, 1);
    assert_int_equal(self.knowledge.offices.holdings.count, 2);
    assert_int_equal(self.knowledge.topics.max_topics, 3);
    att_arena_clear(&self.rules);
}

/* ---- topics ---- */

static void spells_triggers(void **state)
{
    static const struct {
        const char *trigger, *spelling;
        bool wanted;
    } cases[] = {
        { "threat", "threats", true },
        { "policy", "policies", true },
        { "class", "classes", true },
        { "crisis", "crises", true },
        { "virus", "viruses", true },
        { "key", "keys", true },
        { "human rights", "human right", true },
        { "member states", "member state", true },
        { "goods", "good", false },
        { "news", "new", false },
        { "fired as", "fired a", false },
        { "raised its", "raised it", false },
        { "jailed MPs", "jailed MP", true },
        { "defence", "defense", true },
        { "missile defense", "missile defences", true },
        { "training programme", "training program", true },
        { "program", "programmes", true },
        { "labor market", "labour markets", true },
        { "organised crime", "organized crime", true },
        { "civilization", "civilisation", true },
        { "center", "centres", true },
        { "Defence", "Defense", true },
        { "ICBM", "ICBMs", true },
        { "hour", "hor", false },
        { "defense cooperation", "defence co-operation", true },
        { "defense cooperation", "defence cooperation", true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_str spellings[ATT_MOST_SPELLINGS];
        uint32_t count = att_spellings(&self.memory, att_str_of(cases[i].trigger), spellings);
        bool found = false;
        for (uint32_t k = 0; k < count; k++) found = found || att_str_is(spellings[k], cases[i].spelling);
        if (found != cases[i].wanted) fail_msg("%s: %s %s", cases[i].trigger, found ? "also is" : "is not", cases[i].spelling);
    }
}

/* TOPIC annotations as "topic:kind:text|…". */
static att_str topics_of(void)
{
    att_buf out = { .arena = &self.memory };
    for (uint32_t i = 0; i < self.doc.annotations.count; i++) {
        const att_annotation *a = &self.doc.annotations.items[i];
        if (a->layer != ATT_LAYER_TOPIC) continue;
        if (out.count) att_buf_byte(&out, '|');
        att_buf_add(&out, att_annotation_get(a, &self.knowledge.layers, ATT_KEY_TOPIC));
        att_buf_byte(&out, ':');
        att_buf_add(&out, att_annotation_get(a, &self.knowledge.layers, ATT_KEY_KIND));
        att_buf_byte(&out, ':');
        att_buf_add(&out, att_str_slice(self.doc.text, a->start, a->end));
    }
    return att_buf_str(&out);
}

static void marks_topics(void **state)
{
    static const struct {
        const char *what, *text, *want;
    } cases[] = {
        { "plural of a strong trigger", "They fired ballistic missiles today.", "missiles:strong:ballistic missiles" },
        { "support, and pair by its plural", "A missile and missiles.",
          "missiles:support:missile|missiles:pair+support:missiles" },
        { "hyphen is blank, both ways", "A cyber-threat and capacity building.",
          "cyber-threats:strong:cyber-threat|capacity-building:strong:capacity building" },
        { "American spelling", "New training programs began.", "capacity-building:strong:training programs" },
        { "the longest wins over topics", "A cyber policy.", "cyber-policy:strong:cyber policy" },
        { "a blocker", "He played a missile game.", "" },
        { "a capital needs a capital", "The NPT, not npt.", "multilateral-diplomacy:strong:NPT" },
        { "two topics of one trigger", "A summit.", "bilateral-relations:pair:summit|multilateral-diplomacy:pair:summit" },
        { "a part of a name is none, the whole is one", "The Ministry of Foreign Affairs and the State Department.",
          "courts:strong:State Department" },
        { "possessive behind it", "The policy's aim.", "courts:strong:policy" },
        { "a part of a hyphenated word", "A policy-driven aim.", "courts:strong:policy" },
        { "the first two words are one, the third only stands third", "A malicious-cyber activity.",
          "cyber-threats:strong:malicious-cyber activity" },
        { "of a chain the first of the longest", "A ballistic missile launch.", "missiles:strong:ballistic missile" },
        { "a blocker beside it", "A ballistic missile game.", "missiles:strong:ballistic missile" },
        { "no trigger over the end of a paragraph", "It was ballistic\n\nmissile by missile.",
          "missiles:support:missile|missiles:support:missile" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i].text, NULL);
        att_mark_topics(&self.knowledge, &self.doc, &self.vocabulary);
        expect_text(cases[i].what, topics_of(), cases[i].want);
    }
}

/* ---- countries ---- */

static void finds_countries(void **state)
{
    static const struct {
        const char *what, *text, *agency, *want;
    } cases[] = {
        { "name", "The Japanese Ministry of Foreign Affairs of course.", "Ministry of Foreign Affairs", "JPN name jpn-mofa" },
        { "entry", "Japan met the State Department.", "State Department", "USA entry usa-state" },
        { "owner before", "It was Japan's Ministry of Foreign Affairs and France.", "Ministry of Foreign Affairs",
          "JPN owner jpn-mofa" },
        { "owner behind", "France met the Ministry of Foreign Affairs of the Republic of Korea.", "Ministry of Foreign Affairs",
          "KOR owner kor-mofa" },
        { "list: the head's",
          "France and Japan met the U.S. Department of State, the National Police Agency, and the National Security Office.",
          "National Security Office", "USA list usa-nso" },
        { "list: of a child the parent's",
          "Japan's National Security Office and France's Ministry of Foreign Affairs, including the National Police Agency, "
          "met.",
          "National Police Agency", "FRA list fra-npa" },
        { "list: the first that has one", "The National Police Agency and the State Department met Japan.",
          "National Police Agency", "USA list usa-npa" },
        { "delegation", "With France the South Korean delegation included the Ministry of Foreign Affairs.",
          "Ministry of Foreign Affairs", "KOR delegation kor-mofa" },
        { "delegation, possessive", "For France, Japan's interagency team was led by the Ministry of Foreign Affairs.",
          "Ministry of Foreign Affairs", "JPN delegation jpn-mofa" },
        { "subject", "Japan was represented by the Ministry of Foreign Affairs in talks with France.",
          "Ministry of Foreign Affairs", "JPN subject jpn-mofa" },
        { "subject behind an opener", "In May, the Republic of Korea sent the National Police Agency to France.",
          "National Police Agency", "KOR subject kor-npa" },
        { "not before the verb", "The National Police Agency met Japan and France.", "National Police Agency", " null" },
        { "not of two", "Japan and France were represented by the National Police Agency.", "National Police Agency", " null" },
        { "sentence", "The National Police Agency spoke in Japan.", "National Police Agency", "JPN sentence jpn-npa" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i].text, NULL);
        att_groups groups;
        att_groups_make(&groups, &self.doc);
        att_link_agencies(&self.knowledge, &self.doc, &self.vocabulary, &groups);
        att_str span = part(cases[i].agency, 0);
        att_buf got = { .arena = &self.memory };
        for (uint32_t k = 0; k < self.doc.annotations.count; k++) {
            const att_annotation *a = &self.doc.annotations.items[k];
            if (a->layer != ATT_LAYER_AGENCY || a->start != span.data - self.doc.text.data) continue;
            att_str id = att_annotation_get(a, &self.knowledge.layers, ATT_KEY_ID);
            att_buf_format(&got, "%.*s %s%s%.*s", ATT_STR_ARG(att_annotation_get(a, &self.knowledge.layers, ATT_KEY_COUNTRY)),
                           att_country_step_names[a->country_by], a->country_by ? " " : "", id.data ? (int)id.length : 4,
                           id.data ? id.data : "null");
        }
        expect_text(cases[i].what, att_buf_str(&got), cases[i].want);
    }
}

/* A rule's longer mention takes the id of the name behind the country. */
static void knows_what_rules_find(void **state)
{
    (void)state;
    begin("France met the Republic of Korea Ministry of Foreign Affairs.", NULL);
    put(ATT_LAYER_AGENCY, part("Republic of Korea Ministry of Foreign Affairs", 0));
    resolve();
    for (uint32_t i = 0; i < self.doc.annotations.count; i++) {
        const att_annotation *a = &self.doc.annotations.items[i];
        if (a->layer == ATT_LAYER_AGENCY)
            expect_text("id", att_annotation_get(a, &self.knowledge.layers, ATT_KEY_ID), "kor-mofa");
    }
}

/* ---- officials ---- */

static void expect_official(uint32_t index, const char *name, const char *title, const char *agency, const char *agency_id,
                            const char *country, const char *office, const char *status)
{
    assert_in_range(index, 0, self.doc.officials.count - 1);
    const att_official *record = &self.doc.officials.items[index];
    expect_text("name", record->name, name);
    expect_text("title", record->title, title);
    expect_text("agency", record->agency, agency);
    expect_text("agency_id", record->agency_id, agency_id);
    expect_text("country", record->country, country);
    expect_text("office", record->office, office);
    expect_text("status", record->status, status);
}

static void merges_records(void **state)
{
    (void)state;
    begin("Secretary Blinken spoke. Then Secretary of State Antony Blinken left. Blinken is well. The Secretary slept.",
          "2024-01-19");
    put_official("Secretary", 0, "Blinken", 0, NULL, NULL);
    put_official("Secretary of State", 0, "Antony Blinken", 0, NULL, NULL);
    put(ATT_LAYER_PERSON, part("Blinken", 2));
    put(ATT_LAYER_TITLE, part("Secretary", 2));
    resolve();
    assert_int_equal(self.doc.officials.count, 1);
    expect_official(0, "Antony Blinken", "Secretary of State", NULL, "usa-state", "USA", "usa-secstate", "current");
    assert_int_equal(self.doc.officials.items[0].start, 0);
    const att_entity *person = &self.doc.entities.items[self.doc.officials.items[0].entity];
    assert_int_equal(person->layer, ATT_LAYER_PERSON);
    expect_text("fullest name", person->name, "Antony Blinken");
    assert_int_equal(person->mentions, 6);
}

static void writes_texts_on_one_line(void **state)
{
    (void)state;
    begin("Japan saw Envoy\nSato\n Ken.", "2024");
    put_official("Envoy", 0, "Sato\n Ken", 0, NULL, NULL);
    resolve();
    expect_official(0, "Sato Ken", "Envoy", NULL, NULL, "JPN", NULL, "current");
}

static void keeps_records_apart(void **state)
{
    (void)state;
    begin("President Joe Biden met Minister Cho. Vice President Jane Cho and Minister Kim Min and Minister Kim Lee came; "
          "Minister Kim left.",
          NULL);
    put_official("President", 0, "Joe Biden", 0, NULL, NULL);
    put_official("Minister", 0, "Cho", 0, NULL, NULL);
    put_official("Vice President", 0, "Jane Cho", 0, NULL, NULL);
    put_official("Minister", 1, "Kim Min", 0, NULL, NULL);
    put_official("Minister", 2, "Kim Lee", 0, NULL, NULL);
    put_official("Minister", 3, "Kim", 2, NULL, NULL);
    resolve();
    assert_int_equal(self.doc.officials.count, 6);
    expect_official(0, "Joe Biden", "President", NULL, NULL, "USA", "usa-president", NULL);
    assert_true(self.doc.officials.items[0].undated);
    assert_true(self.doc.officials.items[5].entity != self.doc.officials.items[4].entity);
}

static void knows_consorts(void **state)
{
    (void)state;
    begin("First Lady Jane Cho spoke. President Cho left. First Lady Cho waved.", NULL);
    put_official("First Lady", 0, "Jane Cho", 0, NULL, NULL);
    put_official("President", 0, "Cho", 1, NULL, NULL);
    resolve();
    assert_int_equal(self.doc.officials.count, 2);
    expect_official(0, "Jane Cho", "First Lady", NULL, NULL, NULL, NULL, NULL);
    expect_official(1, "Cho", "President", NULL, NULL, NULL, NULL, NULL);
    assert_true(self.doc.officials.items[0].entity != self.doc.officials.items[1].entity);
}

static void takes_agency_and_status(void **state)
{
    static const struct {
        const char *what, *text, *title, *name, *agency, *want_agency, *id, *country, *status;
    } cases[] = {
        { "agency in the text",
          "U.S. Deputy Assistant Secretary in the Bureau of Cyberspace and Digital Policy Liesyl Franz met France.",
          "Deputy Assistant Secretary", "Liesyl Franz", "Bureau of Cyberspace and Digital Policy",
          "Bureau of Cyberspace and Digital Policy", "usa-state-cdp", "USA", "current" },
        { "agency's country", "Japan's Ministry of Foreign Affairs Envoy Sato Ken met France.", "Envoy", "Sato Ken",
          "Ministry of Foreign Affairs", "Ministry of Foreign Affairs", "jpn-mofa", "JPN", "current" },
        { "owner behind, former", "France saw former Envoy of Japan, Sato Ken.", "Envoy", "Sato Ken", NULL, NULL, NULL, "JPN",
          "former" },
        { "former before a country", "The former Japanese Envoy Sato Ken met France.", "Envoy", "Sato Ken", NULL, NULL, NULL,
          "JPN", "former" },
        { "then", "France met then Envoy of Japan, Sato Ken.", "Envoy", "Sato Ken", NULL, NULL, NULL, "JPN", "former" },
        { "acting", "France met Acting Envoy Sato Ken of Japan there.", "Acting Envoy", "Sato Ken", NULL, NULL, NULL, NULL,
          "acting" },
        { "nominee", "Japanese Envoy nominee Sato Ken met France.", "Envoy", "Sato Ken", NULL, NULL, NULL, "JPN", "designate" },
        { "a body of several states", "UN Envoy Sato Ken met France.", "Envoy", "Sato Ken", NULL, NULL, NULL, "IGO:UN",
          "current" },
        { "an office of such a body", "Secretary-General Guterres met France.", "Secretary-General", "Guterres", NULL, NULL,
          "igo-un", "IGO:UN", "current" },
        { "term not begun", "Secretary of State Marco Rubio met France.", "Secretary of State", "Marco Rubio", NULL, NULL,
          "usa-state", "USA", "designate" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i].text, "2024-01-19");
        put_official(cases[i].title, 0, cases[i].name, 0, cases[i].agency, NULL);
        resolve();
        assert_int_equal(self.doc.officials.count, 1);
        const att_official *record = &self.doc.officials.items[0];
        expect_text(cases[i].what, record->agency, cases[i].want_agency);
        expect_text(cases[i].what, record->agency_id, cases[i].id);
        if (cases[i].country) expect_text(cases[i].what, record->country, cases[i].country);
        expect_text(cases[i].what, record->status, cases[i].status);
    }
}

/* ---- coreference ---- */

static uint32_t entity_at(uint32_t layer, const char *text, int nth)
{
    uint32_t start = (uint32_t)(part(text, nth).data - self.doc.text.data);
    for (uint32_t i = 0; i < self.doc.annotations.count; i++)
        if (self.doc.annotations.items[i].layer == layer && self.doc.annotations.items[i].start == start)
            return self.doc.annotations.items[i].entity;
    fail_msg("no annotation at '%s'", text);
    return ATT_NONE;
}

static void joins_persons(void **state)
{
    (void)state;
    begin("Cho said so. Rhee Dong-yeol met Ann Cho, Kim Ra and Kim Bo. Rhee spoke. Kim did. Dong-yeol Rhee.", NULL);
    static const struct {
        const char *text;
        int nth;
    } persons[] = { { "Cho", 0 },    { "Rhee Dong-yeol", 0 }, { "Ann Cho", 0 }, { "Kim Ra", 0 },
                    { "Kim Bo", 0 }, { "Rhee", 1 },           { "Kim", 2 } };
    for (size_t i = 0; i < sizeof persons / sizeof *persons; i++) put(ATT_LAYER_PERSON, part(persons[i].text, persons[i].nth));
    resolve();
    assert_int_equal(entity_at(ATT_LAYER_PERSON, "Cho", 0), entity_at(ATT_LAYER_PERSON, "Ann Cho", 0));
    assert_int_equal(entity_at(ATT_LAYER_PERSON, "Rhee", 1), entity_at(ATT_LAYER_PERSON, "Rhee Dong-yeol", 0));
    assert_int_not_equal(entity_at(ATT_LAYER_PERSON, "Kim", 2), entity_at(ATT_LAYER_PERSON, "Kim Ra", 0));
    assert_int_not_equal(entity_at(ATT_LAYER_PERSON, "Kim", 2), entity_at(ATT_LAYER_PERSON, "Kim Bo", 0));
    expect_text("the fuller name", self.doc.entities.items[entity_at(ATT_LAYER_PERSON, "Cho", 0)].name, "Ann Cho");
}

static void joins_acronyms_and_titles(void **state)
{
    (void)state;
    begin("The Office of Arms Rules (OAR) met Envoy Sato Ken of Japan. OAR and the Envoy agreed; the Envoy of France did not.",
          NULL);
    put(ATT_LAYER_AGENCY, part("Office of Arms Rules", 0));
    put(ATT_LAYER_AGENCY, part("OAR", 0));
    put(ATT_LAYER_AGENCY, part("OAR", 1));
    put_official("Envoy", 0, "Sato Ken", 0, NULL, "JPN");
    put(ATT_LAYER_TITLE, part("Envoy", 1));
    put(ATT_LAYER_TITLE, part("Envoy", 2));
    resolve();
    assert_int_equal(entity_at(ATT_LAYER_AGENCY, "OAR", 1), entity_at(ATT_LAYER_AGENCY, "Office of Arms Rules", 0));
    assert_int_equal(entity_at(ATT_LAYER_TITLE, "Envoy", 1), entity_at(ATT_LAYER_PERSON, "Sato Ken", 0));
    assert_int_not_equal(entity_at(ATT_LAYER_TITLE, "Envoy", 2), entity_at(ATT_LAYER_PERSON, "Sato Ken", 0));
}

static void joins_no_title_to_who_works_for_it(void **state)
{
    (void)state;
    begin("Sato Ken, Spokesperson for the Envoy, spoke. The Envoy and the Spokesperson left.", NULL);
    put_official("Spokesperson for the Envoy", 0, "Sato Ken", 0, NULL, "JPN");
    put(ATT_LAYER_TITLE, part("Envoy", 1));
    put(ATT_LAYER_TITLE, part("Spokesperson", 1));
    resolve();
    assert_int_not_equal(entity_at(ATT_LAYER_TITLE, "Envoy", 1), entity_at(ATT_LAYER_PERSON, "Sato Ken", 0));
    assert_int_equal(entity_at(ATT_LAYER_TITLE, "Spokesperson", 1), entity_at(ATT_LAYER_PERSON, "Sato Ken", 0));
}

/* ---- themes ---- */

static void put_theme(const char *trigger, int nth, const char *topic, const char *actors, const char *role,
                      const char *modality)
{
    att_annotation *theme = put(ATT_LAYER_THEME, part(trigger, nth));
    set(theme, "topic", att_str_of(topic));
    if (actors) set(theme, "actors", att_str_of(actors));
    if (role) set(theme, "role", att_str_of(role));
    if (modality) set(theme, "modality", att_str_of(modality));
}

/* Topics, then the joins, then all that follows. */
static void make_themes(void)
{
    sort();
    att_make_themes(&self.knowledge, &self.doc, &self.vocabulary);
}

/* "theme role modality score*|…" with a star for document topics. */
static att_str themes_of(void)
{
    att_buf out = { .arena = &self.memory };
    for (uint32_t i = 0; i < self.doc.themes.count; i++) {
        const att_theme *theme = &self.doc.themes.items[i];
        att_buf_format(&out, "%s%.*s %.*s %.*s %d%s", i ? "|" : "", ATT_STR_ARG(theme->theme),
                       theme->role.data ? (int)theme->role.length : 1, theme->role.data ? theme->role.data : "-",
                       ATT_STR_ARG(theme->modality), (int)theme->score, theme->document_topic ? "*" : "");
    }
    return att_buf_str(&out);
}

static att_str names_of(const att_strs *names)
{
    att_buf out = { .arena = &self.memory };
    for (uint32_t i = 0; i < names->count; i++) att_buf_format(&out, "%s%.*s", i ? " " : "", ATT_STR_ARG(names->items[i]));
    return att_buf_str(&out);
}

static const char filler[] = "They had a long day in the hills and said that the weather had been fine all week for walks.";

static void makes_themes(void **state)
{
    (void)state;
    begin(
        att_str_format(&self.rules,
                       "Cyber threats grow\n\n%s There were cyber threats from the DPRK. A launcher stood there. The launcher "
                       "went. It was a long way.\n\nThe missiles of the DPRK, a rocket. We saw no ICBM. %s",
                       filler, filler)
            .data,
        NULL);
    resolve();
    put_theme("cyber threats", 0, "cyber-threats", "PRK", "source", NULL);
    put_theme("missiles", 0, "missiles", "PRK", "source", NULL);
    put_theme("ICBM", 0, "missiles", "PRK", "source", "negated");
    make_themes();
    expect_text("themes", themes_of(),
                "cyber-threats - asserted 3*|cyber-threats/PRK source asserted 3*|"
                "missiles/PRK source negated 2*|missiles/PRK source asserted 1*");
    expect_text("topics", names_of(&self.doc.topics), "cyber-threats missiles");
    expect_text("views", names_of(&self.doc.views), "dprk pair");
    expect_text("label", self.doc.themes.items[1].label, "DPRK: cyber threats");
    expect_text("label without actors", self.doc.themes.items[0].label, "Cyber threats");
    expect_text("trigger", self.doc.themes.items[1].evidence[0].trigger, "cyber threats");
    expect_text("about", names_of(&self.doc.about), "PRK");
}

static void gates_and_counts(void **state)
{
    static const struct {
        const char *what, *text, *want;
    } cases[] = {
        { "a support trigger alone", "%s\n\nThe launcher stood there.", "" },
        { "support in the next sentence", "%s\n\nAn ICBM flew. The launcher stood.", "missiles - asserted 3*" },
        { "support in the sentence before", "%s\n\nThe launcher stood. An ICBM flew.", "missiles - asserted 3*" },
        { "support two sentences away", "%s\n\nThe launcher stood. It did. An ICBM flew.", "missiles - asserted 2*" },
        { "a pair trigger alone", "%s\n\nThe rocket and the summit.", "" },
        { "pair and support in one form", "%s\n\nAn ICBM and missiles.", "missiles - asserted 3*" },
        { "a trigger counts twice at most", "%s\n\nAn ICBM, an ICBM, two ICBMs.", "missiles - asserted 4*" },
        { "in the first paragraph", "An ICBM flew over the old town today and %s", "missiles - asserted 3*" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *cut = strstr(cases[i].text, "%s");
        begin(att_str_format(&self.rules, "%.*s%s%s", (int)(cut - cases[i].text), cases[i].text, filler, cut + 2).data, NULL);
        resolve();
        make_themes();
        expect_text(cases[i].what, themes_of(), cases[i].want);
    }
}

static void applies_the_document_rule(void **state)
{
    (void)state;
    att_buf text = { .arena = &self.rules };
    for (int i = 0; i < 30; i++) att_buf_add(&text, att_str_of(filler));
    att_str hills = att_str_copy(&self.rules, att_buf_str(&text));
    static const struct {
        const char *what, *end, *want;
    } cases[] = {
        { "one mention in many words is passing", "An ICBM flew.", "" },
        { "two forms are enough", "An ICBM flew after a missile launch.", "missiles" },
        { "singular and plural are one form", "An ICBM flew after ICBMs.", "" },
        { "historical ones do not count", "An ICBM flew long ago after a missile launch.", "" },
        { "as many as words ask for", "An ICBM, an ICBM, an ICBM, an ICBM flew.", "missiles" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(att_str_format(&self.rules, "%.*s\n\n%s", ATT_STR_ARG(hills), cases[i].end).data, NULL);
        resolve();
        if (strstr(cases[i].end, "long ago")) put_theme("missile launch", 0, "missiles", "PRK", "source", "historical");
        make_themes();
        expect_text(cases[i].what, names_of(&self.doc.topics), cases[i].want);
    }
}

static void chooses_between_talks(void **state)
{
    static const struct {
        const char *actors, *want;
    } cases[] = {
        { "JPN+USA", "bilateral-relations/JPN+USA" },
        { "ASEAN", "multilateral-diplomacy/ASEAN" },
        { "JPN+KOR+USA", "multilateral-diplomacy/JPN+KOR+USA" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin("They went to the summit.", NULL);
        resolve();
        put_theme("summit", 0, "bilateral-relations", cases[i].actors, "party", NULL);
        put_theme("summit", 0, "multilateral-diplomacy", cases[i].actors, "forum", NULL);
        make_themes();
        assert_int_equal(self.doc.themes.count, 1);
        expect_text(cases[i].actors, self.doc.themes.items[0].theme, cases[i].want);
    }
}

/* A title from the metadata is a headline for topics and for `about`, but makes no theme. */
static void reads_a_title_beside_the_text(void **state)
{
    (void)state;
    begin(filler, NULL);
    self.doc.title = ATT_STR("DPRK ballistic missiles and South Korea");
    resolve();
    make_themes();
    expect_text("topics", names_of(&self.doc.topics), "missiles");
    expect_text("about", names_of(&self.doc.about), "KOR PRK");
    assert_int_equal(self.doc.themes.count, 0);
}

int main(void)
{
    const struct CMUnitTest on_rules[] = {
        cmocka_unit_test(finds_the_office),
        cmocka_unit_test(folds_names_to_plain_letters),
        cmocka_unit_test(tells_the_status),
        cmocka_unit_test(offices_know_their_country),
        cmocka_unit_test(spells_triggers),
        cmocka_unit_test(marks_topics),
        cmocka_unit_test(finds_countries),
        cmocka_unit_test(knows_what_rules_find),
        cmocka_unit_test(merges_records),
        cmocka_unit_test(keeps_records_apart),
        cmocka_unit_test(knows_consorts),
        cmocka_unit_test(takes_agency_and_status),
        cmocka_unit_test(writes_texts_on_one_line),
        cmocka_unit_test(joins_persons),
        cmocka_unit_test(joins_acronyms_and_titles),
        cmocka_unit_test(joins_no_title_to_who_works_for_it),
        cmocka_unit_test(makes_themes),
        cmocka_unit_test(gates_and_counts),
        cmocka_unit_test(applies_the_document_rule),
        cmocka_unit_test(chooses_between_talks),
        cmocka_unit_test(reads_a_title_beside_the_text),
    };
    const struct CMUnitTest of_loading[] = { cmocka_unit_test(reports_bad_blocks), cmocka_unit_test(reads_good_blocks) };
    int failed = cmocka_run_group_tests_name("resolve", on_rules, load, unload);
    return failed + cmocka_run_group_tests_name("blocks", of_loading, NULL, NULL);
}
