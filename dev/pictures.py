"""Make the pictures in docs/pictures from a demo store that is made for it and thrown away."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

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
        folder = Path(arguments[0]) if arguments else FOLDER
        for path in pictures.make(given, where, TODAY, folder):
            print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
