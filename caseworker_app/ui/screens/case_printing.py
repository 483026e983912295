"""Printing of a tab of a case: the list as it is shown, with whose it is on every first page."""

from __future__ import annotations

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.paper import Paper
from caseworker_app.domain.wrong_child import Part
from caseworker_app.ui.leaving import Leaving
from caseworker_app.ui.list_printing import foot, table_part
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame, Screen
from caseworker_app.ui.widgets.table import RowsTable


def tab_paper(case: CaseFile, table: RowsTable, beside: str, made: str) -> Paper:
    """A list of a case as a document.

    Args:
        case: whose it is.
        table: the list.
        beside: what it is filtered by, in words.
        made: who made it and when.
    """
    child = case.child
    born = f"born {long_date(child.born)}" if child.born else "date of birth not recorded"
    about = " \u00b7 ".join(filter(None, (child.name, born, child.reference, beside)))
    return Paper(table.accessibleName(), about, (table_part(table),), made)


def print_tab(
    frame: Frame, screen: Screen, case: CaseFile, table: RowsTable, beside: str = ""
) -> None:
    """Print a list of a case, past the guard against the wrong child."""
    from caseworker_app.ui.printing import print_paper

    def show(who: str) -> None:
        paper = tab_paper(case, table, beside, foot(frame, who))
        text = paper.words()
        what = f"{paper.title} of the case"
        leaving = Leaving(what, screen.area, (case.child.id,), text, "printed", (Part(text),))
        print_paper(frame, paper, leaving, screen)

    frame.jobs.ask(lambda session: session.who, show, owner=screen)
