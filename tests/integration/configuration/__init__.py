"""Import, export, the demo and the commands, on every database."""
