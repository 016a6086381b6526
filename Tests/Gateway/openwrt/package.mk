# The structure of OpenWrt's package.mk: the package's recipes are expanded while make reads the file, when
# nothing has been copied yet, and run later.
PKG_BUILD_DIR ?= $(BUILD_DIR)/$(PKG_NAME)-$(PKG_VERSION)
prepared := $(PKG_BUILD_DIR)/.prepared
built := $(PKG_BUILD_DIR)/.built

define Build/Prepare
	cp -r ./src/* $(PKG_BUILD_DIR)/
endef

define Build/DefaultTargets
  $(prepared):
	@mkdir -p $(PKG_BUILD_DIR)
	$(Build/Prepare)
	touch $$@

  $(built): $(prepared)
	$(Build/Compile)
	touch $$@
endef

define BuildPackage
$(Build/DefaultTargets)

  install: $(built)
	$(call Package/$(1)/install,$(DESTINATION))
endef
