"""One invented child: who they are, where they learn, and which road the case has taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from caseworker_app.demo.assessments import (
    assessment_in_progress,
    assessment_that_failed,
    first_plan,
    transferred_in,
)
from caseworker_app.demo.details import beside, noted
from caseworker_app.demo.places import setting_for
from caseworker_app.demo.reviews import reviews_since
from caseworker_app.demo.words import Words
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.incoming import IncomingCase, Place
from caseworker_app.domain.people import Setting

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_AUTHORITY = "820"

_YEARS = [*range(-2, 20)]
_YEAR_WEIGHTS = [
    *(5, 10, 23, 30, 36, 43, 50, 56, 63, 70, 76, 77, 76, 75, 72, 70, 66),
    *(58, 50, 41, 32, 24),
]
"""How children are spread over the year groups, from two-year-olds to young adults, those among
them whose plan has ended."""

_ENDS = ((16, 0.036), (19, 0.09), (99, 0.3))
"""Below which age so many of a hundred plans end in a year: some move away or no longer need one,
more leave school, and most young adults are done. With as many new plans as there are, the stock
grows by eight to ten per cent a year."""

_OLDEST = timedelta(days=6 * 365)
"""Plans of before are taken to have been made in the year that is so long ago."""

_CEASE_REASONS = ["1", "2", "3", "4", "5", "6", "9"]
_MOVED_AWAY = "5"
_CEASE_WEIGHTS = [2, 2, 1, 3, 6, 2, 1]


def invent_case(
    draw: Random,
    number: int,
    today: date,
    words: Words,
    settings: tuple[Setting, ...],
    caseworker: str,
) -> IncomingCase:
    """Invent the child with this number, as the council knows them on `today`."""
    year = draw.choices(_YEARS, _YEAR_WEIGHTS)[0]
    born = _born(draw, year, today)
    boy = draw.random() < 0.72
    need = words.need(draw)
    special = draw.random() < (0.8 if need in ("SLD", "PMLD", "MSI") else 0.22)
    facts = _facts(draw, born, year, today, words)
    case = IncomingCase(
        place=Place("demo", "demo", number + 1),
        reference=f"NB{200_000 + number}",
        surname=draw.choice(words.surnames),
        forename=draw.choice(words.boys if boy else words.girls),
        born=born,
        upn=_upn(number, born) if year >= 0 else "",
        uln=_uln(number) if year >= 9 else "",
        sex="M" if boy else "F",
        need=need,
        secondary_need=_other_need(draw, words, need),
        setting=_setting(draw, settings, year, special=special),
        caseworker=caseworker if draw.random() > 0.01 else "",
        template=_template(draw, facts),
        comment=draw.choice(words.comments) if draw.random() < 0.06 else "",
        facts=facts,
    )
    # Drawn last, so that all before stays what it was.
    return replace(case, sen2=noted(draw, case, year, today), beside=beside(draw, case))


def _born(draw: Random, year: int, today: date) -> date:
    academic_year = today.year if today.month >= 9 else today.year - 1
    first = date(academic_year - 5 - year, 9, 1)
    # A two-year-old's birthday has to lie behind the case.
    return min(first + timedelta(days=draw.randrange(365)), today - timedelta(days=500))


def _facts(draw: Random, born: date, year: int, today: date, words: Words) -> tuple[Fact, ...]:
    road = draw.random()
    if year < -1 or road < 0.06:
        return in_order(tuple(assessment_in_progress(draw, today, words)))
    if road < 0.08:
        return in_order(tuple(assessment_that_failed(draw, today)))
    made = _plan_day(draw, born, today)
    if road < 0.11:
        facts, last_review = transferred_in(draw, made, today)
    else:
        facts, last_review = first_plan(draw, made, today, words), None
    ends = _end_day(draw, born, made, today)
    facts += reviews_since(draw, made, last_review, born, ends or today, today)
    if ends is not None:
        facts = _ended(draw, facts, ends)
    return in_order(tuple(facts))


def _ended(draw: Random, facts: list[Fact], ends: date) -> list[Fact]:
    """The facts up to the day the plan ended, with why; a move away is known of before it."""
    if any(fact.kind == "plan_ceased" for fact in facts):
        return facts
    reason = draw.choices(_CEASE_REASONS, _CEASE_WEIGHTS)[0]
    facts = [fact for fact in facts if fact.on <= ends]
    if reason == _MOVED_AWAY:
        known = max(fact.on for fact in facts)
        known = max(known, ends - timedelta(days=draw.randint(10, 30)))
        facts.append(Fact("move_known", known, {"move": ends}))
    facts.append(Fact("plan_ceased", ends, {"reason": reason}))
    return facts


def _plan_day(draw: Random, born: date, today: date) -> date:
    """A day between the third birthday and last month, as far back as the history goes."""
    latest = today - timedelta(days=20)
    room = max(0, (latest - born).days - 1000)
    day = latest - timedelta(days=int(room * draw.random()))
    if day < today - _OLDEST:
        day = today - _OLDEST + timedelta(days=draw.randrange(365))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _end_day(draw: Random, born: date, made: date, today: date) -> date | None:
    """The day on which a plan ended, drawn year by year by the age; None where it has not."""
    since = made + timedelta(days=60)
    while since < today:
        age = (since - born).days // 365
        chance = next(share for below, share in _ENDS if age < below)
        if draw.random() < chance:
            ends = since + timedelta(days=draw.randrange(365))
            return ends if ends < today else None
        since += timedelta(days=365)
    return None


def _other_need(draw: Random, words: Words, need: str) -> str:
    if draw.random() > 0.42:
        return ""
    other = words.need(draw)
    return "" if other == need else other


def _setting(draw: Random, settings: tuple[Setting, ...], year: int, *, special: bool) -> str:
    chance, pick = draw.random(), draw.randrange(1_000_000)
    if draw.random() < 0.015:
        return ""
    return setting_for(settings, year, chance, pick, special=special)


def _template(draw: Random, facts: tuple[Fact, ...]) -> str:
    plans = [fact.on for fact in facts if fact.kind in ("plan_sent", "amended_plan_sent")]
    if not plans:
        return ""
    if (facts[-1].on - plans[-1]).days > 3 * 365 and draw.random() < 0.5:
        return "Conversion"
    return "V3" if draw.random() < 0.6 else "V2"


def _upn(number: int, born: date) -> str:
    """A well-formed UPN of a school number that is never given out.

    Source: DfE's rule: characters 2 to 13 times their places, modulo 23, give the letter.
    """
    entered = (born.year + 5) % 100
    # School numbers below 1000 belong to no school.
    digits = f"{_AUTHORITY}{number // 1000 % 1000:04d}{entered:02d}{number % 1000:03d}"
    total = sum(int(digit) * place for place, digit in enumerate(digits, start=2))
    return _UPN_LETTERS[total % 23] + digits


def _uln(number: int) -> str:
    """A well-formed ULN. The rule: ten less the weighted sum modulo 11; never where that is 10."""
    stem = 900_000_000 + number * 7
    while (
        rest := sum(int(d) * w for d, w in zip(str(stem), range(10, 1, -1), strict=True)) % 11
    ) == 0:
        stem += 1
    return f"{stem}{10 - rest}"
