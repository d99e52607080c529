# Everything a developer types. `make run` and `make test` set up what they need in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PIP := $(BIN)/pip --disable-pip-version-check install --quiet -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run chat test lint format bench docs readme screenshots package constraints clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.ready  ## the cockpit in the browser; prints its address
	@$(BIN)/fujia serve --open

chat: $(VENV)/.ready  ## talk to the car in the terminal, or pipe in what is said
	@$(BIN)/fujia chat

test: lint docs  ## everything that must pass: lint, types, docs, tests
	$(BIN)/pytest -n $(WORKERS)

lint: $(VENV)/.ready-dev  ## ruff and pyright
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright --pythonpath $(BIN)/python

format: $(VENV)/.ready-dev  ## format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.ready-dev  ## the measured benchmarks
	$(BIN)/python -m tests.bench

docs: $(VENV)/.ready-dev  ## build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

readme: $(VENV)/.ready-dev  ## write the conversations and figures of the READMEs anew
	$(BIN)/python -m tests.transcript
	$(BIN)/python -m tests.figures

screenshots: $(VENV)/.ready-dev  ## take the pictures of the cockpit anew (needs Chromium)
	$(BIN)/python -m tests.screenshots

package: $(VENV)/.ready-dev  ## build wheel and sdist, install each in a fresh environment, try it
	$(BIN)/pytest -m package

constraints: $(VENV)/.ready-dev  ## pin every version again
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --all-extras --upgrade --quiet --no-emit-index-url --no-emit-find-links --custom-compile-command "make constraints" --output-file constraints.txt

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist site .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make a second run quick; both are made again when a dependency changes.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Fujia needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) -e .
	@touch $@

$(VENV)/.ready-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) -e '.[dev,all]'
	@touch $@ $(VENV)/.ready
