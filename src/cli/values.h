/* values.h - what a word on the command line means: a number, a size, a date, a country.
 *
 * Each returns false for a word that is none; the caller says so. */
#ifndef ATT_CLI_VALUES_H
#define ATT_CLI_VALUES_H

#include <stdbool.h>
#include <stdint.h>

/* 1 or more, digits only. */
bool cli_count(const char *word, uint64_t *count);

/* "12-17": from, to, which is behind from. */
bool cli_span_of(const char *word, uint64_t *start, uint64_t *end);

/* "3/8": from 1, the first not above the second. */
bool cli_shard_of(const char *word, uint64_t *index, uint64_t *count);

/* A count of bytes, with K, M or G behind it for powers of 1024. */
bool cli_size(const char *word, uint64_t *bytes);

/* A day, month or year that the calendar has: 2024-01-19, 2024-01, 2024. */
bool cli_is_date(const char *word);

/* Three letters: rules may know codes of countries that no standard has. */
bool cli_is_code(const char *word);

/* A small letter, then small letters, digits and hyphens. */
bool cli_is_ident(const char *word);

#endif
