"""A return to write, and its workbook read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.people import Setting
from tests.domain.measures.making import board, case, fact

PLAN = fact("plan_sent", "2025-01-15")


def some(suppress: bool = False, council: str = "Invented Borough") -> BoardReturn:
    files = [
        case("A", PLAN, fact("review_meeting_held", "2026-09-10"), setting=Setting("Bow School")),
        *(case(f"B{number}", PLAN, need="SLCN") for number in range(7)),
        *(case(f"C{number}", fact("plan_sent", "2026-10-01")) for number in range(9)),
        case("D", fact("request_received", "2026-01-01")),
    ]
    return board(files, suppress=suppress, council=council)


def read(path: Path) -> Any:
    return load_workbook(path)
