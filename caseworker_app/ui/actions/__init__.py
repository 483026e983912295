"""What a person can do, as data, and how it reaches menus and keys."""
