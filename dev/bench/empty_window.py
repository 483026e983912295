"""What the start is held against: a PySide6 window with an empty table, and nothing else."""

import os
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class Painted(QObject):
    """Ends the process when what it watches was painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Say so once the first paint event has been dealt with."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self) -> None:
        """Report and leave."""
        print("drawn", flush=True)
        os._exit(0)


app = QApplication(sys.argv)
window = QMainWindow()
table = QTableView()
table.setModel(QStandardItemModel(0, 6))
window.setCentralWidget(table)
window.resize(1366, 768)
painted = Painted()
table.viewport().installEventFilter(painted)
window.show()
sys.exit(app.exec())
