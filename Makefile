# Every target sets up what it needs by itself. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

BIN := .venv/bin
READY := .venv/.ready
PYTEST := $(BIN)/pytest
WORKERS ?= 2
KINDS := unit spec generative functional house

.PHONY: all help setup demo serve test quick lint format $(KINDS) bench docs messages constraints wheel clean

all: lint test  ## all that CI runs

help:  ## this list
	@grep -E '^[a-z$$()A-Z]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | column -t -s $$'\t'

setup: $(READY)  ## make .venv at the pinned versions (once)

$(READY): pyproject.toml constraints.txt package-lock.json .ci/assets.py src/xiaoer/site/locale/zh_Hans/LC_MESSAGES/django.po
	@.ci/setup
	@touch $(READY)

demo: $(READY)  ## a simulated shop month: import, report on the screen, spreadsheet, page
	@mkdir -p demo-out
	@$(BIN)/xiaoer --home demo-out demo

serve: $(READY)  ## the web site over your data folder; ARGS go to it, as in: make serve ARGS="--port 8080"
	@$(BIN)/xiaoer serve $(ARGS)

test: $(READY)  ## every test
	@$(PYTEST) -n $(WORKERS) --dist loadgroup

quick: $(READY)  ## every test but the slow ones
	@$(PYTEST) -n $(WORKERS) --dist loadgroup -m "not slow" -q

$(KINDS): $(READY)  # one kind of test; ARGS go to pytest, as in: make spec ARGS="-k reply_share"
	@$(PYTEST) tests/$@ -q $(ARGS)

lint: $(READY)  ## ruff, mypy, import contracts
	@failed=0; \
	echo "ruff …"; $(BIN)/ruff check --quiet --output-format concise . || failed=1; \
	$(BIN)/ruff format --check --quiet --output-format concise . || { echo "Not in the one shape of code: run make format." >&2; failed=1; }; \
	echo "mypy …"; $(BIN)/mypy --no-error-summary || failed=1; \
	echo "import contracts …"; said="$$($(BIN)/lint-imports)" || { echo "$$said"; failed=1; }; \
	exit $$failed

format: $(READY)  ## put the code into its one shape
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

bench: $(READY)  ## how fast: see benchmarks/README.md
	@$(BIN)/python -c "import chdb, polars" 2>/dev/null || EXTRAS=dev,bench .ci/setup
	@$(BIN)/python -m benchmarks $(ARGS)

docs: $(READY)  ## write docs/reference again
	@$(BIN)/python docs/generate.py

messages: $(READY)  ## take new texts of the site into its Chinese, and compile it
	@$(BIN)/python .ci/messages.py

wheel: $(READY)  ## a wheel with the site's styles, scripts and texts inside; who installs it needs no Node
	@if command -v uv >/dev/null; then uv build --quiet --wheel -o dist; else $(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .; fi

constraints: $(READY)  ## pin what .venv holds now
	@$(BIN)/python .ci/constraints.py > constraints.new && mv constraints.new constraints.txt && touch $(READY)

clean:  ## remove everything that can be made again
	@rm -rf .venv node_modules src/xiaoer/site/static/vendor test-artefacts demo-out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
