# make repro: install everything, run the pipeline.  make test: install everything, run the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
export PATH := $(BIN):$(PATH)

.PHONY: repro test test-browser test-package test-spark java docs model setup bench lint lock clean

repro: setup
	@echo "berufsbild: running the pipeline (dvc repro)"
	@dvc repro --quiet || dvc repro
	@dvc status --quiet && echo "berufsbild: done. The report is reports/evaluation.md, the records are corpus/derived/records.jsonl"

test: setup
	@echo "berufsbild: running the tests"
	@python -m pytest
	@echo "berufsbild: done. The cases are in tests/cases, the corpus in corpus"

test-browser: $(VENV)/.browser
	@echo "berufsbild: opening the pages in Chromium"
	@python -m pytest -m browser tests/browser
	@echo "berufsbild: done. The figures: python tests/browser/measure.py"

test-spark: java $(VENV)/.spark
	@echo "berufsbild: running Spark with two executors, and the other data engines"
	@python -m pytest -m spark tests/spark tests/test_docs.py
	@echo "berufsbild: done. The figures: python tests/spark/measure.py"

test-package: setup
	@echo "berufsbild: building the wheels and using them in an environment of their own"
	@python -m pytest -m package tests/package
	@echo "berufsbild: done. The package by hand: docs/spacy.md"

docs: $(VENV)/.docs
	@echo "berufsbild: building the documentation"
	@python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@python -m pytest -m docs tests/test_docs.py
	@echo "berufsbild: done. The first page is docs/_build/html/index.html"

model: setup
	@echo "berufsbild: installing the base model into $(VENV) (42 MB)"
	@python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --force-reinstall -r models/de_core_news_md.txt
	@berufsbild doctor
	@echo "berufsbild: done. To use it, set base: de_core_news_md in params.yaml"

setup: $(VENV)/.ready

java:
	@java=$${JAVA_HOME:+$$JAVA_HOME/bin/}java; got=$$($$java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'); test "$${got:-0}" -ge 17 || { echo "berufsbild: expected Java 17 or later as $$java, got $${got:-none}; install it (Debian: apt-get install default-jre-headless) or set JAVA_HOME" >&2; exit 1; }

$(VENV)/.browser: $(VENV)/.ready requirements-browser.lock
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null; } || { echo "berufsbild: expected chromium, got none; as root: apt-get install chromium" >&2; exit 1; }
	@command -v chromium >/dev/null || { echo "berufsbild: installing chromium" && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-browser.lock
	@touch $@

$(VENV)/.spark: $(VENV)/.ready requirements-spark.lock
	@echo "berufsbild: installing Spark into $(VENV) (a download of 0.5 GB)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements-spark.lock
	@touch $@

$(VENV)/.ready: requirements.lock pyproject.toml
	@echo "berufsbild: installing into $(VENV) (a few minutes the first time)"
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "berufsbild: expected Python 3.11 to 3.13, got " + sys.version.split()[0] + "; call make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.docs: $(VENV)/.ready requirements-docs.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-docs.lock
	@touch $@

lint: setup
	@ruff format --check . && ruff check . && mypy

bench: setup
	@echo "berufsbild: measuring (half an hour; tests/benchmarks/bench.py --quick for a look)"
	@python tests/benchmarks/bench.py

lock:
	@uv pip compile --quiet --universal --python-version 3.11 --extra arrow --extra dev --extra parquet --extra pipeline --extra remote --generate-hashes --no-emit-index-url --no-header --no-annotate --output-file requirements.lock pyproject.toml
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --constraint requirements.lock --output-file requirements-browser.lock tests/browser/requirements.in
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --constraint requirements.lock --output-file requirements-docs.lock docs/requirements.in
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --constraint requirements.lock --output-file requirements-package.lock pyproject.toml tests/package/requirements.in
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --constraint requirements.lock --output-file requirements-spark.lock tests/spark/requirements.in

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache docs/_build
