#include "knowledge/files.h"

/* Made by src/embed.sh. */
extern const struct {
    const char *path, *bytes;
    uint64_t size;
} att_shipped_table[];

bool att_shipped(size_t index, const char **path, const char **bytes, size_t *size)
{
    for (size_t i = 0; i <= index; i++)
        if (!att_shipped_table[i].path) return false;
    *path = att_shipped_table[index].path;
    *bytes = att_shipped_table[index].bytes;
    *size = (size_t)att_shipped_table[index].size;
    return true;
}
