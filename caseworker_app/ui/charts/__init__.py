"""Charts drawn: where everything of one stands, how it is painted, and going through it by key."""
