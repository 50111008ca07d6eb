# The two commands that matter: `make run` and `make test`. Everything else is below; `make` alone lists it.
PYTHON ?= python3
VENV = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check install lock messages demo bench bench-triage bench-pages bench-messages bench-registry clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: ## start the portal: make run PORT=8123
	@exec $(PYTHON) -m deploy.run

test: install ## all tests on every database of this machine, and in a real browser
	@$(VENV) -m deploy.suite

check: install ## the quality gate: style, types, layers, migrations, translations, production settings
	@$(VENV) -m deploy.gate

install: ## the environment with everything for development
	@$(PYTHON) -m deploy.venv requirements-dev.lock

lock: install ## pin the whole tree of requirements with hashes
	@$(VENV) -m deploy.locks

messages: install ## bring the Russian catalogue up to the sources
	@$(VENV) manage.py translations --collect --compile

demo: install ## demonstration people and weeks in the database of .env
	@$(VENV) manage.py demo

bench: install ## measure the weekly check (see bench/README.md)
	@$(VENV) -m bench

bench-triage: install ## measure the triage of texts
	@taskset -c 1 $(VENV) -m bench.triage

bench-pages: install ## measure the week board and the matrix at 1,000,000 posts (see bench/README.md)
	@$(VENV) -m bench.pages

bench-messages: install ## measure the list of messages at 1,000,000 messages (see bench/README.md)
	@$(VENV) -m bench.messages

bench-registry: install ## measure the public registry beside Datasette and nginx (see bench/README.md)
	@$(VENV) -m bench.registry --install

clean: ## remove what can be made again (data in var/ stays)
	@rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache var/static
