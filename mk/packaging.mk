# What is installed works for others, and the ABI stays what it was.

install_root := $(CURDIR)/$(BUILD)/tests/install

.PHONY: test-install
test-install: $(ARCHIVE) $(SHARED) $(FLOW_ARCHIVE) ## programs built from an installation: pkg-config, CMake, C++, musl
	@rm -rf $(install_root)
	@$(MAKE) --no-print-directory install DESTDIR=$(install_root) PREFIX=/usr >$(BUILD)/tests/install.txt 2>&1 || \
	  { cat $(BUILD)/tests/install.txt; exit 1; }
	@CC='$(CC)' Tests/Packaging/install_test.sh $(install_root) $(CURDIR)/export/golden/anoean-f32.picket $(SOVERSION)
	@CC='$(CC)' MAKE='$(MAKE)' Tests/Packaging/places_test.sh $(install_root)-places \
	  $(CURDIR)/export/golden/anoean-f32.picket $(SOVERSION)

.PHONY: test-abi
test-abi: ## the header's ABI against the released one (libabigail)
	@mkdir -p $(BUILD)/tests/abi
	@CC='$(CC)' $(PYTHON) Tests/Packaging/abi.py $(BUILD)/tests/abi --self-test
	@CC='$(CC)' $(PYTHON) Tests/Packaging/abi.py $(BUILD)/tests/abi

.PHONY: abi-update
abi-update: ## take the ABI as it is now, on purpose
	@mkdir -p $(BUILD)/tests/abi
	@CC='$(CC)' $(PYTHON) Tests/Packaging/abi.py $(BUILD)/tests/abi --update
