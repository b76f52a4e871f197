#include "cli/values.h"

#include <ctype.h>
#include <string.h>

/* Reads the digits at the start of `word`; NULL if there is none or the number is too large. */
static const char *digits(const char *word, uint64_t *number)
{
    if (!isdigit((unsigned char)*word)) return NULL;
    *number = 0;
    for (; isdigit((unsigned char)*word); word++) {
        uint64_t digit = (uint64_t)(*word - '0');
        if (*number > (UINT64_MAX - digit) / 10) return NULL;
        *number = *number * 10 + digit;
    }
    return word;
}

bool cli_count(const char *word, uint64_t *count)
{
    const char *end = digits(word, count);
    return end && !*end && *count > 0;
}

bool cli_span_of(const char *word, uint64_t *start, uint64_t *end)
{
    word = digits(word, start);
    if (!word || *word != '-') return false;
    word = digits(word + 1, end);
    return word && !*word && *start < *end && *end <= UINT32_MAX;
}

bool cli_shard_of(const char *word, uint64_t *index, uint64_t *count)
{
    word = digits(word, index);
    if (!word || *word != '/') return false;
    word = digits(word + 1, count);
    return word && !*word && *index >= 1 && *index <= *count && *count <= UINT32_MAX;
}

bool cli_size(const char *word, uint64_t *bytes)
{
    static const char units[] = "KMG";
    const char *end = digits(word, bytes);
    if (!end || *bytes == 0) return false;
    if (!*end) return true;
    const char *unit = strchr(units, toupper((unsigned char)*end));
    if (!unit || end[1]) return false;
    unsigned shift = 10 * (unsigned)(unit - units + 1);
    if (*bytes > UINT64_MAX >> shift) return false;
    *bytes <<= shift;
    return true;
}

/* The number that exactly `count` digits make, or -1. */
static int fixed(const char *word, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (!isdigit((unsigned char)word[i])) return -1;
        number = number * 10 + (word[i] - '0');
    }
    return number;
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool cli_is_date(const char *word)
{
    size_t length = strlen(word);
    int year = length >= 4 ? fixed(word, 4) : -1;
    if (year < 1) return false;
    if (length == 4) return true;
    int month = length >= 7 && word[4] == '-' ? fixed(word + 5, 2) : -1;
    if (month < 1 || month > 12) return false;
    if (length == 7) return true;
    int day = length == 10 && word[7] == '-' ? fixed(word + 8, 2) : -1;
    return day >= 1 && day <= days_in(year, month);
}

bool cli_is_code(const char *word)
{
    return strlen(word) == 3 && strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

bool cli_is_ident(const char *word)
{
    return *word >= 'a' && *word <= 'z' && strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(word);
}
