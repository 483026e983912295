"""How every dialog says at its top which child it is about, so that nobody takes another."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from caseworker_app.ui.models.column import long_date


class Named(Protocol):
    """A child, or the row of one."""

    @property
    def surname(self) -> str: ...  # noqa: D102

    @property
    def forename(self) -> str: ...  # noqa: D102

    @property
    def born(self) -> date | None: ...  # noqa: D102

    @property
    def reference(self) -> str: ...  # noqa: D102


def about_child(child: Named) -> str:
    """Name, birthday and reference: "OKAFOR, Grace · born 3 Mar 2014 · TH-12"."""
    name = ", ".join(filter(None, (child.surname.upper(), child.forename)))
    born = f"born {long_date(child.born)}" if child.born else "date of birth not recorded"
    return " \u00b7 ".join(filter(None, (name, born, child.reference)))
