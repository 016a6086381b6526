# Fuzzing: the library built with AddressSanitizer and with coverage of its Swift code, so that
# libFuzzer sees where an input leads. SECONDS is the time that each target gets; MARCH=native
# fuzzes the kernels of this processor; FUZZ_TARGETS="open parse" takes some. A new target is a
# file Tests/Fuzz/NAME.c, its name here, and its seeds in seeds.py.

SECONDS ?= 60
fuzz_all := open parse score explain made drift
FUZZ_TARGETS ?= $(fuzz_all)
fuzz_dir := $(BUILD)/fuzz/$(NAME)
fuzz_cc := clang -fuse-ld=lld -Wl,--gc-sections -Wno-unused-command-line-argument -fsanitize=fuzzer,address
fuzz_flags := -std=gnu11 -Wall -Wextra -Wpedantic -Werror -O1 -gline-tables-only -I include \
  -DGOLDEN_DIR='"$(CURDIR)/export/golden"'
fuzz_shared := $(addprefix $(fuzz_dir)/,promises.o golden.o mutate.o models.o)
fuzz_planted := $(addprefix $(fuzz_dir)/,open-planted-1 open-planted-2 made-planted-3 \
  score-planted-4 parse-planted-5 parse-planted-6)
fuzz_run = $(PYTHON) Tests/Fuzz/run.py $(fuzz_dir)

.PHONY: fuzz
fuzz: $(fuzz_all:%=$(fuzz_dir)/%) $(fuzz_dir)/seeds/done ## libFuzzer under AddressSanitizer, SECONDS=60 for each target
	@$(fuzz_run) run $(SECONDS) $(FUZZ_TARGETS)

.PHONY: test-fuzz
test-fuzz: $(fuzz_all:%=$(fuzz_dir)/%) $(fuzz_planted) $(fuzz_dir)/seeds/done ## all seeds and regressions once; planted faults are found
	@$(fuzz_run) planted
	@$(fuzz_run) replay $(fuzz_all)

.PHONY: fuzz-merge
fuzz-merge: $(fuzz_all:%=$(fuzz_dir)/%) $(fuzz_dir)/seeds/done
	@$(fuzz_run) merge $(FUZZ_TARGETS)

$(fuzz_dir)/picket.o: $(core_sources) $(runtime_sources) $(archive_headers) mk/archive.mk mk/fuzz.mk
	@mkdir -p $(fuzz_dir) && rm -f $@
	@$(compile_runtime) -sanitize=fuzzer,address -gline-tables-only -c -o $@

# The kernels of the other levels, behind the library's own choice at open; KERNELS=base: none.
fuzz_kernels := $(levels:%=$(fuzz_dir)/kernel-%.o)
$(fuzz_kernels): $(fuzz_dir)/kernel-%.o: $(core_sources) Sources/PicketRuntime/Kernel.swift $(archive_headers) mk/archive.mk mk/fuzz.mk
	@mkdir -p $(fuzz_dir) && rm -f $@
	@$(compile_kernel) -sanitize=fuzzer,address -gline-tables-only

$(fuzz_dir)/%.o: Tests/Fuzz/%.c Tests/Fuzz/fuzz.h include/picket.h mk/fuzz.mk
	@mkdir -p $(fuzz_dir)
	@$(fuzz_cc) $(fuzz_flags) -c $< -o $@

$(fuzz_dir)/models.o: Tests/Shared/models.c Tests/Shared/models.h
	@mkdir -p $(fuzz_dir)
	@$(fuzz_cc) $(fuzz_flags) -c $< -o $@

# The targets themselves are built without coverage: what counts is where the library goes.
$(fuzz_shared) $(fuzz_all:%=$(fuzz_dir)/%.o): fuzz_cc += -fno-sanitize=fuzzer

$(fuzz_all:%=$(fuzz_dir)/%): $(fuzz_dir)/%: $(fuzz_dir)/%.o $(fuzz_shared) $(fuzz_dir)/picket.o $(fuzz_kernels)
	@$(fuzz_cc) $^ -lm -o $@

# open-planted-1: the target "open" with fault 1 of planted.c.
wrapped := -Wl,--wrap=picket_open -Wl,--wrap=picket_score -Wl,--wrap=picket_record_parse
.SECONDEXPANSION:
$(fuzz_planted): Tests/Fuzz/planted.c $$(fuzz_dir)/$$(word 1,$$(subst -planted-, ,$$(notdir $$@))).o $(fuzz_shared) $(fuzz_dir)/picket.o $(fuzz_kernels)
	@$(fuzz_cc) $(fuzz_flags) -DPLANTED=$(lastword $(subst -, ,$@)) $(wrapped) $^ -lm -o $@

$(fuzz_dir)/seeds/done: Tests/Fuzz/seeds.py $(wildcard export/python/*.py export/python/*/*.py export/golden/MANIFEST.csv export/malformed/MANIFEST.csv)
	@mkdir -p $(fuzz_dir) && rm -rf $(fuzz_dir)/seeds
	@$(PYTHON) Tests/Fuzz/seeds.py $(fuzz_dir)/seeds
	@touch $@
