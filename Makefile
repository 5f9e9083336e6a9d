# The workshop. Every target works from a bare clone: `make help` says which there are.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run dev test bench models computed format no-venv

VENV := .venv
BIN := $(VENV)/bin/python
INSTALL := $(BIN) -m pip install --quiet --disable-pip-version-check
# The Node that comes with requirements-dev.txt; npm finds it, and what it starts, on the path.
NPM := PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm

CANDIDATES := $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python)
# A name on the path proves nothing (pyenv leaves shims of versions that are not installed; Debian
# splits ensurepip off), so each candidate has to run this.
SUITABLE := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

help: ## say what can be made
	@echo "make TARGET, where TARGET is one of"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' Makefile
	@echo "PYTHON=/path/to/python3.12 make TARGET takes that Python for a new $(VENV)."

# Whoever starts it on a machine of their own may rename and delete every run there.
STREAMLIT := DIGITSCOPE_OPERATOR=$${DIGITSCOPE_OPERATOR:-everybody} \
	$(BIN) -m streamlit run app.py --server.address localhost --server.showEmailPrompt false

run: $(VENV)/installed ## open the dashboard in a browser, on localhost
	$(STREAMLIT)

dev: $(VENV)/installed ## the same for whoever edits it: reload on saving, whole stack traces
	$(STREAMLIT) --server.fileWatcherType poll --server.runOnSave true \
		--client.showErrorDetails full --client.toolbarMode auto

test: $(VENV)/installed-dev node_modules/installed ## check format, lint and types, then run all tests
	$(BIN) -m ruff format --check
	$(BIN) -m ruff check
	@# Types of Python on one core, JavaScript on the other.
	$(BIN) -m mypy & python=$$!; \
		$(NPM) run --silent check && $(NPM) run --silent test; javascript=$$?; \
		wait $$python && exit $$javascript
	$(BIN) -m pytest -n auto --dist loadfile --no-loadscope-reorder

bench: $(VENV)/installed-dev ## measure start, drawing, a class at once, memory and more
	$(BIN) -m bench

models: $(VENV)/installed ## train the bundled networks that are not there (hours for all)
	$(BIN) -m prepare.models
	$(BIN) -m prepare.variants

computed: $(VENV)/installed-dev ## compute again what is bundled beside the networks (an hour)
	for name in projection label_issues blind_spot robustness weight_noise moments unlikely photos votes units alike; do \
		$(BIN) -m prepare.$$name || exit 1; \
	done

format: $(VENV)/installed-dev node_modules/installed ## format the code and fix what can be fixed by itself
	$(BIN) -m ruff format
	$(BIN) -m ruff check --fix
	$(NPM) run --silent format

$(VENV)/installed: requirements.txt $(VENV)/pyvenv.cfg
	@echo "Installing what the app needs into $(VENV); the first time this takes a minute or two."
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

# What checks the JavaScript: a formatter with its lint, and a type checker.
node_modules/installed: package.json package-lock.json $(VENV)/installed-dev
	@$(NPM) ci --silent
	@touch $@

# A .venv whose Python has been uninstalled since is made anew.
$(VENV)/pyvenv.cfg: $(if $(shell $(BIN) -c 'print(1)' 2>/dev/null),,no-venv)
	@for python in $(CANDIDATES); do \
		if "$$python" -c '$(SUITABLE)' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "DigitScope needs Python 3.11, 3.12 or 3.13 with its venv module;" >&2; \
		echo "none of these runs as one: $(CANDIDATES)." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12 ..." >&2; \
		exit 1; \
	fi; \
	"$$found" -m venv --clear $(VENV)
