"""Reads `resources/rules/*.toml` and the bank holidays into domain rules and calendars."""
