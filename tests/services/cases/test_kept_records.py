"""The records that figures are counted from come with the caseload, of today and of an evening."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from caseworker_app.domain.declarations.promised import HandValue
from caseworker_app.domain.declarations.thread import Aspiration
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.commands import AddRecord, RemoveRecord
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done
from tests.support.stores import TODAY

KINDS = (kind_of(Aspiration), kind_of(HandValue))


def test_records_come_with_the_caseload_and_as_they_were_known(session: Session) -> None:
    child, other = add_child(session, "Okafor"), add_child(session, "Reid")
    hope = {"child_id": child, "whose": "child", "words": "To be a vet", "on": TODAY}
    done(session, AddRecord("aspiration", hope))
    figure = {"measure": "W4.3a", "on": TODAY, "value": "400", "source": "Forum", "by": "Lee"}
    made = done(session, AddRecord("hand_value", figure))

    files = {one.child.id: one for one in session.caseload(kinds=KINDS)}
    assert [one.words for one in files[child].kept["aspiration"]] == ["To be a vet"]
    assert not files[other].kept
    beside = session.beside(KINDS)
    assert [one.value for one in beside["hand_value"]] == ["400"]
    assert "aspiration" not in beside

    known = session.as_known(TODAY, kinds=KINDS)
    then = {one.child.id: one.kept for one in known.files}
    unversioned = replace(files[child].kept["aspiration"][0], version=0)
    assert then[child] == {"aspiration": (unversioned,)}
    assert known.beside == {"hand_value": (replace(beside["hand_value"][0], version=0),)}
    assert not session.as_known(date(2020, 1, 1), kinds=KINDS).beside["hand_value"]

    [row] = made.rows_of("hand_value")
    done(session, RemoveRecord("hand_value", row.id, row.record.version, "Typed twice"))
    assert not session.as_known(TODAY, kinds=KINDS).beside["hand_value"]
