# Tests of the archive on every machine that it can be built for.

.PHONY: test-targets
test-targets: ## the archive of every target whose compiler and qemu are installed, built, inspected and run
	@$(PYTHON) Tests/Targets/self_test.py
	@CC='$(CC)' $(PYTHON) Tests/Targets/run.py

.PHONY: sizes-update
sizes-update: ## take the sizes of all targets as they are now
	@CC='$(CC)' $(PYTHON) Tests/Targets/run.py --update
