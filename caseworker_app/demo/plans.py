"""What the plans of an invented borough say, cost and came to, drawn from references.

The same store is given the same: each plan is drawn from its child's own reference.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from caseworker_app import paths
from caseworker_app.demo.around import Wanted
from caseworker_app.domain.declarations.thread import SMART

_HURRIED, _UNTIED, _UNCOSTED = 0.22, 0.12, 0.2
_MANY = (2, 3, 3, 4)
_PROGRESS = ("achieved", "on_track", "on_track", "some", "some", "none", "not_looked_at")


@dataclass(frozen=True, slots=True)
class Says:
    """What plans say, from `resources/demo/plans.toml`, as the file has it."""

    aspirations: list[tuple[str, str]]
    bundles: list[dict[str, Any]]
    hurried: dict[str, list[Any]]
    bands: dict[str, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One plan that is to have a thread.

    Attributes:
        need: the SEN2 code of the primary need, or "".
        sent: the day its newest final plan was sent.
        held: the last review meeting after that, its id and day; None where none was.
    """

    child_id: str
    reference: str
    need: str
    sent: date
    held: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class Strand:
    """A need with the outcome that answers it and what is provided.

    Attributes:
        before: an outcome that was reached before, or None.
        tied: whether somebody tied need, outcome and provision.
    """

    need: Mapping[str, Any]
    outcome: Mapping[str, Any]
    provision: tuple[Mapping[str, Any], ...]
    before: Mapping[str, Any] | None
    tied: bool


def load_says() -> Says:
    """Read the lists."""
    path = paths.resources() / "demo" / "plans.toml"
    return Says(**tomllib.loads(path.read_text(encoding="utf-8")))


def has_thread(reference: str) -> bool:
    """Whether somebody has typed the words of a plan into the store: of three in five."""
    return _draw(reference, "thread").random() < 0.6


def aspirations(plan: Drawn, says: Says) -> Wanted:
    """One or two hopes, said in the weeks before the plan."""
    draw = _draw(plan.reference, "hopes")
    for whose, words in draw.sample(says.aspirations, draw.choice((1, 2, 2))):
        on = plan.sent - timedelta(days=draw.randint(20, 60))
        yield (
            "aspiration",
            {"child_id": plan.child_id, "whose": whose, "words": words, "on": on},
        )


def strands(plan: Drawn, says: Says) -> tuple[Strand, ...]:
    """The needs of a plan, each with what follows from it."""
    draw = _draw(plan.reference, "strands")
    fitting = [one for one in says.bundles if plan.need in one["needs"]]
    others = [one for one in says.bundles if one["needs"] == [""]]
    chosen = draw.sample(fitting, min(len(fitting), draw.choice(_MANY)))
    chosen += [one for one in others if draw.random() < 0.3]
    return tuple(_strand(plan, one, draw, says, at) for at, one in enumerate(chosen))


def _strand(plan: Drawn, bundle: Mapping[str, Any], draw: Random, says: Says, at: int) -> Strand:
    child = {"child_id": plan.child_id}
    section = bundle.get("section", "B")
    hurried = draw.random() < _HURRIED and at < len(says.hurried["outcomes"])
    until = plan.sent + timedelta(days=draw.randint(300, 700))
    words = says.hurried["outcomes"][at] if hurried else bundle["outcome"]
    outcome = {
        **child,
        "area": bundle["outcome_area"],
        "words": words,
        "set_on": plan.sent,
        "by_when": None if hurried and draw.random() < 0.5 else until,
        **_marks(draw, hurried=hurried),
    }
    before = None
    if draw.random() < 0.25:
        begun = plan.sent - timedelta(days=draw.randint(340, 380))
        before = {
            **child,
            "area": bundle["outcome_area"],
            "words": f"A first step: {bundle['outcome'][:1].lower()}{bundle['outcome'][1:]}",
            "set_on": begun,
            "ended_on": plan.sent,
            "ended_why": draw.choice(("Achieved", "Achieved", "Replaced by a further step")),
        }
    return Strand(
        {**child, "section": section, "area": bundle["area"], "words": bundle["need"],
         "since": plan.sent},
        outcome,
        tuple(_provision(plan, bundle, draw, says.hurried["provision"][at] if hurried else None)),
        before,
        draw.random() >= _UNTIED,
    )  # fmt: skip


def _provision(
    plan: Drawn, bundle: Mapping[str, Any], draw: Random, hurried: Sequence[str] | None
) -> Iterator[Mapping[str, Any]]:
    letter = {"C": "G", "D": "H1"}.get(bundle.get("section", "B"), "F")
    if hurried is not None and letter == "F":
        what, who = hurried
        yield {
            "child_id": plan.child_id, "section": "F", "what": what, "who": who,
            "since": plan.sent,
        }  # fmt: skip
        return
    for what, who, often, pounds, funder in bundle["provision"]:
        costed = draw.random() >= _UNCOSTED
        section = "G" if funder == "health" and draw.random() < 0.3 else letter
        yield {
            "child_id": plan.child_id,
            "section": section,
            "what": what,
            "who": who,
            "how_often": often,
            "since": plan.sent,
            "cost": round(pounds * draw.uniform(0.9, 1.15)) * 100 if costed else None,
            "funder": funder if costed or draw.random() < 0.5 else "",
            "short_break": bool(bundle.get("short_break")),
            "specific": "yes" if costed and draw.random() < 0.6 else "",
        }


def _marks(draw: Random, *, hurried: bool) -> dict[str, str]:
    if draw.random() < 0.3:
        return {}
    good = 0.3 if hurried else 0.95
    return {
        **{name: "yes" if draw.random() < good else "no" for name in SMART},
        "marked_by": "Helen Marsh",
    }


def judgement(plan: Drawn, outcome_id: str) -> Wanted:
    """What the last review said of an outcome; of one in six nothing is recorded."""
    draw = _draw(plan.reference, f"judged {outcome_id}")
    if plan.held is not None and draw.random() < 0.83:
        yield (
            "judgement",
            {
                "child_id": plan.child_id,
                "outcome_id": outcome_id,
                "review_id": plan.held[0],
                "progress": draw.choice(_PROGRESS),
                "kept": "kept",
            },
        )


def bands(says: Says, today: date) -> Wanted:
    """The bands of top-up funding, with what they paid last year and pay now."""
    april = date(today.year if today.month >= 4 else today.year - 1, 4, 1)
    for name, pounds in says.bands.items():
        for years, share in ((2, 0.93), (1, 0.96), (0, 1.0)):
            since, amount = april.replace(year=april.year - years), round(pounds * share) * 100
            yield "band", {"name": name, "since": since, "amount": amount}


def money(plan: Drawn, says: Says, today: date) -> Wanted:
    """The top-up of a plan, and a personal budget of one in twelve."""
    draw = _draw(plan.reference, "money")
    child = {"child_id": plan.child_id}
    if draw.random() < 0.8:
        band = draw.choices(list(says.bands), (30, 30, 22, 12, 6))[0]
        yield "top_up", {**child, "band": band, "since": plan.sent}
    if draw.random() < 0.08:
        asked = plan.sent - timedelta(days=draw.randint(10, 50))
        agreed = draw.random() < 0.75
        fields: dict[str, Any] = {
            **child,
            "part": draw.choice(("care", "care", "education", "health")),
            "way": draw.choice(("direct", "direct", "organised", "third_party")),
            "asked_on": asked,
            "decided_on": min(today, asked + timedelta(days=draw.randint(10, 40))),
            "decision": "agreed" if agreed else "refused",
        }
        if agreed:
            fields |= {"amount": draw.randrange(600, 6000, 50) * 100, "since": plan.sent}
        else:
            fields["decision_why"] = "The money cannot be taken out of a block contract."
        yield "personal_budget", fields


def chosen(plans: Sequence[Drawn], most: int) -> list[Drawn]:
    """The plans whose words somebody has typed, by reference, as many as a demo bears."""
    ordered = sorted(plans, key=lambda one: one.reference)
    return [one for one in ordered if has_thread(one.reference)][:most]


def _draw(reference: str, what: str) -> Random:
    return Random(f"{reference}:{what}")  # noqa: S311  (invented data, not secrets)
