"""Kept returns that are not the board's: counted again from the trail, and two held side by side.

No name is kept of them. Of answers and the Department's files the ids of those counted are, of SEN2
and the inspection list also what each child's rows came to, as a digest that tells whether they are
the same. Who is disposed of since is counted as kept.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from caseworker_app.domain.answers import Answer, AnswerPart, Question, periods_of
from caseworker_app.domain.declarations.return_runs import ReturnRun
from caseworker_app.domain.department.layout import HIDDEN, Layouts
from caseworker_app.domain.department.sheets import DepartmentReturn, recounted
from caseworker_app.domain.department.units import Unit, Who
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.inspection import list_rows
from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.measures.answer_tables import kinds_of_tables
from caseworker_app.domain.measures.differences import answered, counted_again
from caseworker_app.domain.measures.every_answer import kinds_read
from caseworker_app.domain.measures.hiding import shown_with
from caseworker_app.domain.measures.kept import packed, renamed, unpacked
from caseworker_app.domain.measures.relations import DENOMINATOR, NUMERATOR, OF, TOTAL
from caseworker_app.domain.measures.suppression import Cell
from caseworker_app.domain.people import Setting
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.sen2 import building, checks
from caseworker_app.domain.sen2.checking import Hit
from caseworker_app.domain.sen2.rows import Row
from caseworker_app.services.clock import read_stamp
from caseworker_app.services.ports import Reading, RulePack
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns import answering, department, inspection, sen2_return
from caseworker_app.services.returns.counting import Definitions, Then, as_was
from caseworker_app.services.returns.run_bodies import body_of
from caseworker_app.services.returns.runs import NewRun
from caseworker_app.services.returns.told import told
from caseworker_app.services.session import Session

Written = Answer | DepartmentReturn | sen2_return.Made | inspection.InspectionList
Body = dict[str, Any]

_HIDDEN, _NOT_THERE = "hidden", "not there"
_ROWS, _HEADER_ROW = "the rows of a child", "the header"
_HEADER = ""
"""What stands for a child where the header is kept, which is of none."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What returns are defined by: measures, standard questions, the Department's files."""

    definitions: Definitions
    questions: tuple[Question, ...]
    layouts: Layouts


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure, or the rows of a child, that came to something else.

    Attributes:
        child_id, case: whose rows, and the reference of that case; "" for a figure, and where the
            case is gone or is not to be named.
    """

    name: str
    then: str
    now: str
    child_id: str = ""
    case: str = ""


def named(
    changed: Iterable[Changed], session: Session, closed: Collection[str]
) -> tuple[Changed, ...]:
    """What changed with the references of its cases, but for those of some that are closed."""
    of = {one.id: one.reference for one in session.cases() if one.reference not in closed}
    return tuple(
        replace(
            one, child_id=one.child_id if one.child_id in of else "", case=of.get(one.child_id, "")
        )
        for one in changed
    )


@dataclass(frozen=True, slots=True)
class AgainOther:
    """A kept return as it was counted again.

    Attributes:
        other: what came to something else than was kept.
        disposed: how many children are counted as they were kept, without a name.
        figures: what was counted, by name, in words.
        made: the return, with what was hidden of it hidden.
    """

    run: ReturnRun
    other: tuple[Changed, ...]
    disposed: int
    figures: Mapping[str, str]
    made: Written


@dataclass(frozen=True, slots=True)
class ComparedOther:
    """Two returns of a kind beside each other; `now` is None for a count of today."""

    before: ReturnRun
    now: ReturnRun | None
    found: tuple[Changed, ...]


def packed_body(body: Body) -> bytes:
    """What is kept of a return, in few bytes."""
    return zlib.compress(json.dumps(body, ensure_ascii=False).encode(), 9)


def again(
    session: Session,
    run: ReturnRun,
    sources: Sources,
    progress: Progress | None = None,
    *,
    today: bool = False,
) -> AgainOther:
    """Count a kept return anew, as its data were known, by the rules of then.

    Args:
        session: the open store.
        run: which.
        sources: what it is defined by.
        progress: told how it comes along; may raise `Cancelled`.
        today: by what is known now.

    Raises:
        Refused: the person may not see cases and trail, or no rows are kept of it.
        Unreadable: what was kept of it cannot be read.
    """
    for area in (run.area, "children", "trail"):
        session.person.ask(area, Right.READ)
    with session.store.reading() as reading:
        body = _body(reading, run)
        if "rows" not in body:
            said = "it was written before its rows were kept"
            raise Refused(f"Return {run.id} cannot be counted again: {said}.", "id")
        asked = _Asked(session, reading, run, body, sources, progress, today=today)
        made, now, disposed = _COUNTED[run.what](asked)
    figures = _figures(run.what, now)
    changed = tuple(_changed(_figures(run.what, body), figures, body["rows"], now["rows"]))
    return AgainOther(run, changed, disposed, figures, made)


def compare(
    session: Session,
    before: ReturnRun,
    now: ReturnRun | None,
    sources: Sources,
    progress: Progress | None = None,
) -> ComparedOther:
    """Lay two kept returns of a kind beside each other, or one beside the same counted today.

    Raises as `again`, and `Refused` where they are of two kinds.
    """
    if now is None:
        return ComparedOther(
            before, None, again(session, before, sources, progress, today=True).other
        )
    if before.what != now.what:
        raise Refused("Only two returns of one kind can be compared.", "id")
    for area in (before.area, "children", "trail"):
        session.person.ask(area, Right.READ)
    with session.store.reading() as reading:
        first, second = _body(reading, before), _body(reading, now)
    figures = _figures(before.what, first), _figures(before.what, second)
    rows = first.get("rows", {}), second.get("rows", {})
    return ComparedOther(before, now, tuple(_changed(*figures, *rows)))


def _body(reading: Reading, run: ReturnRun) -> Body:
    try:
        found: Body = json.loads(zlib.decompress(body_of(reading, run.figures)))
    except (ValueError, zlib.error) as error:
        raise Unreadable(f"What was kept of return {run.id} cannot be read.") from error
    return found


def _changed(
    before: Mapping[str, str],
    now: Mapping[str, str],
    rows: Mapping[str, Any],
    rows_now: Mapping[str, Any],
) -> Iterator[Changed]:
    for name in dict.fromkeys((*before, *now)):
        was, came = before.get(name, _NOT_THERE), now.get(name, _NOT_THERE)
        if was != came:
            yield Changed(name, was, came)
    for key in dict.fromkeys((*rows, *rows_now)):
        kept, counted = rows.get(key), rows_now.get(key)
        if kept != counted:
            there = ["there" if one else _NOT_THERE for one in (kept, counted)]
            name = _HEADER_ROW if key == _HEADER else _ROWS
            yield Changed(name, there[0], "other" if kept and counted else there[1], key)


def _figures(what: str, body: Body) -> dict[str, str]:
    """The figures of a return by name, in words."""
    if what == "department":
        return {
            f"{sheet}, {heading}: {words}, {column}": str(value)
            for sheet, rows in body["sheets"].items()
            for heading, words, values in rows
            for column, value in values.items()
        }
    if what == "answers":
        return dict(_of_answer(body.get("answer", body)))
    counts = Counter[str]()
    for one in body["rows"].values():
        counts.update(one["counts"])
    children = len(body["rows"].keys() - {_HEADER})
    return {"Children": str(children), **{key: str(n) for key, n in counts.items()}}


def _of_answer(document: Body) -> Iterator[tuple[str, str]]:
    for part in document["parts"]:
        for one in part["measures"]:
            yield f"{part['period']}: {one['ref']}", _words(one["numerator"], one["denominator"])
        for key, table in part["tables"].items():
            for line in table["lines"]:
                words = _words(line["count"], line["of"])
                yield f"{part['period']}: {key}, {line['label']}", words


def _words(count: float | None, of: float | None) -> str:
    said = _HIDDEN if count is None else f"{count:,}"
    return said if of is None else f"{said} of {of:,}"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A kept return that is to be counted."""

    session: Session
    reading: Reading
    run: ReturnRun
    body: Body
    sources: Sources
    progress: Progress | None
    today: bool

    def then(self, kinds: tuple[Any, ...]) -> Then:
        """What stood when it was made, or stands now."""
        last = None if self.today else self.run.counted_until
        return as_was(self.session, self.reading, kinds, last=last, progress=self.progress)


Result = tuple[Written, Body, int]


# Answers.


def of_answer(
    made: Answer,
    editions: tuple[Any, ...],
    rules: RulePack,
    data: str,
    ids: Mapping[str, str],
    today: date,
) -> NewRun:
    """An answer that is about to be written, to be kept."""
    new = answering.as_run(made, editions, rules, data)
    body = {
        "answer": answering.as_json(made),
        "council": made.council,
        "today": today.isoformat(),
        "rows": {},
        "parts": [
            base64.b85encode(packed(renamed(part.team, ids), part.public)).decode()
            for part in made.parts
        ],
    }
    return replace(new, figures=packed_body(body))


def _answer(asked: _Asked) -> Result:
    body, document = asked.body, asked.body["answer"]
    question = answering.question_named(asked.sources.questions, document["question"])
    if "costs" in question.tables:
        asked.session.person.ask("costs", Right.READ)
    then = asked.then(tuple(dict.fromkeys((*kinds_read(), *kinds_of_tables(question.tables)))))
    definitions = asked.sources.definitions
    counting = answering.Counting(
        files_on=then.dated,
        told_on=lambda day: told(then.known, day, definitions.path),
        catalogue=definitions.measures,
        beside=then.beside,
        today=date.fromisoformat(body["today"]),
        council=body["council"],
        made_at=read_stamp(asked.run.made_at),
        version=f"{asked.run.program}, rules {asked.run.rule_pack}",
    )
    since, until = (date.fromisoformat(document[name]) for name in ("from", "to"))
    ids = {one.child.reference: one.child.id for one in then.files}
    names = {key: reference for reference, key in ids.items()}
    parts, gone = [], 0
    periods = periods_of(question, since, until, counting.today)
    for number, period in enumerate(periods):
        kept = unpacked(base64.b85decode(body["parts"][number]))
        there = frozenset[str]() if asked.today else answered(kept)
        team = answering.part_of(question, period, counting, asked.progress, there)
        found = counted_again(kept, renamed(team, ids), names)
        gone = max(gone, found.disposed)
        whole = replace(renamed(found.board, names), version=counting.version)
        public = _masked(whole, document["parts"][number])
        parts.append(AnswerPart(whole, public, question.by))
    made = Answer(question, since, until, tuple(parts), body["council"], published=True)
    return made, {**body, "answer": answering.as_json(made)}, gone


def _masked(whole: Any, part: Body) -> Any:  # noqa: ANN401  (a return of one part)
    """A part with hidden in it what was hidden when it went out."""
    cells: set[Cell] = set()
    left_out = set()
    shown = {one["ref"]: one for one in part["measures"]}
    for one in whole.measures:
        kept = shown.get(one.ref)
        if kept is not None and kept["hidden"]:
            if kept["numerator"] is None:
                cells.add((one.ref, NUMERATOR))
            if kept["denominator"] is None and one.denominator is not None:
                cells.add((one.ref, DENOMINATOR))
    for table in whole.tables:
        told_of = part["tables"].get(table.key)
        if told_of is None:
            continue
        lines = {line["key"]: line for line in told_of["lines"]}
        if table.lines and not lines:
            left_out.add(table.key)
        if told_of["total"] is None and table.total is not None:
            cells.add((table.key, TOTAL))
        for line in table.lines:
            of = lines.get(line.key)
            if of is not None and of["count"] is None:
                cells.add((table.key, line.key))
            if of is not None and of["of"] is None and line.of is not None:
                cells.add((table.key, line.key, OF))
    return shown_with(whole, frozenset(cells), left_out)


# Files of the Department's shape.


def behind_department(units: Mapping[str, tuple[Unit, ...]], ids: Mapping[str, str]) -> Body:
    """What is kept of the things behind the files: the ids of children and no names."""
    return {
        name: [
            [
                ids.get(one.key[0], ""),
                one.key[1],
                list(one.columns),
                [
                    *(one.who.age, one.who.sex, one.who.ethnicity, one.who.place),
                    *(one.who.began, one.who.ceased, one.who.held),
                ],
            ]
            for one in some
        ]
        for name, some in units.items()
    }


def _department(asked: _Asked) -> Result:
    body, run = asked.body, asked.run
    year, days = int(run.asked["year"]), run.days
    day = date.fromisoformat(body["survey_day"])
    then = asked.then(department.kinds_read())
    behind: list[Mapping[str, tuple[Unit, ...]]] = []
    whole = department.department(
        then.dated(days["as_at"]),
        asked.sources.layouts,
        year,
        day,
        days["as_at"],
        beside=then.beside,
        council=body["council"],
        suppress=False,
        behind=behind.append,
    )
    known = {one.child.id for one in then.files}
    kept = body["behind"]
    gone = {one[0] for some in kept.values() for one in some} - known - {""}
    units = {
        name: (
            *some,
            *(
                Unit((f"gone {key}", number), tuple(columns), Who(*who))
                for key, number, columns, who in kept.get(name, ())
                if key in gone
            ),
        )
        for name, some in behind[0].items()
    }
    whole = replace(recounted(whole, units), la_number=body["la_number"])
    if gone:
        # Of whom it could not be told is not known of those who are gone.
        whole = replace(whole, lacking=tuple(body["lacking"]))
    made = _hidden_as(whole, body["sheets"]) if run.public else whole
    fresh = {**body, "sheets": sheets_of(made)}
    return made, fresh, len(gone)


def sheets_of(made: DepartmentReturn) -> Body:
    """Every figure of the files, row by row."""
    return {
        sheet.layout.name: [[row.heading, row.words, dict(row.values)] for row in sheet.rows]
        for sheet in made.sheets
    }


def _hidden_as(made: DepartmentReturn, kept: Body) -> DepartmentReturn:
    """The files with hidden in them what was hidden when they went out."""
    sheets = []
    for sheet in made.sheets:
        values = {(heading, words): told for heading, words, told in kept[sheet.layout.name]}
        rows = tuple(
            replace(
                row,
                values={
                    column: HIDDEN
                    if values.get((row.heading, row.words), {}).get(column) == HIDDEN
                    else value
                    for column, value in row.values.items()
                },
            )
            for row in sheet.rows
        )
        sheets.append(replace(sheet, rows=rows))
    return replace(made, suppressed=True, sheets=tuple(sheets), lacking=())


# SEN2 and the inspection list.


def of_sen2(made: sen2_return.Made, rules: RulePack) -> NewRun:
    """A SEN2 return that is about to be written, to be kept."""
    when = made.made
    assert when is not None
    year = made.return_.layout.year
    body = {"at": when.at.isoformat(), "version": when.version, "rows": _sen2_rows(made)}
    parameters = {"year": year, "as_at": when.as_at.isoformat(), "edition": "team"}
    return NewRun("sen2", parameters, packed_body(body), rules, when.data)


def _sen2_rows(made: sen2_return.Made) -> Body:
    found = {
        one.case.id: {
            "counts": Counter(f"Rows of {row.module}" for row in one.row.every()),
            "is": _digest(_plain(one.row)),
        }
        for one in made.return_.persons
    }
    header = {"counts": {}, "is": _digest(_plain(made.return_.header))}
    return {_HEADER: header, **found} if made.return_.header.values else found


def _plain(row: Row) -> list[Any]:
    return [row.module, row.values, [_plain(one) for one in row.below]]


def _sen2(asked: _Asked) -> Result:
    run, body = asked.run, asked.body
    kinds = tuple(kind_named(name) for name in building.KINDS)
    then = asked.then(kinds)
    day = run.days["as_at"]
    at = datetime.fromisoformat(body["at"])
    when = sen2_return.When(at, day, body["version"], run.data)
    files = then.dated(day)
    return_, frame = sen2_return.put_together(
        then.known, files, int(run.asked["year"]), when, asked.progress
    )
    made = sen2_return.Made(return_, checks.found(return_, frame), frame.readings, made=when)
    known = {one.child.id for one in then.files}
    return made, *_with_gone(asked, known, _sen2_rows(made))


def of_inspection(made: inspection.InspectionList, rules: RulePack) -> NewRun:
    """An inspection list that is about to be written, to be kept."""
    parameters = {"as_at": made.as_at.isoformat(), "edition": "team"}
    body = {"told": sorted(made.told), "rows": _list_rows(made)}
    return NewRun("inspection", parameters, packed_body(body), rules, made.data)


def _list_rows(made: inspection.InspectionList) -> Body:
    hits: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in made.hits:
        hits[hit.case.id][_check(hit)] += 1
    return {
        one.case.id: {
            "counts": {
                **{
                    f"Answers to {name}": 1
                    for name, cell in zip(made.layout.columns, one.cells, strict=True)
                    if cell not in (None, "")
                },
                **hits.get(one.case.id, {}),
            },
            "is": _digest([str(cell) for cell in one.cells]),
        }
        for one in made.rows
    }


def _check(hit: Hit) -> str:
    return f"Found by check {hit.rule}"


def _inspection(asked: _Asked) -> Result:
    kinds = tuple(kind_named(name) for name in list_rows.KINDS)
    then = asked.then(kinds)
    day = asked.run.days["as_at"]
    settings: dict[str, Setting] = then.known.all_of(kind_of(Setting))
    told_of = frozenset(one.name for one in kinds if then.known.all_of(one))
    if not asked.today:
        # The only child with a record of a kind may be disposed of since.
        told_of |= frozenset(asked.body.get("told", ()))
    files = then.dated(day)
    found = list_rows.rows(files, day, inspection.layout(), settings, told=told_of)
    made = inspection.checked(found, asked.run.data, told_of, day)
    known = {one.child.id for one in then.files}
    return made, *_with_gone(asked, known, _list_rows(made))


def _with_gone(asked: _Asked, known: set[str], rows: Body) -> tuple[Body, int]:
    """The rows with those kept of who is disposed of since, and how many they are."""
    kept = asked.body["rows"]
    gone = kept.keys() - known - {_HEADER}
    return {**asked.body, "rows": {**rows, **{key: kept[key] for key in gone}}}, len(gone)


def _digest(rows: Any) -> str:  # noqa: ANN401  (JSON)
    """What tells whether rows are the same, and none of what stands in them."""
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.blake2b(text, digest_size=16).hexdigest()


_COUNTED: Mapping[str, Callable[[_Asked], Result]] = {
    "answers": _answer,
    "department": _department,
    "sen2": _sen2,
    "inspection": _inspection,
}
