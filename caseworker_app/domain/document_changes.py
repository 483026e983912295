"""What changed between two documents of a plan, section by section, and what became less specific.

A document is read as lines under the letters of its sections. What the two say alike is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.domain.plan_changes import alike
from caseworker_app.domain.plan_thread import SECTIONS
from caseworker_app.domain.unspecific import (
    OUTCOME,
    PROVISION,
    Vague,
    is_quantified,
    pointed_out,
    says_how_much,
)

BEFORE_ALL = ""
"""The letter of what stands before the first section."""

ADDED, REMOVED, CHANGED, MOVED = "Added", "Removed", "Changed", "Moved"
_PROVISION = ("F", "G", "H", "H1", "H2")
LESS = "Less specific"
_LENGTH = re.compile(
    r"\b(?:\d[\d.,]*|half an?|an?|one|two|three|four|five|six)[\s-]*"
    r"(?:hours?|hrs?|minutes?|mins?|sessions?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A document of a plan as it was read.

    Attributes:
        name: of the file.
        sections: lines by letter, in the order of the document.
    """

    name: str
    sections: Mapping[str, tuple[str, ...]]

    @property
    def has_sections(self) -> bool:
        """Whether the heading of any section was found."""
        return any(self.sections.keys() - {BEFORE_ALL})


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One change.

    Attributes:
        letter: of the section; for what moved, where it stands now.
        what: `ADDED`, `REMOVED`, `CHANGED` or `MOVED`.
        before, after: the lines; "" where there is none.
        less: why it is less specific than before, in a sentence; "" where it is not.
    """

    letter: str
    what: str
    before: str
    after: str
    less: str = ""


def section_title(letter: str) -> str:
    """A section as a person reads it, "F Educational provision"."""
    if letter == BEFORE_ALL:
        return "Before section A"
    title = SECTIONS.get(letter) or ("Social care provision" if letter == "H" else "")
    return f"{letter} {title}".strip()


def document_changes(
    before: PlanDocument, after: PlanDocument, vague: Sequence[Vague] = ()
) -> tuple[DocumentChange, ...]:
    """What is another in the later document, in the order of its sections."""
    letters = sorted({*before.sections, *after.sections}, key=_place)
    found: list[DocumentChange] = []
    for letter in letters:
        old, new = _without_the_same(
            before.sections.get(letter, ()), after.sections.get(letter, ())
        )
        found += _of_section(letter, old, new, vague)
    return tuple(_moved(found))


def _place(letter: str) -> tuple[int, str]:
    order = ["", *SECTIONS]
    return (order.index(letter) if letter in order else order.index("H1"), letter)


def _without_the_same(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of each that the other does not have, however often they stand there."""
    both = Counter(map(_plain, before)) & Counter(map(_plain, after))

    def left(lines: Sequence[str]) -> Iterator[str]:
        same = Counter(both)
        for line in lines:
            if same[_plain(line)]:
                same[_plain(line)] -= 1
            else:
                yield line

    return list(left(before)), list(left(after))


def _of_section(
    letter: str, old: Sequence[str], new: Sequence[str], vague: Sequence[Vague]
) -> Iterator[DocumentChange]:
    pairs = dict(alike(old, new))
    for at, line in enumerate(old):
        if at not in pairs:
            yield DocumentChange(letter, REMOVED, line, "")
    back = {to: at for at, to in pairs.items()}
    for to, line in enumerate(new):
        if to in back:
            was = old[back[to]]
            yield DocumentChange(
                letter, CHANGED, was, line, less_specific(was, line, letter, vague)
            )
        else:
            yield DocumentChange(letter, ADDED, "", line)


def less_specific(before: str, after: str, letter: str, vague: Sequence[Vague]) -> str:
    """Why a line says less exactly what is provided or reached than before; "" where it does not.

    Only outcomes and provision are asked about.
    """
    where = PROVISION if letter in _PROVISION else OUTCOME if letter == "E" else ""
    if not where:
        return ""
    if where == PROVISION:
        if says_how_much(before) and not says_how_much(after):
            return "It said how much or how often, and does not any more."
        if is_quantified(before) and not is_quantified(after):
            return "It said both how much and how often, and now only one of them."
        if (length := _LENGTH.search(before)) and not _LENGTH.search(after):
            return f"It said how long or how many ({length[0]}), and does not any more."
    had = Counter(one.words.casefold() for one in pointed_out(before, where, vague))
    has = Counter(one.words.casefold() for one in pointed_out(after, where, vague))
    new = list((has - had).elements())
    if new:
        said = ", ".join(f"\u201c{one}\u201d" for one in new)
        return f"It now says {said}."
    return ""


def _moved(changes: Iterable[DocumentChange]) -> Iterator[DocumentChange]:
    """What left one section and stands in another word for word is one change."""
    every = list(changes)
    added = {_plain(one.after): one for one in every if one.what == ADDED}
    gone = {_plain(one.before): one for one in every if one.what == REMOVED}
    for one in every:
        if one.what == REMOVED and _plain(one.before) in added:
            continue
        if one.what == ADDED and (was := gone.get(_plain(one.after))) is not None:
            told = f"In section {was.letter}: {was.before}" if was.letter else was.before
            yield DocumentChange(one.letter, MOVED, told, one.after)
        else:
            yield one


def notice_list(
    before: PlanDocument, after: PlanDocument, changes: Iterable[DocumentChange], made: str
) -> Paper:
    """The draft list of changes for the amendment notice, to be read over by whoever sends it."""
    every = list(changes)
    parts = []
    for letter in dict.fromkeys(one.letter for one in every):
        rows = tuple(
            (one.what, one.before, one.after, one.less) for one in every if one.letter == letter
        )
        table = PaperTable(("What", "Before", "Proposed", "To look at"), rows)
        parts.append(Part(section_title(letter), table=table))
    about = (
        f"Draft, from {before.name} to {after.name}. Read it over before it goes out: it says what "
        "differs between two documents, and not why."
    )
    nothing = (Part("", ("The two documents say the same.",)),)
    return Paper("Proposed changes to the plan", about, tuple(parts) or nothing, made)


def _plain(line: str) -> str:
    return " ".join(line.casefold().split())
