/* What learning and running have in common: configuration, memory, source, flow and loop. */
#ifndef PICKETD_SERVICE_H
#define PICKETD_SERVICE_H

#include "arena.h"
#include "config.h"
#include "engine.h"
#include "loop.h"
#include "source.h"

struct service {
  const char *path; /* of the configuration */
  struct config config;
  struct arena arena;
  struct source source;
  struct engine engine;
  struct loop loop;
};

/* Finds the functions of the configured source. */
int service_find_source(const struct config *config, const struct source_operations **operations,
                        struct error *error);

/*
 * Opens everything in this order: signals, memory of all tables and `more` bytes besides, the source,
 * with whatever rights it needs; then every right is given up, and the flow begins.
 * service->config must have been loaded.
 */
int service_open(struct service *service, size_t more, struct error *error);

/* Says "ready" to systemd, runs the loop, and ends what is open if the source ended. Returns -1 also if
 * some of the source could not be read; what could be was handed on. */
int service_run(struct service *service, const char *status, int finishes, struct error *error);

#endif
