"""The kit in a real browser, on a small site of its own that shows every part of it."""
