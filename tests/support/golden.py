"""Plans drawn whole, then spoilt: what is planted is known, and nothing else may be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from caseworker_app.domain.declarations.thread import (
    FUNDERS,
    NEED_AREAS,
    OUTCOME_AREAS,
    Aspiration,
    DescribedNeed,
    NeedBehind,
    Outcome,
    Provision,
    ProvisionFor,
)
from caseworker_app.domain.plan_thread import Thread, faults_of, plan_tree
from caseworker_app.domain.unspecific import Vague

TODAY = date(2026, 11, 28)
_SMART = dict.fromkeys(("specific", "measurable", "achievable", "relevant", "timed"), "yes")
_GIVEN = (
    "A speech and language therapist works with them alone",
    "A specialist teacher gives direct teaching",
    "An assistant of level 3 sits beside them",
    "Physiotherapy in the pool with the physiotherapist",
)
_OFTEN = ("45 minutes a week", "2 hours a week", "15 minutes twice a day", "1 hour each fortnight")
_WEAK = ("Access to a therapist", "Regular help", "Opportunities for play", "Help where possible")


@dataclass(slots=True)
class Drawn:
    """A plan in the making, and how often each fault was planted at which line."""

    draw: Random
    aspirations: list[Aspiration] = field(default_factory=list)
    needs: list[DescribedNeed] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    provision: list[Provision] = field(default_factory=list)
    behind: list[NeedBehind] = field(default_factory=list)
    purposes: list[ProvisionFor] = field(default_factory=list)
    planted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def thread(self) -> Thread:
        """The records, in no order."""
        groups: list[list[Any]] = [
            *(self.aspirations, self.needs, self.outcomes, self.provision),
            *(self.behind, self.purposes),
        ]
        for some in groups:
            self.draw.shuffle(some)
        return Thread(*map(tuple, groups))


def whole(draw: Random) -> Drawn:
    """A plan without a fault: every line tied, costed and judged."""
    made, keys = Drawn(draw), map(str, count(draw.randint(1, 900)))
    on = TODAY - timedelta(days=draw.randint(1, 900))
    for _ in range(draw.randint(1, 3)):
        whose = draw.choice(("child", "family"))
        made.aspirations.append(
            Aspiration(
                child_id="1", whose=whose, words="To work with animals.", on=on, id=next(keys)
            )
        )
    sections = ["B", *draw.choices("BCD", k=draw.randint(0, 4))]
    for letter in sections:
        area = draw.choice(tuple(NEED_AREAS))
        made.needs.append(
            DescribedNeed(child_id="1", section=letter, area=area, words="Need.", id=next(keys))
        )
    for need in made.needs:
        for _ in range(draw.randint(1, 2)):
            outcome = Outcome(
                child_id="1",
                aspiration_id=draw.choice(made.aspirations).id,
                area=draw.choice(tuple(OUTCOME_AREAS)),
                words="By July they read 60 words a minute.",
                set_on=on,
                **_SMART,
                id=next(keys),
            )
            made.outcomes.append(outcome)
            made.behind.append(
                NeedBehind(child_id="1", outcome_id=outcome.id, need_id=need.id, id=next(keys))
            )
    for number, outcome in enumerate(made.outcomes):
        given = _provision(draw, next(keys), on, "F" if number == 0 else "")
        made.provision.append(given)
        made.purposes.append(
            ProvisionFor(child_id="1", provision_id=given.id, outcome_id=outcome.id, id=next(keys))
        )
    return made


def _provision(draw: Random, key: str, on: date, letter: str) -> Provision:
    return Provision(
        child_id="1",
        section=letter or draw.choice(("F", "G", "H1", "H2")),
        what=draw.choice(_GIVEN),
        who="Therapist",
        how_often=draw.choice(_OFTEN),
        since=on if draw.random() < 0.9 else TODAY + timedelta(days=30),
        cost=draw.randint(0, 900_000),
        funder=draw.choice(tuple(FUNDERS)),
        id=key,
    )


def spoilt(draw: Random) -> Drawn:
    """A whole plan in which up to six faults are planted, each where it tells itself alone."""
    made = whole(draw)
    for plant in draw.sample(_PLANTS, draw.randint(0, 6)):
        plant(made)
    return made


def _pick(made: Drawn, some: Sequence[Any], kind: str, *codes: str) -> int | None:
    """The place of a line that has not ended and has none of these faults yet, or None."""
    free = [
        at
        for at, one in enumerate(some)
        if getattr(one, "until", None) is None
        and not any(made.planted[f"{kind}/{one.id}", code] for code in codes)
    ]
    return made.draw.choice(free) if free else None


def _no_cost(made: Drawn) -> None:
    at = _pick(made, made.provision, "provision", "provision_no_cost")
    if at is not None:
        one = made.provision[at] = replace(made.provision[at], cost=None)
        made.planted[f"provision/{one.id}", "provision_no_cost"] = 1


def _no_funder(made: Drawn) -> None:
    at = _pick(made, made.provision, "provision", "provision_no_funder")
    if at is not None:
        one = made.provision[at] = replace(made.provision[at], funder="")
        made.planted[f"provision/{one.id}", "provision_no_funder"] = 1


def _weak_words(made: Drawn) -> None:
    at = _pick(made, made.provision, "provision", "vague")
    if at is not None:
        # "Regular" is made exact by the hours beside it, so these go too.
        words = made.draw.choice(_WEAK)
        one = replace(made.provision[at], what=words, how_often="")
        made.provision[at] = one
        made.planted[f"provision/{one.id}", "vague"] = 1
        made.planted[f"provision/{one.id}", "no_quantity"] = 1


def _no_need_behind(made: Drawn) -> None:
    """An outcome loses its need; the need may have lost its last outcome by it."""
    if not made.behind:
        return
    gone = made.behind.pop(made.draw.randrange(len(made.behind)))
    made.planted[f"outcome/{gone.outcome_id}", "outcome_no_need"] = 1
    if all(one.need_id != gone.need_id for one in made.behind):
        made.planted[f"described_need/{gone.need_id}", "need_no_outcome"] = 1


def _need_alone(made: Drawn) -> None:
    one = DescribedNeed(child_id="1", section="C", words="Another need.", id="99001")
    made.needs.append(one)
    made.planted["described_need/99001", "need_no_outcome"] = 1


def _no_aspiration(made: Drawn) -> None:
    at = _pick(made, made.outcomes, "outcome", "outcome_no_aspiration")
    if at is not None:
        one = made.outcomes[at] = replace(made.outcomes[at], aspiration_id=None)
        made.planted[f"outcome/{one.id}", "outcome_no_aspiration"] = 1


def _not_judged(made: Drawn) -> None:
    at = _pick(made, made.outcomes, "outcome", "smart_missing", "smart_no")
    if at is not None:
        mark = made.draw.choice(tuple(_SMART))
        said = made.draw.choice(("", "no"))
        one = replace(made.outcomes[at], **{mark: said})
        made.outcomes[at] = one
        made.planted[f"outcome/{one.id}", "smart_no" if said else "smart_missing"] = 1


def _provision_ended(made: Drawn) -> None:
    """What has ended leads to nothing any more, and is not shown or faulted itself."""
    asked = [
        at
        for at, one in enumerate(made.provision)
        if not any(key == f"provision/{one.id}" for key, _ in +made.planted)
        and sum(each.section == "F" and each.until is None for each in made.provision)
        > (one.section == "F")
    ]
    if not asked:
        return
    at = made.draw.choice(asked)
    one = made.provision[at]
    if one.since >= TODAY:
        return
    made.provision[at] = replace(one, until=TODAY - timedelta(days=1))
    for tie in made.purposes:
        if tie.provision_id == one.id and tie.outcome_id:
            made.planted[f"outcome/{tie.outcome_id}", "outcome_no_provision"] = 1


def _for_nothing(made: Drawn) -> None:
    """Provision that is for nothing, costed and exact all the same."""
    one = _provision(made.draw, "99002", TODAY, "G")
    made.provision.append(one)
    made.planted["provision/99002", "provision_no_purpose"] = 1


_PLANTS: tuple[Callable[[Drawn], None], ...] = (
    *(_no_cost, _no_funder, _weak_words, _no_need_behind, _need_alone, _no_aspiration),
    *(_not_judged, _provision_ended, _for_nothing),
)


def wrong(made: Drawn, vague: Sequence[Vague]) -> str:
    """What is told that was not planted, or not told that was; "" where all is right."""
    told = Counter(
        (key, fault.code) for key, fault in faults_of(plan_tree(made.thread(), TODAY, vague))
    )
    missed, invented = sorted(+made.planted - told), sorted(told - made.planted)
    return f"missed {missed}, invented {invented}" if missed or invented else ""


def tried(many: int, seed: int, vague: Sequence[Vague]) -> tuple[Counter[str], list[str]]:
    """Draw so many plans; how often each fault was planted, and what went wrong."""
    planted: Counter[str] = Counter()
    bad: list[str] = []
    for number in range(many):
        made = spoilt(Random(f"{seed}:{number}"))
        planted.update(code for _, code in +made.planted)
        if said := wrong(made, vague):
            bad.append(f"plan {number} of seed {seed}: {said}")
    return planted, bad
