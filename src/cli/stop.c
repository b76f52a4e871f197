#include "cli/stop.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/commands.h"

static volatile sig_atomic_t stopped;
static int nothing = -1; /* /dev/null */

/* Standard input becomes empty, so that a reader that waits for it sees the end and not the wait. */
static void stop(int number)
{
    if (stopped) _exit(EXIT_BY_SIGNAL + number);
    stopped = number;
    if (nothing >= 0) dup2(nothing, STDIN_FILENO);
}

/* A signal that the shell has us ignore (a job in the background) stays ignored. */
static void watch(int number)
{
    struct sigaction now, action = { 0 };
    if (sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN) return;
    action.sa_handler = stop; /* no SA_RESTART: a waiting read returns */
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGINT);
    sigaddset(&action.sa_mask, SIGTERM);
    sigaction(number, &action, NULL);
}

void cli_stop_watch(void)
{
    nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    watch(SIGINT);
    watch(SIGTERM);
}

int cli_stop_signal(void)
{
    return stopped;
}
