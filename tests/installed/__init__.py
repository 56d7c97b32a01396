"""A plugin package that is built, installed, updated and removed in an environment of its own."""
