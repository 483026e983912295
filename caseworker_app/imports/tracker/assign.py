"""Which column holds which field: the pairing with the greatest sum of heading and content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseworker_app.imports.tracker.catalogue import IGNORED, Catalogue
from caseworker_app.imports.tracker.profile import (
    Profile,
    holds_few_people,
    holds_settings,
    is_born,
    names_each_row,
    names_outcomes,
    numbers_each_row,
    suits,
    tells_sexes,
)

ENOUGH = 0.6
"""The least score that makes a pair: a heading that says nothing of itself needs rare content."""

_LIKE = 0.45
_CONTENT = 0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """One column: how like its heading is to each field, and what it holds."""

    likeness: Mapping[str, float]
    profile: Profile | None


def assign(columns: Sequence[Candidate], catalogue: Catalogue) -> list[str | None]:
    """For each column its field, `IGNORED` when it is known to be none, None when unknown.

    A field goes to one column at most, except that every column of comments is kept.
    """
    names = list(catalogue.fields)
    scores = [
        [_score(column, name, catalogue.fields[name].reads) for name in names] for column in columns
    ]
    # Columns that no field would have are left out: a wide sheet would take long to pair.
    wanted = [at for at, row in enumerate(scores) if max(row) > ENOUGH]
    gains = []
    for place, at in enumerate(wanted):
        like = columns[at].likeness
        ignored = like.get(IGNORED, 0.0)
        best = max((one for name, one in like.items() if name), default=0.0)
        # Each column's own way out: to hold no field at all.
        alone = [0.0] * len(wanted)
        alone[place] = ignored + 0.3 if ignored > max(best, ENOUGH) else ENOUGH
        gains.append(scores[at] + alone)
    chosen = [len(names)] * len(columns)
    for place, found in enumerate(_pair(gains)):
        chosen[wanted[place]] = found
    fields: list[str | None] = []
    for column, at in zip(columns, chosen, strict=True):
        if at < len(names):
            fields.append(names[at])
        elif column.likeness.get("comment", 0.0) >= 0.8:
            fields.append("comment")
        else:
            known = column.likeness.get(IGNORED, 0.0) >= 0.8
            fields.append(IGNORED if known else None)
    return fields


def worth(likenesses: Sequence[Mapping[str, float]], catalogue: Catalogue) -> float:
    """How much a row of headings says: the sum of likeness when each field goes to one column."""
    fields = list(catalogue.fields)
    gains = [[like.get(name, 0.0) for name in fields] for like in likenesses]
    gains = [row for row in gains if max(row) >= ENOUGH]
    gains = [row + [ENOUGH / 2] * len(gains) for row in gains]
    return sum(row[at] for row, at in zip(gains, _pair(gains), strict=True))


def _score(column: Candidate, name: str, reads: str) -> float:
    like = column.likeness.get(name, 0.0)
    if like >= _LIKE:
        return max(0.0, like + _CONTENT * (suits(column.profile, name, reads) - 0.5))
    if column.profile is None:
        return 0.0
    known = max((one for name, one in column.likeness.items() if name), default=0.0)
    if name == "reference" and names_each_row(column.profile):
        # Letters and figures that never come twice name the child, whatever is above them.
        return 0.61
    like_number = column.likeness.get("reference", 0.0) >= 0.3 and known < 0.6
    if name == "reference" and like_number and numbers_each_row(column.profile):
        return 0.61
    if name == "outcome" and column.likeness.get("review_decision_sent", 0.0) >= known:
        # Over a column of outcomes a heading that speaks of the decision means its outcome.
        known = 0.0
    if max(known, column.likeness.get(IGNORED, 0.0)) > (_LIKE if name == "born" else 0.7):
        return 0.0
    return _by_content(column.profile, name)


def _by_content(profile: Profile, name: str) -> float:
    """What cells say that can hardly be anything else, under a heading that says nothing."""
    enough = len(profile.cells) >= 3
    if name == "upn" and profile.readable("upn") > 0.8:
        return 0.75
    if name == "born" and enough and len(profile.cells) > 4 and is_born(profile) > 0.9:
        return 0.64
    if name == "need" and enough and profile.readable("need") > 0.8:
        return 0.63
    if name == "outcome" and enough and names_outcomes(profile) > 0.8:
        return 0.62 if profile.readable("sex") < 0.9 else 0.0
    if name == "sex" and enough and tells_sexes(profile):
        return 0.61
    if name == "setting" and holds_settings(profile):
        return 0.61
    if name == "caseworker" and holds_few_people(profile):
        return 0.61
    return 0.0


def _pair(gains: Sequence[Sequence[float]]) -> list[int]:
    """The column chosen for each row so that the gains add up to the most.

    The Hungarian method with potentials; rows are no more than columns.
    """
    rows, columns = len(gains), len(gains[0]) if gains else 0
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    held = [0] * (columns + 1)
    way = [0] * (columns + 1)
    for row in range(1, rows + 1):
        held[0] = row
        at = 0
        least = [float("inf")] * (columns + 1)
        done = [False] * (columns + 1)
        while held[at]:
            done[at] = True
            here, step, following = held[at], float("inf"), 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                cost = -gains[here - 1][column - 1] - of_row[here] - of_column[column]
                if cost < least[column]:
                    least[column], way[column] = cost, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(columns + 1):
                if done[column]:
                    of_row[held[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            held[at] = held[way[at]]
            at = way[at]
    chosen = [0] * rows
    for column in range(1, columns + 1):
        if held[column]:
            chosen[held[column] - 1] = column - 1
    return chosen
