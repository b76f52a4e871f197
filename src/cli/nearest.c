#include "cli/nearest.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 63 }; /* no option or command is longer; beyond it nothing is near */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int small(char letter)
{
    return tolower((unsigned char)letter);
}

size_t cli_distance(const char *left, const char *right)
{
    size_t rows = strlen(left), columns = strlen(right);
    if (rows > LONGEST || columns > LONGEST) return LONGEST;
    size_t cost[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= rows; i++) cost[i][0] = i;
    for (size_t j = 0; j <= columns; j++) cost[0][j] = j;
    for (size_t i = 1; i <= rows; i++)
        for (size_t j = 1; j <= columns; j++) {
            size_t changed = small(left[i - 1]) != small(right[j - 1]);
            size_t best = least(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
            best = least(best, cost[i - 1][j - 1] + changed);
            if (i > 1 && j > 1 && small(left[i - 1]) == small(right[j - 2]) && small(left[i - 2]) == small(right[j - 1]))
                best = least(best, cost[i - 2][j - 2] + 1);
            cost[i][j] = best;
        }
    return cost[rows][columns];
}

int cli_is_near(const char *written, size_t distance)
{
    return distance <= strlen(written) / 3 + (strlen(written) < 3);
}
