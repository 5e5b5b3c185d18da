# make demo and make test each work as the first command on a machine that has Python 3.11+, make and git.
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell $p -c 'import sys; sys.version_info >= (3, 11) and print("$p")' 2>/dev/null)))
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
# The order of tests, and what they draw at random, is the same in each run but that of `make search`.
SEED := --randomly-seed=1
PYTEST := -m pytest $(SEED) -q -rs
TEST := $(BIN)/python $(PYTEST)
# With RERUNS=1 the tests that failed run once more: for machines shared with others. The log shows both runs.
again = $(1) || { test -n "$(RERUNS)" && $(1) --last-failed --last-failed-no-failures none $(2); }
SLOW := slow_browser or slow_clients or slow_container or slow_fuzz or slow_haproxy or slow_hostile or slow_kill or slow_schemathesis or slow_spark or slow_install or slow_site
FAST := -n 2 -m "not ($(SLOW))"
SLOW_SUITES := test-fuzz test-haproxy test-hostile test-install test-kill test-clients test-schemathesis test-browser test-site test-spark test-container

.DEFAULT_GOAL := help
.PHONY: help demo serve test test-lowest check lint types imports coverage search docs docs-site iso-codes bench-pages bench-emulator bench-history bench-memory bench-shadow bench-transformer bench-validator bench-archive bench-mistakes bench-million bench-spark fix clean $(SLOW_SUITES)

help:  ## show this help
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "mockpin needs Python 3.11 or newer: none of python3, python3.14 ... python3.11 on the PATH is one." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module: install it (on Debian: apt-get install python3-venv)." >&2; exit 1; }
	@echo "making $(VENV) with $(PYTHON)" >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing what mockpin runs on" >&2
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing what mockpin is tested with" >&2
	@$(PIP) 'pip>=25.1' && $(PIP) --editable . --group dev
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run  ## the whole path on shipped events: Segment event in, Pinterest's verdict out
	@$(BIN)/mockpin demo

$(VENV)/.fuzz: pyproject.toml constraints.txt | $(VENV)/.dev
	@$(PIP) --group fuzz
	@touch $@

$(VENV)/.browser: pyproject.toml constraints.txt | $(VENV)/.dev
	@$(PIP) --group browser
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && { apt-get -qq update; apt-get -qq install -y chromium; } >&2; } || \
		{ echo "the browser tests want Chromium at /usr/bin/chromium: install it (on Debian: apt-get install chromium)." >&2; exit 1; }
	@touch $@

# Where a tool cannot be installed, its senders are skipped, and the test run says so.
$(VENV)/.clients: | $(VENV)/.browser
	@for tool in php ruby go javac; do command -v $$tool >/dev/null || missing=1; done; test -z "$$missing" || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && { apt-get -qq update; apt-get -qq install -y --no-install-recommends php-cli php-curl ruby golang-go default-jdk-headless; } >&2; } || \
		echo "php, ruby, go or javac is missing: its senders are not tested (on Debian: apt-get install php-cli php-curl ruby golang-go default-jdk-headless)." >&2
	@touch $@

$(VENV)/.haproxy: | $(VENV)/.dev
	@command -v haproxy >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && { apt-get -qq update; apt-get -qq install -y haproxy; } >&2; } || \
		{ echo "the haproxy tests want haproxy: install it (on Debian: apt-get install haproxy)." >&2; exit 1; }
	@touch $@

$(VENV)/.site: pyproject.toml constraints.txt | $(VENV)/.dev
	@$(PIP) --group site
	@touch $@

$(VENV)/.spark: pyproject.toml constraints.txt | $(VENV)/.dev
	@$(PIP) --editable '.[spark]'
	@command -v java >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && { apt-get -qq update; apt-get -qq install -y default-jre-headless; } >&2; } || \
		{ echo "Spark wants Java 17 or newer: install it (on Debian: apt-get install default-jre-headless)." >&2; exit 1; }
	@touch $@

serve: $(VENV)/.run  ## run the emulator on 127.0.0.1:7466
	@$(BIN)/mockpin serve

test: $(VENV)/.dev  ## the test-suite, under five minutes
	@$(call again,$(TEST) $(FAST))

check: lint types imports coverage test-lowest $(SLOW_SUITES)  ## everything but benchmarks: lint, types, imports, the fast suite with branch coverage and on the lowest versions, slow suites

lint: $(VENV)/.dev  ## ruff, all rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev  ## mypy --strict
	@$(BIN)/mypy

imports: $(VENV)/.dev  ## the direction of imports
	@$(BIN)/lint-imports

coverage: $(VENV)/.dev  ## the test-suite with branch coverage, each property on twice as many examples
	@$(call again,$(TEST) $(FAST) --hypothesis-profile thorough --cov --cov-report=term,--cov-append)

# The lowest declared versions of what mockpin runs on and of what its tests import, without uvloop, linters and tools.
$(VENV)-lowest/.done: pyproject.toml constraints.txt | $(VENV)/.dev
	@echo "installing the lowest versions that pyproject.toml declares" >&2
	@rm -rf $(VENV)-lowest && $(BIN)/uv venv --quiet --python $(BIN)/python $(VENV)-lowest
	@$(BIN)/uv pip install --quiet --python $(VENV)-lowest/bin/python --resolution lowest-direct --editable '.[charts,duckdb,har,hypothesis,liquid,parquet,phone]' --group test
	@touch $@

test-lowest: $(VENV)-lowest/.done  ## the fast suite on the lowest versions that pyproject.toml declares
	@$(call again,$(VENV)-lowest/bin/python $(PYTEST) $(FAST) --ignore tests/containers/test_files.py)

search: $(VENV)/.dev  ## the test-suite on examples and in an order that no run had before
	@$(BIN)/python -m pytest -q $(FAST) --hypothesis-profile search

$(SLOW_SUITES): test-%: $(VENV)/.dev
	@$(call again,$(TEST) -m slow_$*)

test-install:  ## the wheel, installed into a fresh environment
test-container:  ## the image, built by buildah on a local base and run in a chroot (skipped but for root on Debian)
test-kill:  ## servers killed at any moment lose nothing acknowledged
test-fuzz: $(VENV)/.fuzz  ## each parser fuzzed with atheris: on the same inputs each time, or on others for MOCKPIN_FUZZ_SECONDS each
test-haproxy: $(VENV)/.haproxy  ## two servers behind a real haproxy, racing
test-hostile:  ## what attackers send: hostile requests over real sockets, hostile text for every pattern
test-clients: $(VENV)/.clients  ## the vendors' own client libraries, over a real socket
test-schemathesis:  ## the HTTP surfaces fuzzed from their OpenAPI documents
test-site: $(VENV)/.site  ## the documentation as a site: no broken link, nothing from other hosts
test-spark: $(VENV)/.spark  ## archives on Spark: on this machine, and on a cluster that loses a worker
test-browser: $(VENV)/.browser  ## the pages in a real headless Chromium

docs: $(VENV)/.dev  ## write the generated pages of docs/ and the schemas again
	@$(BIN)/python -m generators.cli_page > docs/cli.md
	@$(BIN)/python -m generators.emulation_page > docs/emulation.md
	@$(BIN)/python -m generators.rules_page > docs/rules.md
	@$(BIN)/python -m generators.schemas

docs-site: $(VENV)/.site  ## build the documentation as a site in site/, without network
	@$(BIN)/zensical build --strict --clean

bench-emulator: $(VENV)/.dev  ## requests a second beside Prism, start-up, stop and memory (needs wrk; npm for Prism)
	@$(BIN)/python -m benchmarks.emulator
	@$(BIN)/python -m benchmarks.emulator_life

bench-shadow: $(VENV)/.dev  ## how much later answers come in shadow mode, the service killed half-way
	@$(BIN)/python -m benchmarks.shadow

bench-transformer: $(VENV)/.dev  ## the transformer against a floor of reading, hashing and writing
	@$(BIN)/python -m benchmarks.transformer

bench-pages: $(VENV)/.dev  ## the pages with 10,000 events in the history
	@$(BIN)/python -m benchmarks.pages

iso-codes: $(VENV)/.dev  ## write the tables of ISO codes again, from the pycountry that pyproject.toml names
	@$(BIN)/python -m generators.iso_codes

fix: $(VENV)/.dev  ## let ruff mend and format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench-validator: $(VENV)/.dev  ## how fast the validator judges, beside its own schema gate
	@$(BIN)/python benchmarks/judging.py

bench-history: $(VENV)/.dev  ## what a full history and reading cost, in CPU time
	@$(BIN)/python benchmarks/history.py

bench-memory: $(VENV)/.dev  ## how much memory the history and the deduplication keys take, beside their bounds
	@$(BIN)/python benchmarks/memory.py

bench-mistakes: $(VENV)/.dev  ## how many of 39 kinds of planted mistakes validate finds; fails under 97 % or on a false alarm
	@$(BIN)/python -m benchmarks.planted_mistakes

bench-archive: $(VENV)/.dev  ## how fast an archive is judged, in one process and in two, and in how much memory
	@$(BIN)/python benchmarks/validate_archive.py

bench-spark: $(VENV)/.spark  ## a million events on Spark beside two processes, and one event for the start of Spark
	@$(BIN)/python -m benchmarks.million --events 1 --ways 'Spark on two cores'
	@$(BIN)/python -m benchmarks.million --ways 'two processes' 'Spark on two cores'

bench-million: $(VENV)/.dev  ## a million events in one process, two, and with DuckDB: time, memory, equal reports
	@$(BIN)/python -m benchmarks.million

clean:  ## remove what was made
	rm -rf $(VENV) $(VENV)-lowest .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* dist site
