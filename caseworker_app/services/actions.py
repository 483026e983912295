"""Actions in words: what one did, of whose case, how much it touched, and whether to ask first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.over_time import KINDS_TOLD
from caseworker_app.domain.records import Action, Entry
from caseworker_app.domain.rows import HistoryRow
from caseworker_app.services import changes
from caseworker_app.services.clock import in_words
from caseworker_app.services.ports import Reading
from caseworker_app.services.wording import capital, counted, joined

MANY = 10
"""An action that touched more cases than this is not taken back without asking."""

IMPORT, DEMO, MERGE, PACK = "import", "demo", "merge", "pack"
WHOLESALE = frozenset({IMPORT, DEMO, MERGE, PACK})
"""Actions that are asked about however few cases they touched."""

RECONCILE = "reconcile"
"""What was accepted of an extract: asked about by how much it touched, and a bulk change."""

_MARK = "act"
_DIGITS = 9
_IMPORT_OF = "import of "
"""How the words of an import begin, by which those are known that were made without a mark."""


def _tables() -> list[tuple[str, str, str]]:
    """Each kind of record with its words, cases first: what an action touched is told by them."""
    kinds = sorted(every_kind(), key=lambda kind: kind.name != "child")
    return [(kind.name, kind.one, kind.many) for kind in kinds]


def mark(act: str) -> str:
    """What sort of action it is, as its first entry keeps it; "" for none in particular."""
    return changes.as_json({_MARK: act} if act else {})


def is_wholesale(entries: Sequence[Entry]) -> bool:
    """Whether an action is an import, a demo, a merge or another rule pack put in force."""
    first = entries[0]
    if first.table != "store":
        return False
    act = changes.from_json(first.after).get(_MARK, "")
    return act in WHOLESALE or first.what.startswith(_IMPORT_OF)


def is_group(name: str) -> bool:
    """Whether a text can be the name of an action."""
    return name.isascii() and name.isdecimal() and len(name) <= _DIGITS


def is_bulk(entries: Sequence[Entry]) -> bool:
    """Whether an action, or its first entry, is an import, a demo, or accepted of an extract."""
    act = changes.from_json(entries[0].after).get(_MARK) if entries[0].table == "store" else ""
    return act == RECONCILE or (is_wholesale(entries) and act != MERGE)


def touched(entries: Sequence[Entry]) -> int:
    """How many cases an action touched; of one that touched none, settings or caseworkers."""
    counts = [len(_rows(entries, table)) for table, _, _ in _tables()]
    return counts[0] or max(counts)


def leading(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of an action without those of records that only follow a child's own change."""
    changed = {entry.row for entry in entries if entry.table == "child"}
    return [one for one in entries if one.table not in KINDS_TOLD or one.child not in changed]


def must_ask(entries: Sequence[Entry]) -> bool:
    """Whether an action is too much to take back, or bring back, with one key."""
    return touched(entries) > MANY or is_wholesale(entries)


def in_few_words(reading: Reading, entries: Sequence[Entry]) -> str:
    """What an action did, with whose case it was where it touched one alone."""
    first = entries[0]
    if first.table != "child":
        return first.what
    return f"{first.what} for {names_of(reading, {first.row})[first.row]}"


def question(reading: Reading, entries: Sequence[Entry], who: str, *, back: bool) -> str:
    """The question whether to take an action back, or with `back` False to bring it again.

    Args:
        reading: the store.
        entries: the change, whole.
        who: the person who asks; somebody else's change is named as theirs.
        back: False for a redo.
    """
    verb, ask = ("takes back", "Take it back?") if back else ("brings back", "Bring it back?")
    words = in_few_words(reading, entries)
    theirs = f" by {entries[0].who}" if entries[0].who != who else ""
    if words.startswith(_IMPORT_OF):
        # Its own words end in a count, which may be of something else than what it touched.
        what, _, _ = words.rpartition(": ")
        return f"This {verb} the {what or words}{theirs}: {_how_many(entries)}. {ask}"
    many = f" ({_how_many(entries)})" if must_ask(entries) else ""
    if theirs:
        return f"This {verb} a change{theirs}: {words}{many}. {ask}"
    return f"This {verb}: {words}{many}. {ask}"


def names_of(reading: Reading, ids: Collection[str]) -> dict[str, str]:
    """Children's names by id, also of those who are no longer in the store."""
    names = {one.id: f"{one.surname}, {one.forename}" for one in reading.summaries(ids)}
    for key in set(ids) - names.keys():
        entries = reading.latest_entries(1, ("child", key))
        gone = changes.from_json(entries[0].before) if entries else {}
        parts = (str(gone.get("surname", "")), str(gone.get("forename", "")))
        names[key] = ", ".join(part for part in parts if part) or "a child"
    return names


def history(
    reading: Reading, limit: int, only: Collection[str] | None = None
) -> tuple[HistoryRow, ...]:
    """The latest actions of the store, newest first, each with whose case it was.

    With `only`, those that touched one of some children, as they touched the first of these.
    """
    found = reading.actions(limit) if only is None else _of_some(reading, limit, only)
    alone = {one.child for one in found if one.cases == 1 and one.first.table == "child"}
    names = names_of(reading, alone)
    gone = reading.undone_among({one.first.group for one in found})
    return tuple(_row(one, names, gone) for one in found)


def _of_some(reading: Reading, limit: int, only: Collection[str]) -> list[Action]:
    """The actions that touched some children, newest first, without a word of others."""
    groups: dict[str, Action] = {}
    for entry in reading.latest_entries(limit, only=only):
        groups[entry.group] = Action(entry, 1, entry.child)
    return list(groups.values())


def _row(action: Action, names: dict[str, str], gone: Collection[str]) -> HistoryRow:
    return history_row(action.first, named(action.first, names.get(action.child, "")), gone)


def named(entry: Entry, name: str) -> str:
    """What an entry did, with whose case it was where that is not plain."""
    what = capital(entry.what)
    return f"{name}: {what}" if name and not entry.gone else what


def history_row(entry: Entry, what: str, gone: Collection[str]) -> HistoryRow:
    """An entry as a person reads it, with the action it belongs to where that can be taken back.

    Args:
        entry: the entry.
        what: what it did.
        gone: the changes that are undone.
    """
    state = "undone" if entry.group in gone else ""
    group = entry.group if entry.kind == "change" and not state else ""
    return HistoryRow(in_words(entry.at), entry.who, what, entry.why, group, state)


def _rows(entries: Sequence[Entry], table: str) -> set[str]:
    return {entry.row for entry in entries if entry.table == table}


def _how_many(entries: Sequence[Entry]) -> str:
    """How much an action made, changed and removed: `633 cases made and 12 cases changed`."""
    parts = []
    for table, one, many in _tables():
        of_table = [entry for entry in entries if entry.table == table]
        made = sum(not entry.before for entry in of_table)
        gone = sum(not entry.after for entry in of_table)
        for count, verb in (
            (made, "made"),
            (len(of_table) - made - gone, "changed"),
            (gone, "removed"),
        ):
            if count:
                parts.append(f"{counted(count, one, many)} {verb}")
        if table == "child" and parts:
            break
    return joined(parts)
