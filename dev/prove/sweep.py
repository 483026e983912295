"""Every screen, tab and dialog at three sizes in three themes: names, words, room, colours, keys.

What there is follows from the screens declared, the catalogue of actions and the classes of
dialogs. What was not come to is told as a fault.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from caseworker_app.bootstrap import application
from caseworker_app.domain.records import DeadlineChange
from caseworker_app.domain.rows import CaseRow
from caseworker_app.domain.wrong_child import Finding
from caseworker_app.services import commands as do
from caseworker_app.services.application import Application
from caseworker_app.services.session import Session
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.pictures import wait_until_still
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.screens.specs import screens
from caseworker_app.ui.starting import open_window, qt_application
from caseworker_app.ui.theme import tokens
from caseworker_app.ui.widgets.table import table_of
from tests.support import sweeping
from tests.support.sweeping_walk import DIALOGS, REFUSAL, Walk, choose_rows, close, every_dialog

COUNT = 9
"""How many pairs of size and theme are looked at."""

_TODAY = date(2026, 11, 22)
_PASSPHRASE = "invented children"  # noqa: S105  (no secret)
_CHILDREN = 150
_LONG_NAMED = {
    "surname": "Featherstonehaugh-Wolstenholme",
    "forename": "Maximiliana Rosalind Evangeline",
    "born": date(2014, 3, 3),
    "reference": "L1",
}
"""61 letters, with the space."""

_REGISTER = """URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,\
TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name),StatutoryLowAge,\
StatutoryHighAge,Postcode
100001,211,Tower Hamlets,4242,Mile End Gate,Community school,Open,Secondary,11,18,E1 4AA
,211,Tower Hamlets,4243,Nowhere,Community school,Open,Secondary,11,18,
"""
_PEOPLE = "Name,Team\nRosalind Featherstonehaugh,Autism\n,None\n"
_LAST_YEAR = """persontableid,NativeId,surname,forename,personbirthdate
1,1,Larkspur,Ada,2014-Mar-03 00:00:00
"""
_EXTRACT = """Case ref,Surname,Forename,DOB,Primary need,UPN,Plan issued
L1,Featherstonehaugh-Wolstenholme,Maximiliana Rosalind Evangeline,3/3/2014,PMLD,,31/02/2026
EX1,Larkspur,Ada,4/5/2016,ASD,,2.3.2025
EX2,Teasel,Bram,,ASD,,
"""
_FILES = {
    "reconcile.choose": ("extract.csv", _EXTRACT),
    "entry.import": ("professionals.csv", _PEOPLE),
    "setting.schools": ("edubasealldata.csv", _REGISTER),
    "setting.closures": ("closures.csv", "Setting,From,Reopens\nNowhere,1/12/2026,5/12/2026\n"),
    "sen2.compare": ("Blade-Export_15-01-2026_person.csv", _LAST_YEAR),
    "store.restore": ("older.backup", "not opened before the passphrase is typed"),
}
_TRACKER = """Ref,Surname,First name,DOB,School,Case officer,Plan issued,AR meeting held,Colour
IM1,Larkspur,Ada,3/3/2014,Acorn House School,Otis Osei,14/11/2025,16/10/2026,green
IM2,Teasel,Bram,12 Sep 2015,The Willows,Sofia Miah,2.3.2026,tbc,amber
IM3,Yarrow,Cleo,,The Willows,Sofia Miah,1/9/2025,2026-02-02 23:00,red
"""
_SEVERAL = 3
_BREATHS = 4

Found = list[str]


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Look at everything in so many pairs; the figures, and a line for each thing wrong."""
    os.environ["CASEWORKER_PASSPHRASE"] = _PASSPHRASE
    qt_application()
    pairs = [(size, theme) for size in sweeping.SIZES for theme in tokens.NAMES]
    lines, looked = list[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        stores = _Stores(Path(folder), seed)
        for size, theme in pairs[:count]:
            found, seen = _pair(stores, size, theme)
            looked[size] += seen
            lines += [f"WRONG {size}, {theme}: {one}" for one in dict.fromkeys(found)]
    told = ", ".join(f"{many} at {name}" for name, many in looked.items())
    return [f"looks at screens, tabs and dialogs in {len(tokens.NAMES)} themes: {told}", *lines]


class _Stores:
    """The demo, with a child of a long name, and an empty store, in a folder."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.application = folder, application()
        self.demo, self.empty = str(folder / "sweep.store"), str(folder / "empty.store")
        self.application.demo(
            self.demo, children=_CHILDREN, seed=seed, today=_TODAY, passphrase=_PASSPHRASE
        )
        _open(self.application, self.empty, create=True).close()
        session = _open(self.application, self.demo)
        session.submit(do.AddChild(_LONG_NAMED))
        self._leave_to_a_person(session)
        session.close()
        self.files = {key: folder / name for key, (name, _) in _FILES.items()}
        for key, (_, text) in _FILES.items():
            self.files[key].write_text(text, encoding="utf-8")
        self.tracker = folder / "Annual reviews.csv"
        self.tracker.write_text(_TRACKER, encoding="utf-8")

    def _leave_to_a_person(self, session: Session) -> None:
        """Bring in another name for a child, so that something is left to decide."""
        child = next(file.child for file in session.caseload() if file.facts and file.child.born)
        tracker = self.folder / "Spring tracker.csv"
        tracker.write_text(
            "Ref,Surname,First name,DOB,Plan issued\n"
            f"{child.reference},Marchbank,{child.forename},{child.born:%d/%m/%Y},14/11/2019\n",
            encoding="utf-8",
        )
        session.apply_import(self.application.read_files([tracker], today=_TODAY))

    @contextmanager
    def window(self, where: str, theme: str) -> Iterator[MainWindow]:
        """A window on a store, in a theme."""
        window = open_window(self.application, where, _TODAY, Preferences(self.folder / "options"))
        wait_until_still(window)
        window.theme.choose(theme)
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()


def _open(application: Application, where: str, *, create: bool = False) -> Session:
    return application.open_session(where, passphrase=_PASSPHRASE, today=_TODAY, create=create)


def _pair(stores: _Stores, size: str, theme: str) -> tuple[Found, int]:
    """Everything at one size in one theme; how often something was looked at besides."""
    room, whole = sweeping.SIZES[size], theme == tokens.NAMES[0]
    # Names, words and keys are the same in every theme.
    faults = sweeping.faults if whole else _colours
    with stores.window(stores.demo, theme) as window:
        still = partial(wait_until_still, window, _BREATHS)
        with Walk(window, room, still, faults, stores.files) as walk:
            found = _walk(walk, keys=whole)
            found += _special(walk, stores)
            looked = len(walk.looked)
            window.bar.say(f"Recorded for {_LONG_NAMED['surname']}. {REFUSAL}", "1", stay=True)
            found += [f"with a message, {one}" for one in _walk(walk, dialogs=False)]
            looked = len(walk.looked)
    with stores.window(stores.empty, theme) as window:
        still = partial(wait_until_still, window, _BREATHS)
        with Walk(window, room, still, faults, stores.files) as nothing:
            found += [f"empty store, {one}" for one in _walk(nothing, keys=whole)]
            looked += len(nothing.looked)
    return found + _missed(walk, nothing), looked


def _walk(walk: Walk, *, keys: bool = False, dialogs: bool = True) -> Found:
    """Go to every screen, to the case of a child, and to each dialog where it is offered first."""
    found, wanted = list[str](), DIALOGS if dialogs else ()
    for one in screens():
        if one.place:
            found += walk.screen(one.key, keys=keys, wanted=wanted)
        else:
            found += [
                fault
                for child in _children(walk.window)
                for fault in walk.case(child, keys=keys, wanted=wanted)
            ]
    return found


def _children(window: MainWindow) -> list[str]:
    """A child with dates, and the one with the long name."""
    cases: list[CaseRow] = []
    window.jobs.ask(lambda session: session.cases(), cases.extend)
    wait_until_still(window)
    busy = next((row.id for row in cases if row.next_due is not None), "")
    named = next((row.id for row in cases if row.surname == _LONG_NAMED["surname"]), "")
    return [one for one in (busy, named) if one]


def _special(walk: Walk, stores: _Stores) -> Found:
    """What opens with several rows chosen, after a file was read, or when something happens."""
    window, found = walk.window, list[str]()
    for key, action in (("cases", "note.new"), ("cases", "case.set"), ("reviews", "cells.set")):
        page = window.show_screen(key)
        walk.still()
        choose_rows(page, _SEVERAL)
        found += walk.dialogs([action])
    rules = window.show_screen("rules")
    walk.still()
    rules.findChild(QTabWidget).setCurrentIndex(0)
    table = table_of(rules)
    assert table is not None
    for line in range(table.rows_model.rowCount()):
        table.setCurrentIndex(table.rows_model.index(line, 0))
        if "rules.target" in window.offered():
            found += walk.dialogs(["rules.target"])
            break
    for name, make in _makers(window, stores):
        before = set(QApplication.topLevelWidgets())
        make()
        walk.still()
        for one in set(QApplication.topLevelWidgets()) - before:
            if isinstance(one, QDialog) and one.isVisible():
                found += walk.dialog(one, name)
                close(one)
    return found


def _makers(window: MainWindow, stores: _Stores) -> Iterator[tuple[str, Callable[[], object]]]:
    """The name of each dialog that no action opens at once, with what opens it."""
    from caseworker_app.ui.dialogs.new_rules import NewRulesDialog
    from caseworker_app.ui.dialogs.remove_many import RemoveManyDialog
    from caseworker_app.ui.dialogs.stopped import StoppedDialog
    from caseworker_app.ui.screens.import_files import open_import
    from caseworker_app.ui.stores.dialogs import PassphraseDialog
    from caseworker_app.ui.widgets.progress import ProgressDialog

    name = f"{_LONG_NAMED['surname']}, {_LONG_NAMED['forename']}"
    child = _children(window)[0]

    def progress() -> None:
        shown = ProgressDialog("Counting every date", lambda: None, window)
        shown.show()
        shown.told.emit(40, 100, f"Reading {name}, 40 of 100")

    changes = [
        DeadlineChange("1", "SP-1", name, "R12", "Decision after the review", _TODAY, None),
        DeadlineChange("1", "SP-1", name, "R13", "Final plan", None, _TODAY),
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
    yield "import, read", lambda: open_import(window).read_paths([stores.tracker])


def _missed(*walks: Walk) -> Found:
    """The dialogs and actions that nothing came to."""
    opened = {one for walk in walks for one in walk.opened}
    found = [f"not come to: action {one}" for one in DIALOGS if one not in opened]
    seen = {f"{one.__module__}.{one.__qualname__}" for walk in walks for one in walk.classes}
    there = {f"{one.__module__}.{one.__qualname__}" for one in every_dialog()}
    return found + [f"not come to: {one}" for one in sorted(there - seen)]


def _colours(root: QWidget, room: QSize) -> list[str]:
    del room
    return sweeping.pale(root)
