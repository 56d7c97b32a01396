"""The kit: the parts that two screens or more are made of, on plain elements and the token sheet."""
