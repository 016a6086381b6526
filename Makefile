# The verbs of this project. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash

CC ?= cc
TARGET ?= x86_64-linux-gnu
# Processor that the archive is built for, as -march names it. The default runs everywhere.
MARCH ?= x86-64
PREFIX ?= /usr/local
BUILD := build
NAME := $(TARGET)$(if $(filter-out x86-64,$(MARCH)),-$(MARCH))$(if $(SANITIZE),-$(SANITIZE))
LIBDIR := $(BUILD)/lib/$(NAME)
ARCHIVE := $(LIBDIR)/libpicket.a

include mk/archive.mk

.PHONY: help
help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: clean
clean: ## remove everything that was built
	rm -rf $(BUILD) .build
