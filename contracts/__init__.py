"""The language of vanban: what services promise, tell and refuse. Standard library and msgspec only."""
