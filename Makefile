# Two commands do everything on a fresh machine with Python 3.11: `make run` and `make test`.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MODEL_VERSION ?= 0.1.0
ORDINARY ?=

.PHONY: help run test lint fit bench corpus clean
help:        ## what can be made
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/:/'

run: $(VENV)/run.stamp $(VENV)/compiled.stamp        ## start the API and the form on HOST:PORT
	$(BIN)/python -m screener serve --host $(HOST) --port $(PORT)

test: $(VENV)/dev.stamp $(VENV)/compiled.stamp        ## run all tests
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/dev.stamp        ## format, linters, types, import contract, catalogue, Dockerfile
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -r screener training -c pyproject.toml
	$(BIN)/python -m training catalog
	$(BIN)/hadolint Dockerfile

corpus: $(VENV)/dev.stamp        ## check the training corpus
	$(BIN)/python -m training corpus check

fit: $(VENV)/dev.stamp        ## fit the model anew (ORDINARY=folder of ordinary ads to cut the bands on)
	$(BIN)/python -m training fit --version $(MODEL_VERSION) $(if $(ORDINARY),--ordinary $(ORDINARY))

bench: $(VENV)/dev.stamp $(VENV)/compiled.stamp        ## the short benchmark
	$(BIN)/python -m training benchmark --short

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/run.stamp

# Where PYTHONDONTWRITEBYTECODE is set, every start would compile all sources anew.
$(VENV)/compiled.stamp: $(shell find screener -name '*.py') | $(VENV)/bin/python
	$(BIN)/python -m compileall -q screener
	@touch $@

clean:        ## remove the environment and what tools left behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis htmlcov .coverage
