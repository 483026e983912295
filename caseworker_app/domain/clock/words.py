"""Event codes of the rule pack in words, for the rules screen and the user guide."""

from __future__ import annotations

from caseworker_app.domain.clock.scopes import STARTS
from caseworker_app.domain.fact_kinds import KINDS


def event_words(code: str) -> str:
    """An event code in words: "decision after review sent (amend)"."""
    if code in STARTS:
        return STARTS[code]
    kind, _, choice = code.partition(".")
    spec = KINDS[kind]
    if not choice:
        return spec.label
    if choice == "unstated":
        return f"{spec.label} (not said which)"
    choices = next(key.choices for key in spec.keys if key.type == "choice")
    words = choices[choice]
    return f"{spec.label} ({words[0].lower()}{words[1:]})"


def events_words(codes: str) -> str:
    """Event codes parted by blanks, in words: "draft plan served, or final plan sent"."""
    return ", or ".join(event_words(code) for code in codes.split())
