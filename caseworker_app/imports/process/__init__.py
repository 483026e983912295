"""Strangers' files read in a process of its own, with bounded memory and time."""

ARGUMENT = "--read-for-the-process-that-started-this"
"""The first argument that makes the program be that process; nothing stands behind it."""
