# The verbs of this project. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash

CC ?= cc
# Debian triple of the machine that the archive is for.
TARGET ?= x86_64-linux-gnu
PREFIX ?= /usr/local
DESTDIR ?=

include mk/targets.mk

BUILD := build
NAME := $(TARGET)$(if $(filter-out $(march_$(TARGET)),$(MARCH)),-$(MARCH))$(variant)$(if $(filter 1,$(MINIMAL)),-minimal)$(kernels_name)$(if $(filter-out all,$(TYPES)),-$(TYPES))$(if $(filter 0,$(CONV)),-dense)$(if $(SANITIZE),-$(SANITIZE))
ARCHIVE_DIR := $(BUILD)/lib/$(NAME)
ARCHIVE := $(ARCHIVE_DIR)/libpicket.a

include mk/archive.mk
include mk/flow.mk
include mk/gateway.mk
include mk/trainer.mk
include mk/install.mk
include mk/checks.mk
include mk/cross.mk
include mk/fuzz.mk
include mk/dynamic.mk
include mk/coverage.mk
include mk/packaging.mk
include mk/cost.mk
include mk/bench-training.mk
include mk/bench.mk

.PHONY: help
help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: deps
deps: ## install the Debian packages that are missing
	@mk/deps.sh

.PHONY: demo
demo: deps ## learn, export, score from C, and print what it cost
	@$(MAKE) --no-print-directory build lib
	@CC='$(CC)' mk/demo.sh $(PICKET) $(ARCHIVE) $(BUILD)/demo

.PHONY: clean
clean: ## remove everything that was built
	rm -rf $(BUILD) .build
