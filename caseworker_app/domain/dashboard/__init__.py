"""The dashboard: what a day's caseload looks like, a module for each group of its charts."""
