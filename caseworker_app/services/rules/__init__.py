"""Use cases about the rules in force: dates counted anew, the clock as JSON, closures."""
