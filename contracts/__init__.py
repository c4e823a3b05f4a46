"""The language of vanban: what services promise, tell and refuse (stdlib and msgspec only)."""
