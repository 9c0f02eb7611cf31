# Two commands for a newcomer: make run, make test.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $$p && break; done)

# Rasa 3.6 needs Python 3.10, in an environment of its own; pyenv's and uv's are found too.
RASA := .venv-rasa
RASA_MODEL := data/rasa/nlu.tar.gz
RASA_PORT ?= 5005
RASA_PYTHON ?= $(shell for p in python3.10 "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.10.*/bin/python3.10 \
	"$$(uv python find --no-python-downloads 3.10 2>/dev/null)"; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null && echo "$$p" && break; done)

.PHONY: run test check lint lock lock-rasa clean rasa rasa-env rasa-python
run: $(VENV)/.ready
	@$(BIN)/mem serve

test: $(VENV)/.ready
	@$(BIN)/python -m pytest

check: lint
	@$(BIN)/mem check

lint: $(VENV)/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

$(VENV)/.ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, then run make again."; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing the locked dependencies (a minute or two, once)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@echo "Teaching it our languages (half a minute, once)..."
	@$(BIN)/python -c "from nlu.understand import embedded; embedded()"
	@touch $@

# Renew the lock after changing pyproject.toml; it names no registry host.
lock: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements.lock

lock-rasa: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@echo "rasa==3.6.21 ; python_full_version < '3.11'" | $(BIN)/uv pip compile - --universal \
		--python-version 3.10 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--no-header --quiet -o requirements-rasa.lock

# Train Rasa on our examples and serve it on this machine: set understanding.engine to rasa beside it.
rasa: $(RASA_MODEL)
	@echo "Rasa answers on http://127.0.0.1:$(RASA_PORT) in about ten seconds; Ctrl-C ends it."
	@RASA_TELEMETRY_ENABLED=false $(RASA)/bin/python -W ignore -m rasa run --quiet --enable-api \
		--model $(RASA_MODEL) --interface 127.0.0.1 --port $(RASA_PORT)

$(RASA_MODEL): nlu/rasa/config.yml $(wildcard nlu/data/*/*.yml) $(RASA)/.ready
	@echo "Training Rasa on the examples under nlu/data..."
	@RASA_TELEMETRY_ENABLED=false RASA_CACHE_DIRECTORY=data/rasa/cache \
		$(RASA)/bin/python -W ignore -m rasa train nlu --config nlu/rasa/config.yml --nlu nlu/data \
		--out $(@D) --fixed-model-name nlu

rasa-env: $(RASA)/.ready

$(RASA)/.ready: requirements-rasa.lock
	@test -n "$(RASA_PYTHON)" || { echo "Rasa needs Python 3.10, beside the newer one that runs the rest."; \
		echo "Install it with one of these, then run make again:"; \
		echo "  pyenv install 3.10      (any machine with pyenv)"; \
		echo "  uv python install 3.10  (any machine with uv)"; \
		echo "  apt-get install python3.10 python3.10-venv  (Ubuntu, from the deadsnakes archive)"; \
		echo "Or name one: make rasa RASA_PYTHON=/path/to/python3.10"; exit 1; }
	@"$(RASA_PYTHON)" -m venv --clear $(RASA) || { rm -rf $(RASA); \
		echo "The venv module of Python 3.10 is missing: apt-get install python3.10-venv"; exit 1; }
	@echo "Installing Rasa and TensorFlow (some minutes, 2.7 GB, once)..."
	@$(RASA)/bin/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes \
		-r requirements-rasa.lock
	@touch $@

# Prints a Python 3.10, or nothing where there is none.
rasa-python:
	@echo "$(RASA_PYTHON)"

clean:
	@rm -rf $(VENV) $(RASA) .pytest_cache .mypy_cache .ruff_cache .hypothesis
