"""Reads the rule pack and the closed days into domain values.

`load` is the one way in. Whatever is wrong in a file is said in one sentence with the file and
the rule, as `Unreadable`; a pack is used whole or not at all.
"""

from caseworker_app.rulebook.loader import load

__all__ = ["load"]
