"""Dialogs that make one command each: a fact, a child, a setting."""
