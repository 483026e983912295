"""What an import understood and what it did not, as rows to read. Plain Python, no Qt."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.incoming import Doubt, ImportResult, Incoming, IncomingCase, Place
from caseworker_app.services.wording import counted

FIELDS = (
    *("reference", "surname", "forename", "name", "born", "nc_year", "upn", "uln", "sex"),
    *("setting", "need", "secondary_need", "caseworker", "plan_sent", "current_plan"),
    *("review_due", "review_meeting_fixed", "review_meeting_held", "review_report_received"),
    *("review_decision_sent", "outcome", "amendment_notice_sent", "amended_plan_sent"),
    *("request_received", "assessment_decision_sent", "assessment_outcome"),
    *("refusal_to_issue_sent", "draft_served", "consultation_sent", "plan_ceased"),
    *("cease_reason", "template", "comment"),
)
"""The fields a tracker's column may hold, in the order a person looks for them."""

_WORDS = {
    "reference": "Reference",
    "surname": "Surname",
    "forename": "Forename",
    "name": "Name",
    "born": "Date of birth",
    "nc_year": "Year group",
    "upn": "UPN",
    "uln": "ULN",
    "need": "Primary need",
    "secondary_need": "Second need",
    "review_due": "Review due, checked against the clock",
    "current_plan": "Date of the current plan",
    "outcome": "Outcome of the review",
    "assessment_outcome": "Outcome of the decision to assess",
    "cease_reason": "Why the plan ceased",
}


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """One heading of a sheet and the field it was read as, "" where it is left out."""

    number: int
    sheet: str
    heading: str
    field: str

    @property
    def words(self) -> str:
        """The field in words."""
        return field_words(self.field) if self.field else "left out"


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A row, a cell or a difference that did not come in; `child` as the row names them, or ""."""

    number: int
    kind: str
    place: Place
    child: str
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """What a person has to decide: whom it is about, what the file says, and why it is doubtful.

    Attributes:
        answers: what can be said of the days of its whole column, see `Doubt`.
        said: which of them was said, "" while it is open.
    """

    number: int
    place: Place
    child: str
    column: str
    value: str
    why: str
    answers: tuple[str, ...] = ()
    said: str = ""


def field_words(field: str) -> str:
    """A field's code in words."""
    spec = KINDS.get(field)
    if spec is not None:
        return spec.label[:1].upper() + spec.label[1:]
    return _WORDS.get(field) or field.replace("_", " ").capitalize()


def heading_rows(incoming: Incoming) -> tuple[HeadingRow, ...]:
    """Every heading found, sheet by sheet; those nobody could place come first."""
    found: list[tuple[str, str, str]] = []
    for sheet in dict.fromkeys((*incoming.mapping, *incoming.unmapped)):
        found += [(sheet, heading, "") for heading in incoming.unmapped.get(sheet, ())]
        found += [(sheet, *pair) for pair in incoming.mapping.get(sheet, {}).items()]
    return tuple(HeadingRow(number, *row) for number, row in enumerate(found))


def fault_rows(incoming: Incoming, result: ImportResult) -> tuple[FaultRow, ...]:
    """What did not come in: rows first, then cells, then differences between two places."""
    return tuple(FaultRow(number, *row) for number, row in enumerate(_faults(incoming, result)))


def _faults(
    incoming: Incoming, result: ImportResult
) -> Iterator[tuple[str, Place, str, str, str, str]]:
    for row in (*incoming.parked, *result.parked):
        yield "Row left out", row.place, row.case, "", "", row.why
    for cell in incoming.problems:
        yield "Cell not read", cell.place, "", cell.column, cell.value, cell.why
    for one in dict.fromkeys((*incoming.conflicts, *result.conflicts)):
        why = f'"{one.kept}" is kept for {one.reference}'
        yield "Two values differ", one.place, one.reference, field_words(one.field), one.other, why


def doubt_rows(incoming: Incoming, result: ImportResult) -> tuple[DoubtRow, ...]:
    """What a person has to decide, of the files first and then of whom they are about.

    What was answered already stands last, so that another answer can be given.
    """
    found = dict.fromkeys((*incoming.doubts, *result.doubts, *incoming.answered))
    whole = (one for one in found if one.answers)
    answers = {(one.place.file, one.place.sheet, one.column): one.answers for one in whole}
    return tuple(
        DoubtRow(
            number,
            one.place,
            one.case,
            one.column,
            one.value,
            f"{_SAID[one.said]}, as you said; {_question(one)}" if one.said else _question(one),
            answers.get((one.place.file, one.place.sheet, one.column), ()) if one.column else (),
            one.said,
        )
        for number, one in enumerate(found)
    )


_SAID = {
    "as shown": "Taken as shown",
    "day and month swapped": "Taken with day and month swapped",
    "UTC": "Taken as times in UTC",
    "ddmmyy": "Taken as ddmmyy",
    "yymmdd": "Taken as yymmdd",
    "day numbers": "Taken as Excel's day numbers",
    "left out": "Left out",
}


def _question(doubt: Doubt) -> str:
    """Why it is doubtful; the window has buttons where a file of a mapping has lines."""
    return doubt.why.partition(". To answer it, a mapping file")[0]


def rows_words(incoming: Incoming) -> str:
    """Which files were read and how many rows, in a line."""
    files = ", ".join(incoming.files)
    return f"{files}: {_count(incoming.rows_read, 'row')} with a child"


def account_words(incoming: Incoming, result: ImportResult) -> str:
    """Where every row read went, as a sum that adds up; what there is none of is left out."""
    further = incoming.further_rows + result.further_rows
    parked = len(incoming.parked) + len(result.parked)
    terms = [
        (result.cases_created, "new case", "new cases"),
        (result.cases_updated, "case brought up to date", "cases brought up to date"),
        (result.cases_unchanged, "case with nothing new", "cases with nothing new"),
        (further, "further row of a child met already", "further rows of children met already"),
        (parked, "row left out", "rows left out"),
    ]
    said = " + ".join(counted(*term) for term in terms if term[0])
    return f"{counted(incoming.rows_read, 'row')} read = {said or '0'}."


def result_words(result: ImportResult, *, done: bool = False) -> str:
    """What an import does, or with `done` did, in a sentence."""
    if not (result.cases_created or result.cases_updated or result.facts_added):
        if result.doubts or result.parked:
            return "Nothing new comes in."
        return "Nothing new: everything in the file is stored already."
    created = _count(result.cases_created, "new case")
    updated = _count(result.cases_updated, "case")
    facts = _count(result.facts_added, "fact")
    if done:
        parts = (created, f"{updated} brought up to date", f"{facts} added")
    else:
        parts = (f"makes {created}", f"brings {updated} up to date", f"adds {facts}")
    counts = (result.cases_created, result.cases_updated, 1)
    told = [words for words, number in zip(parts, counts, strict=True) if number]
    said = ", ".join(told[:-1]) + (" and " if len(told) > 1 else "") + told[-1]
    return f"Imported: {said}." if done else f"Importing {said}."


def fault_words(rows: tuple[FaultRow, ...]) -> str:
    """How much did not come in, in a sentence."""
    if not rows:
        return "Everything was understood."
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    words = {
        "Row left out": "row left out",
        "Cell not read": "cell not read",
        "Two values differ": "difference",
    }
    said = ", ".join(_count(count, words[kind]) for kind, count in counts.items())
    return f"Not taken: {said}. Nothing was guessed."


def fault_in_words(row: FaultRow | DoubtRow) -> str:
    """All that a row of either list says, in a sentence or two."""
    place = f"{row.place.sheet or row.place.file}, row {row.place.row}"
    about = [place] if row.place.row else [row.place.sheet or row.place.file]
    about += [row.child] if row.child else []
    about += [row.column] if row.column else []
    value = f' "{row.value}";' if row.value and row.value != row.child else ""
    return f"{', '.join(about)}:{value} {row.why}."


def doubt_words(rows: tuple[DoubtRow, ...]) -> str:
    """How much is left to a person, in a sentence, or ""."""
    left = open_doubts(rows)
    return f" Left to you: {_count(left, 'doubt')}." if left else ""


def open_doubts(rows: tuple[DoubtRow, ...]) -> int:
    """How many of them nobody has answered."""
    return sum(1 for row in rows if not row.said)


def as_csv(faults: tuple[FaultRow, ...], doubts: tuple[DoubtRow, ...] = ()) -> str:
    """Faults and doubts as CSV, for the person who keeps the tracker.

    No cell can turn into a formula.
    """
    rows: tuple[FaultRow | DoubtRow, ...] = (*faults, *doubts)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["What", "File", "Sheet", "Row", "Child", "Column", "Value", "Why"])
    for row in rows:
        kind = row.kind if isinstance(row, FaultRow) else "Doubt"
        cells = (kind, row.place.file, row.place.sheet, row.place.row or "", row.child)
        writer.writerow([_safe(str(cell)) for cell in (*cells, row.column, row.value, row.why)])
    return text.getvalue()


def mapping_text(
    by_hand: Mapping[str, str], days: Mapping[tuple[str, str], str] | None = None
) -> str:
    """What a person said as a mapping file.

    Args:
        by_hand: headings to fields, for every sheet; "" leaves a column out.
        days: sheet and heading to how the days of that column are meant.
    """
    lines = [f"{_quoted(key)} = {_quoted(field)}" for key, field in by_hand.items()]
    by_sheet: dict[str, list[str]] = {}
    for (sheet, heading), word in (days or {}).items():
        by_sheet.setdefault(sheet, []).append(f"{_quoted(heading)} = {_quoted(word)}")
    for sheet, own in by_sheet.items():
        lines += [f"[dates.{_quoted(sheet)}]", *own]
    return "".join(f"{line}\n" for line in lines)


def case_facts(case: IncomingCase) -> str:
    """How many facts a case brings."""
    return str(len(case.facts)) if case.facts else ""


def _quoted(text: str) -> str:
    """A TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    first, _, rest = noun.partition(" ")
    if first in ("row", "cell") and rest:
        return f"{number:,} {first}s {rest}"
    return f"{number:,} {noun}s"
