# Every target calls a script, so that a machine without make loses nothing: ./run is `make run`, ./test is `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test env check bench bench-reading fuzz vendor pins

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

vendor: ## fetch the front-end files of libraries anew into the tree
	@scripts/vendor

pins: ## resolve requirements/*.in anew into hashed pins that name no host
	@scripts/pins
