#!/usr/bin/env bash
# Make .venv hold what a lock file names: setup/packages.sh requirements.lock
# The development packages contain the others, so they are never taken away again by `make run`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lock=$1
stamp=.venv/installed-${lock%.lock}
wanted() { cat "$1" <(sed '/^\[tool\.ruff\]/,$d' pyproject.toml) | sha256sum; } # the tools' settings change nothing here
superset=.venv/installed-requirements-dev

is_current() { [[ -f $1 && "$(cat "$1")" == "$2" ]]; }

if [[ -x .venv/bin/python ]] && ! .venv/bin/python -c '' 2>/dev/null; then
  rm -rf .venv  # made for a Python that has gone
fi
is_current "$stamp" "$(wanted "$lock")" && exit 0
if [[ $lock == requirements.lock ]]; then
  is_current "$superset" "$(wanted requirements-dev.lock)" && exit 0
fi

if [[ ! -x .venv/bin/python ]]; then
  python=$(setup/python.sh)
  echo "==> Making a virtual environment with $("$python" --version)"
  "$python" -m venv .venv
fi
echo "==> Installing the packages of $lock (one or two minutes the first time)"
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }
pip install -qq --progress-bar off --no-compile --no-deps --require-hashes -r "$lock"
pip install -qq --progress-bar off --no-deps --no-build-isolation --editable .
wanted "$lock" > "$stamp"
