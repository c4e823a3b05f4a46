"""What vanban stands on: machines, their definitions as code, and one machine that holds all."""
