"""The case list of 50,000: a keystroke in the filter, a click on a heading; until it is painted."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence

from figures import Figure

from caseworker_app.domain.rows import CaseRow

FRAME = 0.016

WORDS = ("oko", "nb2012", "primary", "smith j", "z8200", "quayside", "ahm", "lewan")


def measure(rows: Sequence[CaseRow]) -> list[Figure]:
    """A keystroke and a sort, each against one frame of a 60 Hz screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from caseworker_app.ui.models.case_columns import CASE_COLUMNS, folded, identity, search_text
    from caseworker_app.ui.models.rows_model import ASCENDING, DESCENDING, RowsModel
    from caseworker_app.ui.starting import qt_application
    from caseworker_app.ui.theme.themes import Themes
    from caseworker_app.ui.widgets.table import RowsTable

    app = qt_application()
    model: RowsModel[CaseRow] = RowsModel(CASE_COLUMNS, identity, search_text)
    view = RowsTable(model, Themes(app), "Cases")
    view.resize(1366, 768)
    view.show()
    model.set_rows(rows, folded(tuple(rows)))
    model.sort(1, ASCENDING)
    app.processEvents()

    def until_painted(work: Callable[[], object]) -> float:
        # Seconds of the window's thread, which does all of it: others on the machine add none.
        started = time.thread_time()
        work()
        app.processEvents()
        return time.thread_time() - started

    keystrokes = [
        until_painted(lambda text=text: model.set_filter(text))
        for word in WORDS
        for text in typed_and_deleted(word)
    ]
    for column in range(len(CASE_COLUMNS)):
        model.sort(column, ASCENDING)
    sorts = [
        until_painted(lambda column=column, order=order: model.sort(column, order))
        for _ in range(3)
        for column in range(len(CASE_COLUMNS))
        for order in (DESCENDING, ASCENDING)
    ]
    view.close()
    return [
        figure(f"case list of {len(rows):,}, a keystroke in the filter", keystrokes),
        figure(f"case list of {len(rows):,}, a sort", sorts),
    ]


def typed_and_deleted(word: str) -> list[str]:
    """What the field holds after each keystroke of typing a word and taking it back."""
    lengths = [*range(1, len(word) + 1), *range(len(word) - 1, -1, -1)]
    return [word[:length] for length in lengths]


def figure(what: str, taken: Sequence[float]) -> Figure:
    """The median of many against one frame."""
    median = statistics.median(taken)
    return Figure(what, median, "one frame (16 ms)", median / FRAME, 1)
