"""A start that shows Today loads little: every library more is time before the first list."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from caseworker_app.services.session import Session
from tests.support.project import ROOT
from tests.support.sessions import reviewed
from tests.support.stores import PASSPHRASE

_START = """
import json, sys
from datetime import date
from caseworker_app import bootstrap
session = bootstrap.open_session(sys.argv[1], today=date(2026, 11, 22))
alerts = session.alerts(28)
print(json.dumps({"alerts": len(alerts), "loaded": sorted({n.split(".")[0] for n in sys.modules})}))
session.close()
"""
_HEAVY = {
    "sqlalchemy",
    "alembic",
    "openpyxl",
    "xlrd",
    "holidays",
    "PySide6",
    "psycopg",
    "rich",
    "click",
    "rapidfuzz",
    "numpy",
    "highspy",
    "docx",
}


def test_today_is_read_without_the_heavy_libraries(file_session: Session) -> None:
    reviewed(file_session)
    wanted = len(file_session.alerts(28))
    file_session.close()

    run = subprocess.run(
        [sys.executable, "-c", _START, file_session.where],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CASEWORKER_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        text=True,
        check=True,
    )

    told = json.loads(run.stdout)
    assert told["alerts"] == wanted > 0
    assert not _HEAVY & set(told["loaded"])
