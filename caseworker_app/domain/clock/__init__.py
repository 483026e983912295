"""The statutory clock: facts about one child in, deadlines out. Pure, total, and blind to today.

Any well-formed facts, in any order, with gaps or against each other, give deadlines. The law that
applies is the version in force on the day of the fact that starts a rule; for a phase transfer, on
the 1 September before the transfer year; for an age, on the day itself.
"""

from caseworker_app.domain.clock.run import deadlines

__all__ = ["deadlines"]
