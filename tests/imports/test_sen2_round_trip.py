"""A return that is written, brought in and made again is the same, in both formats."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.sen2.rows import Return, Row
from caseworker_app.imports import reading
from caseworker_app.reports import sen2_workbook, sen2_xml
from caseworker_app.services.returns import sen2_return
from caseworker_app.services.returns.sen2_layouts import layout, years
from tests.support.sen2_borough import TODAY, YEAR, drawn, embellished, returned

Told = tuple[str, dict[str, str], list["Told"]]  # type: ignore[misc]


def _told(row: Row) -> Told:
    return row.module, dict(sorted(row.values.items())), [_told(one) for one in row.below]


def _by_name(return_: Return) -> dict[str, Told]:
    return {
        f"{one.row.text('Surname')} {one.row.text('Forename')}": _told(one.row)
        for one in return_.persons
    }


@pytest.mark.parametrize("ending", ["xml", "xlsx"])
@pytest.mark.parametrize("seed", [11, 12])
def test_a_drawn_return_comes_back_the_same(seed: int, ending: str, tmp_path: Path) -> None:
    first = embellished(returned(drawn(seed, 8)), Random(seed))
    path = tmp_path / f"return.{ending}"
    (sen2_xml if ending == "xml" else sen2_workbook).write(first, path)
    incoming = reading.read([path], today=TODAY)
    assert (incoming.problems, incoming.parked, incoming.conflicts) == ((), (), ())
    store = str(tmp_path / "store")
    session = bootstrap.open_session(store, passphrase="return", today=TODAY, create=True)
    try:
        came = session.apply_import(incoming)
        assert came.parked == ()
        second = sen2_return.made(session, YEAR, "0").return_
        again = session.apply_import(incoming)
        assert (again.cases_created, again.cases_updated, again.facts_added) == (0, 0, 0)
        once_more = sen2_return.made(session, YEAR, "0").return_
        assert session.check() == ()
    finally:
        session.close()
    theirs, ours = _by_name(first), _by_name(second)
    assert theirs.keys() == ours.keys()
    for name, told in theirs.items():
        assert ours[name] == told, name
    assert second.header.values.keys() == first.header.values.keys()
    for item in ("LEA", "DMO", "DCO", "DSCO"):
        assert second.header.text(item) == first.header.text(item)
    assert _by_name(once_more) == ours


def test_every_heading_of_the_template_is_known_to_the_import() -> None:
    from caseworker_app.imports.sen2.layout import layout as read

    for year in years():
        for module in layout(year).modules:
            assert read().module_of(module.title) == module.key
            for item in module.items:
                name = read().item(item.heading)
                assert name in (item.name.lower(), item.name.lower().removeprefix("plan")) or (
                    (name, item.name) == ("sex", "GenderCurrent")
                ), (year, item)
