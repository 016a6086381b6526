/* picketd: learns what is normal on a gateway, and tells what is not. See picketd.8. */
#include <fcntl.h>
#include <picket.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "verbs.h"

/* What sysexits.h calls EX_USAGE. */
enum { FAILED = 1, WRONG_USE = 64 };

static const char usage[] =
    "usage: picketd learn CONFIG      write down every connection\n"
    "       picketd run CONFIG        score every connection, tell alerts\n"
    "       picketd check CONFIG      check configuration and model\n"
    "       picketd reload CONFIG     check, then have the running picketd take both over\n"
    "       picketd csv CONFIG LOG    print the records of a log\n"
    "       picketd --help | --version\n";

/* Some start a daemon with these closed: a file that it opens would be the standard error then, and messages
 * would stand in it. What takes their place can be read or written no more than they could. */
static void fill_standard_descriptors(void) {
  for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
    if (fcntl(i, F_GETFD) < 0) (void)!open("/dev/null", i == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv) {
  static const struct {
    const char *name;
    int (*run)(const char *config_path, struct error *error);
  } verbs[] = {{"learn", verb_learn}, {"run", verb_run}, {"check", verb_check},
               {"reload", verb_reload}};
  struct error error;
  int status = WRONG_USE;
  fill_standard_descriptors();
  if (argc == 2 && strcmp(argv[1], "--version") == 0) {
    printf("picketd %d.%d.%d\n", PICKET_VERSION_MAJOR, PICKET_VERSION_MINOR, PICKET_VERSION_PATCH);
    return 0;
  }
  if (argc == 2 && strcmp(argv[1], "--help") == 0) {
    fputs(usage, stdout);
    return 0;
  }
  if (argc == 4 && strcmp(argv[1], "csv") == 0) status = verb_csv(argv[2], argv[3], &error);
  for (size_t i = 0; i < sizeof verbs / sizeof verbs[0] && argc == 3; i++)
    if (strcmp(argv[1], verbs[i].name) == 0) status = verbs[i].run(argv[2], &error);
  if (status == WRONG_USE) {
    fputs(usage, stderr);
    return WRONG_USE;
  }
  if (status == 0) return 0;
  say("%s", error.text);
  return FAILED;
}
