"""What each of the Department's files counts: things with the columns they stand in, and whose.

Where the published guidance leaves a choice, what is chosen is said in `Layouts.readings`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from caseworker_app.domain.clock.episodes import Assessment, Spell
from caseworker_app.domain.codes import CEASE_REASONS
from caseworker_app.domain.declarations.child_details import ChildDetails
from caseworker_app.domain.declarations.families import Dispute
from caseworker_app.domain.declarations.growing_up import Pathway
from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.department.layout import Layouts
from caseworker_app.domain.department.placing import UNKNOWN, main_placement, place_of
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.department import (
    expected,
    latest_meetings,
    outcome_of,
    standing_of,
    time_taken,
)
from caseworker_app.domain.measures.growing_answers import pathway_on
from caseworker_app.domain.measures.moves import all_moves
from caseworker_app.domain.measures.plan_answers import budget_in_force, in_force

READS = (ChildDetails, Dispute, Pathway, PersonalBudget, Placement)
"""The kinds of record, beside facts and dates, that are looked at."""

_SIX_WEEKS, _SIXTEEN_WEEKS = timedelta(42), timedelta(112)
_TWENTY_WEEKS, _A_YEAR = timedelta(140), timedelta(364)
_NEEDS = frozenset({"asd", "hi", "mld", "msi", "pd", "pmld", "semh", "slcn", "sld", "spld", "vi"})
_OTHER_NEEDS = frozenset({"oth", "ds"})
_WEEKS, _ALL_YEAR = range(38, 52), 52
REASONS: Mapping[str, str] = MappingProxyType(
    dict(
        zip(
            CEASE_REASONS,
            (
                *("max_age", "needs_met", "he", "employ", "transfer"),
                *("no_engage", "moved_outside_eng", "deceased", "other"),
            ),
            strict=True,
        )
    )
)
"""The code of a reason why a plan ceased, to its column."""

_WORK: Mapping[str, str] = MappingProxyType(
    {
        "internship": "open_supp_intern",
        "apprenticeship": "open_apprentice",
        "supported_apprenticeship": "open_apprentice",
        "traineeship": "open_trainee",
    }
)
_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "education": "pb_education",
        "health": "pb_health",
        "care": "pb_social",
        "integrated": "pb_integrated",
    }
)
_MEDIATION = frozenset({"mediation_requested", "mediation_held", "mediation_agreement"})
_TRIBUNAL = frozenset({"appeal_registered", "tribunal_order", "appeal_conceded"})


@dataclass(frozen=True, slots=True)
class Who:
    """Of whom a thing is, by what rows are broken down; None for what is not recorded.

    Attributes:
        age: on 31 August before the survey day.
        began, ceased: the age on the day the plan started, and ceased.
        held: for how many whole years the plan had been held.
        place: a column of place.
    """

    age: int | None
    sex: str | None
    ethnicity: str | None
    place: str | None
    began: int | None = None
    ceased: int | None = None
    held: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing counted.

    Attributes:
        key: what tells it from others of its file: the case's reference and which of its things.
        columns: those it stands in, none of them a total or a share.
    """

    key: tuple[str, int]
    columns: tuple[str, ...]
    who: Who


@dataclass
class Asked:
    """What is asked for, with what could not be told.

    Attributes:
        caseload: as known on the survey day, or the day of today where that lies ahead; its period
            is the calendar year.
        year: the calendar year.
        lacking: what could not be told, in words that follow "because of", with of how many.
    """

    caseload: Caseload
    year: int
    layouts: Layouts
    lacking: Counter[str] = field(default_factory=Counter)

    @property
    def school_year(self) -> date:
        """The last day of August before the survey day."""
        return date(self.year, 8, 31)

    def who(self, view: CaseView, begun: date | None = None, ended: date | None = None) -> Who:
        """Of whom a thing is, with the days the plan began and ended where it is of a plan."""
        child = view.file.child
        age = view.age_on(self.school_year)
        place = place_of(view, self.layouts, age)
        return Who(
            age,
            child.sex or None,
            self._ethnicity(view),
            None if place.column == UNKNOWN else place.column,
            began=None if begun is None else view.age_on(begun),
            ceased=None if ended is None else view.age_on(ended),
            held=None if begun is None else _years(begun, ended or self.caseload.as_at),
        )

    def _ethnicity(self, view: CaseView) -> str | None:
        """The main code, by what was typed or else by the return that was brought in."""
        typed = next((one.ethnicity for one in view.of(ChildDetails) if one.ethnicity), "")
        code = typed or view.file.child.sen2.get("ethnicity", "")
        return self.layouts.main_ethnicity.get(code, code) or None

    def year_of(self, column: str) -> str:
        """The name of a column with its years in place."""
        return with_years(column, self.year)


def with_years(column: str, year: int) -> str:
    """A name of a column with the years of a return in place, each in two digits."""
    return column.format(this=f"{year % 100:02}", next=f"{(year + 1) % 100:02}")


def _years(since: date, day: date) -> int:
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def _live(asked: Asked) -> Iterator[tuple[CaseView, Spell]]:
    for view in asked.caseload.live:
        yield view, view.spells[-1]


def _places(asked: Asked) -> Iterator[Unit]:
    for view, spell in _live(asked):
        yield _placed(asked, view, "ehcplans", spell.made)


def _placed(asked: Asked, view: CaseView, base: str, begun: date) -> Unit:
    who = asked.who(view, begun)
    place = place_of(view, asked.layouts, who.age)
    if place.lacks:
        asked.lacking[f"place not told: {place.lacks}"] += 1
    return Unit((view.reference, 0), (base, place.column), who)


def _needs(asked: Asked) -> Iterator[Unit]:
    for view, spell in _live(asked):
        yield Unit((view.reference, 0), _need(view), asked.who(view, spell.made))


def _need(view: CaseView) -> tuple[str, str]:
    code = view.file.child.need.casefold()
    known = "number_need_unknown"
    if code in _NEEDS | _OTHER_NEEDS:
        known = f"number_{code if code in _NEEDS else 'oth'}"
    return "ehc_plans", known


def _new(asked: Asked) -> Iterator[Unit]:
    for view, _, plan in asked.caseload.first_plans:
        yield _placed(asked, view, "new_ehc_plans", plan)


def _new_needs(asked: Asked) -> Iterator[Unit]:
    for view, _, plan in asked.caseload.first_plans:
        yield Unit((view.reference, 0), _need(view), asked.who(view, plan))


def _requests(asked: Asked) -> Iterator[Unit]:
    for view in asked.caseload.views:
        for place, one in enumerate(view.assessments):
            if one.request is not None and asked.caseload.period.holds(one.request):
                columns = tuple(_request_columns(asked, view, one))
                yield Unit((view.reference, place), columns, asked.who(view))


def _request_columns(asked: Asked, view: CaseView, one: Assessment) -> Iterator[str]:
    refused = one.outcome == "refuse"
    assessed = one.outcome == "assess" or one.plan is not None or one.refusal is not None
    if refused or assessed:
        yield "requests_decided_not_to_assess" if refused else "requests_decided_to_assess"
        if one.decision is None or one.request is None:
            asked.lacking["six weeks not told: no day of the decision"] += 1
        elif one.decision - one.request <= _SIX_WEEKS:
            yield "request_outcome_six_weeks"
        else:
            yield "request_outcome_over_6_weeks"
    elif one.decision is None and one.withdrawn is not None:
        yield "requests_withdrawn"
    else:
        if one.decision is not None:
            asked.lacking["request not told: decided, outcome not recorded"] += 1
        yield "requests_decision_not_made"
    items = view.file.child.sen2
    if _detained(view, one) or items.get("rya") == "1":
        yield "requests_rya"
    disputed = _disputed(view, "assess", one.decision if refused else None)
    said = {"mediation": items.get("requestmediation"), "tribunal": items.get("requesttribunal")}
    disputed |= {kind for kind, flag in said.items() if flag == "1"} if refused else set()
    yield from _both(
        disputed,
        ("mediation_related_request", "tribunal_related_request"),
        "tribunal_after_mediation_request",
    )


def _detained(view: CaseView, one: Assessment) -> bool:
    return any(
        fact.kind == "detained_request_received" and fact.on == one.request for fact in view.facts
    )


def _both(kinds: set[str], columns: tuple[str, str], both: str) -> Iterator[str]:
    mediation, tribunal = columns
    if "mediation" in kinds:
        yield mediation
    if "tribunal" in kinds:
        yield tribunal
    if kinds >= {"mediation", "tribunal"}:
        yield both


def _disputed(view: CaseView, about: str, since: date | None) -> set[str]:
    """Whether a decision went to mediation or to the tribunal, by disputes on record or by facts.

    `about` is a code of `families.DISPUTED`, or "" for anything but refusals to assess or issue.
    """
    if since is None:
        return set()
    refusals = ("assess", "issue")
    known = [one for one in view.of(Dispute) if since <= one.opened_on <= view.as_at]
    if known:
        return {
            one.kind
            for one in known
            if one.kind in ("mediation", "tribunal")
            and (one.about == about if about else one.about not in refusals)
        }
    kinds = {fact.kind for fact in view.facts if fact.on >= since}
    found = {"mediation"} if kinds & _MEDIATION else set()
    return found | {"tribunal"} if kinds & _TRIBUNAL else found


def _assessments(asked: Asked) -> Iterator[Unit]:
    first = {id(one) for _, one, _ in asked.caseload.first_plans}
    for view in asked.caseload.views:
        for place, one in enumerate(view.assessments):
            came = _came_of(asked, one, issued=id(one) in first)
            if came:
                columns = (came, *_assessed_columns(asked, view, one, came))
                yield Unit((view.reference, place), columns, asked.who(view))


def _came_of(asked: Asked, one: Assessment, *, issued: bool) -> str:
    """What came of an assessment in the year; "" where it is not of the year."""
    holds, end = asked.caseload.period.holds, asked.caseload.period.end
    if issued:
        return "assess_issued"
    if holds(one.refusal):
        return "assess_not_issued"
    agreed = one.outcome == "assess" and one.decision is not None and one.decision <= end
    if not agreed:
        return ""
    if holds(one.withdrawn):
        return "assess_withdrawn"
    ended = (one.plan, one.refusal, one.withdrawn, one.ceased)
    still = all(day is None or day > end for day in ended)
    return "assess_not_made" if still else ""


def _assessed_columns(asked: Asked, view: CaseView, one: Assessment, came: str) -> Iterator[str]:
    items = view.file.child.sen2
    if came == "assess_not_issued" and one.refusal is not None:
        if one.request is None:
            asked.lacking["sixteen weeks not told: no request on record"] += 1
        elif one.refusal - one.request <= _SIXTEEN_WEEKS:
            yield "outcome_decision_within_time"
        else:
            yield "outcome_decision_over_time"
        kinds = _disputed(view, "issue", one.refusal) | _flagged(items, "assessment")
        pair = ("number_assess_mediation", "number_assess_tribunal")
        yield from _both(kinds, pair, "number_asssess_mediation_tribunal")
    if came == "assess_issued":
        kinds = _disputed(view, "", one.plan) | _flagged(items, "other")
        pair = ("number_other_mediation", "number_other_tribunal")
        yield from _both(kinds, pair, "number_other_mediation_tribunal")


def _flagged(items: Mapping[str, str], which: str) -> set[str]:
    return {kind for kind in ("mediation", "tribunal") if items.get(f"{which}{kind}") == "1"}


def _issued(asked: Asked) -> Iterator[Unit]:
    for view, one, plan in asked.caseload.first_plans:
        if one.request is None:
            asked.lacking["twenty weeks not told: no request on record"] += 1
            continue
        taken = plan - one.request
        if taken <= _TWENTY_WEEKS:
            column, plain = "plans_issued_within_20_weeks", "plans_issued_20_weeks_ex"
        else:
            column = "plans_issued_gt_1_year"
            if taken <= _A_YEAR:
                column = "plans_issued_gt20weeks_ltYear"
            plain = f"{column}_ex"
        flagged = bool(one.exceptions) or view.file.child.sen2.get("week20") == "1"
        columns = (column,) if flagged else (column, plain)
        yield Unit((view.reference, 0), columns, asked.who(view))


def _reviews(asked: Asked) -> Iterator[Unit]:
    wanted = {view.reference for view in expected(asked.caseload)}
    held = {view.reference: review for view, review in latest_meetings(asked.caseload)}
    for view, spell in _live(asked):
        columns: tuple[str, ...] = ("review_not_expected",)
        if view.reference in wanted:
            columns = ("no_review_meeting",)
        review = held.get(view.reference)
        if review is not None and review.meeting is not None:
            stands = standing_of(asked.caseload, review)
            decided = review.decision is not None
            columns = (
                _dated(asked, _MET, review.meeting),
                _dated(asked, _DECIDED, review.decision)
                if decided
                else f"review_decision_{stands}",
                _OUTCOMES[outcome_of(review)],
                *((_IN_TIME[time_taken(review)],) if decided else ()),
            )
        yield Unit((view.reference, 0), columns, asked.who(view, spell.made))


_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "amend": "outcome_amend",
        "cease": "outcome_cease",
        "maintain": "outcome_maintan",
        "none": "no_outcome",
    }
)
_IN_TIME: Mapping[str, str] = MappingProxyType(
    {"within": "number_decsion_4weeks", "over": "number_decision_gt_4weeks"}
)


_MET = ("review_meeting_{next}", "review_meeting_{this}", "review_meeting_prior_{this}")
_DECIDED = ("review_decision{next}", "review_decision{this}", "review_decision_prior{this}")


def _dated(asked: Asked, columns: tuple[str, str, str], day: date | None) -> str:
    """A column by the year of a day: that of the survey day, the one before, or any earlier."""
    following, this, prior = columns
    if day is None or day.year < asked.year:
        return asked.year_of(prior)
    return asked.year_of(this if day.year == asked.year else following)


def _budgets(asked: Asked) -> Iterator[Unit]:
    for view, _ in _live(asked):
        if budget_in_force(view):
            columns = ("personal_budget", *_budget_columns(asked, view))
            yield Unit((view.reference, 0), columns, asked.who(view))


def _budget_columns(asked: Asked, view: CaseView) -> Iterator[str]:
    running = [one for one in view.of(PersonalBudget) if in_force(one, view.as_at)]
    if not running:
        # The letters by which a return tells the parts are not known for certain.
        asked.lacking["parts of the personal budget not told: nothing but that there is one"] += 1
        if view.file.child.sen2.get("oa") == "1":
            yield "org_arrangments"
        return
    if any(one.way == "organised" for one in running):
        yield "org_arrangments"
    paid = {one.part for one in running if one.way != "organised"}
    if paid:
        yield _PARTS[paid.pop()] if len(paid) == 1 else "pb_integrated"


def _residential(asked: Asked) -> Iterator[Unit]:
    for view, _ in _live(asked):
        main = main_placement(view)
        column = ""
        if main is not None and main.residential:
            if main.residential >= _ALL_YEAR:
                column = "Res_52"
            elif main.residential in _WEEKS:
                column = "Res_3851"
            else:
                asked.lacking["residential place left out: under 38 weeks a year"] += 1
        elif main is None:
            said = view.file.child.sen2.get("res", "")
            column = {"A": "Res_3851", "B": "Res_52"}.get(said, "")
        if column:
            yield Unit((view.reference, 0), (column,), asked.who(view))


def _work_based(asked: Asked) -> Iterator[Unit]:
    for view, _ in _live(asked):
        started = [one for one in view.of(Pathway) if one.state == "started"]
        column = _WORK.get(pathway_on(view), "") if started else ""
        main = main_placement(view)
        if column:
            yield Unit((view.reference, 0), (column,), asked.who(view))
        elif (main is not None and main.work_based) or view.file.child.sen2.get("wbp"):
            asked.lacking["work-based place left out: which kind is not recorded"] += 1


def _ceased(asked: Asked) -> Iterator[Unit]:
    for view in asked.caseload.views:
        for place, spell in enumerate(view.spells):
            if spell.ceased is not None and asked.caseload.holds(spell.ceased):
                reason = REASONS.get(_reason(view, spell.ceased), "not_rec")
                who = asked.who(view, spell.made, spell.ceased)
                yield Unit((view.reference, place), (reason,), who)


def _reason(view: CaseView, day: date) -> str:
    found = (
        fact.text("reason") for fact in view.facts if fact.kind == "plan_ceased" and fact.on == day
    )
    return next(found, None) or ""


def _transfers(asked: Asked) -> Iterator[Unit]:
    this, following = asked.year, asked.year + 1
    due: dict[str, tuple[str, date | None]] = {}
    for year, column in ((this, "due_{this}"), (following, "due_{next}")):
        for move in all_moves(asked.caseload.views, year):
            due[move.reference] = (asked.year_of(column), move.final)
    for view, _ in _live(asked):
        column, final = due.get(view.reference, ("", None))
        columns = ["ehc_plans", *([column] if column else [])]
        if final is not None and final.year in (this, following):
            name = "final_{this}" if final.year == this else "final_{next}"
            columns.append(asked.year_of(name))
        yield Unit((view.reference, 0), tuple(columns), asked.who(view))


COUNTED: Mapping[str, Callable[[Asked], Iterator[Unit]]] = MappingProxyType(
    {
        "caseload": _places,
        "sen_needs_all_plans": _needs,
        "newplans": _new,
        "sen_need_newplans": _new_needs,
        "requests": _requests,
        "assessments": _assessments,
        "timeliness_20_week": _issued,
        "annual_reviews": _reviews,
        "personal_budgets": _budgets,
        "residential_settings": _residential,
        "work_based_placements": _work_based,
        "ceased_plans": _ceased,
        "phase_transfers": _transfers,
    }
)
"""The name of a file to what it counts."""
