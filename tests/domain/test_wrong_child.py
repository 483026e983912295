from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.sieve import Sieve
from caseworker_app.domain.wrong_child import (
    BIRTHDAY,
    NAME,
    REFERENCE,
    UPN,
    About,
    Finding,
    Known,
    Part,
    findings,
    keys_in,
    keys_of,
)
from tests.support.stores import TODAY

GRACE = Known("1", "Okafor", "Grace", date(2014, 3, 3), "A123456789012", "TH100482")
TOM = Known("2", "Okafor", "Tom", date(2014, 3, 3), "A123456789012", "TH100483")
TARIQ = Known("3", "Brown", "Tariq Ali", date(2013, 5, 4), "B200345678901", "TH100777")
ZOE = Known("4", "O'Brien-\u00c9vans", "Zo\u00eb", date(2023, 12, 1), "", "4217")
MARY = Known("5", "St. John", "Mary Ann")
ALL = (GRACE, TOM, TARIQ, ZOE, MARY)


def found(text: str, where: str = "", **about: object) -> tuple[Finding, ...]:
    parts = [Part(text, where)]
    meant = Sieve((one.id, keys_of(one)) for one in ALL).meant(keys_in(parts))
    return findings(
        parts,
        About(GRACE, TODAY, **about),  # type: ignore[arg-type]
        [one for one in ALL if one.id in meant],
    )


@pytest.mark.parametrize(
    ("text", "what", "said"),
    [
        ("We spoke to Tariq Brown's mother.", NAME, "Tariq Brown"),
        ("BROWN, tariq ali was there", NAME, "BROWN, tariq ali"),
        ("Brown\tTariq", NAME, "Brown\tTariq"),
        ("tariq.brown@school.org", NAME, "tariq.brown"),
        ("seen with Zoe OBrien Evans", NAME, "Zoe OBrien Evans"),
        ("Mary-Ann St John", NAME, "Mary-Ann St John"),
        ("the Okafors: Okafor, Tom", NAME, "Okafor, Tom"),
        ("UPN b200 345 678 901", UPN, "b200 345 678 901"),
        ("case TH-100777", REFERENCE, "TH-100777"),
        ("born 4 May 2013", BIRTHDAY, "4 May 2013"),
        ("DOB: 04/05/13", BIRTHDAY, "04/05/13"),
        ("d.o.b. 1.12.2023", BIRTHDAY, "1.12.2023"),
    ],
)
def test_another_child_is_found(text: str, what: str, said: str) -> None:
    (one,) = found(text)
    assert (one.what, one.said, one.doubt) == (what, said, "")
    assert one.words.startswith("Line 1: ")


@pytest.mark.parametrize(
    "text",
    [
        "Grace Okafor, OKAFOR Grace, A123456789012, TH100482, born 3/3/2014",
        "The Okafor family and the Browns came.",
        "I met Tom. Brown paper was on the table.",
        "Tariq and his teacher; Brown",
        "reference 4217 of the gas board",
        "The meeting of 1 December 2023 was put off.",
        "John, Mary and Ann came.",
        "",
    ],
)
def test_what_is_the_child_s_own_or_nobody_s_does_not_stop(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "people", "because"),
    [
        ("with Tariq Brown", {"Brown, Tariq": "a caseworker"}, "a caseworker is called so too"),
        ("at Tariq Brown Academy", {"Tariq Brown Academy": "a setting"}, "a setting is called"),
        ("Grace Okafor, Tom", {}, "the name of this child runs into it"),
        ("on 4 May 2013", {}, "nothing says that it is meant as one"),
    ],
)
def test_what_may_be_meant_otherwise_is_a_doubt(
    text: str, people: dict[str, str], because: str
) -> None:
    (one,) = found(text, people=people)
    assert because in one.doubt
    assert "may be" in one.words


def test_a_day_of_the_child_s_own_is_nobody_s_birthday() -> None:
    assert found("born 4 May 2013") != ()
    assert found("Plan of 4 May 2013", own_days=frozenset({date(2013, 5, 4)})) == ()


def test_a_sibling_is_named_as_one_and_the_place_is_said() -> None:
    (one,) = found("and Tom Okafor", "Notes, 3 May 2026", siblings=frozenset({"2"}))
    assert one.words == (
        "Notes, 3 May 2026: \u201cTom Okafor\u201d may be another child, Okafor, Tom (TH100483); "
        "recorded as a brother or sister."
    )


def test_a_title_says_what_a_date_is() -> None:
    (one,) = found("4/5/2013", "Date of birth")
    assert one.doubt == ""


names = st.sampled_from(
    ["Anne", "Smith", "De Souza", "O'Neil", "\u0141ukasz", "Mary-Ann", "Khan", "Lee", "Nguyen"]
)
fillers = st.lists(
    st.sampled_from(
        [
            "the",
            "school",
            "said",
            "that",
            "today",
            "they",
            "met",
            "about",
            "next",
            "steps",
            "and",
            "help",
        ]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


@st.composite
def children(draw: st.DrawFn) -> Known:
    return Known(
        str(draw(st.integers(1, 10**6))),
        draw(names),
        draw(names) + draw(st.sampled_from(["", " Jo", " Ali"])),
        draw(st.dates(date(2002, 1, 1), date(2021, 1, 1))),
        draw(st.from_regex(r"[A-HJ-N][0-9]{12}", fullmatch=True)),
        draw(st.from_regex(r"TH[0-9]{5}", fullmatch=True)),
    )


@st.composite
def written(draw: st.DrawFn, child: Known) -> str:
    """One way in which a person writes a child."""
    both = child.surname, child.forename
    way = draw(
        st.sampled_from(
            [
                "{1} {0}",
                "{0}, {1}",
                "{0} {1}",
                "{1} {0}'s",
                "({1} {0})",
                "{2}",
                "{3}",
                "born {4:%d/%m/%Y}",
                "date of birth {4.day} {4:%B %Y}",
            ]
        )
    )
    text = way.format(*both, child.upn, child.reference, child.born)
    return draw(st.sampled_from([text, text.upper(), text.lower()]))


@given(st.data(), children(), children(), fillers, fillers)
def test_drawn_texts_stop_for_another_child_and_for_nobody_else(
    data: st.DataObject, child: Known, other: Known, before: str, after: str
) -> None:
    about = About(child, TODAY)
    own = f"{before} {data.draw(written(child))} {after}"
    if not set(keys_of(child)) & set(keys_of(other)) and child.id != other.id:
        assert not [one for one in findings([Part(own)], about, [other]) if not one.doubt], own
        text = f"{own}\n{before} {data.draw(written(other))} {after}"
        (one, *_) = findings([Part(text)], about, [other])
        assert one.child_ids == (other.id,)
        assert "ine 2" in one.words
        sieve = Sieve([(other.id, keys_of(other)), (child.id, keys_of(child))])
        assert other.id in sieve.meant(keys_in([Part(text)]))
