"""How far two auditors agree: per cent, and Cohen's kappa, which takes chance out.

Source: J. Cohen, A coefficient of agreement for nominal scales, 1960; the words for its strength
are those of J. R. Landis and G. G. Koch, 1977.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from caseworker_app.domain.auditing.scoring import moderated
from caseworker_app.domain.declarations.auditing import AuditTool, Mark, Moderation, PlanAudit

_STRENGTHS = (
    (Fraction(1, 5), "slight"),
    (Fraction(2, 5), "fair"),
    (Fraction(3, 5), "moderate"),
    (Fraction(4, 5), "substantial"),
)
FEW = 30
"""Below so many pairs of marks kappa moves much by a single one, and the words say so."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two people gave the same mark.

    Attributes:
        pairs: how many marks were given twice.
        same: how many of them alike.
        kappa: None without any pair, and where both gave one mark throughout: chance alone would
            then agree always.
    """

    pairs: int
    same: int
    kappa: Fraction | None

    @property
    def per_cent(self) -> int | None:
        """Plain agreement, rounded to the nearest; None without any pair."""
        return (self.same * 200 + self.pairs) // (2 * self.pairs) if self.pairs else None

    @property
    def words(self) -> str:
        """All of it in a sentence."""
        if not self.pairs:
            return "No mark was given twice yet."
        said = f"{self.same:,} of {self.pairs:,} marks alike ({self.per_cent} %)"
        if self.kappa is None:
            return f"{said}; kappa says nothing where both gave the same mark throughout."
        few = f"; with fewer than {FEW} marks it may be chance" if self.pairs < FEW else ""
        return f"{said}; kappa {float(self.kappa):.2f}, {strength(self.kappa)}{few}."


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """How far the marks in some pairs agree, each pair one criterion of one plan."""
    table = Counter(pairs)
    total = sum(table.values())
    same = sum(count for (first, second), count in table.items() if first == second)
    if not total:
        return Agreement(0, 0, None)
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in table.items():
        first[one] += count
        second[other] += count
    chance = Fraction(sum(first[code] * second[code] for code in first), total * total)
    if chance == 1:
        return Agreement(total, same, None)
    return Agreement(total, same, (Fraction(same, total) - chance) / (1 - chance))


def strength(kappa: Fraction) -> str:
    """What a kappa is called."""
    if kappa <= 0:
        return "no better than chance"
    return next((words for most, words in _STRENGTHS if kappa <= most), "almost perfect")


@dataclass(frozen=True, slots=True)
class TwoLooks:
    """One audit looked at twice.

    Attributes:
        auditor, other: who looked first, and second.
        pairs: (criterion, first mark, second mark).
        words: what the criteria of the tool ask, by code.
    """

    audit: PlanAudit
    auditor: str
    other: str
    pairs: tuple[tuple[str, str, str], ...]
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def agreement(self) -> Agreement:
        """How far the two agree."""
        return agreement((one, other) for _, one, other in self.pairs)

    @property
    def differing(self) -> tuple[str, ...]:
        """The criteria whose marks differ."""
        return tuple(code for code, one, other in self.pairs if one != other)

    @property
    def differing_words(self) -> tuple[str, ...]:
        """What the marks differ on, in the words of the tool; one it lacks is named by its code."""
        return tuple(self.words.get(code, code) for code in self.differing)


def two_looks(
    audits: Sequence[PlanAudit],
    moderations: Iterable[Moderation],
    tools: Mapping[str, AuditTool] = MappingProxyType({}),
) -> tuple[TwoLooks, ...]:
    """Every second look: moderations, and audits of one version of a plan by two people.

    A moderation keeps the marks that differ; of the others it says the same as the audit. Two
    audits are compared where both marked a criterion of the same tool, the earlier one first.
    """
    by_id = {one.id: one for one in audits}
    asks = {key: {one.code: one.words for one in tool.criteria} for key, tool in tools.items()}
    found = [
        _looked(
            by_id[one.audit_id],
            one.moderator,
            moderated(by_id[one.audit_id].marks, one.marks),
            asks,
        )
        for one in moderations
        if one.audit_id in by_id
    ]
    of_version: dict[tuple[str, str], list[PlanAudit]] = {}
    for audit in sorted(audits, key=lambda one: (one.on, one.id)):
        of_version.setdefault((audit.plan_version_id, audit.tool_id), []).append(audit)
    for first, *later in of_version.values():
        found += [
            _looked(first, one.auditor, one.marks, asks)
            for one in later
            if one.auditor != first.auditor
        ]
    return tuple(sorted(found, key=lambda one: (one.audit.on, one.audit.id), reverse=True))


def _looked(
    audit: PlanAudit, other: str, marks: Iterable[Mark], asks: Mapping[str, Mapping[str, str]]
) -> TwoLooks:
    second = {one.criterion: one.mark for one in marks}
    pairs = tuple(
        (one.criterion, one.mark, second[one.criterion])
        for one in audit.marks
        if one.criterion in second
    )
    return TwoLooks(audit, audit.auditor, other, pairs, asks.get(audit.tool_id, {}))
