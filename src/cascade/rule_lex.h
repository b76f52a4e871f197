/* rule_lex.h - splits a line of a rule into symbols, each with its place.
 *
 * Shape   one symbol at a time; nothing is kept. The text of STRING, EXACT and REGEX comes without its quotes and escapes;
 *         all other texts are views of the source.
 * Errors  anything else is ATT_SYMBOL_BAD, whose `text` says what is wrong; the caller reports it.
 */
#ifndef ATT_RULE_LEX_H
#define ATT_RULE_LEX_H

#include "knowledge/blocks.h"

typedef enum {
    ATT_SYMBOL_END,     /* of the line */
    ATT_SYMBOL_BAD,     /* text: what is wrong, code: the finding's */
    ATT_SYMBOL_IDENT,   /* title-core */
    ATT_SYMBOL_LAYER,   /* AGENCY; also codes such as KOR */
    ATT_SYMBOL_STAR,    /* *-mofa */
    ATT_SYMBOL_NUMBER,  /* number */
    ATT_SYMBOL_STRING,  /* "…" */
    ATT_SYMBOL_EXACT,   /* '…' */
    ATT_SYMBOL_REGEX,   /* /…/ */
    ATT_SYMBOL_DOTS,    /* .. */
    ATT_SYMBOL_DIFFERS, /* != */
    ATT_SYMBOL_MARK     /* one of < > @ [ ] ( ) { } | & ! ? * + , : = . in `mark` */
} att_symbol_kind;

typedef struct {
    att_symbol_kind kind;
    char mark;  /* '\0' unless MARK */
    bool apart; /* a blank or the line's start stands before it */
    uint32_t number;
    const char *code;
    att_str text;
    att_place place;
} att_symbol;

typedef struct {
    att_arena *arena;
    const att_source *source;
    att_str text;     /* of the line */
    uint32_t text_at; /* of its first byte in the source */
    size_t at;        /* of the next symbol */
} att_rule_lexer;

/* Reads the next symbol. At the end of the line it returns ATT_SYMBOL_END, however often it is called. */
att_symbol att_rule_next(att_rule_lexer *self);

#endif
