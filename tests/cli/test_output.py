"""Tables as they are printed into a file."""

from __future__ import annotations

import pytest

from caseworker_app.cli.output import print_table


def test_in_a_file_a_row_is_one_line_below_its_headings(capsys: pytest.CaptureFixture[str]) -> None:
    long = "a reason that goes on " * 20
    print_table("Title", ("Case", "Why", "On"), [("1", "日本", None), ("22", long, "x\x1b[1m\ny")])
    assert capsys.readouterr().out.split("\n") == [
        "Title",
        "",
        f" Case   {'Why':<{len(long) - 1}}   On",
        f" {'─' * (4 + 3 + len(long) - 1 + 3 + 7)}",
        " 1      日本",
        f" 22     {long.strip()}   x [1m y",
        "",
        "",
    ]
    print_table("", ("Case",), [])
    assert capsys.readouterr().out == "\n Case\n ────\n\n"
