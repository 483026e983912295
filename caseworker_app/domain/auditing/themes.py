"""What audits find again and again: by criterion, service, auditor, term and theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.auditing.scoring import Result
from caseworker_app.domain.names import folded
from caseworker_app.domain.school_pack import term_of

NO_SERVICE = "No one service"

BY = {
    "criterion": "Criterion",
    "service": "Service",
    "auditor": "Auditor",
    "term": "Term",
    "theme": "Theme",
}
"""What the findings may be gathered by."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The marks of one criterion, service, auditor, term or theme.

    Attributes:
        key: what tells it from the others.
        words: its name.
        audits: in how many audits it was looked at.
        met, partly, not_met, does_not_apply: marks.
        scored: audits with a grade.
        meeting: of these, plans that meet the standard.
        child_ids: whose plans were not fully met, each once, the newest audit first.
    """

    key: str
    words: str
    audits: int
    met: int
    partly: int
    not_met: int
    does_not_apply: int
    scored: int
    meeting: int
    child_ids: tuple[str, ...]

    @property
    def marked(self) -> int:
        """Marks that say something: what does not apply is left out."""
        return self.met + self.partly + self.not_met

    @property
    def share(self) -> int | None:
        """Per cent of the marks that are met, rounded down; None without any."""
        return self.met * 100 // self.marked if self.marked else None


def gathered(results: Sequence[Result], by: str) -> tuple[Tally, ...]:
    """What audits found, by a code of `BY`; criteria that are met least often come first.

    Terms stand in their order, the newest first.
    """
    if by == "term":
        return tuple(sorted(_tallies(results, _by_term), key=lambda one: one.key, reverse=True))
    ways = {
        "criterion": _by_criterion,
        "service": _by_service,
        "auditor": _by_auditor,
        "theme": _by_theme,
    }
    found = _tallies(results, ways[by])
    if by == "theme":
        return tuple(sorted(found, key=lambda one: (-one.audits, folded(one.words))))
    return tuple(
        sorted(found, key=lambda one: (101 if one.share is None else one.share, one.words))
    )


_Key = tuple[str, str]
_Part = tuple[_Key, tuple[str, ...]]
"""What it is gathered under, with the marks of an audit that belong there."""


def _tallies(
    results: Iterable[Result], parts: Callable[[Result], Iterator[_Part]]
) -> Iterator[Tally]:
    words: dict[str, str] = {}
    marks: dict[str, Counter[str]] = {}
    counts: dict[str, Counter[str]] = {}
    children: dict[str, dict[str, None]] = {}
    for one in results:
        for (key, name), found in parts(one):
            # The newest audit comes first: its spelling, and its edition's words, are shown.
            words.setdefault(key, name)
            marks.setdefault(key, Counter()).update(found)
            count = counts.setdefault(key, Counter())
            count["audits"] += 1
            count["scored"] += one.meets is not None
            count["meeting"] += one.meets is True
            whose = children.setdefault(key, {})
            if not found or {"partly", "not"} & set(found):
                whose[one.audit.child_id] = None
    for key, count in counts.items():
        held = marks[key]
        yield Tally(
            key,
            words[key],
            count["audits"],
            held["met"],
            held["partly"],
            held["not"],
            held["na"],
            count["scored"],
            count["meeting"],
            tuple(children[key]),
        )


def _by_criterion(one: Result) -> Iterator[_Part]:
    for criterion in one.tool.criteria:
        if mark := one.mark(criterion.code):
            yield (criterion.code, criterion.words), (mark,)


def _by_service(one: Result) -> Iterator[_Part]:
    found: dict[str, list[str]] = {}
    for criterion in one.tool.criteria:
        if mark := one.mark(criterion.code):
            found.setdefault(criterion.service, []).append(mark)
    for service, marks in found.items():
        yield (folded(service), service or NO_SERVICE), tuple(marks)


def _by_auditor(one: Result) -> Iterator[_Part]:
    yield (folded(one.audit.auditor), one.audit.auditor), tuple(each.mark for each in one.marks)


def _by_term(one: Result) -> Iterator[_Part]:
    term = term_of(one.audit.on)
    yield (term.first.isoformat(), term.name), tuple(each.mark for each in one.marks)


def _by_theme(one: Result) -> Iterator[_Part]:
    for theme in themes_of(one.audit.themes):
        yield (folded(theme), theme), ()


def themes_of(text: str) -> tuple[str, ...]:
    """Themes that were typed with commas between them, each once, in their order."""
    found: dict[str, str] = {}
    for part in text.replace(";", ",").split(","):
        words = " ".join(part.split())
        if words:
            found.setdefault(folded(words), words)
    return tuple(found.values())


def in_time(results: Iterable[Result], since: date, until: date) -> tuple[Result, ...]:
    """The audits of a time, both days in."""
    return tuple(one for one in results if since <= one.audit.on <= until)
