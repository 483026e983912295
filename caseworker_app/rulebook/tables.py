"""TOML tables: read strictly, only keys that are known, each of its type; and written."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from caseworker_app.domain.errors import Unreadable


def read_text(path: Path) -> str:
    """The text of a file. Raises `Unreadable` when there is none or it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path.name} cannot be read as text.") from error


def parse(text: str, name: str) -> dict[str, Any]:
    """A TOML text as a table. Raises `Unreadable` naming the file."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable(f"{name} is not valid TOML: {error}.") from error


def block_text(name: str, values: Mapping[str, object]) -> str:
    """One block of an array of tables as TOML; keys that say nothing are left out."""
    lines = [f"{key} = {_value(value)}" for key, value in values.items() if value not in ("", [])]
    return "\n".join([f"[[{name}]]", *lines]) + "\n"


def quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's as long as none is beyond its first plane."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return str(value) if isinstance(value, int) else quoted(str(value))


class Table:
    """A TOML table that answers by key and type, and says where it stands when it cannot."""

    def __init__(self, values: object, where: str, known: Collection[str]) -> None:
        if not isinstance(values, Mapping):
            raise Unreadable(f"{where} is not a table.")
        self._values: Mapping[str, object] = values
        self._where = where
        unknown = [key for key in values if key not in known]
        if unknown:
            raise Unreadable(f"{where} has a key that is not known: {unknown[0]}.")

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """Text under a key; without a default it must be there and not blank."""
        value = self._values.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise Unreadable(f"{self._where} needs {key} as text.")
        return value

    def day(self, key: str) -> date:
        """A date under a key that must be there."""
        value = self._values.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise Unreadable(f"{self._where} needs {key} as a date.")
        return value

    def maybe_day(self, key: str) -> date | None:
        """A date, or None where the key is not given."""
        return self.day(key) if key in self._values else None

    def maybe_number(self, key: str) -> int | None:
        """A whole number, or None where the key is not given."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or not _is_small(value):
            raise Unreadable(f"{self._where} needs {key} as a whole number up to {_LARGEST}.")
        return value

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number, negative ones too; without a default it must be there."""
        value = self._values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
            raise Unreadable(f"{self._where} needs {key} as a whole number up to {_LARGEST}.")
        return value

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers from 0 on."""
        value = self._values.get(key)
        if not isinstance(value, list) or not all(_is_small(one) for one in value):
            raise Unreadable(f"{self._where} needs {key} as a list of whole numbers.")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false, false where the key is not given."""
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            raise Unreadable(f"{self._where} needs {key} as true or false.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is not given."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise Unreadable(f"{self._where} needs {key} as a list of texts.")
        return tuple(value)

    def tables(self, key: str) -> tuple[object, ...]:
        """A list of tables, empty where the key is not given."""
        value = self._values.get(key, [])
        if not isinstance(value, list):
            raise Unreadable(f"{self._where} needs {key} as a list of tables.")
        return tuple(value)


_LARGEST = 9999


def _is_small(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST
