"""Where files are: what travels with the application, and the person's own private folders.

`resources/` and `db/` stand at the top of the source tree, under `caseworker_app/_bundled` in a
wheel, and in the unpacked bundle of a frozen build. Nothing else looks for them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_APPLICATION = "Caseworker"


def bundle() -> Path:
    """The folder that holds `resources/` and `db/`.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen), Path(frozen) / "caseworker_app" / "_bundled"] if frozen else []
    for place in (*places, package / "_bundled", package.parent):
        if (place / "resources").is_dir() and (place / "db").is_dir():
            return place
    raise FileNotFoundError("resources and db are missing from this installation of Caseworker")


def resources() -> Path:
    """Rules, themes, icons, templates and catalogues."""
    return bundle() / "resources"


def migrations() -> Path:
    """The folder of the database's migrations: `env.py` and `versions/`."""
    return bundle() / "db" / "migrations"


def keep_private() -> None:
    """Make every file and folder from here on readable by this person alone."""
    os.umask(0o077)


def data_folder() -> Path:
    """The person's own data folder, made private if it is not there."""
    import platformdirs

    return _private(Path(platformdirs.user_data_dir(_APPLICATION, appauthor=False)))


def log_folder() -> Path:
    """The folder of log files, made private if it is not there."""
    import platformdirs

    return _private(Path(platformdirs.user_log_dir(_APPLICATION, appauthor=False)))


def scratch_folder() -> Path:
    """The folder of temporary files; it need not be there. `CASEWORKER_TEMP` names another."""
    named = os.environ.get("CASEWORKER_TEMP")
    if named:
        return Path(named).absolute()
    import platformdirs

    return Path(platformdirs.user_cache_dir(_APPLICATION, appauthor=False)) / "work"


def own_rules() -> Path:
    """The folder of the council's own readings and targets; it need not be there.

    `CASEWORKER_RULES` names one that a team shares.
    """
    import platformdirs

    shared = os.environ.get("CASEWORKER_RULES")
    own = Path(platformdirs.user_data_dir(_APPLICATION, appauthor=False)) / "rules"
    return Path(shared) if shared else own


def default_store() -> Path:
    """The store that opens when none is named."""
    return data_folder() / "caseworker.store"


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(0o700)
    return folder
