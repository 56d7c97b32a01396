"""What is mailed: the outbox, the texts, and the sender that empties the one with the other."""
