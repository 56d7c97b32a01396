"""What the screens are made of, without a browser."""
