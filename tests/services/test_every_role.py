"""Every role tried against every call of a session, on both databases, by the table of rights.

What a call asks for is what it says of itself; of those that look at their arguments it stands
here. A call without an entry fails, so that nothing new is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import CaseworkerError, Refused
from caseworker_app.domain.incoming_records import IncomingRecords
from caseworker_app.domain.permissions import AREAS, ROLES, Person, Right
from caseworker_app.domain.whose import Choice
from caseworker_app.services import commands as do
from caseworker_app.services.gate import ASKS
from caseworker_app.services.session import Session
from tests.support.commands import add_setting
from tests.support.sessions import add_child, done, incoming
from tests.support.stores import TODAY, Places, session_at

WHO = "Ann Lee"


@dataclass(frozen=True)
class Here:
    """What the calls are given.

    Attributes:
        session: of whoever holds every role.
        mine, other: a case of Ann's, and one of nobody's.
        folder: to write into.
    """

    session: Session
    mine: str
    other: str
    folder: Path


def _fill(session: Session) -> tuple[str, str]:
    done(session, do.AddRecord("caseworker", {"name": WHO}))
    done(session, add_setting("Ash Primary"))
    (ann,) = session.caseworkers()
    return add_child(session, caseworker_id=ann.id), add_child(session, "Patel")


@pytest.fixture
def here(places: Places, tmp_path: Path) -> Here:
    """A small store, open."""
    where, (mine, other) = places.copy(_fill)
    return Here(session_at(where), mine, other, tmp_path)


def _as(session: Session, *roles: str) -> Session:
    return Session(session.store, session.rules, session.clock, Person(WHO, frozenset(roles)))


GIVEN: Mapping[str, Callable[[Here], tuple[Any, ...]]] = {
    "weigh": lambda _: ((),),
    "whose": lambda _: (Choice(),),
    "case": lambda at: (at.other,),
    "beside": lambda _: ((),),
    "fact_choices": lambda at: (at.other,),
    "set_council": lambda _: ("Tower Hamlets",),
    "preview": lambda at: (do.SetOver({at.other: 1}, {"need": "ASD"}),),
    "owned_words": lambda at: (at.other,),
    "over_time": lambda at: (at.other,),
    "belonging": lambda at: (at.other,),
    "names_others": lambda at: (at.other, ()),
    "children_of": lambda _: ("setting", ()),
    "changes_by": lambda _: (do.AcceptRules(),),
    "opened": lambda at: (at.other,),
    "backup": lambda at: (at.folder / "b.backup",),
}
"""What a call is given that wants something and says by itself what it asks for."""

BESIDES = {"changes_by": ("setup", Right.WRITE)}
"""What the command given asks for besides."""

Call = Callable[[Session, Here], object]
May = Callable[[Person], bool]


def _may(area: str, right: Right = Right.READ, *, own: bool = True) -> May:
    return lambda person: person.may(area, right, own=own)


def _bulk(person: Person) -> bool:
    return person.may("bulk", Right.WRITE, own=True)


def _every(call: str, right: Right, *more: object, own: bool = True) -> list[tuple[Call, May]]:
    """A call of each kind of record, by the area of each."""
    return [
        (
            lambda session, _, kind=kind: getattr(session, call)(kind.name, *more),
            _may(kind.area, right, own=own),
        )
        for kind in every_kind()
    ]


THEMSELVES: Mapping[str, list[tuple[Call, May]]] = {
    "record_rows": _every("record_rows", Right.READ),
    "version_of": _every("version_of", Right.READ, "999"),
    "one_record": _every("one_record", Right.READ, "999"),
    "own_choices": _every("own_choices", Right.READ),
    "record_choices": _every("record_choices", Right.READ),
    "export_rows": _every("export_rows", Right.EXPORT, own=False),
    "sought": [(lambda session, _: session.sought(), lambda _: True)],
    "history": [(lambda session, _: session.history(), _may("trail"))],
    "who_looked": [(lambda session, _: session.who_looked(), _may("trail"))],
    "actions": [(lambda session, _: session.actions(), _may("trail"))],
    "as_known": [(lambda session, _: session.as_known(TODAY), _may("trail"))],
    "ask_export": [
        (
            lambda session, at, area=area, mine=mine: session.ask_export(
                area, [at.mine if mine else at.other]
            ),
            _may(area, Right.EXPORT, own=mine),
        )
        for area in AREAS
        for mine in (False, True)
    ],
    "carry_out": [
        (
            lambda session, _: session.carry_out(do.AddRecord("setting", {"name": ""})),
            _may("children", Right.WRITE, own=False),
        ),
        (
            lambda session, at: session.carry_out(do.RecordFact(at.mine, 1, "no such", TODAY)),
            _may("children", Right.WRITE),
        ),
        (
            lambda session, at: session.carry_out(do.RecordFact(at.other, 1, "no such", TODAY)),
            _may("children", Right.WRITE, own=False),
        ),
        (
            lambda session, at: session.carry_out(do.Reassign({at.other: 77}, None)),
            _may("bulk", Right.WRITE, own=False),
        ),
        (
            lambda session, _: session.carry_out(do.RemoveRecord("caseworker", "1", 77, "x")),
            _may("setup", Right.REMOVE, own=False),
        ),
    ],
    "open_restricted": [
        (lambda session, at: session.open_restricted(at.other, "why"), _may("children"))
    ],
    "apply_import": [(lambda session, _: session.apply_import(incoming()), _bulk)],
    "bring_in": [
        (
            lambda session, _: session.bring_in(IncomingRecords("setting", (), 0, ())),
            lambda person: person.may("bulk", Right.WRITE) and person.may("children", Right.WRITE),
        )
    ],
    "reconcile": [(lambda session, _: session.reconcile(incoming()), _bulk)],
    "accept_differences": [(lambda session, _: session.accept_differences(incoming(), ()), _bulk)],
    "mappings": [(lambda session, _: session.mappings(), _bulk)],
    "keep_mapping": [(lambda session, _: session.keep_mapping("m", "x"), _bulk)],
    "submit": [],
}
"""Calls that ask for what their arguments say, and who may; `submit` gives what `carry_out` raises.
"""


def _refused(call: Callable[[], object]) -> bool:
    """Whether the table of rights stood in the way; what else a call says is not meant here."""
    try:
        call()
    except Refused as refused:
        return " is not for " in refused.sentence
    except CaseworkerError:
        return False
    return False


def test_every_role_gets_of_every_call_what_the_table_says(here: Here) -> None:
    tried = 0
    for roles in ((), *((one,) for one in ROLES), ("caseworker", "quality"), tuple(ROLES)):
        somebody = _as(here.session, *roles)
        for name, method in vars(Session).items():
            asked = getattr(method, ASKS, None)
            if name.startswith("_") or asked is None:
                continue
            if asked == "itself":
                for call, may in THEMSELVES[name]:
                    let = not _refused(lambda call=call: call(somebody, here))  # noqa: B023
                    assert let is may(somebody.person), (roles, name)
                    tried += 1
                continue
            given = GIVEN.get(name, lambda _: ())(here)
            let = not _refused(lambda: getattr(somebody, name)(*given))  # noqa: B023
            assert let is somebody.person.may(*BESIDES.get(name, asked)), (roles, name)
            tried += 1
    here.session.close()
    assert tried > 9 * 100


def test_what_is_open_to_all_is_open_to_somebody_without_a_role(here: Here) -> None:
    nobody = _as(here.session)
    child = here.session.case(here.mine).child
    given: Mapping[str, tuple[Any, ...]] = {
        "calculate": (child, None, ()),
        "keep_backup": (None,),
        "copied": ("a list", ()),
    }
    apart = {"rules_in", "moment", "explain", "close", "drill"}
    for name, method in vars(Session).items():
        if not name.startswith("_") and getattr(method, ASKS, "") is None and name not in apart:
            getattr(nobody, name)(*given.get(name, ()))
    assert nobody.today() == date(2026, 11, 22)
    here.session.close()
