from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.sieve import Sieve

keyed = st.dictionaries(st.integers(1, 10**6).map(str), st.lists(st.text(max_size=6), max_size=5))


@given(keyed, keyed, st.lists(st.text(max_size=6), max_size=8))
def test_it_never_misses_anybody(
    first: dict[str, list[str]], later: dict[str, list[str]], asked: list[str]
) -> None:
    sieve = Sieve(first.items())
    for one, keys in later.items():
        sieve.add(one, keys)
    both = [*first.items(), *later.items()]
    looked = [*asked, *(keys[0] for _, keys in both[:3] if keys)]
    assert sieve.meant(looked) == {one for one, keys in both if set(keys) & set(looked)}
