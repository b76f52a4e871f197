/* test_rules.c - rule files to trees: what is wrong is found where it stands; what is good becomes the tree that was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cascade/rule_check.h"
#include "cascade/rule_parse.h"

/* The pipeline and the packs that all cases see; their pack is `t`, which needs `base` only. */
static const char pipeline[] = "pipeline\n"
                               "  stage lists      longest  COUNTRY DEMONYM AGENCY\n"
                               "  stage names      longest  AGENCY ORG\n"
                               "  stage chains     longest  AGENCY\n"
                               "  stage officials  longest  OFFICIAL PERSON TITLE\n"
                               "  stage aliases    longest  AGENCY PERSON\n"
                               "  resolve\n"
                               "  stage themes     longest  THEME\n"
                               "layer COUNTRY DEMONYM\n  field code: code\n"
                               "layer AGENCY\n  field id: id, country: code, parent: id\n"
                               "layer PERSON\n  field name\n"
                               "layer OFFICIAL\n  field name, title, agency, country: code\n"
                               "layer THEME\n  field topic: id, actors, role\n";
static const char base[] = "pack base\n"
                           "list unit\n  note ok C02: for the cases\n  \"Ministry\" \"Department\" \"Office of State\"\n"
                           "list none\n  note ok C02: for the cases\n"
                           "list long\n  note ok C02: for the cases\n  Ministry of Defense\n"
                           "phrase nation = @COUNTRY | @DEMONYM\n  note ok C02: for the cases\n"
                           "phrase opt = [cap]?\n  note ok C02: for the cases\n"
                           "phrase two = a:nation \"and\" b:nation\n  note ok C02: for the cases\n";
static const char far_away[] = "pack far\nlist hidden\n  note ok C02: for the cases\n  \"x\"\n"
                               "phrase far-phrase = \"x\"\n  note ok C02: for the cases\n";

typedef struct {
    att_guard guard;
    att_arena arena;
    att_diags diags;
    att_rule_files files;
    att_knowledge knowledge;
    att_rules rules;
    att_str text, overlay;
    att_buf out;
} bench;

static int failures; /* all cases of a table run; then this is 0 */

static void add_file(bench *self, const char *pack, const char *name, att_file_kind kind, att_str text, bool overlay)
{
    att_str path = att_str_format(&self->arena, "%s/%s", pack, name);
    ATT_RESERVE(&self->arena, &self->files, 1);
    self->files.items[self->files.count++] = (att_rule_file){ .source = att_source_new(&self->arena, path, text),
                                                              .pack = att_str_of(pack),
                                                              .name = att_str_of(name),
                                                              .kind = kind,
                                                              .overlay = overlay };
}

static void load(void *argument)
{
    bench *self = argument;
    self->out = (att_buf){ .arena = &self->arena };
    att_diags_init(&self->diags, &self->arena);
    add_file(self, "", "pipeline.rules", ATT_FILE_RULES, att_str_of(pipeline), false);
    add_file(self, "base", "pack.rules", ATT_FILE_RULES, att_str_of(base), false);
    add_file(self, "far", "pack.rules", ATT_FILE_RULES, att_str_of(far_away), false);
    add_file(self, "t", "a.rules", ATT_FILE_RULES, ATT_STR("pack t\n  needs base\n"), false);
    add_file(self, "t", "lists/roles.txt", ATT_FILE_LIST, ATT_STR("# roles\nMinister\nDeputy Minister  # two words\n\n"),
             false);
    add_file(self, "t", "t.rules", ATT_FILE_RULES, self->text, false);
    if (self->overlay.data) add_file(self, "o", "o.rules", ATT_FILE_RULES, self->overlay, true);
    att_knowledge_load(&self->knowledge, &self->arena, &self->diags, &self->files);
    att_rules_read(&self->rules, &self->knowledge);
    att_rules_check(&self->rules, &self->knowledge);
}

static void start(bench *self, att_str text)
{
    *self = (bench){ .text = text };
    att_arena_init(&self->arena, &self->guard, 0);
}

static void run(bench *self, void (*work)(void *))
{
    assert_int_equal(att_guard_run(&self->guard, work, self), ATT_OK);
}

/* ---- findings ---- */

static void write_finding(void *user, const att_finding *finding)
{
    att_buf *out = user;
    if (!*finding->code) return;
    att_buf_format(out, "%s%s %u:%u", out->count ? ", " : "", finding->code, finding->line, finding->column);
}

static void load_and_list(void *argument)
{
    bench *self = argument;
    load(self);
    att_diags_send(&self->diags, &self->arena, write_finding, &self->out);
}

/* Findings of a text as "CODE line:column, …". */
static void expect_findings(const char *what, att_str text, const char *want)
{
    bench self;
    start(&self, text);
    run(&self, load_and_list);
    att_str got = att_buf_str(&self.out);
    if (!att_str_is(got, want)) {
        print_error("%s\n  want %s\n  got  %.*s\n", what, want, ATT_STR_ARG(got));
        for (uint32_t i = 0; i < self.diags.count; i++) print_error("    %s\n", self.diags.items[i].message.data);
    }
    failures += !att_str_is(got, want);
    att_arena_clear(&self.arena);
}

/* A rule around a pattern; the pattern starts at 3:12. */
#define RULE(pattern) "rule r\n  stage    names\n  match    " pattern "\n  make     ORG\n"

static const struct {
    const char *what, *text, *want;
} findings[] = {
    { "a good rule", RULE("<unit> \"of\" [cap]+"), "" },
    { "no rules at all", "", "" },
    /* what can't be read */
    { "a tab", "rule r\n\tstage names\n", "S001 2:1" },
    { "an unknown block", "ruel r\n  stage names\n", "S002 1:1" },
    { "a line that no rule has", "rule r\n  stage names\n  mach \"x\"\n  match \"x\"\n  make ORG\n", "S005 3:3" },
    { "a name with a capital", "rule Rule\n  stage names\n", "S006 1:6" },
    { "something behind the name", "rule r too\n  stage names\n  match \"x\"\n  make ORG\n", "S030 1:7" },
    { "an unclosed string", RULE("\"of [cap]"), "S007 3:12" },
    { "an unclosed exact", RULE("\"a\" 'May"), "S007 3:16" },
    { "an unclosed regex", RULE("/[0-9]+"), "S007 3:12" },
    { "a backslash at the end", RULE("\"a\\"), "S007 3:12" },
    { "an unclosed group", RULE("( \"a\" | \"b\""), "S032 3:12" },
    { "an unclosed set", RULE("[cap & lower"), "S032 3:12" },
    { "a group closed twice", RULE("( \"a\" ) )"), "S030 3:20" },
    { "a set closed twice", RULE("[cap] ]"), "S030 3:18" },
    { "an empty match", RULE(""), "S011 3:3" },
    { "an empty group", RULE("\"a\" ( )"), "S035 3:18" },
    { "an empty alternative", RULE("\"a\" | | \"b\""), "S035 3:18" },
    { "an alternative that the line ends in", RULE("\"a\" |"), "S035 3:17" },
    { "an empty set", RULE("[]"), "S035 3:12" },
    { "a set that begins with &", RULE("[& cap]"), "S030 3:13" },
    { "an empty string", RULE("\"\""), "S015 3:12" },
    { "an empty regex", RULE("[//]"), "S035 3:13" },
    { "a repeat of nothing", RULE("* \"a\""), "S030 3:12" },
    { "a repeat that ends too early", RULE("[cap]{2"), "S033 3:17" },
    { "a repeat without an end", RULE("[cap]{2,}"), "S033 3:17" },
    { "a repeat from more to fewer", RULE("[cap]{3,1}"), "S033 3:17" },
    { "a repeat of no times", RULE("[cap]{0} \"a\""), "S033 3:17" },
    { "a repeat of many times", RULE("[cap]{0,100000} \"a\""), "S033 3:17" },
    { "a number beyond all bounds", RULE("[cap]{99999999999999999999} \"a\""), "S033 3:18" },
    { "a repeat behind a repeat", RULE("[cap]+?"), "S033 3:18" },
    { "a gap without a bound", RULE("\"a\" .. \"b\""), "S030 3:19" },
    { "a gap over half a page", RULE("\"a\" ..500 \"b\""), "S033 3:18" },
    { "a repeated gap", RULE("\"a\" ..3? \"b\""), "S033 3:19" },
    { "a list without its end", RULE("<unit \"of\""), "S030 3:18" },
    { "a curly quotation mark", RULE("“of”"), "S030 3:12" },
    { "a word without quotation marks", RULE("Ministry \"of\""), "S030 3:12" },
    { "a layer without @", RULE("AGENCY"), "S030 3:12" },
    { "len without a number", RULE("[len=cap]"), "S030 3:17" },
    { "len from more to fewer", RULE("[len=5..2]"), "S033 3:20" },
    { "a capture of nothing", RULE("x: )"), "S030 3:15" },
    { "a capture with a meaning of its own", RULE("or:\"a\""), "S006 3:12" },
    { "seventeen captures",
      RULE("a:\"a\" b:\"a\" c:\"a\" d:\"a\" e:\"a\" f:\"a\" g:\"a\" h:\"a\" i:\"a\" j:\"a\" k:\"a\" l:\"a\" m:\"a\" n:\"a\" "
           "o:\"a\" p:\"a\" q:\"a\""),
      "S021 3:108" },
    { "a byte that is no symbol", RULE("\"a\" ; \"b\""), "S030 3:16" },
    { "no stage", "rule r\n  match \"x\"\n  make ORG\n", "S036 1:6" },
    { "no match", "rule r\n  stage names\n  make ORG\n", "S036 1:6" },
    { "no make", "rule r\n  stage names\n  match \"x\"\n", "S036 1:6" },
    { "two matches", RULE("\"x\"") "  match \"y\"\n", "S037 5:3" },
    { "make without a layer", "rule r\n  stage names\n  match x:\"x\"\n  make name=x\n", "S030 4:8" },
    { "make without a value", "rule r\n  stage chains\n  match \"x\"\n  make AGENCY id=\n", "S030 4:18" },
    { "make with a word for a value", "rule r\n  stage chains\n  match \"x\"\n  make AGENCY id=USA\n", "S030 4:18" },
    { "a field given twice", "rule r\n  stage chains\n  match \"x\"\n  make AGENCY id=\"a\" id=\"b\"\n", "S037 4:22" },
    { "a tier that is none", RULE("\"x\"") "  tier overide\n", "S004 5:8" },
    { "a region that is none", RULE("\"x\"") "  inside sentences\n", "S004 5:10" },
    { "a condition cut short", RULE("x:\"x\"") "  where x =\n", "S030 5:12" },
    { "a condition without a comparison", RULE("x:\"x\"") "  where x\n", "S030 5:10" },
    { "and without a right side", RULE("x:\"x\"") "  where x = \"y\" and\n", "S030 5:20" },
    { "ambiguous in a rule", RULE("x:\"x\"") "  where ambiguous\n", "C01 5:9, S030 5:18" },
    { "office with one argument", RULE("x:\"x\"") "  where office(x).id = \"y\"\n", "S030 5:9" },
    { "office without a field", RULE("x:\"x\"") "  where office(x, x) = \"y\"\n", "S030 5:22" },
    { "known with two", RULE("x:\"x\"") "  where known(x, x)\n", "S030 5:9" },
    { "each without {item}",
      "expand e\n  stage chains\n  lead \"a\"\n  item \"b\"\n  final \"c\"\n  each \"Office\"\n  make AGENCY on item\n",
      "S004 6:8" },
    { "an expand without its parts", "expand e\n  stage chains\n  lead \"a\"\n", "S036 1:8" },
    { "an alias without its parts", "alias a\n  stage aliases\n", "S036 1:7" },
    { "a form that is none", "alias a\n  stage aliases\n  of PERSON\n  form last-word, lastword\n", "S004 4:19" },
    { "a scope that is none", "alias a\n  stage aliases\n  of PERSON\n  form last-word\n  scope before\n", "S004 5:9" },
    { "a phrase without =", "phrase p \"a\"\n" RULE("p"), "S030 1:10" },
    { "a phrase with a line", "phrase p = \"a\"\n  \"b\"\n" RULE("p"), "S005 2:3" },
    { "a list's phrase without an end", "list l\n  \"a\" \"b\n" RULE("<l>"), "S007 2:7" },
    { "a list's phrases without blanks", "list l\n  \"a\"\"b\"\n" RULE("<l>"), "S007 2:3" },
    { "not UTF-8", "rule r\n  stage n\xff\n", "S013 2:10" },
    /* names */
    { "an unknown layer", RULE("@AGENCI"), "C01 3:13" },
    { "an unknown layer in a set", RULE("[!@AGENCI & cap]"), "C01 3:15" },
    { "an unknown layer in make", "rule r\n  stage names\n  match \"x\"\n  make ORGS\n", "C01 4:8" },
    { "an unknown layer in block", "rule r\n  stage names\n  match \"x\"\n  block AGENCY ORGS\n", "C01 4:16" },
    { "an unknown list", RULE("<units>"), "C01 3:13" },
    { "an unknown list in a set", RULE("[cap & !<units>]"), "C01 3:21" },
    { "an unknown list in a condition", RULE("x:\"x\"") "  where x in <units>\n", "C01 5:15" },
    { "an unknown phrase", RULE("nations"), "C01 3:12" },
    { "a class without brackets", RULE("cap"), "C01 3:12" },
    { "a list without brackets", RULE("unit"), "C01 3:12" },
    { "an unknown class", RULE("[caps]"), "C01 3:13" },
    { "an unknown stage", "rule r\n  stage nams\n  match \"x\"\n  make ORG\n", "C01 2:9" },
    { "an unknown capture in make", "rule r\n  stage chains\n  match nat:nation\n  make AGENCY country=nation.code\n",
      "C01 4:23" },
    { "an unknown capture behind on", "rule r\n  stage chains\n  match unit:\"x\"\n  make AGENCY on units\n", "C01 4:18" },
    { "an unknown capture in where", RULE("x:\"x\"") "  where y = \"y\"\n", "C01 5:9" },
    { "an unknown field", "rule r\n  stage chains\n  match x:\"x\"\n  make AGENCY contry=x\n", "C01 4:15" },
    { "an unknown field of a capture", "rule r\n  stage chains\n  match x:nation\n  make AGENCY country=x.cod\n", "C01 4:25" },
    { "an unknown field of @LAYER", RULE("@AGENCY(ids=usa-state)"), "C01 3:20" },
    { "no value behind a bar", RULE("@AGENCY(id=usa-state | )"), "S030 3:35" },
    { "an unknown field of office()", RULE("x:\"x\"") "  where office(x, x).name = \"y\"\n", "C01 5:22" },
    { "an unknown function", RULE("x:\"x\"") "  where offices(x, x) = \"y\"\n", "C01 5:9" },
    { "an unknown fact", RULE("x:\"x\"") "  where doc(\"data\") = \"y\"\n", "C01 5:13" },
    { "an unknown rule", RULE("\"x\"") "  beats q\n", "C01 5:9" },
    { "an unknown list file", "list l\n  file lists/rolls.txt\n" RULE("<l>"), "C01 2:8" },
    { "a list of a pack that isn't needed", RULE("<hidden>"), "C01 3:13" },
    { "a phrase of a pack that isn't needed", RULE("far-phrase"), "C01 3:12" },
    { "all in one run", RULE("<units> nations [caps]") RULE("\"x\"") "rule q\n  stage nams\n  match (\n  make\n",
      "C01 3:13, C01 3:20, C01 3:29, S010 5:6, C01 10:9, S035 11:10, S011 12:3" },
    { "a second rule of a name", RULE("\"x\"") RULE("\"y\""), "S010 5:6" },
    { "a second phrase of a name", "phrase p = \"a\"\nphrase p = \"b\"\n" RULE("p"), "S010 2:8" },
    { "a phrase that contains itself", "phrase p = \"a\" p\n" RULE("p"), "C11 1:16" },
    { "phrases that contain each other", "phrase p = \"a\" q\nphrase q = p | \"b\"\n" RULE("p"), "C11 2:12" },
    { "a broken phrase tells once", "phrase p = ( \"a\"\n" RULE("p p") "rule q\n  stage names\n  match p\n  make ORG\n",
      "S032 1:12" },
    /* C02 */
    { "a list nobody uses", "list l\n  \"a\"\n", "C02 1:6" },
    { "a phrase nobody uses", "phrase p = \"a\"\n", "C02 1:8" },
    { "a list only a condition uses", "list l\n  \"a\"\n" RULE("x:\"x\"") "  where x in <l>\n", "" },
    { "silenced", "list l\n  note ok C02: for later\n  \"a\"\n", "" },
    { "a note that silences something else", "list l\n  note ok C03: for later\n  \"a\"\n", "C02 1:6" },
    /* C05 */
    { "lower and upper", RULE("[lower & upper]"), "C05 3:13" },
    { "cap and lower in the second alternative", RULE("[num | cap & lower]"), "C05 3:19" },
    { "a class and not what it implies", RULE("[cap & !word]"), "C05 3:13" },
    { "inside a layer and not", RULE("[cap] [@AGENCY & !@AGENCY]"), "C05 3:20" },
    { "two words at once", RULE("[\"a\" & \"b\"]"), "C05 3:13" },
    { "a word that is a mark", RULE("[\"a\" & punct]"), "C05 3:13" },
    { "a word that is a number", RULE("[num & \"zorb\"]"), "C05 3:13" },
    { "a word in any case may be all in capitals", RULE("[upper & \"zorb\"]"), "" },
    { "one letter may be an initial", RULE("[initial & \"z\"]"), "" },
    { "a long word is no initial", RULE("[\"zorbs\" & initial]"), "C05 3:13" },
    { "a number that is none", RULE("[\"17\" & !num]"), "C05 3:13" },
    { "a number has no capitals", RULE("[\"17\" & cap]"), "C05 3:13" },
    { "an exact word with its capitals", RULE("['Zorb' & cap & !upper]"), "" },
    { "an exact word without its capitals", RULE("['Zorb' & lower]"), "C05 3:13" },
    { "a mark that is another", RULE("[\",\" & dash]"), "C05 3:13" },
    { "a mark that is one", RULE("[\",\" & comma | \"'s\" & poss | \"7th\" & ordinal | \"co-op\" & hyphen]"), "" },
    { "a hyphen that is not there", RULE("[\"zorb\" & hyphen]"), "C05 3:13" },
    { "no length", RULE("[len=1..3 & len=5]"), "C05 3:13" },
    { "not any", RULE("[!any]"), "C05 3:13" },
    { "an empty list", RULE("<none>"), "C05 3:12" },
    { "no single word in the list", RULE("[<long>]"), "C05 3:13" },
    { "two tokens in a set", RULE("[\"prime minister\"]"), "C05 3:13" },
    { "end in a match", RULE("\"a\" [end]"), "C05 3:17" },
    { "end in a context", RULE("\"a\"") "  followed-by [end]\n", "" },
    { "end and more", RULE("\"a\"") "  followed-by [end & cap]\n", "C05 5:16" },
    { "a contradiction in a phrase tells once", "phrase p = [lower & cap]\n" RULE("p p"), "C05 1:13" },
    /* C06 */
    { "an empty match possible", RULE("[cap]?"), "C06 3:12" },
    { "all parts may be missing", RULE("[cap]* ( \"a\" | [num]? )"), "C06 3:12" },
    { "a gap alone", RULE("..4"), "C06 3:12" },
    { "an unbounded group", RULE("( \"a\" \"b\" )+"), "C06 3:23" },
    { "an unbounded phrase", RULE("nation*  \"a\""), "C06 3:18" },
    { "an unbounded list", RULE("<unit>* \"a\""), "" },
    { "an unbounded layer", RULE("@COUNTRY+"), "" },
    { "a context that is always met", RULE("\"a\"") "  followed-by [cap]?\n", "C06 5:15" },
    { "a capture that may be empty", RULE("x:( [cap]? [num]? ) \"a\""), "C06 3:16" },
    /* C07 */
    { "a layer that is written later", RULE("@PERSON"), "C07 3:13" },
    { "a layer of the same stage", "rule r\n  stage names\n  match [!@ORG]\n  make ORG\n", "C07 3:12" },
    { "a region of a later layer", RULE("\"a\"") "  inside PERSON\n", "C07 5:10" },
    { "known() before there are persons", RULE("x:\"a\"") "  where known(x)\n", "C07 5:9" },
    { "a layer that the stage doesn't list", "rule r\n  stage names\n  match \"a\"\n  make PERSON\n", "C07 4:8" },
    { "an alias of what comes later", "alias a\n  stage names\n  of PERSON\n  form last-word\n", "C07 1:7, C07 1:7" },
    /* C08 */
    { "a capture that may be missing", "rule r\n  stage chains\n  match x:nation? \"a\"\n  make AGENCY country=x\n",
      "C08 4:23" },
    { "or null", "rule r\n  stage chains\n  match x:nation? \"a\"\n  make AGENCY country=x or null\n", "" },
    { "a field of it", "rule r\n  stage chains\n  match x:nation? \"a\"\n  make AGENCY country=x.code\n", "" },
    { "in one alternative only", "rule r\n  stage chains\n  match ( x:\"a\" | \"b\" )\n  make AGENCY id=x\n", "C08 4:18" },
    { "in both", "rule r\n  stage chains\n  match ( x:\"a\" | x:\"b\" )\n  make AGENCY id=x\n", "" },
    { "on itself", "rule r\n  stage chains\n  match \"a\" x:[cap]{0,3}\n  make AGENCY on x id=x\n", "" },
    { "bound by a context", "rule r\n  stage chains\n  match \"a\"\n  followed-by x:[cap]\n  make AGENCY id=x\n", "" },
    { "in a context that must not hold", RULE("\"a\"") "  not-followed-by x:[cap]\n", "C08 5:19" },
    { "in a phrase in such a context", RULE("\"a\"") "  not-followed-by two\n", "C08 5:19" },
    /* C09 */
    { "a regex that refers back", RULE("/(a)\\1/"), "C09 3:12" },
    { "a regex that looks behind", RULE("[/(?<=a)b+/]"), "C09 3:13" },
    { "repeats in a repeat", RULE("/(a+b?)+/"), "C09 3:12" },
    { "in any case", RULE("/(?i)(a+b?)+/"), "C09 3:12" },
    { "side by side", RULE("/a*a*b/"), "C09 3:12" },
    { "with what may be nothing between", RULE("/[a-z]+-?\\w+/"), "C09 3:12" },
    { "in a group that is met twice", RULE("/(\\d+-?){1,3}x/"), "C09 3:12" },
    { "alternatives that are one", RULE("/(a|a)+b/"), "C09 3:12" },
    { "alternatives with a letter in common", RULE("/(x([a-f]|[e-z]))*b/"), "C09 3:12" },
    { "alternatives of the same letters", RULE("/(ab|cd|ab)+/"), "C09 3:12" },
    { "all words", RULE("/.*/"), "C09 3:12" },
    { "all words in a group", RULE("/([^ ]+)/"), "C09 3:12" },
    { "digits", RULE("/[0-9]+/"), "C09 3:12" },
    { "repeats apart", RULE("/[a-z]+-[a-z]+/ /a*[b-z]*-a*/ /(a{1,3}){2}/ /a*(?!x)a*b/ /a++a*/ /(?>a*)a*/"), "" },
    { "repeats of other letters", RULE("/a*[^a]*b/ /\\d+\\D+/ /é*[^é]*x/ /[\\w-]+[.]+x/"), "" },
    { "alternatives that differ", RULE("/(a|b|cd|ce)+x/ /(a|a)b/ /(ing|ed)?x/"), "" },
    { "almost a class", RULE("/[a-z]+/ /[0-9]{2,}/ /.{2,}/ /\\S+/ /[^é]+/"), "" },
    { "what looks like bounds", RULE("/a{,}a*x/"), "" },
    { "silenced", RULE("/a*a*b/") "  note ok C09: reason\n", "" },
    { "silenced in one of two", RULE("/a*a*b/") "  note ok C09: reason\nrule q\n  stage names\n  match /a*a*b/\n  make ORG\n",
      "C09 8:9" },
    { "a regex that is a word", RULE("/abc/"), "C09 3:12" },
    { "a good regex", RULE("/[12][0-9]{3}/ /a\\/b+/"), "" },
    /* C11 */
    { "rules that beat each other", RULE("\"x\"") "  beats q\nrule q\n  stage names\n  match \"y\"\n  make ORG\n  beats r\n",
      "C11 1:6" },
    { "a rule that beats itself", RULE("\"x\"") "  beats r\n", "C11 1:6" },
};

static void test_findings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof findings / sizeof *findings; i++)
        expect_findings(findings[i].what, att_str_of(findings[i].text), findings[i].want);
    assert_int_equal(failures, 0);
}

/* ---- trees ---- */

typedef struct {
    const bench *bench;
    const att_rule *rule;
    att_buf *out;
} dumper;

static att_str word(const dumper *self, uint32_t number)
{
    return att_lexicon_word(&self->bench->knowledge.lexicon, number);
}

static att_str layer(const dumper *self, uint32_t number)
{
    return self->bench->knowledge.layers.items[number].name;
}

static att_str list(const dumper *self, uint32_t number)
{
    return self->bench->knowledge.lists.lists.items[number].name;
}

static const char *class_name(uint32_t class)
{
    int bit = 0;
    while (class >> bit != 1) bit++;
    return att_class_names[bit];
}

static void dump_test(const dumper *self, const att_test *test)
{
    static const char *const places[] = { "bos", "eos", "bop", "headline", "end", "poss", "quote" };
    static const char *const joins[] = { [ATT_TEST_NOT] = "not", [ATT_TEST_AND] = "and", [ATT_TEST_OR] = "or" };
    switch (test->kind) {
    case ATT_TEST_CLASS: att_buf_format(self->out, "%s", class_name(test->number)); return;
    case ATT_TEST_PLACE: att_buf_format(self->out, "%s", places[test->number]); return;
    case ATT_TEST_WORD: att_buf_format(self->out, "\"%.*s\"", ATT_STR_ARG(word(self, test->number))); return;
    case ATT_TEST_EXACT: att_buf_format(self->out, "'%.*s'", ATT_STR_ARG(word(self, test->number))); return;
    case ATT_TEST_REGEX:
        att_buf_format(self->out, "/%.*s/", ATT_STR_ARG(self->bench->rules.regexes.items[test->number].pattern));
        return;
    case ATT_TEST_LIST: att_buf_format(self->out, "<%.*s>", ATT_STR_ARG(list(self, test->number))); return;
    case ATT_TEST_IN_LAYER: att_buf_format(self->out, "@%.*s", ATT_STR_ARG(layer(self, test->number))); return;
    case ATT_TEST_LENGTH: att_buf_format(self->out, "len=%u..%u", test->low, test->high); return;
    case ATT_TEST_ANY: att_buf_format(self->out, "any"); return;
    default: break;
    }
    att_buf_format(self->out, "(%s", joins[test->kind]);
    for (const att_test *child = test->children; child; child = child->next) {
        att_buf_byte(self->out, ' ');
        dump_test(self, child);
    }
    att_buf_byte(self->out, ')');
}

static void dump_pattern(const dumper *self, const att_pattern *pattern);

static void dump_children(const dumper *self, const att_pattern *pattern)
{
    for (const att_pattern *child = pattern->children; child; child = child->next) {
        att_buf_byte(self->out, ' ');
        dump_pattern(self, child);
    }
    att_buf_byte(self->out, ')');
}

static void dump_layer(const dumper *self, const att_pattern *pattern)
{
    att_buf_format(self->out, "@%.*s", ATT_STR_ARG(layer(self, pattern->number)));
    for (uint32_t i = 0; i < pattern->field_count; i++) {
        const att_field_test *test = &pattern->fields[i];
        att_str field = self->bench->knowledge.layers.items[pattern->number].fields[test->field];
        att_buf_format(self->out, "%s%.*s=", i ? "," : "(", ATT_STR_ARG(field));
        for (uint32_t v = 0; v < test->count; v++)
            att_buf_format(self->out, "%s%.*s", v ? "|" : "", ATT_STR_ARG(test->values[v]));
    }
    if (pattern->field_count) att_buf_byte(self->out, ')');
}

static void dump_pattern(const dumper *self, const att_pattern *pattern)
{
    if (pattern->capture != ATT_NONE) {
        att_str name = self->rule->captures[pattern->capture];
        att_buf_format(self->out, "%.*s:", ATT_STR_ARG(name));
    }
    switch (pattern->kind) {
    case ATT_PATTERN_SEQUENCE:
        att_buf_format(self->out, "(seq");
        dump_children(self, pattern);
        break;
    case ATT_PATTERN_CHOICE:
        att_buf_format(self->out, "(or");
        dump_children(self, pattern);
        break;
    case ATT_PATTERN_REPEAT:
        att_buf_format(self->out, "(%s%u..", pattern->lazy ? "lazy " : "", pattern->least);
        if (pattern->most != ATT_NONE) att_buf_number(self->out, pattern->most);
        dump_children(self, pattern);
        break;
    case ATT_PATTERN_WORDS:
        for (uint32_t i = 0; i < pattern->word_count; i++)
            att_buf_format(self->out, "%s%.*s",
                           i                ? " "
                           : pattern->exact ? "'"
                                            : "\"",
                           ATT_STR_ARG(word(self, pattern->words[i])));
        att_buf_byte(self->out, pattern->exact ? '\'' : '"');
        break;
    case ATT_PATTERN_TOKEN:
        att_buf_byte(self->out, '[');
        dump_test(self, pattern->test);
        att_buf_byte(self->out, ']');
        break;
    case ATT_PATTERN_LIST: att_buf_format(self->out, "<%.*s>", ATT_STR_ARG(list(self, pattern->number))); break;
    case ATT_PATTERN_LAYER: dump_layer(self, pattern); break;
    case ATT_PATTERN_GAP: att_buf_format(self->out, "(gap %u)", pattern->most); break;
    }
}

static void dump_value(const dumper *self, const att_value *value)
{
    static const char *const names[] = { [ATT_VALUE_OFFICE] = "office", [ATT_VALUE_ANTECEDENT] = "antecedent",
                                         [ATT_VALUE_ONLY] = "only",     [ATT_VALUE_SUBJECT] = "subject",
                                         [ATT_VALUE_ACTORS] = "actors", [ATT_VALUE_DOC] = "doc",
                                         [ATT_VALUE_OR] = "or" };
    switch (value->kind) {
    case ATT_VALUE_CAPTURE: att_buf_format(self->out, "%.*s", ATT_STR_ARG(self->rule->captures[value->capture])); break;
    case ATT_VALUE_STRING: att_buf_format(self->out, "\"%.*s\"", ATT_STR_ARG(value->text)); break;
    case ATT_VALUE_NULL: att_buf_format(self->out, "null"); break;
    default:
        att_buf_format(self->out, "(%s", names[value->kind]);
        for (const att_value *argument = value->arguments; argument; argument = argument->next) {
            att_buf_byte(self->out, ' ');
            dump_value(self, argument);
        }
        att_buf_byte(self->out, ')');
    }
    if (value->path.data) att_buf_format(self->out, ".%.*s", ATT_STR_ARG(value->path));
}

static void dump_condition(const dumper *self, const att_condition *condition)
{
    static const char *const names[] = { [ATT_IF_EQUAL] = "=",     [ATT_IF_DIFFERENT] = "!=",  [ATT_IF_IN_LIST] = "in",
                                         [ATT_IF_KNOWN] = "known", [ATT_IF_HOLDER] = "holder", [ATT_IF_AMBIGUOUS] = "ambiguous",
                                         [ATT_IF_NOT] = "not",     [ATT_IF_AND] = "and",       [ATT_IF_OR] = "or" };
    att_buf_format(self->out, " (%s", names[condition->kind]);
    const att_value *sides[] = { condition->left, condition->right };
    for (int i = 0; i < 2 && sides[i]; i++) {
        att_buf_byte(self->out, ' ');
        dump_value(self, sides[i]);
    }
    if (condition->kind == ATT_IF_IN_LIST) att_buf_format(self->out, " <%.*s>", ATT_STR_ARG(list(self, condition->list)));
    for (const att_condition *child = condition->children; child; child = child->next) dump_condition(self, child);
    att_buf_byte(self->out, ')');
}

static void dump_make(const dumper *self, const att_make *make)
{
    att_buf_format(self->out, " (make %.*s", ATT_STR_ARG(layer(self, make->layer)));
    if (make->on != ATT_NONE) att_buf_format(self->out, " on %.*s", ATT_STR_ARG(self->rule->captures[make->on]));
    for (uint32_t i = 0; i < make->field_count; i++) {
        const att_layer *of = &self->bench->knowledge.layers.items[make->layer];
        att_buf_format(self->out, " %.*s=", ATT_STR_ARG(of->fields[make->fields[i].field]));
        dump_value(self, make->fields[i].value);
    }
    att_buf_byte(self->out, ')');
}

/* The parts of a rule that say more than their defaults. */
static void dump_rule(const dumper *self)
{
    static const char *const contexts[] = { "preceded", "followed", "not-preceded", "not-followed" };
    const att_rule *rule = self->rule;
    if (rule->pattern) dump_pattern(self, rule->pattern);
    for (uint32_t i = 0; i < rule->context_count; i++) {
        att_buf_format(self->out, " (%s ", contexts[rule->contexts[i].kind]);
        dump_pattern(self, rule->contexts[i].pattern);
        att_buf_byte(self->out, ')');
    }
    for (uint32_t i = 0; i < rule->region_count; i++)
        att_buf_format(self->out, " (%s %d)", rule->regions[i].not ? "not-inside" : "inside", (int)rule->regions[i].kind);
    if (rule->where) dump_condition(self, rule->where);
    for (uint32_t i = 0; i < rule->make_count; i++) dump_make(self, &rule->makes[i]);
    if (rule->tier != ATT_TIER_NORMAL) att_buf_format(self->out, " (tier %d)", (int)rule->tier);
    for (uint32_t i = 0; i < rule->beat_count; i++)
        att_buf_format(self->out, " (beats %.*s)", ATT_STR_ARG(self->bench->rules.rules.items[rule->beats[i]].name));
    if (rule->each.data) att_buf_format(self->out, " (each %.*s)", ATT_STR_ARG(rule->each));
    if (rule->kind == ATT_RULE_ALIAS) att_buf_format(self->out, " (alias forms=%u scope=%d)", rule->forms, (int)rule->scope);
}

static void load_and_dump(void *argument)
{
    bench *self = argument;
    load(self);
    dumper all = { self, &self->rules.rules.items[0], &self->out };
    if (!self->diags.errors) dump_rule(&all);
    else att_buf_format(&self->out, "%s", self->diags.items[0].message.data);
}

#define MADE " (make ORG)"

static const struct {
    const char *what, *text, *want;
} trees[] = {
    { "words", RULE("\"Prime  Minister\""), "\"prime minister\"" MADE },
    { "exact words", RULE("'May'"), "'May'" MADE },
    { "a hyphen is a blank", RULE("\"counter-terrorism unit\""), "\"counter terrorism unit\"" MADE },
    { "marks are words", RULE("\"-\" \",\" \"&\" \"(\""), "(seq \"-\" \",\" \"&\" \"(\")" MADE },
    { "escapes", RULE("\"\\\"\" '\\''"), "(seq \"\"\" ''')" MADE },
    { "a possessive", RULE("\"President's\" \"'s\""), "(seq \"president 's\" \"'s\")" MADE },
    { "dots are kept", RULE("\"U.S.\""), "\"u.s.\"" MADE },
    { "one alternative is no choice", RULE("( ( \"a\" ) )"), "\"a\"" MADE },
    { "alternatives", RULE("\"a\" | \"b\" \"c\""), "(or \"a\" (seq \"b\" \"c\"))" MADE },
    { "repeats", RULE("[cap]? [cap]* [cap]+ [cap]{2} [cap]{0,3}"),
      "(seq (0..1 [cap]) (0.. [cap]) (1.. [cap]) (2..2 [cap]) (0..3 [cap]))" MADE },
    { "a set", RULE("[cap & !<unit> & !@AGENCY | \"and\" | 'May' | /[a-z]+-x/ | len=3 | len=2..4 | poss | bos]"),
      "[(or (and cap (not <unit>) (not @AGENCY)) \"and\" 'May' /[a-z]+-x/ len=3..3 len=2..4 poss bos)]" MADE },
    { "a whole hyphenated word in a set", RULE("[\"Counter-Terrorism\"]"), "[\"counter-terrorism\"]" MADE },
    { "a regex, escaped", RULE("/a\\/b\\\\[0-9]/"), "[/a/b\\\\[0-9]/]" MADE },
    { "a gap", RULE("\"no\" ..4 @AGENCY(id=usa-state, country=USA)"),
      "(seq \"no\" (gap 4) @AGENCY(id=usa-state,country=USA))" MADE },
    { "a star", RULE("@AGENCY(id=*-mofa)"), "@AGENCY(id=*-mofa)" MADE },
    { "one of several values", RULE("@AGENCY(id=usa-state | *-mofa, country=USA)"),
      "@AGENCY(id=usa-state|*-mofa,country=USA)" MADE },
    { "a group behind a layer", RULE("@AGENCY ( \"a\" )"), "(seq @AGENCY \"a\")" MADE },
    { "captures", RULE("x:[cap] y:( \"a\" z:\"b\" )"), "(seq x:[cap] y:(seq \"a\" z:\"b\"))" MADE },
    { "an optional capture", RULE("x:[cap]? \"a\""), "(seq (0..1 x:[cap]) \"a\")" MADE },
    { "a captured run", RULE("x:[cap]* y:[cap]{0,3} z:[cap]+ \"a\""),
      "(seq (0..1 x:(1.. [cap])) (0..1 y:(1..3 [cap])) z:(1.. [cap]) \"a\")" MADE },
    { "a capture on a capture", RULE("x:( y:[cap] )"), "x:(seq y:[cap])" MADE },
    { "a phrase", RULE("nation \"a\""), "(seq (or @COUNTRY @DEMONYM) \"a\")" MADE },
    { "a captured phrase leaves the phrase as it is", RULE("x:nation nation"),
      "(seq x:(or @COUNTRY @DEMONYM) (or @COUNTRY @DEMONYM))" MADE },
    { "a captured optional phrase does too", RULE("x:opt opt \"a\""), "(seq (0..1 x:[cap]) (0..1 [cap]) \"a\")" MADE },
    { "captures of a phrase", RULE("b:[cap] two"),
      "(seq b:[cap] (seq a:(or @COUNTRY @DEMONYM) \"and\" b:(or @COUNTRY @DEMONYM)))" MADE },
    { "a line that goes on", "rule r\n  stage names\n  match \"a\"  # first\n  .. \"b\"\n  make ORG\n",
      "(seq \"a\" \"b\")" MADE },
    { "contexts and regions",
      RULE("\"a\"") "  followed-by \",\" | [end]\n  not-preceded-by [cap]\n  inside quote\n  not-inside COUNTRY\n",
      "\"a\" (followed (or \",\" [end])) (not-preceded [cap]) (inside 3) (not-inside 6)" MADE },
    { "values",
      "rule r\n  stage officials\n  match t:\"a\" n:\"b\"\n  make OFFICIAL on n name=n title=\"x\" country=n.code or office(t, "
      "n).country or null\n",
      "(seq t:\"a\" n:\"b\") (make OFFICIAL on n name=n title=\"x\" country=(or n.code (office t n).country null))" },
    { "actors", "rule r\n  stage themes\n  match t:\"a\"\n  make THEME on t actors=actors(t, antecedent()) role=only()\n",
      "t:\"a\" (make THEME on t actors=(actors t (antecedent)) role=(only))" },
    { "conditions",
      "rule r\n  stage aliases\n  match t:\"a\"\n  where holder(t, t) or not known(t) and t in <unit> or doc(\"date\") != "
      "null\n  where t.code = \"X\"\n  make PERSON\n",
      "t:\"a\" (and (or (holder t t) (and (not (known t)) (in t <unit>)) (!= (doc \"date\") null)) (= t.code \"X\")) (make "
      "PERSON)" },
    { "a capture called known", RULE("known:\"a\"") "  where known = \"x\"\n", "known:\"a\" (= known \"x\")" MADE },
    { "tier and beats", RULE("\"a\"") "  tier override\n  beats q\nrule q\n  stage names\n  match \"b\"\n  make ORG\n",
      "\"a\"" MADE " (tier 2) (beats q)" },
    { "expand",
      "expand e\n  stage chains\n  lead \"Departments\" \"of\"\n  item <unit>\n  sep \",\"\n  final \"and\"\n  child \"with\" "
      "u:@AGENCY?\n"
      "  each \"Department of {item}\"\n  make AGENCY on item\n",
      "(seq :(seq \"departments\" \"of\") (seq item:<unit> (lazy 0..1 (seq \"with\" (lazy 0..1 u:@AGENCY))))"
      " (0..30 (seq \",\" item:<unit> (lazy 0..1 (seq \"with\" (lazy 0..1 u:@AGENCY)))))"
      " (seq \"and\" item:<unit> (lazy 0..1 (seq \"with\" (lazy 0..1 u:@AGENCY)))))"
      " (make AGENCY on item) (each Department of {item})" },
    { "alias",
      "alias a\n  stage aliases\n  of PERSON AGENCY\n  form last-word, bracketed\n  scope after\n  unless ambiguous or "
      "doc(\"date\") = null\n",
      " (or (ambiguous) (= (doc \"date\") null)) (alias forms=9 scope=1)" },
    { "a list of a file", "list roles\n  file lists/roles.txt\n" RULE("<roles>"), "<roles>" MADE },
};

static void expect_tree(const char *what, att_str text, att_str overlay, const char *want)
{
    bench self;
    start(&self, text);
    self.overlay = overlay;
    run(&self, load_and_dump);
    att_str got = att_buf_str(&self.out);
    bool same = att_str_is(got, want);
    if (!same) print_error("%s\n  want %s\n  got  %.*s\n", what, want, ATT_STR_ARG(got));
    failures += !same;
    att_arena_clear(&self.arena);
}

static void test_trees(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        expect_tree(trees[i].what, att_str_of(trees[i].text), (att_str){ 0 }, trees[i].want);
    assert_int_equal(failures, 0);
}

/* What is replaced in an overlay keeps its name for those who used it. */
static void test_overlay(void **state)
{
    (void)state;
    expect_tree("a phrase replaced", ATT_STR("phrase p = \"a\"\n" RULE("p")), ATT_STR("replace phrase p = \"b\"\n"),
                "\"b\"" MADE);
    expect_tree("a rule replaced", ATT_STR(RULE("\"a\"")), ATT_STR("replace " RULE("\"b\"")), "\"b\"" MADE);
    expect_tree("a phrase removed", ATT_STR("phrase p = \"a\"\n" RULE("p")), ATT_STR("remove phrase p\n"),
                "phrase 'p' is removed, but others name it; write 'replace', or remove or replace them too");
    assert_int_equal(failures, 0);
}

/* ---- lists ---- */

static void load_and_ask(void *argument)
{
    bench *self = argument;
    load(self);
    att_vocabulary words;
    att_vocabulary_init(&words, &self->knowledge.lexicon, &self->guard, NULL);
    static const char *const asked[] = {
        "Ministry", "ministry", "MINISTRY", "Office", "lower", "Lower", "make-believe", "WHO"
    };
    uint32_t list = att_lists_find(&self->knowledge.lists, &self->knowledge.blocks, ATT_STR("l"), 0);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        char padded[64] = { 0 };
        memcpy(padded, asked[i], strlen(asked[i]));
        uint32_t type = att_vocabulary_intern(&words, (att_str){ padded, strlen(asked[i]) })->type - 1;
        for (int capitals = 0; capitals < 2; capitals++)
            if (att_lists_have_word(&self->knowledge.lists, list, &words, att_vocabulary_type(&words, type), capitals))
                att_buf_format(&self->out, "%s%s ", asked[i], capitals ? "!" : "");
    }
    att_vocabulary_clear(&words);
}

/* A capital in a phrase needs one in the text, but in a line of capitals, where common words count for less. */
static void test_words_of_lists(void **state)
{
    (void)state;
    bench self;
    start(
        &self,
        ATT_STR("list l\n  \"Ministry\" \"Office of State\" \"lower\"\n  make believe\n  WHO\nlist common-words\n  who\n" RULE(
            "<l>")));
    run(&self, load_and_ask);
    att_str got = att_buf_str(&self.out);
    assert_string_equal(
        att_str_copy(&self.arena, got).data,
        "Ministry Ministry! ministry! MINISTRY MINISTRY! lower lower! Lower Lower! make-believe make-believe! WHO ");
    att_arena_clear(&self.arena);
}

static void load_and_ask_texts(void *argument)
{
    bench *self = argument;
    load(self);
    const att_phrase_lists *lists = &self->knowledge.lists;
    static const char *const asked[] = {
        "deputy chief",    "Deputy Chief", "deputy chief of all", "deputy", "deputy chiefs", "Spokesman", "a SPOKESMAN, too",
        "a SPOKESMAN too", "spokesman",    "charg\xc3\xa9",       "",       "deputy-chief",
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const att_str text = att_str_of(asked[i]);
        att_buf_format(&self->out, "%s%s%s%s|", att_lists_have_text(lists, ATT_LIST_STAFF, text) ? "is" : "",
                       att_lists_have_start(lists, ATT_LIST_STAFF, text) ? " begins" : "",
                       att_lists_have_any(lists, ATT_LIST_STAFF, text) ? " has" : "",
                       att_lists_have_text(lists, ATT_LIST_ENVOY, text) ? " envoy" : "");
    }
}

/* Lists that the program reads are asked about text, too: the whole of it, its beginning, any word. What is no list is empty.
 */
static void test_texts_of_lists(void **state)
{
    (void)state;
    bench self;
    start(&self, ATT_STR("list post-of-staff\n  \"deputy chief\" \"Spokesman\" \"charg\xc3\xa9\"\n"));
    run(&self, load_and_ask_texts);
    att_str got = att_buf_str(&self.out);
    assert_string_equal(att_str_copy(&self.arena, got).data,
                        "is begins|is begins| begins|||is begins has|| has||is begins has||is begins has|");
    att_arena_clear(&self.arena);
}

/* ---- rules that are too much ---- */

typedef struct {
    char *data;
    size_t length;
} big_text;

static void put(big_text *self, const char *text)
{
    size_t length = strlen(text);
    memcpy(self->data + self->length, text, length);
    self->length += length;
}

/* `head`, `count` times `part`, `tail`; findings within a time that a wrong order of growth would not meet. */
static void expect_of_many(const char *what, const char *head, const char *part, size_t count, const char *tail,
                           const char *want)
{
    big_text text = { malloc(strlen(head) + count * strlen(part) + strlen(tail) + 1), 0 };
    assert_non_null(text.data);
    put(&text, head);
    for (size_t i = 0; i < count; i++) put(&text, part);
    put(&text, tail);
    clock_t before = clock();
    expect_findings(what, (att_str){ text.data, text.length }, want);
    double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    if (seconds > 10) print_error("%s took %.1f s\n", what, seconds);
    assert_true(seconds <= 10);
    free(text.data);
}

#define HEAD "rule r\n  stage    names\n  match    "
#define TAIL "\n  make     ORG\n"

static void test_bounds(void **state)
{
    (void)state;
    expect_of_many("10,000 alternatives", HEAD, "\"a\" | ", 9999, "\"b\"" TAIL, "");
    expect_of_many("25,000 alternatives", HEAD, "\"a\" | ", 24999, "\"b\"" TAIL, "S034 3:120012");
    expect_of_many("10,000 words in a set", HEAD "[", "\"a\" | ", 9999, "\"b\"]" TAIL, "");
    expect_of_many("a line of 10 MB", HEAD, "\"abc\" [cap & lower] ", 500000, TAIL, "S034 3:100012");
    expect_of_many("a string of 10 MB", HEAD "\"", "abcd ", 2000000, "\"" TAIL, "S034 3:12");
    expect_of_many("a word of 10 MB", HEAD, "abcde", 2000000, TAIL, "C01 3:12");
    expect_of_many("an open string of 10 MB", HEAD "\"", "abcd ", 2000000, TAIL, "S007 3:12");
    expect_of_many("64 brackets", HEAD, "(", 64, " \"a\" ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))" TAIL,
                   "");
    expect_of_many("a million brackets", HEAD, "( ", 1000000, TAIL, "S034 3:140");
    expect_of_many("a million calls", RULE("x:\"x\"") "  where doc(", "doc(", 1000000, "\n", "S034 5:269");
    expect_of_many("a million unknown names", HEAD, "<x> ", 1000000, TAIL,
                   "C01 3:13, C01 3:17, C01 3:21, C01 3:25, C01 3:29, C01 3:33, C01 3:37, C01 3:41, C01 3:45, C01 3:49");
    expect_of_many("repeats of repeats", HEAD, "(", 10,
                   "\"a\"){1,9}){1,9}){1,9}){1,9}){1,9}){1,9}){1,9}){1,9}){1,9}){1,9}" TAIL, "S034 3:55");
    expect_of_many("100,000 long lines of a list", "list l\n", "  \"a b\" \"c\" \"d-e\"\n", 100000, RULE("<l>"), "");
    assert_int_equal(failures, 0);
}

/* phrase p1 = p0 p0, phrase p2 = p1 p1 …: twice as large each. */
static void test_phrases_of_phrases(void **state)
{
    (void)state;
    char text[8192], *at = text;
    at += sprintf(at, "phrase p0 = \"a\"\n");
    for (int i = 1; i < 30; i++) at += sprintf(at, "phrase p%d = p%d p%d\n", i, i - 1, i - 1);
    sprintf(at, "%s", RULE("p29"));
    expect_findings("phrases that double", att_str_of(text), "S034 16:21");
    assert_int_equal(failures, 0);
}

/* A chain of 200,000 phrases, each in the next. */
static void test_chain_of_phrases(void **state)
{
    (void)state;
    enum { COUNT = 200000 };
    char *text = malloc(COUNT * 32 + 256), *at = text;
    assert_non_null(text);
    at += sprintf(at, "%s", RULE("p0"));
    for (int i = 0; i < COUNT; i++) at += sprintf(at, "phrase p%d = p%d\n", i, i + 1);
    at += sprintf(at, "phrase p%d = \"a\"\n", COUNT);
    bench self;
    start(&self, (att_str){ text, (size_t)(at - text) });
    run(&self, load_and_list);
    assert_true(self.diags.errors > 0);
    att_arena_clear(&self.arena);
    free(text);
}

/* A circle of 50,000 rules, each beating the next. */
static void test_circle_of_beats(void **state)
{
    (void)state;
    enum { COUNT = 50000 };
    char *text = malloc(COUNT * 80 + 1), *at = text;
    assert_non_null(text);
    for (int i = 0; i < COUNT; i++)
        at += sprintf(at, "rule r%d\n  stage names\n  match \"a\"\n  make ORG\n  beats r%d\n", i, (i + 1) % COUNT);
    expect_findings("a circle of rules", (att_str){ text, (size_t)(at - text) }, "C11 1:6");
    free(text);
    assert_int_equal(failures, 0);
}

/* Any bytes give rules or findings: the texts of the tables with some bytes changed, also to NUL and to no UTF-8. */
static void test_changed_bytes(void **state)
{
    (void)state;
    enum { FINDINGS = sizeof findings / sizeof *findings, TREES = sizeof trees / sizeof *trees, ROUNDS = 3000 };
    static const char bytes[] = "\0 \n\"'/()[]{}<>@|&!?*+,:=.#\\-aA0\xff\xc3\xa9\xe2\x80\x9c";
    uint32_t seed = 12345;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        char text[1024];
        const char *from = round % 2 ? findings[round / 2 % FINDINGS].text : trees[round / 2 % TREES].text;
        size_t length = strlen(from);
        memcpy(text, from, length);
        for (int i = 0; i < 4 && length; i++) {
            seed = seed * 1664525 + 1013904223;
            text[(seed >> 8) % length] = bytes[(seed >> 3) % (sizeof bytes - 1)];
        }
        bench self;
        start(&self, (att_str){ text, length });
        run(&self, load_and_list);
        att_arena_clear(&self.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_trees),
        cmocka_unit_test(test_overlay),
        cmocka_unit_test(test_words_of_lists),
        cmocka_unit_test(test_texts_of_lists),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_phrases_of_phrases),
        cmocka_unit_test(test_chain_of_phrases),
        cmocka_unit_test(test_circle_of_beats),
        cmocka_unit_test(test_changed_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
