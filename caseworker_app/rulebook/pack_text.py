"""A rule pack as text: its files and bank holidays, whole, so that a store can keep them."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from caseworker_app.domain.errors import Unreadable
from caseworker_app.rulebook.closed_days import bank_holidays
from caseworker_app.rulebook.tables import Table, parse, read_text

_FOLDERS = ("rules", "preferences")
_PACK = "rules/pack.toml"
_YEARS = range(2012, 2041)
"""The years whose bank holidays a store keeps; those of others are worked out."""

_LARGEST = 8 * 2**20
"""No pack is larger than this when it is unpacked."""


@dataclass(frozen=True, eq=False)
class PackText:
    """A rule pack.

    Attributes:
        files: text by name, `rules/AR-07.toml`.
        holidays: the bank holidays by year, of the years that are kept; None for those that the
            library of this application gives.
    """

    files: Mapping[str, str]
    holidays: Mapping[int, frozenset[date]] | None = None

    @property
    def version(self) -> str:
        """The pack's version. Raises `Unreadable`."""
        name = _PACK.rpartition("/")[2]
        return Table(parse(self.file(_PACK), name), name, {"version"}).text("version")

    def file(self, name: str) -> str:
        """The text of a file. Raises `Unreadable` where the pack has none of that name."""
        if name not in self.files:
            raise Unreadable(f"There is no {name} in the rule pack.")
        return self.files[name]

    def rules(self) -> dict[str, str]:
        """The files of rules, name to text."""
        return {
            name.removeprefix("rules/"): text
            for name, text in sorted(self.files.items())
            if name.startswith("rules/") and name != _PACK
        }

    @cached_property
    def fingerprint(self) -> str:
        """Of the files and of the days of the bank holidays."""
        found = hashlib.sha256()
        for name, text in sorted(self.files.items()):
            found.update(f"{name}\0{text}\0".encode())
        found.update(json.dumps(self._days()).encode())
        return found.hexdigest()

    def closed(self, year: int) -> frozenset[date]:
        """The bank holidays of a year."""
        kept = None if self.holidays is None else self.holidays.get(year)
        return bank_holidays(year) if kept is None else kept

    def packed(self) -> str:
        """The whole pack as one text."""
        held = {"files": dict(self.files), "holidays": self._days()}
        body = zlib.compress(json.dumps(held, sort_keys=True).encode(), 9)
        return base64.b64encode(body).decode("ascii")

    def _days(self) -> dict[str, list[str]]:
        return {str(year): sorted(one.isoformat() for one in self.closed(year)) for year in _YEARS}


def unpacked(text: str) -> PackText:
    """The pack that `PackText.packed` made a text of. Raises `Unreadable`."""
    try:
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(base64.b64decode(text, validate=True), _LARGEST)
        held = json.loads(body)
        files = {str(name): str(one) for name, one in held["files"].items()}
        holidays = {
            int(year): frozenset(map(date.fromisoformat, days))
            for year, days in held["holidays"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise Unreadable("The rule pack kept in the store is damaged.") from error
    return PackText(files, holidays)


def shipped(resources: Path) -> PackText:
    """The pack in the folder of resources. Raises `Unreadable` naming the file."""
    return PackText(
        {
            f"{folder}/{path.name}": read_text(path)
            for folder in _FOLDERS
            for path in sorted((resources / folder).glob("*.toml"))
        }
    )
