"""What owners say of measures, from the progress of the improvement plan."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.promised import Progress, SuccessMeasure
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.ports import Reading


def commentary(reading: Reading, as_at: date) -> dict[str, str]:
    """The latest progress note of each measure up to a day, by the measure's ref.

    A note of a success measure is of the measure that feeds it: its words, what comes next, who
    wrote it and when.
    """
    refs = {
        key: one.measure
        for key, one in reading.all_of(kind_of(SuccessMeasure)).items()
        if one.measure
    }
    found: dict[str, Progress] = {}
    for note in reading.all_of(kind_of(Progress)).values():
        ref = refs.get(note.measure_id or "")
        if ref is None or note.on > as_at:
            continue
        before = found.get(ref)
        if before is None or (before.on, before.id) < (note.on, note.id):
            found[ref] = note
    return {ref: _said(note) for ref, note in found.items()}


def _said(note: Progress) -> str:
    words = [f"{one.strip().rstrip('.')}." for one in (note.words, _next(note)) if one.strip()]
    return " ".join((*words, f"({note.by}, {day_words(note.on)})"))


def _next(note: Progress) -> str:
    return f"Next: {note.next_steps}" if note.next_steps.strip() else ""
