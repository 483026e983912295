"""A document before it is drawn."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.paper import Paper, PaperTable, Part


def test_whoever_looks_for_a_name_in_a_document_sees_all_of_it() -> None:
    table = PaperTable(("Child", "By", "Rows"), (("Okafor, Ada", date(2026, 11, 3), 1200), (None,)))
    paper = Paper("Cases", "All", (Part("Reviews", ("A line.",), table), Part("Rest")))
    assert paper.words() == ("Cases\nAll\nReviews\nA line.\nOkafor, Ada\t3 Nov 2026\t1,200\n\nRest")
    assert paper.size == 2
