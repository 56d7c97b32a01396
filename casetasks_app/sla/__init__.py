"""Targets: when a task is due, who is told before and after, and the words that say so."""
