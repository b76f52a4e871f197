/* stop.h - SIGINT and SIGTERM: the record in hand is finished, then the program stops. A second one ends it at once. */
#ifndef ATT_CLI_STOP_H
#define ATT_CLI_STOP_H

void cli_stop_watch(void);

/* The signal that came, or 0. */
int cli_stop_signal(void);

#endif
