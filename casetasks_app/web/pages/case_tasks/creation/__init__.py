"""The creation dialog: one form a step, each step an address, every answer kept in the database."""
