"""Pictures of every screen, made from a store without anybody at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.undecided import Undecided
from caseworker_app.services.application import Application
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.dialogs.merge import MergeDialog, open_merge_dialog
from caseworker_app.ui.dialogs.split import SplitDialog, open_split_dialog
from caseworker_app.ui.main_window import SIZE, MainWindow
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.screens.answers import AnswersScreen
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.import_files import ImportDialog
from caseworker_app.ui.screens.reconcile import ReconcileScreen
from caseworker_app.ui.screens.specs import PLACES
from caseworker_app.ui.screens.today import TodayScreen
from caseworker_app.ui.starting import open_window, qt_application
from caseworker_app.ui.theme import tokens

_BREATH_MS = 40
_QUIET_BREATHS = 15
"""So many breaths without work under way, and everything is drawn, counts and icons included."""


_DIALOGS = (
    ("record.fact", "record"),
    ("case.new", "new-case"),
    ("import", "import"),
    ("tools.calculator", "calculator"),
    ("palette", "go-to"),
    ("history", "history"),
    ("tools.left", "left"),
)
_TRACKER = """Ref,Surname,First name,DOB,School,Case officer,Plan issued,AR meeting held,Colour
IM1,Larkspur,Ada,3/3/2014,Acorn House School,Otis Osei,14/11/2025,16/10/2026,green
IM2,Teasel,Bram,12 Sep 2015,The Willows,Sofia Miah,2.3.2026,tbc,amber
IM3,Yarrow,Cleo,,The Willows,Sofia Miah,1/9/2025,,red
"""
"""With a cell that cannot be read and a child without a date of birth."""

_DOUBTFUL = """Ref,Surname,First name,DOB,School,Plan issued,AR meeting held
IM1,Larkspur,Ada,2014-03-03,Acorn House School,2025-11-14,2026-05-11 23:00
IM2,Teasel,Bram,2015-09-12,The Willows,2026-03-02,2026-06-15 23:00
IM3,Yarrow,Cleo,2016-02-20,The Willows,2025-09-01,2026-02-02 00:00
"""
"""Meetings as a machine writes them that keeps midnight in London as a time in UTC."""


def make(
    application: Application,
    where: str,
    today: date | None,
    folder: Path,
    themes: Sequence[str] = tokens.NAMES,
) -> list[Path]:
    """Write a picture of every screen in every theme.

    Args:
        application: every use case.
        where: a store whose key is known without asking.
        today: stands in for the clock.
        folder: where the pictures go, `today-light.png` and so on; made if it is not there.
        themes: names of themes.

    Returns:
        The files written.

    Raises:
        Unavailable: the store cannot be opened.
    """
    folder.mkdir(parents=True, exist_ok=True)
    qt_application()
    written: list[Path] = []
    with TemporaryDirectory() as own:
        for theme in themes:
            written += _in_theme(application, where, today, folder, theme, Path(own))
    return written


def _in_theme(
    application: Application, where: str, today: date | None, folder: Path, theme: str, own: Path
) -> list[Path]:
    written: list[Path] = []

    def take(widget: QWidget, name: str) -> None:
        wait_until_still(window)
        path = folder / f"{name}-{theme}.png"
        widget.grab().save(str(path))
        written.append(path)

    window = open_window(application, None, today, Preferences(own))
    window.theme.choose(theme)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(SIZE)
    take(window, "first-start")
    window.keeper.open(where)
    wait_until_still(window)
    if not window.jobs.is_open:
        raise Unavailable(window.first.words.text() or "The passphrase was asked for.")
    for key in PLACES:
        screen = window.show_screen(key)
        if isinstance(screen, ReconcileScreen):
            screen.read_path(_extract(window, own))
        elif isinstance(screen, AnswersScreen):
            wait_until_still(window)
            screen.ask()
        take(window, key)
    _take_case(window, take)
    _take_dialogs(window, take)
    _take_two_cases(window, take)
    window.close()
    window.deleteLater()
    return written


def _extract(window: MainWindow, folder: Path) -> Path:
    """An extract of another system: some needs and settings are other ones there."""
    path = folder / "Extract.csv"

    def write(session: Session) -> None:
        lines = ["Case ref,Surname,Forename,DOB,Primary need,School"]
        for number, file in enumerate(session.caseload()):
            child, setting = file.child, file.setting.name if file.setting else ""
            need = "PMLD" if number % 40 == 0 else child.need
            school = "Acorn House School" if number % 55 == 0 else setting
            born = "" if child.born is None else f"{child.born:%d/%m/%Y}"
            said = (child.reference, child.surname, child.forename, born, need, school)
            lines.append(",".join(f'"{one}"' for one in said))
        path.write_text("\n".join(lines), encoding="utf-8")

    window.jobs.ask(write, lambda _: None)
    wait_until_still(window)
    return path


def _take_case(window: MainWindow, take: Callable[[QWidget, str], None]) -> None:
    today = window.show_screen("today")
    row = today.table.current_row() if isinstance(today, TodayScreen) else None
    if isinstance(row, AlertRow):
        window.open_case(row.child_id)
        take(window, "case")
        case = window.page()
        if isinstance(case, CaseScreen):
            case.tabs.setCurrentWidget(case.over_time)
            take(window, "case-over-time")
            case.tabs.setCurrentWidget(case.clock)
    _take_plan(window, take)


def _take_plan(window: MainWindow, take: Callable[[QWidget, str], None]) -> None:
    """The plan and what comes after school, of the oldest child whose outcomes are recorded."""
    found: list[str] = []

    def look(session: Session) -> list[str]:
        planned = {one.record.child_id for one in session.record_rows("outcome")}
        rows = [one for one in session.cases() if one.id in planned]
        return [one.id for one in sorted(rows, key=lambda one: (one.born or date.max, one.id))]

    window.jobs.ask(look, found.extend)
    wait_until_still(window)
    if not found:
        return
    window.open_case(found[0])
    wait_until_still(window)
    case = window.page()
    if isinstance(case, CaseScreen):
        for name, tab in (("plan", case.plan), ("growing-up", case.growing)):
            case.tabs.setCurrentWidget(tab)
            take(window, f"case-{name}")
        case.tabs.setCurrentWidget(case.clock)


def _take_dialogs(window: MainWindow, take: Callable[[QWidget, str], None]) -> None:
    for action_id, name in _DIALOGS:
        window.run_action(action_id)
        wait_until_still(window)
        dialog = _dialog()
        if isinstance(dialog, ImportDialog):
            with TemporaryDirectory() as own:
                take(dialog, f"{name}-files")
                dialog.read_paths([_tracker(Path(own), _DOUBTFUL)])
                take(dialog, f"{name}-doubts")
                dialog.read_paths([_tracker(Path(own), _TRACKER)])
                wait_until_still(window)
        if dialog is not None:
            take(dialog, name)
            dialog.close()
            wait_until_still(window)


def _take_two_cases(window: MainWindow, take: Callable[[QWidget, str], None]) -> None:
    """Merge and split, shown on two cases that may be one child, where the store has such."""
    found: list[Undecided] = []
    window.jobs.ask(lambda session: session.undecided(), found.extend)
    wait_until_still(window)
    alike = next((one for one in found if one.other_id), None)
    if alike is None:
        return
    open_merge_dialog(window, [alike.child_id, alike.other_id], window)
    window.jobs.ask(
        lambda session: session.case(alike.child_id),
        lambda case: open_split_dialog(window, case, window),
    )
    wait_until_still(window)
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, CommandDialog)]
    for dialog in dialogs:
        if isinstance(dialog, SplitDialog):
            dialog.events.item(0).setCheckState(Qt.CheckState.Checked)
            dialog.forename.setText("Another")
        take(dialog, "merge" if isinstance(dialog, MergeDialog) else "split")
        dialog.reject()
        wait_until_still(window)


def _dialog() -> QDialog | None:
    """The dialog that stands over the window now."""
    held = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
    return next((one for one in held if one.isVisible()), None)


def _tracker(folder: Path, text: str) -> Path:
    path = folder / "Annual reviews.csv"
    path.write_text(text, encoding="utf-8")
    return path


def wait_until_still(window: MainWindow, breaths: int = _QUIET_BREATHS) -> None:
    """Let the window's events run until nothing has been under way for so many breaths."""
    loop, quiet = QEventLoop(), 0

    def breathe() -> None:
        nonlocal quiet
        quiet = 0 if window.jobs.is_busy else quiet + 1
        if quiet >= breaths:
            loop.quit()

    timer = QTimer()
    timer.setInterval(_BREATH_MS)
    timer.timeout.connect(breathe)
    timer.start()
    loop.exec()
