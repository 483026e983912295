"""Agreement between auditors, against values worked out elsewhere."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.auditing.agreement import agreement, strength, two_looks
from caseworker_app.domain.declarations.auditing import (
    MARKS,
    AuditTool,
    Criterion,
    Mark,
    Moderation,
    PlanAudit,
)

DAY = date(2026, 11, 2)
TOOL = AuditTool(
    id="1",
    name="Ours",
    edition=1,
    since=DAY,
    threshold=75,
    criteria=(Criterion("c0", "", "Plain language"), Criterion("c1", "D", "Care is clear")),
)
PAIRS = st.lists(st.tuples(st.sampled_from(list(MARKS)), st.sampled_from(list(MARKS))), max_size=30)


def audit(key: str, auditor: str, *codes: str) -> PlanAudit:
    return PlanAudit(
        id=key,
        child_id="1",
        plan_version_id="7",
        tool_id="1",
        auditor=auditor,
        on=DAY,
        kind="desk",
        marks=tuple(Mark(f"c{at}", code) for at, code in enumerate(codes)),
    )


def test_the_textbook_example_gives_the_textbook_kappa() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 70 % alike, 50 % by chance, kappa 0.4.
    pairs = [("met", "met")] * 20 + [("met", "not")] * 5
    pairs += [("not", "met")] * 10 + [("not", "not")] * 15
    made = agreement(pairs)
    assert made.per_cent == 70
    assert made.kappa == Fraction(2, 5)
    assert made.words == "35 of 50 marks alike (70 %); kappa 0.40, fair."


def test_nothing_said_twice_and_one_mark_throughout_have_no_kappa() -> None:
    assert agreement([]).per_cent is None
    assert agreement([]).words == "No mark was given twice yet."
    same = agreement([("met", "met")] * 4)
    assert (same.per_cent, same.kappa) == (100, None)


@given(PAIRS)
def test_kappa_is_at_most_one_and_the_same_from_both_sides(pairs: list[tuple[str, str]]) -> None:
    made, turned = agreement(pairs), agreement([(two, one) for one, two in pairs])
    assert (made.kappa, made.same) == (turned.kappa, turned.same)
    assert made.kappa is None or made.kappa <= 1
    if made.kappa is not None:
        assert (made.kappa == 1) == (made.same == made.pairs)


def test_the_strength_has_a_word_at_each_step() -> None:
    said = [strength(Fraction(one, 100)) for one in (-5, 20, 21, 60, 61, 81)]
    assert said == [
        "no better than chance",
        "slight",
        "fair",
        "moderate",
        "substantial",
        "almost perfect",
    ]


def test_a_moderation_says_the_same_where_it_says_nothing() -> None:
    first = audit("1", "A", "met", "not")
    second = Moderation(
        id="1", child_id="1", audit_id="1", moderator="B", on=DAY, marks=(Mark("c1", "partly"),)
    )
    (looks,) = two_looks([first], [second])
    assert looks.pairs == (("c0", "met", "met"), ("c1", "not", "partly"))
    assert looks.differing == looks.differing_words == ("c1",)
    (looks,) = two_looks([first], [second], {first.tool_id: TOOL})
    assert looks.differing_words == ("Care is clear",)


def test_two_audits_of_one_version_are_two_looks_unless_one_person_did_both() -> None:
    first, own, other = audit("1", "A", "met"), audit("2", "A", "not"), audit("3", "B", "not")
    (looks,) = two_looks([first, own, other], [])
    assert (looks.auditor, looks.other, looks.pairs) == ("A", "B", (("c0", "met", "not"),))
