"""The triggers that keep audit entries as they are: whether they stand as they should."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

_NEVER = "BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END"
ON_FILE = {
    "audit_no_update": f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit {_NEVER}",
    "audit_no_delete": f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit {_NEVER}",
    "audit_no_replace": (
        "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit "
        "WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM audit) "
        "BEGIN SELECT RAISE(ABORT, 'audit entries are only added at the end'); END"
    ),
}
"""The triggers of a store file, as they are written there."""

_BEFORE, _DELETE, _UPDATE, _TRUNCATE = 2, 8, 16, 32
ON_SERVER = {
    "audit_no_change": (
        _BEFORE | _DELETE | _UPDATE | _TRUNCATE,
        "audit_is_append_only",
        "plpgsql",
        "BEGIN RAISE EXCEPTION 'audit entries are never changed'; END",
    )
}
"""The triggers of a database: when each fires, its function, the language of that, and its text."""

_FIND_ON_FILE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
_FIND_ON_SERVER = (
    "SELECT t.tgname, t.tgtype, p.proname, l.lanname, p.prosrc, "
    "t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr::text = '' "
    "AND p.proconfig IS NULL "
    "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang "
    "WHERE t.tgrelid = 'audit'::regclass AND NOT t.tgisinternal AND t.tgenabled <> 'D'"
)
_RULES_ON_SERVER = "SELECT rulename FROM pg_rewrite WHERE ev_class = 'audit'::regclass"


def faults(connection: Connection) -> list[str]:
    """What is wrong with the triggers of the audit, a sentence each."""
    if connection.dialect.name == "sqlite":
        found = {
            str(name): " ".join(str(sql).split())
            for name, sql in connection.exec_driver_sql(_FIND_ON_FILE)
        }
        return _compared(found, ON_FILE)
    there = {
        str(name): (int(fires), str(function), str(language), " ".join(str(text).split()))
        if whole
        else None
        for name, fires, function, language, text, whole in connection.exec_driver_sql(
            _FIND_ON_SERVER
        )
    }
    for row in connection.exec_driver_sql(_RULES_ON_SERVER):
        there[str(row[0])] = None
    return _compared(there, ON_SERVER)


def missing_on_file(connection: Connection) -> set[str]:
    """The triggers that a store file does not have."""
    return ON_FILE.keys() - {str(row[0]) for row in connection.exec_driver_sql(_FIND_ON_FILE)}


def _compared(found: Mapping[str, object], wanted: Mapping[str, object]) -> list[str]:
    said = [f"The guard {name} of the audit is missing." for name in sorted(wanted.keys() - found)]
    said += [
        f"The guard {name} of the audit does not do what it should."
        for name in sorted(wanted.keys() & found.keys())
        if found[name] != wanted[name]
    ]
    return said + [
        f"The trigger {name} on the audit does not belong there."
        for name in sorted(found.keys() - wanted)
    ]
