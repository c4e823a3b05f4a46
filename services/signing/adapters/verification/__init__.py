"""Verification: six answers a signature, one verdict, in a process with hard limits."""
