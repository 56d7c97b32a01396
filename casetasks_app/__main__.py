"""`python -m casetasks_app`, the same as the `casetasks` command."""

import sys

from casetasks_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
