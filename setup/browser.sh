#!/usr/bin/env bash
# Make sure that the browser tests find a Chromium: Playwright's own, else the system's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

has_browser() { .venv/bin/python -m tests.machine browser >/dev/null 2>&1; }

if has_browser; then
  exit 0
fi
echo "==> Fetching a browser for the tests"
if timeout 300 env PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=10000 .venv/bin/playwright install --only-shell chromium >/dev/null 2>&1 && has_browser; then
  exit 0
fi
if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
  echo "    Playwright's own cannot be fetched here; installing the distribution's chromium"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 || true
fi
if ! has_browser; then
  echo "The browser tests need Chromium: run '.venv/bin/playwright install --with-deps chromium' or install the package chromium." >&2
  exit 1
fi
