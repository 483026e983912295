"""A return that is written, brought in and made again is the same, in both formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.imports.sen2.layout import layout as read
from caseworker_app.services.returns.sen2_layouts import layout, years
from tests.support.sen2_trips import WRITERS, differing


@pytest.mark.parametrize(("seed", "ending"), list(enumerate(WRITERS, 11)))
def test_a_drawn_return_comes_back_the_same(seed: int, ending: str, tmp_path: Path) -> None:
    assert differing(seed, ending, tmp_path) == []


def test_every_heading_of_the_template_is_known_to_the_import() -> None:
    for year in years():
        for module in layout(year).modules:
            assert read().module_of(module.title) == module.key
            for item in module.items:
                name = read().item(item.heading)
                assert name in (item.name.lower(), item.name.lower().removeprefix("plan")) or (
                    (name, item.name) == ("sex", "GenderCurrent")
                ), (year, item)
