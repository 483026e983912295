"""Use cases about imports: whose child a row is, what it changes, what is left to a person."""
