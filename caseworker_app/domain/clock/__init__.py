"""The statutory clock: what the law makes of one child's facts. Pure, total, and blind to today.

It refuses no facts: shuffled, incomplete or at odds with each other, they have deadlines. The law
that applies is the version in force on the day of the fact that starts a rule; for a phase
transfer, on the 1 September before the transfer year; for an age, on the day itself.
"""

from caseworker_app.domain.clock.counting import COUNTING, deadlines

__all__ = ["COUNTING", "deadlines"]
