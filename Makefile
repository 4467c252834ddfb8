# Everything starts from one Python >= 3.11; each target prepares what it needs first. See INTERFACE in README.
PYTHON ?= python3
ARGS ?=

.PHONY: help run test cover mutate check bench lock

help:
	@echo "make run     the product on http://localhost:8000 (PORT=8001 for another port)"
	@echo "make test    every test (ARGS=\"tests/opportunities -k publish\" narrows)"
	@echo "make cover   every test, and how much of the code they run (95 % at least)"
	@echo "make mutate  breaks rules, policies and the score one spot at a time; the tests must notice (80 % at least);"
	@echo "             ARGS=\"marketplace.matching.*\" narrows to one slice (matching: some 900 spots, under 6 minutes)"
	@echo "make check   formatting, lint, types, imports, translations, templates, dependencies"
	@echo "make bench   the benchmarks"
	@echo "make lock    compiles requirements*.txt from pyproject.toml (ARGS=--upgrade for newer versions)"

# Simple commands without shell syntax: make starts them itself, so that a signal to make reaches them.
run:
	@$(PYTHON) launcher/bootstrap.py run

test:
	@$(PYTHON) launcher/bootstrap.py test $(ARGS)

cover:
	@$(PYTHON) launcher/bootstrap.py test --cov --cov-report=term-missing:skip-covered $(ARGS)

mutate:
	@$(PYTHON) launcher/bootstrap.py mutate $(ARGS)

check:
	@$(PYTHON) launcher/bootstrap.py check $(ARGS)

bench:
	@$(PYTHON) launcher/bootstrap.py bench $(ARGS)

lock:
	@$(PYTHON) launcher/bootstrap.py lock $(ARGS)
