"""What a start has loaded when Today is painted for the first time: this much, and no more.

Every module costs a start about a thousandth of a second. One that Today needs to be drawn joins
the list here; one that it does not is imported where it is used, or waits for `when_painted`.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from caseworker_app import paths
from tests.support import borough
from tests.support.project import ROOT

OURS = """
bootstrap cli crash_report files locks logs paths process rule_pack scratch
cli: main output window
domain: alert_row day_words deadlines disposal_notes errors folding lateness levels names outcome
domain: parties
domain: measures measures.audience permissions primitives restricted roles searching signing_in
domain: target_ids text today whose yeargroup
services: application bugs clock forgetting gate ports progress restricting rules rules.in_force
services: session signing_in
store: cipher days envelopes holding how key_files keys late_loading making moved opening places
store: replacing schema signing_in sql_store today tries unlocking unsafe_folders
ui: actions application delegates fitting main_window main_window_actions main_window_layout
ui: main_window_view models runtime screens starting stores taking_back theme undoing widgets window
ui.actions: binder buttons catalogue
ui.delegates: chip laid_out row
ui.models: alert_columns column grouped_model ordering rows_model widths
ui.runtime: collecting dialog_keys early_opening ending guarding hub jobs last_store painting
ui.runtime: preferences problems whose
ui.screens: base registry specs today today_done
ui.stores: keeper
ui.theme: palette qss themes tokens
ui.widgets: announcing cards column_menu column_widths doubt empty field_text form grouped_table
ui.widgets: late_tabs progress rows_view search side_bar table theirs tool_row whose_button
"""
"""Ours, by package."""

HEAVY = (
    *("sqlalchemy", "alembic", "click", "rich", "openpyxl", "holidays", "dateutil", "rapidfuzz"),
    *("http", "ssl", "more_itertools.more", "asyncio", "psycopg", "tomlkit", "tomllib"),
    *("numpy", "highspy", "docx", "socket", "backports.tarfile.compat"),
)
"""Of others, what a start has no time for."""

_START = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView
from caseworker_app import bootstrap
from caseworker_app.ui.runtime import painting

# What waits for the paint would else be on its way before this tells.
painting.when_painted = lambda widget, then: None

from caseworker_app.ui import starting

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.parent().model().rowCount():
            QTimer.singleShot(0, tell)
        return False

def tell():
    print(*sorted(sys.modules), flush=True)
    os._exit(0)

made, painted = starting.open_window, Painted()

def watched(*arguments):
    window = made(*arguments)
    tables = window.findChildren(QAbstractItemView)
    (today,) = [one for one in tables if one.accessibleName() == "Today"]
    today.viewport().installEventFilter(painted)
    return window

starting.open_window = watched
bootstrap.main(["open", sys.argv[1], "--today", sys.argv[2]])
"""

_UNTIL_TOLD = """
import os, sys
from PySide6.QtCore import QTimer
from caseworker_app import bootstrap
from caseworker_app.ui import starting

made, timer = starting.open_window, QTimer()

def watched(*arguments):
    window = made(*arguments)
    timer.timeout.connect(lambda: look(window))
    timer.start(20)
    return window

def look(window):
    if "last time" in window.bar.words.text():
        print(window.bar.words.text(), flush=True)
        window.close()

starting.open_window = watched
bootstrap.main(["open", sys.argv[1], "--today", sys.argv[2]])
"""


def test_nothing_more_is_loaded_than_today_needs(tmp_path: Path) -> None:
    loaded = _loaded(tmp_path)
    assert {one for one in loaded if one.startswith("caseworker_app.")} <= _ours()
    assert [one for one in HEAVY if one in loaded] == []


def test_what_an_ended_window_left_is_looked_at_after_the_paint_and_told_once(
    tmp_path: Path,
) -> None:
    left = paths.log_folder() / "window-00000000.running"
    left.write_text("2026-11-22 09:00:00 +0000\n", encoding="utf-8")
    assert {one for one in _loaded(tmp_path) if one.startswith("caseworker_app.")} <= _ours()
    assert left.exists()
    assert "ended from outside" in _told(_UNTIL_TOLD, tmp_path / "borough.store")
    assert not left.exists()


def test_what_may_be_loaded_is_there() -> None:
    assert [one for one in sorted(_ours()) if importlib.util.find_spec(one) is None] == []


def _loaded(folder: Path) -> set[str]:
    place = borough.found(folder / "borough.store")
    return set(_told(_START, place.where).split())


def _told(script: str, where: str | Path) -> str:
    """What a window tells that a script watches, until it ends."""
    told = subprocess.run(
        [sys.executable, "-c", script, str(where), borough.TODAY.isoformat()],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "CASEWORKER_PASSPHRASE": borough.PASSPHRASE,
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return told.stdout


def _ours() -> set[str]:
    named: set[str] = set()
    for line in OURS.strip().splitlines():
        package, colon, modules = line.rpartition(":")
        above = f"caseworker_app.{package}" if colon else "caseworker_app"
        named |= {above, *(f"{above}.{one}" for one in modules.split())}
    return named
