"""Words for what was done, for the message bar and the history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.people import Child


def day_in_words(day: date) -> str:
    """A day as the field writes it, `16 Oct 2026`."""
    return day_words(day)


def fact_in_words(fact: Fact) -> str:
    """A fact for the history, `decision after review sent 20 Nov 2026 (amend)`."""
    spec = KINDS[fact.kind]
    extras = []
    for key in spec.keys:
        value = fact.detail.get(key.name)
        if isinstance(value, date):
            extras.append(f"{key.label.lower()} {day_in_words(value)}")
        elif value:
            extras.append(key.choices.get(value, value).lower() if key.choices else value)
    words = f"{spec.label} {day_in_words(fact.on)}"
    return f"{words} ({', '.join(extras)})" if extras else words


def value_in_words(value: object) -> str:
    """An attribute as a sentence shows it; "nothing" where there is none."""
    if isinstance(value, date):
        return day_in_words(value)
    return str(value) if value not in ("", None) else "nothing"


def fields_in_words(names: Iterable[str], kind: Kind | None = None) -> str:
    """The fields that changed, `setting and primary need`: of a child, or of another kind."""
    labels = {one.name: one.words for one in (kind or kind_of(Child)).typed_by_hand()}
    return joined([labels[name] for name in names if name in labels])


def joined(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def capital(text: str) -> str:
    """The text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def what_next(alerts: tuple[AlertRow, ...]) -> str:
    """A sentence for the child's soonest open deadline, or ""."""
    if not alerts:
        return ""
    first = alerts[0]
    when = "was due" if first.days < 0 else "is now due"
    return f" {first.what} {when} {day_in_words(first.due)}."


def counted(number: int, one: str, many: str = "") -> str:
    """`1 case`, `2 cases`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def with_article(words: str) -> str:
    """`a case`, `an audit`."""
    return f"{'an' if words[:1].lower() in 'aeio' else 'a'} {words}"


def recounted_words(dates: int, children: int) -> str:
    """What came of counting every date by other rules, as a sentence after another."""
    if not dates:
        return " No date moved."
    return f" {counted(dates, 'date')} of {counted(children, 'child', 'children')} counted anew."
