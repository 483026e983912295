"""Records drawn beside the drawn children: what their plans say, audits, places and growing up.

Each child comes with a plain account, from which a test counts; the measures see records alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from caseworker_app.domain import plan_history
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.addresses import Address
from caseworker_app.domain.declarations.auditing import (
    AuditTool,
    Criterion,
    Mark,
    Moderation,
    PlanAudit,
)
from caseworker_app.domain.declarations.brought_in import Suspension
from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.declarations.families import Feedback
from caseworker_app.domain.declarations.growing_up import Adulthood, AdultTransition, Pathway
from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.panels import Panel
from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.declarations.thread import (
    Aspiration,
    DescribedNeed,
    Judgement,
    NeedBehind,
    Outcome,
    Provision,
    ProvisionFor,
)
from caseworker_app.domain.over_time import Spell
from caseworker_app.domain.people import Setting
from tests.domain.measures.drawing import LAST, Told, draw
from tests.domain.measures.making import by_kind

AREAS = ("well", "living", "learning", "choice", "safe")
PROGRESS = ("achieved", "on_track", "some", "none", "not_looked_at")
FOUR = ("employment", "living", "community", "health")
FIVE = ("specific", "measurable", "achievable", "relevant", "timed")
WEIGHTS = {"old": {"advice": 1, "care": 2, "plain": 1}, "new": {"advice": 3, "plain": 1}}
"""Two editions of an audit tool: the weight of each criterion. The new one has none of care."""
THRESHOLDS = {"old": 75, "new": 60}
TEMPLATES = ("Conversion", "V1", "V2", "V3")
"""The council's own list, the newest last."""
SCHOOLS = {
    "Alder": ("special", "211"),
    "Birch": ("primary", "211"),
    "Cedar": ("special", "212"),
    "Dogwood": ("post16", ""),
    "Elm": ("post16", "211"),
    "Fir": ("", "213"),
}
"""A setting's kind and the number of its authority; "" where nobody recorded it."""
INSIDE = "211"
_BEFORE_2018 = date(2016, 6, 1)


@dataclass
class Words:
    """An aspiration or a need, from a day to a day."""

    key: str
    since: date | None
    until: date | None = None


@dataclass
class Aim:
    """An outcome; `said` has what each review found, by the day it met."""

    key: str
    set_on: date
    ended: date | None
    hope: str | None
    needs: list[str]
    area: str
    smart: dict[str, str]
    said: dict[date, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Given:
    """Provision, and the outcomes it is for."""

    key: str
    since: date
    until: date | None
    cost: int | None
    funder: str
    short_break: bool
    aims: list[str]


@dataclass
class Looked:
    """An audit; `second` has each moderation: its day and the marks that differ."""

    on: date
    tool: str
    marks: dict[str, str]
    second: list[tuple[date, dict[str, str]]] = field(default_factory=list)


@dataclass
class Spent:
    """From a day to a day, something by its code: a budget's decision, a pathway, a place."""

    what: str
    since: date | None
    until: date | None = None
    more: str = ""


@dataclass
class Whole:
    """A child with all of their account.

    Attributes:
        versions: the template of each final plan by its day.
        areas: how many of the four areas each review discussed, by the day it met.
        routes: pathways; `more` is planned or started.
        adult: what was decided on adult services: when, what, and the day of the plan.
        homes: inside the authority or not.
        out: suspensions: the day, whether permanent, and upheld or not.
        places: settings, by name.
    """

    told: Told
    hopes: list[Words] = field(default_factory=list)
    needs: list[Words] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    budgets: list[Spent] = field(default_factory=list)
    versions: dict[date, str] = field(default_factory=dict)
    looked: list[Looked] = field(default_factory=list)
    areas: dict[date, int] = field(default_factory=dict)
    routes: list[Spent] = field(default_factory=list)
    adult: list[tuple[date, str, date | None]] = field(default_factory=list)
    homes: list[Spent] = field(default_factory=list)
    out: list[tuple[date, bool, str]] = field(default_factory=list)
    places: list[Spent] = field(default_factory=list)


@dataclass
class Answered:
    """What a family answered; "" where a question was left out."""

    on: date
    about: str
    given_by: str
    rating: str
    involved: str
    reflects: str


@dataclass
class Sat:
    """A panel."""

    on: date
    represented: bool


def draw_whole(seed: int, many: int) -> list[tuple[Whole, CaseFile]]:
    """Children with their account and their files, a third of them with plans of before 2018."""
    random = Random(seed)
    found = []
    for at, (told, file) in enumerate(
        (*draw(seed, many), *draw(seed + 1, many // 2, _BEFORE_2018, 2 * 365))
    ):
        one = _Drawing(random, told, at).whole()
        found.append((one, _file(one, file, at)))
    return found


def draw_beside(seed: int) -> tuple[list[Answered], list[Sat]]:
    """What belongs to no child."""
    random = Random(seed)
    first = date(2023, 1, 1)
    steps = ("", "strongly_agree", "agree", "neither", "disagree", "strongly_disagree")
    answers = [
        Answered(
            first + timedelta(random.randint(0, 1420)),
            random.choice(("assessment", "review")),
            random.choice(("", "parent", "young_person")),
            random.choice(("", "very_good", "good", "fair", "poor", "very_poor")),
            random.choice(steps),
            random.choice(steps),
        )
        for _ in range(150)
    ]
    days = random.sample(range(1420), 60)
    sat = [Sat(first + timedelta(day), random.random() < 0.6) for day in days]
    return answers, sat


class _Drawing:
    """Draws one child's account."""

    def __init__(self, random: Random, told: Told, at: int) -> None:
        self._random, self._told, self._at, self._number = random, told, at, 0
        self._met = [one.meeting for one in told.reviews if one.meeting is not None]

    def whole(self) -> Whole:
        told = self._told
        one = Whole(told)
        start = told.since or told.request or date(2024, 1, 1)
        self._out(one)
        self._growing(one, start)
        if told.since is None:
            return one
        if self._often(0.85):
            self._thread(one, told.since)
        self._versions(one)
        self._looked(one, told.since)
        self._money(one, told.since)
        self._places(one, told.since)
        return one

    def _often(self, share: float) -> bool:
        return self._random.random() < share

    def _key(self) -> str:
        self._number += 1
        return str(self._at * 100 + self._number)

    def _day(self, since: date, most: int = 1000) -> date:
        return since + timedelta(self._random.randint(0, most))

    def _thread(self, one: Whole, since: date) -> None:
        choose = self._random.choice
        one.hopes = [Words(self._key(), *self._from_to(since)) for _ in range(choose((1, 1, 2)))]
        one.needs = [
            Words(self._key(), choose((None, since)), self._end(since))
            for _ in range(choose((1, 2)))
        ]
        whole = self._often(0.6)
        for _ in range(choose((1, 1, 2, 3))):
            set_on = choose([since, *self._met])
            smart = "yes" if whole else choose(("yes", "yes", "no", ""))
            marks = dict.fromkeys(FIVE, "yes") | {choose(FIVE): smart}
            there = whole or self._often(0.7)
            aim = Aim(
                self._key(),
                set_on,
                self._end(set_on),
                choose(one.hopes).key if there else None,
                [choose(one.needs).key] if whole or self._often(0.8) else [],
                choose(AREAS),
                marks,
            )
            one.aims.append(aim)
            if whole or self._often(0.7):
                one.given.append(self._given(since, [aim.key], whole))
        if self._often(0.3):
            one.given.append(self._given(since, [], whole))
        for met in self._met:
            self._judge(one, met)

    def _judge(self, one: Whole, met: date) -> None:
        everything = self._often(0.6)
        for aim in one.aims:
            if aim.set_on < met and (aim.ended is None or aim.ended >= met):
                kept = self._random.choice(("kept", "rewritten", "" if not everything else "kept"))
                if everything or self._often(0.6):
                    aim.said[met] = (self._random.choice(PROGRESS), kept)

    def _given(self, since: date, aims: list[str], whole: bool) -> Given:
        choose = self._random.choice
        costed = whole or self._often(0.8)
        begun, until = self._from_to(choose([since, *self._met]))
        return Given(
            self._key(),
            begun,
            until,
            choose((0, 120_000)) if costed else None,
            choose(("school", "health")) if costed or self._often(0.5) else "",
            self._often(0.3),
            aims,
        )

    def _end(self, since: date) -> date | None:
        return self._day(since, 900) if self._often(0.2) else None

    def _from_to(self, since: date) -> tuple[date, date | None]:
        return since, self._end(since)

    def _versions(self, one: Whole) -> None:
        told, choose = one.told, self._random.choice
        finals = [
            told.transferred or told.plan,
            *(each.final for each in told.reviews if each.final is not None),
        ]
        at = choose((0, 0, 1, 2))
        for on in finals:
            assert on is not None
            if not one.versions or self._often(0.85):
                one.versions[on] = TEMPLATES[min(at, len(TEMPLATES) - 1)]
            at += choose((0, 1, 1, 2))

    def _looked(self, one: Whole, since: date) -> None:
        choose = self._random.choice
        days = [choose([since, self._day(since, 900), *self._met]) for _ in range(3)]
        for on in sorted(set(days))[: choose((0, 1, 1, 2, 3))]:
            tool = choose(("old", "new"))
            marks = {
                code: choose(("met", "met", "met", "partly", "not", "na"))
                for code in WEIGHTS[tool]
                if self._often(0.95)
            }
            looked = Looked(on, tool, marks)
            if self._often(0.3):
                first = self._day(on, 60)
                looked.second.append((first, {choose(list(WEIGHTS[tool])): choose(("met", "not"))}))
                if self._often(0.3):
                    after = first + timedelta(self._random.randint(1, 200))
                    looked.second.append((after, {"advice": choose(("met", "partly"))}))
            one.looked.append(looked)

    def _money(self, one: Whole, since: date) -> None:
        for _ in range(self._random.choice((0, 0, 0, 1, 2))):
            decision = self._random.choice(("agreed", "agreed", "refused", ""))
            begun = None if decision != "agreed" and self._often(0.7) else self._day(since, 600)
            begun = None if decision == "refused" else begun
            until = None if begun is None or self._often(0.5) else self._day(begun, 500)
            one.budgets.append(Spent(decision, begun, until))

    def _places(self, one: Whole, since: date) -> None:
        names = list(SCHOOLS)
        if self._often(0.1):
            return
        change = self._day(since, 900)
        first, second = self._random.sample(names, 2)
        if change > LAST or self._often(0.5):
            one.places = [Spent(first, None, None)]
        else:
            one.places = [
                Spent(first, None, change - timedelta(1)),
                Spent(second, change, None),
            ]

    def _growing(self, one: Whole, start: date) -> None:
        choose = self._random.choice
        one.areas = {met: choose((0, 2, 3, 4, 4, 4)) for met in self._met if self._often(0.8)}
        eighteen = one.told.born.replace(year=one.told.born.year + 18)
        if eighteen < date(2027, 6, 1):
            for _ in range(choose((0, 1, 1, 2))):
                decided = eighteen - timedelta(self._random.randint(1, 500))
                plan = eighteen + timedelta(choose((-200, -1, 0, 1, 100)))
                needed = choose(("yes", "yes", "no", "open"))
                has = needed == "yes" and self._often(0.8)
                one.adult.append((decided, needed, plan if has else None))
            one.adult.sort(key=lambda each: each[0])
        for _ in range(choose((0, 1, 1, 2))):
            what = choose(("internship", "supported_apprenticeship", "fe", "unknown"))
            since = self._day(start, 1000)
            until = self._day(since, 500) if self._often(0.4) else None
            one.routes.append(Spent(what, since, until, choose(("planned", "started"))))
        first = self._day(start, 500)
        if self._often(0.6):
            inside = choose(("yes", "no", ""))
            one.homes = [
                Spent(inside, None, first - timedelta(1)),
                Spent(choose(("yes", "no")), first),
            ]

    def _out(self, one: Whole) -> None:
        for _ in range(self._random.choice((0, 0, 0, 1, 2))):
            permanent = self._often(0.3)
            upheld = self._random.choice(("yes", "no", "")) if permanent else ""
            on = self._day(date(2023, 1, 1), 1420)
            if on not in {before for before, _, _ in one.out}:
                one.out.append((on, permanent, upheld))


TOOLS = tuple(
    AuditTool(
        name="Ours",
        edition=at,
        since=date(2015, 1, 1),
        threshold=THRESHOLDS[key],
        criteria=tuple(
            Criterion(code, "B", code.title(), weight=weight) for code, weight in weights.items()
        ),
        id=key,
    )
    for at, (key, weights) in enumerate(WEIGHTS.items(), 1)
)
LISTS = (
    *(
        Choice(of_list="plan templates", code=one.casefold(), words=one, place=at)
        for at, one in enumerate(TEMPLATES)
    ),
    Choice(of_list="la numbers inside the area", code=INSIDE, words="Ours"),
)


def beside(answers: list[Answered], sat: list[Sat]) -> tuple[Any, ...]:
    """The records that belong to no child."""
    return (
        *TOOLS,
        *LISTS,
        *(
            Feedback(
                about=one.about,
                on=one.on,
                given_by=one.given_by,
                rating=one.rating,
                involved=one.involved,
                reflects=one.reflects,
                number=str(at),
                id=str(at),
            )
            for at, one in enumerate(answers)
        ),
        *(
            Panel(kind="send", on=one.on, parent_representative=one.represented, id=str(at))
            for at, one in enumerate(sat)
        ),
    )


def _file(one: Whole, file: CaseFile, at: int) -> CaseFile:
    """The file with the records, as a store has them."""
    facts = tuple(
        replace(fact, id=str(at * 1000 + number)) for number, fact in enumerate(file.facts)
    )
    file = replace(file, facts=facts)
    kept = by_kind(records_of(one, file))
    days = {fact.id: fact.on for fact in facts}
    settings = {
        name: Setting(name, kind=kind, la_number=number, id=name)
        for name, (kind, number) in SCHOOLS.items()
    }
    places = [
        Spell("setting_id", {"setting_id": each.what}, each.since, each.until, settings[each.what])
        for each in one.places
    ]
    versions = plan_history.spells(kept.get("plan_version", ()), days)
    now = one.places[-1].what if one.places else ""
    said = list(one.versions.values())
    child = replace(file.child, setting_id=now or None, template=said[-1] if said else "")
    return replace(
        file,
        child=child,
        setting=settings.get(now),
        spells=(*(places if len(places) > 1 else ()), *versions),
        kept=kept,
    )


def records_of(one: Whole, file: CaseFile) -> Iterator[Any]:
    """The records of a child, what is pointed at before what points."""
    yield from _of_the_thread(one, file)
    fact = {(each.kind, each.on): each.id for each in file.facts}
    for number, (on, template) in enumerate(one.versions.items(), 1):
        kind, sent = next(
            (kind, fact[of, on])
            for kind, of in PlanVersion.FACTS.items()
            if kind != "draft" and (of, on) in fact
        )
        yield PlanVersion(
            child_id="1", number=number, kind=kind, fact_id=sent, template=template, id=str(number)
        )
    for at, looked in enumerate(one.looked):
        yield PlanAudit(
            child_id="1",
            plan_version_id="1",
            tool_id=looked.tool,
            auditor="A. Auditor",
            on=looked.on,
            kind="desk",
            marks=_marks(looked.marks),
            id=str(at),
        )
        for number, (on, marks) in enumerate(looked.second):
            yield Moderation(
                child_id="1",
                audit_id=str(at),
                moderator=f"M{number}",
                on=on,
                marks=_marks(marks),
                id=str(at * 10 + number),
            )
    for number, budget in enumerate(one.budgets):
        yield PersonalBudget(
            child_id="1",
            part="care",
            way="direct",
            asked_on=date(2016, 1, 1) + timedelta(number),
            decision=budget.what,
            since=budget.since,
            until=budget.until,
        )
    yield from _of_growing_up(one, fact)
    for home in one.homes:
        yield Address(
            child_id="1", postcode="E1 4NS", inside=home.what, since=home.since, until=home.until
        )
    for on, permanent, upheld in one.out:
        yield Suspension(
            child_id="1",
            since=on,
            half_days=None if permanent else 3,
            permanent=permanent,
            upheld=upheld,
        )


def _marks(marks: dict[str, str]) -> tuple[Mark, ...]:
    return tuple(Mark(code, mark) for code, mark in marks.items())


def _of_the_thread(one: Whole, file: CaseFile) -> Iterator[Any]:
    met = {each.on: each.id for each in file.facts if each.kind == "review_meeting_held"}
    for hope in one.hopes:
        assert hope.since is not None
        yield Aspiration(
            child_id="1",
            whose="child",
            words=f"Hope {hope.key}",
            on=hope.since,
            until=hope.until,
            id=hope.key,
        )
    for need in one.needs:
        yield DescribedNeed(
            child_id="1",
            section="B",
            words=f"Need {need.key}",
            since=need.since,
            until=need.until,
            id=need.key,
        )
    for aim in one.aims:
        yield Outcome(
            child_id="1",
            aspiration_id=aim.hope,
            area=aim.area,
            words=f"Aim {aim.key}",
            set_on=aim.set_on,
            ended_on=aim.ended,
            id=aim.key,
            **aim.smart,
        )
        for key in aim.needs:
            yield NeedBehind(child_id="1", outcome_id=aim.key, need_id=key)
        for on, (progress, kept) in aim.said.items():
            yield Judgement(
                child_id="1", outcome_id=aim.key, review_id=met[on], progress=progress, kept=kept
            )
    for given in one.given:
        yield Provision(
            child_id="1",
            section="F",
            what=f"Provision {given.key}",
            who="A teacher",
            since=given.since,
            until=given.until,
            cost=given.cost,
            funder=given.funder,
            short_break=given.short_break,
            id=given.key,
        )
        for key in given.aims:
            yield ProvisionFor(child_id="1", provision_id=given.key, outcome_id=key)


def _of_growing_up(one: Whole, fact: dict[tuple[str, date], str | None]) -> Iterator[Any]:
    for on, many in one.areas.items():
        said = {code: at < many for at, code in enumerate(FOUR)}
        key = fact["review_meeting_held", on]
        assert key is not None
        yield Adulthood(child_id="1", review_id=key, **said)
    for route in one.routes:
        yield Pathway(
            child_id="1", kind=route.what, state=route.more, since=route.since, until=route.until
        )
    for at, (decided, needed, plan) in enumerate(one.adult):
        yield AdultTransition(
            child_id="1", needed=needed, decided_on=decided, plan_on=plan, id=str(at)
        )
