"""The only Qt: the window and its screens."""
