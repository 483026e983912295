"""A store that is moved, replaced or deleted while it is open: nothing is said to be saved."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services.commands import AddChild
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, incoming, incoming_case


def _deleted(path: Path) -> None:
    path.unlink()


def _moved(path: Path) -> None:
    path.rename(path.with_name("moved.store"))


def _renamed_over(path: Path) -> None:
    other = path.with_name("other.store")
    shutil.copy(path, other)
    other.replace(path)


def _made_anew(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)


def _folder_moved(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def _log_deleted(path: Path) -> None:
    path.with_name(path.name + "-wal").unlink()


HARM = [_deleted, _moved, _renamed_over, _made_anew, _folder_moved, _log_deleted]
CHILD = AddChild({"surname": "Patel", "forename": "Asha", "born": date(2015, 1, 1)})


@pytest.fixture
def moveable(file_session: Session, tmp_path: Path) -> Session:
    """A session on a store in a folder of its own, which a test may move."""
    from tests.support.stores import session_at

    file_session.close()
    folder = tmp_path / "own"
    folder.mkdir()
    for one in tmp_path.glob("1.store*"):
        one.rename(folder / one.name)
    return session_at(str(folder / "1.store"))


@pytest.mark.parametrize("harm", HARM)
def test_nothing_is_called_saved(moveable: Session, harm: Callable[[Path], None]) -> None:
    add_child(moveable)
    harm(Path(moveable.where))

    outcome = moveable.submit(CHILD)

    assert isinstance(outcome, Failed)
    assert outcome.why == "unavailable"
    assert "so nothing was saved" in outcome.sentence
    for call in (
        lambda: moveable.apply_import(incoming(incoming_case())),
        lambda: moveable.set_council("Somewhere"),
        lambda: moveable.backup(Path(moveable.where).parent.parent / "b"),
    ):
        with pytest.raises(Unavailable):
            call()
    moveable.close()


@pytest.mark.parametrize("harm", HARM)
def test_harm_between_the_change_and_its_commit_is_seen(
    moveable: Session, harm: Callable[[Path], None]
) -> None:
    store = moveable.store

    def change() -> None:
        with store.writing() as unit:
            unit.set_meta({"council": "Somewhere"})
            harm(Path(moveable.where))

    with pytest.raises(Unavailable, match="so nothing was saved"):
        change()
    moveable.close()


def test_what_was_put_back_can_be_saved_to_again(moveable: Session) -> None:
    path = Path(moveable.where)
    aside = path.with_name("aside")
    path.rename(aside)
    assert isinstance(moveable.submit(CHILD), Failed)
    aside.rename(path)

    assert isinstance(moveable.submit(CHILD), Done)
    assert moveable.check() == ()
    moveable.close()


def test_a_store_that_is_left_alone_is_the_same_file_throughout(moveable: Session) -> None:
    from tests.support.stores import session_at

    for number in range(5):
        other = session_at(moveable.where)
        add_child(other, f"Child {number}")
        other.close()
        add_child(moveable, f"Other {number}")
    moveable.close()
