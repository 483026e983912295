"""The improvement plan: how each thing promised stands, who owes it, and the highlight report."""
