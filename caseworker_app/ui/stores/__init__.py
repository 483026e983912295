"""Making, opening and looking after stores from the window."""
