#include "cli/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "tools/tools.h"

/* Bytes of the character there; 0 for a byte that begins none. */
static int length_of(const unsigned char *bytes)
{
    int length = *bytes < 0x80 ? 1 : *bytes < 0xC2 ? 0 : *bytes < 0xE0 ? 2 : *bytes < 0xF0 ? 3 : *bytes < 0xF5 ? 4 : 0;
    for (int i = 1; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    return length;
}

/* ASCII's controls, and U+0080 to U+009F, which some terminals obey too. */
static bool is_control(const unsigned char *bytes)
{
    return *bytes < 0x20 || *bytes == 0x7F || (bytes[0] == 0xC2 && bytes[1] < 0xA0);
}

static void escape(FILE *out, unsigned char byte)
{
    static const char named[] = "\a\b\t\n\v\f\r", letters[] = "abtnvfr";
    const char *name = strchr(named, byte);
    if (name) fprintf(out, "\\%c", letters[name - named]);
    else fprintf(out, "\\x%02X", byte);
}

void cli_print_clean(FILE *out, const char *text, bool lines)
{
    for (int length; *text; text += length ? length : 1) {
        const unsigned char *bytes = (const unsigned char *)text;
        length = length_of(bytes);
        if (length && (!is_control(bytes) || (lines && *text == '\n'))) fwrite(text, 1, (size_t)length, out);
        else if (length == 2) fprintf(out, "\\u00%02X", bytes[1]);
        else escape(out, *bytes);
    }
}

void cli_say(const char *format, ...)
{
    char *text;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        fputs("attache: out of memory\n", stderr);
        return;
    }
    bool ends = *format && format[strlen(format) - 1] == '\n';
    if (ends) text[length - 1] = '\0';
    cli_print_clean(stderr, text, false);
    if (ends) fputc('\n', stderr);
    free(text);
}

int cli_cannot_write(const char *path, int error)
{
    bool nowhere;
    cli_say("attache: cannot write %s: %s\n", path, att_why_not_made(path, error, &nowhere));
    return nowhere ? EXIT_USAGE : EXIT_SYSTEM;
}
