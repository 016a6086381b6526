# The library under valgrind and under ThreadSanitizer. (AddressSanitizer: make test-c, make fuzz.)

dynamic_dir := $(BUILD)/tests/dynamic

# Left out under valgrind: tests whose forked children die on purpose, or whose system calls are
# counted. valgrind 3.19 does not know AVX-512: the archive is the default one.
not_under_valgrind := the_library_makes_no_system_call a_read_too_far_is_seen \
  an_allocation_inside_a_watched_call_aborts a_changed_errno_or_rounding_mode_is_noticed

.PHONY: test-valgrind
test-valgrind: $(ARCHIVE) ## the C tests under valgrind memcheck
	@mkdir -p $(dynamic_dir)
	+@$(CHECKS) -C Tests/CABI LIB=$(CURDIR)/$(ARCHIVE) BUILD=$(CURDIR)/$(dynamic_dir)/cabi TESTS=null_pointers_are_refused test >/dev/null
	@printf '#include <stdlib.h>\nint main(void) { char *c = malloc(3); return c[1] == 7; }\n' | \
	  $(CC) -x c -O0 - -o $(dynamic_dir)/undefined
	@if valgrind -q --error-exitcode=9 $(dynamic_dir)/undefined 2>$(dynamic_dir)/undefined.txt; \
	  then echo "valgrind: does not see a branch on undefined memory, so it shows nothing" >&2; exit 1; fi
	@$(dynamic_dir)/cabi/cabi 2>&1 | sed -n 's/^\[ RUN *\] //p' | \
	  grep -vxF $(not_under_valgrind:%=-e %) > $(dynamic_dir)/names.txt
	@if valgrind -q --error-exitcode=9 --child-silent-after-fork=yes --leak-check=full \
	  --errors-for-leak-kinds=definite $(dynamic_dir)/cabi/cabi $$(cat $(dynamic_dir)/names.txt) \
	  >$(dynamic_dir)/valgrind.txt 2>&1; \
	then echo "valgrind: $$(wc -l <$(dynamic_dir)/names.txt) C tests, no error, no leak"; \
	else grep -v -e '\[ RUN ' -e '\[       OK ' $(dynamic_dir)/valgrind.txt; exit 1; fi

# Swift code and C code are both instrumented: a race inside the library would be seen.
tsan_lib := $(BUILD)/lib/$(TARGET)-thread/libpicket.a
# The toolchain's ThreadSanitizer knows libdispatch, and so wants to be linked with it.
tsan_dispatch = -L $(swift_tools)../lib/swift/linux -Wl,-rpath,$(abspath $(swift_tools)../lib/swift/linux) \
  -ldispatch -lBlocksRuntime
tsan_models := anoean-f32 vae-kl-f16 vae-reconstruction anoean-int8 anoean-integer vae-kl-integer

.PHONY: test-tsan
test-tsan: ## sixteen threads under one model, under ThreadSanitizer
	@mkdir -p $(dynamic_dir)
	@$(MAKE) --no-print-directory lib SANITIZE=thread >/dev/null
	@clang -fuse-ld=lld -std=gnu11 -Wall -Wextra -Wpedantic -Werror -O1 -g -fsanitize=thread \
	  -I include Tests/Threads/threads.c $(tsan_lib) $(tsan_dispatch) -o $(dynamic_dir)/threads
	@nm $(tsan_lib) | grep -q __tsan_read || \
	  { echo "tsan: the archive is not instrumented" >&2; exit 1; }
	@if TSAN_OPTIONS=halt_on_error=1 timeout 60 $(dynamic_dir)/threads export/golden/curves-vae.picket shared >$(dynamic_dir)/race.txt 2>&1 || \
	  ! grep -q 'data race' $(dynamic_dir)/race.txt; \
	  then echo "tsan: does not see threads that share scratch, so it shows nothing" >&2; exit 1; fi
	@for model in $(tsan_models); do \
	  timeout 120 $(dynamic_dir)/threads export/golden/$$model.picket >$(dynamic_dir)/tsan.txt 2>&1 || \
	  { cat $(dynamic_dir)/tsan.txt; exit 1; }; done
	@echo "tsan: 16 threads under one model, no race, for $(tsan_models); threads that share scratch race"
