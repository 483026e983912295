from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.domain.paper import together
from caseworker_app.services.cases.handing_over import cases_of, handovers
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.handover import HandoverDialog
from caseworker_app.ui.main_window import MainWindow
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still


def test_a_caseworkers_whole_list_is_written_a_page_a_case(
    go: Callable[[str], Any],
    ask: Callable[[Callable[[Session], Any]], Any],
    window: MainWindow,
    borough: Borough,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    screen = go("cases")
    assert screen.table.select_id(borough.ids["Okafor"])
    window.run_action("case.handover")
    qtbot.waitUntil(lambda: bool(shown(HandoverDialog)), timeout=PATIENCE_MS)
    box = dialog(HandoverDialog)
    assert [box.whose.itemText(at) for at in range(2)] == [
        "The case selected",
        "Every case of R. Haque",
    ]
    ids = ask(lambda session: cases_of(session, session.caseworkers()[0].id))
    assert set(ids) == set(borough.ids.values())
    pages = ask(lambda session: handovers(session, ids, "T."))
    assert [page.title for page in pages] == ["Okafor, Grace", "Patel, Rohan", "Silva, Leo"]
    target = tmp_path / "handover.pdf"
    box.write(together("Handover", pages), target)
    wait_until_still(window, qtbot)
    qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    assert target.read_bytes().count(b"/Type /Page\n") == 3
