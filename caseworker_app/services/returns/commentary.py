"""What owners say of measures: beside a kept return, or in the progress of the improvement plan."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.promised import Progress, SuccessMeasure
from caseworker_app.domain.declarations.return_runs import Commentary, ReturnRun
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.as_known import Known
from caseworker_app.services.ports import Reading

_Said = tuple[date, int, int]
"""When, a commentary after a note of that day, and which of several."""


def commentary(reading: Reading | Known, as_at: date) -> dict[str, str]:
    """What was said last of each measure up to a day, by the measure's ref.

    That is the commentary on a kept return as at that day or before, or a progress note of a
    success measure, which is of the measure that feeds it: the words, what comes next, who wrote it
    and when. A commentary without words says that nothing is to be said any more.
    """
    refs = {
        key: one.measure
        for key, one in reading.all_of(kind_of(SuccessMeasure)).items()
        if one.measure
    }
    found: dict[str, tuple[_Said, str]] = {}
    for note in reading.all_of(kind_of(Progress)).values():
        if note.on <= as_at:
            _take(found, refs.get(note.measure_id or ""), (note.on, 0, int(note.id)), _noted(note))
    runs: dict[str, ReturnRun] = reading.all_of(kind_of(ReturnRun))
    for one in reading.all_of(kind_of(Commentary)).values():
        # It may well be said after the day that the return looks at.
        if runs[one.run_id].days.get("as_at", as_at) <= as_at:
            _take(found, one.measure, (one.said_on, 1, int(one.id)), _commented(one))
    return {ref: words for ref, (_, words) in found.items() if words}


def of_run(reading: Reading, run_id: str) -> dict[str, Commentary]:
    """What was said of the measures of one kept return, by ref."""
    every = reading.all_of(kind_of(Commentary)).values()
    return {one.measure: one for one in every if one.run_id == run_id and one.words}


def _take(found: dict[str, tuple[_Said, str]], ref: str | None, said: _Said, words: str) -> None:
    if ref is not None and (ref not in found or found[ref][0] < said):
        found[ref] = said, words


def _noted(note: Progress) -> str:
    words = [f"{one.strip().rstrip('.')}." for one in (note.words, _next(note)) if one.strip()]
    return " ".join((*words, f"({note.by}, {day_words(note.on)})"))


def _next(note: Progress) -> str:
    return f"Next: {note.next_steps}" if note.next_steps.strip() else ""


def _commented(one: Commentary) -> str:
    words = " ".join(one.words.split())
    return f"{words} ({one.said_by}, {day_words(one.said_on)})" if words else ""
