from __future__ import annotations

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Failed
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done


def test_a_field_is_set_for_many_previewed_and_undone_at_once(session: Session) -> None:
    children = [add_child(session, name, need="SLCN") for name in ("Okafor", "Patel")]
    children.append(add_child(session, "Silva", need="ASD"))
    seen: dict[str, int | None] = {key: session.case(key).child.version for key in children}
    command = do.SetOver(seen, {"need": "ASD"})
    said = list(session.preview(command).lines())
    assert said[0].startswith("2 cases of 3 would change.")
    assert any("Okafor, Grace" in one and "\u2192 Autistic" in one for one in said)
    assert any("Silva, Grace" in one and "\u2192" not in one for one in said)
    came = done(session, command)
    assert came.message == "Primary need set for 2 cases."
    assert {session.case(key).child.need for key in children} == {"ASD"}
    done(session, do.Undo(came.undo))
    assert [session.case(key).child.need for key in children] == ["SLCN", "SLCN", "ASD"]
    assert session.check() == ()


def test_it_asks_where_somebody_changed_the_same_and_refuses_what_is_one_child_s(
    session: Session,
) -> None:
    child = add_child(session)
    seen = session.case(child).child.version
    done(session, do.ChangeChild(child, seen, {"template": "V2"}))
    outcome = session.submit(do.SetOver({child: seen}, {"template": "V3"}))
    assert isinstance(outcome, Failed)
    assert outcome.why == "stale"
    told = session.preview(do.SetOver({child: seen}, {"template": "V3"}))
    assert told.parts[0].doubtful
    for fields in ({"surname": "X"}, {}):
        with pytest.raises(Refused):
            session.preview(do.SetOver({child: None}, fields))
    done(session, do.SetOver({child: None}, {"template": "V3"}))
