"""The clock interface: what it prints, what it refuses, and that nothing else can come of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.facts import KINDS
from caseworker_app.services.rules.clock_json import Malformed, answer
from tests.support.clock import pack

TODAY = date(2026, 11, 22)


def ask(document: object, today: date = TODAY) -> dict[str, Any]:
    return json.loads(answer(json.dumps(document), today, *pack()))


def faults(text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(Malformed) as caught:
        answer(text, TODAY, *pack())
    return caught.value.faults


def faults_of(case: dict[str, Any]) -> tuple[str, ...]:
    return faults(json.dumps({"cases": [{"id": "a1", **case}]}))


def event(kind: str, on: str, **keys: object) -> dict[str, object]:
    return {"kind": kind, "on": on, **keys}


def states(*events: dict[str, object], today: date = TODAY, **case: object) -> dict[str, str]:
    found = ask({"cases": [{"id": "a1", "events": list(events), **case}]}, today)
    return {one["rule"]: one["state"] for one in found["cases"][0]["deadlines"]}


def test_a_deadline_says_all_that_a_reader_needs() -> None:
    case = {"id": "a1", "born": "2016-08-31", "events": [event("request_received", "2026-03-02")]}
    document = ask({"cases": [case]})
    assert document["rules"] == pack()[0].version
    (answered,) = document["cases"]
    assert (answered["id"], answered["nc_year"]) == ("a1", 6)
    first = answered["deadlines"][0]
    assert first.pop("what").startswith("Tell the family")
    assert first == {
        "rule": "NA-02",
        "due": "2026-04-13",
        "target": "2026-04-13",
        "state": "overdue",
        "met_on": None,
        "exception": None,
        "common": None,
        "who": "authority",
        "because": ["request received 2026-03-02", "within 6 weeks: + 42 days"],
        "source": "SEND Regulations 2014, reg 5(1)",
        "force": "must",
    }


def test_cases_come_out_in_the_order_they_went_in_even_with_one_name() -> None:
    document = ask({"cases": [{"id": "b"}, {"id": 7}, {"id": "b"}]})
    assert [case["id"] for case in document["cases"]] == ["b", 7, "b"]
    assert all(case["deadlines"] == [] and case["nc_year"] is None for case in document["cases"])


def test_no_cases_are_an_answer() -> None:
    assert ask({"cases": []})["cases"] == []


def test_a_fact_after_today_starts_rules_and_meets_none_until_its_day() -> None:
    events = (
        event("review_meeting_held", "2026-11-20"),
        event("review_decision_sent", "2026-12-01"),
    )
    assert states(*events)["AR-07"] == "due"
    assert states(*events)["AR-02"] == "due"
    assert states(*events, today=date(2026, 12, 1))["AR-07"] == "met"


def test_a_plan_that_is_not_the_first_is_said_by_a_plain_false() -> None:
    decided = event("review_decision_sent", "2026-05-01", outcome="maintain")
    for said, first in ((True, True), (None, True), (False, False), ("no", False)):
        found = states(event("plan_sent", "2025-11-10", first=said), decided)
        assert ("AR-01" in found) is first
    (sentence,) = faults_of({"events": [event("plan_sent", "2025-11-10", first="perhaps")]})
    assert "first" in sentence


def test_keys_nobody_knows_are_let_be() -> None:
    odd = event("request_received", "2026-03-02", colour="red")
    assert states(odd, nickname="x", setting={"kind": "primary", "size": 3})["NA-02"] == "overdue"


def test_a_byte_order_mark_is_no_fault() -> None:
    text = json.dumps({"cases": []})
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert json.loads(answer(text.encode(codec), TODAY, *pack()))["cases"] == []
    assert json.loads(answer("\ufeff" + text, TODAY, *pack()))["cases"] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '{"cases": {}}',
        '{"cases": NaN}',
        '{"cases": [], "cases": []}',
        "[" * 100_000,
        '{"cases": [{"id": ' + "9" * 5000 + "}]}",
        b"\xff\xfe\x00",
        b"\x80\x81",
    ],
)
def test_what_is_not_the_interface_is_one_sentence(text: str | bytes) -> None:
    (sentence,) = faults(text)
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"born": "2016-02-30"}, ["born", "2016-02-30"]),
        ({"born": 20160230}, ["born"]),
        ({"born": "0000-01-01"}, ["born"]),
        ({"born": "20160831"}, ["born"]),
        ({"history_from": "soon"}, ["history_from"]),
        ({"actual_year": 6.0}, ["actual_year"]),
        ({"actual_year": True}, ["actual_year"]),
        ({"actual_year": 10**30}, ["actual_year"]),
        ({"setting": "primary"}, ["setting"]),
        ({"setting": {}}, ["setting", "kind"]),
        ({"setting": {"kind": "academy"}}, ["setting", "academy", "all_through"]),
        ({"setting": {"kind": "primary", "last_year": "6"}}, ["last_year"]),
        ({"setting": {"kind": "primary", "closures": {}}}, ["closures"]),
        ({"setting": {"kind": "primary", "closures": [{"from": "2027-07-22"}]}}, ["reopens"]),
        ({"transfer": {"kind": "elsewhere", "on": "2027-09-01"}}, ["transfer", "elsewhere"]),
        ({"transfer": {"kind": "post16_to_post16"}}, ["transfer", "on"]),
        ({"events": {}}, ["events"]),
        ({"events": [7]}, ["event 1"]),
        ({"events": [{"on": "2026-01-01"}]}, ["event 1", "kind"]),
        ({"events": [event("tea_break", "2026-01-01")]}, ["event 1", "tea_break"]),
        ({"events": [event("plan_sent", "2026-13-01")]}, ["event 1", "plan_sent", "2026-13-01"]),
        ({"events": [{"kind": "plan_sent"}]}, ["event 1", "plan_sent", "on"]),
        ({"events": [{"kind": ["plan_sent"], "on": None}]}, ["event 1", "kind"]),
        (
            {"events": [event("review_decision_sent", "2026-01-01", outcome="alter")]},
            ["event 1", "outcome", "alter", "maintain, amend, cease"],
        ),
        (
            {"events": [event("tribunal_order", "2026-01-01", order=["x"])]},
            ["event 1", "order"],
        ),
        (
            {"events": [event("plan_ceased", "2026-01-01", reason=10)]},
            ["event 1", "reason"],
        ),
        (
            {"events": [event("move_known", "2026-01-01", move="2026-1-1")]},
            ["event 1", "move"],
        ),
        (
            {"events": [event("exception", "2026-01-01", ground="EXC-G")]},
            ["event 1", "ground", "EXC-G"],
        ),
        ({"events": [event("plan_sent", "2026-01-01", episode=[])]}, ["event 1", "episode"]),
    ],
)
def test_a_fault_names_case_event_and_what_is_wrong(case: dict[str, Any], says: list[str]) -> None:
    (sentence, *_) = faults_of(case)
    assert '"a1"' in sentence
    assert [word for word in says if word not in sentence] == []


def test_every_fault_has_its_sentence() -> None:
    text = json.dumps(
        {
            "cases": [
                {"id": "a", "born": "x", "events": [event("plan_sent", "y"), event("z", "w")]},
                {"id": None},
                5,
            ]
        }
    )
    found = faults(text)
    assert len(found) == 6
    assert [sentence.split(":")[0] for sentence in found] == [
        'Case "a"',
        'Case "a", event 1 (plan_sent)',
        'Case "a", event 2',
        'Case "a", event 2',
        "Case 2",
        "Case 3",
    ]


def test_a_sentence_shows_no_more_than_a_little_of_a_value() -> None:
    (sentence,) = faults_of({"born": "\ud800\n" * 500})
    assert len(sentence) < 200
    sentence.encode("ascii")


def test_reasons_may_be_numbers() -> None:
    ceased = event("plan_ceased", "2026-06-01", reason=5)
    moved = event("move_known", "2026-05-05", move="2026-06-01")
    assert states(moved, ceased)["MV-01"] == "met"


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.text(max_size=8),
        st.sampled_from(["2026-03-02", "0001-01-01", "9999-12-31", "primary", "school", "EXC-D"]),
        st.sampled_from(sorted(KINDS)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(
                st.text(max_size=4),
                st.sampled_from(
                    ["cases", "id", "born", "events", "kind", "on", "setting", "closures", "from"]
                ),
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)
DAYS = st.sampled_from(["0001-01-01", "9999-12-31", "2024-02-29", "2026-03-02", "2026-13-01", 5])
EVENTS = st.builds(
    lambda kind, on, more: {**more, "kind": kind, "on": on},
    st.one_of(st.sampled_from(sorted(KINDS)), st.none()),
    DAYS,
    st.dictionaries(
        st.sampled_from(["source", "outcome", "meeting", "episode", "ground", "until", "order"]),
        st.one_of(st.none(), DAYS, st.sampled_from(["amend", "school", "EXC-D", "assess"])),
        max_size=3,
    ),
)
CASES = st.fixed_dictionaries(
    {"id": st.text(max_size=3), "events": st.lists(EVENTS, max_size=5)},
    optional={"born": DAYS, "setting": VALUES, "transfer": VALUES, "actual_year": VALUES},
)


@settings(max_examples=120)
@given(st.one_of(VALUES, st.builds(lambda cases: {"cases": cases}, st.lists(CASES, max_size=3))))
def test_any_json_is_answered_or_refused_in_sentences(document: object) -> None:
    text = json.dumps(document)
    found = outcome(text)
    if isinstance(found, str):
        assert isinstance(json.loads(found)["cases"], list)
    else:
        assert found
        assert all(one.endswith(".") and "\n" not in one for one in found)
    assert outcome(text) == found


def outcome(text: str) -> str | tuple[str, ...]:
    """The answer, or the faults."""
    try:
        return answer(text, TODAY, *pack())
    except Malformed as refused:
        return refused.faults


@settings(max_examples=80)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_sentences(data: bytes) -> None:
    assert faults(b"{" + data)


def test_input_that_is_far_too_much_is_refused_before_it_is_taken_apart() -> None:
    for text in (
        '{"cases":[' + "{}," * 1_600_000 + "{}]}",
        '{"cases":[{"id":[' + "1," * 5_100_000 + "1]}]}",
    ):
        assert faults(text) == ("The input holds more than the cases of a council.",)


def test_a_key_that_is_there_twice_is_found_at_once_among_very_many() -> None:
    keys = "".join(f'"k{number}":1,' for number in range(200_000))
    (fault,) = faults("{" + keys + '"k199999":1}')
    assert "k199999" in fault


def test_faults_without_end_are_told_so_far_only() -> None:
    told = faults('{"cases":[' + "1," * 20_000 + "1]}")
    assert len(told) == 1001
    assert told[-1] == "There are more faults, in case 1001 and maybe behind it."
