"""Why a deadline is that date: rule, steps, source, what would meet it, how others would count."""

from __future__ import annotations

import re
from datetime import date
from html import escape

from PySide6.QtWidgets import QTextBrowser

from caseworker_app.domain.deadlines import Deadline, State, Step
from caseworker_app.ui.models.column import full_date, long_date
from caseworker_app.ui.screens.case_rows import DeadlineRow
from caseworker_app.ui.theme.themes import Themes

_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
FORCE = {"must": "must, by law", "should": "should, by the Code", "local": "the council's own"}


class WhyPanel(QTextBrowser):
    """Text that follows the deadline selected."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self._shown: tuple[DeadlineRow | None, date] = (None, date.min)
        self.setAccessibleName("Why this date")
        self.setOpenExternalLinks(True)
        self.setUndoRedoEnabled(False)
        themes.changed.connect(lambda: self.explain(*self._shown))

    def explain(self, row: DeadlineRow | None, today: date) -> None:
        """Explain a deadline as it stands on a day, or say that none is selected."""
        self._shown = row, today
        if row is None:
            self.setHtml("<p>Choose a deadline to see why it is that date.</p>")
            return
        dim = self._themes.theme["dim"]
        self.setHtml(why_html(row, today, dim))


def why_html(row: DeadlineRow, today: date, dim: str) -> str:
    """The explanation as HTML; `dim` is the colour of what is beside the point."""
    deadline = row.deadline
    version = deadline.version
    parts = [
        f'<h3 style="font-size:11pt;margin-top:0">Why {escape(_day(deadline.due))}?</h3>',
        f"<p>{escape(version.what)}</p>",
        _steps(deadline),
        _source(deadline, dim),
        _green(row, today),
        _common(deadline, today),
        f'<p style="color:{dim}">{escape(version.notes)}</p>' if version.notes else "",
    ]
    return "".join(parts)


def _steps(deadline: Deadline) -> str:
    steps = [*map(_step, deadline.steps), _landing(deadline)]
    items = "".join(f"<li>{step}</li>" for step in steps)
    return f'<ol style="margin-left:-22px">{items}</ol>'


def _step(step: Step) -> str:
    if isinstance(step, str):
        return escape(_capital(_ISO.sub(_long, step)))
    name, day = step
    return f"{escape(_capital(name))} <b>{long_date(day)}</b>"


def _landing(deadline: Deadline) -> str:
    """The last step: the day itself, and the working day to aim for where it is none."""
    day = f"<b>{long_date(deadline.due)}</b>, a {full_date(deadline.due).partition(' ')[0]}"
    if deadline.target == deadline.due:
        return f"{day}: work to that day"
    return (
        f"{day}, not a working day: the legal date stays, work to "
        f"<b>{full_date(deadline.target)}</b>"
    )


def _long(found: re.Match[str]) -> str:
    return long_date(date.fromisoformat(found[0]))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _source(deadline: Deadline, dim: str) -> str:
    version = deadline.version
    source = escape(version.source)
    if version.address:
        source = f'<a href="{escape(version.address)}">{source}</a>'
    since = f"in force since {long_date(version.since)}"
    if version.until is not None:
        since = f"in force {long_date(version.since)} to {long_date(version.until)}"
    checked = f"checked {long_date(version.checked_on)}"
    words = f"{escape(version.rule)} · {FORCE[version.force]} · {since} · {checked}"
    return f'<p>{source}<br><span style="color:{dim}">{words}</span></p>'


def _green(row: DeadlineRow, today: date) -> str:
    deadline = row.deadline
    if row.state is State.SUPERSEDED:
        since = "" if deadline.superseded_on is None else f" on {long_date(deadline.superseded_on)}"
        return f"<p><b>Replaced{since}:</b> {escape(deadline.superseded_why)}</p>"
    if deadline.met_on is not None and deadline.met_on <= today:
        return f"<p><b>Met</b> on {long_date(deadline.met_on)}.</p>"
    if not row.is_open or not deadline.version.met_words:
        return ""
    late = " It will show as met late." if row.state is State.OVERDUE else ""
    return f"<p><b>To turn this green:</b> {escape(deadline.version.met_words)}.{late}</p>"


def _common(deadline: Deadline, today: date) -> str:
    if deadline.common_due is None:
        return ""
    state = deadline.common_state(today)
    words = _STATES[state] if state is not None else ""
    reading = escape(deadline.version.common)
    return (
        f"<p><b>By the common reading</b> {long_date(deadline.common_due)}: {words}."
        f"{' ' + reading if reading else ''}</p>"
    )


_STATES = {
    State.DUE: "still to come",
    State.OVERDUE: "overdue",
    State.MET: "met in time",
    State.MET_LATE: "met late",
    State.EXCEPTION_CLAIMED: "late, exception claimed",
    State.SUPERSEDED: "replaced",
    State.CLOSED: "closed",
}


def _day(day: date) -> str:
    return full_date(day).partition(" ")[2]
