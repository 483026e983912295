"""What would be, in words, beside the form that asks for it."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QTextBrowser

from caseworker_app.domain.preview import Preview

_MOST = 300
"""So many lines of a part are shown; how many more there are is said."""


class PreviewPane(QTextBrowser):
    """Shows a `Preview`, or a sentence that says what is still missing for one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What would be")
        self.setAccessibleDescription("Changes as you choose; nothing is stored before you confirm")
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)

    def show_preview(self, preview: Preview) -> None:
        """Show what would be."""
        said = [f"<p>{escape(preview.summary)}</p>"]
        for part in preview.parts:
            sign = "\u26a0 " if part.doubtful else ""
            shown = [*part.lines[:_MOST]]
            if len(part.lines) > _MOST:
                # Thousands of lines take the window longer to lay out than anybody reads.
                shown.append(f"and {len(part.lines) - _MOST:,} more")
            lines = "".join(f"<li>{escape(line)}</li>" for line in shown)
            count = f" ({len(part.lines):,})" if len(part.lines) > 1 else ""
            said.append(f"<p><b>{sign}{escape(part.heading)}{count}</b></p><ul>{lines}</ul>")
        self.setHtml(_STYLE + "".join(said))

    def say(self, sentence: str) -> None:
        """Show a sentence instead."""
        self.setPlainText(sentence)


_STYLE = "<style>p { margin: 4px 0 2px 0; } ul { margin: 0 0 0 -22px; }</style>"
