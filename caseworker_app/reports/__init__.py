"""Figures to Excel."""
