"""Tests of the `casetasks` command."""
