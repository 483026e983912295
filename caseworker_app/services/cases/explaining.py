"""A child's kept deadlines with their explanations, which are counted again when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.deadlines import Deadline
from caseworker_app.services.ports import RulePack


def explained(file: CaseFile, rules: RulePack) -> CaseFile:
    """A case with the steps of each kept date, and why it was replaced.

    A date that other rules counted, and that nobody has recounted yet, stays as it is kept: with
    the day it started from and no steps.
    """
    fresh = rules.deadlines(file.child, file.setting, file.facts)
    return replace(file, deadlines=_joined(file.deadlines, fresh))


def _joined(kept: Iterable[Deadline], fresh: Iterable[Deadline]) -> tuple[Deadline, ...]:
    counted = {(one.rule, one.version.since, one.episode): one for one in fresh}
    found = []
    for one in kept:
        again = counted.get((one.rule, one.version.since, one.episode))
        # The wording is the kept one's too: it is what lists show.
        worded = again._replace(version=one.version) if again else None
        found.append(worded if worded is not None and worded.bare() == one else one)
    return tuple(found)
