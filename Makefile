# Two commands matter: `make demo` and `make test`. They need Python 3.11 or newer and make, nothing else.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
DIST := songsheet/ui/static/songsheet/dist
STAMPS := .venv/.stamps

.PHONY: client demo serve test tests lint again test-wide check setup setup-dev assets lock bench clean format

demo: setup  ## the demo company at one address
	@exec $(BIN)/songsheet demo

serve: setup  ## your own Songsheet
	@exec $(BIN)/songsheet serve

setup: $(STAMPS)/run $(STAMPS)/assets

setup-dev: setup $(STAMPS)/dev

$(STAMPS)/venv:
	@test -n "$(PYTHON)" || { echo "Songsheet needs Python 3.11 or newer; none was found." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing (Debian: apt install python3-venv)." >&2; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements.txt pyproject.toml
	@echo "Installing what Songsheet needs …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python tools/link.py
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements-dev.txt
	@echo "Installing what the tests need …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(STAMPS)/assets: $(STAMPS)/run package.json package-lock.json $(shell find songsheet/ui/assets -type f 2>/dev/null) $(shell find songsheet -name '*.html' 2>/dev/null)
	@echo "Building the pages' assets …" >&2
	@$(BIN)/python tools/assets.py
	@touch $@

assets: $(STAMPS)/assets

lint: setup-dev  ## format, lint, types, import contracts
	$(BIN)/ruff format --check --quiet songsheet tests bench tools conftest.py
	$(BIN)/ruff check --quiet songsheet tests bench tools conftest.py
	$(BIN)/mypy songsheet
	$(BIN)/lint-imports

check: lint  ## what one runs all the time: lint, house and unit tests of the lower storeys
	$(BIN)/pytest -q -m "not browser and not wide and not slow" tests/house songsheet/base songsheet/doors songsheet/team songsheet/leads

test: lint tests  ## everything: lint, types, contracts, unit, journey and browser tests

tests: setup-dev
	@$(BIN)/python tools/browser.py
	$(BIN)/pytest -q -m "not wide"

test-wide: setup-dev  ## every page in light and dark at three widths under axe, schemathesis, the smoke benchmark
	@$(BIN)/python tools/browser.py
	$(BIN)/pytest -q -m wide
	$(BIN)/python -m bench.smoke

# What failed just now, once more, alone: tells a test that raced on a busy machine from one that fails.
again: setup-dev
	$(BIN)/pytest -q -n 1 --last-failed --last-failed-no-failures none

bench: setup  ## pages at a million people with ten million entries; twenty minutes of making, then the figures
	$(BIN)/python -m bench.size --check --plans docs/plans.md $(BENCH)

client: setup  ## the API's client in Python, generated
	$(BIN)/python clients/python/generate.py

format: setup-dev
	$(BIN)/ruff format --quiet songsheet tests bench tools conftest.py
	$(BIN)/ruff check --fix --quiet songsheet tests bench tools conftest.py

lock:  ## compile the hashed requirements anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf .venv node_modules $(DIST) .cache
