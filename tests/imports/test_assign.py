"""Columns and fields are paired so that all of them together fit best."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.imports.tracker import assign
from caseworker_app.imports.tracker.catalogue import catalogue


@given(
    st.integers(1, 4).flatmap(
        lambda rows: st.lists(
            st.lists(st.integers(0, 30), min_size=rows + 1, max_size=rows + 1),
            min_size=rows,
            max_size=rows,
        )
    )
)
def test_no_other_pairing_gains_more(gains: list[list[int]]) -> None:
    names = list(catalogue().fields)[: len(gains[0])]
    likenesses = [
        {name: 0.6 + gain / 100 for name, gain in zip(names, row, strict=True)} for row in gains
    ]
    best = max(
        sum(likenesses[at][names[column]] for at, column in enumerate(chosen))
        for chosen in permutations(range(len(names)), len(gains))
    )
    assert abs(assign.worth(likenesses, catalogue()) - best) < 1e-9


def test_a_field_goes_to_one_column_and_comments_to_all() -> None:
    known = catalogue()
    headings = ["UPN", "UPN", "Notes", "Comments", "Postcode", "Zzz"]
    columns = [assign.Candidate(known.likeness(text), None) for text in headings]
    fields = assign.assign(columns, known)
    assert sorted(str(field) for field in fields[:2]) == ["None", "upn"]
    assert fields[2:4] == ["comment", "comment"]
    assert fields[4:] == ["", None]


def test_no_columns_have_no_fields() -> None:
    assert assign.assign([], catalogue()) == []
