"""The private store and who may have a file."""
