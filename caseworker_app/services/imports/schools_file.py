"""The DfE's register of schools (Get Information About Schools) brought into the settings."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseworker_app.domain import british_dates
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.people import Setting
from caseworker_app.domain.schools import Planned, School
from caseworker_app.domain.text import storable
from caseworker_app.services.commands import AddRecord, ChangeRecord, Together
from caseworker_app.services.plain_file import contents, name_of
from caseworker_app.services.wording import counted, day_in_words

_LARGEST = 150_000_000
"""The whole register of 2026 takes 65 MB."""
_MOST_ROWS = 200_000
"""It has 52,000 rows, closed schools among them."""
_PIECE = 1 << 20
_HEAD = 4096
_TEXTS: Mapping[str, str] = {
    "urn": "URN",
    "name": "EstablishmentName",
    "la_number": "LA (code)",
    "la_name": "LA (name)",
    "type": "TypeOfEstablishment (name)",
    "phase": "PhaseOfEducation (name)",
    "postcode": "Postcode",
    "ukprn": "UKPRN",
}
_NEEDED = ("URN", "EstablishmentName")
_STATUS, _OPENED, _CLOSED = "EstablishmentStatus (name)", "OpenDate", "CloseDate"
_LOWEST, _HIGHEST = "StatutoryLowAge", "StatutoryHighAge"
_HEAD_TEACHER = ("HeadTitle (name)", "HeadFirstName", "HeadLastName")
_URN = 6
_LOST = "\N{REPLACEMENT CHARACTER}"
_NOTHING = frozenset({"", "not applicable", "not recorded", "does not apply"})


def is_one(path: Path) -> bool:
    """Whether a file begins as the register does. Never raises."""
    try:
        # A pipe or a device is no file, and would be waited for.
        with path.open("rb") if path.is_file() else io.BytesIO() as file:
            head = file.read(_HEAD).decode("cp1252", "replace").splitlines()[:1]
    except OSError:
        return False
    return all(one in "".join(head) for one in _NEEDED)


@dataclass(frozen=True, slots=True)
class Register:
    """What a file says.

    Attributes:
        schools: its rows.
        parked: rows that could not be read: their number, and why with the cell.
    """

    schools: tuple[School, ...]
    parked: tuple[tuple[int, str], ...] = ()


def read_file(path: Path) -> Register:
    """The schools of a register, as it is downloaded: CSV in Windows-1252, or in UTF-8.

    Raises:
        Unreadable: the file is no such register; the sentence names it.
    """
    name = name_of(path)
    data = contents(path, _LARGEST, "a register of schools")
    encoding = "utf-8-sig" if _is_utf8(data) else "cp1252"
    lines = io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")
    return parse(lines, name)


def _is_utf8(data: bytes) -> bool:
    """Whether it is text in UTF-8; looked at in pieces, as text takes four times its bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _PIECE):
            decoder.decode(data[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def parse(lines: Iterable[str], name: str) -> Register:
    """The schools of the lines of a CSV; `name` is for messages. Raises `Unreadable`."""
    schools: list[School] = []
    parked: list[tuple[int, str]] = []
    try:
        rows = csv.reader(lines, strict=True)
        head = {one.strip(): at for at, one in enumerate(next(rows, []))}
        missing = [one for one in _NEEDED if one not in head]
        if missing:
            raise Unreadable(
                f"{name} is no register of schools: it has no column {missing[0]}. Download "
                "“all establishment data” from Get Information About Schools as CSV."
            )
        for number, row in enumerate(rows, 2):
            if number > _MOST_ROWS:
                raise Unreadable(f"{name} has more rows than any register of schools.")
            try:
                schools += _school(row, head, name, number)
            except Refused as refused:
                parked.append((number, refused.sentence))
    except csv.Error as error:
        raise Unreadable(f"{name} is not a CSV file.") from error
    return Register(tuple(schools), tuple(parked))


def commands(plan: Planned) -> Together:
    """What brings it in: all or nothing, and one undo for it."""
    made = [AddRecord("setting", fields) for fields in plan.new]
    changed = [ChangeRecord("setting", one.id, one.version, fields) for one, fields in plan.changed]
    what = f"schools brought in: {counted(len(made), 'setting')} made, {len(changed):,} changed"
    return Together((*made, *changed), what)


def said(plan: Planned, there: Mapping[str, int]) -> list[str]:
    """What it comes to, a sentence each.

    Args:
        plan: what it comes to.
        there: how many children are at each setting, by the setting's name.
    """
    made = counted(len(plan.new), "setting")
    return [
        f"{made} made, {len(plan.changed):,} changed, {plan.unchanged:,} unchanged.",
        *(_is_closed(one, day, there) for one, day in plan.closed),
        *(
            f"{one.name}: one school has this name, URN {school.urn}, {school.la_name}."
            for one, school in plan.by_name
        ),
        *(f"{one.name}: {many} schools have this name." for one, many in plan.several),
        *(f"{one.name}: the register calls it {name}." for one, name in plan.renamed),
        *_left_out(plan),
    ]


def _is_closed(setting: Setting, day: date | None, there: Mapping[str, int]) -> str:
    on = f" on {day_in_words(day)}" if day is not None else ""
    many = there.get(setting.name, 0)
    still = f"; {counted(many, 'child', 'children')} still placed there" if many else ""
    return f"{setting.name} is closed{on}{still}."


def _left_out(plan: Planned) -> Iterator[str]:
    if plan.left_out:
        many = counted(plan.left_out, "school")
        yield f"{many} of other councils, not in your list: not added."
    if plan.left_out and not plan.authority:
        yield (
            "No council in this file has the name of yours, so no school can be added as new. "
            "Give your council's name under Returns."
        )
    if plan.closed_out:
        many = counted(plan.closed_out, "closed school")
        yield f"{many} of your council, not in your list: not added."
    if plan.further_rows:
        many = counted(plan.further_rows, "further row")
        yield f"{many} of a school met already; the last row of it counts."


def _school(
    row: Sequence[str], head: Mapping[str, int], file: str, number: int
) -> Iterator[School]:
    """The school of a row, none of an empty one. Raises `Refused` with the cell and why."""

    def cell(name: str) -> str:
        at = head.get(name)
        text = row[at] if at is not None and at < len(row) else ""
        if _LOST in text:
            raise Refused(f"{name}: a letter of it is lost")
        return storable(text).strip()

    texts = {field: _said(cell(name)) for field, name in _TEXTS.items()}
    if not any(texts.values()):
        return
    if not (texts["urn"].isascii() and texts["urn"].isdigit() and len(texts["urn"]) == _URN):
        said = f"{texts['urn'][:20]!r} is not six digits" if texts["urn"] else "there is none"
        raise Refused(f"URN: {said}")
    if not texts["name"]:
        raise Refused("EstablishmentName: there is no name")
    yield School(
        **texts,
        file=file,
        row=number,
        lowest=_age(cell(_LOWEST)),
        highest=_age(cell(_HIGHEST)),
        # "Open, but proposed to close" is open.
        is_open=not cell(_STATUS).lower().startswith(("closed", "proposed")),
        opened=_day(cell(_OPENED), _OPENED),
        closed=_day(cell(_CLOSED), _CLOSED),
        head_teacher=" ".join(filter(None, (_said(cell(one)) for one in _HEAD_TEACHER))),
    )


def _said(text: str) -> str:
    return "" if text.lower() in _NOTHING else " ".join(text.split())


def _age(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else None


def _day(text: str, where: str) -> date | None:
    if not text:
        return None
    found = british_dates.parse(text.replace("-", "/"))
    if found is None:
        raise Refused(f"{where}: {text[:20]!r} is not a date")
    return found
