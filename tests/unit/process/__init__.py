"""Process models: read, checked, run, drawn."""
