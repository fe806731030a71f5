# The menu. `make` alone shows it.
SHELL := /bin/bash
PORT ?= 8080
RELEASE := .build/release/menya

.DEFAULT_GOAL := help
.PHONY: help demo run test lint format bench clean build

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## a demo clinic on http://127.0.0.1:8080, with sign-ins of every role (FRESH=1 makes it anew)
	@PORT=$(PORT) Scripts/demo.sh $(RELEASE)

run: build ## an empty clinic on http://127.0.0.1:8080; the first page sets it up
	@$(RELEASE) serve --port $(PORT)

test: ## everything: lints, both engines, three time zones, browser journeys; closes with `N passed, N failed`
	@Scripts/test-all.sh

lint: ## the walls and habits of the project, warnings as errors
	@Scripts/lint.sh

format: ## writes the house format into the Swift files
	@Scripts/format.sh

bench: build ## the budgets of the design, measured here, side by side with their limits
	@Scripts/packages.sh bench
	@Benchmarks/run $(RELEASE)

clean: ## removes what was built; data stays
	rm -rf .build .venv Sources/ClinicWeb/Resources/public/vendor EndToEnd/shots EndToEnd/.tmp

build:
	@Scripts/packages.sh run
	@Scripts/fetch-front.sh
	@echo "building (the first time takes some minutes)"
	@swift build -c release --product menya
