#include "testing.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *model_folder, *scratch_folder;

const char *scratch(const char *name) {
  static char paths[4][512];
  static unsigned turn;
  char *path = paths[turn++ % 4];
  snprintf(path, sizeof paths[0], "%s/%s", scratch_folder, name);
  return path;
}

int empty_scratch(void **state) {
  (void)state;
  DIR *folder = opendir(scratch_folder);
  assert_non_null(folder);
  for (struct dirent *entry; (entry = readdir(folder));)
    if (entry->d_name[0] != '.') unlink(scratch(entry->d_name));
  closedir(folder);
  return 0;
}

char *slurp(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  const size_t length = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(length + 1);
  assert_non_null(bytes);
  assert_int_equal(fread(bytes, 1, length, file), length);
  fclose(file);
  bytes[length] = 0;
  if (size) *size = length;
  return bytes;
}

void spill(const char *path, const void *bytes, size_t size) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  assert_int_equal(fclose(file), 0);
}

int divert(const char *name) {
  const int before = dup(2), into = open(scratch(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  assert_true(dup2(into, 2) == 2);
  close(into);
  return before;
}

int holds(const char *text, const char *part) { return text && strstr(text, part) != NULL; }

picket_flow_event an_end(void) {
  picket_flow_event event;
  memset(&event, 0, sizeof event);
  event.id = 1;
  event.kind = PICKET_FLOW_END;
  event.protocol = 6;
  event.flag = PICKET_FLOW_SF;
  event.reason = PICKET_FLOW_TOLD;
  event.start_ns = 1700000000000000000u;
  event.end_ns = event.start_ns + 1500000000u;
  event.bytes[0] = 100;
  event.bytes[1] = 200;
  event.packets[0] = event.packets[1] = 5;
  event.source[10] = event.source[11] = event.destination[10] = event.destination[11] = 0xFF;
  memcpy(event.source + 12, "\x0A\0\0\x01", 4);
  memcpy(event.destination + 12, "\xC0\0\x02\x01", 4);
  event.source_port = 40000;
  event.destination_port = 80;
  event.notes = PICKET_FLOW_NO_PAYLOAD;
  return event;
}

void parse(struct config *config, const char *text) {
  static char copy[CONFIG_FILE_BYTES];
  struct error error;
  snprintf(copy, sizeof copy, "%s", text);
  expect(config_parse(config, "test.toml", copy, strlen(copy), &error) == 0, "%s", error.text);
}
