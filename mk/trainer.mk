# The trainer: an ordinary Swift package, built for the machine that it runs on.

# -march=native: training is arithmetic, and the command never leaves this machine. The trainer's
# copy of the scoring code is compiled as the archive's for this processor is, to the same bits.
native_macros := $(shell echo | clang -march=native -dM -E - 2>/dev/null)
SWIFT_FLAGS := -c release -Xcc -march=native \
  $(patsubst -D,-Xswiftc -D,$(patsubst PICKET_%,-Xswiftc PICKET_%,$(call kernel_flags_of,$(native_macros))))
PICKET := .build/release/picket

.PHONY: build
build: ## build the trainer: .build/release/picket
	@swift build $(SWIFT_FLAGS) --product picket
