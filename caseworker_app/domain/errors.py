"""What may go wrong, as values with one plain sentence for the person at the screen.

Anything that is not one of these is a bug.
"""

from __future__ import annotations

_LONGEST_WORD, _KEPT_OF_IT = 200, 60


class CaseworkerError(Exception):
    """A failure that a person can understand and act on.

    Attributes:
        sentence: one plain sentence, without personal data beyond what the person just typed.
    """

    def __init__(self, sentence: str) -> None:
        sentence = in_bounds(sentence)
        super().__init__(sentence)
        self.sentence = sentence


def in_bounds(sentence: str) -> str:
    """A sentence in which no name or heading that a file made up runs on for ever."""
    if len(sentence) <= _LONGEST_WORD:
        return sentence
    return " ".join(
        word if len(word) <= _LONGEST_WORD else f"{word[:_KEPT_OF_IT]}…{word[-_KEPT_OF_IT // 3 :]}"
        for word in sentence.split(" ")
    )


class Refused(CaseworkerError):
    """What was asked is not allowed or not readable.

    Attributes:
        field: the field of the command it is about, or "" for the whole of it.
        children: ids of the children who stand in the way: one of that name and birthday is there.
    """

    def __init__(self, sentence: str, field: str = "", children: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.field = field
        self.children = children


class Unsure(CaseworkerError):
    """What was asked can be done, but is to be asked about first; the sentence is the question.

    Attributes:
        group: the change it is about.
        touched: how many cases it touches; of a change without any, settings or caseworkers.
    """

    def __init__(self, sentence: str, group: str, touched: int) -> None:
        super().__init__(sentence)
        self.group = group
        self.touched = touched


class Stale(CaseworkerError):
    """Somebody else changed the same thing since it was read."""


class Unavailable(CaseworkerError):
    """The store cannot be used now: locked, full, read-only, gone, or the passphrase is wrong."""


class Unreadable(CaseworkerError):
    """A file is not what it should be. Nothing of it was used."""


class Cancelled(CaseworkerError):
    """The person stopped long work. Nothing of it was kept."""


class Missing(Unavailable):
    """There is no store at that place."""


class PassphraseNeeded(Unavailable):
    """The store's passphrase was not given and this computer does not remember its key."""


class WrongPassphrase(Unavailable):
    """The passphrase that was given does not open the store."""


class TooSoon(WrongPassphrase):
    """A passphrase was not tried, because several wrong ones came just before.

    Attributes:
        seconds: how long until one is tried.
    """

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds
