"""A database made ready for a team: who owns its tables, and what each person may do by any means.

Each person signs in to the server as themselves and belongs to one role, which may read and change
rows but not the tables, their guards or the audit trail: that grows through one function alone. So
what the trail says stands even against somebody with SQL and the application's own sign-in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from caseworker_app.domain.errors import Refused, Unavailable
from caseworker_app.domain.team_set_up import TeamSetUp
from caseworker_app.store import schema
from caseworker_app.store.audit import APPEND
from caseworker_app.store.places import Place, place
from caseworker_app.store.team_functions import GUARDS, statements

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection

    from caseworker_app.store.how import How

_LEFT = (
    (
        "Caseworker does not encrypt a server's files, in which names stand: encrypt its disks, "
        "and keep its backups as you keep case files."
    ),
    (
        'Let somebody in with CREATE ROLE "sign-in" LOGIN IN ROLE "{}"; and your council\'s own '
        "authentication, a certificate, or a password by SCRAM."
    ),
    "A superuser is bound by nothing here: let nobody sign in as one for daily work.",
)
_ALL = "SELECT, INSERT, UPDATE, DELETE"
_READ_ALONE = ("audit", "alembic_version")
_ADD_ALONE = ("access", "access_child", "signature")


def set_up_team(where: str, how: How) -> TeamSetUp:
    """Make a database ready for a team, or look whether it is; again, nothing is made twice.

    Args:
        where: its address, as somebody who may make roles and owns the database or may do all.
        how: where the migrations are.

    Raises:
        Refused: `where` is no database, or whoever signs in may not make roles.
        Unavailable: it cannot be reached, or is in use while its tables are changed.
    """
    at = place(where)
    if at.path is not None:
        raise Refused(
            "A team shares a PostgreSQL database: give its address, postgresql://…", "url"
        )
    done = TeamSetUp()
    with _connected(at) as server:
        names = _Names.of(server)
        _refuse_without_rights(server)
        _make_roles(server, names, done)
        _close_to_others(server, names, done)
        _make_tables(at, how, names, done)
        _give_to_owner(server, names, done)
        _grant(server, names, done)
        _append_by_function(server, names, done)
        done.faults += _faults(server, names)
    done.left = tuple(one.format(names.people) for one in _LEFT)
    return done


@dataclass(frozen=True, slots=True)
class _Names:
    database: str
    owner: str
    people: str

    @classmethod
    def of(cls, server: psycopg.Connection[Any]) -> _Names:
        database = str(_one(server, "SELECT current_database()"))
        return cls(database, f"{database[:50]}_owner", f"{database[:50]}_people")


def _connected(at: Place) -> psycopg.Connection[Any]:
    import psycopg

    try:
        return psycopg.connect(at.url.replace("+psycopg", "", 1), autocommit=True)
    except psycopg.OperationalError as error:
        raise Unavailable(f"{at.shown} cannot be reached, or refuses the name.") from error


def _one(server: psycopg.Connection[Any], query: LiteralString, *values: object) -> Any:  # noqa: ANN401
    found = server.execute(query, values or None).fetchone()
    return found[0] if found else None


def _run(server: psycopg.Connection[Any], statement: str, *names: str) -> None:
    """Run a statement of ours with names put in, each quoted."""
    from psycopg import sql

    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _refuse_without_rights(server: psycopg.Connection[Any]) -> None:
    may = _one(
        server, "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    )
    if not may:
        user = _one(server, "SELECT current_user")
        raise Refused(
            f"{user} may not make roles: set a team up as an administrator of the server.", "url"
        )


def _make_roles(server: psycopg.Connection[Any], names: _Names, done: TeamSetUp) -> None:
    for role, what in (
        (names.owner, "owns the tables, and nobody signs in as it"),
        (names.people, "is what everybody who works here belongs to"),
    ):
        there = _one(server, "SELECT 1 FROM pg_roles WHERE rolname = %s", role)
        if not there:
            _run(server, "CREATE ROLE {} NOLOGIN", role)
        done.lines.append(f"The role {role} {what}: {'it was there' if there else 'made'}.")
    # To make the tables in its name; a superuser may without.
    member = _one(server, "SELECT pg_has_role(current_user, %s, 'MEMBER')", names.owner)
    if not member:
        _run(server, "GRANT {} TO CURRENT_USER", names.owner)


def _close_to_others(server: psycopg.Connection[Any], names: _Names, done: TeamSetUp) -> None:
    _run(server, "REVOKE ALL ON DATABASE {} FROM PUBLIC", names.database)
    _run(server, "GRANT CONNECT ON DATABASE {} TO {}", names.database, names.people)
    _run(server, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    _run(server, "GRANT USAGE ON SCHEMA public TO {}", names.people)
    _run(server, "GRANT USAGE, CREATE ON SCHEMA public TO {}", names.owner)
    done.lines.append(f"Nobody connects to {names.database} but those of {names.people}.")


def _make_tables(at: Place, how: How, names: _Names, done: TeamSetUp) -> None:
    from caseworker_app.store.engine import begin, have_alone, server_engine
    from caseworker_app.store.migrate import current, upgrade

    engine = server_engine(at.url)
    try:
        with begin(engine, at.shown, write=True) as connection:
            was = current(connection)
            if was is not None and schema.judge(was, at.shown):
                done.lines.append(f"The tables are those of this Caseworker, {schema.HEAD}.")
                return
            have_alone(connection, at.shown)
            if was is None or _belongs_to(connection, names.owner):
                owner = connection.dialect.identifier_preparer.quote(names.owner)
                connection.exec_driver_sql(f"SET LOCAL ROLE {owner}")
            upgrade(connection, how.scripts)
    finally:
        engine.dispose()
    done.new = was is None
    did = "made" if was is None else f"brought up to date from {was}"
    done.lines.append(f"The tables, {schema.HEAD}: {did}.")


def _belongs_to(connection: Connection, owner: str) -> bool:
    """Whether the tables are the role's already, and so must be changed in its name."""
    query = (
        "SELECT pg_get_userbyid(relowner) = %s FROM pg_class "
        "WHERE oid = 'public.alembic_version'::regclass"
    )
    return bool(connection.exec_driver_sql(query, (owner,)).scalar())


_OWNED = """
SELECT 'TABLE', c.relname, '' FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  AND pg_get_userbyid(c.relowner) <> %(owner)s
UNION ALL
SELECT 'VIEW', c.relname, '' FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v'
  AND pg_get_userbyid(c.relowner) <> %(owner)s
UNION ALL
SELECT 'FUNCTION', p.proname, pg_get_function_identity_arguments(p.oid) FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND pg_get_userbyid(p.proowner) <> %(owner)s
"""


def _give_to_owner(server: psycopg.Connection[Any], names: _Names, done: TeamSetUp) -> None:
    """Give what somebody else made, with a store of before, to the role that owns it all."""
    found = server.execute(_OWNED, {"owner": names.owner}).fetchall()
    for what, name, arguments in found:
        shown = f"({arguments})" if what == "FUNCTION" else ""
        _run(server, f"ALTER {what} {{}}{shown} OWNER TO {{}}", name, names.owner)
    if found:
        done.lines.append(f"{len(found)} tables and functions now belong to {names.owner}.")


def _grant(server: psycopg.Connection[Any], names: _Names, done: TeamSetUp) -> None:
    people = names.people
    _run(server, f"GRANT {_ALL} ON ALL TABLES IN SCHEMA public TO {{}}", people)
    for table in (*_READ_ALONE, *_ADD_ALONE):
        _run(server, "REVOKE ALL ON {} FROM {}", table, people)
        _run(server, "GRANT SELECT ON {} TO {}", table, people)
    for table in _ADD_ALONE:
        _run(server, "GRANT INSERT ON {} TO {}", table, people)
    _run(
        server,
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {{}} IN SCHEMA public GRANT {_ALL} ON TABLES TO {{}}",
        names.owner,
        people,
    )
    done.lines.append(f"{people} may read and change rows, and of the audit trail only read.")


def _append_by_function(server: psycopg.Connection[Any], names: _Names, done: TeamSetUp) -> None:
    with server.transaction():
        for statement in statements():
            server.execute(statement)
        _run(server, f"ALTER FUNCTION {APPEND}(jsonb) OWNER TO {{}}", names.owner)
        for guard in GUARDS:
            _run(server, f"ALTER FUNCTION {guard}() OWNER TO {{}}", names.owner)
        _run(server, f"REVOKE ALL ON FUNCTION {APPEND}(jsonb) FROM PUBLIC")
        _run(server, f"GRANT EXECUTE ON FUNCTION {APPEND}(jsonb) TO {{}}", names.people)
    done.lines.append("The audit trail grows at its end, through one function alone.")
    done.lines.append("A signature stands under the sign-in of whoever adds it.")


_Check = tuple[str, Callable[[_Names], tuple[object, ...]], str]
_CHECKS: tuple[_Check, ...] = (
    (
        (
            "SELECT count(*) = 0 FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND relkind = 'r' AND pg_get_userbyid(relowner) <> %s"
        ),
        lambda names: (names.owner,),
        "Some tables belong to somebody who may sign in.",
    ),
    (
        "SELECT NOT rolcanlogin FROM pg_roles WHERE rolname = %s",
        lambda names: (names.owner,),
        "Somebody can sign in as the role that owns the tables.",
    ),
    (
        (
            "SELECT count(*) = 0 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid "
            "JOIN pg_roles p ON p.oid = m.member WHERE r.rolname = %s "
            "AND pg_has_role(p.rolname, %s, 'MEMBER') AND NOT p.rolsuper"
        ),
        lambda names: (names.owner, names.people),
        "Somebody who works here also belongs to the role that owns the tables.",
    ),
    (
        "SELECT NOT has_table_privilege(%s, 'audit', 'INSERT, UPDATE, DELETE, TRUNCATE')",
        lambda names: (names.people,),
        "People may write to the audit trail past its function.",
    ),
    (
        "SELECT NOT has_table_privilege(%s, 'access', 'UPDATE, DELETE, TRUNCATE')",
        lambda names: (names.people,),
        "People may change what is kept of who looked.",
    ),
    (
        (
            "SELECT has_table_privilege(%s, 'child', 'UPDATE') "
            "AND has_function_privilege(%s, 'audit_append(jsonb)', 'EXECUTE')"
        ),
        lambda names: (names.people, names.people),
        "People may not do what they have to.",
    ),
    (
        "SELECT NOT has_schema_privilege(%s, 'public', 'CREATE')",
        lambda names: (names.people,),
        "People may make tables and functions of their own beside those of the store.",
    ),
    (
        "SELECT NOT has_database_privilege('public', current_database(), 'CONNECT')",
        lambda _: (),
        "Anybody who can reach the server may connect to the database.",
    ),
)


def _faults(server: psycopg.Connection[Any], names: _Names) -> list[str]:
    return [said for query, values, said in _CHECKS if not _one(server, query, *values(names))]
