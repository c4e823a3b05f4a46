"""Whom we trust, as data, and whether a certificate leads there."""
