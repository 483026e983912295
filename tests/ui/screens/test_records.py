"""A record declared in ten lines has a list, a form and undo in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.outcome import Done
from caseworker_app.services.commands import AddRecord, ChangeRecord
from caseworker_app.services.drafts import drafts
from caseworker_app.store.tables import table_of
from caseworker_app.ui.dialogs.bring_in import BringInDialog, bring_in
from caseworker_app.ui.dialogs.draft_forms import open_form
from caseworker_app.ui.dialogs.record import RecordDialog, RemoveRecordDialog
from caseworker_app.ui.dialogs.record_fields import control, held
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.models.rows_model import ASCENDING, DESCENDING
from caseworker_app.ui.palette import Palette
from caseworker_app.ui.screens import specs
from caseworker_app.ui.screens.lists import ListsScreen
from caseworker_app.ui.screens.records import RecordsScreen
from caseworker_app.ui.widgets.date_field import DateField
from tests.support import toy
from tests.support.borough import PATIENCE_MS, TODAY, Borough, dialog, shown, wait_until_still

Ask = Callable[[Callable[[Any], Any]], Any]
SCREEN = specs.ScreenSpec("visits", "&Visits", "house", "Ctrl+9", "work", "children", kind="visit")


@pytest.fixture
def borough(borough: Borough) -> Iterator[Borough]:
    """The borough, with a table of visits and a screen for them before the window is made."""
    with toy.visits() as of, specs.only_here(SCREEN):
        session = bootstrap.application().open_session(borough.where, today=TODAY)
        toy.make(session.store, table_of(kind_of(of)))  # type: ignore[attr-defined]
        session.close()
        yield borough


@pytest.fixture
def visits(go: Callable[[str], Any]) -> RecordsScreen:
    screen = go("visits")
    assert isinstance(screen, RecordsScreen)
    return screen


def chosen(box: Any, words: str) -> None:
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(next(at for at in range(box.count()) if words in box.itemText(at)))


def fill(form: RecordDialog, **more: str) -> None:
    chosen(form.fields["child_id"], "Okafor")
    chosen(form.fields["way"], "Home visit")
    chosen(form.fields["again"], "Yes")
    on, said = form.fields["on"], form.fields["said"]
    assert isinstance(on, DateField)
    assert isinstance(said, QPlainTextEdit)
    on.set_value(date(2026, 10, 5))
    said.setPlainText("They were in.")
    for name, text in more.items():
        field = form.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(text)


def pressed(form: Any, window: MainWindow, qtbot: QtBot, button: Any = None) -> None:
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        (button or form.go).click()
    wait_until_still(window, qtbot)


def test_a_record_is_added_changed_taken_out_and_brought_back(
    visits: RecordsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    assert visits.empty.text().startswith("No visit yet. New visit (Ctrl+Alt+N) adds one.")
    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    fill(form, cost="1,250.50", rooms="3")
    pressed(form, window, qtbot)
    (row,) = visits.model.rows()
    assert row.words["child_id"].startswith("Okafor, ")
    assert {name: row.words[name] for name in ("on", "way", "cost", "rooms", "again")} == {
        "on": "5 Oct 2026",
        "way": "Home visit",
        "cost": "£1,250.50",
        "rooms": "3",
        "again": "Yes",
    }
    assert visits.count.text() == "1 visit"

    visits.table.go_first()
    visits.table.opened.emit(row)
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    cost = form.fields["cost"]
    assert isinstance(cost, QLineEdit)
    assert cost.text() == "1,250.50"
    cost.setText("£9")
    pressed(form, window, qtbot)
    assert [one.words["cost"] for one in visits.model.rows()] == ["£9.00"]

    window.run_action("entry.remove")
    out = dialog(RemoveRecordDialog)
    out.why.setText("wrong child")
    pressed(out, window, qtbot)
    assert visits.model.rows() == []
    for costs in (["£9.00"], ["£1,250.50"], []):
        with qtbot.waitSignal(window.hub.done, timeout=20_000):
            window.run_action("undo")
        wait_until_still(window, qtbot)
        assert [one.words["cost"] for one in visits.model.rows()] == costs
        assert window.page() is visits


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("rooms", "three", '"three" is not a whole number.'),
        ("rooms", "12", "Rooms is between 0 and 9."),
        ("cost", "12.5", '"12.5" is not an amount: type 1,250.00.'),
    ],
)
def test_what_cannot_be_stands_beside_its_field_and_nothing_typed_is_lost(
    visits: RecordsScreen, window: MainWindow, qtbot: QtBot, field: str, text: str, sentence: str
) -> None:
    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    form.go.click()
    assert form.form._problems["child_id"].text() == "Child: this is needed."
    fill(form, **{field: text})
    form.go.click()
    qtbot.waitUntil(lambda: form.form._problems[field].text() == sentence, timeout=20_000)
    typed = form.fields[field]
    assert isinstance(typed, QLineEdit)
    assert typed.text() == text
    form.reject()


def test_both_values_stand_side_by_side_where_two_changed_one_field(
    visits: RecordsScreen, window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    fill(form, cost="100", rooms="3")
    pressed(form, window, qtbot)
    (row,) = visits.model.rows()
    visits.table.opened.emit(row)
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    for name, text in (("cost", "200"), ("rooms", "5")):
        field = form.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(text)
    change = ChangeRecord("visit", row.id, row.record.version, {"cost": 30_000})
    assert isinstance(ask(lambda session: session.submit(change)), Done)
    form.go.click()
    qtbot.waitUntil(lambda: bool(form.form._theirs), timeout=PATIENCE_MS)
    assert list(form.form._theirs) == ["cost"]
    line = form.form._theirs["cost"]
    assert "“300.00”" in line.said.text()
    line.take.click()
    pressed(form, window, qtbot, button=form._latest)
    assert [one.words["cost"] for one in visits.model.rows()] == ["£300.00"]


def test_theirs_may_be_what_came_to_be_after_the_form_was_opened(
    visits: RecordsScreen, window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    fill(form)
    pressed(form, window, qtbot)
    (row,) = visits.model.rows()
    visits.table.opened.emit(row)
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    box = form.fields["setting_id"]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(1)
    chosen(form.fields["topic"], "School")

    def new_setting(session: Any) -> str:
        return next(key for key, name in session.record_choices("setting") if "Rowan" in name)

    def theirs(session: Any) -> None:
        session.carry_out(AddRecord("setting", {"name": "Rowan Academy"}))
        session.carry_out(
            AddRecord("choice", {"of_list": "topics", "code": "bus", "words": "The bus"})
        )
        change = {"setting_id": new_setting(session), "topic": "bus"}
        session.carry_out(ChangeRecord("visit", row.id, row.record.version, change))

    ask(theirs)
    form.go.click()
    qtbot.waitUntil(lambda: bool(form.form._theirs), timeout=PATIENCE_MS)
    said = {name: line.said.text() for name, line in form.form._theirs.items()}
    assert set(said) == {"setting_id", "topic"}
    assert "“Rowan Academy”" in said["setting_id"]
    assert "“The bus”" in said["topic"]
    for line in list(form.form._theirs.values()):
        line.take.click()
    pressed(form, window, qtbot, button=form._latest)
    now = ask(lambda session: session.one_record("visit", row.id))
    assert (now.setting_id, now.topic) == (ask(new_setting), "bus")


def test_a_link_to_what_is_not_offered_stays_as_it_is(qtbot: QtBot) -> None:
    with toy.visits() as of:
        spec = kind_of(of).field("setting_id")
        box = control(spec, "7", lambda: TODAY, {"setting": [("3", "Ash")]})
        qtbot.addWidget(box)
        assert held(spec, box) == "7"


def test_the_list_is_sorted_filtered_and_spoken_by_its_declaration(
    visits: RecordsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    for cost in ("900", "20", ""):
        window.run_action("entry.new")
        wait_until_still(window, qtbot)
        form = dialog(RecordDialog)
        fill(form, cost=cost)
        pressed(form, window, qtbot)
    titles = [column.title for column in visits.model.columns]
    assert titles[:4] == ["Child", "Date", "Way", "What was said"]
    visits.table.sortByColumn(titles.index("Cost"), ASCENDING)
    assert [row.words["cost"] for row in visits.model.rows()] == ["", "£20.00", "£900.00"]
    visits.search.setText("okafor home")
    assert visits.model.shown == 3
    visits.search.setText("nobody")
    assert visits.model.shown == 0
    assert visits.empty.text().startswith("No visit fits.")


def test_it_stands_in_the_side_bar_the_menu_and_the_palette(
    visits: RecordsScreen, window: MainWindow
) -> None:
    names = [window.side.list.item(at).text() for at in range(window.side.list.count())]
    assert "Visits" in names
    assert window.binder.actions["go.visits"].shortcut().toString() == "Ctrl+9"
    assert window.page() is visits


def test_caseworkers_have_a_list_by_their_declaration(
    go: Callable[[str], Any], window: MainWindow, qtbot: QtBot
) -> None:
    screen = go("caseworkers")
    (row,) = screen.model.rows()
    assert (row.words["name"], row.words["active"]) == ("R. Haque", "Yes")
    screen.table.opened.emit(row)
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    email = form.fields["email"]
    assert isinstance(email, QLineEdit)
    email.setText("r.haque@borough.gov.uk")
    pressed(form, window, qtbot)
    assert [one.words["email"] for one in screen.model.rows()] == ["r.haque@borough.gov.uk"]


def test_a_list_is_brought_in_from_a_file_seen_first_and_written_out_as_shown(
    visits: RecordsScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "autumn.csv"
    path.write_text(
        "Surname,Forename,DOB,Visited,Way,Cost\n"
        "Okafor,Grace,3/3/2014,5/10/2026,Home visit,lots\n"
        "Okafor,Grace,3/3/2014,6/10/2026,call,12.50\n"
        "Okafor,Grace,3/3/2014,7/10/2026,home,\n"
        "Nobody,At,3/3/2014,5/10/2026,call,\n",
        encoding="utf-8",
    )
    assert {"entry.import"} <= window.offered().keys()
    assert "export" not in window.offered()
    bring_in(window, visits.kind, path, visits)
    qtbot.waitUntil(lambda: bool(shown(BringInDialog)), timeout=PATIENCE_MS)
    seen = dialog(BringInDialog)
    assert seen.said.text() == (
        "4 rows read: 2 visits would be made, 0 would be changed, 0 unchanged, 0 said already by "
        "an earlier row, 2 parked."
    )
    assert [row.place.row for row in seen.model.rows()] == [2, 5]
    assert visits.model.rows() == []
    pressed(seen, window, qtbot)
    assert [row.words["on"] for row in visits.model.rows()] == ["6 Oct 2026", "7 Oct 2026"]

    visits.table.sortByColumn(1, DESCENDING)
    visits.search.setText("okafor")
    visits.write(tmp_path / "out.csv")
    qtbot.waitUntil((tmp_path / "out.csv").exists, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Reference,Surname,Forename,Date of birth,UPN,Date,Way,")
    assert [line.split(",")[5] for line in lines[1:]] == ["07/10/2026", "06/10/2026"]
    assert window.bar.words.text() == "Wrote 2 visits to out.csv."
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        window.run_action("undo")
    wait_until_still(window, qtbot)
    assert visits.model.rows() == []


def test_go_to_finds_it_by_its_search_text_folded_as_names_are(
    visits: RecordsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    fill(form)
    said = form.fields["said"]
    assert isinstance(said, QPlainTextEdit)
    said.setPlainText("Zoë's café was open.")
    pressed(form, window, qtbot)
    window.enter("today")
    window.run_action("palette")
    wait_until_still(window, qtbot)
    palette = dialog(Palette)
    palette.search.setText("zoes CAFE")
    qtbot.waitUntil(lambda: palette.model.shown == 1, timeout=PATIENCE_MS)
    (goal,) = palette.model.rows()
    assert goal.title.startswith("Okafor, Grace")
    assert goal.detail.startswith("Visit · 5 Oct 2026")
    palette.go(goal)
    wait_until_still(window, qtbot)
    assert window.page() is visits
    assert visits.table.current_row().record.said.startswith("Zoë")


def test_a_list_of_choices_is_changed_and_the_form_offers_what_stands(
    visits: RecordsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    lists = window.show_screen("lists")
    wait_until_still(window, qtbot)
    assert isinstance(lists, ListsScreen)
    topics = [row for row in lists.model.rows() if row.words["of_list"] == "topics"]
    assert [row.words["words"] for row in topics] == ["The plan", "School"]
    lists.table.opened.emit(topics[1])
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    words = form.fields["words"]
    assert isinstance(words, QLineEdit)
    assert words.text() == "School"
    words.setText("The school")
    pressed(form, window, qtbot)
    topics = [row for row in lists.model.rows() if row.words["of_list"] == "topics"]
    assert [row.words["words"] for row in topics] == ["The plan", "The school"]
    window.show_screen("visits")
    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    topic = form.fields["topic"]
    assert isinstance(topic, QComboBox)
    offered = [topic.itemText(at) for at in range(topic.count())]
    assert offered == ["Not said", "The plan", "The school"]
    fill(form)
    chosen(topic, "The school")
    pressed(form, window, qtbot)
    assert [row.words["topic"] for row in visits.model.rows()] == ["The school"]


def test_a_draft_follows_the_child_chosen_and_goes_when_the_record_is_saved(
    visits: RecordsScreen, window: MainWindow, borough: Borough, qtbot: QtBot, ask: Ask
) -> None:
    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    said = form.fields["said"]
    assert isinstance(said, QPlainTextEdit)
    said.setPlainText("Their mother rang.")
    drafting = form._drafting
    assert drafting is not None
    for surname in ("", "Okafor", "Patel"):
        if surname:
            chosen(form.fields["child_id"], surname)
        drafting.keep()
        (draft,) = ask(drafts)
        assert draft.child_id == borough.ids.get(surname, "")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    wait_until_still(window, qtbot)

    open_form(window, draft, window)
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    qtbot.waitUntil(form.offer.isVisible, timeout=PATIENCE_MS)
    form.offer.go_on.click()
    assert form._chosen() == borough.ids["Patel"]
    fill(form)
    pressed(form, window, qtbot)
    assert ask(drafts) == ()
    assert len(visits.model.rows()) == 1


@pytest.mark.parametrize(
    ("kind", "field", "day"),
    [
        ("promise", "by_when", date(2026, 11, 23)),
        ("cover", "since", date(2026, 11, 23)),
        ("promise", "kept_on", date(2026, 11, 16)),
    ],
)
def test_a_weekday_is_the_next_one_where_the_day_is_for_something_to_come(
    qtbot: QtBot, kind: str, field: str, day: date
) -> None:
    made = control(kind_named(kind).field(field), None, lambda: TODAY, {})
    qtbot.addWidget(made)
    assert isinstance(made, DateField)
    made.line.setText("mon")
    assert made.value == day


def test_of_two_that_are_called_the_same_the_one_chosen_is_meant(qtbot: QtBot) -> None:
    spec = kind_named("involvement").field("professional_id")
    box = control(spec, None, lambda: TODAY, {spec.to: [("3", "J. Smith"), ("8", "J. Smith")]})
    qtbot.addWidget(box)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("8"))
    assert held(spec, box) == "8"
    box.setEditText("j. smith")
    assert held(spec, box) == "3"
