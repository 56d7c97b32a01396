"""The configuration: rules, the YAML file, and what may stand in it."""
