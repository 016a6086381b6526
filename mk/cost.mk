# What a model costs, by formula and measured: docs/COST.md.

cost_dir := $(BUILD)/tests/cost

$(cost_dir)/cost: Tests/Cost/cost.c $(ARCHIVE) include/picket.h
	@mkdir -p $(cost_dir)
	@$(CC) -std=gnu11 -O1 -Wall -Wextra -Werror -I include $< $(ARCHIVE) -o $@

.PHONY: cost
cost: $(cost_dir)/cost ## the tables of docs/COST.md: formula beside measured, worst legal models on three levels of x86-64
	@$(MAKE) --no-print-directory lib KERNELS=base
	@$(MAKE) --no-print-directory lib MARCH=x86-64-v3
	@$(CC) -std=gnu11 -O1 -Wall -Wextra -Werror -I include Tests/Cost/cost.c $(base_lib)/libpicket.a -o $<-base
	@$(CC) -std=gnu11 -O1 -Wall -Wextra -Werror -I include Tests/Cost/cost.c $(BUILD)/lib/$(TARGET)-x86-64-v3/libpicket.a -o $<-v3
	@$(PYTHON) Tests/Cost/cost.py $(cost_dir)/cost $(cost_dir)/models $<-base $<-v3

.PHONY: test-cost
test-cost: $(cost_dir)/cost ## formulas for bytes of file and scratch, exact for every model
	@$(PYTHON) Tests/Cost/cost.py $(cost_dir)/cost $(cost_dir)/models --bytes

calls_base := $(cost_dir)/calls-base
calls_all := $(cost_dir)/calls-all
.PHONY: test-explain-cost
test-explain-cost: build $(ARCHIVE) ## what an explanation costs in scores: instructions, by callgrind
	@mkdir -p $(cost_dir)
	@$(MAKE) --no-print-directory lib KERNELS=base
	@$(CC) -std=c11 -O1 -Wall -Wextra -Werror -I include Tests/Cost/calls.c $(base_lib)/libpicket.a -o $(calls_base)
	@$(CC) -std=c11 -O1 -Wall -Wextra -Werror -I include Tests/Cost/calls.c $(ARCHIVE) -o $(calls_all)
	@$(PYTHON) Tests/Cost/explain_ratio.py $(PICKET) $(cost_dir)/explain base=$(calls_base):3 AVX2=$(calls_all):3
