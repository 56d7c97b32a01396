"""Every bundled plugin: the conformance suite that all must pass, and what is special about each."""
