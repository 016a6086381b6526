# The archive: PicketCore and PicketRuntime as one module of Embedded Swift, linked into one object
# that shows the functions of the header and nothing else.

SWIFTC ?= swiftc

include mk/minimal.mk
ifeq ($(MINIMAL),1)
core_sources := $(minimal_core)
runtime_sources := $(minimal_runtime)
symbols := export/symbols-minimal.txt
optimize := -Osize
else
core_sources := $(sort $(shell find Sources/PicketCore -name '*.swift'))
runtime_sources := $(sort $(wildcard Sources/PicketRuntime/*.swift))
symbols := export/symbols.txt
optimize := $(if $(filter x86_64-linux-gnu,$(TARGET)),-Osize,-O)
endif
archive_headers := $(wildcard include/*.h include/private/*.h) include/module.modulemap

# What the processor of a -march can do, as the compiler knows it, told to the kernels.
cpu_macros = $(shell echo | clang -target $(or $(CLANG_TARGET),$(SWIFT_TARGET)) \
  $(call cpu_flags,$(1)) -dM -E - 2>/dev/null)
has_fma = $(or $(findstring __FMA__,$(1)),$(findstring __ARM_FEATURE_FMA,$(1)),$(findstring __riscv_flen,$(1)))
kernel_flags_of = $(if $(has_fma),-D PICKET_FMA) \
  $(if $(findstring __AVX2__,$(1)),-D PICKET_AVX) \
  $(if $(findstring __AVX512F__,$(1)),-D PICKET_AVX512) \
  $(if $(findstring __AVX512VNNI__,$(1)),-D PICKET_VNNI)
# What is called level 4 here has VNNI besides: every AVX-512 processor since Ice Lake and Zen 4.
kernel_flags = $(call kernel_flags_of,$(call cpu_macros,$(1))) $(if $(filter x86-64-v4,$(1)),-Xcc -mavx512vnni -D PICKET_VNNI) \
  $(if $(CLANG_TARGET),,$(addprefix -Xcc ,$(call cpu_flags,$(1))))

# -no-allocations: an array, a class or an escaping closure is a compile error.
# -function-sections: the linker can drop what no ABI function reaches.
# -disable-stack-protector: it would read thread-local storage and call into libc; the machine
#   checks bound every frame, and no buffer lives in one.
# -fno-math-errno: a square root is an instruction, without a call into libm for negative numbers.
embedded_flags := -target $(SWIFT_TARGET) -swift-version 6 -enable-experimental-feature Embedded \
  -wmo -parse-as-library -no-allocations $(optimize) -Xfrontend -function-sections \
  -Xfrontend -disable-stack-protector -D PICKET_ARCHIVE $(if $(filter float,$(TYPES)),-D PICKET_FLOAT_ONLY) $(if $(filter int8,$(TYPES)),-D PICKET_BYTES) \
  $(if $(filter 0,$(CONV)),-D PICKET_DENSE_ONLY) \
  -I include -Xcc -fno-math-errno -Xcc -fPIC $(if $(SANITIZE),-sanitize=$(SANITIZE))

# TYPES=float: the archive computes float32 and float16 alone, and refuses files of bytes.
TYPES ?= all

# CONV=0: the archive computes dense layers alone, and refuses files with convolutions.
CONV ?= 1

levels_all := v3 v4
levels_avx2 := v3
levels := $(levels_$(KERNELS))
objects := $(ARCHIVE_DIR)/runtime.o $(levels:%=$(ARCHIVE_DIR)/kernel-%.o)

runtime_inputs := $(core_sources) $(runtime_sources) $(archive_headers) mk/archive.mk mk/minimal.mk mk/targets.mk
compile_runtime = $(SWIFTC) $(embedded_flags) $(call kernel_flags,$(MARCH)) \
  $(if $(levels),-D PICKET_DISPATCH) $(if $(filter v4,$(levels)),-D PICKET_DISPATCH_V4) -module-name PicketRuntime $(core_sources) $(runtime_sources)

# An object that is there is removed first: the compiler leaves one of the same code as it is, and
# what comes after it would not be done anew.
ifeq ($(CLANG_TARGET),)
$(ARCHIVE_DIR)/runtime.o: $(runtime_inputs)
	@mkdir -p $(ARCHIVE_DIR) && rm -f $@
	@$(compile_runtime) -c -o $@
else
$(ARCHIVE_DIR)/runtime.ll: $(runtime_inputs) mk/retarget.sh
	@mkdir -p $(ARCHIVE_DIR)
	@set -o pipefail; $(compile_runtime) -emit-ir -Xfrontend -disable-llvm-optzns -o - | \
	  mk/retarget.sh $(CLANG_TARGET) $(call cpu_flags,$(MARCH)) > $@.part
	@mv $@.part $@

# No jump tables: the partial link of binutils 2.40 spoils those of MIPS.
$(ARCHIVE_DIR)/runtime.o: $(ARCHIVE_DIR)/runtime.ll mk/archive.mk
	@clang -target $(CLANG_TARGET) $(call cpu_flags,$(MARCH)) $(if $(filter 1,$(MINIMAL)),-Oz,-O2) -fPIC -ffunction-sections \
	  -mllvm -min-jump-table-entries=1000000 -Wno-override-module -c $< -o $@
endif

compile_kernel = $(SWIFTC) $(embedded_flags) $(call kernel_flags,x86-64-$*) \
  -D PICKET_KERNEL_$(shell echo $* | tr v V) -Xcc -DPICKET_LEVEL=$* -module-name PicketKernel$(shell echo $* | tr v V) \
  -c $(core_sources) Sources/PicketRuntime/Kernel.swift -o $@

$(ARCHIVE_DIR)/kernel-%.o: $(core_sources) Sources/PicketRuntime/Kernel.swift $(archive_headers) mk/archive.mk
	@mkdir -p $(ARCHIVE_DIR) && rm -f $@
	@$(compile_kernel)

# Unwind tables go first: nothing here throws through C, they cost a sixth of the archive, and they
# alone need the runtime's exception personality, which is marked to be kept, and traps.
# The partial link drops what is unreachable, among it the weak runtime entry points that would
# override those of a hosted Swift program; then everything but the ABI is made local.
unwinding := $(foreach name,.eh_frame .ARM.exidx* \
  $(if $(CLANG_TARGET),,.text._swift_exceptionPersonality),-R '$(name)' -R '.rel$(name)' -R '.rela$(name)')
$(ARCHIVE): $(objects) $(symbols)
	@for object in $(objects); do \
	  $(OBJCOPY) $(unwinding) $$object || exit 1; done
	@$(LD) -r --gc-sections $(addprefix -u ,$(shell cat $(symbols))) $(objects) -o $(ARCHIVE_DIR)/linked.o
	@$(OBJCOPY) --keep-global-symbols=$(symbols) --strip-unneeded \
	  -R .swift_modhash -R .swift1_autolink_entries -R .linker-options -R .comment -R .llvm_addrsig $(ARCHIVE_DIR)/linked.o
	@rm -f $@ && $(AR) rcsD $@ $(ARCHIVE_DIR)/linked.o
	@echo "built $@"

.PHONY: lib
lib: $(ARCHIVE) ## build the archive: build/lib/TARGET/libpicket.a (KERNELS=base: one set of kernels, avx2: two; MARCH=native: for this processor)
