# Everything sets itself up. `make demo` shows it, `make test` proves it.

PYTHON ?= python3
BIN := .venv/bin
FAST := -m "not browser and not slow"
# Two more than there are cores, since many tests wait for others; what a file sets up once, one has;
# in the order of tests/conftest.py, which has the long ones first.
ALL_CORES := -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 2) --dist loadfile --no-loadscope-reorder

.PHONY: help setup demo test check format catalogues lock golden story year benchmark judge faults clean

help:
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: .venv/ready ## make .venv with the locked dependencies

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) scripts/make_venv.py .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q newsroom
	@touch $@

demo: setup ## build the sample, serve it, send the sample issue to a local mail catcher
	$(BIN)/newsroom demo

test: setup ## everything: format, lint, types, tests, browser, databases, the installed wheel
	$(BIN)/python scripts/find_tools.py
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(ALL_CORES)

check: setup ## format, lint, types and the fast tests
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(ALL_CORES) $(FAST)

catalogues: setup ## compile the translations after editing a .po file
	$(BIN)/python scripts/compile_catalogues.py

golden: setup ## accept the sample site as it is built now
	NEWSROOM_GOLDEN=write $(BIN)/python -m pytest -q tests/test_sample_site.py

story: setup ## accept the story of the simulated year as it is told now
	NEWSROOM_GOLDEN=write $(BIN)/python -m pytest -q tests/year/test_year.py

year: setup ## the simulated year in full: every night, and started anew at random moments
	NIGHTLY=1 RESTARTS=20 $(BIN)/python -m pytest -q --timeout=0 tests/year

faults: setup ## the long suite of killed senders and bad relays
	KILLS=200 READERS=20000 SEEDS=50 $(BIN)/python -m pytest -q --timeout=0 tests/faults tests/test_line.py

benchmark: setup ## figures of this machine, in one run; PEERS="--peers DIR" names other tools' place
	$(BIN)/python benchmarks/line.py
	$(BIN)/python -m benchmarks.build $(PEERS)
	$(BIN)/python -m benchmarks.send $(PEERS)

judge: setup ## the built sample before every outside judge that is installed
	$(BIN)/python -m scripts.judge $(JUDGE)

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --all-extras

lock: ## resolve the dependencies again (needs uv): all of them, and those that run it
	$(LOCK) --group dev pyproject.toml --output-file requirements.lock
	$(LOCK) --constraint requirements.lock pyproject.toml --output-file requirements-run.lock

clean: ## remove what was made, but not what was written
	rm -rf .venv public var dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
