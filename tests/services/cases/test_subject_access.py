"""Subject access: everything on a child is in it, and other people are struck out of all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.permissions import Person
from caseworker_app.domain.subject_access import (
    MARK,
    Bundle,
    Other,
    Section,
    forms_of,
    parts_of,
    struck,
)
from caseworker_app.services import commands as do
from caseworker_app.services.cases import subject_access as use
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker
from tests.support.sessions import add_child, done, record
from tests.support.stores import TODAY, Places, session_at


def _filled(session: Session) -> tuple[str, str]:
    child = add_child(session, "Okafor", forename="Grace", reference="NB1")
    brother = add_child(
        session, "Okafor", forename="Daniel", reference="NB77", born=date(2011, 1, 2)
    )
    add_child(session, "Quillfeather", forename="Zebedee", reference="NB3", born=date(2013, 1, 2))
    done(session, add_caseworker("R. Haque"))
    record(session, child, "plan_sent", date(2024, 11, 14))

    def add(kind: str, **fields: object) -> None:
        done(session, do.AddRecord(kind, {"child_id": child, **fields}))

    add("sibling", sibling_id=brother)
    contact = {"name": "Fatima Okafor", "relation": "mother", "telephone": "020 7946 0018"}
    add("contact", address="12 Elm Row\nE1 4NS", **contact)
    words = (
        "Mrs Okafor rang about Grace. Fatima says Daniel is well, and so is Zebedee Quillfeather. "
        "R. Haque will ring 020 7946 0018."
    )
    done(
        session,
        do.AddRecord("note", {"child_id": child, "on": TODAY, "kind": "call", "words": words}),
    )
    document = {"title": "Advice", "kind": "advice", "on": TODAY, "where": "/share/advice.docx"}
    add_document = do.AddRecord("document", {"child_id": child, **document})
    done(session, add_document)
    return child, brother


@pytest.fixture
def kept(places: Places) -> Iterator[tuple[Session, str, str]]:
    where, (child, brother) = places.copy(_filled)
    session = session_at(where)
    yield session, child, brother
    session.close()


def _text(bundle: Bundle) -> str:
    return "\n".join(part.text for part in parts_of(bundle))


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        (
            "Fatima Okafor",
            "Okafor, Fatima; FATIMA  OKAFOR; Mrs Okafor; Fatima",
            f"{MARK}; " * 3 + MARK,
        ),
        ("Fatima Okafor", "Grace Okafor and fatima the verb", "Grace Okafor and fatima the verb"),
        ("Grace Nwosu", "Grace; Grace Nwosu", f"Grace; {MARK}"),
        ("Dr Al Ng", "Al said so to Dr Al Ng", f"Al said so to Dr {MARK}"),
    ],
)
def test_what_is_struck_of_a_name(name: str, said: str, left: str) -> None:
    forms, short = forms_of(name, ("Okafor", "Grace"))
    other = Other("contact/1", name, "mother", forms, short)
    bundle = Bundle("1", "Okafor, Grace", "NB1", (Section("Notes", ("W",), ((said,),)),), (other,))
    assert struck(bundle, {"contact/1"}).sections[0].rows == ((left,),)
    assert struck(bundle, ()) == bundle


def test_everything_is_in_it_and_others_are_struck_out(kept: tuple[Session, str, str]) -> None:
    session, child, _ = kept
    bundle = use.gather(session, child)
    titles = [one.title for one in bundle.sections]
    for title in ("The child", "Events", "Contacts", "Notes", "Documents", "Changes", "Who looked"):
        assert title in titles
    assert bundle.left_out == ()
    assert bundle.places == 1
    who = {one.name: (one.what, one.struck) for one in bundle.others}
    assert who == {
        "Fatima Okafor": ("mother", True),
        "Okafor, Daniel": ("brother or sister", True),
        "Quillfeather, Zebedee (NB3)": ("another child", True),
        "R. Haque": ("caseworker", False),
    }
    out = use.keys_struck(bundle)
    shown, left = use.checked(session, bundle, out)
    assert left == ()
    text = _text(shown)
    for word in (
        "Fatima",
        "Daniel",
        "Quillfeather",
        "NB77",
        "020 7946 0018",
        "Elm Row",
        "Mrs Okafor",
    ):
        assert word in _text(bundle), word
        assert word not in text, word
    assert "Grace" in text
    assert "R. Haque will ring" in text


def test_who_stays_is_decided_by_name_and_another_child_is_found_by_the_guard(
    kept: tuple[Session, str, str],
) -> None:
    session, child, _ = kept
    bundle = use.gather(session, child)
    out = use.keys_struck(bundle, keep=["fatima okafor", "Okafor, Daniel"], strike=["R. Haque"])
    shown, left = use.checked(session, bundle, out)
    assert "Fatima says Daniel is well" in _text(shown)
    assert "R. Haque" not in _text(shown)
    assert all(one.doubt for one in left)
    out = use.keys_struck(bundle, keep=["Quillfeather, Zebedee (NB3)"])
    _, left = use.checked(session, bundle, out)
    assert [one.whose for one in left if not one.doubt] == ["Quillfeather, Zebedee (NB3)"]
    with pytest.raises(Refused, match="Nobody in it is called Nobody"):
        use.keys_struck(bundle, keep=["Nobody"])


def test_it_is_written_as_a_folder_kept_in_who_looked_and_in_the_history(
    kept: tuple[Session, str, str], tmp_path: Path
) -> None:
    session, child, _ = kept
    bundle = use.gather(session, child)
    out = use.keys_struck(bundle)
    folder = tmp_path / "for the family"
    names = bootstrap.write_subject_access(session, bundle, out, folder)
    assert sorted(one.name for one in folder.iterdir()) == sorted(names)
    assert not list(tmp_path.glob("*.part*")) + list(tmp_path.glob(".for*"))
    told = json.loads((folder / "Everything.json").read_text("utf-8"))
    assert [one["title"] for one in told["sections"]] == [one.title for one in bundle.sections]
    words = "\n".join(
        cell.text
        for name in names
        if name.endswith(".docx")
        for table in Document(str(folder / name)).tables
        for row in table.rows
        for cell in row.cells
    )
    cells = [
        str(cell)
        for sheet in load_workbook(folder / "Everything.xlsx")
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    about = "\n".join(one.text for one in Document(str(folder / names[0])).paragraphs)
    assert "brother or sister" in about
    for text in (words, "\n".join(cells), json.dumps(told, ensure_ascii=False), about):
        assert "Fatima" not in text
        assert "Quillfeather" not in text
    assert MARK in words
    newest = session.who_looked(child)[0]
    assert (newest.act, newest.what) == ("Wrote a file", "everything of a case, for its subject")
    assert session.case(child).history[0].what == (
        "Everything written out for its subject, 3 people struck out"
    )
    with pytest.raises(Refused, match="holds something already"):
        bootstrap.write_subject_access(session, bundle, out, folder)


def test_who_may_not_export_a_case_gets_nothing(kept: tuple[Session, str, str]) -> None:
    session, child, _ = kept
    for role in ("quality", "administrator", "caseworker"):
        person = Person("Somebody", frozenset({role}))
        somebody = Session(session.store, session.offered, session.clock, person)
        with pytest.raises(Refused, match="to export is not for"):
            use.gather(somebody, child)


def test_a_restricted_sibling_is_struck_out_and_not_named_to_whom_they_are_not_shown(
    kept: tuple[Session, str, str],
) -> None:
    session, child, brother = kept
    restricted = {"child_id": brother, "why": "family works here", "since": TODAY}
    done(session, do.AddRecord("restriction", {**restricted, "opened_by": "Ola Opener"}))
    person = Person("Dan", frozenset({"data"}), known=True)
    theirs = Session(session.store, session.offered, session.clock, person)
    bundle = use.gather(theirs, child)
    (sibling,) = [one for one in bundle.others if one.what == "brother or sister"]
    assert sibling.name == "Somebody whose case is restricted"
    out = use.keys_struck(bundle)
    assert "Daniel" not in _text(struck(bundle, out))
    # Nor where the guard says what of theirs still stands in it.
    nobody = frozenset[str]()
    words = "Daniel Okafor came along"
    note = {"child_id": child, "on": TODAY, "kind": "call", "words": words}
    done(session, do.AddRecord("note", note))
    whose = {one.whose for one in use.checked(session, use.gather(session, child), nobody)[1]}
    assert "Okafor, Daniel (NB77)" in whose
    left = use.checked(theirs, use.gather(theirs, child), nobody)[1]
    assert {one.whose for one in left} == {
        "Quillfeather, Zebedee (NB3)",
        "somebody whose case is restricted",
    }
