"""Controls that every screen uses, named for screen readers."""
