"""The real program, told to say so and leave once Today has been painted.

Nothing is loaded sooner than the program itself would: the watch is set when it makes its
QApplication.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

STARTING = "caseworker_app.ui.starting"


class WhenStarting(MetaPathFinder):
    """Waits for the module that makes the window, and puts the watch into it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Let the module load as ever, then set the watch."""
        del path, target
        if fullname != STARTING:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        assert spec is not None
        loader: Any = spec.loader
        load = loader.exec_module

        def loaded(module: ModuleType) -> None:
            load(module)
            watch(module)

        loader.exec_module = loaded
        return spec


def watch(starting: Any) -> None:  # noqa: ANN401
    """End the process when Today was painted with rows in it."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QAbstractItemView, QWidget

    paint = QEvent.Type.Paint
    make = starting.qt_application

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == paint and isinstance(watched, QWidget):
                table = watched.parent()
                if (
                    isinstance(table, QAbstractItemView)
                    and table.accessibleName() == "Today"
                    and table.model().rowCount() > 0
                ):
                    QTimer.singleShot(0, tell)
            return False

    painted = Painted()
    starting.bench_watch = painted

    def watched_application() -> object:
        application = make()
        application.installEventFilter(painted)
        starting.qt_application = make
        return application

    starting.qt_application = watched_application


def tell() -> None:
    """Report and leave."""
    print("drawn", flush=True)
    os._exit(0)


if __name__ == "__main__":
    sys.meta_path.insert(0, WhenStarting())
    from caseworker_app.bootstrap import main

    sys.exit(main(sys.argv[1:]))
