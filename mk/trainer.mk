# The trainer: an ordinary Swift package, built for the machine that it runs on.

# -march=native: training is arithmetic, and the command never leaves this machine. The trainer's
# copy of the scoring code keeps the order of additions of an archive with KERNELS=base, to the same
# bits: its kernels are told of no instruction set.
SWIFT_FLAGS := -c release -Xcc -march=native
PICKET := .build/release/picket

.PHONY: build
build: ## build the trainer: .build/release/picket
	@swift build $(SWIFT_FLAGS) --product picket
