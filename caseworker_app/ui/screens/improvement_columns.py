"""The lists of the improvement plan: what was promised, who owes it, workstreams, progress."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.declarations.promised import STATUSES, Progress
from caseworker_app.domain.improvement.standing import RAG, Standing, Stream
from caseworker_app.ui.models.column import DONE, LATE, OK, QUIET, SOON, Column, long_date

_TONES = {"red": LATE, "amber": SOON, "green": OK, "": QUIET}


@dataclass(frozen=True, slots=True)
class Note:
    """A progress note with what it is of."""

    note: Progress
    ref: str

    @property
    def id(self) -> str:
        """The id of the note."""
        return self.note.id


def _tone(row: Standing) -> str:
    return DONE if row.is_done else _TONES[row.rag]


def said(row: Standing) -> str:
    """What the lead said last, and when."""
    if row.note is None:
        return ""
    return f"{long_date(row.note.on)}, {row.note.by}: {row.note.words}"


def _when(row: Standing) -> int:
    return row.measure.due.toordinal()


MEASURES: tuple[Column[Standing], ...] = (
    Column("stream", "No.", lambda row: str(row.workstream.number), width=50, style="dim"),
    Column("ref", "Ref", lambda row: row.measure.ref, width=64, style="strong"),
    Column(
        *("words", "Success measure", lambda row: row.measure.words),
        width=300,
        stretch=True,
        wraps=True,
    ),
    Column("due", "Due", lambda row: long_date(row.measure.due), _when, width=98),
    Column("target", "Target", lambda row: row.target, width=110),
    Column("figure", "Now", lambda row: row.figure, width=84, style="strong", weight=8),
    Column("stands", "Stands", lambda row: row.words, tone=_tone, width=176, weight=8),
    Column("owes", "Lead", lambda row: row.owes, width=150, style="dim"),
    Column(
        *("said", "Last said", said),
        width=180,
        style="dim",
        by_choice=True,
    ),
)

OWED: tuple[Column[Standing], ...] = (
    Column(
        "owes", "Who owes it", lambda row: row.owes or "nobody named", width=210, style="strong"
    ),
    Column("ref", "Ref", lambda row: row.measure.ref, width=64),
    Column(
        *("words", "Success measure", lambda row: row.measure.words),
        width=300,
        stretch=True,
        wraps=True,
    ),
    Column("due", "Due", lambda row: long_date(row.measure.due), _when, width=98),
    Column(
        *("stands", "Stands", lambda row: row.words, lambda row: -row.days_over),
        tone=_tone,
        width=176,
        weight=8,
    ),
    Column(
        "news",
        "Word from the lead",
        lambda row: "wanted" if row.wants_news else long_date(row.note.on if row.note else None),
        tone=lambda row: SOON if row.wants_news else "",
        width=150,
    ),
)

STREAMS: tuple[Column[Stream], ...] = (
    Column("number", "No.", lambda row: str(row.workstream.number), width=56, style="dim"),
    Column(
        *("name", "Workstream", lambda row: row.workstream.name),
        width=220,
        style="strong",
        stretch=True,
    ),
    Column(
        *("weakness", "Weakness or priority", lambda row: row.workstream.weakness),
        width=240,
        by_choice=True,
        style="dim",
    ),
    Column("many", "Measures", lambda row: str(len(row.rows)), align="right", width=90),
    *(
        Column(
            rag,
            title,
            lambda row, rag=rag: str(row.tally[rag] or ""),  # type: ignore[misc]
            tone=lambda row, rag=rag: _TONES[rag] if row.tally[rag] else "",  # type: ignore[misc]
            width=88,
        )
        for rag, title in (("green", "Green"), ("amber", "Amber"), ("red", "Red"))
    ),
    Column("unknown", "Nothing said", lambda row: str(row.tally[""] or ""), width=110),
    Column(
        "overdue",
        "Overdue",
        lambda row: str(row.overdue or ""),
        tone=lambda row: LATE if row.overdue else "",
        width=90,
    ),
    Column("lead", "Lead", lambda row: row.workstream.lead, width=150, style="dim"),
)

NOTES: tuple[Column[Note], ...] = (
    Column("on", "Date", lambda row: long_date(row.note.on), lambda row: row.note.on, width=98),
    Column("ref", "Of", lambda row: row.ref, width=64, style="strong"),
    Column(
        "status",
        "Stands",
        lambda row: STATUSES[row.note.status],
        tone=lambda row: DONE if row.note.status == "done" else _TONES[RAG[row.note.status]],
        width=130,
    ),
    Column(
        *("words", "What was done", lambda row: row.note.words),
        width=300,
        stretch=True,
        wraps=True,
    ),
    Column("next", "Next steps", lambda row: row.note.next_steps, width=200, style="dim"),
    Column("evidence", "Evidence", lambda row: row.note.evidence, width=150, style="dim"),
    Column("by", "By", lambda row: row.note.by, width=120),
)
