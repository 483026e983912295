"""Use cases in plain Python: one command in, one outcome out."""
