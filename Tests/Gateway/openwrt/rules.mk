# What the package's Makefile needs of OpenWrt's rules.mk, for this machine's compiler.
INCLUDE_DIR := $(TOPDIR)
TARGET_CC ?= cc
TARGET_CFLAGS := -Os -Wall -Wextra -Werror
INSTALL_DIR := install -d -m0755
INSTALL_BIN := install -m0755
INSTALL_DATA := install -m0644
INSTALL_CONF := install -m0600
