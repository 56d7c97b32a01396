"""A site that shows every part of the kit, for its browser tests; it has no database and no sign-in."""
