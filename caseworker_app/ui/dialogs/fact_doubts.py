"""What a form that takes a fact asks about its days, beside the fields, as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from caseworker_app.domain.event_order import OutOfOrder, asked_of, doubts_about
from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.ui.dialogs.fact_fields import FactFields
from caseworker_app.ui.widgets.form import Form


class FactDoubts:
    """Holds what is recorded of a child, and asks about a fact that goes badly with it.

    Attributes:
        facts: what is recorded.
    """

    def __init__(
        self, form: Form, fields: FactFields, born: date | None, fit: Callable[[], None]
    ) -> None:
        """Make it.

        Args:
            form: has the day as `on`.
            fields: the extra fields of the kind shown.
            born: the child's date of birth.
            fit: called when the form needs another height.
        """
        self.facts: Sequence[Fact] = ()
        self._form, self._fields, self._born, self._fit = form, fields, born, fit

    def ask(self, kind: str, day: date | None, replaces: str = "") -> None:
        """Ask about a fact as it is typed now; nothing while its day cannot be read."""
        found: tuple[OutOfOrder, ...] = ()
        if day is not None:
            typed = Fact(kind, day, self._fields.typed())
            found = doubts_about(typed, self.facts, self._born, replaces)
        said = [self._form.ask("on", asked_of([one for one in found if one.field == "on"]))]
        for key in KINDS[kind].keys:
            mine = [one for one in found if one.field == key.name]
            said.append(self._fields.ask(key.name, asked_of(mine)))
        if any(said):
            self._fit()
