"""Which files that are about to be written ask for a password when they are opened.

A password stands here from the asking to the writing, and nowhere else: it is never kept in the
store, in a preference or beside the file.
"""

from __future__ import annotations

from pathlib import Path

ENDINGS = (".xlsx", ".xlsm", ".docx")
"""What can ask for a password: workbooks and Word documents."""

_asked: dict[Path, str] = {}
_all: list[str] = []


def protect(target: Path, password: str) -> None:
    """Have the next file that is written to a place ask for a password; "" has it ask for none."""
    if password:
        _asked[target.absolute()] = password
    else:
        _asked.pop(target.absolute(), None)


def protect_all(password: str) -> None:
    """Have every file ask for it that is written from now on; "" ends that."""
    _all[:] = [password] if password else []


def asks(target: Path) -> bool:
    """Whether a file that is written to a place now will ask for a password."""
    return bool(_all) or target.absolute() in _asked


def take(target: Path) -> str:
    """The password for a file that is written now, or ""; it is forgotten here."""
    return _asked.pop(target.absolute(), _all[0] if _all else "")
