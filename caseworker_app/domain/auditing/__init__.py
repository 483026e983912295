"""The quality of plans: scores of audits, agreement of auditors, samples, themes, what waits."""
