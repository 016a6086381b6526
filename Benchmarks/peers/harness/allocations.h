/* Counts the allocations of the whole process, its libraries' too: link with -rdynamic. */
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stddef.h>

/* Calls of malloc, calloc, realloc and the aligned kinds until now. */
size_t allocations(void);

#endif
