"""Letters from the council's own templates: what goes into them, and what is kept of them."""
