"""Case files of an invented borough, with the clock's deadlines and without a store."""

from __future__ import annotations

from datetime import date

from caseworker_app.demo import invent_borough
from caseworker_app.domain.caseload import CaseFile
from tests.domain.measures.making import case


def files_of(today: date, children: int, seed: int) -> tuple[CaseFile, ...]:
    """The files of a borough as it stands on a day."""
    borough = invent_borough(today, children, seed)
    settings = {setting.name: setting for setting in borough.settings}
    return tuple(
        case(
            one.reference,
            *one.facts,
            setting=settings.get(one.setting),
            caseworker=one.caseworker,
            born=one.born,
            need=one.need,
            upn=one.upn,
            uln=one.uln,
        )
        for one in borough.incoming.cases
    )
