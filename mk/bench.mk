# Picket beside its peers, in one run: docs/BENCH.md. The peers come from PyPI and Debian's packages
# into build/bench, and stay there.

bench_dir := $(BUILD)/bench
bench_levels := v3 v4
BENCH ?=

.PHONY: bench
bench: build ## Picket beside its peers, the machine's limits, the goals: writes docs/BENCH.md (BENCH=--quick: a look)
	@$(MAKE) --no-print-directory lib KERNELS=base ARCHIVE_DIR=$(bench_dir)/lib/baseline
	@for level in $(bench_levels); do \
	  $(MAKE) --no-print-directory lib MARCH=x86-64-$$level ARCHIVE_DIR=$(bench_dir)/lib/$$level || exit 1; done
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) Benchmarks/peers/bench.py $(PICKET) $(bench_dir)/lib $(bench_dir) \
	  $(if $(BENCH),$(bench_dir)/BENCH.md,docs/BENCH.md) $(BENCH)

.PHONY: bench-quick
bench-quick: ## nanoseconds a record, beside a dense C loop alone (UPDATE=1: writes the README's table)
	@$(MAKE) --no-print-directory build lib
	@$(MAKE) --no-print-directory lib KERNELS=base
	@CC='$(CC)' PYTHON='$(PYTHON)' Benchmarks/scoring.sh $(PICKET) $(BUILD) $(if $(UPDATE),README.md)
