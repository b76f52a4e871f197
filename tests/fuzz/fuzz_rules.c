/* fuzz_rules.c - any bytes as a file of rules, a list or a data file of a pack: they load or what is wrong is told, and what
 * loads tags a text. The first byte says which file: '|' a list, a tab a data file, anything else rules. */
#include "fuzz.h"

#include <string.h>
#include <sys/stat.h>

static char folder[] = "/tmp/attache-fuzz.XXXXXX";
static char rules[64], list[64], data[64];
static const char pack[] =
    "pack p\n\nlist words\n  file words.txt\n\nrule by-list\n  stage  names\n  match  [in words]\n  make   ORG\n";
static const char text[] =
    "SEOUL, March 25, 2026 - Foreign Minister Jane Roe of the Republic of Korea met the 7th U.S.-ROK Cyber Policy "
    "Consultations' heads.\n\nThe Ministry (MOFA) said: \"No sanctions.\"\n";

static void remove_folder(void)
{
    unlink(rules);
    unlink(list);
    unlink(data);
    rmdir(folder);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    must(mkdtemp(folder) && atexit(remove_folder) == 0);
    snprintf(rules, sizeof rules, "%s/pack.rules", folder);
    snprintf(list, sizeof list, "%s/words.txt", folder);
    snprintf(data, sizeof data, "%s/entries.tsv", folder);
    return 0;
}

static void hear(void *user, const att_finding *finding)
{
    size_t *errors = user;
    *errors += finding->severity == ATT_ERROR;
    must(finding->message && strlen(finding->text) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char kind = size ? (char)bytes[0] : 'p';
    const char *path = kind == '|' ? list : kind == '\t' ? data : rules;
    write_bytes(rules, (const uint8_t *)pack, sizeof pack - 1);
    write_bytes(list, (const uint8_t *)"Ministry\n", 9);
    unlink(data);
    write_bytes(path, bytes + (path != rules), size - (path != rules));
    att_engine *engine;
    size_t errors = 0;
    att_engine_options options = { .rules = folder };
    att_status status = att_engine_new(&engine, &options, hear, &errors);
    must(status == (errors ? ATT_RULES : ATT_OK));
    if (status != ATT_OK) return 0;
    att_doc *doc;
    must(att_doc_new(&doc, engine) == ATT_OK && att_doc_set_text(doc, text, sizeof text - 1, NULL) == ATT_OK);
    check_document(engine, doc);
    att_doc_free(doc);
    att_engine_free(engine);
    return 0;
}
