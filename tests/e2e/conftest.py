"""How long a browser test waits for what must appear: a machine that does much else at once is slow, not wrong."""

from playwright.sync_api import expect

PATIENCE_SECONDS = 20

expect.set_options(timeout=PATIENCE_SECONDS * 1000)
