"""A council's own tracker, in whatever layout it is kept, as incoming children."""
