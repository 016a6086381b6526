#include "allocation_counter.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>

// The test program's own malloc stands before the C library's, for every library in the process.
// It hands each request on and counts those of one watched thread.

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static pthread_t watched;
static int watching;
static long requests;

static void count(void) {
  if (__atomic_load_n(&watching, __ATOMIC_ACQUIRE) && pthread_equal(watched, pthread_self()))
    requests++;
}

void *malloc(size_t size) {
  count();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count();
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  count();
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  count();
  void *found = __libc_memalign(alignment, size);
  if (!found) return ENOMEM;
  *result = found;
  return 0;
}

void allocation_counter_start(void) {
  pthread_mutex_lock(&turn);
  watched = pthread_self();
  requests = 0;
  __atomic_store_n(&watching, 1, __ATOMIC_RELEASE);
}

long allocation_counter_stop(void) {
  __atomic_store_n(&watching, 0, __ATOMIC_RELEASE);
  long seen = requests;
  pthread_mutex_unlock(&turn);
  return seen;
}

long allocation_counter_requests(void) { return requests; }
