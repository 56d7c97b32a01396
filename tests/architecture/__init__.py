"""Tests of the code itself: its shape, its imports, its words, its documentation."""
