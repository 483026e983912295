"""No network is touched: a day's work in a process that tells of every connection it makes.

Python tells its audit hooks of each address asked for and each connection. What is written in C may
not, so at the end the process must hold no socket of the internet either, and have not loaded
Qt's network.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.project import ROOT

_WORK = r"""
import socket, sys
from pathlib import Path

touched = []

def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.bind") and len(arguments) > 1:
        if isinstance(arguments[1], tuple):
            touched.append((event, arguments[1]))
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        touched.append((event, arguments))

sys.addaudithook(hook)
folder = Path(sys.argv[1])
store = folder / "own.store"

from caseworker_app import bootstrap

def command(*arguments):
    code = bootstrap.main([str(one) for one in arguments])
    assert code == 0, (arguments, code)

command("demo", store, "--children", "12", "--today", "2026-11-22")
command("export", "setting", "--store", store, "--out", folder / "settings.csv")
command("return", "board", "--store", store, "--from", "2026-09-01", "--to", "2026-11-22",
        "--today", "2026-11-22", "--out", folder / "board.xlsx")
(folder / "more.csv").write_text(
    "Surname,Forename,DOB\nAdams,Ada,01/02/2015\n", encoding="utf-8")
command("import", folder / "more.csv", "--store", store, "--today", "2026-11-22")
command("check", "--store", store, "--today", "2026-11-22")
command("backup", "--store", store, "--to", folder / "own.backup", "--today", "2026-11-22")

from datetime import date
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.starting import open_window, qt_application

qt = qt_application()
window = open_window(bootstrap.application(), str(store), date(2026, 11, 22),
                     Preferences(folder / "options"))
left = ["today", "cases", "returns"]

def step():
    if window.jobs.is_busy or not window.jobs.is_open:
        return
    if left:
        window.show_screen(left.pop())
    else:
        window.close()
        qt.quit()

timer = QTimer()
timer.timeout.connect(step)
timer.start(20)
qt.exec()

assert touched == [], touched
assert "PySide6.QtNetwork" not in sys.modules
linux = sys.platform == "linux"
held = {one.resolve().name for one in Path("/proc/self/fd").iterdir()} if linux else set()
for table in ("tcp", "tcp6", "udp", "udp6") if held else ():
    for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
        assert f"socket:[{line.split()[9]}]" not in held, line
print("no network")
"""


def test_a_days_work_touches_no_network(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "share"),
        "CASEWORKER_PASSPHRASE": "four quiet words here",
        "CASEWORKER_STORE": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", _WORK, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.rstrip().endswith("no network")
