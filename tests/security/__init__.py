"""A hostile client against the running product: what it tries must fail."""
