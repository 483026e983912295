"""Every measure that can be counted, and the kinds of record that counting reads."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.measures import (
    assessment_answers,
    caseload_answers,
    family_answers,
    further_answers,
    growing_answers,
    panel_answers,
    plan_answers,
    quality_answers,
    review_answers,
    school_answers,
    transfer_answers,
)
from caseworker_app.domain.measures.counting import Answer

# A module that counts more measures stands in this line.
_MODULES = (
    *(review_answers, transfer_answers, assessment_answers, caseload_answers),
    *(plan_answers, quality_answers, growing_answers),
    *(family_answers, school_answers, panel_answers, further_answers),
)

EVERY_ANSWER: Mapping[str, Answer] = MappingProxyType(
    {ref: answer for module in _MODULES for ref, answer in module.ANSWERS.items()}
)
"""Ref, with the suffix of a further figure, to how it is counted."""


def kinds_read() -> tuple[Kind, ...]:
    """The kinds of record that any measure looks at, each once."""
    read = (kind_of(one) for answer in EVERY_ANSWER.values() for one in answer.reads)
    return tuple(dict.fromkeys(read))
