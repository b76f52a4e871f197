#include "tools/why_not.h"

bool att_why_not(att_whys *self, att_str name, att_buf *message)
{
    (void)self;
    att_buf_format(message, "no rule '%.*s'", ATT_STR_ARG(name));
    return false;
}
