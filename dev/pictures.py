"""Make the pictures in docs/pictures from a demo store that is made for it and thrown away."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseworker_app.services.application import Application

TODAY = date(2026, 11, 22)
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def main(arguments: list[str]) -> int:
    """Write them to the folder named, or to docs/pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["CASEWORKER_PASSPHRASE"] = "invented children"  # noqa: S105  (no secret)
    from caseworker_app.bootstrap import application
    from caseworker_app.ui import pictures

    given = application()
    with tempfile.TemporaryDirectory() as own:
        os.environ["HOME"] = own
        where = str(Path(own) / "demo.store")
        given.demo(where, today=TODAY, passphrase=os.environ["CASEWORKER_PASSPHRASE"])
        _left_to_a_person(given, where, Path(own))
        folder = Path(arguments[0]) if arguments else FOLDER
        for path in pictures.make(given, where, TODAY, folder):
            print(path.name)
    return 0


def _left_to_a_person(application: Application, where: str, folder: Path) -> None:
    """Bring in what leaves something to a person: another name, another birthday, a namesake."""
    session = application.open_session(where, passphrase=None, today=TODAY)
    try:
        files = [file for file in session.caseload() if len(file.facts) > 3 and file.child.born]
        first, second, third = (file.child for file in files[:3])
        tracker = folder / "Spring tracker.csv"
        tracker.write_text(
            "Ref,Surname,First name,DOB,Plan issued\n"
            f"{first.reference},Marchbank,{first.forename},{first.born:%d/%m/%Y},14/11/2019\n"
            f"{second.reference},{second.surname},{second.forename},01/02/2013,15/11/2019\n"
            f"SP-301,{third.surname},{third.forename},{third.born:%d/%m/%Y},16/11/2019\n",
            encoding="utf-8",
        )
        session.apply_import(application.read_files([tracker], today=TODAY))
    finally:
        session.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
