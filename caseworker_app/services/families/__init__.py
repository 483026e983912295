"""What families thought."""
