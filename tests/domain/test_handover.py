"""The page a case is handed over with."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.consulting import Asked
from caseworker_app.domain.declarations.contacts import Contact
from caseworker_app.domain.declarations.talking import Note, Promise
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.handover import Around, handover_page
from caseworker_app.domain.paper import together
from caseworker_app.domain.people import Caseworker, Setting
from tests.support.clock import child, count, fact
from tests.support.papers import told

TODAY = date(2026, 11, 28)
ASH = Setting("Ash Primary", "primary", 6)


def page(
    *facts: Fact, around: Around | None = None, born: str | None = "2017-10-01"
) -> dict[str, list[str]]:
    of = child(born)
    file = CaseFile(of, ASH, Caseworker("R. Haque"), facts, count(*facts, of=of, setting=ASH))
    return told(handover_page(file, around or Around(), TODAY))


HELD = (fact("plan_sent", "2025-10-20"), fact("review_meeting_held", "2026-10-16"))


def test_what_is_late_and_the_next_three_dates_stand_with_who_holds_them() -> None:
    found = page(*HELD)
    assert "Decision after the review | 13 Nov 2026 | 15 days late | Council" in found["Next dates"]
    coming = [row for row in found["Next dates"] if "late" not in row and row[:3] != "And"]
    assert len(coming) <= 3
    assert found["Who holds what"] == ["Annual review | School | 16 Oct 2026 | 43 days"]


def test_promises_contacts_and_consultations_are_told() -> None:
    around = Around(
        asked=(Asked("Wharf Lane", sent=date(2026, 11, 20)), Asked("Kept", replied=TODAY)),
        promises=(
            Promise(child_id="1", to_whom="Ms O", what="Call back", by_when=date(2026, 11, 30)),
            Promise(child_id="1", to_whom="Ms O", what="Kept", by_when=TODAY, kept_on=TODAY),
        ),
        notes=(
            Note(child_id="1", on=date(2026, 11, 1), kind="call", words="Old", pinned=True),
            Note(child_id="1", on=date(2026, 11, 20), kind="visit", with_whom="Ms O", words="New"),
        ),
        contacts=(Contact(child_id="1", name="Mr X", relation="father", do_not_contact=True),),
    )
    found = page(*HELD, around=around)
    assert found["Promises"] == ["Call back | Ms O | 30 Nov 2026 | 2 days"]
    assert found["Last contact"] == [
        "20 Nov 2026, visit with Ms O: New",
        "Pinned: 1 Nov 2026, call: Old",
    ]
    assert "Consultation | Wharf Lane | 20 Nov 2026 | 8 days" in found["Who holds what"]
    assert "Do not contact Mr X." in found["Watch out for"]


def test_what_is_to_be_mended_and_an_appeal_are_traps() -> None:
    found = page(*HELD, fact("appeal_registered", "2026-11-02"), born=None)["Watch out for"]
    assert "An appeal is registered, since 2 Nov 2026." in found
    assert "To mend: Date of birth not recorded." in found
    over = fact("appeal_ended", "2026-11-09"), fact("appeal_registered", "2026-12-02")
    found = page(*HELD, fact("appeal_registered", "2026-11-02"), *over)["Watch out for"]
    assert not any("appeal" in one for one in found)


def test_an_assessment_is_held_by_the_council_and_its_advice_by_whoever_was_asked() -> None:
    found = page(
        fact("request_received", "2026-09-01"),
        fact("assessment_decision_sent", "2026-10-10", outcome="assess"),
        fact("advice_requested", "2026-10-12", source="ep"),
        fact("advice_requested", "2026-10-12", source="health"),
        fact("advice_received", "2026-11-20", source="health"),
    )["Who holds what"]
    assert found == [
        "Assessment, week 13: serve the draft | Council | 1 Sep 2026 | 88 days",
        "Advice for the assessment | Educational psychologist | 12 Oct 2026 | 47 days",
    ]


def test_a_contact_of_the_past_is_no_trap_and_a_long_note_is_cut() -> None:
    contacts = (
        Contact(child_id="1", name="Mr X", relation="father", interpreter=True, language="Somali"),
        Contact(
            child_id="1",
            name="Mr Y",
            relation="carer",
            do_not_contact=True,
            until=date(2026, 11, 27),
        ),
    )
    note = Note(child_id="1", on=TODAY, kind="call", words="Rang " * 200)
    found = page(around=Around(contacts=contacts, notes=(note,), panels=("send panel, 1 Dec",)))
    assert found["Watch out for"][:2] == [
        "Mr X needs an interpreter (Somali).",
        "Send panel, 1 Dec.",
    ]
    (line,) = found["Last contact"]
    assert line.startswith("28 Nov 2026, call: Rang Rang")
    assert line.endswith("Rang…")
    assert len(line) < 600


def test_a_case_with_nothing_says_so_and_each_page_begins_anew() -> None:
    found = page()
    assert found["Last contact"] == ["No contact is recorded."]
    file = CaseFile(child(), None, None, (), ())
    one = handover_page(file, Around(), TODAY, "R. Haque")
    assert "nobody holds the case" in one.about
    both = together("Handover", (one, one))
    assert [part.title for part in both.parts if part.large] == ["Okafor, Ada"] * 2
    assert [part.new_page for part in both.parts if part.large] == [False, True]
