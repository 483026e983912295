"""How colleagues share the work: teams, cover for one who is away, dates put off, saved views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import Kept, choice, day, link, record, text

WHOSE = {"mine": "Mine", "everyone": "Everyone's"}


@record(
    "cover",
    "cover",
    "covers",
    area="children",
    natural=("away_id", "since"),
    mine="away_id",
    title=lambda one: f"cover from {day_words(one.since)}",
    about="Add one when a colleague is away: whoever covers can see and do their work.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(Kept):
    """Somebody who does the work of a colleague from a day to a day."""

    away_id: str = link("Who is away", "caseworker", needed=True, synonyms=("Away",))
    covering_id: str = link("Who covers", "caseworker", needed=True, synonyms=("Covering",))
    since: date = day("From", needed=True, coming=True)
    until: date = day("To", needed=True, coming=True, hint="The last day away.")

    def faults(self) -> Sequence[tuple[str, str]]:
        """Nobody covers for themselves."""
        if self.away_id == self.covering_id:
            return (("covering_id", "Choose somebody else to cover."),)
        return ()


@record(
    "snooze",
    "snooze",
    "snoozes",
    area="children",
    title=lambda one: f"snooze until {day_words(one.until)}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze(Kept):
    """A date or promise put off Today until a day, with the reason. It moves no date.

    A date is known by its rule and what it belongs to, which a new count leaves as they are.

    Attributes:
        rule: the id of the rule; "" where it is a promise.
        episode: which review, assessment or order it belongs to, as `Deadline.episode`.
        until: the day on which it is on Today again.
    """

    child_id: str = link("Child", "child", needed=True)
    rule: str = text("Rule")
    episode: str = text("Belongs to")
    promise_id: str | None = link("Promise", "promise")
    until: date = day("Until", needed=True, coming=True)
    why: str = text("Why", needed=True, search=True)

    def faults(self) -> Sequence[tuple[str, str]]:
        """It is of a date or of a promise, one of them."""
        if bool(self.rule) == bool(self.promise_id):
            return (("rule", "Say which date or which promise is put off, one of the two."),)
        return ()


@record(
    "saved_view",
    "saved view",
    "saved views",
    area="children",
    natural=("screen", "name", "person"),
    mine="person",
    title=lambda one: one.name,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView(Kept):
    """A list as somebody likes to see it: filter, columns and order.

    Attributes:
        screen: the key of the screen.
        person: whose it is by name; "" where it is everyone's.
        filter, columns, order: as the screen writes them.
    """

    screen: str = text("Screen", needed=True)
    name: str = text("Name", needed=True, search=True)
    whose: str = choice("Whose", WHOSE, needed=True)
    person: str = text("Person")
    filter: str = text("Filter", long=True)
    columns: str = text("Columns", long=True)
    order: str = text("Order", long=True)

    def faults(self) -> Sequence[tuple[str, str]]:
        """A view of one's own says whose it is."""
        if (self.whose == "mine") != bool(self.person):
            return (("person", "Give a name where the view is one person's, and only there."),)
        return ()
