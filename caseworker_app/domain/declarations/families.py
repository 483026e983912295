"""What families thought: invitations, feedback and what was done about it; and disputes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import Kept, choice, day, link, money, record, text, yes_or_no

ABOUT = {"assessment": "Assessment", "review": "Review"}
WAYS_SENT = {"e-mail": "E-mail", "letter": "Letter", "message": "Text message", "call": "Call"}
GIVEN_BY = {"parent": "Parent", "young_person": "Young person"}
RATINGS = {
    "very_good": "Very good",
    "good": "Good",
    "fair": "Fair",
    "poor": "Poor",
    "very_poor": "Very poor",
}
STEPS = {
    "strongly_agree": "Strongly agree",
    "agree": "Agree",
    "neither": "Neither",
    "disagree": "Disagree",
    "strongly_disagree": "Strongly disagree",
}
DISPUTES = {
    "resolution": "Disagreement resolution",
    "mediation": "Mediation",
    "tribunal": "Tribunal",
    "complaint_1": "Complaint, stage 1",
    "complaint_2": "Complaint, stage 2",
    "ombudsman": "Ombudsman",
    "judicial_review": "Judicial review",
}
DISPUTED = {
    "assess": "Refusal to assess",
    "issue": "Refusal to issue a plan",
    "content": "Content of the plan",
    "reassess": "Refusal to reassess",
    "amend": "Refusal to amend",
    "cease": "Ceasing the plan",
    "delay": "Delay",
    "provision": "Provision not made",
    "conduct": "How it was handled",
    "other": "Other",
}
OUTCOMES = {
    "upheld": "Upheld",
    "partly": "Partly upheld",
    "not_upheld": "Not upheld",
    "agreed": "Agreed",
    "not_agreed": "Not agreed",
    "withdrawn": "Withdrawn",
    "struck_out": "Struck out",
}
_DATING = (
    *("mediation_requested", "mediation_declined", "mediation_agreement", "appeal_registered"),
    *("appeal_ended", "tribunal_order", "appeal_conceded"),
)


@record(
    "invitation",
    "invitation",
    "invitations",
    area="feedback",
    natural=("about", "sent_on"),
    title=lambda one: f"invitation of {day_words(one.sent_on)}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation(Kept):
    """A family asked what they thought; `token` is what their answer carries instead of a name."""

    child_id: str = link("Child", "child", needed=True)
    about: str = choice("About", ABOUT, needed=True)
    sent_on: date = day("Sent on", needed=True)
    way: str = choice("Way", WAYS_SENT, needed=True)
    token: str = text("Code of the answer", unique=True, listed=False, synonyms=("Token",))


@record(
    "feedback",
    "feedback",
    "feedback",
    area="feedback",
    natural=("about", "on", "number"),
    sure="number",
    title=lambda one: f"feedback of {day_words(one.on)}",
    about="Enter what families answered, or bring in the file of the form service.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Kept):
    """An answer. It names no child: the token of an invitation says whose it is, if anything does.

    Attributes:
        known: whether the family agreed that the answer may be seen with the child's case.
        themes: separated by commas.
        number: what the form service calls the answer; with it the same file comes in twice and
            nothing is added, and two families who say the same stay two.
    """

    about: str = choice("About", ABOUT, needed=True)
    on: date = day("Date", needed=True, synonyms=("Completed", "Completion time", "Submitted"))
    given_by: str = choice("From", GIVEN_BY, synonyms=("Who are you", "Given by"))
    token: str = text("Code of the answer", listed=False, synonyms=("Token",))
    known: bool = yes_or_no("May be seen with the case", synonyms=("Agreed", "Consent"))
    rating: str = choice("Experience", RATINGS, synonyms=("Rating", "Overall"))
    involved: str = choice("Satisfied with being involved", STEPS, synonyms=("Involved",))
    reflects: str = choice("Plan reflects needs and aspirations", STEPS, synonyms=("Reflects",))
    informed: str = choice("Informed throughout", STEPS, synonyms=("Informed",))
    words: str = text("Words", long=True, search=True, synonyms=("Comments", "Comment"))
    themes: str = text("Themes", search=True, hint="Separated by commas.")
    number: str = text(
        "Number of the answer",
        later=True,
        listed=False,
        synonyms=("Response ID", "Respondent ID", "Response number", "ID"),
    )


@record(
    "response",
    "you said, we did",
    "you said, we did",
    area="feedback",
    natural=("theme", "on"),
    title=lambda one: one.theme,
    about="What families said, and what was done about it.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Kept):
    """What was done about a theme of feedback."""

    theme: str = text("You said", needed=True, search=True, synonyms=("Theme",))
    done: str = text("We did", needed=True, long=True, search=True)
    on: date = day("Date", needed=True)


@record(
    "dispute",
    "dispute",
    "disputes",
    area="feedback",
    natural=("kind", "opened_on"),
    title=lambda one: DISPUTES[one.kind].lower(),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Kept):
    """A disagreement beside the clock's own dates of mediation and tribunal.

    Attributes:
        opened_on: of a complaint and the like; what the clock counts from is the fact.
        next_step: what is to come on `next_on`, in words; it stands on Today by then.
        fact_id: the fact that opened it, where the clock knows one.
        sections: the sections of the plan that it is about.
        money: what was awarded, in pence.
    """

    child_id: str = link("Child", "child", needed=True)
    kind: str = choice("Kind", DISPUTES, needed=True)
    about: str = choice("About", DISPUTED, needed=True)
    sections: str = text(
        "Sections",
        pattern=r"[A-K](?:[ ,]*[A-K])*",
        pattern_says="A plan has sections A to K: give their letters, such as B, F, I.",
    )
    opened_on: date = day("Opened on", needed=True)
    fact_id: str | None = link("Event", "fact", facts=_DATING)
    next_on: date | None = day("Next date", coming=True)
    next_step: str = text(
        "What comes next",
        later=True,
        hint="Mediation, hearing, response due; it stands on Today with its date.",
        synonyms=("Next step",),
    )
    ended_on: date | None = day("Ended on")
    outcome: str = choice("Outcome", OUTCOMES)
    conceded: bool = yes_or_no("Conceded by the council")
    money: int | None = money("Money awarded", least=0)
    lesson: str = text("Lesson learnt", long=True, search=True)

    def faults(self) -> Sequence[tuple[str, str]]:
        """What ended has an outcome, and ended after it was opened."""
        found = []
        if self.ended_on is not None and not self.outcome:
            found.append(("outcome", "Say how it ended."))
        if self.outcome and self.ended_on is None:
            found.append(("ended_on", "Say when it ended."))
        if self.next_step and self.next_on is None:
            found.append(("next_on", "Say when what comes next is."))
        if self.ended_on is not None and self.ended_on < self.opened_on:
            found.append(("ended_on", "It ended before it was opened."))
        return found
