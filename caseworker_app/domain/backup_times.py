"""The backups that the program makes by itself, and which are kept as they grow old."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ALL_FOR = timedelta(hours=24)
DAILY_FOR = timedelta(days=31)
WEEKLY_FOR = timedelta(weeks=53)
EVERY = timedelta(hours=1)
"""How often one is made while the store is used."""

DRILL_EVERY = timedelta(days=365)
"""How often one is restored to one side, to see that it can be."""


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup that was made.

    Attributes:
        path: where it is.
        trouble: why it is not in the second place as well; "" where it is, or none was asked for.
    """

    path: Path
    trouble: str = ""


def superseded(made: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The moments of those backups that may go.

    Kept are all of the last 24 hours, the latest of each day for 31 days and of each week for 53
    weeks, and always the newest. What is dropped today was not wanted on any later day, so thinning
    every hour and thinning once leave the same.

    Args:
        made: when each was made, in any zone.
        now: the moment to look from; what was made after it is kept.
    """
    latest: dict[tuple[str, int, int], datetime] = {}
    moments = sorted({moment.astimezone(UTC) for moment in made})
    kept = set(moments[-1:])
    for moment in moments:
        age = now - moment
        if age <= ALL_FOR:
            kept.add(moment)
        if age <= DAILY_FOR:
            latest["day", moment.year, moment.timetuple().tm_yday] = moment
        if age <= WEEKLY_FOR:
            year, week, _ = moment.isocalendar()
            latest["week", year, week] = moment
    return frozenset(set(moments) - kept - set(latest.values()))
