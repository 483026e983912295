"""The chapter "How dates are counted" of the user guide, made from the rule pack.

It is written from the same rules that the clock runs, so it cannot drift from them; a test holds
the file in the guide against this rendering.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from caseworker_app.domain.clock.words import events_words
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.rules import Reading, Rulebook, RuleVersion

_HEAD = """\
# How dates are counted

<!-- Made from the rule pack. Change the rules, then run `python3 dev.py docs`. -->

This chapter is made from rule pack {version}. It is not legal advice: somebody who knows the law
confirms the open points at its end before the council relies on them.

## What holds for every date

- A week is seven days, a day is a calendar day, a month is a calendar month. Only moves between
  authorities, mediation certificates and what health and the tribunal are told count working days.
- No legal date moves because it lands on a weekend, a bank holiday or in the school holidays. Where
  it does, the app shows a working target beside it: the last working day before.
- "Within" and "after" leave the day itself out. "Beginning with" counts it as day 1, so a period of
  12 months beginning with 15 January ends on 14 January.
- "Before 15 February" is 14 February at the latest.
- Sending the decision completes a review; holding the meeting does not. The next 12 months begin
  with that decision.
- An exception excuses a delay. It never moves a date, and there is none for reviews and transfers.
- A plan counts as live from its first sending, or its arrival from another authority, until it is
  recorded as ceased. Deciding to cease it changes no date.
- The law that counts is the version in force on the day of the fact that starts the rule; for a
  phase transfer on the 1 September before the year of the transfer, for an age on the day itself.
- Where a fact replaces a deadline, it is shown as replaced. A family's time to act and an age only
  close; they are never overdue.
"""

_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Assessment and first plan", ("NA",)),
    ("Annual review", ("AR",)),
    ("Reassessment", ("RA",)),
    ("Phase transfer and year groups", ("PT", "YG")),
    ("Ages", ("AGE",)),
    ("Mediation and appeals", ("MED", "APP")),
    ("Tribunal orders", ("TRB",)),
    ("Moves and changes of health body", ("MV",)),
    ("Looked-after and detained children", ("LAC", "DET")),
    ("Personal budgets", ("PB",)),
    ("Ceasing a plan", ("CE",)),
)
_OWN = "The council's own rules"
_FORCE = {
    "must": "must",
    "should": "should (Code of Practice)",
    "local": "the council's own target",
}


def render(rulebook: Rulebook) -> str:
    """The chapter as Markdown, ending with a new line."""
    lines = [_HEAD.format(version=rulebook.version)]
    placed: set[str] = set()
    for heading, prefixes in _PARTS:
        versions = [one for one in rulebook.versions if _prefix(one) in prefixes]
        placed |= {one.rule for one in versions}
        lines += _part(heading, versions)
    lines += _part(_OWN, [one for one in rulebook.versions if one.rule not in placed])
    lines += _readings(rulebook.readings)
    return "\n".join(lines).rstrip() + "\n"


def _prefix(version: RuleVersion) -> str:
    return version.duty.partition("-")[0]


def _part(heading: str, versions: Sequence[RuleVersion]) -> Iterator[str]:
    if not versions:
        return
    yield f"## {heading}\n"
    for _, same in groupby(versions, key=_rule):
        for version in same:
            yield from _rule_lines(version)


def _rule(version: RuleVersion) -> str:
    return version.rule


def _rule_lines(version: RuleVersion) -> Iterator[str]:
    yield f"### {version.rule}: {version.title}\n"
    yield f"{version.what}\n"
    facts = [("When", f"{version.period}{_from(version)}")]
    if version.until is not None or version.since > _FIRST:
        facts.append(("In force", _in_force(version)))
    if version.primitive:
        facts.append(("Counts from", events_words(version.trigger)))
    facts += [
        ("Who acts", f"{WHO[version.who].lower()}, {_FORCE[version.force]}"),
        ("Met by", events_words(version.met_by)),
        ("Replaced by", events_words(version.superseded_by)),
        ("Excused by", ", ".join(sorted(version.excused_by))),
        ("Also read as", version.common),
        ("Note", version.notes),
        ("Source", f"[{version.source}]({version.address}), {_checked(version)}"),
    ]
    yield from (f"- {name}: {_ended(words)}" for name, words in facts if words)
    yield ""


_FIRST = date(2014, 9, 1)


def _ended(words: str) -> str:
    return words if words.endswith(".") else f"{words}."


def _from(version: RuleVersion) -> str:
    return "" if version.primitive else " (kept as text: no fact starts it)"


def _in_force(version: RuleVersion) -> str:
    until = "" if version.until is None else f" until {_day(version.until)}"
    return f"from {_day(version.since)}{until}"


def _checked(version: RuleVersion) -> str:
    doubt = ", in part from memory and still to be held against the source"
    return f"checked on {_day(version.checked_on)}{doubt if version.from_memory else ''}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _readings(readings: Iterable[Reading]) -> Iterator[str]:
    found = list(readings)
    if not found:
        return
    yield "## Open points, and how they are read\n"
    for reading in found:
        yield f"### {reading.id}: {reading.question}\n"
        for option in reading.options:
            marks = [
                word
                for word, code in (("in use", reading.chosen), ("recommended", reading.recommended))
                if option.code == code
            ]
            marked = f" ({', '.join(marks)})" if marks else ""
            yield f"- {option.words}{marked}"
        yield ""
