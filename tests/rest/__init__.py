"""The REST interface: the same verbs, permissions and words as the pages, told as JSON."""
