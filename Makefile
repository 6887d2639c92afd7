# Kumpel Krefeld. Any Python 3 will do here: it finds or installs Python 3.10.
PYTHON ?= python3
KUMPEL = .venv/bin/kumpel
# Questions that `make bench` asks, and what `make test` runs; both can be given.
QUESTIONS ?= tests/heldout/test_questions.jsonl
TESTS ?=
# Options of `make bench-understanding`, such as --resume.
BENCH ?=

.DEFAULT_GOAL = run
.PHONY: run test setup train lint bench bench-understanding lock fit-thresholds

# Starts everything in the foreground; sets up and trains what is missing first.
run: setup
	@$(KUMPEL) run

# Checks everything: lint, training where needed, and all tests.
test: setup
	@$(PYTHON) scripts/bootstrap.py --contract
	@$(MAKE) --no-print-directory lint
	@$(KUMPEL) train
	.venv/bin/python -m pytest $(TESTS)

# Installs the environment and builds the German spaCy pipeline; idle if done.
setup:
	@$(PYTHON) scripts/bootstrap.py
	@$(KUMPEL) setup-spacy

# Trains a model if the data, the configuration or our components changed.
train: setup
	@$(KUMPEL) train

# Checks style, types, the language data and the facts; changes nothing.
lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python -m kumpel.validation
	.venv/bin/python -m portal.check

# Measures the newest model on the project's own held-out questions.
bench: train
	@$(KUMPEL) evaluate questions $(QUESTIONS)

# Trains and asks other pipelines too, for hours, and writes docs/benchmarks.md.
bench-understanding: setup
	@.venv/bin/python -m bench.understanding --publish $(BENCH)

# Fits the thresholds of config.yml on the development set; prints the lines.
fit-thresholds: train
	@.venv/bin/python -m kumpel.evaluation.fitting tests/heldout/dev_questions.jsonl \
	  tests/heldout/dev_hard_questions.jsonl tests/heldout/dev_out_of_scope.jsonl

# Compiles requirements/*.lock from requirements/*.in.
lock:
	@$(PYTHON) scripts/lock.py
