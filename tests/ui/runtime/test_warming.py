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
def ours():
    return [name for name in sys.modules if name.startswith("caseworker_app.")]

page = "caseworker_app.ui.screens.case"
began = {name for name in sys.modules if name.startswith(page)}
warming = Warming(app)
most, of_all = 0, len(ours())
while warming._timer.isActive():
    app.processEvents()
    most, of_all = max(most, len(ours()) - of_all), len(ours())
loaded = [name for name in sys.modules if name.startswith(page)]
others = ("screens.returns", "screens.rules", "dialogs.record_fact", "dialogs.school_pack")
there = all(f"caseworker_app.ui.{name}" in sys.modules for name in others)
print(len(began), page in loaded, f"{page}_clock" in loaded, there, most)
"""


def test_pages_and_dialogs_are_there_before_they_are_asked_for() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CODE], capture_output=True, text=True, check=True, timeout=120
    )
    *said, most = done.stdout.split()
    assert said == ["0", "True", "True", "True"]
    # A module and the packages it stands in: a screen with all it needs would be some fifty.
    assert int(most) <= 30
