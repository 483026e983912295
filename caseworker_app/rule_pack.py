"""The rule pack with a council's own rules added, read once and when it is needed.

Everything heavy is imported where it is first needed: start-up time is a promise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from caseworker_app import __version__, paths
from caseworker_app.domain.errors import Unavailable, Unreadable
from caseworker_app.domain.text import version_number

if TYPE_CHECKING:
    from caseworker_app.domain.alerts import Thresholds
    from caseworker_app.domain.binding import Binding
    from caseworker_app.domain.calendars import Calendars
    from caseworker_app.domain.clock.explain import Explain
    from caseworker_app.domain.deadlines import Deadline
    from caseworker_app.domain.declarations.own_rules import PackInForce
    from caseworker_app.domain.facts import Fact
    from caseworker_app.domain.people import Child, Setting
    from caseworker_app.domain.rules import Rulebook
    from caseworker_app.rulebook import PackText


class RulePack:
    """Rules that dates are counted by: by default the pack that travels with the application.

    Attributes:
        application: the version of the application that the pack came with.
    """

    def __init__(
        self,
        text: PackText | None = None,
        own: Binding | None = None,
        *,
        application: str = __version__,
        fingerprint: str = "",
    ) -> None:
        """Make it of a pack's text and a council's own rules; `fingerprint` is the text's."""
        self._given = text
        self._own = own
        self._fingerprint = fingerprint
        self.application = application

    @cached_property
    def text(self) -> PackText:
        """The pack's files."""
        from caseworker_app import rulebook

        return self._given or rulebook.shipped(paths.resources())

    @cached_property
    def loaded(self) -> tuple[Rulebook, Calendars]:
        """Every version of every rule, and the working days.

        Raises `Unreadable` or `Refused` where the rules do not hold together.
        """
        from caseworker_app import rulebook
        from caseworker_app.domain.binding import NOTHING

        return rulebook.load_pack(self.text, self._own or NOTHING)

    @cached_property
    def thresholds(self) -> Thresholds:
        """From when on an open date is amber, red or goes up: the council's own, or the pack's."""
        from caseworker_app import rulebook

        own = self._own.thresholds if self._own is not None else None
        return own or rulebook.load_thresholds(self.text)

    @property
    def rulebook(self) -> Rulebook:
        """Every version of every rule."""
        return self.loaded[0]

    @cached_property
    def as_recommended(self) -> Rulebook:
        """The same with the open points as recommended: what a version of one's own starts from."""
        from caseworker_app import rulebook
        from caseworker_app.domain.binding import NOTHING

        return rulebook.load_pack(self.text, self._own or NOTHING, recommended=True)[0]

    def roles(self) -> dict[str, tuple[str, str]]:
        """The stage and the role of every rule, by its id."""
        return {one.rule: (one.stage, one.role) for one in self.rulebook.versions}

    @property
    def version(self) -> str:
        """The version of the rules as people read it."""
        return self.rulebook.version

    @cached_property
    def identity(self) -> str:
        """Of the pack's files and of the library of bank holidays, found without working any out.

        Two packs of one identity are the same; two of one fingerprint are too.
        """
        from importlib.metadata import PackageNotFoundError, version

        found = hashlib.sha256()
        for name, text in sorted(self.text.files.items()):
            found.update(f"{name}\0{text}\0".encode())
        if self.text.holidays is not None:
            return f"{found.hexdigest()}/{self.text.fingerprint}"
        try:
            library = version("holidays")
        except PackageNotFoundError:  # A stand-alone program need not say what it was built of.
            import holidays

            library = str(holidays.__dict__["__version__"])
        return f"{found.hexdigest()}/{library}"

    @cached_property
    def fingerprint(self) -> str:
        """Changes when the rules could give other dates, or say when to alert otherwise."""
        own = self._own.digest if self._own is not None else ""
        pack = self._fingerprint or self.text.fingerprint
        return f"{pack}:{own}" if own else pack

    @cached_property
    def of_dates(self) -> str:
        """The same of what moves dates alone."""
        own = self._own.dates_digest if self._own is not None else ""
        return f"{self._fingerprint or self.text.fingerprint}:{own}"

    def for_store(self, binding: Binding) -> RulePack:
        """The rules that bind by what a store holds, known to hold together.

        Raises:
            Refused: something of the council's own cannot be, with its field.
            Unreadable: a file of the council's own is not what it should be.
            Unavailable: the pack in force needs a newer application.
        """
        kept = binding.pack
        if self._own is None and not binding.has_own and _is_same(kept, self.identity):
            made = self
        elif kept is None:
            made = RulePack(self.text, binding, application=self.application)
        elif _is_same(kept, self.identity):
            made = RulePack(
                self.text, binding, application=kept.application, fingerprint=kept.fingerprint
            )
        else:
            made = RulePack(
                self._kept_text(kept),
                binding,
                application=kept.application,
                fingerprint=kept.fingerprint,
            )
        assert made.loaded
        return made

    def _kept_text(self, kept: PackInForce) -> PackText:
        """The pack that a store keeps, known to be readable here."""
        from caseworker_app import rulebook
        from caseworker_app.domain.clock import COUNTING

        newer = (
            f"The rules in this store came with Caseworker {kept.application}, and this one, "
            f"{self.application}, cannot count by them: update this Caseworker first."
        )
        if kept.counting > COUNTING:
            raise Unavailable(newer)
        text = rulebook.unpacked(kept.body)
        if text.fingerprint != kept.fingerprint:
            raise Unreadable("The rule pack kept in the store is damaged.")
        try:
            rulebook.load_pack(text)
            rulebook.load_thresholds(text)
        except Unreadable as error:
            raise Unavailable(newer) from error
        return text

    def improves_on(self, kept: PackInForce | None) -> bool:
        """Whether this pack differs from the one in force, and is not older."""
        from caseworker_app.domain.clock import COUNTING

        if kept is None:
            return True
        if kept.identity == self.identity and kept.counting == COUNTING:
            return False
        if (
            version_number(kept.application) > version_number(self.application)
            or kept.counting > COUNTING
        ):
            return False
        return kept.counting < COUNTING or kept.fingerprint != self.text.fingerprint

    def to_keep(self) -> dict[str, Any]:
        """The pack as the fields of a `PackInForce`."""
        from caseworker_app.domain.clock import COUNTING

        return {
            "pack": self.text.version,
            "fingerprint": self.text.fingerprint,
            "identity": self.identity,
            "application": self.application,
            "counting": COUNTING,
            "body": self.text.packed(),
        }

    def deadlines(
        self, child: Child, setting: Setting | None, facts: Sequence[Fact]
    ) -> tuple[Deadline, ...]:
        """What the rules make of a child's facts, by due date, then rule."""
        from caseworker_app.domain.clock import deadlines

        return deadlines(child, setting, facts, *self.loaded)

    def explaining(self) -> Explain:
        """What says why a deadline is that date; it needs no store, and may be kept for later."""
        from caseworker_app.domain.clock.explain import explain

        calendars = self.loaded[1]
        return lambda deadline, today, others: explain(deadline, today, calendars, others)


def _is_same(kept: PackInForce | None, identity: str) -> bool:
    return kept is None or kept.identity == identity
