/* Which models are taken, and which threshold a connection gets. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "testing.h"

enum { CAPACITY = 1 << 20 };

static struct model model;
static struct config config;
static unsigned char explaining[PICKET_EXPLAIN_SCRATCH_MAX];

static uint64_t specification(void) {
  picket_flow_configuration flow;
  uint64_t hash = 0;
  engine_configure(&config, &flow);
  assert_int_equal(picket_flow_specification(&flow, NULL, 0, &hash), PICKET_FLOW_OK);
  return hash;
}

/* Loads models/NAME with more text of configuration. */
static int load(const char *name, const char *more, struct error *error) {
  static unsigned char *bytes;
  static char text[2048];
  if (!bytes) bytes = aligned_alloc(64, CAPACITY);
  snprintf(text, sizeof text, "[model]\npath = \"%s/%s\"\n%s", model_folder, name, more);
  parse(&config, text);
  model_place(&model, bytes, CAPACITY);
  return model_load(&model, &config, specification(), explaining, error);
}

static void a_model_of_these_columns_is_taken(void **state) {
  struct error error;
  (void)state;
  expect(load("good.picket", "", &error) == 0, "%s", error.text);
  assert_int_equal(model.info.field_count, PICKET_FLOW_COLUMNS);
  assert_float_equal(model.threshold, 10.0f, 1e-5f);
  assert_true(model.explains);
}

static void reasons_are_promised_only_where_there_are_some(void **state) {
  static const struct {
    const char *name;
    int explains;
  } cases[] = {{"good.picket", 1}, {"no-typical.picket", 0}, {"integer.picket", 0},
               {"distilled.picket", 1}, {"distilled-no-typical.picket", 0}, {"distilled-integer.picket", 0}};
  struct error error;
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    expect(load(cases[i].name, "", &error) == 0, "%s", error.text);
    expect(model.explains == cases[i].explains, "%s: explains %d", cases[i].name, model.explains);
  }
}

static void a_model_of_other_records_is_refused(void **state) {
  struct error error;
  (void)state;
  assert_int_equal(load("other.picket", "", &error), -1);
  expect(holds(error.text, "trained on other records"), "%s", error.text);
  assert_int_equal(load("good.picket", "[flow]\nwindow_seconds = 3\n", &error), -1);
  expect(holds(error.text, "trained on other records"), "%s", error.text);
  assert_int_equal(load("foreign.picket", "", &error), -1);
  expect(holds(error.text, "'elsewhere' is not a column"), "%s", error.text);
}

static void a_budget_that_the_table_cannot_tell_is_refused(void **state) {
  struct error error;
  (void)state;
  assert_int_equal(load("good.picket", "[alert]\nbudget = 0.0001\n", &error), -1);
  expect(holds(error.text, "the smallest that it can tell is 0.001"), "%s", error.text);
  assert_int_equal(load("good.picket", "[[host]]\naddress = \"::/0\"\nbudget = 0.0001\n", &error), -1);
  expect(holds(error.text, "budget 0.0001"), "%s", error.text);
}

static void a_file_that_is_no_model_is_refused(void **state) {
  struct error error;
  (void)state;
  assert_int_equal(load("none.picket", "", &error), -1);
  expect(holds(error.text, "No such file"), "%s", error.text);
  assert_int_equal(load("", "", &error), -1);
  expect(holds(error.text, "directory"), "%s", error.text);
  parse(&config, "");
  assert_int_equal(model_load(&model, &config, 0, explaining, &error), -1);
  expect(holds(error.text, "model.path is missing"), "%s", error.text);
  model.capacity = 100;
  assert_int_equal(load("good.picket", "", &error), 0);
  model.capacity = 100;
  assert_int_equal(model_load(&model, &config, specification(), explaining, &error), -1);
  expect(holds(error.text, "less than model.most_bytes"), "%s", error.text);
}

static void a_pipe_in_its_place_is_not_waited_for(void **state) {
  struct error error;
  char text[1024];
  (void)state;
  assert_int_equal(load("good.picket", "", &error), 0);
  snprintf(text, sizeof text, "[model]\npath = \"%s\"\n", scratch("pipe"));
  parse(&config, text);
  assert_int_equal(mkfifo(scratch("pipe"), 0600), 0);
  alarm(10);
  assert_int_equal(model_load(&model, &config, specification(), explaining, &error), -1);
  alarm(0);
  expect(holds(error.text, "cut short"), "%s", error.text);
}

static void categories_get_the_numbers_of_the_model(void **state) {
  float record[PICKET_FLOW_COLUMNS] = {0}, fields[PICKET_FLOW_COLUMNS];
  struct error error;
  (void)state;
  assert_int_equal(load("good.picket", "", &error), 0);
  const size_t column = column_find("flag");
  record[column] = PICKET_FLOW_SF;
  model_arrange(&model, record, fields);
  size_t field = 0;
  const char *name = NULL;
  assert_int_equal(picket_field_index(&model.opened, "flag", &field), PICKET_OK);
  picket_category_name(&model.opened, field, (size_t)fields[field], &name);
  assert_string_equal(name, "SF");
}

static float threshold_of(const picket_flow_event *event, int *is_included) {
  float threshold, budget;
  *is_included = model_threshold(&model, &config, event, &threshold, &budget);
  return threshold;
}

static void the_first_host_that_fits_decides(void **state) {
  picket_flow_event event = an_end();
  struct error error;
  int is_included;
  (void)state;
  expect(load("good.picket",
              "[alert]\nbudget = 0.01\n"
              "[[host]]\naddress = \"192.0.2.1\"\nport = 443\nexclude = true\n"
              "[[host]]\naddress = \"192.0.2.0/24\"\nside = \"destination\"\nbudget = 0.1\n"
              "[[host]]\naddress = \"10.0.0.1\"\nside = \"source\"\nexclude = true\n",
              &error) == 0, "%s", error.text);
  float wanted;
  picket_threshold(&model.opened, 0.1f, &wanted);
  assert_float_equal(threshold_of(&event, &is_included), wanted, 0);
  assert_true(is_included);
  event.destination_port = 443;
  threshold_of(&event, &is_included);
  assert_false(is_included);
  event.destination[12] = 1;
  threshold_of(&event, &is_included);
  assert_false(is_included);
  event.source[15] = 2;
  picket_threshold(&model.opened, 0.01f, &wanted);
  assert_float_equal(threshold_of(&event, &is_included), wanted, 0);
  assert_true(is_included);
}

const struct CMUnitTest model_tests[] = {
    cmocka_unit_test(a_model_of_these_columns_is_taken),
    cmocka_unit_test(reasons_are_promised_only_where_there_are_some),
    cmocka_unit_test(a_model_of_other_records_is_refused),
    cmocka_unit_test(a_budget_that_the_table_cannot_tell_is_refused),
    cmocka_unit_test(a_file_that_is_no_model_is_refused),
    cmocka_unit_test(a_pipe_in_its_place_is_not_waited_for),
    cmocka_unit_test(categories_get_the_numbers_of_the_model),
    cmocka_unit_test(the_first_host_that_fits_decides),
};
const size_t model_count = COUNT(model_tests);
