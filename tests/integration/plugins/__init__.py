"""Bundled plugins played through the real verbs, by the people of an office."""
