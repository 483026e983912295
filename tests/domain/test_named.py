"""Whom a text names: names and references however they are written, and no child too few."""

from __future__ import annotations

import pytest

from caseworker_app.domain.named import named_in

PEOPLE = (
    ("1", ("Okafor", "Grace", "TH-0012")),
    ("2", ("O\u2019Neill-\u00c9vans", "Zo\u00eb", "NB7")),
    ("3", ("Li", "Bo", "2026")),
    ("4", ("de Souza", "Ana Mar\u00eda", "12")),
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("import of tracker.xlsx: 5 cases", ()),
        ("import of Grace_Okafor.xlsx: 5 cases", ("1",)),
        ("import of OKAFOR (review).csv: 5 cases", ("1",)),
        ("import of th0012.xlsx: 5 cases", ("1",)),
        ("import of TH 0012.xlsx: 5 cases", ("1",)),
        ("undone: import of oneill evans.xlsx", ("2",)),
        ("Zoe's review.xlsx", ("2",)),
        ("review of zoe", ("2",)),
        ("NB7 merged into TH-0012", ("1", "2")),
        ("souza.xlsx", ("4",)),
        ("ana maria.ods", ("4",)),
        ("12 cases given to Bo", ()),
    ],
)
def test_whom_a_text_names(text: str, named: tuple[str, ...]) -> None:
    assert named_in(text, PEOPLE) == named
