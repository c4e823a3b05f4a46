"""Reporting (báo cáo): registers, late matters and indicators, built from events alone."""
