/* What the command line can ask for. Each returns 0, or -1 with *error. */
#ifndef PICKETD_VERBS_H
#define PICKETD_VERBS_H

#include "message.h"

int verb_learn(const char *config_path, struct error *error);
int verb_run(const char *config_path, struct error *error);
int verb_check(const char *config_path, struct error *error);
int verb_reload(const char *config_path, struct error *error);
int verb_csv(const char *config_path, const char *log_path, struct error *error);

#endif
