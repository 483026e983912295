"""Measures: a numerator and a denominator of cases, for a period, as known on a day.

Pure functions over case files. `board.BoardReturn` is what they come to; `services.returns` makes
it, `reports` writes it.
"""
