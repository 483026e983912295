"""The improvement plan: loading a ready one, and what its screen shows."""
