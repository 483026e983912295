"""The clock interface: JSON of facts in, JSON of deadlines out, always the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from caseworker_app.domain import yeargroup
from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.rules import Rulebook
from caseworker_app.services.rules.clock_input import ClockCase, Malformed, read_cases

__all__ = ["Malformed", "answer"]

_MET = frozenset({State.MET, State.MET_LATE})


def answer(text: str | bytes, today: date, rulebook: Rulebook, calendars: Calendars) -> str:
    """What the clock makes of the cases in a JSON text.

    Args:
        text: the cases, as the clock interface has them.
        today: the day on which states are judged.
        rulebook: the rules.
        calendars: the working days.

    Returns:
        A JSON document that ends with a new line, a deadline a line.

    Raises:
        Malformed: with one plain sentence for each fault.
    """
    cases = read_cases(text, today)
    return "".join(_document(cases, today, rulebook, calendars))


def _document(
    cases: tuple[ClockCase, ...], today: date, rulebook: Rulebook, calendars: Calendars
) -> Iterator[str]:
    yield f'{{"rules": {json.dumps(rulebook.version)},\n "cases": ['
    for place, case in enumerate(cases):
        found = deadlines(case.child, case.setting, case.facts, rulebook, calendars)
        lines = (json.dumps(_values(one, today)) for one in found)
        head = f'{{"id": {json.dumps(case.id)}, "nc_year": {json.dumps(_nc_year(case, today))}'
        yield "\n  " if place == 0 else ",\n  "
        yield f'{head},\n   "deadlines": ['
        yield ",\n    ".join(
            ("\n    " + line) if at == 0 else line for at, line in enumerate(lines)
        )
        yield "]}"
    yield "]}\n"


def _nc_year(case: ClockCase, today: date) -> int | None:
    child = case.child
    if child.born is None:
        return child.actual_year
    return yeargroup.nc_year(child.born, today, child.actual_year, child.actual_year_on)


def _values(one: Deadline, today: date) -> dict[str, object]:
    version = one.version
    state = one.state(today)
    claimed = one.exception_on is not None and one.exception_on <= today
    return {
        "rule": version.rule,
        "due": one.due.isoformat(),
        "target": one.target.isoformat(),
        "state": state.value,
        "met_on": one.met_on.isoformat() if one.met_on and state in _MET else None,
        "exception": one.exception if claimed else None,
        "common": _common(one, today),
        "who": one.who,
        "what": version.what,
        "because": list(one.because),
        "source": version.source,
        "force": version.force,
    }


def _common(one: Deadline, today: date) -> dict[str, str] | None:
    state = one.common_state(today)
    if one.common_due is None or state is None:
        return None
    return {"due": one.common_due.isoformat(), "state": state.value}
