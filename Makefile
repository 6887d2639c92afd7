# Kumpel Krefeld. Any Python 3 will do here: it finds or installs Python 3.10.
PYTHON ?= python3
KUMPEL = .venv/bin/kumpel
# Questions that `make bench` asks, and what `make test` runs; both can be given.
QUESTIONS ?= tests/heldout/test_questions.jsonl
TESTS ?=
# Options of `make bench-understanding` and `make bench-widget`, such as --resume.
BENCH ?=
# Options of `make quality-report`, such as --questions FILE; 1 publishes the figures.
QUALITY ?=
PUBLISH ?=
# Options of `make overmatch`, such as --most 1000 or --in-sample.
OVERMATCH ?=

.DEFAULT_GOAL = run
.PHONY: run test setup train lint bench bench-understanding bench-widget lock fit-thresholds \
  quality-report overmatch widget

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

# Measures the chat beside rasa-webchat and deep-chat; writes docs/benchmarks.md.
bench-widget: setup
	@.venv/bin/python -m bench.widget --publish $(BENCH)

# Fits the thresholds of config.yml on the development set; prints the lines.
fit-thresholds: train
	@.venv/bin/python -m kumpel.evaluation.fitting tests/heldout/dev_*.jsonl tests/tuning/*.jsonl

# Writes var/quality/bericht.html; with PUBLISH=1 commits its figures to docs/quality.
quality-report: train
	@.venv/bin/python -m kumpel.quality $(if $(PUBLISH),--publish) $(QUALITY)
ifneq ($(PUBLISH),)
	@git add docs/quality
	@git diff --cached --quiet -- docs/quality || \
	  git commit --quiet -m "Publish how well citizens are understood" -- docs/quality
endif

# Names training utterances that another service steals; trains four times (minutes).
overmatch: setup
	@.venv/bin/python -m kumpel.quality.overmatch_command $(OVERMATCH)

# Builds widget/dist/kumpel-chat.js, which is committed (needs Node 18.19 or newer).
widget:
	@cd widget && npm ci && npm run build
	@cp widget/package-lock.json widget/node_modules/.kumpel-lock
	@scripts/check_widget.sh --without-check

# Compiles requirements/*.lock from requirements/*.in.
lock:
	@$(PYTHON) scripts/lock.py
