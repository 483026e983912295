"""Caseworker: statutory dates for EHC plans, on the desk of the people who meet them."""

__version__ = "0.1.0"
