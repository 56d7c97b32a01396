"""Targets on a real database."""
