"""Panels: what waits for one, what is before it, and what it decided."""
