#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static const double interval = 0.2, least = 2, megabyte = 1e6;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double rate(double seconds, uint64_t bytes)
{
    return seconds > 0 ? (double)bytes / megabyte / seconds : 0;
}

void cli_progress_start(cli_progress *self, bool shown, uint64_t total)
{
    *self = (cli_progress){ .shown = shown, .total = total, .start = now() };
    self->last = self->start;
}

/* Time left, once there is something to guess it from. */
static void print_left(const cli_progress *self, double seconds, uint64_t bytes)
{
    if (bytes == 0 || bytes > self->total || seconds < least) return;
    double left = seconds * (double)(self->total - bytes) / (double)bytes;
    if (left < 100) fprintf(stderr, ", %.0f s left", left);
    else fprintf(stderr, ", %.0f min left", left / 60);
}

void cli_progress_tell(cli_progress *self, uint64_t documents, uint64_t bytes)
{
    if (!self->shown) return;
    double time = now();
    if (time - self->last < interval) return;
    self->last = time;
    self->visible = true;
    fprintf(stderr, "\r%" PRIu64 " documents, %.1f MB, %.1f MB/s", documents, (double)bytes / megabyte,
            rate(time - self->start, bytes));
    print_left(self, time - self->start, bytes);
    fputs("\033[K", stderr);
    fflush(stderr);
}

void cli_progress_hide(cli_progress *self)
{
    if (self->visible) fputs("\r\033[K", stderr);
    self->visible = false;
}

void cli_progress_summary(cli_progress *self, uint64_t documents, uint64_t failed, uint64_t bytes)
{
    double seconds = now() - self->start;
    cli_progress_hide(self);
    fprintf(stderr, "attache: %" PRIu64 " document%s, %" PRIu64 " failed, %.1f MB in %.2f s, %.1f MB/s\n", documents,
            documents == 1 ? "" : "s", failed, (double)bytes / megabyte, seconds, rate(seconds, bytes));
}
