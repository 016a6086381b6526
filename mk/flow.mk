# PicketFlow: connections and windows, an archive of its own, so that a host that brings its own
# records does not pay for them. It is made as libpicket.a is, from other sources.

flow_sources := $(sort $(shell find Sources/PicketFlow -name '*.swift'))
flow_headers := include/picket_flow.h $(wildcard include/private/picket_flow_*.h) include/module.modulemap
FLOW_ARCHIVE := $(ARCHIVE_DIR)/libpicket_flow.a
flow_symbols := export/flow-symbols.txt
compile_flow = $(SWIFTC) $(embedded_flags) -Osize $(if $(CLANG_TARGET),,$(addprefix -Xcc ,$(call cpu_flags,$(MARCH)))) \
  -module-name PicketFlow $(flow_sources)
flow_inputs := $(flow_sources) $(flow_headers) mk/flow.mk mk/archive.mk mk/targets.mk

ifeq ($(CLANG_TARGET),)
$(ARCHIVE_DIR)/flow.o: $(flow_inputs)
	@mkdir -p $(ARCHIVE_DIR) && rm -f $@
	@$(compile_flow) -c -o $@
else
$(ARCHIVE_DIR)/flow.ll: $(flow_inputs) mk/retarget.sh
	@mkdir -p $(ARCHIVE_DIR)
	@set -o pipefail; $(compile_flow) -emit-ir -Xfrontend -disable-llvm-optzns -o - | \
	  mk/retarget.sh $(CLANG_TARGET) $(call cpu_flags,$(MARCH)) > $@.part
	@mv $@.part $@
$(ARCHIVE_DIR)/flow.o: $(ARCHIVE_DIR)/flow.ll
	@clang -target $(CLANG_TARGET) $(call cpu_flags,$(MARCH)) -Os -fPIC -ffunction-sections \
	  -mllvm -min-jump-table-entries=1000000 -Wno-override-module -c $< -o $@
endif

$(FLOW_ARCHIVE): $(ARCHIVE_DIR)/flow.o $(flow_symbols)
	@$(OBJCOPY) $(unwinding) $<
	@$(LD) -r --gc-sections $(addprefix -u ,$(shell cat $(flow_symbols))) $< -o $(ARCHIVE_DIR)/flow-linked.o
	@$(OBJCOPY) --keep-global-symbols=$(flow_symbols) --strip-unneeded \
	  -R .swift_modhash -R .swift1_autolink_entries -R .linker-options -R .comment -R .llvm_addrsig $(ARCHIVE_DIR)/flow-linked.o
	@rm -f $@ && $(AR) rcsD $@ $(ARCHIVE_DIR)/flow-linked.o
	@echo "built $@"

.PHONY: flow
flow: $(FLOW_ARCHIVE) ## build the archive of connections and windows: build/lib/TARGET/libpicket_flow.a

flow_tests = $(MAKE) --no-print-directory -C Tests/Flow CC='$(CC)' PYTHON='$(PYTHON)' LIB=$(CURDIR)/$(FLOW_ARCHIVE)

.PHONY: test-flow
test-flow: $(FLOW_ARCHIVE) ## picket_flow.h: the C functions, the machine code, real captures where they are
	@$(MAKE) --no-print-directory flow SANITIZE=address
	@$(flow_tests) BUILD=$(CURDIR)/$(BUILD)/tests/flow test header machine captures example records
	@$(flow_tests) LIB=$(CURDIR)/$(BUILD)/lib/$(TARGET)-address/libpicket_flow.a SANITIZE=address \
	  BUILD=$(CURDIR)/$(BUILD)/tests/flow-address CC='clang -fuse-ld=lld -Wno-unused-command-line-argument' test

# ---- Installation ----

.PHONY: install-flow
install-flow: $(FLOW_ARCHIVE) ## install header, archive and pkg-config file of it (DESTDIR= PREFIX= libdir=PREFIX/lib)
	$(absolute_places)install -d "$(DESTDIR)$(PREFIX)/include" "$(DESTDIR)$(libdir)/pkgconfig"
	install -m 644 include/picket_flow.h "$(DESTDIR)$(PREFIX)/include/picket_flow.h"
	install -m 644 $(FLOW_ARCHIVE) "$(DESTDIR)$(libdir)/libpicket_flow.a"
	$(call put_filled_in,picket-flow.pc,$(DESTDIR)$(libdir)/pkgconfig)

# The program of docs/FLOW.md, built by what pkg-config says of an installation.
.PHONY: test-install-flow
test-install-flow: $(FLOW_ARCHIVE)
	@rm -rf $(BUILD)/tests/flow-install
	@$(MAKE) --no-print-directory install-flow PREFIX=/usr DESTDIR=$(CURDIR)/$(BUILD)/tests/flow-install >/dev/null
	@$(flow_tests) BUILD=$(CURDIR)/$(BUILD)/tests/flow-install/build example \
	  INSTALLED="$$(PKG_CONFIG_SYSROOT_DIR=$(CURDIR)/$(BUILD)/tests/flow-install PKG_CONFIG_PATH=$(CURDIR)/$(BUILD)/tests/flow-install/usr/lib/pkgconfig \
	    PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1 pkg-config --cflags --libs picket-flow)"

# ---- Fuzzing: as mk/fuzz.mk does it ----

fuzz_flow_all := flow-packet flow-conntrack flow-netflow flow-log
fuzz_flow_dir := $(BUILD)/fuzz/flow
fuzz_flow_cc := clang -fuse-ld=lld -Wl,--gc-sections -Wno-unused-command-line-argument -fsanitize=fuzzer,address
fuzz_flow_flags := -std=gnu11 -Wall -Wextra -Wpedantic -Werror -O1 -gline-tables-only -I include
fuzz_flow_run = $(PYTHON) Tests/Fuzz/run.py $(fuzz_flow_dir)

.PHONY: fuzz-flow
fuzz-flow: $(fuzz_flow_all:%=$(fuzz_flow_dir)/%) $(fuzz_flow_dir)/seeds/done ## libFuzzer on packets, messages, datagrams and the log, SECONDS=60 for each
	@$(fuzz_flow_run) run $(SECONDS) $(fuzz_flow_all)

.PHONY: test-fuzz-flow
test-fuzz-flow: $(fuzz_flow_all:%=$(fuzz_flow_dir)/%) $(fuzz_flow_dir)/seeds/done ## their seeds and regressions, once
	@$(fuzz_flow_run) replay $(fuzz_flow_all)

.PHONY: fuzz-flow-merge
fuzz-flow-merge: $(fuzz_flow_all:%=$(fuzz_flow_dir)/%) $(fuzz_flow_dir)/seeds/done
	@$(fuzz_flow_run) merge $(fuzz_flow_all)

$(fuzz_flow_dir)/picket_flow.o: $(flow_inputs)
	@mkdir -p $(fuzz_flow_dir) && rm -f $@
	@$(compile_flow) -sanitize=fuzzer,address -gline-tables-only -c -o $@

$(fuzz_flow_dir)/%.o: Tests/Fuzz/%.c Tests/Fuzz/flow.h include/picket_flow.h mk/flow.mk
	@mkdir -p $(fuzz_flow_dir)
	@$(fuzz_flow_cc) -fno-sanitize=fuzzer $(fuzz_flow_flags) -c $< -o $@

$(fuzz_flow_all:%=$(fuzz_flow_dir)/%): $(fuzz_flow_dir)/%: $(fuzz_flow_dir)/%.o $(fuzz_flow_dir)/flow.o $(fuzz_flow_dir)/picket_flow.o
	@$(fuzz_flow_cc) $^ -lm -o $@

$(fuzz_flow_dir)/seeds/done: Tests/Fuzz/flow_seeds.py $(wildcard Tests/Flow/recorded/*.bin)
	@mkdir -p $(fuzz_flow_dir) && rm -rf $(fuzz_flow_dir)/seeds
	@$(PYTHON) Tests/Fuzz/flow_seeds.py $(fuzz_flow_dir)/seeds
	@touch $@

# ---- The verbs that a whole check calls take these in ----

.PHONY: test-flow-targets
test-flow-targets: ## libpicket_flow.a of every target, built, inspected and run
	@CC='$(CC)' $(PYTHON) Tests/Flow/targets.py

test: test-flow
test-install: test-install-flow
test-targets: test-flow-targets
test-fuzz: test-fuzz-flow

# ---- Under valgrind, and how much of it the tests run ----

# Left out: valgrind 3.19 rounds a 64-bit number twice on its way to a float.
not_under_valgrind_flow := large_numbers_become_the_nearest_float

.PHONY: test-valgrind-flow
test-valgrind-flow: $(FLOW_ARCHIVE)
	@mkdir -p $(dynamic_dir)
	+@$(flow_tests) BUILD=$(CURDIR)/$(BUILD)/tests/flow test >/dev/null
	@$(BUILD)/tests/flow/flow 2>&1 | sed -n 's/^\[ RUN *\] //p' | \
	  grep -vxF $(not_under_valgrind_flow:%=-e %) > $(dynamic_dir)/flow-names.txt
	@if valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
	  $(BUILD)/tests/flow/flow $$(cat $(dynamic_dir)/flow-names.txt) >$(dynamic_dir)/valgrind-flow.txt 2>&1; \
	then echo "valgrind: $$(wc -l <$(dynamic_dir)/flow-names.txt) tests of picket_flow.h, no error, no leak"; \
	else grep -v -e '\[ RUN ' -e '\[       OK ' $(dynamic_dir)/valgrind-flow.txt; exit 1; fi

coverage_flow_dir := $(BUILD)/coverage/flow
.PHONY: coverage-flow
coverage-flow: ## lines of PicketFlow that its C tests run: at least 95 %
	@mkdir -p $(coverage_flow_dir) && rm -f $(coverage_flow_dir)/*.profraw $(coverage_flow_dir)/libpicket_flow.a
	@$(SWIFTC) $(filter-out -O -Osize -no-allocations,$(embedded_flags)) -Onone -profile-generate -profile-coverage-mapping \
	  -module-name PicketFlow $(flow_sources) -c -o $(coverage_flow_dir)/flow.o
	@$(AR) rcsD $(coverage_flow_dir)/libpicket_flow.a $(coverage_flow_dir)/flow.o
	@$(flow_tests) LIB=$(CURDIR)/$(coverage_flow_dir)/libpicket_flow.a BUILD=$(CURDIR)/$(coverage_flow_dir) \
	  CC='$(coverage_cc)' RUN='env LLVM_PROFILE_FILE=$(CURDIR)/$(coverage_flow_dir)/%p.profraw' test
	@$(swift_tools)llvm-profdata merge -o $(coverage_flow_dir)/profile $(coverage_flow_dir)/*.profraw
	@$(PYTHON) Tests/Coverage/coverage.py PicketFlow $(swift_tools) $(LEAST_COVERAGE) $(coverage_flow_dir)/flow $(coverage_flow_dir)/profile

.PHONY: test-outcomes-flow
test-outcomes-flow: $(FLOW_ARCHIVE) ## the same of picket_flow.h
	@mkdir -p $(BUILD)/coverage && rm -f $(BUILD)/coverage/flow-outcomes.txt
	@$(flow_tests) BUILD=$(CURDIR)/$(BUILD)/tests/flow \
	  RUN='env PICKET_OUTCOMES=$(CURDIR)/$(BUILD)/coverage/flow-outcomes.txt' test >/dev/null
	@$(PYTHON) Tests/Coverage/outcomes.py --self-test include/picket_flow.h $(BUILD)/coverage/flow-outcomes.txt
	@$(PYTHON) Tests/Coverage/outcomes.py include/picket_flow.h $(BUILD)/coverage/flow-outcomes.txt

test-valgrind: test-valgrind-flow
coverage: coverage-flow
