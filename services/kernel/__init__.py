"""How a service speaks and remembers: machines behind plain words. Imports no service."""
