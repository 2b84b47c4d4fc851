# The words a newcomer types. Everything is set up in .venv/ and .cache/; `make clean` takes both away.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PAGE   := web/dist/manifest.json
ON     ?=
PART   ?=
QUICK  := tests/unit tests/imports tests/docs

.DEFAULT_GOAL := help
.PHONY: help run page words wheel check test guard deep fuzz lint bench picture clean

help: ## show these words
	@echo "graphsvc: who processes whose personal data, and what of it leaves the EEA"
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
	@echo
	@echo "  make run ON=2019-01-01 asks for the transfers of another day."
	@echo "  Settings such as GRAPHSVC_PORT are explained in docs/settings.md."

run: $(VENV)/run.stamp ## set up, load the seed data, print today's transfers, serve on 127.0.0.1:8000
	@$(MAKE) --no-print-directory $(PAGE) || echo "the page could not be built: the service shows its plain one"
	@exec $(BIN)/graphsvc serve --seed --table $(if $(ON),--on $(ON))

page: $(PAGE) ## build the page that the service shows at /

$(PAGE): $(VENV)/run.stamp $(shell find web/src web/*.json web/*.ts web/make.sh graphsvc/api graphsvc/locale graphsvc/exports tools -type f -not -name schema.ts -not -name '*.pyc')
	@echo "building the page ..."
	@web/make.sh build

wheel: $(PAGE) ## build the package, with the page in it, into dist/
	@$(BIN)/python -m pip wheel --disable-pip-version-check --no-deps --wheel-dir dist .

check: $(VENV)/test.stamp ## lint, and the tests that need no engine and no browser, in two minutes
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports
	@exec $(BIN)/python -m pytest -n 2 -m "not engine" $(or $(TESTS),$(QUICK))

test: $(VENV)/test.stamp $(PAGE) ## set up and pass all that CI runs, on both engines
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports
	@echo "looking for Neo4j, 275 MB from Maven Central the first time ..."
	@$(BIN)/python -m tests.engines.neo4j_server || echo "without it, its half of the tests is skipped (in CI: fails)"
	@$(BIN)/python -m tests.exports.outside || echo "without it, graph files are not held against it (in CI: fails)"
	@web/make.sh check
	@$(BIN)/python -m tests.web.browser
	@exec $(BIN)/python -m pytest -n 2 $(TESTS)

guard: $(VENV)/test.stamp ## hold every answer about a frozen copy of the seed data against the last ones, on both engines
	@exec $(BIN)/python -m tests.guard $(GUARD)

deep: $(VENV)/test.stamp ## what is not run at each landing, or one PART of it: see bench/deep.md
	@exec $(BIN)/python -m tests.deep $(PART)

fuzz: $(VENV)/test.stamp ## the part of it that tries many new examples
	@exec $(BIN)/python -m tests.deep fuzz

lint: $(VENV)/test.stamp ## mend what can be mended and say what else is off
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/lint-imports

words: $(VENV)/test.stamp ## bring the catalogues of words up to date and say what is not translated
	@$(BIN)/python -m tools.words

bench: $(VENV)/test.stamp ## measure loading and asking, on both engines (takes a while)
	@exec $(BIN)/python -m bench $(BENCH)

picture: $(VENV)/test.stamp $(PAGE) ## make the README's picture of the page from the seed data
	@$(BIN)/python -m tests.web.browser && exec $(BIN)/python -m tests.web.readme_picture

clean: ## take away what was installed and built, but no data
	rm -rf $(VENV) .cache dist web/node_modules web/dist web/.cache .pytest_cache .hypothesis .ruff_cache .import_linter_cache graphsvc.egg-info

$(VENV)/bin/python:
	@echo "making $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "graphsvc needs Python 3.11 or newer; PYTHON=python3.12 make ... chooses another one."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "Python has no working venv module (on Debian: apt install python3-venv)."; exit 1; }

$(VENV)/run.stamp: requirements.txt requirements-exports.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing what graphsvc needs, about 250 MB the first time ..."
	@$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt -r requirements-exports.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-dev.txt
	@echo "installing what the tests need ..."
	@$(BIN)/python -m pip install --disable-pip-version-check -r requirements-dev.txt
	@touch $@
