"""What the Department has published beside the council's own measures, of what was brought in."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.declarations.council_details import CouncilDetails, newest
from caseworker_app.domain.declarations.published import PublishedFigure
from caseworker_app.domain.department.beside import Beside, Twin, beside_others
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.as_known import Known
from caseworker_app.services.ports import Reading


def beside(reading: Reading | Known, twins: Iterable[Twin]) -> tuple[Beside, ...]:
    """England, the region, the council and its neighbours for each measure with a twin."""
    figures = reading.all_of(kind_of(PublishedFigure)).values()
    details = newest(reading.all_of(kind_of(CouncilDetails)).values())
    return beside_others(figures, twins, details)
