from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from caseworker_app.domain.errors import (
    Cancelled,
    CaseworkerError,
    Refused,
    Stale,
    Unavailable,
    Unreadable,
)
from caseworker_app.domain.outcome import Failed
from caseworker_app.services import commands as do
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.runtime.early_opening import Opened
from caseworker_app.ui.runtime.hub import Hub
from caseworker_app.ui.runtime.jobs import Jobs
from tests.support.stores import Places, no_server, session_at


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs(Hub())
    yield made
    made.close()


class Owner(QObject):
    """Gets answers by a method of its own."""

    def __init__(self, got: list[object]) -> None:
        super().__init__()
        self._got = got

    def take(self, answer: object) -> None:
        self._got.append(answer)


def test_the_work_is_done_elsewhere_and_its_result_comes_back_here(
    jobs: Jobs, qtbot: QtBot
) -> None:
    ran, told = [], []

    def work() -> int:
        ran.append(threading.current_thread())
        return 7

    jobs.files(work, lambda answer: told.append((answer, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(7, threading.main_thread())]
    assert ran[0] is not threading.main_thread()


@pytest.mark.parametrize(
    ("error", "failed"),
    [
        (Refused("No.", "surname"), Failed("refused", "No.", "surname")),
        (Stale("Changed."), Failed("stale", "Changed.")),
        (Unavailable("Locked."), Failed("unavailable", "Locked.")),
        (Unreadable("Not a workbook."), Failed("refused", "Not a workbook.")),
        (Cancelled("Stopped."), Failed("refused", "Stopped.")),
    ],
)
def test_what_a_person_can_understand_comes_back_as_a_value(
    jobs: Jobs, qtbot: QtBot, error: CaseworkerError, failed: Failed
) -> None:
    def work() -> None:
        raise error

    told: list[Failed] = []
    jobs.files(work, lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [failed]


@pytest.mark.logs_expected
def test_a_bug_is_logged_without_what_it_said_and_gets_a_reference(
    jobs: Jobs, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> None:
        raise KeyError("Okafor, Grace")

    with qtbot.waitSignal(jobs.trouble) as told:
        jobs.files(work, lambda _: None)
    failed: Failed = told.args[0]
    assert failed.why == "bug"
    assert "Okafor" not in failed.sentence + caplog.text
    assert failed.reference in caplog.text
    assert "KeyError" in caplog.text
    ours = [record.levelno for record in caplog.records if record.name.startswith("caseworker")]
    assert ours == [logging.ERROR]


def test_an_answer_for_a_screen_that_has_gone_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    import shiboken6

    got: list[object] = []
    owner, gate = Owner(got), threading.Event()
    jobs.files(lambda: gate.wait(20), owner.take)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert got == []


def test_a_store_that_cannot_be_opened_says_why_and_none_is_open(jobs: Jobs, qtbot: QtBot) -> None:
    def call(progress: Progress) -> Session:
        progress(0, 1, "looking")
        raise Unavailable("There is no such server.")

    told: list[object] = []
    jobs.open("Opening", call, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], Unavailable)
    assert not jobs.is_open


def test_closing_stops_long_work_and_leaves_no_thread(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    jobs, begun = Jobs(Hub()), threading.Event()
    seen: list[str] = []

    def call(progress: Progress) -> Session:
        begun.set()
        try:
            while True:
                progress(0, 0, "working")
        except Cancelled as cancelled:
            seen.append(cancelled.sentence)
            raise

    jobs.open("Opening", call, seen.append)
    assert begun.wait(20)
    jobs.close()
    assert seen == ["Stopped. Nothing was changed."]
    assert set(threading.enumerate()) - before == set()


@pytest.fixture
def two(tmp_path: Path, empty_file: Path) -> tuple[str, str]:
    """Where two empty stores are."""
    stores = Places(tmp_path, empty_file, no_server, "file")
    return stores.new(), stores.new()


def test_what_was_asked_of_one_store_is_not_done_to_another_opened_meanwhile(
    jobs: Jobs, qtbot: QtBot, two: tuple[str, str]
) -> None:
    first, second = two
    told: list[object] = []
    jobs.open("Opening", lambda _: session_at(first), told.append)
    qtbot.waitUntil(lambda: len(told) == 1)

    jobs.open("Opening", lambda _: session_at(second), told.append)
    failed: list[object] = []
    jobs.trouble.connect(told.append)
    jobs.ask(lambda session: session.where, told.append)
    jobs.submit(do.SetCouncil("Northbridge"), None, failed.append)
    jobs.ask(lambda session: session.where, told.append, failed.append)
    qtbot.waitUntil(lambda: len(failed) == 2)
    assert {one.why for one in failed if isinstance(one, Failed)} == {"refused"}
    assert [type(one) for one in told] == [Opened, Opened]

    jobs.ask(lambda session: (session.where, session.council()), told.append)
    qtbot.waitUntil(lambda: told[2:] == [(second, "")])


def test_where_a_store_could_not_take_the_place_of_the_one_open_none_is(
    jobs: Jobs, qtbot: QtBot, two: tuple[str, str]
) -> None:
    def gone(told: Progress) -> Session:
        del told
        raise Unavailable("The backup is damaged.")

    told: list[object] = []
    jobs.open("Opening", lambda _: session_at(two[0]), told.append)
    jobs.open("Restoring the backup", gone, told.append, instead=True)
    qtbot.waitUntil(lambda: len(told) == 2)
    failed: list[Failed] = []
    jobs.submit(do.SetCouncil("Northbridge"), None, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].sentence == "The store is closed: open it again. Nothing was changed."
