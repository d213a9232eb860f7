# Everything happens in .venv, made from requirements.lock by uv where it is there, else by pip.
# A target that has nothing to do says so by being quick.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.made-from-lock
MODEL_FOLDER ?= build/model
export PIP_DISABLE_PIP_VERSION_CHECK := 1

FIGURES := slots attribution claims syntax passages joined reading reuse alignment pairs open_stories stance_to_claim disagreements stories values stance

.PHONY: help setup report test lint lab expected benchmark benchmark-running benchmark-scale model lock clean

help:
	@echo "make report    regenerate the reports of every story in data/raw"
	@echo "make test      run the tests"
	@echo "make lab       open the notebooks in JupyterLab"
	@echo "make expected  write the executed notebooks in tests/expected anew"
	@echo "make benchmark          print every figure of quality in the README"
	@echo "make benchmark-running  print the cost of a run, and of runs killed 200 times (about half an hour)"
	@echo "make benchmark-scale    print how time and memory grow up to 100,000 articles (an hour or two)"
	@echo "make lint      check modules, notebooks and which room imports which"
	@echo "make model     train the embedded parser anew from ../shared/treebanks (about half an hour)"
	@echo "make lock      resolve requirements.lock anew (needs uv)"
	@echo "make clean     remove .venv and everything that a run makes anew"

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@echo "Setting up .venv from requirements.lock; the first time takes a minute or two ..."
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$(PYTHON)" .venv && \
		VIRTUAL_ENV=.venv uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock && \
		VIRTUAL_ENV=.venv uv pip install --quiet --no-deps --no-build-isolation --offline -e . ; \
	else \
		$(PYTHON) -m venv .venv && \
		$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e . ; \
	fi
	@touch $(STAMP)

report: $(STAMP)
	@$(BIN)/synoptic run --all

test: $(STAMP)
	@$(BIN)/python -m pytest

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache --no-logo

lab: $(STAMP)
	@$(BIN)/jupyter lab notebooks

expected: $(STAMP)
	@$(BIN)/python tests/write_expected.py

benchmark: $(STAMP)
	@for name in $(FIGURES); do echo "== benchmarks/$$name.py"; OMP_NUM_THREADS=1 $(BIN)/python benchmarks/$$name.py || exit 1; done

benchmark-running: $(STAMP)
	@$(BIN)/python benchmarks/running.py
	@$(BIN)/python benchmarks/kills.py --kills 200 --light

benchmark-scale: $(STAMP)
	@OMP_NUM_THREADS=1 $(BIN)/python benchmarks/scale.py --sizes 100 1000 10000 100000 --workers

model: $(STAMP)
	@OMP_NUM_THREADS=1 $(BIN)/python benchmarks/train_model.py --output $(MODEL_FOLDER) --pack

lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 --all-extras pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv data/processed build dist src/*.egg-info .pytest_cache .ruff_cache tests/.scratch
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
