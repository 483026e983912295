"""Reading the JSON of the clock interface: cases with their facts, or every fault in it.

Only what cannot be read is a fault: text that is no JSON, a kind nobody knows, a day that is in no
calendar, a value that its key cannot hold. Gaps and contradictions are none, and keys that are not
known are let be.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.clock.phases import TRANSFERS
from caseworker_app.domain.codes import SETTING_KINDS
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.facts import KINDS, Detail, ExtraKey, Fact
from caseworker_app.domain.people import Child, Closure, Setting, Transfer

LARGEST = 80_000_000
"""Characters of the input; 50,000 cases with 600,000 events take half of it."""

_MOST_OBJECTS, _MOST_VALUES = 1_500_000, 5_000_000
"""Objects and lists, and what stands in them: twice what such cases have, and a few hundred bytes
of memory for each."""

_MOST_FAULTS = 1000
"""Faults that are told one by one."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEARS = range(-5, 26)
"""Year groups that somebody of 0 to 25 could be in, with room for those taught out of theirs."""


class Malformed(Unreadable):
    """The input is malformed.

    Attributes:
        faults: one plain sentence for each fault.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class ClockCase:
    """One case of the input.

    Attributes:
        id: as given, text or a whole number.
        child: what the clock needs of the child.
        setting: the setting, or None where it is not recorded.
        facts: in the order given.
    """

    id: str | int
    child: Child
    setting: Setting | None
    facts: tuple[Fact, ...]


def read_cases(text: str | bytes, today: date) -> tuple[ClockCase, ...]:
    """The cases of the input, in its order.

    Args:
        text: JSON, as text or as bytes in UTF-8 (UTF-16 and UTF-32 are recognised).
        today: the day on which a year really taught in was true.

    Raises:
        Malformed: with every fault there is.
    """
    document = _parse(text)
    if not isinstance(document, dict) or not isinstance(document.get("cases"), list):
        raise Malformed(['The input is not an object with a list under "cases".'])
    faults: list[str] = []
    cases = []
    for number, one in enumerate(document["cases"], start=1):
        cases.append(_case(one, f"Case {number}", today, faults))
        if len(faults) > _MOST_FAULTS:
            last = f"There are more faults, in case {number} and maybe behind it."
            raise Malformed([*faults[:_MOST_FAULTS], last])
    if faults:
        raise Malformed(faults)
    return tuple(case for case in cases if case is not None)


def _parse(text: str | bytes) -> object:
    try:
        if isinstance(text, bytes):
            text = text.decode(json.detect_encoding(text))
        if (
            len(text) > LARGEST
            or text.count("{") + text.count("[") > _MOST_OBJECTS
            or text.count(",") > _MOST_VALUES
        ):
            raise Malformed(["The input holds more than the cases of a council."])
        return json.loads(
            text.removeprefix("\ufeff"), parse_constant=_refuse, object_pairs_hook=_once
        )
    except Malformed:
        raise
    except UnicodeDecodeError:
        raise Malformed(["The input is not text in UTF-8."]) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Malformed([f"The input is not JSON: {error.msg} at {where}."]) from None
    except RecursionError:
        raise Malformed(
            ["The input is not JSON that can be read: it is nested too deeply."]
        ) from None
    except ValueError:
        raise Malformed(["The input has a number with too many digits."]) from None


def _refuse(constant: str) -> object:
    raise Malformed([f"The input is not JSON: {constant} is not a number there."])


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise Malformed([f"The input has an object with the key {_show(twice)} twice."])
    return found


class _Reader:
    """One object of the input, with the faults found in it."""

    def __init__(self, values: Mapping[str, object], where: str, faults: list[str]) -> None:
        self.values = values
        self.where = where
        self.faults = faults

    def fault(self, what: str) -> None:
        self.faults.append(f"{self.where}: {what}.")

    def day(self, key: str, *, needed: bool = False) -> date | None:
        value = self.values.get(key)
        if value is None:
            if needed:
                self.fault(f'"{key}" is missing')
            return None
        found = _day(value)
        if found is None:
            self.fault(f'"{key}" is {_show(value)}, which is not a date as YYYY-MM-DD')
        return found

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None or isinstance(value, str):
            return value
        self.fault(f'"{key}" is {_show(value)}, which is not text')
        return None

    def choice(self, key: str, among: Mapping[str, str], *, needed: bool = False) -> str | None:
        value = self.values.get(key)
        if value is None:
            if needed:
                self.fault(f'"{key}" is missing')
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if abs(value) < _SHOWN else "?"
        if isinstance(value, str) and value in among:
            return value
        self.fault(f'"{key}" is {_show(value)}, which is not one of {", ".join(among)}')
        return None

    def chosen(self, key: str, among: Mapping[str, str]) -> str | None:
        """A choice of an event; `false` for one that can only be denied."""
        value = self.values.get(key)
        if isinstance(value, bool) and set(among) == {"no"}:
            return None if value else "no"
        return self.choice(key, among)

    def year(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value in _YEARS:
            return value
        self.fault(f'"{key}" is {_show(value)}, which is not a year group')
        return None

    def object(self, key: str) -> _Reader | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return _Reader(value, f"{self.where}, {key}", self.faults)
        self.fault(f'"{key}" is {_show(value)}, which is not an object')
        return None

    def objects(self, key: str, name: str) -> list[_Reader]:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(f'"{key}" is {_show(value)}, which is not a list')
            return []
        found = []
        for number, one in enumerate(value, start=1):
            where = f"{self.where}, {name} {number}"
            if isinstance(one, dict):
                found.append(_Reader(one, where, self.faults))
            else:
                self.faults.append(f"{where}: {_show(one)} is not an object.")
        return found


_SHOWN = 10**9


def _case(one: object, where: str, today: date, faults: list[str]) -> ClockCase | None:
    if not isinstance(one, dict):
        faults.append(f"{where}: {_show(one)} is not an object.")
        return None
    name = one.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        missing = "is missing" if name is None else f"is {_show(name)}, which is not text"
        faults.append(f'{where}: "id" {missing}.')
        name = where
    else:
        where = f"Case {_show(name)}"
    case = _Reader(one, where, faults)
    moves = case.object("transfer")
    child = Child(
        reference="",
        surname="",
        forename="",
        born=case.day("born"),
        actual_year=case.year("actual_year"),
        actual_year_on=today,
        history_from=case.day("history_from"),
        transfer=None if moves is None else _transfer(moves),
    )
    place = case.object("setting")
    setting = None if place is None else _setting(place)
    facts = [_fact(event) for event in case.objects("events", "event")]
    return ClockCase(name, child, setting, tuple(fact for fact in facts if fact is not None))


def _transfer(moves: _Reader) -> Transfer | None:
    kind = moves.choice("kind", TRANSFERS, needed=True)
    on = moves.day("on", needed=True)
    return None if kind is None or on is None else Transfer(kind, on)


def _setting(place: _Reader) -> Setting:
    closures = []
    for closure in place.objects("closures", "closure"):
        first, reopens = closure.day("from", needed=True), closure.day("reopens", needed=True)
        if first is not None and reopens is not None:
            closures.append(Closure(first, reopens))
    kind = place.choice("kind", SETTING_KINDS, needed=True)
    return Setting("", kind, place.year("last_year"), closures=tuple(closures))


def _fact(event: _Reader) -> Fact | None:
    kind = event.values.get("kind")
    if kind is None:
        event.fault('"kind" is missing')
    elif not isinstance(kind, str) or kind not in KINDS:
        event.fault(f'"kind" is {_show(kind)}, which is not a kind of event')
        kind = None
    else:
        event.where = f"{event.where} ({kind})"
    on = event.day("on", needed=True)
    tie = event.values.get("episode")
    if tie is not None and (isinstance(tie, bool) or not isinstance(tie, str | int)):
        event.fault(f'"episode" is {_show(tie)}, which is not text')
    if not isinstance(kind, str):
        return None
    detail: dict[str, Detail] = {}
    for key in KINDS[kind].keys:
        value = _READ[key.type](event, key)
        if value is not None:
            detail[key.name] = value
    return None if on is None else Fact(kind, on, detail, None if tie is None else str(tie))


_READ: Mapping[str, Callable[[_Reader, ExtraKey], Detail | None]] = {
    "date": lambda event, key: event.day(key.name),
    "text": lambda event, key: event.text(key.name),
    "choice": lambda event, key: event.chosen(key.name, key.choices),
}


def _day(value: object) -> date | None:
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _show(value: object) -> str:
    """A value of the input, short and safe to print."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _SHOWN:
        return "a very large number"
    shown = json.dumps(value)
    return shown if len(shown) <= _LONGEST else f'{shown[: _LONGEST - 4]}..."'


_LONGEST = 60
