# Every target calls a script, so that a machine without make loses nothing: ./run is `make run`, ./test is `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test env check bench messages bench-reading bench-reporting fuzz vendor pins bench-organisations

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: ## prepare everything and start the system (DATABASE_URL=postgres://… for PostgreSQL)
	@./run

test: ## lint, types, contracts, both databases, browser journeys
	@./test

env: ## prepare .venv alone
	@scripts/env test

check: ## lint, types and contracts only
	@./test lint

bench: ## how fast the pages answer, with machine, database and data size (benchmarks/pages.py)
	@.venv/bin/python benchmarks/pages.py

bench-organisations: ## units over time, people and rights, search and audit at the size of a nation, both databases
	@scripts/bench organisations.py people.py search.py audit.py

bench-reading: ## what the library reads right and how fast, with counts (benchmarks/reading.py)
	@.venv/bin/python benchmarks/reading.py
	@.venv/bin/python benchmarks/scans.py

bench-reporting: ## totals, consolidated report, opening, reminders, rush at the size of the country, both databases
	@scripts/bench reporting.py reminders.py importing.py "rush.py --kill"

fuzz: ## 100,000 mutated texts and the reader's mutated files through the library
	@cd vanban && VANBAN_FUZZ=5000 VANBAN_FUZZ_TEXTS=100000 ../.venv/bin/pytest -q -rP -p no:django -p no:randomly tests/test_parse_fuzz.py tests/reading/test_fuzz.py

messages: ## bring the English catalogue up to date with the strings of the tree
	@scripts/messages

vendor: ## fetch the front-end files of libraries anew into the tree
	@scripts/vendor

pins: ## resolve requirements/*.in anew into hashed pins that name no host
	@scripts/pins
