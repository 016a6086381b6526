/* Counts what one thread asks of the heap. One watcher at a time in a process; others wait. */
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

/* Watches the calling thread from now on, counting from 0. */
void allocation_counter_start(void);

/* Requests so far; call it on the watched thread. */
long allocation_counter_requests(void);

/* Watches nobody any more, called by the thread that started; returns the requests. */
long allocation_counter_stop(void);

#endif
