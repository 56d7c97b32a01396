"""The database: its engine, the one place that commits, and migrations."""
