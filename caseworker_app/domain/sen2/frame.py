"""What every case of a return is looked at by: layout, readings, the council, the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.people import Setting
from caseworker_app.domain.sen2.layout import Layout
from caseworker_app.domain.sen2.readings import Readings


@dataclass(frozen=True, slots=True)
class Officers:
    """Whether designated officers are in post: "yes", "no", "recruiting" or ""."""

    medical: str = ""
    clinical: str = ""
    social_care: str = ""


@dataclass(frozen=True, slots=True)
class Council:
    """Whose return it is; `number` is that of the authority, three figures, or ""."""

    number: str = ""
    officers: Officers = field(default_factory=Officers)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every case is looked at by.

    Attributes:
        settings: every setting, by id.
        places: places commissioned in the school year of the survey day, by the setting's id and
            their kind.
        today: the day it is made; nothing later is known.
    """

    layout: Layout
    readings: Readings
    council: Council
    settings: Mapping[str, Setting]
    today: date
    places: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def survey(self) -> date:
        """The survey day."""
        return self.layout.survey

    @property
    def starts(self) -> date:
        """The first day of the calendar year told of."""
        return self.layout.starts

    @property
    def until(self) -> date:
        """The last day whose decisions count."""
        return self.readings.until(self.layout)
