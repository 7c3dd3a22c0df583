# Everything a newcomer types. `make` alone lists it.
# Each step leaves a stamp in .venv, so that the second call starts at once and needs no network.

.DEFAULT_GOAL := help
SHELL := /bin/sh

# The first of these that is Python 3.11, 3.12 or 3.13; choose another with: make test PYTHON=/path/to/python
IS_FIT := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(IS_FIT)' 2>/dev/null && echo $$p && break; done)
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
GERDY := $(BIN)/gerdy
INSTALL := $(PY) -m pip install --quiet
LOCKED := $(INSTALL) --require-hashes --requirement

# More to install before the tests run, for example: make test EXTRAS=opensim
EXTRAS ?=
# More for pytest, for example: make test ARGS="tests/records -x"
ARGS ?=
# Where the demo writes.
OUT ?= gerdy-out

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
# The theme's notice about its own future is not about this build.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help demo test test-long golden venv warm check bench docs lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.warm $(VENV)/.video ## analyse the bundled real runner and write the report into gerdy-out
	$(GERDY) demo --out $(OUT)

test: $(VENV)/.dev $(VENV)/.video $(EXTRAS:%=$(VENV)/.%) ## run the tests
	$(PY) -m pytest $(ARGS)

test-long: $(VENV)/.dev $(VENV)/.video $(EXTRAS:%=$(VENV)/.%) ## run all tests, the long ones too
	$(PY) -m pytest --long $(ARGS)

golden: $(VENV)/.dev ## write the golden files of the tests anew; read the difference before you keep it
	$(PY) -m pytest tests/years --golden

venv: $(VENV)/.warm $(VENV)/.video ## only set up: .venv with the locked libraries, gerdy itself, kernels, pose networks

warm: $(VENV)/.core ## compile the numerical kernels now, so that the first run is fast
	$(GERDY) warm-up
	@touch $(VENV)/.warm

check: $(VENV)/.dev ## lint, format, types, layers and the contents of the tree
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) scripts/check_tree.py
	$(PY) -m pip check

bench: $(VENV)/.dev $(VENV)/.video $(EXTRAS:%=$(VENV)/.%) ## measure speed; add EXTRAS=opensim for the ratios against OpenSim
	$(PY) -m benchmarks $(ARGS)

docs: $(VENV)/.dev ## build the documentation into site/
	$(BIN)/mkdocs build --strict --quiet
	$(PY) scripts/check_site.py site

lock: ## resolve the libraries again and write the lock files (needs uv)
	scripts/lock

clean: ## remove what was built and installed here
	rm -rf $(VENV) site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Where Python comes without ensurepip (Debian without python3-venv), the pip outside sets up the one inside.
$(VENV)/.made:
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(IS_FIT)' 2>/dev/null || { echo "gerdy needs Python 3.11, 3.12 or 3.13; '$(PYTHON)' is none. Name one: make test PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(PY) install --quiet pip; }
	@touch $@

$(VENV)/.core: $(VENV)/.made requirements.lock pyproject.toml
	$(LOCKED) requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements-dev.lock
	$(LOCKED) requirements-dev.lock
	@touch $@

$(VENV)/.opensim: $(VENV)/.core requirements-opensim.lock
	$(LOCKED) requirements-opensim.lock
	@touch $@

$(VENV)/.warm: $(VENV)/.core
	@$(MAKE) --no-print-directory warm

# The networks lie in the user's data folder; where they are already, nothing is downloaded.
$(VENV)/.video: $(VENV)/.core
	$(GERDY) setup-video
	@touch $@
