from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.paper import Paper, PaperTable, Part, together
from caseworker_app.ui import printing
from caseworker_app.ui.print_preview import PreviewDialog
from caseworker_app.ui.printing import write_pdf


def paper(rows: int, title: str = "Cases") -> Paper:
    lines = tuple((f"Child {at}", "<late> & open") for at in range(rows))
    return Paper(title, "All cases", (Part("", table=PaperTable(("Child", "State"), lines)),), "A.")


def test_a_pdf_has_a_page_for_what_does_not_fit_and_each_document_begins_anew(
    qapp: QApplication, tmp_path: Path
) -> None:
    target = tmp_path / "list.pdf"
    write_pdf(together("Both", [paper(3), paper(70, "Reviews")]), target)
    written = target.read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page\n") == 4
    assert [one.name for one in tmp_path.iterdir()] == ["list.pdf"]


def test_what_would_be_a_hundred_pages_is_refused(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST_ROWS", 10)
    with pytest.raises(Refused, match="11 rows would be more than a hundred pages"):
        write_pdf(paper(11), tmp_path / "list.pdf")
    assert not list(tmp_path.iterdir())


def test_any_list_is_printed_as_it_is_shown(
    go: Callable[[str], Any], window: Any, qtbot: QtBot
) -> None:
    screen = go("cases")
    qtbot.waitUntil(lambda: screen.model.total == 3)
    screen.search.setText("okafor")
    qtbot.waitUntil(lambda: screen.model.shown == 1)
    window.run_action("print")

    def previews() -> list[PreviewDialog]:
        tops = QApplication.topLevelWidgets()
        return [one for one in tops if isinstance(one, PreviewDialog) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(previews()))
    (preview,) = previews()
    assert preview.accessibleName() == "Print Cases"
    preview.close()
