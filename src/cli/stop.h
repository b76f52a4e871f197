/* stop.h - SIGINT and SIGTERM: the records in hand are finished, then the program stops. A second one ends it at once. */
#ifndef ATT_CLI_STOP_H
#define ATT_CLI_STOP_H

#include <signal.h>
#include <stdbool.h>

void cli_stop_watch(void);

/* The signal that came, or 0. */
int cli_stop_signal(void);

/* The two, for threads other than the first: they have to block them. */
void cli_stop_signals(sigset_t *set);

/* This thread begins or ends a read that a signal is to break off. One thread at a time. */
void cli_stop_reading(bool begins);

#endif
