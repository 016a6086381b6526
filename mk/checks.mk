# What keeps the promises: tests, machine checks, sizes, style.

# A Python with numpy: Debian's has it from python3-numpy, whichever stands first in the path.
PYTHON ?= $(or $(shell for p in python3 /usr/bin/python3; do \
  $$p -c 'import numpy' 2>/dev/null && echo $$p && break; done),python3)
CHECKS = $(MAKE) --no-print-directory CC='$(CC)' PYTHON='$(PYTHON)' SWIFTC='$(SWIFTC)'

.PHONY: test
test: test-c test-machine test-minimal test-format test-readme test-command test-round-trip test-swift ## everything that must hold

# No test is let in by @testable: what is built for it is then what `make build` builds.
.PHONY: test-swift
test-swift: $(ARCHIVE)
	@swift test $(SWIFT_FLAGS) --disable-testable-imports

.PHONY: test-format
test-format: ## the independent reader of the format, and its golden and malformed files
	@$(PYTHON) export/python/make_golden.py --check
	@$(PYTHON) export/python/make_malformed.py --check

# The program on the README's first page does what that of the header does.
.PHONY: test-readme
test-readme: $(ARCHIVE)
	@mkdir -p $(BUILD)/tests
	@sed -n '/^```c$$/,/^```$$/p' README.md | grep -v '^```' > $(BUILD)/tests/readme.c
	@$(CHECKS) -C Tests/CABI/header LIB=$(CURDIR)/$(ARCHIVE) BUILD=$(CURDIR)/$(BUILD)/tests/readme \
	  PROGRAM=$(CURDIR)/$(BUILD)/tests/readme.c program
	@echo "readme: its program compiles, tells alarms, and names what it cannot read"

# The archive alone: with all kernel sets, of which this processor takes the highest it can run, with two,
# and with the one for any processor; and under AddressSanitizer.
base_lib := $(CURDIR)/$(BUILD)/lib/$(TARGET)-base
avx2_lib := $(CURDIR)/$(BUILD)/lib/$(TARGET)-avx2
minimal_lib := $(CURDIR)/$(BUILD)/lib/$(TARGET)-minimal
# In front of a command: where there is one with two kernel sets.
with_avx2 = $(if $(kernel_choice),@,@:)
.PHONY: test-c
test-c: $(ARCHIVE) ## the C functions, by cmocka
	@$(MAKE) --no-print-directory lib KERNELS=base
	$(with_avx2) $(MAKE) --no-print-directory lib KERNELS=avx2
	@$(MAKE) --no-print-directory lib SANITIZE=address
	@$(CHECKS) -C Tests/CABI LIB=$(CURDIR)/$(ARCHIVE) BUILD=$(CURDIR)/$(BUILD)/tests/cabi test header agree
	$(with_avx2) $(CHECKS) -C Tests/CABI LIB=$(avx2_lib)/libpicket.a BUILD=$(CURDIR)/$(BUILD)/tests/cabi-avx2 test agree
	@$(CHECKS) -C Tests/CABI LIB=$(base_lib)/libpicket.a BUILD=$(CURDIR)/$(BUILD)/tests/cabi-base test agree
	@$(CHECKS) -C Tests/CABI LIB=$(CURDIR)/$(BUILD)/lib/$(TARGET)-address/libpicket.a \
	  BUILD=$(CURDIR)/$(BUILD)/tests/cabi-address SANITIZE=address CC='clang -fuse-ld=lld -Wno-unused-command-line-argument' test

# Most bytes of code and constants: of the archive, of one with KERNELS=avx2, of one with KERNELS=base, of
# what scoring in floats alone takes of that (TYPES=float CONV=0).
most_bytes := 136192
most_avx2_bytes := 96768
most_base_bytes := 47616
most_scoring_bytes := 24576
scoring_lib := $(base_lib)-float-dense/libpicket.a
check_sizes = @$(CHECKS) -C Tests/Machine LIB=$(base_lib)/libpicket.a SCORING_LIB=$(scoring_lib) \
  BUILD=$(CURDIR)/$(BUILD)/tests/machine LIMIT=$(most_base_bytes) SCORING_LIMIT=$(most_scoring_bytes)

# The README's table, of archives for this machine.
page_sizes = $(with_avx2) $(PYTHON) Tests/Machine/page_sizes.py README.md $(if $(UPDATE),--update) =$(ARCHIVE) \
  KERNELS=avx2=$(avx2_lib)/libpicket.a KERNELS=base=$(base_lib)/libpicket.a \
  'KERNELS=base TYPES=float CONV=0=$(BUILD)/tests/machine/scoring.o' MINIMAL=1=$(minimal_lib)/libpicket.a \
  'MINIMAL=1 TYPES=int8=$(minimal_lib)-int8/libpicket.a'

.PHONY: sized-archives
sized-archives: $(ARCHIVE)
	@$(MAKE) --no-print-directory lib KERNELS=base
	@$(MAKE) --no-print-directory lib KERNELS=base TYPES=float CONV=0
	$(with_avx2) $(MAKE) --no-print-directory lib KERNELS=avx2
	@$(MAKE) --no-print-directory lib MINIMAL=1
	@$(MAKE) --no-print-directory lib MINIMAL=1 TYPES=int8

.PHONY: test-machine
test-machine: sized-archives ## what the archive must not contain, read from its machine code
	$(check_sizes) test
	@$(CHECKS) -C Tests/Machine LIB=$(CURDIR)/$(ARCHIVE) BUILD=$(CURDIR)/$(BUILD)/tests/machine-all \
	  symbols traps sections stack coexist
	@$(PYTHON) Tests/Machine/size.py --quiet --limit $(most_bytes) $(ARCHIVE)
	$(with_avx2) $(CHECKS) -C Tests/Machine LIB=$(avx2_lib)/libpicket.a BUILD=$(CURDIR)/$(BUILD)/tests/machine-avx2 \
	  symbols traps sections stack
	$(with_avx2) $(PYTHON) Tests/Machine/size.py --quiet --limit $(most_avx2_bytes) $(avx2_lib)/libpicket.a
	$(page_sizes)

# Of float32 and, with TYPES=int8, of bytes.
.PHONY: test-minimal
test-minimal: ## the smallest archives: their size, their machine code, and their scores beside those of the whole one
	@$(MAKE) --no-print-directory lib KERNELS=base
	@$(MAKE) --no-print-directory minimal-checks MINIMAL=1 minimal_part=program minimal_limit=8192
	@$(MAKE) --no-print-directory minimal-checks MINIMAL=1 TYPES=int8 minimal_limit=8512

minimal_built := $(minimal_lib)$(if $(filter int8,$(TYPES)),-int8)
minimal_tests = $(CHECKS) -C Tests/Minimal FULL=$(base_lib)/libpicket.a TYPES=$(TYPES)
.PHONY: minimal-checks
minimal-checks:
	@$(MAKE) --no-print-directory lib MINIMAL=1
	@$(MAKE) --no-print-directory lib MINIMAL=1 SANITIZE=address
	@$(PYTHON) Tests/Machine/symbols.py $(minimal_built)/libpicket.a --symbols export/symbols-minimal.txt --part \
	  --undefined /dev/null
	@$(PYTHON) Tests/Machine/traps.py $(minimal_built)/libpicket.a
	@$(PYTHON) Tests/Machine/sections.py $(minimal_built)/libpicket.a
	@$(PYTHON) Tests/Machine/stack.py $(minimal_built)/libpicket.a --bounds Tests/Minimal/stack.txt
	@$(PYTHON) Tests/Machine/size.py --quiet --limit $(minimal_limit) $(minimal_built)/libpicket.a
	@$(minimal_tests) LIB=$(minimal_built)/libpicket.a BUILD=$(CURDIR)/$(BUILD)/tests/$(notdir $(minimal_built)) test $(minimal_part)
	@$(minimal_tests) LIB=$(minimal_built)-address/libpicket.a BUILD=$(CURDIR)/$(BUILD)/tests/$(notdir $(minimal_built))-address \
	  SANITIZE=address CC='clang -fuse-ld=lld -Wno-unused-command-line-argument' test

.PHONY: test-command
test-command: build ## the command, as its users run it
	@$(PYTHON) Tests/Command/command_test.py $(PICKET)

.PHONY: test-round-trip
test-round-trip: build $(ARCHIVE) ## files of the Swift writer, read and scored by Python and C alike
	@CC='$(CC)' PYTHON='$(PYTHON)' Tests/Command/round_trip.sh $(PICKET) $(ARCHIVE) $(BUILD)/tests/round-trip

.PHONY: size
size: sized-archives ## bytes of the archive, function by function, and of smaller ones (UPDATE=1: writes the README's table)
	@$(PYTHON) Tests/Machine/size.py --limit $(most_bytes) $(ARCHIVE)
	$(check_sizes) size
	$(page_sizes)

.PHONY: lint
lint: ## style, without changing anything
	@swift format lint --strict -r Package.swift Sources Tests

.PHONY: format
format: ## style, in place
	@swift format -i -r Package.swift Sources Tests
