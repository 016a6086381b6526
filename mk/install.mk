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

.PHONY: install
install: $(ARCHIVE) $(SHARED) $(LIBDIR)/picket.pc ## install header, archive, shared library, pkg-config file (DESTDIR= PREFIX=)
	install -d $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/lib/pkgconfig
	install -m 644 include/picket.h $(DESTDIR)$(PREFIX)/include/picket.h
	install -m 644 $(ARCHIVE) $(DESTDIR)$(PREFIX)/lib/libpicket.a
	install -m 644 $(SHARED) $(DESTDIR)$(PREFIX)/lib/$(notdir $(SHARED))
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(PREFIX)/lib/libpicket.so
	install -m 644 $(LIBDIR)/picket.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/picket.pc
