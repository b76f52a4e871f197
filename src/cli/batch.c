#include "cli/batch.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli/stop.h"

enum { STACK_BYTES = 8 << 20, LARGE_RECORD = 128 << 10 };

/* A result that waits for those before it: one piece of memory, with the strings behind the record. */
typedef struct {
    cli_result result;
    att_status status; /* other than ATT_OK: the run ends here */
    int error;         /* errno of it */
    char bytes[];
} kept_result;

typedef struct {
    const cli_batch *batch;
    uint64_t number;       /* of the last document read; with the reader it is the thread's whose turn it is */
    pthread_mutex_t state; /* for all below */
    pthread_cond_t room, turn;
    bool reading;               /* a thread has its turn to read, and to give out a sequence number */
    uint64_t next, due;         /* sequence numbers: the next to be given out, the next to be delivered */
    size_t waiting, annotating; /* bytes: of kept results, of texts in hand */
    bool delivering;            /* a thread is at it */
    bool ended, failed;         /* read no more; deliver no more */
    att_status status;
    int error;
    kept_result *kept[CLI_AHEAD]; /* by sequence number */
} thread_pool;

typedef struct {
    thread_pool *pool;
    att_doc *doc;
    att_writer *writer;
    uint64_t sequence;
    size_t length; /* of the text in hand */
    att_status status;
    int error;
    cli_result result;
} worker;

/* ---- taking a document ---- */

static bool ends(const thread_pool *self)
{
    return self->ended || self->failed || cli_stop_signal();
}

/* What is annotated may take long, as it is large; then more of what is made meanwhile may wait. */
static bool is_far_ahead(const thread_pool *self)
{
    size_t most = self->annotating > CLI_AHEAD_BYTES / 2 ? self->annotating * 2 : CLI_AHEAD_BYTES;
    return self->next - self->due >= CLI_AHEAD || self->waiting >= most;
}

/* Waits for its turn, then until the results that wait are few enough; false when nothing more is to be read. */
static bool begin_turn(thread_pool *self)
{
    pthread_mutex_lock(&self->state);
    while (self->reading) pthread_cond_wait(&self->turn, &self->state);
    self->reading = true;
    while (!ends(self) && is_far_ahead(self)) pthread_cond_wait(&self->room, &self->state);
    bool more = !ends(self);
    pthread_mutex_unlock(&self->state);
    return more;
}

static void end_turn(thread_pool *self)
{
    pthread_mutex_lock(&self->state);
    self->reading = false;
    pthread_cond_signal(&self->turn);
    pthread_mutex_unlock(&self->state);
}

/* The next document that is wanted. */
static att_status read_next(worker *self)
{
    thread_pool *pool = self->pool;
    const cli_batch *batch = pool->batch;
    att_status status;
    cli_stop_reading(true);
    do status = att_reader_next(batch->reader, self->doc);
    while (!cli_stop_signal() && status == ATT_OK && !batch->wanted(batch->user, att_doc_id(self->doc), ++pool->number));
    self->error = errno;
    cli_stop_reading(false);
    return status;
}

/* Gives the document in hand its place in the row, once its text fits beside the others'. */
static void enter(worker *self)
{
    thread_pool *pool = self->pool;
    pthread_mutex_lock(&pool->state);
    while (!pool->failed && pool->annotating && pool->annotating + self->length > CLI_TEXT_BYTES)
        pthread_cond_wait(&pool->room, &pool->state);
    pool->annotating += self->length;
    self->sequence = pool->next++;
    if (self->status != ATT_OK) pool->ended = true;
    pthread_mutex_unlock(&pool->state);
}

static void end_reading(thread_pool *self)
{
    pthread_mutex_lock(&self->state);
    self->ended = true;
    pthread_mutex_unlock(&self->state);
}

static bool take(worker *self)
{
    thread_pool *pool = self->pool;
    bool more = begin_turn(pool);
    if (more) {
        self->status = read_next(self);
        more = self->status != ATT_END && !cli_stop_signal(); /* what was being read when the signal came is not written */
        self->result = (cli_result){ .number = pool->number, .taken = att_reader_bytes(pool->batch->reader) };
        self->length = att_doc_length(self->doc);
        if (more) enter(self);
        else end_reading(pool);
    }
    end_turn(pool);
    return more;
}

/* ---- making the result ---- */

static void make(worker *self)
{
    cli_result *result = &self->result;
    if (self->status == ATT_OK) self->status = att_doc_tag(self->doc);
    if (self->status == ATT_OK) self->status = att_writer_write(self->writer, self->doc, &result->bytes, &result->size);
    if (self->status != ATT_OK) return;
    result->id = att_doc_id(self->doc);
    result->source = att_doc_source(self->doc);
    result->code = att_doc_error(self->doc, &result->message);
    if (!result->code) result->warning = att_doc_warning(self->doc, &result->message);
    if (!self->pool->batch->prepare) return;
    result->made = self->pool->batch->prepare(result->bytes, result->size);
    if (!result->made) self->status = ATT_NOMEM;
}

static const char *copy(char **to, const char *from, size_t size)
{
    char *place = *to;
    if (!from) return NULL;
    memcpy(place, from, size);
    *to += size;
    return place;
}

static size_t size_of(const char *string)
{
    return string ? strlen(string) + 1 : 0;
}

/* The codes are literals of the library. NULL when there is no memory. */
static kept_result *keep(const worker *self)
{
    const cli_result *result = &self->result;
    size_t bytes = result->made ? 0 : result->size;
    size_t size = bytes + size_of(result->id) + size_of(result->source) + size_of(result->message);
    kept_result *kept = malloc(sizeof *kept + size);
    if (!kept) return NULL;
    char *to = kept->bytes;
    kept->result = *result;
    kept->status = self->status;
    kept->error = self->error;
    kept->result.bytes = copy(&to, result->made ? NULL : result->bytes, bytes);
    kept->result.id = copy(&to, result->id, size_of(result->id));
    kept->result.source = copy(&to, result->source, size_of(result->source));
    kept->result.message = copy(&to, result->message, size_of(result->message));
    return kept;
}

/* ---- delivering: `state` is held on entry and on return, not while a record is written ---- */

static void fail(thread_pool *self, att_status status, int error)
{
    self->failed = true;
    self->status = status;
    self->error = error;
}

static void deliver(thread_pool *self, const cli_result *result, att_status status, int error)
{
    if (!self->failed && status != ATT_OK) fail(self, status, error);
    if (!self->failed) {
        self->delivering = true;
        pthread_mutex_unlock(&self->state);
        bool good = self->batch->deliver(self->batch->user, result);
        pthread_mutex_lock(&self->state);
        self->delivering = false;
        if (!good) fail(self, ATT_OK, 0);
    } else if (result->made) self->batch->drop(result->made);
    self->due++;
    pthread_cond_broadcast(&self->room);
}

/* The results that wait, as far as they are due. */
static void deliver_kept(thread_pool *self)
{
    kept_result *kept;
    while ((kept = self->kept[self->due % CLI_AHEAD])) {
        self->kept[self->due % CLI_AHEAD] = NULL;
        self->waiting -= kept->result.size;
        deliver(self, &kept->result, kept->status, kept->error);
        free(kept);
    }
}

/* Puts the result into the row. Where there is no memory for it the thread waits for its turn. */
static void put_aside(worker *self)
{
    thread_pool *pool = self->pool;
    pthread_mutex_unlock(&pool->state);
    kept_result *kept = keep(self);
    pthread_mutex_lock(&pool->state);
    while (!kept && pool->due != self->sequence) pthread_cond_wait(&pool->room, &pool->state);
    if (!kept) return;
    pool->kept[self->sequence % CLI_AHEAD] = kept;
    pool->waiting += kept->result.size;
}

static void hand_in(worker *self)
{
    thread_pool *pool = self->pool;
    pthread_mutex_lock(&pool->state);
    pool->annotating -= self->length;
    if (pool->due != self->sequence) put_aside(self);
    else pthread_cond_broadcast(&pool->room);
    bool kept = pool->kept[self->sequence % CLI_AHEAD];
    if (!kept) deliver(pool, &self->result, self->status, self->error);
    if (!pool->delivering) deliver_kept(pool); /* else the thread that is at it goes on to it */
    pthread_mutex_unlock(&pool->state);
}

/* ---- threads ---- */

static void *work(void *argument)
{
    worker self = { .pool = argument };
    const cli_batch *batch = self.pool->batch;
    att_status status = att_doc_new(&self.doc, batch->engine);
    if (status == ATT_OK) att_doc_set_statements(self.doc, batch->statements);
    if (status == ATT_OK) status = att_doc_set_until(self.doc, batch->until);
    if (status == ATT_OK) status = att_doc_set_profile(self.doc, batch->profile);
    if (status == ATT_OK) status = att_writer_new(&self.writer, batch->engine, batch->writing);
    while (status == ATT_OK && take(&self)) {
        make(&self);
        hand_in(&self);
    }
    att_writer_free(self.writer);
    att_doc_free(self.doc);
    return status == ATT_OK ? self.pool : NULL;
}

/* Starts up to `count` threads, which leave signals to the first one. Returns how many there are. */
static size_t start(thread_pool *self, pthread_t *threads, size_t count)
{
    pthread_attr_t attributes;
    sigset_t stops, before;
    size_t started = 0;
    cli_stop_signals(&stops);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_sigmask(SIG_BLOCK, &stops, &before);
    while (started < count && pthread_create(&threads[started], &attributes, work, self) == 0) started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return started;
}

/* Threads that could not start or had no memory leave the work to the others; this one can't. */
static void run(thread_pool *self, pthread_t *threads, size_t others)
{
    size_t started = start(self, threads, others);
    if (!work(self)) {
        pthread_mutex_lock(&self->state);
        fail(self, ATT_NOMEM, ENOMEM);
        pthread_mutex_unlock(&self->state);
    }
    for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
}

/* Large records that waited go back to the system, each by itself. By default malloc keeps several of them for later. */
static void keep_no_records(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, LARGE_RECORD);
#endif
}

att_status cli_batch_run(const cli_batch *batch)
{
    keep_no_records();
    thread_pool *self = calloc(1, sizeof *self);
    pthread_t *threads = calloc(batch->threads, sizeof *threads);
    att_status status = ATT_NOMEM;
    if (self && threads) {
        self->batch = batch;
        pthread_mutex_init(&self->state, NULL);
        pthread_cond_init(&self->room, NULL);
        pthread_cond_init(&self->turn, NULL);
        run(self, threads, batch->threads - 1);
        pthread_cond_destroy(&self->turn);
        pthread_cond_destroy(&self->room);
        pthread_mutex_destroy(&self->state);
        status = self->status;
        errno = self->error;
    }
    free(threads);
    free(self);
    return status;
}

size_t cli_batch_cores(void)
{
    cpu_set_t cores;
    int count = sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 1;
    return count > 0 ? (size_t)count : 1;
}
