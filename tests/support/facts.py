"""Any well-formed facts, for tests that must hold for all of them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from caseworker_app.domain.facts import KINDS, Detail, ExtraKey, Fact

NEAR = st.dates(date(2012, 1, 1), date(2032, 12, 31))
ANY_DAY = st.one_of(NEAR, NEAR, NEAR, st.dates())


def _value(key: ExtraKey) -> st.SearchStrategy[Detail]:
    if key.type == "date":
        return ANY_DAY
    if key.type == "choice":
        return st.sampled_from(sorted(key.choices))
    return st.sampled_from(["", "A", "B"])


@st.composite
def any_fact(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(KINDS)) -> Fact:
    """A fact of any kind on any day, with some of its keys, tied or not."""
    kind = draw(st.sampled_from(kinds))
    detail = {
        key.name: draw(_value(key))
        for key in KINDS[kind].keys
        if draw(st.booleans()) or key.required
    }
    label = draw(st.sampled_from([None, None, None, "r1", "r2"]))
    return Fact(kind, draw(ANY_DAY), detail, label)


any_facts = st.lists(any_fact(), max_size=14)
