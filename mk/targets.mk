# The machines that an archive can be built for, each by the name that Debian gives its cross
# compiler. Per target: what swiftc calls it (a bare machine, for which an embedded standard library
# ships), the processor, and the flags that tell clang, and through it swiftc, what the processor has.

TARGETS := x86_64-linux-gnu i686-linux-gnu aarch64-linux-gnu arm-linux-gnueabihf \
  arm-linux-gnueabi riscv64-linux-gnu mipsel-linux-gnu mips-linux-gnu

ifeq ($(filter $(TARGET),$(TARGETS)),)
$(error TARGET=$(TARGET) is not supported; supported: $(TARGETS))
endif

swift_x86_64-linux-gnu := x86_64-unknown-linux-gnu
march_x86_64-linux-gnu := x86-64

# SSE2, as every x86 since 2001 has it: x87 arithmetic keeps digits that a float has not, and neither
# scores nor the decimal parser would then give what they give elsewhere.
swift_i686-linux-gnu := i686-unknown-none-elf
march_i686-linux-gnu := pentium4

swift_aarch64-linux-gnu := aarch64-none-none-elf
march_aarch64-linux-gnu := armv8-a

# NEON of the first kind (Cortex-A8 and A9 on), which has no fused multiply-add; ARM_FPU=neon-vfpv4
# (Cortex-A7 and A15 on) has.
ARM_FPU ?= neon
swift_arm-linux-gnueabihf := armv7-none-none-eabi
march_arm-linux-gnueabihf := armv7-a
cpu_arm-linux-gnueabihf := -mfloat-abi=hard -mfpu=$(ARM_FPU)
ifeq ($(TARGET),arm-linux-gnueabihf)
variant := $(if $(filter-out neon,$(ARM_FPU)),-$(ARM_FPU))
endif

# No floating-point unit: every float operation is a call of the host's compiler library.
swift_arm-linux-gnueabi := armv6-none-none-eabi
march_arm-linux-gnueabi := armv6
cpu_arm-linux-gnueabi := -mfloat-abi=soft
libm_arm-linux-gnueabi := -lm

swift_riscv64-linux-gnu := riscv64-none-none-eabi
march_riscv64-linux-gnu := rv64gc
cpu_riscv64-linux-gnu := -mabi=lp64d

# No embedded standard library ships for MIPS: mk/retarget.sh takes the text that the compiler makes
# for another machine of 32 bits, and clang compiles it.
swift_mipsel-linux-gnu := riscv32-none-none-eabi
march_mipsel-linux-gnu := mips32r2
clang_mipsel-linux-gnu := mipsel-linux-gnu
swift_mips-linux-gnu := riscv32-none-none-eabi
march_mips-linux-gnu := mips32r2
clang_mips-linux-gnu := mips-linux-gnu

# Processor that the archive is built for, as -march names it. The default runs everywhere.
MARCH ?= $(march_$(TARGET))
# KERNELS=all, the default for any x86-64: what computes scores is there for three levels of the
# processor (x86-64, v3: AVX2, v4: AVX-512 with VNNI), and picket_open chooses by what the processor
# says of itself. KERNELS=avx2: for the first two levels, in seven tenths of the bytes. KERNELS=base: for
# MARCH alone, in a third of them.
kernel_choice := $(filter x86_64-linux-gnu|x86-64,$(TARGET)|$(MARCH))
KERNELS ?= $(if $(kernel_choice),$(if $(filter 1,$(MINIMAL)),base,all),base)
ifneq ($(filter-out all avx2 base,$(KERNELS))$(if $(kernel_choice),,$(filter-out base,$(KERNELS))),)
$(error KERNELS=$(KERNELS): base, or, for TARGET=x86_64-linux-gnu without a MARCH, avx2 or all)
endif
kernels_name := $(if $(filter 1,$(MINIMAL)),,$(if $(kernel_choice),$(if $(filter-out all,$(KERNELS)),-$(KERNELS))))

SWIFT_TARGET := $(swift_$(TARGET))
CLANG_TARGET := $(clang_$(TARGET))
# What a square root takes where it is no instruction.
libm := $(libm_$(TARGET))
cpu_flags = -march=$(1) $(cpu_$(TARGET))

# The tools of this machine's own target go by their plain names.
CROSS := $(if $(filter-out x86_64-linux-gnu,$(TARGET)),$(TARGET)-)
ifneq ($(CROSS),)
ifneq ($(filter default file,$(origin CC)),)
CC := $(CROSS)gcc
endif
endif
LD := $(CROSS)ld
OBJCOPY := $(CROSS)objcopy
AR := $(CROSS)ar
