"""The `casetasks` command: one module a group of verbs."""
