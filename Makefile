# Vanban: `make run` starts it, `make test` tests it. README.md has the rest.
PYTHON ?= python3
VANBAN := $(PYTHON) config/vanban.py
export DEMO DB PORT ODOO_INTERFACE YES

.DEFAULT_GOAL := help
.PHONY: help run stop reset test lint bench screenshots update-po lock clean

help: ## show these lines
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

run: ## start Vanban with a demo agency (DEMO=0: empty, PORT=8069, DB=vanban)
	@$(VANBAN) run

stop: ## stop what is still running
	@$(VANBAN) stop

reset: ## delete all databases and files (YES=1: do not ask)
	@$(VANBAN) reset

test: ## run all tests (ARGS="addons/vanban_core/tests/test_x.py -k word")
	@$(VANBAN) test -- $(ARGS)

lint: ## check format, style and house rules
	@$(VANBAN) lint

bench: ## run the measurements (ARGS=benchmarks/bench_x.py)
	@$(VANBAN) bench -- $(ARGS)

screenshots: ## take the pictures of the user guide
	@$(VANBAN) screenshots

update-po: ## bring the translations in step with the code
	@$(VANBAN) update-po

lock: ## resolve the Python requirements again (needs uv)
	@$(VANBAN) lock

clean: ## remove all that was downloaded or made for tests; data stay
	@$(VANBAN) clean
