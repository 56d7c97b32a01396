"""Tests of the built product, as a person or an operator meets it."""
