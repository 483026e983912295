"""Retention: what is due, what holds it, and that a disposal leaves nothing anywhere in reach."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.declarations.retention import Disposal
from caseworker_app.domain.disposed import (
    as_json,
    gathered_lists,
    is_list,
    is_whole,
    listed,
    read_list,
)
from caseworker_app.domain.errors import Cancelled, Refused
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.permissions import ROLES, Person
from caseworker_app.domain.retention import DUE, HELD, LATER, NO_BIRTHDAY, SOON, due_on, state_of
from caseworker_app.services import commands as do
from caseworker_app.services import forgetting, retention
from caseworker_app.services.drafts import save_draft
from caseworker_app.services.session import Session
from caseworker_app.store.backup import unpacked
from tests.support.pages import pages_of
from tests.support.sessions import add_child, done, record
from tests.support.stores import PASSPHRASE, TODAY, Places, session_at

NAMES = ("Quillfeather", "Zebedee", "QF-9017", "H801200001015", "1234567890")
OLD = date(1990, 5, 5)


def _filled(session: Session) -> tuple[str, str]:
    """Somebody of 36 of whom much is on record, and a brother who stays."""
    surname, forename, reference, upn, uln = NAMES
    old = add_child(
        session, surname, forename=forename, reference=reference, upn=upn, uln=uln, born=OLD
    )
    brother = add_child(session, "Patel", reference="NB2")
    record(session, old, "plan_sent", date(2004, 11, 14))
    _add(session, "note", child_id=old, on=TODAY, kind="call", words="Zebedee Quillfeather rang")
    document = {"title": "Advice on Zebedee", "kind": "advice", "on": TODAY}
    _add(session, "document", child_id=old, where="/share/quillfeather.docx", **document)
    _add(session, "sibling", child_id=brother, sibling_id=old)
    twin = add_child(session, "Quillfeather", forename="Zebedee", reference="QF-1", born=OLD)
    seen = session.case(old).child.version
    done(session, do.MergeChildren(old, seen, twin, session.case(twin).child.version))
    save_draft(session, "add child", {"surname": "Quillfeather", "forename": "Zebedee"})
    return old, brother


def _add(session: Session, of: str, /, **fields: object) -> str:
    done(session, do.AddRecord(of, fields))
    with session.store.reading() as reading:
        return max(reading.all_of(kind_named(of)), key=int)


@pytest.fixture
def kept(places: Places) -> Iterator[tuple[Session, str, str]]:
    """A session on a store with them, on both databases."""
    where, (old, brother) = places.copy(_filled)
    session = session_at(where)
    yield session, old, brother
    session.close()


def _as(session: Session, *roles: str) -> Session:
    person = Person("Somebody", frozenset(roles))
    return Session(session.store, session.offered, session.clock, person)


@pytest.mark.parametrize(
    ("born", "due"),
    [(OLD, date(2021, 5, 5)), (date(1992, 2, 29), date(2023, 3, 1)), (None, None)],
)
def test_a_record_is_due_so_many_years_from_birth(born: date | None, due: date | None) -> None:
    assert due_on(born, 31) == due


def test_how_a_case_stands_on_a_day() -> None:
    days = [TODAY, date(2026, 11, 23), date(2027, 11, 22), date(2027, 11, 23), None]
    said = [state_of(one, TODAY, held=False) for one in days]
    assert said == [DUE, SOON, SOON, LATER, NO_BIRTHDAY]
    assert state_of(TODAY, TODAY, held=True) == HELD
    assert state_of(date(2029, 3, 1), date(2028, 2, 29), held=False) == LATER


def test_the_list_has_who_is_due_who_is_held_and_who_was_taken_out(
    kept: tuple[Session, str, str],
) -> None:
    session, old, brother = kept
    found = retention.for_review(session)
    assert [(row.id, row.state) for row in found.rows] == [(old, DUE)]
    assert (found.years, found.not_shown) == (31, 0)
    by_mistake = add_child(session, "Mistaken", reference="M1", born=date(1991, 1, 1))
    done(session, do.Undo())
    hold = {"why": "A claim", "asked_by": "Legal", "since": TODAY}
    _add(session, "legal_hold", child_id=brother, **hold)
    _add(session, "council_details", la_number="211", keep_years=37)
    rows = {row.id: row for row in retention.for_review(session).rows}
    # At 37 years the oldest is due in May; who was taken out again, later than within a year.
    assert {key: (row.state, row.status) for key, row in rows.items()} == {
        old: (SOON, "live"),
        brother: (HELD, "no plan"),
    }
    assert rows[brother].hold == "A claim (Legal)"
    done(session, do.ChangeRecord("council_details", "1", 1, {"keep_years": None}))
    again = {row.id: row for row in retention.for_review(session).rows}
    assert (again[by_mistake].state, again[by_mistake].status) == (DUE, "taken out")
    assert again[by_mistake].name == "Mistaken, Grace"
    retention.dispose(session, (by_mistake,), "over")
    assert by_mistake not in {row.id for row in retention.for_review(session).rows}
    assert session.check() == ()


def test_a_held_case_one_before_its_time_and_words_that_name_somebody_are_refused(
    kept: tuple[Session, str, str],
) -> None:
    session, old, brother = kept
    with pytest.raises(Refused, match=r"time to keep Patel, Grace \(NB2\) is not over"):
        retention.dispose(session, (old, brother), "over")
    with pytest.raises(Refused, match="name nobody"):
        retention.dispose(session, (old,), "over", "as Mr Quillfeather asked")
    with pytest.raises(Refused, match="is no reason"):
        retention.dispose(session, (old,), "because")
    with pytest.raises(Refused, match="no longer in the store"):
        retention.dispose(session, ("4711",), "over")
    hold = {"why": "A claim", "asked_by": "Legal", "since": TODAY}
    key = _add(session, "legal_hold", child_id=old, **hold)
    with pytest.raises(Refused, match="is held and cannot be disposed of: A claim"):
        retention.dispose(session, (old,), "court")
    done(session, do.ChangeRecord("legal_hold", key, 1, {"until": TODAY}))
    assert retention.for_review(session).rows[0].state == DUE
    for role in ROLES:
        somebody = _as(session, role)
        if role != "administrator":
            with pytest.raises(Refused, match="to remove with a reason is not for"):
                retention.dispose(somebody, (old,), "over")
            with pytest.raises(Refused, match="to remove with a reason is not for"):
                retention.rewrite_again(somebody)
    assert session.case(old).facts


def test_the_preview_says_what_goes_and_where_files_lie_that_stay(
    kept: tuple[Session, str, str],
) -> None:
    session, old, _ = kept
    [one] = retention.preview(session, (old,))
    assert one.held == {"events": 1, "note": 1, "document": 1}
    assert one.merged == ("QF-1",)
    assert one.places == ("Advice on Zebedee: /share/quillfeather.docx",)


def test_a_disposal_leaves_a_certificate_without_a_name_and_a_whole_chain(
    kept: tuple[Session, str, str],
) -> None:
    session, old, brother = kept
    made = retention.dispose(session, (old,), "over", "Agreed by the records manager.")
    with pytest.raises(Refused):
        session.case(old)
    assert session.check() == ()
    assert retention.for_review(session).rows == ()
    paper = retention.certificate_of(session, made.ref)
    said = paper.words()
    for word in ("1 case was disposed of by", "Agreed by the records manager.", f"number {old}"):
        assert word in said
    held = [one["held"] for one in made.listed]
    assert held == [{"events": 1, "note": 1, "document": 1}]
    everything = "\n".join((said, made.cases, made.copies, repr(session.history(999)))).casefold()
    assert not [one for one in NAMES if one.casefold() in everything]
    with session.store.reading() as reading:
        assert reading.in_no_list() == frozenset()
    assert not session.belonging(brother)
    for command in (do.Undo(), do.RemoveRecord("disposal", made.id, made.version, "tidy")):
        outcome = session.submit(command)
        assert getattr(outcome, "why", "") == "refused", outcome
    assert len(retention.disposals(session)) == 1


def test_on_a_server_its_own_files_are_listed_as_out_of_reach(
    kept: tuple[Session, str, str],
) -> None:
    session, old, _ = kept
    made = retention.dispose(session, (old,), "over")
    wheres = [one["where"] for one in made.copies_listed]
    server = "The server's own files, logs and backups"
    assert (server in wheres) is not session.store.is_file


@pytest.fixture
def file_kept(tmp_path: Path, places: Places) -> tuple[Path, str, str]:
    """A closed store file with them."""
    where, (old, brother) = places.copy(_filled)
    return Path(where), old, brother


def _opened(where: object, passphrase: str = PASSPHRASE) -> Session:
    """Opened as a person opens it."""
    return bootstrap.open_session(str(where), passphrase=passphrase, today=TODAY)


def _held(path: Path) -> list[str]:
    pages = pages_of(path, PASSPHRASE)
    return [one for one in (*NAMES, "quillfeather") if one.encode() in pages]


def _inside(backup: Path, folder: Path) -> Path:
    """The store of a backup, with its key files."""
    folder.mkdir()
    with unpacked(backup, folder) as found:
        return found.store


only_file = pytest.mark.parametrize("places", ["file"], indirect=True)


@only_file
def test_no_page_of_store_log_or_rewritten_backups_holds_who_is_gone(
    file_kept: tuple[Path, str, str], tmp_path: Path
) -> None:
    where, old, _ = file_kept
    second = tmp_path / "second"
    second.mkdir()
    session = session_at(str(where))
    first = session.keep_backup(second)
    assert first is not None
    by_hand, lost = tmp_path / "by hand.backup", tmp_path / "gone.backup"
    session.backup(by_hand)
    session.backup(lost)
    lost.unlink()
    copied = second / f"{where.name}.backups" / first.path.name
    backups = [first.path, copied, by_hand]
    before = [_inside(one, tmp_path / f"before{at}") for at, one in enumerate(backups)]
    assert all(set(NAMES) <= set(_held(one)) for one in before)

    made = retention.dispose(session, (old,), "over", second=second)

    states = {one["where"]: one["state"] for one in made.copies_listed}
    assert states == {
        **{str(one): "rewritten" for one in backups},
        str(lost): "out of reach",
    }
    log = where.with_name(where.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
    assert session.check() == ()
    session.close()
    assert _held(where) == []
    after = [_inside(one, tmp_path / f"after{at}") for at, one in enumerate(backups)]
    assert [_held(one) for one in after] == [[], [], []]
    listed = where.with_name(where.name + ".disposals").read_text()
    assert not [one for one in NAMES if one.casefold() in listed.casefold()]
    assert (second / f"{where.name}.backups" / "disposals").read_text() == listed


@only_file
def test_a_backup_that_was_rewritten_restores_with_a_chain_that_says_who_is_gone(
    file_kept: tuple[Path, str, str], tmp_path: Path
) -> None:
    where, old, brother = file_kept
    session = _opened(where)
    kept = session.keep_backup(None)
    assert kept is not None
    retention.dispose(session, (old,), "over")
    session.close()
    elsewhere = tmp_path / "elsewhere" / "new.store"
    alone = tmp_path / "alone.backup"
    shutil.copy(kept.path, alone)
    bootstrap.restore(alone, str(elsewhere), passphrase=PASSPHRASE)
    session = _opened(elsewhere)
    assert session.check() == ()
    assert [one.listed[0]["number"] for one in retention.disposals(session)] == [old]
    assert [row.id for row in session.cases()] == [brother]
    assert not [one for one in NAMES if one.casefold() in repr(session.history(999)).casefold()]
    session.close()
    assert _held(elsewhere) == []


@only_file
def test_a_backup_out_of_reach_that_is_restored_forgets_again(
    file_kept: tuple[Path, str, str], tmp_path: Path
) -> None:
    where, old, brother = file_kept
    session = _opened(where)
    by_hand = tmp_path / "by hand.backup"
    session.backup(by_hand)
    away = tmp_path / "away"
    away.mkdir()
    by_hand.rename(away / "moved.backup")
    made = retention.dispose(session, (old,), "over")
    session.close()
    bootstrap.restore(away / "moved.backup", str(where), passphrase=PASSPHRASE)

    session = _opened(where)

    assert session.store.notices == (
        "2 cases that were disposed of before came back with a restored copy, and went again.",
    )
    assert [row.id for row in session.cases()] == [brother]
    assert session.check() == ()
    [again] = retention.disposals(session)
    assert (again.ref, again.listed) == (made.ref, made.listed)
    # A number may be given to another child now; the mark of the key tells them apart.
    new = add_child(session, "Newly", reference="N1")
    session.close()
    session = _opened(where)
    assert {row.id for row in session.cases()} == {brother, new}
    assert session.store.notices == ()
    [found] = retention.rewrite_again(session, also=[away])
    states = {Path(one["where"]).name: one["state"] for one in found.copies_listed}
    assert states["moved.backup"] == "rewritten"
    session.close()
    assert _held(_inside(away / "moved.backup", tmp_path / "inside")) == []


@only_file
def test_a_backup_that_opens_with_another_key_is_listed_with_the_reason(
    file_kept: tuple[Path, str, str], tmp_path: Path
) -> None:
    where, old, _ = file_kept
    session = _opened(where)
    backup = tmp_path / "by hand.backup"
    session.backup(backup)
    session.close()
    bootstrap.change_passphrase(str(where), old=PASSPHRASE, new=PASSPHRASE + " more", leaked=True)
    session = _opened(where, PASSPHRASE + " more")
    made = retention.dispose(session, (old,), "over")
    [one] = made.copies_listed
    assert (one["where"], one["state"]) == (str(backup), "out of reach")
    assert one["why"] == "it opens with a passphrase or key from before"
    session.close()


@only_file
def test_a_list_that_was_taken_away_or_is_no_list_is_written_anew(
    file_kept: tuple[Path, str, str],
) -> None:
    where, old, _ = file_kept
    session = session_at(str(where))
    made = retention.dispose(session, (old,), "over")
    session.close()
    beside = where.with_name(where.name + ".disposals")
    good = beside.read_bytes()
    forged = json.loads(good)
    forged["disposals"][0] |= {"ref": "another", "done_by": "Nobody"}
    forged["disposals"][0]["cases"][0] |= {"number": "4711", "marks": ["f" * 64]}
    for content in (b"", b"\xff{", b'{"format": 1}', json.dumps(forged).encode()):
        beside.write_bytes(content)
        session = _opened(where)
        assert session.check() == ()
        assert len(session.cases()) == 1
        # Nobody gets a certificate into the store by writing one beside it.
        assert [one.ref for one in retention.disposals(session)] == [made.ref]
        session.close()
        assert made.ref in beside.read_text()
        whole = content == b"" or b"another" in content
        assert whole is not any("could not be read" in one for one in session.store.notices)
    beside.unlink()
    _opened(where).close()
    assert beside.read_bytes() == good


@pytest.mark.parametrize(
    "broken",
    [{"on": "yesterday"}, {"cases": 3}, {"basis": "spite"}, {"why": "\ud800"}, {"cases": [None]}],
)
def test_of_a_list_with_an_entry_that_cannot_be_read_the_others_are(
    broken: dict[str, object],
) -> None:
    cases = as_json([{"number": "7", "marks": ["a" * 64], "held": {"notes": 1}}])
    two = [
        Disposal(ref=ref, on=TODAY, done_by="A. Officer", basis="over", cases=cases)
        for ref in ("1", "2")
    ]
    good = listed(two)
    assert is_whole(good)
    body = json.loads(good)
    body["disposals"][0] |= broken
    bad = json.dumps(body).encode()
    assert [one.ref for one in read_list(bad)] == ["2"]
    assert not is_list(bad)
    # Whoever is to forget by it is told, also where it was joined with what could be read.
    for gathered in (gathered_lists(bad, good), gathered_lists(b"\xff", b"")):
        assert is_list(gathered)
        assert not is_whole(gathered)
    assert [one.ref for one in read_list(gathered_lists(bad, good))] == ["1", "2"]
    assert gathered_lists(b"", b"") == b""


@only_file
def test_a_restore_by_a_list_with_a_broken_entry_forgets_by_the_others_and_says_so(
    file_kept: tuple[Path, str, str], tmp_path: Path
) -> None:
    where, old, brother = file_kept
    session = _opened(where)
    by_hand = tmp_path / "folder" / "by hand.backup"
    by_hand.parent.mkdir()
    session.backup(by_hand)
    by_hand.rename(by_hand.with_name("moved.backup"))
    retention.dispose(session, (old,), "over")
    session.close()
    beside = where.with_name(where.name + ".disposals")
    body = json.loads(beside.read_bytes())
    body["disposals"].append({"ref": "from another day"})
    beside.write_text(json.dumps(body))
    bootstrap.restore(by_hand.with_name("moved.backup"), str(where), passphrase=PASSPHRASE)
    session = _opened(where)
    [notice] = session.store.notices
    assert notice.startswith("A list of who was disposed of could not be read, or not all of it.")
    assert notice.endswith("came back with a restored copy, and went again.")
    assert [row.id for row in session.cases()] == [brother]
    assert session.check() == ()
    session.close()
    assert "from another day" in beside.with_name(beside.name + ".unread").read_text()
    session = _opened(where)
    assert session.store.notices == ()
    # A folder whose list is broken is no folder without one.
    (by_hand.parent / "disposals").write_bytes(b"\xff{")
    said = forgetting.forget_listed(session, [by_hand.parent])
    assert said.startswith("A list of who was disposed of could not be read")
    session.close()


@only_file
def test_another_window_holds_the_log_and_the_certificate_says_so(
    file_kept: tuple[Path, str, str],
) -> None:
    where, old, _ = file_kept
    session, other = session_at(str(where)), session_at(str(where))
    with other.moment(), other.store.reading() as reading:
        assert reading.counts()["child"]
        made = retention.dispose(session, (old,), "over")
    assert [one["where"] for one in made.copies_listed] == ["The log beside the store"]
    [again] = retention.rewrite_again(session)
    assert again.copies_listed == ()
    other.close()
    session.close()
    assert _held(where) == []


@only_file
def test_a_backup_of_an_older_form_is_rewritten_in_that_form(
    tmp_path: Path, places: Places
) -> None:
    assert places
    released = Path(__file__).parent.parent / "store" / "released" / "0011"
    folder = shutil.copytree(released, tmp_path / "released")
    told = json.loads((folder / "contents.json").read_text("utf-8"))
    store, backup = folder / "caseworker.store", folder / "caseworker.backup"
    session = bootstrap.open_session(str(store), passphrase=told["passphrase"], today=TODAY)
    child = told["child_by_hand"]["id"]
    made = retention.dispose(session, (child,), "court", also=[backup])
    session.close()
    # The one of before the upgrade is beside the store.
    states = {Path(one["where"]).name.split("-")[0]: one["state"] for one in made.copies_listed}
    assert states == {"caseworker.backup": "rewritten", "caseworker.store.before": "rewritten"}
    elsewhere = tmp_path / "again" / "new.store"
    bootstrap.restore(backup, str(elsewhere), passphrase=told["passphrase"])
    session = bootstrap.open_session(str(elsewhere), passphrase=told["passphrase"], today=TODAY)
    assert child not in {row.id for row in session.cases()}
    assert [one.ref for one in retention.disposals(session)] == [made.ref]
    assert not [one for one in session.check() if "rule pack" not in one.lower()]
    session.close()


@only_file
def test_a_disposal_that_was_interrupted_says_so_until_backups_are_rewritten(
    file_kept: tuple[Path, str, str],
) -> None:
    where, old, _ = file_kept

    def die(done: int, total: int, words: str) -> None:
        raise KeyboardInterrupt

    session = session_at(str(where))
    assert session.keep_backup(None) is not None
    with pytest.raises(KeyboardInterrupt):
        retention.dispose(session, (old,), "over", progress=die)
    session.close()
    # As a kill between the two leaves it.
    where.with_name(where.name + ".disposals").unlink()
    session = _opened(where)
    [notice] = session.store.notices
    assert notice.startswith("Nobody has looked at the backups: it was interrupted before.")
    [one] = retention.disposals(session)
    assert notice in retention.certificate_of(session, one.id).words()
    [done_] = retention.rewrite_again(session)
    assert [each["state"] for each in done_.copies_listed] == ["rewritten"]
    [again] = retention.rewrite_again(session)
    assert again.copies == done_.copies
    assert notice not in retention.certificate_of(session, one.id).words()
    session.close()


@only_file
def test_stopping_the_rewriting_leaves_the_disposal_and_lists_the_rest(
    file_kept: tuple[Path, str, str],
) -> None:
    where, old, _ = file_kept

    def stop(done: int, total: int, words: str) -> None:
        raise Cancelled("Stopped.")

    session = session_at(str(where))
    kept = session.keep_backup(None)
    assert kept is not None
    made = retention.dispose(session, (old,), "over", progress=stop)
    [one] = made.copies_listed
    assert (one["where"], one["state"]) == (str(kept.path), "out of reach")
    assert "stopped before" in one["why"]
    [again] = retention.rewrite_again(session)
    assert [one["state"] for one in again.copies_listed] == ["rewritten"]
    session.close()


@pytest.mark.parametrize("places", ["postgresql"], indirect=True)
def test_a_file_backup_put_into_a_database_forgets_again(
    places: Places, tmp_path: Path, empty_file: Path
) -> None:
    files = Places(tmp_path, empty_file, places.find_server, "file", {})
    where, (old, brother) = files.copy(_filled)
    session = session_at(where)
    old_backup = tmp_path / "folder" / "old.backup"
    old_backup.parent.mkdir()
    session.backup(old_backup)
    old_backup.rename(old_backup.with_name("kept.bak"))
    retention.dispose(session, (old,), "over", also=[old_backup.parent])
    session.close()
    url = places.find_server().database()
    bootstrap.restore(old_backup.with_name("kept.bak"), url, passphrase=PASSPHRASE)
    session = _opened(url)
    assert [row.id for row in session.cases()] == [brother]
    assert session.check() == ()
    assert session.store.note("disposals to replay") == ""
    session.close()


@pytest.mark.parametrize("places", ["postgresql"], indirect=True)
def test_a_server_put_back_to_a_day_before_forgets_by_the_list_in_a_folder(
    kept: tuple[Session, str, str], places: Places, tmp_path: Path
) -> None:
    session, old, brother = kept
    made = retention.dispose(session, (old,), "over", also=[tmp_path])
    # The same store as its administrator's own backup has it.
    before, _ = places.copy(_filled)
    session = session_at(before)
    assert old in {row.id for row in session.cases()}
    for role in ("senior", "reader"):
        with pytest.raises(Refused, match="is not for"):
            forgetting.forget_listed(_as(session, role), [tmp_path])
    said = forgetting.forget_listed(session, [tmp_path])
    assert said.startswith("2 cases that were disposed of before came back")
    assert [row.id for row in session.cases()] == [brother]
    assert [one.ref for one in retention.disposals(session)] == [made.ref]
    assert session.check() == ()
    assert forgetting.forget_listed(session, [tmp_path]) == ""
    session.close()
