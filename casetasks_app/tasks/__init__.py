"""Tasks: created on a case, given to people and teams, claimed, moved, cancelled."""
