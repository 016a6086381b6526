# What keeps the promises: tests, machine checks, sizes, style.

# A Python with numpy: Debian's has it from python3-numpy, whichever stands first in the path.
PYTHON ?= $(or $(shell for p in python3 /usr/bin/python3; do \
  $$p -c 'import numpy' 2>/dev/null && echo $$p && break; done),python3)
CABI = $(MAKE) --no-print-directory -C Tests/CABI CC='$(CC)' PYTHON='$(PYTHON)'

.PHONY: test
test: test-swift test-c test-machine test-format ## everything that must hold

.PHONY: test-swift
test-swift:
	@swift test $(SWIFT_FLAGS)

.PHONY: size
size: $(ARCHIVE) ## bytes of the archive, function by function
	@$(PYTHON) Tests/Machine/size.py $(ARCHIVE)

.PHONY: lint
lint: ## style, without changing anything
	@swift format lint --strict -r Package.swift Sources Tests

.PHONY: format
format: ## style, in place
	@swift format -i -r Package.swift Sources Tests

.PHONY: bench
bench: ## nanoseconds a record, beside a dense C loop
	@$(MAKE) --no-print-directory build lib
	@$(MAKE) --no-print-directory lib MARCH=native
	@CC='$(CC)' Benchmarks/scoring.sh $(PICKET) $(BUILD)
