"""A cell of an OpenDocument sheet as the value it says it has."""

from __future__ import annotations

from datetime import datetime, timedelta

from caseworker_app.imports.files.days import from_iso
from caseworker_app.imports.files.markup import Attributes
from caseworker_app.imports.files.sheets import Cell, Shown

_ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "Err:")


def value(told: Attributes, text: str) -> Cell:
    """The value of a cell from what its element tells, in local names, and the text it shows.

    `kind` is the standard's word for its type, `own-kind` the one that LibreOffice adds.
    """
    kind = told.get("kind", "")
    formula = told.get("formula")
    if told.get("own-kind") == "error" or (formula and text.startswith(_ERRORS)):
        return Shown(text, "an error in a formula")
    if formula and not kind and not text:
        return Shown(formula.removeprefix("of:"), "a formula that was never calculated")
    if kind == "date":
        return from_iso(told.get("date-value", "")) or text
    if kind in ("float", "currency", "percentage"):
        return _number(told.get("value", ""), text)
    if kind == "boolean":
        return told.get("boolean-value") == "true"
    if kind == "time":
        return _span(told.get("time-value", ""), text)
    return text or told.get("string-value", "")


def _number(value: str, text: str) -> Cell:
    try:
        number = float(value)
    except ValueError:
        return text
    if not abs(number) < 1e300:
        return text
    # "0016" is the number 16 shown with four figures.
    if text.isdecimal() and text.startswith("0") and len(text) > 1 and int(text[:300]) == number:
        return text
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _span(value: str, text: str) -> Cell:
    """A time of day, which OpenDocument keeps as a length: PT10H30M00S."""
    parts = value.removeprefix("PT").replace("H", " ").replace("M", " ").replace("S", " ").split()
    try:
        hours, minutes, seconds = (float(part) for part in parts)
        span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except (ValueError, OverflowError):
        return text
    if timedelta() <= span < timedelta(days=1):
        return (datetime(2000, 1, 1) + span).time()  # noqa: DTZ001
    return span
