# picketd, the gateway daemon: examples/gateway against the two archives and libc.
# CAPTURE=1 builds live capture in (source.kind = "interface"). A packager's CPPFLAGS, CFLAGS and LDFLAGS are taken.

CAPTURE ?= 0
gateway_dir := $(BUILD)/gateway/$(NAME)$(if $(filter 1,$(CAPTURE)),-capture)
gateway_all := $(sort $(wildcard examples/gateway/*.c))
gateway_sources := $(if $(filter 1,$(CAPTURE)),$(gateway_all),$(filter-out %/source_interface.c,$(gateway_all)))
gateway_headers := $(wildcard examples/gateway/*.h) include/picket.h include/picket_flow.h
# Files beyond 2 GiB, and times after January 2038, with a C library of 32 bits.
gateway_wide := -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64
gateway_flags := -std=c99 -D_GNU_SOURCE $(gateway_wide) -Wall -Wextra -Wpedantic -Os -ffunction-sections -fdata-sections \
  -fno-asynchronous-unwind-tables -I include -I examples/gateway $(if $(filter 1,$(CAPTURE)),-DPICKETD_CAPTURE)
PICKETD := $(BUILD)/bin/picketd
PICKETD_SMALL := $(BUILD)/bin/picketd-small

# The most that picketd may have, stripped and static, without capture: bytes.
PICKETD_LIMIT := 307200

$(gateway_dir)/%.o: examples/gateway/%.c $(gateway_headers) mk/gateway.mk
	@mkdir -p $(gateway_dir)
	@$(CC) $(gateway_flags) -fPIE $(CPPFLAGS) $(CFLAGS) -c $< -o $@

# Each variant is linked in its own folder, and what was asked for last stands in build/bin: the other one's
# may be newer than all that this one is made of.
place = @mkdir -p $(@D); cmp -s $< $@ || { install $< $@ && echo "built $@"; }
.PHONY: always
always:

$(gateway_dir)/picketd: $(gateway_sources:examples/gateway/%.c=$(gateway_dir)/%.o) $(FLOW_ARCHIVE) $(ARCHIVE)
	@$(CC) -pie -Wl,--gc-sections,-z,relro,-z,now $(CFLAGS) $(LDFLAGS) $^ -lm -o $@

$(PICKETD): $(gateway_dir)/picketd always
	$(place)

.PHONY: picketd
picketd: $(PICKETD) ## build the gateway daemon: build/bin/picketd (CAPTURE=1: with live capture)

# The kernel's headers are not musl's: they are found behind its own.
MUSL_CC ?= musl-gcc
musl_flags := -idirafter /usr/include -idirafter /usr/include/$(TARGET)

$(PICKETD_SMALL): $(gateway_dir)/picketd-small always
	$(place)

$(gateway_dir)/picketd-small: $(gateway_sources) $(gateway_headers) $(FLOW_ARCHIVE) $(ARCHIVE) mk/gateway.mk
	@mkdir -p $(gateway_dir)
	@$(MUSL_CC) $(gateway_flags) $(musl_flags) -static -Wl,--gc-sections -s \
	  $(gateway_sources) $(FLOW_ARCHIVE) $(ARCHIVE) -lm -o $@

# Two kernel sets of three on x86-64: SSE2 alone scores less than half as many connections a second as AVX2,
# and the third set would leave no room under the limit.
.PHONY: picketd-small
picketd-small: ## the same for a small gateway: static against musl, stripped; its size against the limit
	@$(MAKE) --no-print-directory KERNELS=$(if $(kernel_choice),avx2,base) $(PICKETD_SMALL)
	@size=$$(stat -c %s $(PICKETD_SMALL)); echo "picketd: $$size bytes static and stripped, of at most $(PICKETD_LIMIT)"; \
	  test $$size -le $(PICKETD_LIMIT)

test: test-gateway-unit test-replay
size: $(if $(shell command -v $(MUSL_CC)),picketd-small)

# Unit tests: every source but main.c, under AddressSanitizer and UndefinedBehaviorSanitizer.
gateway_tests := $(BUILD)/tests/gateway
gateway_test_flags := -std=gnu99 -D_GNU_SOURCE $(gateway_wide) -Wall -Wextra -Wpedantic -Wshadow -Werror -O1 -g \
  -fsanitize=address,undefined -fno-sanitize-recover=undefined -I include -I examples/gateway \
  -I Tests/Gateway/unit -DGATEWAY_DIR='"$(CURDIR)/examples/gateway"' \
  -DMALFORMED_DIR='"$(CURDIR)/export/malformed"'
gateway_units := $(filter-out main source_interface,$(basename $(notdir $(gateway_all)))) \
  $(basename $(notdir $(wildcard Tests/Gateway/unit/*.c)))

$(gateway_tests)/%.o: examples/gateway/%.c $(gateway_headers) mk/gateway.mk
	@mkdir -p $(gateway_tests)
	@$(CC) $(gateway_test_flags) -c $< -o $@

$(gateway_tests)/%.o: Tests/Gateway/unit/%.c Tests/Gateway/unit/testing.h $(wildcard Tests/Shared/*.h) $(gateway_headers) mk/gateway.mk
	@mkdir -p $(gateway_tests)
	@$(CC) $(gateway_test_flags) -c $< -o $@

$(gateway_tests)/gateway-unit: $(gateway_units:%=$(gateway_tests)/%.o) $(FLOW_ARCHIVE) $(ARCHIVE)
	@$(CC) -fsanitize=address,undefined -Wl,--wrap=clock_gettime,--wrap=connect $^ -lcmocka -lm -o $@

$(gateway_tests)/models/good.picket: $(gateway_tests)/gateway-unit Tests/Gateway/make_model.py
	@mkdir -p $(gateway_tests)/models
	@$< --specification > $(gateway_tests)/specification
	@$(PYTHON) Tests/Gateway/make_model.py $(gateway_tests)/specification $(gateway_tests)/models

# What picketd asks a C library of 32 bits for, file by file: never the narrow kind.
GATEWAY_CC32 ?= arm-linux-gnueabihf-gcc
.PHONY: test-gateway-wide
test-gateway-wide:
	@if command -v $(GATEWAY_CC32) >/dev/null; then \
	  CC="$(GATEWAY_CC32)" Tests/Gateway/wide.sh $(gateway_tests)/wide $(gateway_flags); \
	else echo "gateway: 32 bits: skipped: no $(GATEWAY_CC32)"; fi

# The program is the variant that was asked for, whichever was built before.
.PHONY: test-gateway-variants
test-gateway-variants: $(gateway_tests)/models/good.picket
	@printf '[source]\nkind = "interface"\ninterface = "lo"\n' > $(gateway_tests)/interface.toml
	@for capture in 0 1 0; do \
	  $(MAKE) --no-print-directory CAPTURE=$$capture PICKETD=$(gateway_tests)/variant picketd >/dev/null || exit 1; \
	  $(gateway_tests)/variant check $(gateway_tests)/interface.toml >/dev/null 2>&1; \
	  test $$? -ne $$capture || { echo "gateway: CAPTURE=$$capture gave the other program" >&2; exit 1; }; done

.PHONY: test-gateway-unit
test-gateway-unit: test-gateway-wide test-gateway-variants
test-gateway-unit: $(gateway_tests)/gateway-unit $(gateway_tests)/models/good.picket ## picketd's parts, by cmocka
	@mkdir -p $(gateway_tests)/scratch
	@log=$(gateway_tests)/log.txt; \
	if $< $(gateway_tests)/models $(gateway_tests)/scratch >$$log 2>&1; then tail -n 1 $$log; \
	else grep -v -e '\[ RUN ' -e '\[       OK ' $$log; exit 1; fi

.PHONY: gateway-test
gateway-test: build $(PICKETD) ## a router of three network namespaces learns, and four attacks are told: as root, six minutes
	@$(PYTHON) Tests/Gateway/router/gateway_test.py $(PICKETD) $(PICKET) $(gateway_tests)/router

$(gateway_tests)/make_log: Tests/Gateway/make_log.c $(FLOW_ARCHIVE)
	@mkdir -p $(gateway_tests)
	@$(CC) -std=c99 -Wall -Wextra -O2 -I include $^ -o $@

# With live capture built in, under a name of its own.
PICKETD_CAPTURE := $(BUILD)/bin/picketd-capture
.PHONY: test-gateway-sources
test-gateway-sources: ## packets of an interface, and NetFlow 5, 9 and IPFIX of softflowd: as root
	@$(MAKE) --no-print-directory CAPTURE=1 PICKETD=$(PICKETD_CAPTURE) $(PICKETD_CAPTURE)
	@$(PYTHON) Tests/Gateway/router/sources_test.py $(PICKETD_CAPTURE) $(gateway_tests)/sources

.PHONY: test-gateway-page
test-gateway-page: build $(PICKETD) ## the commands of docs/GATEWAY.md, as they stand, on a router of namespaces: as root
	@$(PYTHON) Tests/Gateway/router/page_test.py $(PICKETD) $(PICKET) $(gateway_tests)/page

# What the trainer computes of a log, beside what the archive does: bit for bit.
.PHONY: test-replay
test-replay: build $(PICKETD) $(gateway_tests)/make_log ## the trainer's records of a log, and the daemon's: the same bits
	@$(flow_tests) BUILD=$(CURDIR)/$(BUILD)/tests/flow $(CURDIR)/$(BUILD)/tests/flow/tell
	@$(PYTHON) Tests/Gateway/replay_test.py $(PICKETD) $(PICKET) $(gateway_tests)/make_log \
	  $(BUILD)/tests/flow/tell $(gateway_tests)/replay

# KILLS: how often picketd is killed while learning, and while running.
KILLS ?= 200
$(gateway_tests)/clock.so: Tests/Gateway/faults/clock.c
	@mkdir -p $(gateway_tests)
	@$(CC) -std=c99 -Wall -Wextra -O2 -shared -fPIC $< -ldl -o $@

.PHONY: test-gateway-faults
test-gateway-faults: $(PICKETD) $(gateway_tests)/make_log $(gateway_tests)/models/good.picket $(gateway_tests)/clock.so ## picketd killed at random moments, on a full disk, with bad models, under a clock that is set, overrun
	@$(PYTHON) Tests/Gateway/faults/faults_test.py $(PICKETD) $(gateway_tests)/make_log $(gateway_tests)/models \
	  $(gateway_tests)/clock.so $(gateway_tests)/faults $(KILLS)

.PHONY: test-gateway-service
test-gateway-service: $(PICKETD) $(gateway_tests)/make_log $(gateway_tests)/models/good.picket ## what picketd tells systemd, and its units: what they allow is enough
	@$(MAKE) --no-print-directory CAPTURE=1 PICKETD=$(PICKETD_CAPTURE) $(PICKETD_CAPTURE)
	@$(PYTHON) Tests/Gateway/service_test.py $(PICKETD) $(PICKETD_CAPTURE) $(gateway_tests)/make_log $(gateway_tests)/models \
	  $(ARCHIVE_DIR) $(gateway_tests)/service

.PHONY: test-gateway-load
test-gateway-load: build picketd-small $(gateway_tests)/make_log ## connections a second from a replay, and memory
	@$(PYTHON) Tests/Gateway/load_test.py $(PICKETD_SMALL) $(PICKET) $(gateway_tests)/make_log $(gateway_tests)/load

# ---- Fuzzing of the configuration, under AddressSanitizer ----

gateway_fuzz := $(BUILD)/fuzz/gateway
$(gateway_fuzz)/config: Tests/Gateway/fuzz/config.c $(addprefix examples/gateway/,config.c config_keys.c toml.c address.c message.c reader.c) $(gateway_headers)
	@mkdir -p $(gateway_fuzz)/corpus
	@clang -fuse-ld=lld -std=gnu99 -D_GNU_SOURCE $(gateway_wide) -Wall -Wextra -Werror -O1 -g -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=undefined -I include -I examples/gateway $(filter %.c,$^) -o $@

.PHONY: fuzz-gateway
fuzz-gateway: $(gateway_fuzz)/config ## libFuzzer on picketd's configuration, SECONDS=60
	@cp examples/gateway/picketd.toml $(gateway_fuzz)/corpus/
	@sed 's/^# //' examples/gateway/picketd.toml > $(gateway_fuzz)/corpus/hosts.toml
	@$< -max_total_time=$(SECONDS) -max_len=8192 -timeout=10 -print_final_stats=1 \
	  -artifact_prefix=$(gateway_fuzz)/config- $(gateway_fuzz)/corpus >$(gateway_fuzz)/log.txt 2>&1 \
	  || { tail -n 30 $(gateway_fuzz)/log.txt; exit 1; }
	@grep -E 'number_of_executed_units|cov:' $(gateway_fuzz)/log.txt | tail -n 2
