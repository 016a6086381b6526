# What a Debian package would put where.

SOVERSION := $(shell sed -n 's/^\#define PICKET_ABI_VERSION //p' include/picket.h)
VERSION := $(shell sed -n 's/^\#define PICKET_VERSION_\(MAJOR\|MINOR\|PATCH\) //p' include/picket.h | paste -sd.)
SHARED := $(LIBDIR)/libpicket.so.$(SOVERSION)

# The version script shows the functions of the header, and lets nobody preempt the rest.
$(LIBDIR)/symbols.map: export/symbols.txt
	@mkdir -p $(LIBDIR)
	@{ echo 'PICKET_$(SOVERSION) {'; echo 'global:'; sed 's/$$/;/' $<; echo 'local: *;'; echo '};'; } > $@

$(SHARED): $(ARCHIVE) $(LIBDIR)/symbols.map
	@$(CC) -shared -nostartfiles -Wl,-soname,libpicket.so.$(SOVERSION) \
	  -Wl,--version-script=$(LIBDIR)/symbols.map -Wl,-z,relro,-z,now -Wl,--no-undefined \
	  -Wl,--whole-archive $(ARCHIVE) -Wl,--no-whole-archive -o $@

$(LIBDIR)/picket.pc: export/picket.pc.in include/picket.h
	@mkdir -p $(LIBDIR)
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(PREFIX)/lib|' -e 's|@VERSION@|$(VERSION)|' $< > $@

# What CMake's find_package reads. A file for a machine of the other pointer size is passed over.
pointer_bytes := $(if $(filter x86_64-% aarch64-% riscv64-%,$(TARGET)),8,4)
$(LIBDIR)/PicketConfigVersion.cmake: export/PicketConfigVersion.cmake.in include/picket.h mk/install.mk
	@mkdir -p $(LIBDIR)
	@sed -e 's|@VERSION@|$(VERSION)|g' -e 's|@SOVERSION@|$(SOVERSION)|g' \
	  -e 's|@MAJOR@|$(word 1,$(subst ., ,$(VERSION)))|g' -e 's|@MINOR@|$(word 2,$(subst ., ,$(VERSION)))|g' \
	  -e 's|@INCLUDE_FROM_LIB@|../include|' -e 's|@POINTER_BYTES@|$(pointer_bytes)|' $< > $@
$(LIBDIR)/PicketConfig.cmake: export/PicketConfig.cmake.in include/picket.h mk/install.mk
	@mkdir -p $(LIBDIR)
	@sed -e 's|@SOVERSION@|$(SOVERSION)|g' -e 's|@INCLUDE_FROM_LIB@|../include|' $< > $@
cmake_files := $(LIBDIR)/PicketConfig.cmake $(LIBDIR)/PicketConfigVersion.cmake

.PHONY: install
install: $(ARCHIVE) $(SHARED) $(LIBDIR)/picket.pc $(cmake_files) ## install header, archive, shared library, pkg-config and CMake files (DESTDIR= PREFIX=)
	install -d $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/lib/pkgconfig
	install -m 644 include/picket.h $(DESTDIR)$(PREFIX)/include/picket.h
	install -m 644 $(ARCHIVE) $(DESTDIR)$(PREFIX)/lib/libpicket.a
	install -m 644 $(SHARED) $(DESTDIR)$(PREFIX)/lib/$(notdir $(SHARED))
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(PREFIX)/lib/libpicket.so
	install -m 644 $(LIBDIR)/picket.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/picket.pc
	install -d $(DESTDIR)$(PREFIX)/lib/cmake/Picket
	install -m 644 $(cmake_files) $(DESTDIR)$(PREFIX)/lib/cmake/Picket
