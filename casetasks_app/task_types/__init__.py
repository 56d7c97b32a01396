"""The plugin contract: what a kind of task supplies, and how what people type is checked and shown."""
