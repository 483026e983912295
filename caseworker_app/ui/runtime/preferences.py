"""The person's own options, each declared here. Nothing of any child is kept here.

What binds everyone who works with a store belongs in the store.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from caseworker_app.ui.theme import tokens

T = TypeVar("T", str, QByteArray)


class Preference(NamedTuple, Generic[T]):
    """One option of a person.

    Attributes:
        key: the name in the file.
        words: what it is.
        default: where it was never set, or the file says what it cannot be.
        choices: what it can be; empty for anything.
    """

    key: str
    words: str
    default: T
    choices: Collection[T] = ()


THEME = Preference("window/theme", "The colours", tokens.SYSTEM, (*tokens.NAMES, tokens.SYSTEM))
ZOOM = Preference(
    "window/zoom",
    "How large the text is, in per cent of the system's",
    "100",
    ("80", "90", "100", "110", "125", "150", "175", "200"),
)
GEOMETRY = Preference("window/geometry", "Where the window stands, and how large", QByteArray())
PLACE = Preference("window/place", "The screen shown when the window closed, and on which day", "")
WHOSE = Preference(
    "window/whose", "Whose cases are shown, by the caseworker's id, for each store", ""
)
WINDOW = Preference("today/window", "How many days ahead Today looks; empty for all", "28")
FOLDER_ASKED = Preference(
    "rules/folder", "Stores into which the rules of this computer are not to go, a line each", ""
)
AHEAD = Preference(
    "today/ahead", "From how many days ahead a date is amber for me", "7", ("7", "14", "21", "28")
)
TODAY_GROUP = Preference(
    "today/group", "By what Today groups its lines", "section", ("section", "caseworker", "team")
)
TODAY_FOLDED = Preference("today/folded", "The sections of Today that are folded", "as they come")
TODAY_SORT = Preference("today/sort", "The column Today is sorted by, after - downwards", "")
CHARTS = Preference(
    "dashboard/charts",
    "Whether the dashboard shows charts or tables",
    "charts",
    ("charts", "tables"),
)
LOCK_AFTER = Preference(
    "window/lock",
    "After how many minutes without a key or click the window locks; 0 for never",
    "15",
    ("0", "2", "5", "10", "15", "30", "60"),
)
SIGNED_IN = Preference("window/signed_in", "Who signed in last, for stores of several people", "")
SECOND_PLACE = Preference("backups/second", "The folder for a second copy of each backup", "")
PROTECT = Preference(
    "files/protect", "Whether files that are saved ask for a password", "no", ("no", "yes")
)
BACKUP_TROUBLE = Preference("backups/trouble", "Why the last backup at closing was not made", "")
EVERY = (
    *(THEME, ZOOM, GEOMETRY, PLACE, WHOSE, WINDOW, FOLDER_ASKED),
    *(AHEAD, TODAY_GROUP, TODAY_FOLDED, TODAY_SORT, CHARTS),
    *(LOCK_AFTER, SIGNED_IN, SECOND_PLACE, BACKUP_TROUBLE, PROTECT),
)


def columns_of(list_name: str) -> Preference[str]:
    """The order, widths and hidden columns of one list, by the keys of its columns."""
    return Preference(f"columns/{list_name}", "How the columns of a list stand", "")


class Preferences:
    """Options in one small file of the person's own data folder.

    Attributes:
        folder: that folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def get(self, of: Preference[T]) -> T:
        """An option as the person has it."""
        value = self._file.value(of.key, of.default)
        if not isinstance(value, type(of.default)) or (of.choices and value not in of.choices):
            return of.default
        return value

    def keep(self, of: Preference[T], value: T) -> None:
        """Keep an option."""
        self._file.setValue(of.key, value)

    def save(self) -> None:
        """Write everything out."""
        self._file.sync()
