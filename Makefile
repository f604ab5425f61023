# Everything here needs Python 3.11 or newer and make. The rest is installed into .venv, with hashes.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
MUTATION := $(VENV)/.mutation
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
REDOCLY := @redocly/cli@2.77.0
PYRIGHT := pyright@1.1.414
# One test more than there are processors: some wait for a server, a clock or a process.
TESTS := $$(( $$(getconf _NPROCESSORS_ONLN) + 1 ))

# The first Python that is new enough; another one: make PYTHON=/path/to/python3
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11 or newer found; install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "error: $(PYTHON) is no Python, or older than 3.11" >&2; exit 1; }
	@echo "setting up $(VENV) ($$($(PYTHON) --version))"
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null || { echo "error: $(PYTHON) can't make a virtual environment; on Debian install python3-venv" >&2; exit 1; }
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/dev.txt || { echo "error: the packages of requirements/dev.txt could not be installed; see above" >&2; exit 1; }
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: setup
setup: $(READY) ## install everything into .venv

.PHONY: demo
demo: $(READY) ## from the vendor's page to what became of each customer, in half a minute
	@$(BIN)/python -m pipeline regenerate
	@$(BIN)/python examples/demo.py

.PHONY: test
test: $(READY) ## everything that CI runs
	@$(MAKE) --no-print-directory --jobs 2 lint types check node-checks
	@$(MAKE) --no-print-directory unit browser

.PHONY: unit
unit: $(READY) ## the tests
	$(BIN)/python -m pytest -n $(TESTS) --dist worksteal --ignore=conformance/tests/browser

.PHONY: browser
browser: $(READY) ## the mock's console in headless Chromium, where that is there; screenshots in build/screenshots
	$(BIN)/python -m pytest -n $(TESTS) --dist worksteal conformance/tests/browser

.PHONY: lint
lint: $(READY) ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: format
format: $(READY) ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: types
types: $(READY) ## mypy --strict
	$(BIN)/mypy

.PHONY: regenerate
regenerate: $(READY) ## contract, client and pages anew; says what changed
	@$(BIN)/python -m pipeline regenerate

.PHONY: check
check: $(READY) ## fail where a generated file is not what the sources give, or a gate is not passed
	@$(BIN)/python -m pipeline check

.PHONY: changes
changes: $(READY) ## what became of the API: make changes FROM=2022-08-30 TO=2025-11-17 (dates, or files; GATE=1 wants the version)
	@test -n "$(FROM)" -a -n "$(TO)" || { echo "error: say which: make changes FROM=2022-08-30 TO=2025-11-17" >&2; exit 1; }
	@$(BIN)/python -m pipeline changes --from "$(FROM)" --to "$(TO)" $(if $(GATE),--gate)

.PHONY: watch
watch: $(READY) ## what a saved page of the vendor says that the contract does not: make watch CAPTURE=page.html
	@test -n "$(CAPTURE)" || { echo "error: say which: make watch CAPTURE=page.html" >&2; exit 1; }
	@$(BIN)/python -m pipeline watch "$(CAPTURE)"

.PHONY: golden
golden: $(READY) ## write the golden requests anew: look at the difference before you commit it
	@$(BIN)/python -m pipeline golden

.PHONY: node-checks
node-checks: $(READY) ## Redocly's lint and pyright, where Node is there
	@if command -v npx >/dev/null 2>&1; then \
		npx --yes $(REDOCLY) lint --config openapi/wecom/redocly.yaml openapi/wecom/contract.yaml && \
		npx --yes $(PYRIGHT) --pythonpath $(BIN)/python; \
	else \
		echo "no Node here: Redocly's lint and pyright were not run"; \
	fi

.PHONY: interop
interop: $(READY) ## other people's clients and curl against the mock; part of the tests too
	$(BIN)/python -m pytest conformance/tests/end_to_end/test_interop.py

.PHONY: peers
peers: $(READY) ## measure anew what other people's clients send, for docs/peers.md
	$(BIN)/python -m pytest -q conformance/tests/end_to_end/test_interop.py -k "not peers"
	$(BIN)/python conformance/interop/peers.py $$(ls -dt build/interop-* | head -1)

.PHONY: hunt
hunt: $(READY) ## the proofs with many more examples and another seed; takes long
	WECOM_EXAMPLES=$${WECOM_EXAMPLES:-2000} WECOM_SEED=$${WECOM_SEED:-$$(date +%s)} \
		$(BIN)/python -m pytest -n 2 conformance/tests/suite conformance/tests/agreement conformance/tests/contract conformance/tests/mock_state
	WECOM_MOCK_STATE=file $(BIN)/python -m pytest -n 2 conformance/tests/mock

.PHONY: faults
faults: $(READY) ## break a copy in hundreds of ways and see that a test notices (SLICE=10 SEED=7: one in ten; MATRIX=1: who else does)
	@$(BIN)/python -m wecom_conformance.faults --workers $${WORKERS:-2} --seed $${SEED:-0} $(if $(SLICE),--slice $(SLICE)) $(if $(MATRIX),--layers)

$(MUTATION): requirements/mutation.txt $(READY)
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/mutation.txt
	@touch $@

.PHONY: mutants
mutants: $(MUTATION) ## change the code at random and see that a test notices (PACKAGES="contract mock" SAMPLE=80 SEED=0; SAMPLE=0: all, for hours; BELOW=path: only there)
	@$(BIN)/python -m mutants $(PACKAGES) --sample $${SAMPLE:-80} --seed $${SEED:-0} --workers $${WORKERS:-2} $(if $(BELOW),--below $(BELOW))

.PHONY: chaos
chaos: $(READY) ## the client under faults, kills and random broadcasts (SEED=7 ROUNDS=3, or HOURS=8; KILLS=200 points only)
	@$(BIN)/python -m chaos --seed $${SEED:-1} $(if $(HOURS),--hours $(HOURS)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(KILLS),--kills $(KILLS))

.PHONY: bench
bench: $(READY) ## measure, each against a baseline in the same run (NAMES="peers parsing": these; WRITE=1: docs/benchmarks.md anew)
	@$(BIN)/python -m benchmarks $(NAMES) $(if $(WRITE),--write)

.PHONY: requirements
requirements: $(READY) ## requirements/*.in into *.txt, with hashes
	@for name in dev mutation; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--custom-compile-command "make requirements" requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

.PHONY: dist
dist: $(READY) ## wheel and source distribution
	$(BIN)/python -m hatchling build

.PHONY: clean
clean: ## remove what was installed and made, generated sources aside
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
