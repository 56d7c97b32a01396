# Case Tasks: each target works from a fresh clone.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PYTHON := .venv/bin/python
CASETASKS := $(PYTHON) -m casetasks_app
export PYTHONUNBUFFERED := 1

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## start Case Tasks with a demo organisation at http://127.0.0.1:8000 (another port: make run PORT=8080)
	@setup/packages.sh requirements.lock
	@exec $(CASETASKS) run --demo --port $(PORT)

.PHONY: check
check: ## lint, format, types, import contracts
	@setup/packages.sh requirements-dev.lock
	@echo "==> ruff check" && .venv/bin/ruff check
	@echo "==> ruff format" && .venv/bin/ruff format --check
	@echo "==> basedpyright" && .venv/bin/basedpyright
	@echo "==> import contracts" && .venv/bin/lint-imports --no-logo

.PHONY: test
test: prepare ## every test
	@echo "==> pytest" && .venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder --cov

.PHONY: faults
faults: prepare ## kill, cut off and fill up the running product, the long form
	@echo "==> faults" && CASETASKS_TEST_FAULTS=long .venv/bin/pytest tests/faults -p no:xdist

.PHONY: bench
bench: prepare ## measure, as a table and as JSON
	@$(PYTHON) -m bench

.PHONY: prepare
prepare:
	@setup/packages.sh requirements-dev.lock
	@setup/browser.sh
	@setup/postgresql.sh
	@$(CASETASKS) build

.PHONY: format
format: ## put the code into its house format
	@setup/packages.sh requirements-dev.lock
	@.venv/bin/ruff check --fix-only --quiet
	@.venv/bin/ruff format

.PHONY: lock
lock: ## bring both lock files up to date with pyproject.toml
	@setup/packages.sh requirements-dev.lock
	@setup/lock.sh

.PHONY: clean
clean: ## remove the virtual environment and everything built; data/ stays
	@rm -rf .venv .web .reflex .states .pytest_cache .ruff_cache .import_linter_cache .coverage
