"""Reads the rule pack, the closed days and the thresholds into domain values.

`load` is the way in for a folder, `load_pack` for a pack as text with a council's own rules
added, `load_thresholds` for alerts. Whatever is wrong in a file is said in one sentence with the
file and the rule, as `Unreadable`; a pack is used whole or not at all.
"""

from caseworker_app.rulebook.alerts_file import load_thresholds
from caseworker_app.rulebook.folder import holds_rules, read_folder
from caseworker_app.rulebook.loader import load, load_pack
from caseworker_app.rulebook.pack_text import PackText, shipped, unpacked

__all__ = [
    "PackText",
    "holds_rules",
    "load",
    "load_pack",
    "load_thresholds",
    "read_folder",
    "shipped",
    "unpacked",
]
