#include "cli/stop.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "cli/commands.h"

static atomic_int stopped;
static int nothing = -1; /* /dev/null */
static _Atomic(pthread_t) reader;
static atomic_bool reading; /* `reader` is, and can't end meanwhile */

/* Standard input becomes empty, so that a reader that waits for it sees the end and not the wait. */
static void stop(int number)
{
    if (stopped) _exit(EXIT_BY_SIGNAL + number);
    stopped = number;
    if (nothing >= 0) dup2(nothing, STDIN_FILENO);
    if (reading && !pthread_equal(reader, pthread_self())) pthread_kill(reader, SIGUSR2);
}

/* Its coming alone ends a wait. */
static void wake(int number)
{
    (void)number;
}

void cli_stop_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
}

static void act(int number, void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler }; /* no SA_RESTART: a waiting read returns */
    cli_stop_signals(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* A signal that the shell has us ignore (a job in the background) stays ignored. */
static void watch(int number)
{
    struct sigaction now;
    if (sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN) return;
    act(number, stop);
}

void cli_stop_watch(void)
{
    nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    act(SIGUSR2, wake);
    watch(SIGINT);
    watch(SIGTERM);
}

int cli_stop_signal(void)
{
    return stopped;
}

void cli_stop_reading(bool begins)
{
    if (begins) reader = pthread_self();
    reading = begins;
}
