"""Everything on one child, to be given to whoever asks for their own data: sections, names struck.

The law gives people their own data, and not other people's. Staff who acted in their job stay
named; other children, family and neighbours are struck out unless somebody decides otherwise, who
sees first what is struck. A name that no record holds is not found: a person reads it through.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.names import folded
from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.domain.wrong_child import Part as GuardedPart

MARK = "[struck out]"
"""What stands where a name was."""
STAFF_NOTE = (
    "Those who acted in their job, for the council or another service, are named. Other people "
    "are struck out where no one decided that the person asking may have them."
)
READ_IT = (
    "Names that no record of Caseworker holds are not found by it, nor what tells of somebody "
    "without a name: read it through before it leaves."
)
_TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?"
_LEAST = 3
"""Letters of a forename below which it may be any word."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    Attributes:
        title: "Notes".
        headings: of its columns.
        rows: of words, as many as there are headings.
        empty: the sentence where there is none.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "Nothing is recorded."


@dataclass(frozen=True, slots=True)
class Other:
    """Another person whom the record names.

    Attributes:
        key: tells them from the others, `contact/4`.
        name: as it is shown to whoever decides.
        what: "mother", "another child", "caseworker".
        forms: what is struck out in any spelling of case: whole names, numbers, addresses.
        short: what is struck out as it is written alone: a forename.
        staff: they acted in their job.
        doubt: why it may be meant otherwise; it is then struck out only by choice.
    """

    key: str
    name: str
    what: str
    forms: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    staff: bool = False
    doubt: str = ""

    @property
    def struck(self) -> bool:
        """Whether they are struck out unless somebody decides otherwise."""
        return not self.staff and not self.doubt


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that is held on a child.

    Attributes:
        child_id: whose.
        name, reference: theirs.
        sections: in the order they are given.
        others: the other people in it.
        left_out: kinds of records that whoever made it may not see.
        places: where files of documents and letters lie, which are not in it.
    """

    child_id: str
    name: str
    reference: str
    sections: tuple[Section, ...]
    others: tuple[Other, ...] = ()
    left_out: tuple[str, ...] = ()
    places: int = 0


def forms_of(name: str, child: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The whole forms of a person's name, and those that stand alone, but for the child's own.

    Args:
        name: "Fatima Okafor", or "Okafor, Fatima".
        child: the child's surname and forenames.
    """
    last, comma, first = name.partition(",")
    words = f"{first} {last}".split() if comma else name.split()
    plain = [one for one in words if not re.fullmatch(_TITLES, one, re.IGNORECASE)]
    own = {folded(one) for given in child for one in given.split()}
    if not plain:
        return (), ()
    surname, forenames = plain[-1], plain[:-1]
    forms = [" ".join(plain)]
    if forenames:
        forms += [f"{surname}, {' '.join(forenames)}", f"{surname} {' '.join(forenames)}"]
        forms += [f"{forenames[0]} {surname}"] if len(forenames) > 1 else []
    short = [one for one in forenames[:1] if len(one) >= _LEAST and folded(one) not in own]
    return tuple(dict.fromkeys(forms)), tuple(short)


def struck(bundle: Bundle, out: Collection[str]) -> Bundle:
    """The same with some of the others struck out, by their keys."""
    found = _Pattern([one for one in bundle.others if one.key in out])
    sections = tuple(
        replace(one, rows=tuple(tuple(map(found.strike, row)) for row in one.rows))
        for one in bundle.sections
    )
    return replace(bundle, sections=sections)


class _Pattern:
    """What finds the names of some people in a text."""

    def __init__(self, others: Sequence[Other]) -> None:
        forms = {form for one in others for form in one.forms if form.strip()}
        titled = {one.forms[0].split()[-1] for one in others if one.short and one.forms}
        short = {form for one in others for form in one.short}
        self._whole = _any_of(forms, [rf"{_TITLES}\s+{re.escape(one)}" for one in sorted(titled)])
        self._short = _any_of(short, (), re.NOFLAG)

    def strike(self, text: str) -> str:
        for pattern in (self._whole, self._short):
            if pattern is not None:
                text = pattern.sub(MARK, text)
        return text


def _any_of(
    forms: Iterable[str], more: Iterable[str], flags: re.RegexFlag = re.IGNORECASE
) -> re.Pattern[str] | None:
    spelt = [
        r"\s+".join(map(re.escape, one.split())) for one in sorted(forms, key=len, reverse=True)
    ]
    every = [*more, *spelt]
    return re.compile(rf"(?<!\w)(?:{'|'.join(every)})(?!\w)", flags) if every else None


def parts_of(bundle: Bundle) -> tuple[GuardedPart, ...]:
    """All its words for the guard against the wrong child, with where each stands."""
    return tuple(
        GuardedPart("\n".join(filter(None, row)), f"{one.title}, line {at}")
        for one in bundle.sections
        for at, row in enumerate(one.rows, 1)
    )


def named(text: str, names: Mapping[str, Other]) -> Iterator[Other]:
    """Those of some people, by folded name, who are named in a text."""
    said = folded(text)
    yield from (one for name, one in names.items() if name and name in said)


def papers_of(bundle: Bundle, out: Collection[str], made: str) -> tuple[Paper, ...]:
    """A document for what the bundle is, and one for each section.

    Args:
        bundle: with names struck out.
        out: the keys of who was struck out.
        made: who made it and when.
    """
    about = ", ".join(filter(None, (bundle.name, bundle.reference)))
    papers = [Paper("About this bundle", about, (Part("", _lines(bundle, out)),), made, wide=False)]
    papers += [
        Paper(
            one.title,
            about,
            (Part("", table=PaperTable(one.headings, one.rows, empty=one.empty)),),
            made,
        )
        for one in bundle.sections
    ]
    return tuple(papers)


def _lines(bundle: Bundle, out: Collection[str]) -> tuple[str, ...]:
    """What is to be read first."""
    listed = "; ".join(f"{one.title} ({len(one.rows):,})" for one in bundle.sections)
    counts: dict[str, int] = {}
    for one in bundle.others:
        if one.key in out:
            counts[one.what] = counts.get(one.what, 0) + 1
    who = ", ".join(f"{what} ({many})" if many > 1 else what for what, many in counts.items())
    lines = [
        f"This is what the council holds on this child in Caseworker, by section: {listed}.",
        STAFF_NOTE,
        f"Struck out, shown as {MARK}: {who}." if who else "Nobody is struck out.",
    ]
    if bundle.places:
        files = "1 file" if bundle.places == 1 else f"{bundle.places:,} files"
        lines.append(
            f"Documents and letters are listed, not copied: {files} lie where the lists say, and "
            "are to be read and added by hand."
        )
    if bundle.left_out:
        lines.append(
            f"Left out, for whoever made this may not see it: {', '.join(bundle.left_out)}."
        )
    lines.append("Returns that the council keeps count the case under its number, without a name.")
    return tuple(lines)


def whole_paper(bundle: Bundle, out: Collection[str], made: str) -> Paper:
    """All of it as one document."""
    first, *rest = papers_of(bundle, out, made)
    parts = [Part("About this bundle", first.parts[0].lines)]
    parts += [replace(one.parts[0], title=one.title) for one in rest]
    return Paper("Subject access", first.about, tuple(parts), made)


def as_json(bundle: Bundle, out: Collection[str], made: str) -> dict[str, Any]:
    """All of it for machines, with the headings as names."""
    return {
        "made": made,
        "name": bundle.name,
        "reference": bundle.reference,
        "struck_out": sorted(one.what for one in bundle.others if one.key in out),
        "left_out": list(bundle.left_out),
        "sections": [
            {
                "title": one.title,
                "rows": [dict(zip(one.headings, row, strict=True)) for row in one.rows],
            }
            for one in bundle.sections
        ],
    }
