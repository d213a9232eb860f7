# Everything happens in .venv, made by uv where it is there, else by pip, with the versions and hashes of two lists:
# requirements.lock is what a report needs, requirements-all.lock what notebooks, archives, tests and releases need besides.
# A target that has nothing to do says so by being quick.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
BIN := .venv/bin
REPORT := .venv/.made-for-reports
ALL := .venv/.made-for-all
MODEL_FOLDER ?= build/model
export PIP_DISABLE_PIP_VERSION_CHECK := 1

FIGURES := slots attribution claims syntax passages joined reading reuse alignment pairs open_stories stance_to_claim disagreements stories values stance

.PHONY: help setup report test lint lab desk expected benchmark benchmark-running benchmark-scale audit release model lock clean

help:
	@echo "make report    regenerate the reports of every story in data/raw"
	@echo "make test      run the tests"
	@echo "make lab       open the notebooks in JupyterLab"
	@echo "make desk      open the desk alone, without code, where findings are confirmed, dismissed and corrected"
	@echo "make expected  write the executed notebooks in tests/expected anew"
	@echo "make benchmark          print every figure of quality in the README"
	@echo "make benchmark-running  print the cost of a run, and of runs killed 200 times (about half an hour)"
	@echo "make benchmark-scale    print how time and memory grow up to 100,000 articles (an hour or two)"
	@echo "make lint      check modules, notebooks and which room imports which"
	@echo "make audit     check the licences of all packages, and known holes where a registry answers"
	@echo "make release   build the wheel, the source archive and the list of their parts in dist/"
	@echo "make model     train the embedded parser anew from ../shared/treebanks (about half an hour)"
	@echo "make lock      resolve both lists of requirements anew (needs uv)"
	@echo "make clean     remove .venv and everything that a run makes anew"

# $(call install,LIST): pip is told every package and its hash, so it has nothing to resolve; a line tells how far it is.
# Bytecode is made of what is imported, when it is: that of everything takes longer to make than a report, and 300 MB.
define install
	if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$(PYTHON)" .venv; \
		VIRTUAL_ENV=.venv uv pip install --no-deps --require-hashes -r $(1); \
		VIRTUAL_ENV=.venv uv pip install --quiet --no-deps --no-build-isolation --offline -e .; \
	else \
		test -x $(BIN)/python || $(PYTHON) -m venv .venv; \
		$(BIN)/python -m pip install --progress-bar off --no-compile --no-deps --require-hashes -r $(1) \
			| awk -v of="$$(grep -c == $(1))" -f .ci/progress.awk; \
		$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .; \
	fi
endef

setup: $(REPORT)

$(REPORT): requirements.lock pyproject.toml
	@echo "Setting up .venv with the $$(grep -c == requirements.lock) packages of requirements.lock: the first time takes a minute or two"
	@$(call install,requirements.lock)
	@touch $(REPORT)

$(ALL): requirements-all.lock pyproject.toml
	@echo "Setting up .venv with the $$(grep -c == requirements-all.lock) packages of requirements-all.lock: the first time takes some minutes"
	@$(call install,requirements-all.lock)
	@touch $(REPORT) $(ALL)

report: $(REPORT)
	@$(BIN)/synoptic run --all

test: $(ALL)
	@$(BIN)/python -m pytest

lint: $(ALL)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache --no-logo

lab: $(ALL)
	@JUPYTER_CONFIG_PATH="$(CURDIR)/src/helpers/desk/lab$${JUPYTER_CONFIG_PATH:+:$$JUPYTER_CONFIG_PATH}" $(BIN)/jupyter lab notebooks

# The desk for an editor who never sees code.
desk: $(ALL)
	@JUPYTER_PATH="$(CURDIR)/src/helpers/desk/lab$${JUPYTER_PATH:+:$$JUPYTER_PATH}" $(BIN)/voila notebooks/04b-desk.ipynb --template=synoptic

expected: $(ALL)
	@$(BIN)/python tests/write_expected.py

benchmark: $(ALL)
	@for name in $(FIGURES); do echo "== benchmarks/$$name.py"; OMP_NUM_THREADS=1 $(BIN)/python benchmarks/$$name.py || exit 1; done

benchmark-running: $(ALL)
	@$(BIN)/python benchmarks/running.py
	@$(BIN)/python benchmarks/kills.py --kills 200 --light

benchmark-scale: $(ALL)
	@OMP_NUM_THREADS=1 $(BIN)/python benchmarks/scale.py --sizes 100 1000 10000 100000 --workers

audit: $(ALL)
	@$(BIN)/python .ci/components.py --licences
	@$(BIN)/python .ci/audit.py

release: $(ALL)
	@rm -rf dist build
	@$(BIN)/python -m build --no-isolation --outdir dist . >/dev/null
	@$(BIN)/python .ci/components.py --list dist
	@ls dist

model: $(ALL)
	@OMP_NUM_THREADS=1 $(BIN)/python benchmarks/train_model.py --output $(MODEL_FOLDER) --pack

RESOLVE := uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	--python-version 3.11 pyproject.toml

lock:
	$(RESOLVE) --all-extras --output-file requirements-all.lock
	$(RESOLVE) --extra build --constraint requirements-all.lock --output-file requirements.lock

clean:
	rm -rf .venv data/processed build dist src/*.egg-info .pytest_cache .ruff_cache tests/.scratch
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
