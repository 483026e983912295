"""Every screen, tab and dialog at three sizes in three themes: names, words, room, colours, keys.

What there is follows from the screens declared, the catalogue of actions and the classes of
dialogs. What was not come to is told as a fault.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from _sweep_stores import LONG_NAMED, PASSPHRASE, TODAY, Stores
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QTabWidget,
    QTreeWidgetItemIterator,
    QWidget,
)

from caseworker_app.domain.permissions import ROLES
from caseworker_app.domain.records import DeadlineChange
from caseworker_app.domain.rows import CaseRow
from caseworker_app.domain.signing_in import SignIn
from caseworker_app.domain.wrong_child import Finding
from caseworker_app.services.people import PersonRow
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.pictures import wait_until_still
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.returns import ReturnsScreen
from caseworker_app.ui.screens.specs import screens
from caseworker_app.ui.starting import qt_application
from caseworker_app.ui.theme import tokens
from caseworker_app.ui.widgets.table import table_of
from tests.support import sweeping
from tests.support.sweeping_walk import DIALOGS, REFUSAL, Walk, choose_rows, close, every_dialog

COUNT = 9
"""How many pairs of size and theme are looked at."""

_SEVERAL = 3
_BREATHS = 4
_RECOVERY = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345"

Found = Iterator[str]


def prove(count: int = COUNT, seed: int = 7) -> Iterator[str]:
    """Look at everything in so many pairs; a line for each thing wrong, then the figures.

    Every size comes in the first theme before the others, which look at the colours alone.
    """
    os.environ["CASEWORKER_PASSPHRASE"] = PASSPHRASE
    qt_application()
    pairs = [(size, theme) for theme in tokens.NAMES for size in sweeping.SIZES]
    looked = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        stores = Stores(Path(folder), seed)
        for size, theme in pairs[:count]:
            told = set[str]()
            for one in _pair(stores, size, theme, looked):
                if one not in told:
                    told.add(one)
                    yield f"WRONG {size}, {theme}: {one}"
            yield f"{looked[size]} looks so far at {size}, the last in {theme}"
    many = ", ".join(f"{looks} at {name}" for name, looks in looked.items())
    yield f"looks at screens, tabs and dialogs in {len(tokens.NAMES)} themes: {many}"


def _pair(stores: Stores, size: str, theme: str, looked: Counter[str]) -> Found:
    """Everything at one size in one theme; how often something was looked at is counted."""
    room, whole = sweeping.SIZES[size], theme == tokens.NAMES[0]
    # Names, words and keys are the same in every theme.
    faults = sweeping.faults if whole else _colours
    with stores.window(stores.demo, theme) as window:
        still = partial(wait_until_still, window, _BREATHS)
        with Walk(window, room, still, faults, stores.files) as walk:
            yield from _walk(walk, keys=whole)
            yield from _special(walk, stores)
            window.bar.say(f"Recorded for {LONG_NAMED['surname']}. {REFUSAL}", "1", stay=True)
            yield from (f"with a message, {one}" for one in _walk(walk, dialogs=False))
            looked[size] += len(walk.looked)
    with stores.window(stores.empty, theme) as window:
        still = partial(wait_until_still, window, _BREATHS)
        with Walk(window, room, still, faults, stores.files) as nothing:
            yield from (f"empty store, {one}" for one in _walk(nothing, keys=whole))
            looked[size] += len(nothing.looked)
    yield from _missed(walk, nothing)


def _walk(walk: Walk, *, keys: bool = False, dialogs: bool = True) -> Found:
    """Go to every screen, to the case of a child, and to each dialog where it is offered first."""
    wanted = DIALOGS if dialogs else ()
    for one in screens():
        if one.place:
            yield from walk.screen(one.key, keys=keys, wanted=wanted)
        else:
            for child in _children(walk.window):
                yield from walk.case(child, keys=keys, wanted=wanted)


def _children(window: MainWindow) -> list[str]:
    """A child with dates, and the one with the long name."""
    cases: list[CaseRow] = []
    window.jobs.ask(lambda session: session.cases(), cases.extend)
    wait_until_still(window)
    busy = next((row.id for row in cases if row.next_due is not None), "")
    named = next((row.id for row in cases if row.surname == LONG_NAMED["surname"]), "")
    return [one for one in (busy, named) if one]


def _special(walk: Walk, stores: Stores) -> Found:
    """What opens with several rows chosen, after a file was read, or when something happens."""
    window = walk.window
    for key, action in (("cases", "note.new"), ("cases", "case.set"), ("reviews", "cells.set")):
        page = window.show_screen(key)
        walk.still()
        choose_rows(page, _SEVERAL)
        yield from walk.dialogs([action])
    yield from _of_a_row(walk)
    for name, make in _makers(window, stores):
        before = set(QApplication.topLevelWidgets())
        make()
        walk.still()
        for one in set(QApplication.topLevelWidgets()) - before:
            if isinstance(one, QDialog) and one.isVisible():
                yield from walk.dialog(one, name)
                close(one)


def _of_a_row(walk: Walk) -> Found:
    """What is offered on some rows alone: those of a list are gone through until it is."""
    window = walk.window
    walk.forget()
    for key, action in (("assessments", "transfer.reply"), ("rules", "rules.target")):
        page = window.show_screen(key)
        walk.still()
        if (tabs := page.findChild(QTabWidget)) is not None:
            tabs.setCurrentIndex(0)
        table = table_of(page)
        assert table is not None
        for line in range(table.rows_model.rowCount()):
            table.setCurrentIndex(table.rows_model.index(line, 0))
            if action in window.offered():
                yield from walk.dialogs([action])
                break
    window.open_case(_children(window)[0])
    walk.still()
    page = window.page()
    assert isinstance(page, CaseScreen)
    for action in ("plan.tie", "plan.end", "plan.copy"):
        page.show_plan()
        page.plan.parts.setCurrentIndex(0)
        walk.still()
        lines = QTreeWidgetItemIterator(page.plan.tree)
        while (line := lines.value()) is not None:
            page.plan.tree.setCurrentItem(line)
            if action in window.offered():
                yield from walk.dialogs([action])
                break
            lines += 1
    if page.plan.costs is not None:
        page.plan.parts.setCurrentWidget(page.plan.costs)
    walk.still()
    yield from walk.dialogs(["plan.resources"])
    returns = window.show_screen("returns")
    walk.still()
    assert isinstance(returns, ReturnsScreen)
    returns.tabs.setCurrentWidget(returns.runs)
    walk.still()
    yield from walk.dialogs(["returns.write_kept"])


def _makers(window: MainWindow, stores: Stores) -> Iterator[tuple[str, Callable[[], object]]]:
    """The name of each dialog that no action opens at once, with what opens it."""
    from caseworker_app.ui.dialogs.audit_actions import ActionDialog
    from caseworker_app.ui.dialogs.crash import ReportDialog
    from caseworker_app.ui.dialogs.new_rules import NewRulesDialog
    from caseworker_app.ui.dialogs.protect import PasswordDialog
    from caseworker_app.ui.dialogs.remove_many import RemoveManyDialog
    from caseworker_app.ui.dialogs.restricted import ReasonDialog
    from caseworker_app.ui.dialogs.stopped import StoppedDialog
    from caseworker_app.ui.screens.import_files import open_import
    from caseworker_app.ui.stores import people
    from caseworker_app.ui.stores.dialogs import PassphraseDialog
    from caseworker_app.ui.widgets.progress import ProgressDialog

    name = f"{LONG_NAMED['surname']}, {LONG_NAMED['forename']}"
    child = _children(window)[0]

    def progress() -> None:
        shown = ProgressDialog("Counting every date", lambda: None, window)
        shown.show()
        shown.told.emit(40, 100, f"Reading {name}, 40 of 100")

    changes = [
        DeadlineChange("1", "SP-1", name, "R12", "Decision after the review", TODAY, None),
        DeadlineChange("1", "SP-1", name, "R13", "Final plan", None, TODAY),
    ]
    findings = [Finding(("1",), "name", name, "line 3", name)]
    yield "progress", progress
    yield "new rules", lambda: NewRulesDialog(window, changes, window).open()
    yield (
        "stopped",
        lambda: StoppedDialog(
            window, "Clock copied", [(child, findings)], lambda: None, window
        ).open(),
    )
    yield "passphrase", lambda: PassphraseDialog(stores.demo, window).open()
    yield (
        "remove many",
        lambda: RemoveManyDialog(
            window, [(name, "Meeting: 3 Mar 2026")] * _SEVERAL, [], window
        ).open(),
    )
    them = PersonRow(SignIn("1", name, name, frozenset(ROLES)), "signs in")
    yield "action of an audit", lambda: ActionDialog(window.today, print, window).open()
    yield "password", lambda: PasswordDialog(f"Answers of {name}.xlsx", window).open()
    yield "report", lambda: ReportDialog(REFUSAL, f"{REFUSAL}\n" * _SEVERAL, window).open()
    yield "reason", lambda: ReasonDialog(window, child, f"The case of {name}.", window).open()
    yield "somebody new", lambda: people.PersonDialog(window).open()
    yield "roles", lambda: people.RolesDialog(them, window).open()
    yield "new passphrase", lambda: people.GiveDialog(them, window).open()
    yield "ended", lambda: people.EndDialog(them, window).open()
    yield "recovery", lambda: people.RecoveryDialog(_RECOVERY, window).open()
    yield "import, read", lambda: open_import(window).read_paths([stores.tracker])


def _missed(*walks: Walk) -> Found:
    """The dialogs and actions that nothing came to."""
    opened = {one for walk in walks for one in walk.opened}
    yield from (f"not come to: action {one}" for one in DIALOGS if one not in opened)
    seen = {f"{one.__module__}.{one.__qualname__}" for walk in walks for one in walk.classes}
    there = {f"{one.__module__}.{one.__qualname__}" for one in every_dialog()}
    yield from (f"not come to: {one}" for one in sorted(there - seen))


def _colours(root: QWidget, room: QSize) -> list[str]:
    del room
    return sweeping.pale(root)
