"""Worked examples of the statutory timetable, as facts and dates.

Each row: a name, what is known, and the deadlines it must give as rule, legal date, working target;
for the second table also the year group on 22 November 2026.
"""

from __future__ import annotations


def event(kind: str, on: str, **keys: str) -> dict[str, str]:
    return {"kind": kind, "on": on, **keys}


FROM_EVENTS = [
    (
        "a decision over Easter: no day is added for the holiday",
        [event("request_received", "2026-03-02")],
        [("NA-02", "2026-04-13", "2026-04-13"), ("NA-05", "2026-06-22", "2026-06-22")],
    ),
    (
        "twenty weeks over the 29th of February",
        [event("request_received", "2027-11-06")],
        [("NA-09", "2028-03-25", "2028-03-24")],
    ),
    (
        "health advice due on the August bank holiday",
        [event("advice_requested", "2026-07-20", source="health")],
        [("NA-03", "2026-08-31", "2026-08-28")],
    ),
    (
        "the family's fifteen days over Christmas count the first",
        [event("draft_served", "2026-12-17")],
        [("NA-07", "2026-12-31", "2026-12-31")],
    ),
    (
        "two months from the 31st of December end with February",
        [event("decision_notice_sent", "2026-12-31")],
        [("MED-01", "2027-02-28", "2027-02-26")],
    ),
    (
        "a certificate lengthens the time, which ends in the tribunal's Christmas",
        [
            event("decision_notice_sent", "2026-10-01"),
            event("mediation_certificate", "2026-11-29"),
        ],
        [("APP-01", "2027-01-04", "2027-01-04")],
    ),
    (
        "a certificate after the two months still does",
        [
            event("decision_notice_sent", "2026-05-20"),
            event("mediation_certificate", "2026-07-25"),
        ],
        [("APP-01", "2026-09-01", "2026-09-01"), ("MED-01", "2026-07-20", "2026-07-20")],
    ),
    (
        "an appeal's time that ends on a Saturday runs to the Monday",
        [event("decision_notice_sent", "2027-01-06")],
        [("APP-01", "2027-03-08", "2027-03-08")],
    ),
    (
        "three working days over Christmas",
        [event("mediation_declined", "2026-12-23")],
        [("MED-02", "2026-12-30", "2026-12-30")],
    ),
    (
        "an order to make a plan",
        [event("tribunal_order", "2026-11-12", order="make_plan")],
        [("TRB-03a", "2026-12-17", "2026-12-17"), ("TRB-03b", "2027-01-28", "2027-01-28")],
    ),
    (
        "the first review ends the day before the anniversary",
        [event("plan_sent", "2026-01-15")],
        [("AR-01", "2027-01-14", "2027-01-14")],
    ),
    (
        "twelve months that end in a leap February",
        [event("plan_sent", "2027-03-01")],
        [("AR-01", "2028-02-29", "2028-02-29")],
    ),
    (
        "twelve months from a 29th of February end with the 28th",
        [event("plan_sent", "2028-02-29")],
        [("AR-01", "2029-02-28", "2029-02-28")],
    ),
    (
        "what goes before a meeting",
        [event("review_meeting_fixed", "2026-10-12", meeting="2026-11-20")],
        [("AR-04", "2026-11-06", "2026-11-06"), ("AR-05", "2026-11-06", "2026-11-06")],
    ),
    (
        "what follows a meeting",
        [event("review_meeting_held", "2026-11-20")],
        [
            ("AR-06", "2026-12-04", "2026-12-04"),
            ("AR-07", "2026-12-18", "2026-12-18"),
            ("AR-11", "2027-02-12", "2027-02-12"),
        ],
    ),
    (
        "a late notice has its own eight weeks, and the twelve weeks stand",
        [
            event("review_meeting_held", "2026-09-14"),
            event("review_decision_sent", "2026-10-26", outcome="amend"),
            event("amendment_notice_sent", "2026-10-26"),
        ],
        [
            ("AR-07a", "2026-10-12", "2026-10-12"),
            ("AR-08", "2026-11-09", "2026-11-09"),
            ("AR-09", "2026-12-21", "2026-12-21"),
            ("AR-10", "2026-12-21", "2026-12-21"),
            ("AR-11", "2026-12-07", "2026-12-07"),
        ],
    ),
    (
        "a transferred plan is reviewed by the later of two dates",
        [
            event(
                "plan_transferred_in",
                "2026-12-01",
                plan_made="2024-01-10",
                last_review="2026-01-10",
            )
        ],
        [
            ("MV-02", "2027-01-12", "2027-01-12"),
            ("MV-03", "2027-02-28", "2027-02-26"),
            ("AR-02", "2027-01-09", "2027-01-08"),
        ],
    ),
    (
        "three months from the 30th of November: there is no 30th of February",
        [event("plan_transferred_in", "2026-11-30", last_review="2025-12-20")],
        [("MV-03", "2027-02-28", "2027-02-26")],
    ),
    (
        "a move known late: fifteen working days from awareness, counting it",
        [event("move_known", "2026-11-02", move="2026-11-09")],
        [("MV-01", "2026-11-20", "2026-11-20")],
    ),
    (
        "a move known in good time: the day of the move",
        [event("move_known", "2026-11-02", move="2027-01-05")],
        [("MV-01", "2027-01-05", "2027-01-05")],
    ),
    (
        "a reassessment",
        [
            event("reassessment_requested", "2026-09-07"),
            event("reassessment_decision_sent", "2026-09-21", outcome="reassess"),
        ],
        [("RA-01", "2026-09-22", "2026-09-22"), ("RA-03", "2026-12-28", "2026-12-24")],
    ),
    (
        "a consultation",
        [event("consultation_received", "2026-11-06", setting="Mulberry")],
        [("NA-08", "2026-11-21", "2026-11-20")],
    ),
    (
        "mediation asked for, and an agreement about other matters",
        [
            event("mediation_requested", "2026-11-02"),
            event("mediation_agreement", "2026-11-19", matters="other"),
        ],
        [
            ("MED-03", "2026-12-02", "2026-12-02"),
            ("MED-06a", "2026-12-03", "2026-12-03"),
            ("MED-06b", "2026-11-26", "2026-11-26"),
        ],
    ),
    (
        "a direct payment",
        [event("direct_payment_started", "2026-11-16")],
        [("PB-02", "2027-02-15", "2027-02-15")],
    ),
]

PLAN = [event("plan_sent", "2025-03-03")]
FROM_BIRTH = [
    (
        "the youngest of Year 6",
        {"born": "2016-08-31", "events": PLAN},
        6,
        [("PT-02", "2027-02-14", "2027-02-12")],
    ),
    (
        "starting school, the youngest of its year",
        {"born": "2023-08-31", "events": PLAN},
        -1,
        [("PT-01", "2027-02-14", "2027-02-12"), ("AGE-01", "2028-08-31", "2028-08-31")],
    ),
    (
        "starting school, the oldest of the next",
        {"born": "2023-09-01", "events": PLAN},
        -2,
        [("PT-01", "2028-02-14", "2028-02-14")],
    ),
    (
        "Year 11",
        {"born": "2011-01-20", "events": PLAN},
        11,
        [("PT-03", "2027-03-30", "2027-03-30"), ("AGE-02", "2027-06-25", "2027-06-25")],
    ),
    (
        "infants leave after Year 2",
        {
            "born": "2020-01-20",
            "setting": {"kind": "infant"},
            "events": PLAN,
        },
        2,
        [("PT-02", "2027-02-14", "2027-02-12"), ("PT-02", "2031-02-14", "2031-02-14")],
    ),
    (
        "kept back a year, the transfer comes a year later",
        {"born": "2016-08-31", "actual_year": 5, "events": PLAN},
        5,
        [("PT-02", "2028-02-14", "2028-02-14")],
    ),
    (
        "a move after 16 in September",
        {
            "transfer": {"kind": "post16_to_post16", "on": "2027-09-01"},
            "events": PLAN,
        },
        None,
        [("PT-04", "2027-04-01", "2027-04-01")],
    ),
    (
        "a move after 16, five months back in a short month",
        {
            "transfer": {"kind": "post16_to_post16", "on": "2027-07-31"},
            "events": PLAN,
        },
        None,
        [("PT-04", "2027-02-28", "2027-02-26")],
    ),
    (
        "25 at college on the last day of the college year",
        {"born": "2002-07-31", "setting": {"kind": "post16"}, "events": PLAN},
        20,
        [("AGE-06", "2027-07-31", "2027-07-30")],
    ),
    (
        "25 at college a day later: a year more",
        {"born": "2002-08-01", "setting": {"kind": "post16"}, "events": PLAN},
        20,
        [("AGE-06", "2028-07-31", "2028-07-31")],
    ),
]
