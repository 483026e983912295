"""What the sweep looks at: a store with something of everything, an empty one, and files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from caseworker_app.bootstrap import application
from caseworker_app.services import commands as do
from caseworker_app.services.application import Application
from caseworker_app.services.cases.tracks import tracks
from caseworker_app.services.session import Session
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.pictures import wait_until_still
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.starting import open_window

TODAY = date(2026, 11, 22)
PASSPHRASE = "invented children"  # noqa: S105  (no secret)
CHILDREN = 150
LONG_NAMED = {
    "surname": "Featherstonehaugh-Wolstenholme",
    "forename": "Maximiliana Rosalind Evangeline",
    "born": date(2014, 3, 3),
    "reference": "L1",
}
"""61 letters, with the space."""

_REGISTER = """URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,\
TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name),StatutoryLowAge,\
StatutoryHighAge,Postcode
100001,211,Tower Hamlets,4242,Mile End Gate,Community school,Open,Secondary,11,18,E1 4AA
,211,Tower Hamlets,4243,Nowhere,Community school,Open,Secondary,11,18,
"""
_PEOPLE = "Name,Service\nRosalind Featherstonehaugh,Autism outreach\n,None\n"
_LAST_YEAR = """persontableid,NativeId,surname,forename,personbirthdate
1,1,Larkspur,Ada,2014-Mar-03 00:00:00
"""
_ITS_REQUESTS = """requeststableid,NativeId,requestsorderseqcolumn,sourceid,persontableid,\
receiveddate,requestsource,rya,requestoutcomedate,requestoutcome,requestmediation,\
requesttribunal,exported
1,1,1,1,1,2016-Mar-03 00:00:00,1,0,,H,,,
"""
_LAST_RETURN = "last year"
"""The folder of last year's return: of an export all of it is read."""
_EXTRACT = """Case ref,Surname,Forename,DOB,Primary need,UPN,Plan issued
L1,Featherstonehaugh-Wolstenholme,Maximiliana Rosalind Evangeline,3/3/2014,PMLD,,31/02/2026
EX1,Larkspur,Ada,4/5/2016,ASD,,2.3.2025
EX2,Teasel,Bram,,ASD,,
"""
_FILES = {
    "reconcile.choose": ("extract.csv", _EXTRACT),
    "entry.import": ("professionals.csv", _PEOPLE),
    "setting.schools": ("edubasealldata.csv", _REGISTER),
    "setting.closures": ("closures.csv", "Setting,From,Reopens\nNowhere,1/12/2026,5/12/2026\n"),
    "sen2.compare": (f"{_LAST_RETURN}/Blade-Export_15-01-2026_person.csv", _LAST_YEAR),
    "store.restore": ("older.backup", "not opened before the passphrase is typed"),
}
_TRACKER = """Ref,Surname,First name,DOB,School,Case officer,Plan issued,AR meeting held,Colour
IM1,Larkspur,Ada,3/3/2014,Acorn House School,Otis Osei,14/11/2025,16/10/2026,green
IM2,Teasel,Bram,12 Sep 2015,The Willows,Sofia Miah,2.3.2026,tbc,amber
IM3,Yarrow,Cleo,,The Willows,Sofia Miah,1/9/2025,2026-02-02 23:00,red
"""


class Stores:
    """The demo, with a child of a long name, and an empty store, in a folder."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.application = folder, application()
        self.demo, self.empty = str(folder / "sweep.store"), str(folder / "empty.store")
        self.application.demo(
            self.demo, children=CHILDREN, seed=seed, today=TODAY, passphrase=PASSPHRASE
        )
        _open(self.application, self.empty, create=True).close()
        session = _open(self.application, self.demo)
        session.submit(do.AddChild(LONG_NAMED))
        named = next(row.id for row in session.cases() if row.surname == LONG_NAMED["surname"])
        held = {"child_id": named, "why": "A claim", "asked_by": "Legal services", "since": TODAY}
        session.submit(do.AddRecord("legal_hold", held))
        self._go_on(session)
        self._leave_to_a_person(session)
        session.close()
        self.files = {key: folder / name for key, (name, _) in _FILES.items()}
        (folder / _LAST_RETURN).mkdir()
        requests = folder / _LAST_RETURN / "Blade-Export_15-01-2026_requests.csv"
        requests.write_text(_ITS_REQUESTS, encoding="utf-8")
        for key, (_, text) in _FILES.items():
            self.files[key].write_text(text, encoding="utf-8")
        self.tracker = folder / "Annual reviews.csv"
        self.tracker.write_text(_TRACKER, encoding="utf-8")

    def _go_on(self, session: Session) -> None:
        """Plan lines of which one has ended, a setting asked about an assessment, a return sent."""
        busy = next(row.id for row in session.cases() if row.next_due is not None)
        since = TODAY - timedelta(days=400)
        line = {"child_id": busy, "since": since}
        for_it = {**line, "section": "F", "who": "Speech and language therapy"}
        for kind, fields in (
            ("described_need", {**line, "section": "B", "words": "Is seldom understood"}),
            ("provision", {**for_it, "what": "Therapy as required"}),
            (
                "provision",
                {**for_it, "what": "A group", "until": since + timedelta(days=90)},
            ),
        ):
            session.submit(do.AddRecord(kind, fields))
        asked = tracks(session)[0].child_id
        school = {"setting": session.settings()[0].id}
        seen = session.case(asked).child.version
        session.submit(do.RecordFact(asked, seen, "consultation_sent", TODAY, school))
        self.application.board(session, since, TODAY, tidy=self.folder / "rows.csv")

    def _leave_to_a_person(self, session: Session) -> None:
        """Bring in another name for a child, so that something is left to decide."""
        child = next(file.child for file in session.caseload() if file.facts and file.child.born)
        tracker = self.folder / "Spring tracker.csv"
        tracker.write_text(
            "Ref,Surname,First name,DOB,Plan issued\n"
            f"{child.reference},Marchbank,{child.forename},{child.born:%d/%m/%Y},14/11/2019\n",
            encoding="utf-8",
        )
        session.apply_import(self.application.read_files([tracker], today=TODAY))

    @contextmanager
    def window(self, where: str, theme: str) -> Iterator[MainWindow]:
        """A window on a store, in a theme."""
        window = open_window(self.application, where, TODAY, Preferences(self.folder / "options"))
        wait_until_still(window)
        window.theme.choose(theme)
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()


def _open(application: Application, where: str, *, create: bool = False) -> Session:
    return application.open_session(where, passphrase=PASSPHRASE, today=TODAY, create=create)
