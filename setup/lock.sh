#!/usr/bin/env bash
# Write requirements.lock and requirements-dev.lock: versions and hashes for every platform, no addresses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

compile() {
  .venv/bin/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --annotation-style line --quiet "$@" >/dev/null
}
compile --output-file requirements-dev.lock --extra dev
compile --output-file requirements.lock --constraints requirements-dev.lock
echo "Written: requirements.lock, requirements-dev.lock"
