#!/usr/bin/env bash
# Make sure that the tests find PostgreSQL's programs; the tests start their own server with them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

has_postgresql() { .venv/bin/python -m tests.machine postgresql >/dev/null 2>&1; }

if has_postgresql; then
  exit 0
fi
if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
  echo "==> Installing PostgreSQL for the tests"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends postgresql >/dev/null 2>&1 || true
fi
if ! has_postgresql; then
  echo "==> No PostgreSQL on this machine: the integration tests run on SQLite only (install the package postgresql for both)"
fi
