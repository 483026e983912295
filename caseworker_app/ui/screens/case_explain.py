"""Why a deadline is that date: rule, steps, source, what would meet it, how others would count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html import escape

from PySide6.QtWidgets import QTextBrowser

from caseworker_app.domain.clock.explain import Explanation
from caseworker_app.ui.models.column import full_date, long_date
from caseworker_app.ui.screens.case_rows import DeadlineRow
from caseworker_app.ui.theme.themes import Themes

_NONE = "<p>Choose a deadline to see why it is that date.</p>"
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")


class WhyPanel(QTextBrowser):
    """Text that follows the deadline selected."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self._row: DeadlineRow | None = None
        self._said = ""
        self.setAccessibleName("Why this date")
        self.setOpenExternalLinks(True)
        self.setUndoRedoEnabled(False)
        # A bound method: a lambda would outlive the panel of a dialog that was closed.
        themes.changed.connect(self._again)

    def _again(self) -> None:
        self.explain(self._row)

    def explain(self, row: DeadlineRow | None) -> None:
        """Explain a deadline, or say that none is selected."""
        self._row = row
        said = _NONE if row is None else why_html(row, self._themes.theme["dim"])
        if said != self._said:
            self._said = said
            self.setHtml(said)


def why_html(row: DeadlineRow, dim: str) -> str:
    """The explanation as HTML; `dim` is the colour of what is beside the point."""
    why = row.explain()
    parts = [
        f'<h3 style="font-size:11pt;margin-top:0">Why {_day(row.deadline.due)}?</h3>',
        _paragraph(why.rule),
        _steps(why),
        _source(why, dim),
        _titled("To turn this green", why.to_meet),
        _paragraph(why.ended),
        _paragraph(why.exception),
        *(_paragraph(words) for words in why.others_count),
        _titled("It stands in place of", "; ".join(why.replaced)),
        f'<p style="color:{dim}">{escape(why.notes)}</p>' if why.notes else "",
    ]
    return "".join(parts)


def _steps(why: Explanation) -> str:
    steps = [*map(_start, why.started_from), *_counted(why.steps), escape(why.lands_on)]
    items = "".join(f"<li>{step}</li>" for step in steps)
    return f'<ol style="margin-left:-22px">{items}</ol>'


def _start(words: str) -> str:
    name, _, day = words.partition(": ")
    return f"{escape(_capital(name))}: <b>{escape(day)}</b>"


def _counted(steps: Iterable[str]) -> Iterable[str]:
    return (escape(_capital(_ISO.sub(_long, step))) for step in steps)


def _source(why: Explanation, dim: str) -> str:
    source = escape(why.source)
    if why.address:
        source = f'<a href="{escape(why.address)}">{source}</a>'
    return f'<p>{source}<br><span style="color:{dim}">{escape(why.version)}</span></p>'


def _titled(title: str, words: str) -> str:
    return f"<p><b>{title}:</b> {escape(words)}</p>" if words else ""


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>" if words else ""


def _long(found: re.Match[str]) -> str:
    return long_date(date.fromisoformat(found[0]))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(day: date) -> str:
    return full_date(day).partition(" ")[2]
