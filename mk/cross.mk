# Tests of the archive on every machine that it can be built for.

.PHONY: test-targets
test-targets: ## the archive of every target whose compiler and qemu are installed, built, inspected and run
	@$(PYTHON) Tests/Targets/self_test.py
	@CC='$(CC)' $(PYTHON) Tests/Targets/run.py

.PHONY: sizes-update
sizes-update: ## take the sizes of all targets as they are now
	@CC='$(CC)' $(PYTHON) Tests/Targets/run.py --update

.PHONY: test-soft-float
test-soft-float: build ## instructions a score on a processor without floating point: integers are 8 times cheaper
	@$(MAKE) --no-print-directory lib TARGET=arm-linux-gnueabi
	@$(PYTHON) Tests/SoftFloat/soft_float.py $(PICKET) build/lib/arm-linux-gnueabi/libpicket.a $(if $(UPDATE),--update)
