# What a Debian package would put where.

# Where archives and shared libraries go: a multiarch folder, lib64, or this.
libdir ?= $(PREFIX)/lib

SOVERSION := $(shell sed -n 's/^\#define PICKET_ABI_VERSION //p' include/picket.h)
VERSION := $(shell sed -n 's/^\#define PICKET_VERSION_\(MAJOR\|MINOR\|PATCH\) //p' include/picket.h | paste -sd.)
SHARED := $(ARCHIVE_DIR)/libpicket.so.$(SOVERSION)

# The version script shows the functions of the header, and lets nobody preempt the rest.
$(ARCHIVE_DIR)/symbols.map: export/symbols.txt
	@mkdir -p $(ARCHIVE_DIR)
	@{ echo 'PICKET_$(SOVERSION) {'; echo 'global:'; sed 's/$$/;/' $<; echo 'local: *;'; echo '};'; } > $@

$(SHARED): $(ARCHIVE) $(ARCHIVE_DIR)/symbols.map mk/install.mk mk/targets.mk
	@$(CC) -shared -nostartfiles -Wl,-soname,libpicket.so.$(SOVERSION) \
	  -Wl,--version-script=$(ARCHIVE_DIR)/symbols.map -Wl,-z,relro,-z,now -Wl,--no-undefined \
	  -Wl,--whole-archive $(ARCHIVE) -Wl,--no-whole-archive $(libm) -o $@

# Every program that asks for a soname must find all of it: what leaves something out is an archive alone.
is_whole := $(if $(filter 1,$(MINIMAL))$(filter float,$(TYPES))$(filter 0,$(CONV)),,yes)

# Files that name folders are filled in as they are installed: another PREFIX is another text.
# The path from libdir to the headers is CMake's, which finds an installation from where its files are.
pointer_bytes := $(if $(filter x86_64-% aarch64-% riscv64-%,$(TARGET)),8,4)
include_from_lib = $(shell realpath -ms --relative-to='$(libdir)' '$(PREFIX)/include')
filled_in = sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(libdir)|' -e 's|@VERSION@|$(VERSION)|g' \
  -e 's|@SOVERSION@|$(SOVERSION)|g' -e 's|@MAJOR@|$(word 1,$(subst ., ,$(VERSION)))|g' \
  -e 's|@MINOR@|$(word 2,$(subst ., ,$(VERSION)))|g' -e 's|@POINTER_BYTES@|$(pointer_bytes)|' \
  -e 's|@INCLUDE_FROM_LIB@|$(include_from_lib)|' -e 's|@LIBM@|$(libm)|'
# The file export/NAME.in, filled in, in a folder: for everybody to read, whatever the umask.
put_filled_in = $(filled_in) export/$(1).in > "$(2)/$(1)" && chmod 644 "$(2)/$(1)"
# A relative one would be right from one folder only, and run into DESTDIR's name.
absolute_places = $(foreach name,PREFIX libdir,$(if $(filter-out /%,$(firstword $($(name)))), \
  $(error $(name) is "$($(name))", expected a path that begins with /)))

.PHONY: install
install: $(ARCHIVE) $(if $(is_whole),$(SHARED)) ## install header, archive, shared library, pkg-config and CMake files (DESTDIR= PREFIX= libdir=PREFIX/lib)
	$(absolute_places)install -d "$(DESTDIR)$(PREFIX)/include" "$(DESTDIR)$(libdir)/pkgconfig" "$(DESTDIR)$(libdir)/cmake/Picket"
	install -m 644 include/picket.h "$(DESTDIR)$(PREFIX)/include/picket.h"
	install -m 644 $(ARCHIVE) "$(DESTDIR)$(libdir)/libpicket.a"
ifneq ($(is_whole),)
	install -m 644 $(SHARED) "$(DESTDIR)$(libdir)/$(notdir $(SHARED))"
	ln -sf $(notdir $(SHARED)) "$(DESTDIR)$(libdir)/libpicket.so"
else
	@echo "no shared library: it is installed of whole archives alone, without MINIMAL, TYPES and CONV"
endif
	$(call put_filled_in,picket.pc,$(DESTDIR)$(libdir)/pkgconfig)
	$(call put_filled_in,PicketConfig.cmake,$(DESTDIR)$(libdir)/cmake/Picket)
	$(call put_filled_in,PicketConfigVersion.cmake,$(DESTDIR)$(libdir)/cmake/Picket)
