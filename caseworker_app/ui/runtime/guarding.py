"""Calls that come back after whom they were for has gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

T = TypeVar("T")


def unless_deleted(call: Callable[[T], None], owner: QObject | None) -> Callable[[T], None]:
    """`call`, or nothing when the QObject it works for has been deleted meanwhile."""
    target = owner if owner is not None else getattr(call, "__self__", None)
    if not isinstance(target, QObject):
        return call

    def guarded(value: T) -> None:
        if isValid(target):
            call(value)

    return guarded
