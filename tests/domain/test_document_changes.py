"""What differs between two documents of a plan, and what became less specific."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.document_changes import (
    DocumentChange,
    PlanDocument,
    document_changes,
    notice_list,
)
from caseworker_app.services.plans.vague_words import vague_words

LINES = st.lists(st.sampled_from(["one two three", "one two four", "five six", "Five  six"]))
SECTIONS = st.dictionaries(st.sampled_from(["", "A", "B", "F", "H1"]), LINES.map(tuple))


def test_each_sort_of_change_is_told_once_and_what_got_less_specific_says_why() -> None:
    before = PlanDocument(
        "old.docx",
        {
            "B": ("Speech is hard to follow.", "Tires by noon."),
            "F": (
                "Speech therapy for 45 minutes once a week by a therapist.",
                "A timetable.",
            ),
            "E": ("Says ten words by July 2026.",),
        },
    )
    after = PlanDocument(
        "new.docx",
        {
            "B": ("Speech is hard  to follow.",),
            "C": ("Tires by noon.",),
            "F": (
                "Speech therapy by a therapist, as required.",
                "Laptops in all lessons.",
            ),
            "E": ("Says ten words by July 2026.",),
        },
    )
    changes = document_changes(before, after, vague_words())
    assert [(one.letter, one.what, one.less) for one in changes] == [
        ("C", "Moved", ""),
        ("F", "Removed", ""),
        ("F", "Changed", "It said how much or how often, and does not any more."),
        ("F", "Added", ""),
    ]
    same = document_changes(
        PlanDocument("a", {"F": ("Speech therapy for 45 minutes once a week, one to one.",)}),
        PlanDocument("b", {"F": ("Speech therapy once a week, one to one.",)}),
        vague_words(),
    )
    assert [one.less for one in same] == [
        "It said how long or how many (45 minutes), and does not any more."
    ]
    vague = document_changes(
        PlanDocument("a", {"F": ("Help of an adult at lunch.",)}),
        PlanDocument("b", {"F": ("Help of an adult at lunch as required.",)}),
        vague_words(),
    )
    assert [one.less for one in vague] == ["It now says \u201cas required\u201d."]


@given(SECTIONS, SECTIONS)
def test_nothing_is_lost_and_nothing_invented(
    one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]
) -> None:
    before, after = PlanDocument("a", one), PlanDocument("b", other)
    changes = document_changes(before, after)
    assert document_changes(before, before) == ()
    for change in changes:
        assert not change.after or change.after in other[change.letter]
        assert change.what == "Moved" or not change.before or change.before in one[change.letter]
    back = document_changes(after, before)
    assert sum(each.what == "Changed" for each in changes) == sum(
        each.what == "Changed" for each in back
    )


def test_the_list_for_the_notice_says_that_it_is_a_draft() -> None:
    change = DocumentChange("F", "Added", "", "A laptop")
    paper = notice_list(PlanDocument("a", {}), PlanDocument("b", {}), [change], "by A")
    assert "Draft, from a to b" in paper.about
    assert paper.parts[0].title == "F Educational provision"
    assert "say the same" in notice_list(*[PlanDocument("a", {})] * 2, [], "").words()
