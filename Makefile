# Doorstep's commands: `make run`, `make test`, `make check`, `make bench`. See README.md.
.DEFAULT_GOAL := help
.PHONY: help run demo edit test check bench lock clean browser

VENV := .venv
PY := $(VENV)/bin/python
# The first Python that runs and is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

help:
	@echo 'make run     build and serve: the site on PORT (8000), the office on the next port (data in DOORSTEP_VAR=var)'
	@echo 'make demo    the same with made-up applications in every state, and links that sign staff in'
	@echo 'make edit    for editors: the site as it is written, each page made anew when its file is saved (改内容用这个)'
	@echo 'make check   the fast gate: ruff, mypy --strict, unit tests'
	@echo 'make test    everything: unit, functional, contract, crash and browser tests'
	@echo 'make bench   throughput, cold start, search, weight, builds … beside their peers (installs these first)'
	@echo 'make lock    renew the hash-locked requirements from pyproject.toml (needs uv)'
	@echo 'make clean   remove what was built and installed here; var/ (keys, applications) stays'

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo 'Doorstep needs Python 3.11 or newer. Install it (Debian: apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3.12'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo '$(PYTHON) is not a Python 3.11 or newer. Name another: make PYTHON=/path/to/python3.12'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo 'The virtual environment could not be made. On Debian: apt-get install python3-venv'; rm -rf $(VENV); exit 1; }

$(VENV)/run.ready: requirements/run.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@echo 'Installing what Doorstep needs (once) …'
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.ready: requirements/test.txt $(VENV)/run.ready
	@echo 'Installing what the tests need (once) …'
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

node_modules/ready: package.json package-lock.json
	@command -v npm >/dev/null || { echo 'The tests need Node.js 20 or newer and npm (for a DynamoDB-speaking server and the accessibility checker). Install them, then run this again.'; exit 1; }
	@npm ci --silent --no-progress
	@touch $@

run: $(VENV)/run.ready
	@$(PY) -m doorstep serve --demo

demo: $(VENV)/run.ready
	@$(PY) -m doorstep demo

edit: $(VENV)/run.ready
	@$(PY) -m doorstep edit

check: $(VENV)/test.ready
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@DOORSTEP_EXAMPLES=$${DOORSTEP_EXAMPLES:-40} $(PY) -m pytest -q -n 2 --dist loadfile tests/unit tests/repository

browser: $(VENV)/test.ready
	@PLAYWRIGHT=$(VENV)/bin/playwright sh tests/browser/find-chromium >/dev/null

test: $(VENV)/test.ready node_modules/ready browser
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(PY) -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder

$(VENV)/bench.ready: requirements/bench.txt $(VENV)/test.ready
	@echo 'Installing the peers that are measured (once) …'
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements/bench.txt
	@touch $@

bench/node_modules/ready: bench/package.json bench/package-lock.json
	@cd bench && npm ci --silent --no-progress && touch node_modules/ready

bench: $(VENV)/bench.ready node_modules/ready bench/node_modules/ready browser
	@$(PY) -m bench

lock:
	@for extra in run test; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  $$([ $$extra = test ] && echo '--extra test --constraint requirements/run.txt') pyproject.toml --output-file requirements/$$extra.txt; done
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  bench/requirements.in --output-file requirements/bench.txt

clean:
	@rm -rf $(VENV) build node_modules bench/node_modules
