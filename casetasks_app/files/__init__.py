"""Files of cases and tasks: a private store outside every public folder, and who may have a file."""
