#include "arena.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int arena_open(struct arena *arena, size_t size, struct error *error) {
  void *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED)
    return fail(error, "%zu bytes of memory: %s; ask for smaller tables", size, strerror(errno));
  arena->start = start;
  arena->size = size;
  arena->used = 0;
  return 0;
}

size_t arena_cost(size_t size) { return (size + 63) & ~(size_t)63; }

void *arena_take(struct arena *arena, size_t size) {
  if (arena_cost(size) > arena->size - arena->used) return NULL;
  void *block = arena->start + arena->used;
  arena->used += arena_cost(size);
  return block;
}

void arena_forget(void *block, size_t size) {
  const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  const uintptr_t start = ((uintptr_t)block + page - 1) & ~(page - 1);
  const uintptr_t end = ((uintptr_t)block + size) & ~(page - 1);
  if (end > start) madvise((void *)start, end - start, MADV_DONTNEED);
}
