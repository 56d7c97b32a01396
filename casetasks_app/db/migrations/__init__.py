"""Schema versions, oldest first; each file is named for what it does."""
