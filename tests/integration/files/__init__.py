"""Files of cases and tasks, on every database and a real disk."""
