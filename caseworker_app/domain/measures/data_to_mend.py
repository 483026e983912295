"""What is missing or contradicts itself in the records: each check small, named and explained.

A check looks at one case as known on the as-at date, and says what it found and on which day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from caseworker_app.domain import uln, upn
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures import contradictions, same_child
from caseworker_app.domain.measures.board import Line, MendRow, Table, Term, Thing
from caseworker_app.domain.measures.case_view import CaseView, months_from
from caseworker_app.domain.measures.mending import Check, Finding
from caseworker_app.domain.measures.tables import each_once

_AGE_FOR_IDENTIFIER = 6
_AGE_TOO_OLD = 26
_REVIEW_FACTS = frozenset({"review_meeting_held", "review_decision_sent", "amended_plan_sent"})


def mend_rows(views: tuple[CaseView, ...]) -> tuple[MendRow, ...]:
    """Everything to put right, by check in their order and then by reference."""
    return tuple(
        MendRow(check.label, view.reference, view.caseworker, view.setting, words, on)
        for check in (*CHECKS, *_across(views))
        for view in views
        for words, on in check.find(view)
    )


def mend_tables(rows: tuple[MendRow, ...]) -> tuple[Table, ...]:
    """How many cases each check found something in; checks that found nothing show 0."""
    behind: dict[str, list[str]] = {}
    for row in rows:
        behind.setdefault(row.check, []).append(row.reference)
    lines = []
    for check in (*CHECKS, *_across(())):
        references = each_once(behind.get(check.label, ()))
        things = tuple(map(Thing, references))
        lines.append(Line(check.key, check.label, len(references), things=things, cases=references))
    title = "Cases with something to mend"
    return (Table("data_to_mend", title, "What is wrong", "figures", tuple(lines)),)


def mend_terms() -> tuple[Term, ...]:
    """Each check explained."""
    return tuple(Term(check.label, check.why, "Check") for check in (*CHECKS, *_across(())))


def _open_case(view: CaseView) -> bool:
    return view.live or any(not one.ended for one in view.assessments)


def _no_birth(view: CaseView) -> Iterator[Finding]:
    if view.file.child.born is None and _open_case(view):
        yield "Date of birth not recorded", None


def _no_need(view: CaseView) -> Iterator[Finding]:
    if view.live and not view.file.child.need:
        yield "Primary need not recorded", None


def _no_setting(view: CaseView) -> Iterator[Finding]:
    if view.live and view.file.setting is None:
        yield "Setting not recorded", None


def _no_setting_kind(view: CaseView) -> Iterator[Finding]:
    if view.live and view.file.setting is not None and not view.setting_kind:
        yield "Kind of setting not recorded", None


def _no_caseworker(view: CaseView) -> Iterator[Finding]:
    if _open_case(view) and not view.caseworker:
        yield "Nobody holds the case", None


def _no_identifier(view: CaseView) -> Iterator[Finding]:
    child = view.file.child
    age = view.age_on(view.as_at)
    if (
        view.live
        and age is not None
        and age >= _AGE_FOR_IDENTIFIER
        and not (child.upn or child.uln)
    ):
        yield "Neither UPN nor ULN recorded", None


def _too_old(view: CaseView) -> Iterator[Finding]:
    age = view.age_on(view.as_at)
    if view.live and age is not None and age >= _AGE_TOO_OLD:
        yield "Plan still live", None


def _history_gap(view: CaseView) -> Iterator[Finding]:
    since = view.file.child.history_from
    if view.live and since is not None and view.next_review() is None:
        yield f"Nothing recorded before {day_words(since)}, so no review date", since


def _no_review_date(view: CaseView) -> Iterator[Finding]:
    if view.live and view.file.child.history_from is None and view.next_review() is None:
        yield "No review date follows from what is recorded", None


def _no_plan_date(view: CaseView) -> Iterator[Finding]:
    reviewed = any(fact.kind in _REVIEW_FACTS for fact in view.facts)
    ceased = any(fact.kind == "plan_ceased" for fact in view.facts)
    if reviewed and not view.spells and not ceased:
        yield "Reviews recorded, but no day the plan was sent", None


def _no_request(view: CaseView) -> Iterator[Finding]:
    for one in view.assessments:
        recent = one.plan is not None and one.plan > months_from(view.as_at, -12)
        began = any(one.plan == spell.since for spell in view.spells)
        first = began and not view.is_historical(one)
        if one.request is None and recent and first:
            yield "First plan sent, no request recorded", one.plan


def _no_decision_to_assess(view: CaseView) -> Iterator[Finding]:
    for one in view.assessments:
        settled = one.plan or one.refusal
        if view.live and one.request is not None and one.decision is None and settled is not None:
            yield "Assessment finished, no decision whether to assess recorded", one.request


def _no_decision(view: CaseView) -> Iterator[Finding]:
    for review in view.reviews:
        held = review.meeting
        if not view.live or not review.undecided or held is None:
            continue
        if review.final is not None:
            yield "Plan amended after the meeting, no decision recorded", held
        elif held + timedelta(28) < view.as_at:
            yield "Meeting held over 4 weeks ago, no decision recorded", held


def _no_outcome(view: CaseView) -> Iterator[Finding]:
    for review in view.reviews:
        if view.live and review.decision is not None and not review.outcome:
            yield "Decision sent, outcome not recorded", review.decision


def _no_meeting(view: CaseView) -> Iterator[Finding]:
    for review in view.reviews:
        day = review.decision or review.report
        if view.live and review.meeting is None and day is not None:
            yield "Review decided or reported, no meeting recorded", day


def _cease_unfinished(view: CaseView) -> Iterator[Finding]:
    decided = _decided_to_cease(view)
    if not view.live or decided is None or _appealing(view):
        return
    if decided < months_from(view.as_at, -2):
        yield "Decided to cease, time to appeal is over, plan not ended", decided


def _decided_to_cease(view: CaseView) -> date | None:
    """The day of the latest decision to cease, unless a later decision keeps the plan."""
    day = None
    for fact in view.facts:
        if fact.kind == "review_decision_sent":
            day = fact.on if fact.text("outcome") == "cease" else None
        elif fact.kind == "cease_notice_sent":
            day = fact.on
        elif fact.kind == "amended_plan_sent":
            day = None
    return day


def _appealing(view: CaseView) -> bool:
    kinds = [fact.kind for fact in view.facts if fact.kind in ("appeal_registered", "appeal_ended")]
    return bool(kinds) and kinds[-1] == "appeal_registered"


def _no_note(view: CaseView) -> Iterator[Finding]:
    for fact in view.facts:
        if fact.kind == "exception" and not (fact.text("note") or "").strip():
            yield "Nothing noted of why it was claimed", fact.on


def _across(views: tuple[CaseView, ...]) -> tuple[Check, ...]:
    """The checks that compare cases with one another."""
    return _upn_check(views), *same_child.checks(views)


def _upn_check(views: tuple[CaseView, ...]) -> Check:
    upns = Counter(view.file.child.upn for view in views if view.file.child.upn)

    def twice(view: CaseView) -> Iterator[Finding]:
        if upns[view.file.child.upn] > 1:
            yield "The same UPN stands on another case", None

    return Check("upn_twice", "UPN used twice", "Two records may be one child.", twice)


def _unsound_upn(view: CaseView) -> Iterator[Finding]:
    written = upn.tidy(view.file.child.upn)
    if upn.is_upn(written) and (why := upn.fault(written)):
        yield f"The UPN {written} cannot be right: {why}", None


def _unsound_uln(view: CaseView) -> Iterator[Finding]:
    written = uln.tidy(view.file.child.uln)
    if written and (why := uln.fault(written)):
        yield f"The ULN {written} cannot be right: {why}", None


CHECKS: tuple[Check, ...] = (
    Check("birth", "No date of birth", "Age, year group and phase transfers need it.", _no_birth),
    Check("need", "No primary need", "Left out of the counts by need.", _no_need),
    Check("setting", "No setting", "Left out of the counts by setting.", _no_setting),
    Check(
        "setting_kind",
        "Setting of unknown kind",
        "Places in special schools and colleges are undercounted, and phase transfers go by year "
        "group.",
        _no_setting_kind,
    ),
    Check("caseworker", "No caseworker", "Nobody sees its alerts as theirs.", _no_caseworker),
    Check(
        "identifier",
        "No UPN or ULN from age 6",
        "Returns to the Department need one of them.",
        _no_identifier,
    ),
    Check(
        "upn_unsound",
        "UPN that cannot be right",
        "It was mistyped, so another system finds nobody or another child by it.",
        _unsound_upn,
    ),
    Check(
        "uln_unsound",
        "ULN that cannot be right",
        "It was mistyped, so the Department and colleges find nobody by it.",
        _unsound_uln,
    ),
    Check("age", "Aged 26 or over", "A plan cannot run past the 26th birthday.", _too_old),
    Check(
        "history",
        "Earlier reviews not recorded",
        "No review date can be given until the last decision is recorded.",
        _history_gap,
    ),
    Check("review_date", "No review date", "The plan is on nobody's list.", _no_review_date),
    Check(
        "plan_date",
        "No day the plan was sent",
        "The plan is not counted as live and has no dates.",
        _no_plan_date,
    ),
    Check(
        "request",
        "No request before a first plan",
        "In neither count of the twenty weeks; told beside.",
        _no_request,
    ),
    Check(
        "decision_to_assess",
        "No decision to assess",
        "Its six weeks stay overdue until it is recorded.",
        _no_decision_to_assess,
    ),
    Check(
        "decision",
        "Meeting without decision",
        "Counts as late. Record the decision, or that there is none.",
        _no_decision,
    ),
    Check("outcome", "Decision without outcome", "Left out of the mix of outcomes.", _no_outcome),
    Check("meeting", "Review without meeting", "Its four weeks cannot be counted.", _no_meeting),
    Check(
        "cease",
        "Ceasing not finished",
        "The plan counts as live until the day it ended is recorded.",
        _cease_unfinished,
    ),
    Check("note", "Exception without note", "It cannot be defended without evidence.", _no_note),
    Check(
        "contradiction",
        "Dates that contradict",
        "A later step stands before an earlier one.",
        contradictions.find,
    ),
)
