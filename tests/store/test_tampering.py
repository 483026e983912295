"""Tampering by SQL, on a file and on both kinds of server: a drawn sample of `prove tampering`."""

from __future__ import annotations

from random import Random

import pytest

from caseworker_app.services.session import Session
from tests.support.postgres import Server
from tests.support.tampering import KINDS, PLACES, Stores, opened, tried

_EACH = 2
_EVERY = 30
"""So many kinds have to be declared, whatever is drawn of them."""


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, postgresql: Server) -> Stores:
    """A store with a history for each place, made when the first test asks for it."""
    return Stores(tmp_path_factory.mktemp("tampering"), lambda: postgresql)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_tampered_with_is_refused_or_named(stores: Stores, place: str) -> None:
    assert len(KINDS) >= _EVERY
    known = [kind for kind in KINDS if place in kind.places]
    for kind in Random().sample(known, _EACH):
        assert tried(stores, kind, place) == ""


@pytest.mark.parametrize("place", PLACES)
def test_what_nobody_tampered_with_is_sound(stores: Stores, place: str) -> None:
    where, second = stores.new(place)
    session: Session = opened(where, second)
    assert session.check() == ()
    session.close()
