#!/usr/bin/env bash
# Write the lock files anew. They hold names and versions only, no index address, and no CUDA packages: a machine with a
# GPU takes those with its own build of torch.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --python-version 3.11 --no-emit-index-url --no-header --no-annotate "$@" pyproject.toml; }
compile --universal > requirements/core.txt
compile --universal --extra dev --extra postgres --extra spark --extra ocr --extra ollama -c requirements/core.txt > requirements/dev.txt
compile --extra models -c requirements/core.txt -c <(echo "torch==2.13.0") |
  grep -vE '^(nvidia-|cuda-|triton)' | cut -d';' -f1 | sed 's/ *$//' | sort -u |
  grep -vxFf <(cut -d';' -f1 requirements/core.txt | sed 's/ *$//') > requirements/models.txt
wc -l requirements/*.txt
