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

archive_sources := $(sort $(shell find Sources/PicketCore Sources/PicketRuntime -name '*.swift'))

# What the processor of MARCH can do, as the compiler knows it, told to the kernels.
cpu_macros := $(shell echo | clang -target $(SWIFT_TARGET) -march=$(MARCH) -dM -E - 2>/dev/null)
kernel_flags := \
  $(if $(findstring __FMA__,$(cpu_macros)),-D PICKET_FMA) \
  $(if $(findstring __AVX2__,$(cpu_macros)),-D PICKET_AVX) \
  $(if $(findstring __AVX512F__,$(cpu_macros)),-D PICKET_AVX512)

# -no-allocations: an array, a class or an escaping closure is a compile error.
# -function-sections: the linker can drop what no ABI function reaches.
# -fno-math-errno: a square root is an instruction, without a call into libm for negative numbers.
# -relocation-model pic: the archive can be linked into shared libraries and PIE programs.
archive_flags := -target $(SWIFT_TARGET) -swift-version 6 -module-name PicketRuntime \
  -enable-experimental-feature Embedded -wmo -parse-as-library -no-allocations -O \
  -Xfrontend -function-sections -D PICKET_ARCHIVE $(kernel_flags) -I include \
  -Xcc -march=$(MARCH) -Xcc -fno-math-errno -Xcc -fPIC \
  $(if $(SANITIZE),-sanitize=$(SANITIZE))

$(LIBDIR)/picket.o: $(archive_sources) include/picket.h include/private/picket_kernels.h \
  include/module.modulemap mk/archive.mk
	@mkdir -p $(LIBDIR)
	@$(SWIFTC) $(archive_flags) -c $(archive_sources) -o $@

# Unwind tables go first: nothing here throws through C, they cost a sixth of the archive, and they
# alone need the runtime's exception personality, which is marked to be kept, and traps.
# The partial link drops what is unreachable, among it the weak runtime entry points that would
# override those of a hosted Swift program; then everything but the ABI is made local.
$(ARCHIVE): $(LIBDIR)/picket.o export/symbols.txt
	@$(OBJCOPY) -R .eh_frame -R .rela.eh_frame -R .text._swift_exceptionPersonality $<
	@$(LD) -r --gc-sections $(addprefix -u ,$(shell cat export/symbols.txt)) $< -o $(LIBDIR)/linked.o
	@$(OBJCOPY) --wildcard --keep-global-symbol='picket_*' --strip-unneeded \
	  -R .swift_modhash -R .swift1_autolink_entries -R .linker-options -R .comment $(LIBDIR)/linked.o
	@rm -f $@ && $(AR) rcsD $@ $(LIBDIR)/linked.o
	@echo "built $@"

.PHONY: lib
lib: $(ARCHIVE) ## build the archive: build/lib/TARGET/libpicket.a (MARCH=native for this processor)
