"""Templates of plans: the council's own list, oldest first, and what a plan was on when."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.own_lists import as_it_stands
from caseworker_app.domain.plan_history import told

LIST = "plan templates"
CONVERSION = "conversion"
"""The code of the template on which statements became plans, from 2014 to 2018."""

SHIPPED = {CONVERSION: "Conversion"}
"""What the list comes with; the council's own follow, the newest last."""


def newest(kept: Iterable[Choice]) -> str:
    """The newest template that is still in use, as people write it; "" where nobody said."""
    order = as_it_stands(LIST, SHIPPED, kept)
    return next(
        (one.words for one in reversed(order) if not one.ended and one.code != CONVERSION), ""
    )


def conversion(kept: Iterable[Choice]) -> str:
    """The conversion template, as people write it."""
    order = as_it_stands(LIST, SHIPPED, kept)
    return next(one.words for one in order if one.code == CONVERSION)


def templates_of(
    now: str, versions: Iterable[PlanVersion], facts: Iterable[Fact]
) -> tuple[str, ...]:
    """Every template a plan was on, oldest first; the last is the one it is on.

    Args:
        now: the template of the plan in force, or "".
        versions: of the plan; those whose event is not among the facts do not count.
        facts: of the child.
    """
    said = [one.template for one in told(versions, {one.id: one.on for one in facts})]
    if now and not (said and same(said[-1], now)):
        said.append(now)
    return tuple(said)


def same(one: str, other: str) -> bool:
    """Whether two names of templates say the same, in whatever letters."""
    return _plain(one) == _plain(other)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
