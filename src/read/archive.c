#include "read/archive.h"

#ifdef ATT_HAVE_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

enum { STEP = 64 * 1024, NOWHERE = -1, MOST_HOLE = 1 << 30 /* bytes: one costs nothing to write, and time to read */ };

struct att_archive_table {
    struct archive *archive;
    locale_t locale; /* UTF-8, in which names come; the null locale when the system has none */
    att_input *file;
    uint64_t given;     /* bytes of the file's buffer that the library has and is not done with */
    int64_t at;         /* byte of the file behind these */
    int64_t target;     /* where to go before the next bytes are read, or NOWHERE */
    bool single;        /* a compressed file, not an archive */
    bool met;           /* a member */
    bool over;          /* no further member */
    bool told;          /* why it is over, where that is an error */
    const char *reason; /* of the last error, or NULL */
    struct {
        const char *data;
        size_t length;
        int64_t hole;   /* zeros before them */
        int64_t at;     /* byte of the member that comes next */
        bool last;      /* nothing comes behind them */
        bool encrypted; /* the member is */
    } block;
};

/* ---- the library's names are in the locale of the thread: UTF-8 while it works ---- */

static locale_t enter(const att_archive *self)
{
    return self->locale ? uselocale(self->locale) : (locale_t)0;
}

static void leave(locale_t before)
{
    if (before) uselocale(before);
}

/* ---- the file, as the library asks for it ---- */

static la_ssize_t give(struct archive *archive, void *user, const void **bytes)
{
    att_archive *self = user;
    att_input *file = self->file;
    (void)archive;
    att_input_pass(file, self->given);
    self->given = 0;
    if (self->target != NOWHERE && !att_input_seek(file, self->at, self->target)) return ARCHIVE_FATAL;
    if (self->target != NOWHERE) self->at = self->target;
    self->target = NOWHERE;
    if (!att_input_unread(file).length && att_input_more(file, STEP) == ATT_MORE_ERROR) return ARCHIVE_FATAL;
    att_str unread = att_input_unread(file);
    *bytes = unread.data;
    self->given = unread.length;
    self->at += (int64_t)unread.length;
    return (la_ssize_t)unread.length;
}

/* Where to is remembered only: the library asks for the end to learn of the size, and then goes elsewhere. */
static la_int64_t seek(struct archive *archive, void *user, la_int64_t offset, int whence)
{
    att_archive *self = user;
    (void)archive;
    int64_t from = whence == SEEK_SET        ? 0
                   : whence == SEEK_END      ? (int64_t)self->file->size
                   : self->target != NOWHERE ? self->target
                                             : self->at;
    if (offset < -from || offset > INT64_MAX - from) return ARCHIVE_FATAL;
    return self->target = from + offset;
}

/* ---- opening ---- */

static const struct {
    int filter; /* 0: none */
    int (*format)(struct archive *);
} ways[] = {
    [ATT_PACKING_ZSTD] = { ARCHIVE_FILTER_ZSTD, archive_read_support_format_tar },
    [ATT_PACKING_XZ] = { ARCHIVE_FILTER_XZ, archive_read_support_format_tar },
    [ATT_PACKING_BZIP2] = { ARCHIVE_FILTER_BZIP2, archive_read_support_format_tar },
    [ATT_PACKING_LZ4] = { ARCHIVE_FILTER_LZ4, archive_read_support_format_tar },
    [ATT_PACKING_LZIP] = { ARCHIVE_FILTER_LZIP, archive_read_support_format_tar },
    [ATT_PACKING_TAR] = { 0, archive_read_support_format_tar },
    [ATT_PACKING_ZIP] = { 0, archive_read_support_format_zip },
    [ATT_PACKING_7ZIP] = { 0, archive_read_support_format_7zip },
    [ATT_PACKING_CPIO] = { 0, archive_read_support_format_cpio },
    [ATT_PACKING_RAR] = { 0, archive_read_support_format_rar },
    [ATT_PACKING_RAR5] = { 0, archive_read_support_format_rar5 },
    [ATT_PACKING_CAB] = { 0, archive_read_support_format_cab },
};

/* What is compressed may be an archive, any other file, or nothing. The library would run a program for what it can't unpack
 * itself, and says so: that is refused. */
static bool choose_way(att_archive *self, att_packing packing)
{
    struct archive *archive = self->archive;
    bool good = ways[packing].format(archive) == ARCHIVE_OK;
    self->single = ways[packing].filter != 0;
    if (!self->single) return good;
    good = good && archive_read_support_format_raw(archive) == ARCHIVE_OK;
    good = good && archive_read_support_format_empty(archive) == ARCHIVE_OK;
    return good && archive_read_append_filter(archive, ways[packing].filter) == ARCHIVE_OK;
}

static const char *reason_of(const att_archive *self)
{
    const char *why = archive_error_string(self->archive);
    return why ? why : "it is damaged, or of a kind that is not known";
}

static void end(att_archive *self, const char *reason)
{
    self->over = true;
    self->reason = reason;
}

static void begin(att_archive *self, att_packing packing)
{
    struct archive *archive = self->archive;
    if (!choose_way(self, packing)) {
        end(self, "the library that unpacks was built without this format");
        return;
    }
    if (packing == ATT_PACKING_7ZIP && !att_input_can_seek(self->file)) {
        end(self, "its list of members stands at its end; it is read from a file, from no pipe");
        return;
    }
    archive_read_set_read_callback(archive, give);
    if (att_input_can_seek(self->file)) archive_read_set_seek_callback(archive, seek);
    archive_read_set_callback_data(archive, self);
    /* What can't be unpacked at all passes for a file of no bytes, with an error beside it. */
    bool open = archive_read_open1(archive) == ARCHIVE_OK;
    if (!open || (self->single && archive_error_string(archive))) end(self, reason_of(self));
}

bool att_archive_built_in(void)
{
    return true;
}

att_archive *att_archive_open(att_packing packing, att_input *file)
{
    att_archive *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    *self = (att_archive){ .archive = archive_read_new(), .file = file, .target = NOWHERE };
    if (!self->archive) {
        free(self);
        return NULL;
    }
    self->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = enter(self);
    begin(self, packing);
    leave(before);
    return self;
}

void att_archive_close(att_archive *self)
{
    if (!self) return;
    archive_read_free(self->archive);
    if (self->locale) freelocale(self->locale);
    free(self);
}

const char *att_archive_reason(const att_archive *self)
{
    return self->reason;
}

/* ---- members ---- */

/* A name, or that of a folder in it, that begins with a dot, as in folders of files; "." and ".." are no names. */
static bool is_hidden(const char *name)
{
    for (; name; name = strchr(name, '/')) {
        name += *name == '/';
        if (*name == '.' && name[1] != '/' && strncmp(name, "../", 3) != 0) return true;
    }
    return false;
}

static const char *name_of(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    while (name && name[0] == '.' && name[1] == '/') name += 2;
    return name ? name : "";
}

/* A hard link has no data: the member that it stands for has, but for the last one in a cpio archive. */
static bool is_wanted(struct archive_entry *entry, const char *name)
{
    bool linked = archive_entry_hardlink(entry) || archive_entry_nlink(entry) > 1;
    if (archive_entry_filetype(entry) != AE_IFREG || is_hidden(name)) return false;
    return !linked || archive_entry_size(entry) > 0;
}

/* Goes to the next head; false at the end. */
static bool next_header(att_archive *self, struct archive_entry **entry)
{
    int status = archive_read_next_header(self->archive, entry), format = archive_format(self->archive);
    self->single = self->single && (format == ARCHIVE_FORMAT_RAW || format == ARCHIVE_FORMAT_EMPTY);
    if (status == ARCHIVE_OK || status == ARCHIVE_WARN) return true;
    end(self, status == ARCHIVE_EOF ? NULL : reason_of(self));
    return false;
}

/* What stands behind a compressed file was unpacked with it. A file of no bytes has no head. */
static bool find_single(att_archive *self)
{
    if (self->met) end(self, NULL);
    else self->block.last = self->over;
    return !self->met;
}

static bool find_member(att_archive *self, att_member *member)
{
    struct archive_entry *entry = NULL;
    const char *name = NULL;
    if (self->single && self->met) return find_single(self);
    do {
        if (!next_header(self, &entry)) return self->single && !self->reason && find_single(self);
        name = name_of(entry);
        if (self->single) return find_single(self);
    } while (!is_wanted(entry, name));
    self->block.encrypted = archive_entry_is_encrypted(entry) != 0;
    *member = (att_member){
        .name = att_str_of(*name ? name : "?"),
        .sized = archive_entry_size_is_set(entry) != 0,
        .size = (uint64_t)archive_entry_size(entry),
    };
    return true;
}

static att_member_result tell_end(att_archive *self)
{
    if (!self->met && !self->reason) self->reason = "there is no file in it";
    self->met = true;
    if (!self->reason || self->told) return ATT_MEMBER_END;
    self->told = true;
    return ATT_MEMBER_ERROR;
}

att_member_result att_archive_next(att_archive *self, att_member *member)
{
    if (self->over) return tell_end(self);
    memset(&self->block, 0, sizeof self->block);
    *member = (att_member){ 0 };
    self->reason = NULL;
    locale_t before = enter(self);
    bool found = find_member(self, member);
    leave(before);
    if (!found) return tell_end(self);
    self->met = true;
    return ATT_MEMBER;
}

/* ---- a member's bytes ---- */

/* The library gives blocks and says where they stand: between them lie the holes of a sparse file, and at its end. */
static bool next_block(att_archive *self)
{
    const void *data = NULL;
    size_t length = 0;
    la_int64_t offset = self->block.at;
    if (self->block.encrypted) {
        self->reason = "it is encrypted";
        return false;
    }
    int status = archive_read_data_block(self->archive, &data, &length, &offset);
    if (status != ARCHIVE_OK && status != ARCHIVE_EOF) {
        self->reason = reason_of(self);
        self->over = self->told = status == ARCHIVE_FATAL;
        return false;
    }
    if (offset > self->block.at && offset - self->block.at > MOST_HOLE) {
        self->reason = "it has a hole of more than 1 GiB";
        return false;
    }
    self->block.last = status == ARCHIVE_EOF;
    self->block.data = data;
    self->block.length = self->block.last ? 0 : length;
    self->block.hole = offset > self->block.at ? offset - self->block.at : 0;
    return true;
}

att_more att_archive_read(void *archive, char *to, size_t size, size_t *got)
{
    att_archive *self = archive;
    locale_t before = enter(self);
    bool good = true;
    while (good && !self->block.hole && !self->block.length && !self->block.last) good = next_block(self);
    leave(before);
    if (!good) return ATT_MORE_ERROR;
    size_t zeros = (uint64_t)self->block.hole < size ? (size_t)self->block.hole : size;
    size_t bytes = self->block.length < size - zeros ? self->block.length : size - zeros;
    memset(to, 0, zeros);
    if (bytes) memcpy(to + zeros, self->block.data, bytes);
    self->block.hole -= (int64_t)zeros;
    self->block.data += bytes;
    self->block.length -= bytes;
    self->block.at += (int64_t)(zeros + bytes);
    *got = zeros + bytes;
    return *got ? ATT_MORE : ATT_MORE_END;
}

#else

bool att_archive_built_in(void)
{
    return false;
}

att_archive *att_archive_open(att_packing packing, att_input *file)
{
    (void)packing;
    (void)file;
    return NULL;
}

void att_archive_close(att_archive *self)
{
    (void)self;
}

att_member_result att_archive_next(att_archive *self, att_member *member)
{
    (void)self;
    (void)member;
    return ATT_MEMBER_END;
}

att_more att_archive_read(void *self, char *to, size_t size, size_t *got)
{
    (void)self;
    (void)to;
    (void)size;
    (void)got;
    return ATT_MORE_END;
}

const char *att_archive_reason(const att_archive *self)
{
    (void)self;
    return "";
}
#endif
