"""Demo boroughs of 30 to 5,000 plans, three returns each: nobody works a hidden number out.

The returns of a borough are the year to date three times over, or a part, the whole and what lies
between, by turns; each shows the measures of the period before it too. The attacker is that of the
tests. Each total or denominator of five or more that is hidden is proved to be one that no choice
of other numbers could let stand.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from caseworker_app import bootstrap
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn, Period
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.measures.suppression import Cell, is_small
from caseworker_app.services.returns.counting import Asked, Counted
from caseworker_app.services.returns.counting import count as count_return
from caseworker_app.services.session import Session
from tests.support.attacker import attacked, read, totals
from tests.support.row_by_row import hidden_row_by_row, hidden_until_safe
from tests.support.standing import might_stand

COUNT = 40
LEAST, MOST = 30, 5000
TODAY = date(2026, 11, 29)
_PASSPHRASE = "four quiet herons by the lock"  # noqa: S105  (of a store that is thrown away)

_TO_DATE = tuple((date(2026, 9, 1), end) for end in (date(2026, 9, 30), date(2026, 10, 31), TODAY))
_SCHOOL_YEAR = tuple((date(2025, 9, 1), date(2026, month, 28)) for month in (1, 4, 7))
_BY_TERM = (
    (date(2025, 9, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2025, 9, 1), date(2026, 3, 31)),
)
WAYS = (_TO_DATE, _SCHOOL_YEAR, _BY_TERM)
"""The periods of the returns that a borough publishes, one after the other."""


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Publish the returns of boroughs and attack them; what went wrong, and how much is hidden."""
    told: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(count):
        plans = round(LEAST * (MOST / LEAST) ** (number / max(1, count - 1)))
        seen, whole, narrowed, might = _published(plans, seed + number, WAYS[number % len(WAYS)])
        told.update(_counted(whole, seen))
        told["might stand"] += len(might)
        wrong += (
            f"WRONG {plans} plans, seed {seed + number}: {' '.join(one)} might stand"
            for one in might
        )
        told["narrowed by earlier returns, and told"] += narrowed
        for found in attacked(seen, whole):
            if found.narrow:
                told["narrow"] += 1
                if not narrowed:
                    where = f"{plans} plans, seed {seed + number}, return {found.edition // 2 + 1}"
                    wrong.append(f"WRONG {where}: {found.name} {found.least} to {found.greatest}")
    safe = told["until safe"]
    hidden, figures = told["hidden"], told["figures"]
    rows, told_of = told["row by row"], told["narrowed by earlier returns, and told"]
    lines = [
        f"{count} boroughs of {LEAST} to {MOST:,} plans, three returns each, {figures:,} figures",
        f"hidden {hidden:,} ({hidden / figures:.1%}), of them small {told['small']:,}",
        f"row by row, each return by itself, {rows:,} ({rows / figures:.1%})",
        f"the same until nobody works one out {safe:,} ({safe / figures:.1%})",
        f"narrower than allowed {told['narrow']:,}; told to whoever published {told_of:,}",
        f"totals and denominators of five or more {told['totals']:,}, hidden {told['lost']:,}",
        f"hidden though they might stand {told['might stand']:,}",
    ]
    return lines + wrong


def _published(
    plans: int, seed: int, periods: Sequence[tuple[date, date]]
) -> tuple[list[BoardReturn], list[BoardReturn], int, list[Cell]]:
    """The returns of a borough as they went out, the period before each in front of it.

    Then the same with nothing hidden, how many numbers whoever published them was told of, and the
    totals that are hidden and need not be.
    """
    seen: list[BoardReturn] = []
    whole: list[BoardReturn] = []
    kept: list[Edition] = []
    told = 0
    might: list[Cell] = []
    with TemporaryDirectory() as folder:
        where = str(Path(folder) / "borough.store")
        os.environ["CASEWORKER_PASSPHRASE"] = _PASSPHRASE
        bootstrap.demo(where, children=plans, seed=seed, today=TODAY, passphrase=_PASSPHRASE)
        session = bootstrap.open_session(where, passphrase=_PASSPHRASE, today=TODAY)
        try:
            for since, until in periods:
                asked = Asked(Period(since, until), until)
                team = _count(session, asked).shown
                public = _count(session, replace(asked, audience=Audience.BOARD), kept)
                *then, now = public.editions
                kept += [edition_of(one.packed()) for one in then]
                might += might_stand(public.whole, now, kept)
                kept.append(edition_of(now.packed()))
                told += public.shown.narrowed
                for made, among in ((team, whole), (public.shown, seen)):
                    assert made.before is not None
                    among += [made.before, made]
        finally:
            session.close()
    return seen, whole, told, might


def _count(session: Session, asked: Asked, earlier: Sequence[Edition] = ()) -> Counted:
    definitions = bootstrap._definitions()  # noqa: SLF001  (what the catalogue says)
    return count_return(session, asked, definitions, earlier=earlier, compare=True)


def _counted(whole: Sequence[BoardReturn], seen: Sequence[BoardReturn]) -> Counter[str]:
    told: Counter[str] = Counter()
    for made, public in zip(whole, seen, strict=True):
        known, shown = read(made).shown, read(public).shown
        told["figures"] += len(shown)
        told["hidden"] += sum(value is None for value in shown.values())
        told["small"] += sum(is_small(known[name] or 0) for name in shown)
        told["row by row"] += len(hidden_row_by_row(made))
        told["until safe"] += len(hidden_until_safe(made))
        stands = [name for name in totals(public) if not is_small(known[name] or 0)]
        told["totals"] += len(stands)
        told["lost"] += sum(shown[name] is None for name in stands)
    return told
