"""Findings and differences as somebody sees them to whom a restricted case is not there."""

from __future__ import annotations

from caseworker_app.domain.sen2 import checks
from caseworker_app.domain.sen2.comparing import differences
from caseworker_app.services.returns.check_list import shown, shown_differences
from tests.support.sen2_borough import PLANTS, drawn, frame, returned


def test_a_restricted_case_is_counted_without_a_name() -> None:
    return_ = returned(drawn(5))
    PLANTS["P07"](return_)
    PLANTS["R09"](return_)
    hits = checks.found(return_, frame())
    held = {one.case.id: ("", "") for one in return_.persons}
    assert shown(hits, held) == hits
    twice, asked = hits
    hidden = next(one.case for one in return_.persons if one.case.reference == "legacy-0")
    assert hidden.reference in twice.words
    del held[hidden.id], held[asked.case.id]
    first, second = shown(hits, held)
    assert first.words == "It stands on a restricted case too."
    assert first.case == twice.case
    assert (second.case.id, second.case.reference) == ("", "")
    assert second.case.name == "A restricted case"


def test_the_words_about_a_restricted_case_give_nothing_by_which_it_is_known() -> None:
    return_ = returned(drawn(5))
    PLANTS["P06"](return_)
    (hit,) = checks.found(return_, frame())
    upn = next(one.row.text("UPN") for one in return_.persons if one.case.id == hit.case.id)
    assert upn in hit.words

    (seen,) = shown([hit], {})

    assert upn not in seen.words
    assert checks.TITLES["P06"] in seen.words


def test_nothing_is_said_of_what_differs_in_a_restricted_case() -> None:
    before = [one.row for one in returned(drawn(5)).persons]
    now = returned(drawn(5))
    for person in now.persons[:2]:
        person.row.values["Ethnicity"] = "REFU"
    found = tuple(differences(now, before))
    assert [one.field for one in found] == ["Ethnicity", "Ethnicity"]
    held = {one.case.id: ("", "") for one in now.persons[1:]}
    (kept,) = shown_differences(found, held)
    assert kept.case == now.persons[1].case
