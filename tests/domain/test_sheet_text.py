from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.sheet_text import read_sheet, write_sheet

CELLS = st.text(st.sampled_from("a 1/\"\t\n'é,;"), max_size=6)
GRIDS = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4)


@given(GRIDS)
def test_what_is_written_is_read_back(grid: list[list[str]]) -> None:
    assert read_sheet(write_sheet(grid)) == grid


@given(GRIDS)
def test_line_ends_of_windows_and_one_at_the_end_change_nothing(grid: list[list[str]]) -> None:
    text = write_sheet(grid).removesuffix("\n") if grid[-1] == [""] else write_sheet(grid)
    assert read_sheet(text.replace("\n", "\r\n") + "\r\n") == grid


@given(st.text(st.sampled_from('a"\t\n\r'), max_size=20))
def test_any_text_is_cells_and_nothing_of_it_is_lost_but_quotes(text: str) -> None:
    cells = [cell for row in read_sheet(text) for cell in row]
    assert "".join(cells).count("a") == text.count("a")


def test_as_excel_writes_it() -> None:
    assert read_sheet("1/11\tAmend\r\n2/11\t\r\n") == [["1/11", "Amend"], ["2/11", ""]]
    assert read_sheet('"late\nand ""rude"""\t3/11\r\n') == [['late\nand "rude"', "3/11"]]
    assert read_sheet('"with\ttab"') == [["with\ttab"]]


def test_quotes_that_are_text_stay_text() -> None:
    assert read_sheet('5" pipe\t"x" y\n"open') == [['5" pipe', '"x" y'], ['"open']]


def test_one_cell_is_written_as_it_is() -> None:
    assert write_sheet([["16 Oct 2026"]]) == "16 Oct 2026"
