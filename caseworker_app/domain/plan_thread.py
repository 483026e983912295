"""A plan as a thread: aspirations, needs, outcomes and provision as one tree, with what is missing.

In the order of a plan, A to K. A fault is a question to a person, at the line it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.thread import (
    SMART,
    Aspiration,
    DescribedNeed,
    Judgement,
    NeedBehind,
    Outcome,
    Provision,
    ProvisionFor,
)
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.unspecific import (
    OUTCOME,
    PROVISION,
    Vague,
    pointed_out,
    says_how_much,
)

SECTIONS = {
    "A": "Views and aspirations",
    "B": "Educational needs",
    "C": "Health needs",
    "D": "Social care needs",
    "E": "Outcomes",
    "F": "Educational provision",
    "G": "Health provision",
    "H1": "Social care provision under 18",
    "H2": "Other social care provision",
    "I": "Placement",
    "J": "Personal budget",
    "K": "Advice and information",
}
"""The sections of a plan in their order (SEND Regulations 2014, regulation 12)."""

KIND_OF_SECTION = {
    "A": "aspiration",
    **dict.fromkeys("BCD", "described_need"),
    "E": "outcome",
    **dict.fromkeys(("F", "G", "H1", "H2"), "provision"),
    "J": "personal_budget",
}
"""What a line of a section is a record of; the others are told by facts and the placement."""

MUST = ("A", "B", "E", "F")
"""The sections that no plan is without."""

THREAD = (
    *("aspiration", "described_need", "outcome", "need_behind", "judgement"),
    *("provision", "provision_for", "personal_budget"),
)
"""The kinds of record that a thread is made of."""

STANDS, COMING, ENDED = "", "coming", "ended"
ANEW = "Rewritten at the review"
"""Why an outcome ended that was written in other words."""
_LAST = 10_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is missing at a line.

    Attributes:
        code: which fault it is.
        words: a sentence.
        short: a word or two, as a cell says it.
    """

    code: str
    words: str
    short: str


@dataclass(frozen=True, slots=True)
class Tie:
    """What a line is tied to.

    Attributes:
        key: of the tie: "need_behind/4", or "outcome/7" for the aspiration of outcome 7.
        record: the record that ties; the outcome itself for its aspiration.
        to: the line tied to.
        words: what it is to this one.
    """

    key: str
    record: Any
    to: Any
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section.

    Attributes:
        record: the record; None for what facts and the placement tell.
        words: what it says.
        ties: what it is tied to.
        faults: what is missing.
        state: `STANDS`, `COMING` or `ENDED` on the day asked about.
        judged: the newest judgement of an outcome, with its day.
    """

    key: str
    record: Any
    words: str
    ties: tuple[Tie, ...] = ()
    faults: tuple[Fault, ...] = ()
    state: str = STANDS
    judged: tuple[Judgement, date | None] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its lines; `faults` are of the section itself."""

    letter: str
    title: str
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """The records a thread is made of, of one child, in any order.

    Attributes:
        days: the days of the child's events, by id, which date judgements.
    """

    aspirations: tuple[Aspiration, ...] = ()
    needs: tuple[DescribedNeed, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    provision: tuple[Provision, ...] = ()
    behind: tuple[NeedBehind, ...] = ()
    purposes: tuple[ProvisionFor, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    budgets: tuple[PersonalBudget, ...] = ()
    days: Mapping[str, date] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the plan's words is recorded."""
        return not (self.aspirations or self.needs or self.outcomes or self.provision)


_FIELDS = {
    Aspiration: "aspirations",
    DescribedNeed: "needs",
    Outcome: "outcomes",
    Provision: "provision",
    NeedBehind: "behind",
    ProvisionFor: "purposes",
    Judgement: "judgements",
    PersonalBudget: "budgets",
}


def thread_of(records: Iterable[Any], days: Mapping[str, date] | None = None) -> Thread:
    """The thread that some records are of; those of other kinds are passed over."""
    found: dict[str, list[Any]] = {name: [] for name in _FIELDS.values()}
    for one in records:
        name = _FIELDS.get(type(one))
        if name is not None:
            found[name].append(one)
    return Thread(**{name: tuple(some) for name, some in found.items()}, days=days or {})


def first_day(record: Any) -> date | None:  # noqa: ANN401  (a record of the thread)
    """From when a line stands in the plan; None where that is not known."""
    if isinstance(record, Aspiration):
        return record.on
    if isinstance(record, Outcome):
        return record.set_on
    found: date | None = record.since
    return found


def last_day(record: Any) -> date | None:  # noqa: ANN401
    """The last day it stood; None while it stands."""
    found: date | None = record.ended_on if isinstance(record, Outcome) else record.until
    return found


def state(record: Any, day: date) -> str:  # noqa: ANN401
    """Whether a line stands in the plan on a day, is to come, or has ended."""
    begun, ended = first_day(record), last_day(record)
    if ended is not None and ended < day:
        return ENDED
    return COMING if begun is not None and begun > day else STANDS


def words_of(record: Any) -> str:  # noqa: ANN401
    """What a line says."""
    return str(record.what if isinstance(record, Provision) else record.words)


def section_of(record: Any) -> str:  # noqa: ANN401
    """The letter of the section a line is in."""
    if isinstance(record, Aspiration):
        return "A"
    if isinstance(record, Outcome):
        return "E"
    return "J" if isinstance(record, PersonalBudget) else str(record.section)


def order(record: Any) -> tuple[int, int]:  # noqa: ANN401
    """Where a line stands within its section: by its order, then as it was added."""
    key = record.id
    return getattr(record, "place", None) or _LAST, int(key) if key.isdigit() else 0


def standing_on(thread: Thread, day: date) -> Thread:
    """The thread of the lines that stand on a day, with the ties between them."""

    def on_day(some: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(one for one in some if state(one, day) == STANDS)

    return Thread(
        on_day(thread.aspirations),
        on_day(thread.needs),
        on_day(thread.outcomes),
        on_day(thread.provision),
        thread.behind,
        thread.purposes,
        thread.judgements,
        on_day(thread.budgets),
        thread.days,
    )


def plan_tree(
    thread: Thread,
    day: date,
    vague: Sequence[Vague] = (),
    *,
    ended: bool = False,
    told: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Section, ...]:
    """The plan as one tree, A to K.

    Args:
        thread: the records.
        day: what has ended by then is left out, and counts for nothing; what is to come is in.
        vague: the words to point out.
        ended: show what has ended too, without faults.
        told: by section, what facts and the placement tell: the lines of I and K.
    """
    tied = _Ties(thread, day)
    lines: dict[str, list[Line]] = {letter: [] for letter in SECTIONS}
    every = (*thread.aspirations, *thread.needs, *thread.outcomes, *thread.provision)
    for record in sorted(every, key=order):
        now = state(record, day)
        if now == ENDED and not ended:
            continue
        faults = () if now == ENDED else tuple(_faults(record, tied, vague))
        lines[section_of(record)].append(_line(record, tied, faults, now))
    for budget in sorted(thread.budgets, key=order):
        now = state(budget, day)
        if now != ENDED or ended:
            lines["J"].append(Line(_key(budget), budget, "", state=now))
    for letter, some in (told or {}).items():
        lines[letter] += [
            Line(f"{letter}/{number}", None, words) for number, words in enumerate(some)
        ]
    return tuple(
        Section(
            letter,
            title,
            tuple(lines[letter]),
            () if thread.is_empty else tuple(_of_section(letter, lines[letter])),
        )
        for letter, title in SECTIONS.items()
    )


def faults_of(sections: Iterable[Section]) -> tuple[tuple[str, Fault], ...]:
    """Every fault of a tree with the key of its line; of a section, its letter."""
    found: list[tuple[str, Fault]] = []
    for section in sections:
        found += [(section.letter, one) for one in section.faults]
        found += [(line.key, one) for line in section.lines for one in line.faults]
    return tuple(found)


class _Ties:
    """Who is tied to whom, among the lines that have not ended."""

    def __init__(self, thread: Thread, day: date) -> None:
        every = (*thread.aspirations, *thread.needs, *thread.outcomes, *thread.provision)
        self.lines = {_key(one): one for one in every}
        self.live = {key for key, one in self.lines.items() if state(one, day) != ENDED}
        self.by_line: dict[str, list[Tie]] = {}
        for outcome in thread.outcomes:
            if outcome.aspiration_id:
                aspiration = f"aspiration/{outcome.aspiration_id}"
                self._tie(outcome, _key(outcome), aspiration, "Towards", "Outcome")
        for one in thread.behind:
            self._tie(
                one, f"outcome/{one.outcome_id}", f"described_need/{one.need_id}",
                "Answers the need", "Outcome",
            )  # fmt: skip
        for each in thread.purposes:
            to = (
                f"outcome/{each.outcome_id}"
                if each.outcome_id
                else f"described_need/{each.need_id}"
            )
            what = "For the outcome" if each.outcome_id else "For the need"
            self._tie(each, f"provision/{each.provision_id}", to, what, "Provision")
        self.judged: dict[str, tuple[Judgement, date | None]] = {}
        for said in thread.judgements:
            when = thread.days.get(said.review_id)
            before = self.judged.get(said.outcome_id)
            if when is not None and when > day:
                continue
            if before is None or (when or date.min) >= (before[1] or date.min):
                self.judged[said.outcome_id] = said, when

    def _tie(self, record: Any, one: str, other: str, there: str, back: str) -> None:  # noqa: ANN401
        if one in self.lines and other in self.lines:
            key = _key(record)
            self.by_line.setdefault(one, []).append(Tie(key, record, self.lines[other], there))
            self.by_line.setdefault(other, []).append(Tie(key, record, self.lines[one], back))

    def of(self, record: Any) -> tuple[Tie, ...]:  # noqa: ANN401
        """The ties of a line to what has not ended."""
        some = self.by_line.get(_key(record), ())
        return tuple(one for one in some if _key(one.to) in self.live)

    def to(self, record: Any, kind: type[Any]) -> bool:  # noqa: ANN401
        """Whether a line is tied to one of a kind that has not ended."""
        return any(isinstance(one.to, kind) for one in self.of(record))


def _line(record: Any, tied: _Ties, faults: tuple[Fault, ...], now: str) -> Line:  # noqa: ANN401
    judged = tied.judged.get(record.id) if isinstance(record, Outcome) else None
    return Line(_key(record), record, words_of(record), tied.of(record), faults, now, judged)


def _key(record: Any) -> str:  # noqa: ANN401
    return f"{kind_of(record).name}/{record.id}"


def _of_section(letter: str, lines: Sequence[Line]) -> Iterator[Fault]:
    if letter in MUST and not any(one.state != ENDED for one in lines):
        yield Fault("nothing", "Nothing is recorded in this section.", "nothing yet")


def _faults(record: Any, tied: _Ties, vague: Sequence[Vague]) -> Iterator[Fault]:  # noqa: ANN401
    if isinstance(record, DescribedNeed):
        if not tied.to(record, Outcome):
            yield Fault("need_no_outcome", "No outcome answers this need.", "outcome")
    elif isinstance(record, Outcome):
        yield from _of_outcome(record, tied, vague)
    elif isinstance(record, Provision):
        yield from _of_provision(record, tied, vague)


def _of_outcome(record: Outcome, tied: _Ties, vague: Sequence[Vague]) -> Iterator[Fault]:
    if not tied.to(record, Aspiration):
        yield Fault("outcome_no_aspiration", "No aspiration is behind it.", "aspiration")
    if not tied.to(record, DescribedNeed):
        yield Fault("outcome_no_need", "No need is behind it.", "need")
    if not tied.to(record, Provision):
        yield Fault("outcome_no_provision", "No provision leads to it.", "provision")
    missing = [SMART[name].lower() for name in SMART if not getattr(record, name)]
    if missing:
        yield Fault("smart_missing", f"Nobody judged whether it is {_either(missing)}.", "SMART")
    failed = [SMART[name].lower() for name in SMART if getattr(record, name) == "no"]
    if failed:
        yield Fault("smart_no", f"Judged not to be {_either(failed)}.", f"not {_either(failed)}")
    if record.specific != "yes":
        yield from _vague(record.words, OUTCOME, vague)


def _of_provision(record: Provision, tied: _Ties, vague: Sequence[Vague]) -> Iterator[Fault]:
    if not tied.to(record, Outcome) and not tied.to(record, DescribedNeed):
        yield Fault("provision_no_purpose", "It is for no outcome and no need.", "purpose")
    elif record.short_break and not tied.to(record, Outcome):
        yield Fault("break_no_outcome", "A short break that leads to no outcome.", "outcome")
    if record.cost is None:
        yield Fault("provision_no_cost", "It has no cost.", "cost")
    if not record.funder:
        yield Fault("provision_no_funder", "It has no funder.", "funder")
    if record.specific == "no":
        yield Fault("not_specific", "Judged not to be specific and quantified.", "not specific")
    if record.specific != "yes":
        yield from _vague(record.what, PROVISION, vague, record.how_often)
        if not says_how_much(f"{record.what}. {record.how_often}"):
            yield Fault("no_quantity", "It says neither how much nor how often.", "how much")


def _vague(text: str, where: str, vague: Sequence[Vague], beside: str = "") -> Iterator[Fault]:
    texts = [(text, beside)] + ([(beside, "")] if beside else [])
    for said, also in texts:
        for one in pointed_out(said, where, vague, also):
            words = f"\u201c{one.words}\u201d leaves it open. Say {one.instead}."
            yield Fault("vague", words, f"\u201c{one.words}\u201d")


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
