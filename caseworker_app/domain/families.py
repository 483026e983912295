"""What families said, counted: who is due an invitation, rates, questions and themes.

A figure that would show a small number, or give one away, is hidden as in the board return.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.domain.declarations.families import (
    ABOUT,
    RATINGS,
    STEPS,
    Feedback,
    Invitation,
    Response,
)
from caseworker_app.domain.measures.suppression import LARGEST, Cell, Sum, hidden_cells
from caseworker_app.domain.names import folded, whole_name

ASKED_WITHIN = timedelta(days=182)
"""So long after a plan or a decision a family is still asked: later, few remember."""
TARGET = 0.75
"""What the statement of action and the strategy want of each question."""
BOTH = ""
INVITED = "invited"
QUESTIONS: Mapping[str, tuple[str, frozenset[str]]] = {
    "rating": ("Experience good or very good", frozenset(("very_good", "good"))),
    "involved": ("Satisfied with being involved", frozenset(("strongly_agree", "agree"))),
    "reflects": (
        "The plan reflects needs and aspirations",
        frozenset(("strongly_agree", "agree")),
    ),
    "informed": ("Informed throughout", frozenset(("strongly_agree", "agree"))),
}
"""Field to its words and the answers that say so."""
ANSWERS = {**RATINGS, **STEPS}
ABOUTS = {**ABOUT, BOTH: "Both"}
FEW = f"fewer than {LARGEST + 1}"
HIDDEN = "hidden: a small number"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A family to be asked.

    Attributes:
        about: a code of `ABOUT`.
        since: the day of the plan or of the decision.
    """

    child_id: str
    reference: str
    surname: str
    forename: str
    caseworker: str
    caseworker_id: str
    about: str
    since: date

    @property
    def id(self) -> str:
        """What tells the row from others."""
        return f"{self.child_id} {self.about}"

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)


def is_due(since: date, sent: Iterable[date], today: date) -> bool:
    """Whether a family is to be asked about what came on a day, given the invitations sent."""
    return since <= today <= since + ASKED_WITHIN and not any(one >= since for one in sent)


@dataclass(frozen=True, slots=True)
class Figure:
    """One question about one thing, or how many of those invited answered.

    Attributes:
        key: a field of `Feedback`, or `INVITED`.
        about: a code of `ABOUTS`.
        said, of: how many said so, of how many; None where that is hidden.
        enough: whether there are as many as may be told of.
    """

    key: str
    about: str
    said: int | None
    of: int | None
    enough: bool = True

    @property
    def id(self) -> str:
        """What tells it from others."""
        return f"{self.key} {self.about}"

    @property
    def words(self) -> str:
        """The question."""
        return "Invitations answered" if self.key == INVITED else QUESTIONS[self.key][0]

    @property
    def answers(self) -> str:
        """How many there are to count among."""
        if self.of == 0:
            return "none"
        return FEW if not self.enough else HIDDEN if self.of is None else f"{self.of:,}"

    @property
    def share(self) -> float | None:
        """What share said so; None where that is hidden or there are none."""
        return self.said / self.of if self.of and self.said is not None else None

    @property
    def share_words(self) -> str:
        """The share in words."""
        if self.share is None:
            return "" if self.of == 0 or not self.enough else HIDDEN
        return f"{self.share:.0%}"

    @property
    def meets(self) -> bool | None:
        """Whether the target is met; None where there is none, or no share."""
        if self.key in (INVITED, "informed") or self.share is None:
            return None
        return self.share >= TARGET


def figures(
    answers: Iterable[Feedback], invitations: Iterable[Invitation], tokens: Iterable[str]
) -> tuple[Figure, ...]:
    """Every question by what it is about, and the response rate, small numbers hidden.

    Args:
        answers: those of the period.
        invitations: those sent in the period.
        tokens: those of all answers, for an invitation may be answered after the period.
    """
    counted = _said(answers) + _answered(invitations, tokens)
    hidden = _hidden(counted)
    return tuple(
        Figure(
            key,
            about,
            None if (key, about, "said") in hidden else counted[key, about, "said"],
            None if (key, about, "of") in hidden else counted[key, about, "of"],
            enough=not 0 < counted[key, about, "of"] <= LARGEST,
        )
        for key in (INVITED, *QUESTIONS)
        for about in (BOTH, *ABOUT)
    )


def _said(answers: Iterable[Feedback]) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for one in answers:
        for key, (_, yes) in QUESTIONS.items():
            answer = getattr(one, key)
            for about in (one.about, BOTH) if answer else ():
                found[key, about, "of"] += 1
                found[key, about, "said"] += answer in yes
    return found


def _answered(invitations: Iterable[Invitation], tokens: Iterable[str]) -> Counter[Cell]:
    known = {token_key(one) for one in tokens} - {""}
    found: Counter[Cell] = Counter()
    for one in invitations:
        for about in (one.about, BOTH):
            found[INVITED, about, "of"] += 1
            found[INVITED, about, "said"] += token_key(one.token) in known
    return found


def _hidden(counted: Counter[Cell]) -> frozenset[Cell]:
    """What must not be shown: small counts, and what gives one away by adding or taking away."""
    counts: dict[Cell, int] = {}
    sums: list[Sum] = []
    for key in (INVITED, *QUESTIONS):
        for about in (BOTH, *ABOUT):
            of, said, rest = ((key, about, name) for name in ("of", "said", "rest"))
            counts |= {of: counted[of], said: counted[said], rest: counted[of] - counted[said]}
            sums.append(Sum(of, (said, rest)))
        sums += (
            Sum((key, BOTH, name), tuple((key, about, name) for about in ABOUT))
            for name in ("of", "said", "rest")
        )
    return hidden_cells(counts, sums, [cell for cell in counts if cell[2] == "rest"])


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, with how often it was said and what was done about it.

    Attributes:
        said: in how many answers.
        done: the latest that was done about it, or None.
    """

    words: str
    said: int
    done: Response | None

    @property
    def id(self) -> str:
        """What tells it from others."""
        return folded(self.words)


def themes(
    answers: Iterable[Feedback], responses: Sequence[Response]
) -> tuple[tuple[Theme, ...], int]:
    """The themes said often enough to be told, the most frequent first; and how many were not."""
    words: dict[str, str] = {}
    said: Counter[str] = Counter()
    for one in answers:
        for theme in themes_of(one):
            words.setdefault(folded(theme), theme)
            said[folded(theme)] += 1
    done = {
        # "Chasing", or "chasing: we rang three times for the draft".
        folded(one.theme.partition(":")[0]): one
        for one in sorted(responses, key=lambda one: one.on)
    }
    found = [Theme(words[key], many, done.get(key)) for key, many in said.items() if many > LARGEST]
    found.sort(key=lambda one: (-one.said, one.id))
    return tuple(found), len(said) - len(found)


def themes_of(one: Feedback) -> tuple[str, ...]:
    """The themes of an answer, each once."""
    some = (theme.strip() for theme in one.themes.split(","))
    return tuple({folded(theme): theme for theme in some if theme}.values())


def token_key(token: str) -> str:
    """The code of an answer as two of them are compared."""
    return folded(token)
