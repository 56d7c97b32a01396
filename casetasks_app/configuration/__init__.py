"""Case types, task types, calendars and teams: what they may be, how they are read, written and changed."""
