"""The kinds of task that come with the product, one folder each; nothing here is more than a plugin from elsewhere."""
