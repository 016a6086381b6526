# How much of the library the C tests run, and whether they see every function and status.

coverage_dir := $(BUILD)/coverage
LEAST_COVERAGE ?= 95
swift_tools = $(dir $(realpath $(shell command -v $(SWIFTC))))
# Each level of the processor compiles lines of its own: all that this machine runs.
coverage_levels := x86-64 $(if $(findstring avx2,$(shell grep -m1 ^flags /proc/cpuinfo)),x86-64-v3) \
  $(if $(findstring avx512vl,$(shell grep -m1 ^flags /proc/cpuinfo)),x86-64-v4)
coverage_pairs = $(foreach level,$(coverage_levels),$(coverage_dir)/$(level)/cabi/cabi $(coverage_dir)/$(level)/profile)

# The archive's own sources and flags but those that optimise: an optimised line has no count of its own.
coverage_flags = $(filter-out -O -Osize,$(embedded_flags)) -Onone -profile-generate -profile-coverage-mapping
coverage_cc := clang -fuse-ld=lld -Wno-unused-command-line-argument -fprofile-instr-generate

$(coverage_dir)/%/libpicket.a: $(core_sources) $(runtime_sources) $(archive_headers) mk/archive.mk mk/coverage.mk
	@mkdir -p $(@D) && rm -f $@
	@$(SWIFTC) $(coverage_flags) $(call kernel_flags,$*) -module-name PicketRuntime \
	  -c $(core_sources) $(runtime_sources) -o $(@D)/runtime.o
	@$(AR) rcsD $@ $(@D)/runtime.o

# One run of the tests: "level" and "names" say which.
define run_covered
rm -f $(coverage_dir)/$(level)/*.profraw; \
$(CHECKS) -C Tests/CABI LIB=$(CURDIR)/$(coverage_dir)/$(level)/libpicket.a \
  BUILD=$(CURDIR)/$(coverage_dir)/$(level)/cabi CC='$(coverage_cc)' TESTS='$(names)' \
  RUN='env LLVM_PROFILE_FILE=$(CURDIR)/$(coverage_dir)/$(level)/%p.profraw' test >$(coverage_dir)/log.txt || \
  { cat $(coverage_dir)/log.txt; exit 1; }; \
$(swift_tools)llvm-profdata merge -o $(coverage_dir)/$(level)/profile $(coverage_dir)/$(level)/*.profraw || exit 1;
endef

.PHONY: coverage
coverage: $(coverage_levels:%=$(coverage_dir)/%/libpicket.a) ## lines of PicketCore and PicketRuntime that the C tests run: at least 95 %
	@$(foreach level,x86-64,$(foreach names,null_pointers_are_refused,$(run_covered)))
	@if $(PYTHON) Tests/Coverage/coverage.py PicketCore,PicketRuntime $(swift_tools) $(LEAST_COVERAGE) \
	  $(wordlist 1,2,$(coverage_pairs)) >$(coverage_dir)/log.txt 2>&1; \
	  then echo "coverage: a few tests are enough, so it shows nothing" >&2; exit 1; fi
	@$(foreach level,$(coverage_levels),$(run_covered))
	@$(PYTHON) Tests/Coverage/coverage.py PicketCore,PicketRuntime $(swift_tools) $(LEAST_COVERAGE) $(coverage_pairs)

.PHONY: test-outcomes
test-outcomes: $(ARCHIVE) ## every function and status of the header is seen by the C tests
	@mkdir -p $(coverage_dir) && rm -f $(coverage_dir)/outcomes.txt
	@$(CHECKS) -C Tests/CABI LIB=$(CURDIR)/$(ARCHIVE) BUILD=$(CURDIR)/$(BUILD)/tests/cabi \
	  RUN='env PICKET_OUTCOMES=$(CURDIR)/$(coverage_dir)/outcomes.txt' test >$(coverage_dir)/log.txt || \
	  { cat $(coverage_dir)/log.txt; exit 1; }
	@$(PYTHON) Tests/Coverage/outcomes.py --self-test include/picket.h $(coverage_dir)/outcomes.txt
	@$(PYTHON) Tests/Coverage/outcomes.py include/picket.h $(coverage_dir)/outcomes.txt
test-outcomes: test-outcomes-flow
