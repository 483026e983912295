"""The measure of panels: whether a parent representative sat on them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from caseworker_app.domain.declarations.panels import Panel
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.case_view import months_from
from caseworker_app.domain.measures.counting import Answer, Caseload, Counted, share_of

_YEAR = 12


def _represented(caseload: Caseload) -> Counted | str:
    """Of panels of the last twelve months; a panel is of no one child, so it opens no case."""
    since = months_from(caseload.as_at, -_YEAR)
    sat = [one for one in caseload.of(Panel) if since < one.on <= caseload.as_at]
    if not sat:
        return "panels of the last twelve months"
    return share_of(Thing("", bool(one.parent_representative), one.on) for one in sat)


ANSWERS: Mapping[str, Answer] = MappingProxyType({"S4.3a": Answer(_represented, (Panel,))})
"""Ref to how it is counted."""
