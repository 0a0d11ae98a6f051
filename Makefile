# What each target does: `make help`. Nothing here calls a system package manager.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := pyproject.toml constraints.txt ferpa_wizard/__init__.py packaging/setup.sh

# Another interpreter: make setup PYTHON=/path/to/python3.12
PYTHON ?=
# More for pytest: make test ARGS="-k rules"
ARGS ?=

# A checkout that was moved needs its environment made again: the scripts in it hold its place.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
MOVED := moved
endif

.DEFAULT_GOAL := help
.PHONY: help setup run test long endless check format handbook golden atspi mutate stress stress-long bench package twice deb msi pictures clean moved

help:  ## say what each target does
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: $(READY)  ## make .venv with ferpa-wizard in it; quick when nothing changed

$(READY): $(SOURCES) $(MOVED)
	@PYTHON="$(PYTHON)" sh packaging/setup.sh $(VENV)

moved:

run: $(READY)  ## open the desktop; without a display, decide and seal the shipped example
	@$(BIN)/python -m ferpa_wizard --or-example build/example

test: $(READY)  ## run the tests
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 $(ARGS)

long: $(READY)  ## run the tests that take longer: every page painted, every record run again
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 -m long $(ARGS)

endless: $(READY)  ## run the tests that go over every single case: each bit of a ledger flipped, half an hour
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 -m endless $(ARGS)

check: $(READY)  ## lint, format, types, import arrows, rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/ferpa-wizard rules check

format: $(READY)  ## put the source into the house form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

stress: $(READY)  ## power cuts, kills, full disks, hostile input, long use: a line a figure; make stress-long does all of it
	@$(BIN)/python -m tests.stress $(ARGS)

stress-long: $(READY)
	@$(BIN)/python -m tests.stress --long $(ARGS)

handbook: $(READY)  ## write docs/rules.md, the rules as a book, from the rules
	@$(BIN)/ferpa-wizard rules handbook > docs/rules.md.new
	@mv docs/rules.md.new docs/rules.md

golden: $(READY)  ## write tests/documents/golden anew, the papers that people read
	@$(BIN)/python -m tests.documents.golden

atspi: $(READY)  ## write tests/atspi/journey.txt anew, what a screen reader says from Home to a saved record
	@FERPA_WIZARD_WRITE_JOURNEY=1 $(BIN)/python -m pytest -q --numprocesses 0 -m "long or not long" tests/atspi -k "spoken or orca"

mutate: $(READY)  ## do wrong to the rules, one small thing at a time: does an example notice?
	@$(BIN)/python -m tests.mutation --workers 2 $(ARGS)

bench: $(READY)  ## measure, print a table, write benchmarks/results.md
	@$(BIN)/python -m benchmarks

package: $(READY)  ## build dist/ferpa-wizard/, the program in one folder
	@$(BIN)/python packaging/build.py

twice: $(READY)  ## build the package in two folders, compare every byte
	@$(BIN)/python packaging/twice.py

deb: $(READY)  ## make dist/*.deb of dist/ferpa-wizard/ (after make package)
	@$(BIN)/python packaging/deb.py $(ARGS)

msi: $(READY)  ## write build/ferpa-wizard.wxs, the source of a Windows Installer package, of dist/ferpa-wizard/
	@$(BIN)/python packaging/msi.py $(ARGS)

pictures: $(READY)  ## take pictures of every screen in every look; those of the documents too
	@$(BIN)/python -m docs.pictures.take

clean:  ## remove all that make made, .venv too
	rm -rf $(VENV) build dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache \
	    .hypothesis .import_linter_cache tests/documents/axe/node_modules
	find ferpa_wizard tests benchmarks packaging docs -name __pycache__ -type d -prune -exec rm -rf {} +
