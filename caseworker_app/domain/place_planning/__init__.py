"""Planning of places: how plans went from one January to the next, and a forecast of the next."""
