"""Targets without a database: time, rules and words."""
