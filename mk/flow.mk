# PicketFlow: connections and windows, an archive of its own, so that a host that brings its own
# records does not pay for them. It is made as libpicket.a is, from other sources.

flow_sources := $(sort $(shell find Sources/PicketFlow -name '*.swift'))
flow_headers := include/picket_flow.h $(wildcard include/private/picket_flow_*.h) include/module.modulemap
FLOW_ARCHIVE := $(LIBDIR)/libpicket_flow.a
flow_symbols := export/flow-symbols.txt
compile_flow = $(SWIFTC) $(embedded_flags) -Osize $(if $(CLANG_TARGET),,$(addprefix -Xcc ,$(call cpu_flags,$(MARCH)))) \
  -module-name PicketFlow $(flow_sources)
flow_inputs := $(flow_sources) $(flow_headers) mk/flow.mk mk/archive.mk mk/targets.mk

ifeq ($(CLANG_TARGET),)
$(LIBDIR)/flow.o: $(flow_inputs)
	@mkdir -p $(LIBDIR) && rm -f $@
	@$(compile_flow) -c -o $@
else
$(LIBDIR)/flow.ll: $(flow_inputs) mk/retarget.sh
	@mkdir -p $(LIBDIR)
	@set -o pipefail; $(compile_flow) -emit-ir -Xfrontend -disable-llvm-optzns -o - | \
	  mk/retarget.sh $(CLANG_TARGET) $(call cpu_flags,$(MARCH)) > $@.part
	@mv $@.part $@
$(LIBDIR)/flow.o: $(LIBDIR)/flow.ll
	@clang -target $(CLANG_TARGET) $(call cpu_flags,$(MARCH)) -Os -fPIC -ffunction-sections \
	  -mllvm -min-jump-table-entries=1000000 -Wno-override-module -c $< -o $@
endif

$(FLOW_ARCHIVE): $(LIBDIR)/flow.o $(flow_symbols)
	@$(OBJCOPY) $(unwinding) $<
	@$(LD) -r --gc-sections $(addprefix -u ,$(shell cat $(flow_symbols))) $< -o $(LIBDIR)/flow-linked.o
	@$(OBJCOPY) --keep-global-symbols=$(flow_symbols) --strip-unneeded \
	  -R .swift_modhash -R .swift1_autolink_entries -R .linker-options -R .comment -R .llvm_addrsig $(LIBDIR)/flow-linked.o
	@rm -f $@ && $(AR) rcsD $@ $(LIBDIR)/flow-linked.o
	@echo "built $@"

.PHONY: flow
flow: $(FLOW_ARCHIVE) ## build the archive of connections and windows: build/lib/TARGET/libpicket_flow.a
