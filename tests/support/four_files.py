"""The four files of a model of transitions, small, and those of a simulated borough."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.domain.place_planning.history import PlacesHistory

MOVES = """calendar-year,setting-1,need-1,academic-year-1,setting-2,need-2,academic-year-2
2013,NONSEND,NONSEND,-1,A,T,0
2013,A,T,6,B,T,7
2013,B,T,12,NONSEND,NONSEND,13
"""
PEOPLE = """calendar-year,academic-year,population
2013,0,700
2014,0,710
"""
VALID = """setting,setting-group,min-academic-year,max-academic-year,needs,setting->setting
A,one,-3,6,"T,U","A,B"
B,two,7,16,"T,U","A,B"
"""
COSTS = """need,setting,cost
T,A,1000.5
"""


def written(
    folder: Path,
    moves: str = MOVES,
    people: str = PEOPLE,
    valid: str = VALID,
    costs: str = COSTS,
) -> tuple[Path, Path, Path, Path]:
    """Write them into a folder."""
    texts = {"moves": moves, "people": people, "valid": valid, "costs": costs}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    first, second, third, fourth = (folder / f"{name}.csv" for name in texts)
    return first, second, third, fourth


def of_history(folder: Path, history: PlacesHistory) -> tuple[Path, Path, Path, Path]:
    """Write a borough's history as the four files."""
    moves = [MOVES.splitlines()[0]]
    for one in history.moves:
        before = (one.year, one.setting, one.need, one.taught)
        moves.append(",".join(map(str, (*before, one.to_setting, one.to_need, one.to_taught))))
    people = [f"{year},{group},{many}" for (year, group), many in history.population.items()]
    valid = [
        f'{key},g,{one.least},{one.most},"{",".join(sorted(one.needs))}",'
        f'"{",".join(sorted(one.onward))}"'
        for key, one in history.teaches.items()
    ]
    needs = sorted({one for each in history.teaches.values() for one in each.needs})
    costs = [f"{need},{key},1000" for need in needs for key in history.teaches]
    heads = [one.splitlines()[0] for one in (PEOPLE, VALID, COSTS)]
    return written(
        folder,
        "\n".join(moves),
        *(
            "\n".join([head, *rows])
            for head, rows in zip(heads, (people, valid, costs), strict=True)
        ),
    )
