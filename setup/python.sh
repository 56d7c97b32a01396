#!/usr/bin/env bash
# Print the newest Python (3.11 or later) that can make a virtual environment.
set -euo pipefail

incomplete=""
for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
  path=$(command -v "$name") || continue
  "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
  if "$path" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$path"
    exit 0
  fi
  incomplete=${incomplete:-$name}
done

if [[ -n $incomplete ]]; then
  echo "Case Tasks needs Python's venv module, which $incomplete lacks; on Debian or Ubuntu: apt install python3-venv" >&2
else
  echo "Case Tasks needs Python 3.11 or later, and none was found on this machine." >&2
fi
exit 1
