# The archive: PicketCore and PicketRuntime as one module of Embedded Swift, linked into one object
# that shows the functions of the header and nothing else.

SWIFTC ?= swiftc
LD ?= ld
OBJCOPY ?= objcopy
AR ?= ar

ifneq ($(TARGET),x86_64-linux-gnu)
$(error TARGET=$(TARGET) is not supported; supported: x86_64-linux-gnu)
endif
SWIFT_TARGET := x86_64-unknown-linux-gnu

core_sources := $(sort $(shell find Sources/PicketCore -name '*.swift'))
runtime_sources := $(sort $(wildcard Sources/PicketRuntime/*.swift))
archive_headers := $(wildcard include/*.h include/private/*.h) include/module.modulemap

# What the processor of a -march can do, as the compiler knows it, told to the kernels.
cpu_macros = $(shell echo | clang -target $(SWIFT_TARGET) -march=$(1) -dM -E - 2>/dev/null)
kernel_flags_of = $(if $(findstring __FMA__,$(1)),-D PICKET_FMA) \
  $(if $(findstring __AVX2__,$(1)),-D PICKET_AVX) \
  $(if $(findstring __AVX512F__,$(1)),-D PICKET_AVX512)
kernel_flags = $(call kernel_flags_of,$(call cpu_macros,$(1))) -Xcc -march=$(1)

# -no-allocations: an array, a class or an escaping closure is a compile error.
# -function-sections: the linker can drop what no ABI function reaches.
# -disable-stack-protector: it would read thread-local storage and call into libc; the machine
#   checks bound every frame, and no buffer lives in one.
# -fno-math-errno: a square root is an instruction, without a call into libm for negative numbers.
embedded_flags := -target $(SWIFT_TARGET) -swift-version 6 -enable-experimental-feature Embedded \
  -wmo -parse-as-library -no-allocations -O -Xfrontend -function-sections \
  -Xfrontend -disable-stack-protector -D PICKET_ARCHIVE \
  -I include -Xcc -fno-math-errno -Xcc -fPIC $(if $(SANITIZE),-sanitize=$(SANITIZE))

# KERNELS=all: the scoring code is there three times, for three levels of the processor, of which
# picket_open picks one: about twice as fast, for 20 KB more.
KERNELS ?= one
ifeq ($(KERNELS),all)
levels := v3 v4
endif
objects := $(LIBDIR)/runtime.o $(levels:%=$(LIBDIR)/kernel-%.o)

$(LIBDIR)/runtime.o: $(core_sources) $(runtime_sources) $(archive_headers) mk/archive.mk
	@mkdir -p $(LIBDIR)
	@$(SWIFTC) $(embedded_flags) $(call kernel_flags,$(MARCH)) $(if $(levels),-D PICKET_DISPATCH) \
	  -module-name PicketRuntime -c $(core_sources) $(runtime_sources) -o $@

$(LIBDIR)/kernel-%.o: $(core_sources) Sources/PicketRuntime/Kernel.swift $(archive_headers) mk/archive.mk
	@mkdir -p $(LIBDIR)
	@$(SWIFTC) $(embedded_flags) $(call kernel_flags,x86-64-$*) -D PICKET_KERNEL_$(shell echo $* | tr v V) \
	  -module-name PicketKernel$(shell echo $* | tr v V) \
	  -c $(core_sources) Sources/PicketRuntime/Kernel.swift -o $@

# Unwind tables go first: nothing here throws through C, they cost a sixth of the archive, and they
# alone need the runtime's exception personality, which is marked to be kept, and traps.
# The partial link drops what is unreachable, among it the weak runtime entry points that would
# override those of a hosted Swift program; then everything but the ABI is made local.
$(ARCHIVE): $(objects) export/symbols.txt
	@for object in $(objects); do \
	  $(OBJCOPY) -R .eh_frame -R .rela.eh_frame -R .text._swift_exceptionPersonality $$object || exit 1; done
	@$(LD) -r --gc-sections $(addprefix -u ,$(shell cat export/symbols.txt)) $(objects) -o $(LIBDIR)/linked.o
	@$(OBJCOPY) --keep-global-symbols=export/symbols.txt --strip-unneeded \
	  -R .swift_modhash -R .swift1_autolink_entries -R .linker-options -R .comment $(LIBDIR)/linked.o
	@rm -f $@ && $(AR) rcsD $@ $(LIBDIR)/linked.o
	@echo "built $@"

.PHONY: lib
lib: $(ARCHIVE) ## build the archive: build/lib/TARGET/libpicket.a (KERNELS=all: chosen at run time; MARCH=native: this processor)
