# Two commands are all a newcomer needs: `make demo` and `make test`. Each does its own set-up.
.DEFAULT_GOAL := help
PYTHON ?= python3.11
PYTHON := $(or $(shell command -v $(PYTHON)),python3)
BIN := .venv/bin

.PHONY: help setup demo up down test fire test-minio check rules bench lock schemas

help:            ## show this list
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/' | expand -t 16

setup: .venv/ready ## install everything (Python packages, PostgreSQL, RabbitMQ, SoftHSM)
	@$(BIN)/python -m infra.local.machines

.venv/ready: requirements.lock bootstrap.lock pyproject.toml
	@echo "· virtual environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "vanban needs Python 3.11, found " + sys.version.split()[0] + ": set PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || $(MAKE) --no-print-directory venv-by-apt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock
	@echo "· Python packages (locked, with hashes)"
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock bootstrap.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: venv-by-apt
venv-by-apt: # Debian keeps the venv module in a package of its own
	@test "$$(id -u)" = 0 || { echo "Missing Python's venv: sudo apt-get install python3.11-venv"; exit 2; }
	@echo "· python3.11-venv (apt)"
	@apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3.11-venv
	@$(PYTHON) -m venv --clear .venv

demo: setup      ## the whole story on real machines, printed as it happens
	@$(BIN)/vanban demo

up: setup        ## start everything and keep it running
	@$(BIN)/vanban up

down:            ## stop everything
	@$(BIN)/vanban down

test: setup      ## the whole suite
	@$(BIN)/python -m pytest

fire: setup      ## the fault tests at full size (an hour)
	@VANBAN_TEST_FIRE=full $(BIN)/python -m pytest -s tests/faults

test-minio: setup ## the S3 suite and the story on a real MinIO, built from source (needs Go)
	@$(BIN)/python -m infra.s3.minio
	@VANBAN_TEST_S3=minio $(BIN)/python -m pytest tests/s3
	@VANBAN_LOCAL_MINIO=$$($(BIN)/python -m infra.s3.minio) $(BIN)/vanban demo

check: .venv/ready ## style, types, import contracts, schemas
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m contracts.schemas --check

schemas: .venv/ready ## write contracts/schemas anew from the contracts, which only grow
	@$(BIN)/python -m contracts.schemas

rules: setup     ## which rows of the regulation the tests prove
	@$(BIN)/python -m tests.rules

bench: setup     ## how fast it is, against bare baselines of the same minute (a few minutes)
	@$(BIN)/python -m tests.bench

lock:            ## write the lock files anew from pyproject.toml
	@printf "uv\nsetuptools\n" | $(BIN)/uv pip compile - --generate-hashes --no-header --no-emit-index-url --no-annotate -q -o bootstrap.lock
	@$(BIN)/uv pip compile pyproject.toml --extra local --extra dev --generate-hashes --no-header --no-emit-index-url -q -o requirements.lock
