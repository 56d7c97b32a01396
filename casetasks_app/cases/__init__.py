"""Cases: raised, worked on, closed; completing a step is a verb of the case."""
