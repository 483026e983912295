"""Cycles are collected on the window's thread, and by Python again once nobody needs that."""

from __future__ import annotations

import gc
import threading

from pytestqt.qtbot import QtBot

from caseworker_app.ui.runtime.collecting import Collector, collect


class Knot:
    """An object that only the cycle collector frees, and that tells where it was freed."""

    freed_on: int | None = None

    def __init__(self) -> None:
        self.knot = self

    def __del__(self) -> None:
        Knot.freed_on = threading.get_ident()


def test_python_does_not_collect_while_one_is_at_work(qtbot: QtBot) -> None:
    was = gc.isenabled()
    first, second = Collector(), Collector()
    assert not gc.isenabled()
    first.stop()
    assert not gc.isenabled()
    second.stop()
    assert gc.isenabled() == was


def test_a_knot_left_by_another_thread_is_freed_on_the_windows(qtbot: QtBot) -> None:
    gc.collect()
    collector = Collector()
    Knot.freed_on = None

    def tie() -> None:
        Knot()
        _ = [[number] for number in range(5_000)]

    other = threading.Thread(target=tie)
    other.start()
    other.join()
    assert Knot.freed_on is None
    held = [[number] for number in range(5_000)]
    collect()
    assert Knot.freed_on == threading.get_ident()
    assert len(held) == 5_000
    collector.stop()


def test_very_many_new_objects_are_put_aside_unwalked_and_freed_as_ever(qtbot: QtBot) -> None:
    gc.collect()
    collector = Collector()
    frozen = gc.get_freeze_count()
    walked: list[str] = []
    gc.callbacks.append(lambda phase, _: walked.append(phase))
    Knot.freed_on = None
    Knot()
    held = [[number] for number in range(100_000)]
    collect()
    gc.callbacks.pop()
    assert walked == []
    assert Knot.freed_on is None
    assert gc.get_freeze_count() > frozen + 100_000
    held.clear()
    assert gc.get_freeze_count() < frozen + 100_000
    collector.stop()
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert Knot.freed_on == threading.get_ident()


def test_nothing_is_collected_while_somebody_waits_until_they_have_waited_often(
    qtbot: QtBot,
) -> None:
    gc.collect()
    collector = Collector()
    collector.count(1)
    Knot.freed_on = None
    Knot()
    held = [[number] for number in range(5_000)]
    collector.look()
    assert Knot.freed_on is None
    collector.count(0)
    collector.look()
    assert Knot.freed_on == threading.get_ident()
    collector.count(1)
    Knot.freed_on = None
    Knot()
    held += [[number] for number in range(5_000)]
    looked = 0
    while Knot.freed_on is None:
        collector.look()
        looked += 1
        assert looked < 100
    assert looked > 1
    collector.stop()
