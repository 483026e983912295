"""Table models over frozen rows, and the columns each list shows."""
