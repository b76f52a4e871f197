/* reader.h - files, folders and standard input as a row of documents.
 *
 * Shape   inputs are read in the order they were added, folders in byte order of their files' paths, archives in their own
 *         order, member by member; one document at a time is made, so memory does not grow with the corpus.
 * Owner   the reader holds handles and buffers; all that a document keeps is in the document's arena.
 * Errors  what can't be read becomes a document with an error code and a message, in its place:
 *           E001 can't open or read        E002 not a file, folder or pipe      E003 over the size limit
 *           E004 packed in a way that is not undone, damaged, encrypted, UTF-16, or no text by its first bytes
 *           E005 no memory to read it      E010 the line is not JSON            E011 no text in the object
 *           E013 JSON, but not an object
 *         and what could be put right is remarked on in a document that is otherwise good:
 *           E012 ill-formed UTF-8 in a JSON line      E014 a date not understood
 *           E015 an origin not understood             E016 a lone surrogate escape
 *           E017 front matter that is never closed    E018 an id that is neither string nor number
 *           E019 a page that shows no text
 */
#ifndef ATT_READER_H
#define ATT_READER_H

#include "model/document.h"

/* Fills `doc`, which att_document_clear just emptied, with the next document, good or bad. The guard of its arena
 * must be armed. Should that arena run out, the guard's place is reached with the id already in `doc` where it
 * was known, and the next call goes on with the next document. ATT_END when all is read. */
att_status att_reader_fill(att_reader *self, att_document *doc);

#endif
