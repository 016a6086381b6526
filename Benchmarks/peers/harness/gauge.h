/*
 * Whether a neighbour slows the core down. On a rented machine another's programs may run on the
 * second thread of the same core: they take a sixth of the speed of loops that wait for sums, nearly
 * half of that of code that waits for nothing, and no clock of ours shows it. A gauge does: a fixed
 * number of independent additions, some 30 microseconds, or 50 beside a neighbour.
 */
#ifndef GAUGE_H
#define GAUGE_H

/* Finds out how fast the gauge is when nothing disturbs it, and allows `seconds` of waiting from now
 * on in all. With 0 nothing is gauged: the core is taken for undisturbed. */
void gauge_begin(double seconds);

/* Reads the gauge: whether the core is undisturbed. */
int gauge_is_quiet(void);

/* Waits until it is; returns at once if all waiting has been used up. */
void gauge_wait(void);

/* Whether what was taken for undisturbed was not: by now the gauge has read far less. Then starts
 * anew from that reading. */
int gauge_was_wrong(void);

#endif
