# `make run` and `make test` are all that one needs; everything else is for those who work on it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools

.PHONY: run test check format lint types contracts docs lock chaos bench clean

run: $(READY)
	$(BIN)/python -m bot

test: $(TOOLS)
	$(BIN)/python -m pytest -n auto --dist worksteal

# Everything that CI runs.
check: lint types contracts docs test

format: $(TOOLS)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(TOOLS)
	$(BIN)/mypy

contracts: $(TOOLS)
	$(BIN)/lint-imports

# The parts of the docs that are made from the code must be as the code makes them now.
docs: $(TOOLS)
	$(BIN)/python -m docs.make --check

# Choose the versions anew. The file names no registry: pip asks the one it is set up for.
lock: $(TOOLS)
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade \
		--quiet --output-file requirements.lock

# What the bot itself needs, in the versions of the lock.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > $(VENV)/needs.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -r $(VENV)/needs.txt
	touch $(READY)

# And what working on it needs.
$(TOOLS): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	touch $(TOOLS)

# Bots killed at random while answers get lost: in the end everybody has exactly one digest.
chaos: $(TOOLS)
	$(BIN)/python -m benchmarks.chaos

# How fast it is, against a named alternative in the same run. Fills databases with a million members.
bench: $(TOOLS)
	$(BIN)/python -m benchmarks.bench

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
