"""Figures that the Department has published, kept to be laid beside the council's own."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.kinds import Kept, record, text


def _title(one: PublishedFigure) -> str:
    return f"{one.measure}, {one.place}, {one.period}"


@record(
    "published_figure",
    "published figure",
    "published figures",
    area="improvement",
    natural=("file", "period", "level", "place_code", "topic", "breakdown", "measure"),
    title=_title,
    about="Bring in the Department's published files to see England and neighbours beside yours.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFigure(Kept):
    """One figure of a published file.

    Attributes:
        file: the file it is of, without its ending, "timeliness_20_week".
        period: as published, "2024".
        level: National, Regional or Local authority.
        place_code, place: the area's code and name; of an authority its three digits.
        topic, breakdown: what the figure is split by and which part this is.
        measure: the heading of its column.
        value: as published: a number, or the sign that stands for one ("z", "x", "c", "low").
    """

    file: str = text("File", needed=True, search=True)
    period: str = text("Period", needed=True, search=True)
    level: str = text("Level", needed=True, listed=False)
    place_code: str = text("Area code", listed=False)
    place: str = text("Area", needed=True, search=True)
    topic: str = text("Topic", listed=False)
    breakdown: str = text("Breakdown", listed=False)
    measure: str = text("Measure", needed=True, search=True)
    value: str = text("Value", needed=True)
