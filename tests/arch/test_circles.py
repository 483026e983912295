"""No two files know each other, by however many others between them."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import grimp
import pytest


def test_no_files_know_each_other_in_a_circle() -> None:
    """Imports inside a function, and those for types alone, count too."""
    graph = grimp.build_graph("caseworker_app", cache_dir=None)
    known = {one: graph.find_modules_directly_imported_by(one) - {one} for one in graph.modules}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))
    assert "caseworker_app.ui.window" in known["caseworker_app.ui.main_window"]
