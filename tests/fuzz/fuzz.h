/* fuzz.h - what both targets ask of a tagged document: its spans and statements lie inside it, and every format writes it. */
#ifndef ATT_FUZZ_H
#define ATT_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "attache.h"
#include "engine/engine.h"

static inline void must(int holds)
{
    if (!holds) abort();
}

/* The bytes as a file that has a name. */
static inline void write_bytes(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    must(file && fwrite(bytes, 1, size, file) == size);
    must(fclose(file) == 0);
}

static inline void check_document(const att_engine *engine, att_doc *doc)
{
    const char *name, *bytes;
    size_t size;
    must(att_doc_tag(doc) == ATT_OK);
    const att_annotations *all = &att_doc_inside(doc)->annotations;
    for (uint32_t i = 0; i < all->count; i++) {
        const att_annotation *mention = &all->items[i];
        must(mention->start < mention->end && mention->end <= att_doc_length(doc));
        must(!i || mention[-1].start <= mention->start);
    }
    const att_statements *said = &att_doc_inside(doc)->statements;
    for (uint32_t i = 0; i < said->count; i++)
        must(said->items[i].start < said->items[i].end && said->items[i].end <= att_doc_length(doc));
    for (size_t i = 0; (name = att_output_format(i, NULL)); i++) {
        att_writer *writer;
        att_writer_options options = { .format = name, .text = true };
        must(att_writer_new(&writer, engine, &options) == ATT_OK);
        must(att_writer_write(writer, doc, &bytes, &size) == ATT_OK && (size || strstr(name, "-csv"))); /* perhaps no row */
        must(!size || bytes[size - 1] == '\n' || att_output_pairs(name));
        att_writer_free(writer);
    }
}

#endif
