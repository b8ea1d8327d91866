# Everything for a fresh machine: `make run` starts the product, `make test` checks it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STEP := scripts/step.sh
HOST ?= 127.0.0.1
PORT ?= 8000
export TIAOLI_HOME ?= $(CURDIR)/var
export GRADIO_ANALYTICS_ENABLED = False
export ANONYMIZED_TELEMETRY = False
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test test-e2e check install install-dev install-models lock bench clean

run: install
	@$(STEP) "建立索引" $(BIN)/tiaoli index build
	@echo "==> 打开 http://$(HOST):$(PORT)/ （按 Ctrl-C 停止）"
	@$(BIN)/tiaoli serve --host $(HOST) --port $(PORT)

# One process per processor, a file of tests always whole in one of them. Coverage takes half as long again and is asked for by
# itself: `.venv/bin/pytest --cov`.
test: install-dev install-models
	@$(STEP) "测试" $(BIN)/pytest -n logical --maxprocesses 4 --dist loadfile

# The journeys in a real browser alone; their pictures lie in tests/artifacts.
test-e2e: install-dev
	@$(STEP) "浏览器里的全程测试" $(BIN)/pytest -m e2e

check: install-dev
	@$(STEP) "格式" $(BIN)/ruff format --check .
	@$(STEP) "静态检查" $(BIN)/ruff check .
	@$(STEP) "类型" $(BIN)/mypy
	@$(STEP) "导入规则" $(BIN)/lint-imports
	@$(STEP) "语料" $(BIN)/tiaoli corpus lint
	@$(STEP) "标准" $(BIN)/tiaoli criteria lint

install: $(VENV)/core.stamp
install-dev: $(VENV)/dev.stamp
install-models: $(VENV)/models.stamp

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更新的版本，现在是 %d.%d。可用 make PYTHON=python3.11 指定。" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@$(STEP) "虚拟环境" $(PYTHON) -m venv $(VENV)
	@$(STEP) "升级 pip" $(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/core.stamp: requirements/core.txt pyproject.toml | $(VENV)/bin/python
	@$(STEP) "安装依赖" $(BIN)/python -m pip install --quiet -r requirements/core.txt
	@$(STEP) "安装条理" $(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/core.stamp
	@$(STEP) "安装开发工具" $(BIN)/python -m pip install --quiet -r requirements/dev.txt
	@touch $@

# The extra `models` needs a CPU build of torch where there is no GPU; without one its tests are skipped with a reason.
$(VENV)/models.stamp: requirements/models.txt $(VENV)/core.stamp
	@$(STEP) "安装可选的 models" $(BIN)/python scripts/install_models.py && touch $@ || [ $$? -eq 3 ]

lock:
	scripts/lock.sh

bench: install
	$(BIN)/tiaoli bench ask

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage tests/artifacts
