"""Invented children with what a tracker tells of them: the truth that a made tracker is held to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

TODAY = date(2026, 11, 22)

SURNAMES = (
    *("Osei", "O\u2019Neill", "O'Brien", "Miah", "Jones", "Garc\u00eda", "W\u00f3jcik", "McDonald"),
    *("MacLeod", "Hassan-Reid", "Van-der-Berg", "St.John", "Li", "Nguyen", "Begum", "Patel"),
    *("Taylor", "\u00c9vans", "D'Souza", "Kowalski", "Green", "Yilmaz", "Brown", "Ng", "Small"),
)
FORENAMES = (
    *("Mei-Ling", "Amelia", "Kwame", "Zo\u00ef", "Ana\u00efs", "Ois\u00edn", "Tariq", "Safiya"),
    *("Noah", "Adaeze", "Priya", "Jos\u00e9", "Ruby", "Arlo", "Yusuf", "Chlo\u00e9", "Tunde"),
    *("Freya", "Samuel", "Aisha", "Leo", "Hamza", "Grace", "Max", "Ivy", "Rohan"),
)
SETTINGS = (
    *("Phoenix School", "Bow Locks Primary", "St Dunstan's RC Secondary", "Mile End Academy"),
    *("Regent's Canal Nursery", "New City College (Poplar)", "Limehouse Cut Infants"),
    *("Home tuition", "The Bridge", "Wharf Lane C of E Primary School", "Beatrice Tate School"),
)
WORKERS = ("P. Lindqvist", "T. Adeola", "R. Haque", "S. Begum", "J. Whitfield", "M. Costa")
NEEDS = {
    "ASD": ("ASD", "ASC", "Autism", "Autistic Spectrum Disorder", "autism (ASD)"),
    "SLCN": ("SLCN", "Speech, Language & Communication", "Speech and language", "slcn"),
    "SEMH": ("SEMH", "Social, Emotional and Mental Health", "S.E.M.H."),
    "MLD": ("MLD", "Moderate Learning Difficulty"),
    "SLD": ("SLD", "Severe learning difficulties"),
    "PMLD": ("PMLD", "Profound & Multiple Learning Difficulty"),
    "SPLD": ("SpLD", "SPLD", "Specific Learning Difficulty", "Dyslexia"),
    "HI": ("HI", "Hearing Impairment"),
    "VI": ("VI", "Visual impairment", "Vision Impairment"),
    "MSI": ("MSI", "Multi-sensory impairment"),
    "PD": ("PD", "Physical Disability", "Physical"),
    "OTH": ("OTH", "Other"),
}
OUTCOMES = {
    "maintain": ("M", "m", "Maintain", "Maintained", "No change", "no changes", "MAINTAIN"),
    "amend": ("A", "a", "Amend", "AMEND", "Amended", "To amend", "amendments required"),
    "cease": ("C", "Cease", "Ceased", "to cease", "Cease to maintain"),
}
TEMPLATES = ("V2", "V3", "Conversion")

REVIEW = (
    "review_meeting_held",
    "review_report_received",
    "review_decision_sent",
    "amendment_notice_sent",
    "amended_plan_sent",
)


@dataclass
class Child:
    """One child; `events` is kind to (day, outcome)."""

    reference: str
    surname: str
    forename: str
    born: date
    upn: str
    sex: str
    need: str
    setting: str
    caseworker: str
    template: str
    events: dict[str, tuple[date, str]] = field(default_factory=dict)


def make(random: Random, count: int) -> list[Child]:
    """So many children, each with a name and birthday of their own."""
    made: list[Child] = []
    seen = set()
    while len(made) < count:
        born = date(2002, 1, 1) + timedelta(days=random.randrange(7700))
        surname, forename = random.choice(SURNAMES), random.choice(FORENAMES)
        if (surname, forename, born) in seen:
            continue
        seen.add((surname, forename, born))
        number = len(made)
        child = Child(
            reference=f"TH{100000 + number}",
            surname=surname,
            forename=forename,
            born=born,
            upn=f"{random.choice('ABCDEFGHJKLMNPQRTUVWXYZ')}{211_000_000_000 + number * 977}",
            sex=random.choice("MF"),
            need=random.choice(list(NEEDS)),
            setting=random.choice(SETTINGS),
            caseworker=random.choice(WORKERS),
            template=random.choice(TEMPLATES),
        )
        _events(random, child)
        made.append(child)
    return made


def _events(random: Random, child: Child) -> None:
    first = child.born + timedelta(days=365 * 2)
    plan = first + timedelta(days=random.randrange(max(1, (TODAY - first).days)))
    child.events["plan_sent"] = (plan, "")
    day = max(plan + timedelta(days=60), date(2025, 6, 1))
    day += timedelta(days=random.randrange(500))
    for kind in REVIEW:
        if day > TODAY or random.random() < 0.12:
            return
        outcome = random.choice(list(OUTCOMES)) if kind == "review_decision_sent" else ""
        child.events[kind] = (day, outcome)
        if outcome in ("maintain", "cease"):
            return
        day += timedelta(days=random.randrange(2, 40))
