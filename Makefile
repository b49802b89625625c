# ecvet: `make` prints this help. Every target sets up what it needs into .venv first.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup dev demo pictures story test test-core test-postgresql lint types contracts check coverage reference cluster lock clean bench-accumulation bench-web bench-figures bench-credentials bench-network chaos conformance prove-accumulation prove-core fuzz stories

help:            ## print this help
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */\1\t/' | expand -t 18

setup:           ## set up ecvet into .venv, and nothing else
	@$(PYTHON) tools/setup.py platform

dev:             ## set up with the tools of developers
	@$(PYTHON) tools/setup.py dev

demo: setup      ## load the demo story and serve the platform; prints the address and a sign-in link per role
	@$(BIN)/ecvet up --demo

pictures: dev    ## every page of the demo for every role: pictures at three widths, light and dark, into var/screenshots; judged by axe
	@$(BIN)/python tools/pictures.py

story: setup     ## the ten steps in the terminal
	@$(BIN)/ecvet story

test: dev        ## all tests on SQLite
	@$(BIN)/python -m pytest -n 2

test-core: dev   ## the core's tests alone, in seconds
	@PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=.pytest_cache/compiled $(BIN)/python -m pytest tests/core -n 2 -p no:django -p no:cov

stories: dev     ## every story in every way: five languages, by keyboard alone, without JavaScript, on a phone
	@ECVET_THOROUGH=1 ECVET_REQUIRE_BROWSER=1 $(BIN)/python -m pytest -n 2 tests/stories

test-postgresql: dev  ## the platform's tests and the main story on PostgreSQL (Debian's pg_virtualenv)
	@LC_ALL=C.UTF-8 pg_virtualenv -o fsync=off tools/on-postgresql $(BIN)/python -m pytest -n 2 tests/platform tests/stories/test_mobility.py

lint: dev        ## style and the rules of the house
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: dev       ## mypy, strict
	@$(BIN)/mypy

contracts: dev   ## who may import whom
	@$(BIN)/lint-imports

check: lint types contracts test  ## everything a change must pass

coverage: dev    ## branch coverage of the core, at least 95 %
	@$(BIN)/python -m pytest -q -n 2 tests/core tests/corpus tests/processes --cov --cov-branch --cov-report=term --cov-fail-under=95

cluster: dev     ## a Dask scheduler with two workers on 127.0.0.1:8786, for tests; ends after half an hour or on Ctrl-C
	@$(BIN)/python tests/cluster.py

bench-accumulation: dev  ## verdicts and completions beside a fresh CP-SAT model for each; prints one line of JSON last
	@$(BIN)/python benchmark/accumulation.py

prove-accumulation: dev  ## agreement with an independent solver on 5,000 made-up learners
	@$(BIN)/python benchmark/accumulation.py --learners 5000 --seed 62 --verdicts-only

prove-core: dev  ## the tests of the core with many more examples and learners
	@ECVET_THOROUGH=1 $(BIN)/python -m pytest tests/core tests/corpus -n 2

fuzz: dev        ## verification on bytes that a fuzzer grows, for five minutes (FUZZ_SECONDS); fetches atheris into var/fuzz
	@test -d var/fuzz/atheris || $(BIN)/python -m pip install --quiet --no-deps --target var/fuzz "atheris>=3"
	@PYTHONPATH=tests:var/fuzz $(BIN)/python tests/fuzzing.py var/fuzz/inputs -max_total_time=$(or $(FUZZ_SECONDS),300) \
	  -timeout=20 -rss_limit_mb=2000

bench-web: dev   ## lists of fifty beside Django (two ways) and FastAPI, signed PDF, inputs of people; prints one line of JSON last
	@$(BIN)/python benchmark/web.py

bench-figures: dev  ## each read of the page of figures over a hundred thousand made learners; prints one line of JSON last
	@$(BIN)/python benchmark/figures.py

bench-credentials: dev  ## issuing and verifying beside bare signatures; prints one line of JSON last
	@$(BIN)/python benchmark/credentials.py

bench-network: dev  ## the inbox on SQLite and PostgreSQL, catching up, a journal of a million entries; prints one line of JSON last
	@$(BIN)/python benchmark/network.py

chaos: dev  ## three servers (SQLite, PostgreSQL twice) run 200 mobilities while network and machines fail; SEED=… repeats one
	@LC_ALL=C.UTF-8 PYTHONPATH=src:tests pg_virtualenv -o fsync=off $(BIN)/python tests/simulators/chaos.py $(if $(SEED),--seed $(SEED))

conformance: dev ## the published vectors of the formats of credentials, family by family; prints one line of JSON last
	@PYTHONPATH=tests $(BIN)/python -m conformance

lock:        ## write requirements/*.txt again (needs uv)
	uv pip compile pyproject.toml --extra platform --group build --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet -o requirements/platform.txt
	uv pip compile pyproject.toml --extra platform --group build --group dev -c requirements/platform.txt --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet \
	  -o requirements/dev.txt

clean:           ## remove what was set up and made (var/ with the demo's data too)
	rm -rf .venv var build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
