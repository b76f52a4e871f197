/* schema.c - the JSON Schema of the record, compiled in. schema.json beside this file is the source; the build turns
 * it into the bytes that are included here. */
#include "attache.h"

static const char schema[] = {
#include "schema.inc"
    '\0'
};

const char *att_schema(void)
{
    return schema;
}
