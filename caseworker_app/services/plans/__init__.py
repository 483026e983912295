"""What is done with the words of plans: written, judged, copied, costed and compared."""
