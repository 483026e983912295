"""Use cases about what is returned to boards."""
