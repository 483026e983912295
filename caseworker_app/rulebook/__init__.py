"""Reads the rule pack, the closed days and the thresholds into domain values.

`load` is the way in for rules and calendars, `load_thresholds` for alerts. Whatever is wrong in a
file is said in one sentence with the file and the rule, as `Unreadable`; a pack is used whole or
not at all.
"""

from caseworker_app.rulebook.alerts_file import load_thresholds
from caseworker_app.rulebook.loader import load

__all__ = ["load", "load_thresholds"]
