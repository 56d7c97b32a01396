"""A case's history: written with each change, never edited."""
