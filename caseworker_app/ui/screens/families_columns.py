"""The lists of Families: answers, who is asked, figures, themes, and what was done."""

from __future__ import annotations

from caseworker_app.domain.declarations.families import (
    ABOUT,
    GIVEN_BY,
    RATINGS,
    STEPS,
    WAYS_SENT,
    Response,
)
from caseworker_app.domain.families import ABOUTS, TARGET, DueRow, Figure, Theme
from caseworker_app.services.families.families import AnswerRow, AskedRow
from caseworker_app.ui.models.column import DONE, LATE, QUIET, SOON, Column, long_date

_AIM = f"{TARGET * 100:.0f} %"
_GOOD = frozenset({"very_good", "good", "strongly_agree", "agree"})
_BAD = frozenset({"poor", "very_poor", "disagree", "strongly_disagree"})


def _tone(answer: str) -> str:
    if not answer:
        return ""
    return DONE if answer in _GOOD else LATE if answer in _BAD else QUIET


ANSWERS: tuple[Column[AnswerRow], ...] = (
    Column("on", "Date", lambda row: long_date(row.record.on), lambda row: row.record.on, width=98),
    Column("about", "About", lambda row: ABOUT[row.record.about], width=92),
    Column("by", "From", lambda row: GIVEN_BY.get(row.record.given_by, "not said"), width=104),
    Column(
        "rating",
        "Experience",
        lambda row: RATINGS.get(row.record.rating, ""),
        lambda row: list(RATINGS).index(row.record.rating) if row.record.rating else 9,
        tone=lambda row: _tone(row.record.rating),
        width=112,
    ),
    Column(
        "involved",
        "Involved",
        lambda row: STEPS.get(row.record.involved, ""),
        width=126,
        by_choice=True,
    ),
    Column(
        "reflects",
        "Plan reflects needs",
        lambda row: STEPS.get(row.record.reflects, ""),
        width=126,
        by_choice=True,
    ),
    Column(
        "informed",
        "Informed",
        lambda row: STEPS.get(row.record.informed, ""),
        width=126,
        by_choice=True,
    ),
    Column(
        "words",
        "Words",
        lambda row: " ".join(row.record.words.split()),
        width=240,
        style="strong",
        stretch=True,
    ),
    Column("themes", "Themes", lambda row: row.record.themes, width=150),
    Column("whose", "Case", lambda row: row.whose, width=180, style="dim"),
)

DUE: tuple[Column[DueRow], ...] = (
    Column("child", "Child", lambda row: row.name, width=170, style="strong", stretch=True),
    Column("about", "To be asked about", lambda row: ABOUT[row.about], width=150),
    Column("since", "Since", lambda row: long_date(row.since), lambda row: row.since, width=110),
    Column("reference", "Reference", lambda row: row.reference, width=110, style="dim"),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=130, style="dim"),
)

ASKED: tuple[Column[AskedRow], ...] = (
    Column("child", "Child", lambda row: row.name, width=170, style="strong", stretch=True),
    Column(
        *("sent_on", "Invited", lambda row: long_date(row.record.sent_on)),
        sort_key=lambda row: row.record.sent_on,
        width=110,
    ),
    Column("about", "About", lambda row: ABOUT[row.record.about], width=110),
    Column("way", "Way", lambda row: WAYS_SENT[row.record.way], width=110),
    Column(
        "answered",
        "Answered",
        lambda row: "answered" if row.answered else "not yet",
        tone=lambda row: DONE if row.answered else QUIET,
        width=110,
    ),
    Column("token", "Code", lambda row: row.record.token, width=100, style="dim"),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=130, style="dim"),
)

FIGURES: tuple[Column[Figure], ...] = (
    Column(
        *("words", "Question", lambda row: row.words),
        width=290,
        style="strong",
        stretch=True,
        wraps=True,
    ),
    Column("about", "About", lambda row: ABOUTS[row.about], width=120),
    Column("of", "Answers", lambda row: row.answers, lambda row: row.of or 0, width=170),
    Column(
        "share",
        "Said so",
        lambda row: row.share_words,
        lambda row: -1.0 if row.share is None else row.share,
        width=170,
    ),
    Column(
        "target",
        "Target",
        lambda row: {True: f"{_AIM}, met", False: f"{_AIM}, not met", None: ""}[row.meets],
        tone=lambda row: {True: DONE, False: SOON, None: ""}[row.meets],
        width=140,
    ),
)

THEMES: tuple[Column[Theme], ...] = (
    Column("words", "Theme", lambda row: row.words, width=200, style="strong"),
    Column(
        "said", "Answers", lambda row: f"{row.said:,}", lambda row: -row.said, "right", width=90
    ),
    Column(
        "on",
        "Acted on",
        lambda row: long_date(row.done.on) if row.done else "not yet",
        tone=lambda row: DONE if row.done else SOON,
        width=130,
    ),
    Column(
        "done", "We did", lambda row: row.done.done if row.done else "", width=300, stretch=True
    ),
)

RESPONSES: tuple[Column[Response], ...] = (
    Column("on", "Date", lambda row: long_date(row.on), lambda row: row.on, width=110),
    Column("theme", "You said", lambda row: row.theme, width=320, style="strong"),
    Column("done", "We did", lambda row: " ".join(row.done.split()), width=400, stretch=True),
)


def in_full(row: AnswerRow) -> str:
    """An answer in a sentence or two, for the line below the list."""
    one = row.record
    said = [
        f"involved: {STEPS[one.involved].lower()}" if one.involved else "",
        f"plan reflects needs: {STEPS[one.reflects].lower()}" if one.reflects else "",
        f"informed: {STEPS[one.informed].lower()}" if one.informed else "",
        one.words,
    ]
    return " · ".join(filter(None, said))
