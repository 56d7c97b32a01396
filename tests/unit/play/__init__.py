"""Playing a task without the product around it, and the suite that every plugin passes."""
