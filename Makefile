# Sets everything up on a machine with Python 3.11+, pip and make, then does what the target says.
PYTHON ?= python3
VENV := .venv
# call logs of one's own for the forecast benchmark
LOGS ?= $(wildcard ../shared/data/*_calls_*.csv)
# instances of one's own for the staff rostering benchmark
INSTANCES ?= $(wildcard ../shared/benchmarks/Instance*.txt)
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

$(VENV)/.ok: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' || { echo "Python 3.11 to 3.14 is needed; say PYTHON=python3.12 make ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --group dev --editable . ; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev --editable . ; \
	fi
	@touch $@

setup: $(VENV)/.ok ## make the environment

roster: $(VENV)/.ok ## plan the Shanghai week of sample_data and check it; files go to out/
	@$(BIN)/roster plan sample_data/shanghai-2025 --start 2025-04-21 --days 7 --out out

app: $(VENV)/.ok ## open the front end in the browser
	@$(BIN)/streamlit run app.py

test: $(VENV)/.ok ## run the whole test suite, on every core
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

screenshot: $(VENV)/.ok ## renew the picture in the README (needs chromium)
	@$(BIN)/python -m tests.e2e.screenshot docs/roster-page.png

# what the benchmarks compare with and draw with: no dependency, and kept out of the environment
$(VENV)/peers: $(VENV)/.ok
	@$(BIN)/python -m pip --version >/dev/null 2>&1 && install="$(BIN)/python -m pip --quiet --quiet install --disable-pip-version-check" || install="uv pip install"; \
	  $$install --quiet --no-deps --target $@ 'pyworkforce==0.5.*' 'joblib==1.*' 'cloudpickle==3.*' 'vl-convert-python==1.*'

bench: $(VENV)/peers ## measure, as benchmarks/ describes
	@$(BIN)/python -m benchmarks.shanghai_weeks
	@$(BIN)/python -m benchmarks.exports
	@$(BIN)/python -m benchmarks.roster_a --agents 100 --demand 28,24,10
	@$(BIN)/python -m benchmarks.roster_f --agents 60 --demand 16,14,6
	@$(BIN)/python -m benchmarks.rotation_variants
	@$(BIN)/python -m benchmarks.pingxiang_month
	@$(BIN)/python -m benchmarks.hotline --agents 300 --days 28 --time-limit 30
	@$(BIN)/python -m benchmarks.hotline --agents 1000 --days 28 --time-limit 90
	@$(BIN)/python -m benchmarks.hotline --agents 5000 --days 7 --interval 15 --time-limit 180
	@rm -f out/growth.csv out/instances.csv; mkdir -p out; $(BIN)/python -m benchmarks.growth --trace out/growth.csv
	@for instance in $(INSTANCES); do \
	  $(BIN)/python -m benchmarks.shift_scheduling $$instance --time-limit 60 --out out/answer.csv --trace out/instances.csv; \
	  $(BIN)/python -m benchmarks.scorer $$instance out/answer.csv; done
	@$(MAKE) --no-print-directory plots
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.forecast $(LOGS)
	@PYTHONPATH=$(VENV)/peers $(BIN)/python -m benchmarks.staffing
	@$(BIN)/python -m benchmarks.simulation

plots: $(VENV)/peers ## draw the traces that `make bench` left in out/ into benchmarks/results
	@test ! -e out/growth.csv || PYTHONPATH=$(VENV)/peers $(BIN)/python -m benchmarks.plots out/growth.csv --kind size --out benchmarks/results/growth.svg
	@test ! -e out/growth.csv || PYTHONPATH=$(VENV)/peers $(BIN)/python -m benchmarks.plots out/growth.csv --out benchmarks/results/growth_time.svg
	@test ! -e out/instances.csv || PYTHONPATH=$(VENV)/peers $(BIN)/python -m benchmarks.plots out/instances.csv --out benchmarks/results/shift_scheduling.svg

lint: $(VENV)/.ok ## style, types, imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/ty check --quiet && $(BIN)/lint-imports

constraints: ## renew constraints.txt (needs uv)
	@uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --no-header --no-annotate --quiet --output-file constraints.txt

clean: ## remove the environment and what was written
	@rm -rf $(VENV) out .hypothesis .ruff_cache

.PHONY: help setup roster app test screenshot bench plots lint constraints clean
