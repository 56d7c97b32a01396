"""Measurements beside the numbers they are compared with: `python -m bench`, or `make bench`."""
