# What a model costs, by formula and measured: docs/COST.md.

cost_dir := $(BUILD)/tests/cost

$(cost_dir)/cost: Tests/Cost/cost.c $(ARCHIVE) include/picket.h
	@mkdir -p $(cost_dir)
	@$(CC) -std=gnu11 -O1 -Wall -Wextra -Werror -I include $< $(ARCHIVE) -o $@

.PHONY: cost
cost: $(cost_dir)/cost ## the tables of docs/COST.md: formula beside measured, worst legal model
	@$(PYTHON) Tests/Cost/cost.py $(cost_dir)/cost $(cost_dir)/models

.PHONY: test-cost
test-cost: $(cost_dir)/cost ## formulas for bytes of file and scratch, exact for every model
	@$(PYTHON) Tests/Cost/cost.py $(cost_dir)/cost $(cost_dir)/models --bytes
