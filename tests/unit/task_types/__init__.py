"""The plugin contract without any plugin: conditions, forms, blocks, loading."""
