"""Keys: where a private key is held, and how it signs."""
