"""Put an invented borough into a store, by the same desk that a person works at."""

from __future__ import annotations

from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.incoming import ImportResult
from caseworker_app.domain.outcome import Failed
from caseworker_app.services.actions import DEMO
from caseworker_app.services.commands import AddCaseworker, AddSetting, SetCouncil, Together
from caseworker_app.services.demo import DemoBorough
from caseworker_app.services.ports import Desk, Progress


def fill(desk: Desk, borough: DemoBorough, progress: Progress | None = None) -> ImportResult:
    """Add the settings, the caseworkers, and then every child with the whole history in one go.

    Raises:
        Unavailable: the desk would not take something.
    """
    commands: list[AddSetting | AddCaseworker | SetCouncil] = [
        AddSetting(setting.name, setting.kind, setting.last_year, setting.urn, setting.closures)
        for setting in borough.settings
    ]
    commands += [AddCaseworker(caseworker.name) for caseworker in borough.caseworkers]
    commands.append(SetCouncil(borough.council))
    if progress is not None:
        progress(0, len(commands), "Adding settings and caseworkers")
    # All in one: one key too many takes no part of a demo away.
    people = "settings and caseworkers of the demo"
    outcome = desk.submit(Together(tuple(commands), people, DEMO))
    if isinstance(outcome, Failed):
        raise Unavailable(outcome.sentence)
    return desk.apply_import(borough.incoming, progress=progress)
