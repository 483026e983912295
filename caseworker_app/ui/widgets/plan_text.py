"""A plan to read, section by section, beside what is said about it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QTextBrowser


class PlanText(QTextBrowser):
    """Every section with its title; one can be brought into view by its letter."""

    def __init__(self, sections: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show sections, each a title that begins with its letter, and its lines."""
        super().__init__()
        self.setAccessibleName("The plan")
        self.setAccessibleDescription("Section by section; what is empty says so")
        self.setOpenLinks(False)
        parts = []
        for title, lines in sections:
            said = "".join(f"<li>{escape(one)}</li>" for one in lines)
            body = f"<ul>{said}</ul>" if said else "<p><i>Nothing is recorded here.</i></p>"
            parts.append(f'<h4><a name="{title[:1]}"></a>{escape(title)}</h4>{body}')
        self.setHtml("".join(parts))

    def show_section(self, letter: str) -> None:
        """Bring a section into view; "" is the beginning."""
        if letter:
            self.scrollToAnchor(letter)
        else:
            self.verticalScrollBar().setValue(0)
