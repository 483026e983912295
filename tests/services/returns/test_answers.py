"""The standard questions: each is answered from the data, page and JSON alike, and protected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from caseworker_app import bootstrap, paths
from caseworker_app.domain.answers import CALENDAR, PERIOD, SCHOOL, Answer, Question, periods_of
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import Line, Result
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.measures.hiding import protect
from caseworker_app.domain.permissions import Person
from caseworker_app.reports.answer_catalogue import load_questions
from caseworker_app.reports.catalogue import load_catalogue
from caseworker_app.services.returns.answering import as_json
from caseworker_app.services.returns.runs import published_before, runs
from caseworker_app.services.session import Session
from tests.support.attacker import attacked
from tests.support.stores import PASSPHRASE, TODAY

SINCE, UNTIL = date(2025, 1, 1), date(2026, 12, 31)
CATALOGUE = paths.resources() / "catalogue"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A demo borough that these tests only read, but for what they publish."""
    where = str(tmp_path_factory.mktemp("answers") / "town.store")
    bootstrap.demo(where, children=32, seed=3, today=TODAY, passphrase=PASSPHRASE)
    session = bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY)
    yield session
    session.close()


@pytest.fixture(scope="module")
def questions(town: Session) -> tuple[Question, ...]:
    return bootstrap.questions(town)


@pytest.fixture(scope="module")
def every(town: Session, questions: tuple[Question, ...]) -> tuple[Answer, ...]:
    """The answer to each question, as a draft."""
    return tuple(bootstrap.answer(town, one.key, SINCE, UNTIL) for one in questions)


def test_every_question_is_answered(every: tuple[Answer, ...]) -> None:
    assert len({one.question.key for one in every}) == len(every) > 20
    silent = []
    for made in every:
        question = made.question
        assert [one.ref for one in made.parts[-1].team.measures] == list(question.measures)
        told = {table.key for part in made.parts for table in part.team.tables}
        wanted = {key for part in made.parts for key in question.tables_of(part.team.period)}
        # Of these nothing may be recorded, and then there is no table.
        assert wanted - told <= {"budgets", "pathway", "outside_area"}, question.key
        if not any(_number(one.team) is not None for one in made.figures):
            silent.append(question.key)
        document = json.dumps(as_json(made))
        assert "TH-" not in document
        assert "NB" not in document
    assert silent == []


def _number(figure: Result | Line) -> float | None:
    if isinstance(figure, Line):
        return figure.count
    return figure.value if figure.numerator is None else figure.numerator


def test_a_year_of_an_answer_is_the_board_return_of_that_year(town: Session) -> None:
    made = bootstrap.answer(town, "twenty-weeks", SINCE, UNTIL)
    assert [part.words for part in made.parts] == ["2025", "2026, so far"]
    for part in made.parts:
        period = part.team.period
        board = bootstrap.board(town, period.start, period.end, edition=Audience.TEAM)
        same = {one.ref: (one.numerator, one.denominator, one.cases) for one in board.measures}
        for one in part.team.measures:
            assert (one.numerator, one.denominator, one.cases) == same[one.ref]
        tables = {table.key: table for table in board.tables}
        for table in part.team.tables:
            assert table == tables[table.key]


def test_small_numbers_are_hidden_and_no_case_goes_out(every: tuple[Answer, ...]) -> None:
    hidden = 0
    for made in every:
        for one in made.figures:
            assert not one.public.things
            assert not one.public.cases
            if isinstance(one.team, Line) and one.team.count in (1, 2, 3, 4):
                assert isinstance(one.public, Line)
                assert one.public.count is None
                assert one.public.value is None
                hidden += 1
    assert hidden > 20


def test_the_page_says_what_the_json_says(town: Session, tmp_path: Path) -> None:
    target = tmp_path / "answer.xlsx"
    made = bootstrap.answer(town, "plans-begun-and-ceased", SINCE, UNTIL, target=target)
    book = load_workbook(target)
    assert (
        book.sheetnames
        == [
            "Plans begun in the period",
            "Plans ended in the period by r",
            "Method",
        ]
        or book.sheetnames[-1] == "Method"
    )
    document = as_json(made)
    assert document["published"] is True
    for sheet, key in zip(book.worksheets, ("plans_begun", "plans_ended"), strict=False):
        rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
        for at, part in enumerate(document["parts"]):
            table = part["tables"][key]
            for line in table["lines"]:
                said = rows[line["label"]][at]
                assert said == ("hidden" if line["count"] is None else line["count"])
            assert rows["Total"][at] == ("hidden" if table["total"] is None else table["total"])
    words = " ".join(
        str(cell) for row in book["Method"].iter_rows(values_only=True) for cell in row if cell
    )
    for sentence in (made.question.method, *made.question.caveats):
        assert sentence in words


def test_what_is_written_is_remembered_and_a_draft_is_not(town: Session, tmp_path: Path) -> None:
    def kept() -> int:
        with town.store.reading() as reading:
            return len(published_before(reading))

    before = kept()
    bootstrap.answer(town, "appeals", SINCE, UNTIL)
    assert kept() == before
    first = bootstrap.answer(town, "appeals", SINCE, UNTIL, target=tmp_path / "a.docx")
    assert kept() == before + 2
    run = runs(town)[0]
    assert (run.what, run.public) == ("answers", True)
    assert run.words == "answer to appeals, 1 Jan 2025 to 31 Dec 2026"
    again = bootstrap.answer(town, "appeals", SINCE, UNTIL, target=tmp_path / "b.docx")
    assert kept() == before + 2
    assert _shown(first) == _shown(again)
    assert town.check() == ()


def _shown(made: Answer) -> list[object]:
    return [part.public.measures + part.public.tables for part in made.parts]


def test_who_may_see_and_send_answers(town: Session, tmp_path: Path) -> None:
    def of(role: str) -> Session:
        person = Person("P.", frozenset({role}))
        return Session(town.store, town.offered, town.clock, person)

    for role in ("caseworker", "quality"):
        with pytest.raises(Refused):
            bootstrap.questions(of(role))
        with pytest.raises(Refused):
            bootstrap.answer(of(role), "appeals", SINCE, UNTIL)
    target = tmp_path / "page.xlsx"
    for role in ("senior", "reader"):
        assert bootstrap.answer(of(role), "under-fives", SINCE, UNTIL).parts
        with pytest.raises(Refused):
            bootstrap.answer(of(role), "under-fives", SINCE, UNTIL, target=target)
    assert not target.exists()
    assert bootstrap.answer(of("data"), "under-fives", SINCE, UNTIL, target=target).published


def test_what_cannot_be_asked(town: Session) -> None:
    for key, since, until in (
        ("nothing", SINCE, UNTIL),
        ("appeals", UNTIL, SINCE),
        ("appeals", date(2027, 1, 1), date(2027, 12, 31)),
        ("appeals", date(1990, 1, 1), UNTIL),
    ):
        with pytest.raises(Refused):
            bootstrap.answer(town, key, since, until)


def test_the_days_are_cut_into_years(questions: tuple[Question, ...]) -> None:
    question = questions[0]
    since, until = date(2023, 11, 5), date(2026, 12, 31)

    def cut(by: str) -> list[tuple[str, str]]:
        asked = replace(question, by=by)
        found = periods_of(asked, since, until, TODAY)
        return [(one.start.isoformat(), one.end.isoformat()) for one in found]

    assert cut(PERIOD) == [("2023-11-05", "2026-12-31")]
    assert cut(CALENDAR) == [
        ("2023-11-05", "2023-12-31"),
        ("2024-01-01", "2024-12-31"),
        ("2025-01-01", "2025-12-31"),
        ("2026-01-01", "2026-12-31"),
    ]
    assert cut(SCHOOL)[0] == ("2023-11-05", "2024-08-31")
    assert cut(SCHOOL)[-1] == ("2026-09-01", "2026-12-31")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "appeals"', 'key = "costs"', "twice"),
        ('"B8", "B9", "B10"', '"B8", "B99"', "B99"),
        ('by = "school year"', 'by = "week"', "by is none"),
        ("method =", "methods =", "just"),
        ("[[answer]]", "[[question]]", "no [[answer]]"),
        ("[[answer]]", "[[answer", "cannot be read"),
    ],
)
def test_a_broken_file_of_questions_is_one_sentence(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = (CATALOGUE / "answers.toml").read_text("utf-8")
    broken = tmp_path / "answers.toml"
    broken.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(Unreadable, match=said.replace("[", r"\[")):
        load_questions(broken, load_catalogue(CATALOGUE / "measures.toml"))


def test_answers_after_a_board_return_give_nothing_away(
    town: Session, every: tuple[Answer, ...]
) -> None:
    """The attacker has the board return of a term, and then answers over the same days."""
    asked = ("plans-now", "twenty-weeks", "requests", "appeals", "plans-begun-and-ceased")
    board = bootstrap.board(town, date(2026, 9, 1), TODAY, edition=Audience.TEAM)
    by_key = {one.question.key: one for one in every}
    whole = [board, *(part.team for key in asked for part in by_key[key].parts)]
    kept: list[Edition] = []
    seen = []
    for one in whole:
        public, edition = protect(one, kept)
        seen.append(public)
        kept.append(edition_of(edition.packed()))

    narrow = [found for found in attacked(seen, whole) if found.narrow]

    assert narrow == [] or any(one.narrowed for one in seen)
    assert sum(one.narrowed for one in seen) <= len(narrow)
