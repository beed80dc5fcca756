# make repro: install everything, run the pipeline.  make test: install everything, run the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
export PATH := $(BIN):$(PATH)

.PHONY: repro test setup bench lint lock clean

repro: setup
	@echo "berufsbild: running the pipeline (dvc repro)"
	@dvc repro --quiet || dvc repro
	@dvc status --quiet && echo "berufsbild: done. The report is reports/evaluation.md, the records are corpus/derived/records.jsonl"

test: setup
	@echo "berufsbild: running the tests"
	@python -m pytest
	@echo "berufsbild: done. The cases are in tests/cases, the corpus in corpus"

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	@echo "berufsbild: installing into $(VENV) (a few minutes the first time)"
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "berufsbild: expected Python 3.11 to 3.13, got " + sys.version.split()[0] + "; call make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lint: setup
	@ruff format --check . && ruff check . && mypy

bench: setup
	@python tests/benchmarks/bench_extract.py
	@python tests/benchmarks/bench_euro.py
	@python tests/benchmarks/bench_lexicon.py

lock:
	@uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-header --no-annotate --output-file requirements.lock pyproject.toml

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
