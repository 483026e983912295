"""Demo boroughs of 30 to 5,000 plans, three returns each: nobody works a hidden number out.

The returns of a borough are the year to date three times over, or a part, the whole and what lies
between, by turns; each shows the measures of the period before it too. The attacker is that of the
tests. Each total or denominator of five or more that is hidden is proved to be one that no choice
of other numbers could let stand.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from caseworker_app import bootstrap, paths
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn, Period
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.measures.suppression import Cell, is_small
from caseworker_app.services.returns.counting import Asked, Counted
from caseworker_app.services.returns.counting import count as count_return
from caseworker_app.services.session import Session
from tests.support.attacker import attacked, read, totals
from tests.support.row_by_row import hidden_row_by_row, hidden_until_safe, let_out_row_by_row
from tests.support.standing import might_stand

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
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


@dataclass
class Borough:
    """What came of one borough: its figures counted, and what went wrong."""

    plans: int
    seed: int
    told: dict[str, int] = field(default_factory=dict)
    narrowest: int | None = None
    wrong: list[str] = field(default_factory=list)

    def line(self) -> str:
        """All of it in a line."""
        told = self.told
        shares = ", ".join(
            f"{name} {told[name] / told['figures']:.1%}"
            for name in ("hidden", "row by row", "until safe")
        )
        return (
            f"{self.plans} plans, seed {self.seed}: {told['figures']:,} figures, {shares}; "
            f"narrowest {self.narrowest}; totals {told['totals']}, hidden {told['lost']}; "
            f"{told['seconds']} s of the processor"
        )


def prove(count: int = COUNT, seed: int = 7) -> Iterator[str]:
    """Publish the returns of boroughs and attack them: a line each, then what all come to.

    A proof that was broken off goes on where it was, if nothing it stands on has changed since.
    """
    kept = BUILD / f"prove-hidden-{seed}-{count}-{_stands_on()}.jsonl"
    done = kept.read_text("utf-8").splitlines() if kept.exists() else []
    boroughs = [Borough(**json.loads(line)) for line in done]
    if boroughs:
        yield f"goes on after {len(boroughs)} boroughs"
    for number in range(len(boroughs), count):
        plans = round(LEAST * (MOST / LEAST) ** (number / max(1, count - 1)))
        one = _borough(plans, seed + number, WAYS[number % len(WAYS)])
        boroughs.append(one)
        BUILD.mkdir(exist_ok=True)
        with kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(vars(one)) + "\n")
        yield one.line()
    yield from _together(boroughs)
    for one in boroughs:
        yield from one.wrong
    kept.unlink()


def _stands_on() -> str:
    """A short word for all code that the proof stands on."""
    found = hashlib.sha256()
    for folder in (paths.resources(), *(ROOT / one for one in ("caseworker_app", "tests/support"))):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".toml", ".csv", ".json"):
                found.update(path.read_bytes())
    found.update(Path(__file__).read_bytes())
    return found.hexdigest()[:12]


def _borough(plans: int, seed: int, periods: Sequence[tuple[date, date]]) -> Borough:
    began = time.process_time()
    seen, whole, told, might = _published(plans, seed, periods)
    where = f"WRONG {plans} plans, seed {seed}"
    one = Borough(plans, seed, _counted(whole, seen))
    one.told["might stand"] = len(might)
    one.told["narrowed by earlier returns, and told"] = told
    one.wrong += (f"{where}: {' '.join(cell)} might stand" for cell in might)
    every = attacked(seen, whole)
    one.narrowest = min((found.greatest - found.least for found in every), default=None)
    narrow = [found for found in every if found.narrow]
    one.told["narrow"] = len(narrow)
    # A figure that stands in several returns is told once.
    if len({found.name for found in narrow}) > told:
        one.wrong += (
            f"{where}, return {found.edition // 2 + 1}: {found.name} "
            f"{found.least} to {found.greatest}"
            for found in narrow
        )
    one.told["seconds"] = round(time.process_time() - began)
    return one


def _together(boroughs: Sequence[Borough]) -> Iterator[str]:
    told: Counter[str] = Counter()
    for one in boroughs:
        told.update(one.told)
    least, most = boroughs[0].plans, boroughs[-1].plans
    figures = told["figures"]
    widths = [one.narrowest for one in boroughs if one.narrowest is not None]

    def share(name: str) -> str:
        return f"{told[name]:,} ({told[name] / figures:.2%})"

    yield (
        f"{len(boroughs)} boroughs of {least} to {most:,} plans, three returns each, "
        f"{figures:,} figures"
    )
    yield f"hidden {share('hidden')}, of them small {told['small']:,}"
    yield (
        f"row by row, each return by itself, {share('row by row')}, of which that return lets out "
        f"{told['let out']:,}"
    )
    yield f"the same until nobody works one out {share('until safe')}"
    yield f"narrowest hidden figure: values at least {min(widths, default='none')} apart"
    told_of = told["narrowed by earlier returns, and told"]
    yield f"narrower than allowed {told['narrow']:,}; told to whoever published {told_of:,}"
    yield f"totals and denominators of five or more {told['totals']:,}, hidden {told['lost']:,}"
    yield f"hidden though they might stand {told['might stand']:,}"


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
        told["let out"] += len(let_out_row_by_row(made))
        told["until safe"] += len(hidden_until_safe(made))
        stands = [name for name in totals(public) if not is_small(known[name] or 0)]
        told["totals"] += len(stands)
        told["lost"] += sum(shown[name] is None for name in stands)
    return told
