"""REST: the verbs and questions of the product as JSON, for programs that act as a person."""
