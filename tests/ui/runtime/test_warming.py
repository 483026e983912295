"""The case page's modules are loaded one by one, the page itself last."""

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
print(len(began), page in loaded, f"{page}_clock" in loaded)
"""


def test_the_case_page_is_there_before_it_is_asked_for() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CODE], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["0", "True", "True"]
