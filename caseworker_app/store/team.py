"""A database made ready for a team: who owns its tables, and what each person may do by any means.

Each person signs in to the server as themselves and belongs to a role there for each that they hold
in the application. Those may read rows, and write what `team_rights` says, but not the tables,
their guards or the audit trail: that grows through one function alone. So what the trail says
stands even against somebody with SQL and the application's own sign-in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from caseworker_app.domain.errors import Refused, Unavailable
from caseworker_app.domain.permissions import ROLES
from caseworker_app.domain.team_set_up import TeamSetUp
from caseworker_app.store import schema
from caseworker_app.store.places import Place, place
from caseworker_app.store.team_functions import (
    DIFFERS,
    FOLLOW,
    GUARDS,
    called,
    group_of,
    owner_of,
    people_of,
    statements,
)
from caseworker_app.store.team_rights import BARE, WRITES, written_by

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
        "authentication, a certificate, or a password by SCRAM. What they may do there follows "
        "from the roles that an administrator gives them in Caseworker."
    ),
    "A superuser is bound by nothing here: let nobody sign in as one for daily work.",
)


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
        _make_functions(server, names, done)
        _follow_people(server, done)
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
        return cls(database, owner_of(database), people_of(database))

    @property
    def groups(self) -> dict[str, str]:
        """By role of the application, that of those on the server who hold it."""
        return {role: group_of(self.database, role) for role in ROLES}


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
        *((group, f"is of those with the role {ROLES[of]}") for of, group in names.groups.items()),
    ):
        there = _one(server, "SELECT 1 FROM pg_roles WHERE rolname = %s", role)
        if not there:
            _run(server, "CREATE ROLE {} NOLOGIN", role)
        done.lines.append(f"The role {role} {what}: {'it was there' if there else 'made'}.")
    # To make the tables in its name; a superuser may without.
    member = _one(server, "SELECT pg_has_role(current_user, %s, 'MEMBER')", names.owner)
    if not member:
        _run(server, "GRANT {} TO CURRENT_USER", names.owner)
    for role in (names.people, *names.groups.values()):
        # So that what it owns may give the roles to people, and take them away.
        _run(server, "GRANT {} TO {} WITH ADMIN OPTION", role, names.owner)


def _close_to_others(server: psycopg.Connection[Any], names: _Names, done: TeamSetUp) -> None:
    _run(server, "REVOKE ALL ON DATABASE {} FROM PUBLIC", names.database)
    _run(server, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    # Each for itself: roles of those with a role are not of the people, or all would hold all.
    for role in (names.people, *names.groups.values()):
        _run(server, "GRANT CONNECT ON DATABASE {} TO {}", names.database, role)
        _run(server, "GRANT USAGE ON SCHEMA public TO {}", role)
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
    with server.transaction():
        # Until a Caseworker of before is brought up to this one, all who worked here wrote all.
        _run(
            server,
            "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public REVOKE ALL ON TABLES FROM {}",
            *(names.owner, names.people),
        )
        _run(server, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}", names.people)
        _grant_on(server, "SELECT", BARE, names.people)
        for role, group in names.groups.items():
            _run(server, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}", group)
            _run(server, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}", group)
            for way in WRITES:
                some = [table for table, ways in written_by(role).items() if way in ways]
                _grant_on(server, way, some, group)
            many = sum(bool(ways) for ways in written_by(role).values())
            done.lines.append(f"{group} may read rows, and write those of {many} tables.")
    done.lines.append("Nobody writes to the audit trail, or changes what is kept of who looked.")


def _grant_on(
    server: psycopg.Connection[Any], way: str, tables: Collection[str], role: str
) -> None:
    marks = ", ".join(["{}"] * len(tables))
    _run(server, f"GRANT {way} ON {marks} TO {{}}", *sorted(tables), role)


def _make_functions(server: psycopg.Connection[Any], names: _Names, done: TeamSetUp) -> None:
    with server.transaction():
        for statement in statements():
            server.execute(statement.encode())
        for function in called():
            _run(server, f"ALTER FUNCTION {function} OWNER TO {{}}", names.owner)
            _run(server, f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
            for role in (names.people, *names.groups.values()):
                _run(server, f"GRANT EXECUTE ON FUNCTION {function} TO {{}}", role)
        for _, _, function, *_ in GUARDS.values():
            _run(server, f"ALTER FUNCTION {function}() OWNER TO {{}}", names.owner)
    done.lines.append("The audit trail grows at its end, through one function alone.")
    done.lines.append("A signature stands under the sign-in of whoever adds it.")


def _follow_people(server: psycopg.Connection[Any], done: TeamSetUp) -> None:
    """Give the roles on the server to those who hold them in the store, and take the others away.

    From then on that follows by itself.
    """
    query = f"SELECT * FROM {DIFFERS}() ORDER BY wanted, grp, member"  # noqa: S608
    told = server.execute(query.encode())
    for group, member, wanted in told.fetchall():
        done.lines.append(f"{group}: {'given to' if wanted else 'taken from'} {member}.")
    server.execute(f"SELECT {FOLLOW}()".encode())
    known = _one(server, "SELECT count(*) FROM caseworker WHERE sign_in <> ''")
    done.lines.append(
        "What somebody may write follows from their roles in Caseworker."
        if known
        else "Until Caseworker is told who signs in, all who work here hold every role."
    )


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
            "SELECT count(*) = 0 FROM pg_auth_members o JOIN pg_auth_members w "
            "ON w.member = o.member WHERE pg_get_userbyid(o.roleid) = %s "
            "AND pg_get_userbyid(w.roleid)::text = ANY (%s) AND NOT w.admin_option "
            "AND NOT (SELECT rolsuper FROM pg_roles WHERE oid = o.member)"
        ),
        lambda names: (names.owner, [names.people, *names.groups.values()]),
        "Somebody who works here also belongs to the role that owns the tables.",
    ),
    (
        (
            "SELECT bool_and(has_function_privilege(one, two, 'EXECUTE')) "
            "FROM unnest(%s::text[]) AS one, unnest(%s::text[]) AS two"
        ),
        lambda names: ([names.people, *names.groups.values()], list(called())),
        "People may not do what they have to.",
    ),
    (
        f"SELECT count(*) = 0 FROM {DIFFERS}()",  # noqa: S608  (the name is ours)
        lambda _: (),
        "Somebody holds other roles on the server than Caseworker gives them.",
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
    said = [said for query, values, said in _CHECKS if not _one(server, query, *values(names))]
    return [*said, *_wrong_rights(server, names)]


_RIGHTS = """
SELECT c.relname, CASE a.grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(a.grantee) END,
  a.privilege_type
FROM pg_class c CROSS JOIN aclexplode(c.relacl) AS a
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
  AND a.grantee <> c.relowner
"""


def _wrong_rights(server: psycopg.Connection[Any], names: _Names) -> Iterator[str]:
    """Who may do something else to the rows of a table than follows from the table of rights."""
    found: dict[str, set[tuple[str, str]]] = {names.people: set()}
    found |= {group: set() for group in names.groups.values()}
    for table, grantee, way in server.execute(_RIGHTS).fetchall():
        if grantee in found or way != "SELECT":
            found.setdefault(str(grantee), set()).add((str(table), str(way)))
    every = [str(name) for (name,) in server.execute(_TABLES).fetchall()]
    wanted = {names.people: {(table, "SELECT") for table in BARE}}
    for role, group in names.groups.items():
        wanted[group] = {(table, "SELECT") for table in every}
        wanted[group] |= {(table, way) for table, ways in written_by(role).items() for way in ways}
    for who, has in found.items():
        if more := has - wanted.get(who, set()):
            yield f"{who} may do more than it should to {_listed(more)}."
        if less := wanted.get(who, set()) - has:
            yield f"{who} may do less than it has to with {_listed(less)}."


_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
"""


def _listed(rights: Collection[tuple[str, str]]) -> str:
    return ", ".join(sorted({table for table, _ in rights}))
