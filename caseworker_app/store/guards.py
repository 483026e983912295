"""The triggers that keep trail and signatures as they are: whether they stand as they should.

No other trigger belongs on any table, and no rule: one could change what is written past its trail.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from caseworker_app.store.team_functions import GROWS, GUARDS, called

AUDIT, SIGNATURE = "audit", "signature"


def _on_file(table: str, key: str, what: str) -> dict[str, str]:
    """The three triggers of a table of a store file to which rows are only added."""
    never = f"BEGIN SELECT RAISE(ABORT, '{what} are never changed'); END"
    last = f"(SELECT coalesce(max({key}), 0) FROM {table})"  # noqa: S608  (the names are ours)
    at_end = f"BEGIN SELECT RAISE(ABORT, '{what} are only added at the end'); END"
    when = f"WHEN NEW.{key} <= {last} {at_end}"
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {never}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {never}",
        f"{table}_no_replace": f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {when}",
    }


ON_FILE = {
    **_on_file(AUDIT, "seq", "audit entries"),
    **_on_file(SIGNATURE, "id", "signatures"),
}
"""The triggers of a store file, as they are written there."""

_BEFORE, _DELETE, _UPDATE, _TRUNCATE = 2, 8, 16, 32
_EVERY_CHANGE = _BEFORE | _DELETE | _UPDATE | _TRUNCATE


def _never(what: str) -> str:
    return f"BEGIN RAISE EXCEPTION '{what} are never changed'; END"


Guard = tuple[str, int, str, str, str]
ON_SERVER: dict[str, Guard] = {
    "audit_no_change": (
        *(AUDIT, _EVERY_CHANGE, "audit_is_append_only", "plpgsql"),
        _never("audit entries"),
    ),
    "signature_no_change": (
        *(SIGNATURE, _EVERY_CHANGE, "signature_is_append_only", "plpgsql"),
        _never("signatures"),
    ),
}
"""The triggers of a database: table, when each fires, function, the language of that, its text."""

_FIND_ON_FILE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_FIND_ON_SERVER = (
    "SELECT t.tgname, c.relname, t.tgtype, p.proname, l.lanname, p.prosrc, "
    "t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr::text = '' "
    "AND (p.proconfig IS NULL OR t.tgname = ANY(%s)) "
    "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang "
    "JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgenabled <> 'D'"
)
_RULES_ON_SERVER = (
    "SELECT r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
)
_FUNCTION = "SELECT prosrc FROM pg_proc WHERE oid = to_regprocedure(%s)"
_VIEW, _SHOWN = "open_data", "open_figure"


def faults(connection: Connection) -> list[str]:
    """What is wrong with the guards of trail and signatures, a sentence each."""
    if connection.dialect.name == "sqlite":
        found = {str(name): _flat(sql) for name, sql in connection.exec_driver_sql(_FIND_ON_FILE)}
        said = _compared(found, ON_FILE)
    else:
        said = _on_server(connection)
    return said or _view(connection)


def _on_server(connection: Connection) -> list[str]:
    function = connection.exec_driver_sql(_FUNCTION, (GROWS,)).scalar()
    wanted = {**ON_SERVER, **(GUARDS if function is not None else {})}
    there: dict[str, object] = {
        str(name): (
            *(str(table), int(fires), str(function_), str(language)),
            _flat(text),
        )
        if whole
        else None
        for name, table, fires, function_, language, text, whole in connection.exec_driver_sql(
            _FIND_ON_SERVER, (list(GUARDS),)
        )
    }
    for row in connection.exec_driver_sql(_RULES_ON_SERVER):
        there[str(row[0])] = None
    said = _compared(there, wanted)
    for name, text in called().items() if function is not None else ():
        found = connection.exec_driver_sql(_FUNCTION, (name,)).scalar()
        if _flat(found) != text:
            what = "by which the audit grows" if name == GROWS else f"{name} of a team's database"
            said.append(f"The function {what} does not do what it should.")
    return said


def _view(connection: Connection) -> list[str]:
    """The view for other programs shows the rows that it is of, and no others."""
    columns = "time_period, measure, breakdown, numerator, denominator, value, hidden"
    kept, shown = (
        connection.exec_driver_sql(f"SELECT {columns} FROM {name}{order}").fetchall()  # noqa: S608
        for name, order in ((_SHOWN, " ORDER BY position"), (_VIEW, ""))
    )
    if [tuple(row) for row in kept] == [tuple(row) for row in shown]:
        return []
    return ["The view open_data does not show what was published last."]


def missing_on_file(connection: Connection) -> set[str]:
    """The triggers that a store file does not have."""
    return ON_FILE.keys() - {str(row[0]) for row in connection.exec_driver_sql(_FIND_ON_FILE)}


def _flat(text: object) -> str:
    return " ".join(str(text).split())


def _compared(found: Mapping[str, object], wanted: Mapping[str, object]) -> list[str]:
    said = [f"The guard {name} of the audit is missing." for name in sorted(wanted.keys() - found)]
    said += [
        f"The guard {name} of the audit does not do what it should."
        for name in sorted(wanted.keys() & found.keys())
        if found[name] != wanted[name]
    ]
    return said + [
        f"The trigger {name} does not belong there." for name in sorted(found.keys() - wanted)
    ]
