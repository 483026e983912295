"""A small number is hidden everywhere: what says the same, or the rest of it, is hidden with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.suppression import is_small
from caseworker_app.domain.people import Transfer
from tests.domain.measures.making import board, case, day, fact

Count = tuple[str, ...]

YEAR = {"start": "2026-01-01", "end": "2026-11-22"}


def _held(on: str, decided: str = "", final: str = "") -> Iterator[object]:
    yield fact("review_meeting_held", on)
    if decided:
        yield fact("review_decision_sent", decided, outcome="amend" if final else "maintain")
    if final:
        yield fact("amendment_notice_sent", decided)
        yield fact("amended_plan_sent", final)


KINDS = {
    "moved in time": ("2014-11-11", *_held("2025-10-01", "2025-10-20", "2026-02-14")),
    "moved on the day": ("2014-11-11", *_held("2025-10-01", "2025-10-20", "2026-02-15")),
    "moved late": ("2014-11-11", *_held("2025-10-01", "2025-10-20", "2026-03-15")),
    "moves twice": ("2014-11-11", *_held("2025-10-01", "2025-10-20", "2026-02-14")),
    "started school": ("2021-11-11", *_held("2025-10-01", "2025-10-20", "2026-02-01")),
    "into post-16": ("2009-11-11", *_held("2025-10-01", "2025-10-20", "2026-03-31")),
    "into post-16 in time": ("2009-11-11", *_held("2025-10-01", "2025-10-20", "2026-03-30")),
    "decided": ("2012-05-05", *_held("2026-09-10", "2026-10-01")),
    "decided late": ("2012-05-05", *_held("2026-09-10", "2026-11-01")),
    "held long ago": ("2012-05-05", *_held("2026-02-10")),
    "held of late": ("2012-05-05", *_held("2026-11-10")),
    "nothing for years": ("2012-05-05",),
}
"""Birthday and facts after a plan of 2024."""


@cache
def _file(kind: str, number: int) -> CaseFile:
    reference = f"{sorted([*KINDS, *REQUESTS]).index(kind):02}-{number:02}"
    if kind in REQUESTS:
        return case(reference, *REQUESTS[kind])
    born, *facts = KINDS[kind]
    moves = {"transfer": TWICE} if kind == "moves twice" else {}
    return case(reference, fact("plan_sent", "2024-09-10"), *facts, born=day(born), **moves)


TWICE = Transfer("early_years_to_school", day("2026-09-01"))
"""A second move of one year, recorded by hand: the child counts once in all, in each table once."""

REQUESTS = {
    "open": (fact("request_received", "2026-04-01"),),
    "open for a year": (fact("request_received", "2025-10-01"),),
    "issued": (fact("request_received", "2026-03-01"), fact("plan_sent", "2026-07-10")),
    "issued late": (fact("request_received", "2026-03-01"), fact("plan_sent", "2026-08-10")),
    "excused": (
        fact("request_received", "2026-03-01"),
        fact("exception", "2026-05-01", ground="EXC-C", note="ill"),
        fact("plan_sent", "2026-08-10"),
    ),
}


def printed(made: BoardReturn) -> dict[Count, tuple[int, tuple[str, ...]]]:
    """Every count that is shown, with the cases behind it where the return has them."""
    found: dict[Count, tuple[int | None, tuple[str, ...]]] = {}
    for one in made.measures:
        found[one.ref, "numerator"] = one.numerator, one.cases
        found[one.ref, "denominator"] = one.denominator, one.of_cases
    for table in made.tables:
        if table.kind == "partition":
            cases = {ref for line in table.lines for ref in line.cases}
            found[table.key, "total"] = table.total, tuple(sorted(cases))
        for line in table.lines:
            found[table.key, line.key] = line.count, line.cases
            if table.kind == "figures":
                found[table.key, line.key, "of"] = line.of, line.of_cases
    return {key: (count, cases) for key, (count, cases) in found.items() if count is not None}


def sums(year: int = 2026) -> Iterator[tuple[Count, tuple[Count, ...]]]:
    """What a reader can add up from one sheet to another, said a second time."""
    before = [f"transfers_{role}_{year}" for role in ("into_school", "between_schools")]
    for ref, keys in (("W1.6a", before), ("W1.6b", [f"transfers_into_post_16_{year}"])):
        yield (ref, "denominator"), tuple((key, "total") for key in keys)
        yield (f"{ref}-strict", "numerator"), tuple((key, "in_time") for key in keys)
        lines = ("in_time", "last_day")
        yield (ref, "numerator"), tuple((key, line) for key in keys for line in lines)
    long = ("20_to_30_weeks", "30_to_52_weeks", "over_52_weeks")
    yield ("I2.2", "numerator"), tuple(("open_assessments", line) for line in long)
    due = ("later", "in_3_months", "in_1_month")
    yield ("two_clocks", "law_12_months"), tuple(("review_stock", line) for line in due)
    held = ("to_6_months", "to_12_months", "to_24_months", "over_24_months")
    yield ("data_to_mend", "decision"), tuple(("meetings_undecided", line) for line in held)


INSIDE = (
    (("W1.6a-strict", "numerator"), ("W1.6a", "numerator")),
    (("W1.6b-strict", "numerator"), ("W1.6b", "numerator")),
    (("S2.1a-without-exceptions", "numerator"), ("S2.1a", "numerator")),
    (("S2.1a-without-exceptions", "denominator"), ("S2.1a", "denominator")),
    (("W1.4g", "denominator"), ("W1.4f", "denominator")),
)
"""Counts that lie inside others: the difference is some cases too."""


def faults(plain: BoardReturn, hidden: BoardReturn) -> Iterator[str]:
    """What a reader of the suppressed return can work out of the small numbers."""
    known, shown = printed(plain), printed(hidden)
    alike: dict[tuple[int, tuple[str, ...]], list[Count]] = defaultdict(list)
    for key, (count, cases) in known.items():
        if is_small(count) and key in shown:
            yield f"{key} is shown"
        if cases:
            alike[count, cases].append(key)
    for keys in alike.values():
        if 0 < len([key for key in keys if key in shown]) < len(keys):
            yield f"{keys} are one number, shown and hidden"
    for total, parts in sums():
        known_parts = [known[part][0] for part in parts if part in known]
        if total not in known or known[total][0] != sum(known_parts):
            continue
        missing = [key for key in (total, *parts) if key in known and key not in shown]
        if len(missing) == 1:
            yield f"{missing[0]} follows from {total} and its parts"
    for inner, outer in INSIDE:
        if inner in shown and outer in shown and is_small(shown[outer][0] - shown[inner][0]):
            yield f"{outer} less {inner} is a small number"


def returned(numbers: dict[str, int]) -> tuple[BoardReturn, BoardReturn]:
    files = [_file(kind, one) for kind, number in numbers.items() for one in range(number)]
    return board(files, **YEAR), board(files, suppress=True, **YEAR)


@settings(max_examples=40, deadline=None)
@given(
    st.fixed_dictionaries(
        {kind: st.sampled_from([0, 0, 1, 2, 4, 5, 6, 9]) for kind in (*KINDS, *REQUESTS)}
    )
)
def test_no_small_number_is_worked_out(numbers: dict[str, int]) -> None:
    assert not list(faults(*returned(numbers)))


def test_what_adds_up_to_a_hidden_number_is_hidden_with_it() -> None:
    """Each tie of one sheet to another is needed: here the drawn cases that one of them carries."""
    for numbers in (
        {"moved in time": 6, "moved on the day": 2, "started school": 7},
        {"into post-16": 2, "into post-16 in time": 8},
        {"open": 6, "open for a year": 3},
        {"issued": 9, "issued late": 6, "excused": 3},
        {"held long ago": 3, "held of late": 6, "decided": 7},
        {"decided": 6, "decided late": 2, "nothing for years": 8},
    ):
        assert not list(faults(*returned(numbers)))
