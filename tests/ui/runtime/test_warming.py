"""The modules of pages and dialogs are loaded one by one before they are asked for."""

from __future__ import annotations

import subprocess
import sys

_CODE = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from caseworker_app.ui.runtime.warming import Warming

app = QApplication([])
page = "caseworker_app.ui.screens.case"
began = {name for name in sys.modules if name.startswith(page)}
warming = Warming(app)
while warming._timer.isActive():
    app.processEvents()
loaded = [name for name in sys.modules if name.startswith(page)]
others = ("screens.returns", "screens.rules", "dialogs.record_fact", "dialogs.school_pack")
there = all(f"caseworker_app.ui.{name}" in sys.modules for name in others)
print(len(began), page in loaded, f"{page}_clock" in loaded, there)
"""


def test_pages_and_dialogs_are_there_before_they_are_asked_for() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CODE], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["0", "True", "True", "True"]
