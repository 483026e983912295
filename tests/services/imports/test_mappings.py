"""Mappings kept by name, and what a person says in the window put into one."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.services.imports.mappings import with_answers
from caseworker_app.services.session import Session

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1)
WORDS = st.sampled_from(["", "need", "born", "as shown"])


def test_one_of_a_name_takes_the_place_of_the_one_before(session: Session) -> None:
    assert session.mappings() == {}
    assert session.keep_mapping(" Big  system ", '"A" = "need"\n') == "Big system"
    session.keep_mapping("another", '"B" = ""\n')
    assert session.keep_mapping("BIG SYSTEM", '"C" = ""\n') == "Big system"
    assert session.mappings() == {"another": '"B" = ""\n', "Big system": '"C" = ""\n'}
    assert session.history(1)[0].what == "Mapping Big system kept"
    session.keep_mapping("another", "")
    assert list(session.mappings()) == ["Big system"]
    assert session.check() == ()
    for name, text in ((" ", ""), ("x" * 61, ""), ("a\0", ""), ("a", "#" * 70_000)):
        with pytest.raises(Refused):
            session.keep_mapping(name, text)


@given(
    kept=st.dictionaries(TEXT, WORDS, max_size=4),
    by_sheet=st.dictionaries(
        TEXT | st.sampled_from(["A", "B"]),
        st.dictionaries(TEXT, WORDS, min_size=1, max_size=3),
        max_size=2,
    ),
    by_hand=st.dictionaries(TEXT | st.sampled_from(["A", "dates", "*"]), WORDS, max_size=3),
    days=st.dictionaries(st.tuples(TEXT, TEXT), WORDS, max_size=3),
)
def test_what_is_said_stands_and_what_was_kept_stays(
    kept: dict[str, str],
    by_sheet: dict[str, dict[str, str]],
    by_hand: dict[str, str],
    days: dict[tuple[str, str], str],
) -> None:
    kept = {key: field for key, field in kept.items() if key not in ("dates", "*")}
    by_sheet = {key: own for key, own in by_sheet.items() if key not in {*kept, "dates", "*"}}
    text = with_answers("", kept, {})
    for sheet, own in by_sheet.items():
        text += f"[{_quoted(sheet)}]\n" + with_answers("", own, {})

    held = tomllib.loads(with_answers(text, by_hand, days))

    everywhere = {**held, **held.get("*", {})}
    assert {key: everywhere[key] for key in by_hand} == by_hand
    assert {key: held[key] for key in kept if key not in by_hand} == {
        key: field for key, field in kept.items() if key not in by_hand
    }
    for sheet, own in by_sheet.items():
        left = {key: field for key, field in own.items() if key not in by_hand}
        assert held.get(sheet, {}) == left or not left
    for (sheet, heading), word in days.items():
        assert held["dates"][sheet][heading] == word


def test_what_is_no_mapping_is_one_sentence() -> None:
    with pytest.raises(Unreadable):
        with_answers("no mapping", {}, {})


def _quoted(text: str) -> str:
    return with_answers("", {text: ""}, {}).removesuffix(' = ""\n')
