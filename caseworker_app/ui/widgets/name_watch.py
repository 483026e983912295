"""A soft word beside a field of one child in which another child is named."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from caseworker_app.domain.wrong_child import Finding, Part
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import Form

_PAUSE_MS = 400
"""So long after the last key the text is looked at."""


class NameWatch(QObject):
    """Looks through a field as it is typed in. It hinders nothing."""

    def __init__(
        self,
        frame: Frame,
        form: Form,
        key: str,
        field: QLineEdit | QPlainTextEdit,
        child_id: str,
    ) -> None:
        """Watch a field of a form.

        Args:
            frame: the window.
            form: the form.
            key: the field's key in it.
            field: what is typed in.
            child_id: whose field it is.
        """
        super().__init__(field)
        self._frame, self._form, self._key = frame, form, key
        self._field, self._child_id = field, child_id
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.look)
        field.textChanged.connect(lambda *_: self._timer.start())

    def look(self) -> None:
        """Look through what stands in the field now."""
        text = self._text()
        if not text.strip():
            self._form.ask(self._key, "")
            return

        def found(findings: tuple[Finding, ...]) -> None:
            if text == self._text():
                self._form.ask(self._key, in_words(findings))

        self._frame.jobs.ask(
            lambda session: session.names_others(self._child_id, (Part(text),)),
            found,
            lambda _: None,
            owner=self,
        )

    def _text(self) -> str:
        field = self._field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def in_words(findings: tuple[Finding, ...]) -> str:
    """What was found, in a sentence that asks; "" for nothing."""
    if not findings:
        return ""
    more = len(findings) - 1
    beside = f" And {more} more." if more else ""
    return f"{findings[0].plain}{beside} Is this the right case?"
