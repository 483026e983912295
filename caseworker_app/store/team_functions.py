"""What a team's database does by itself: it adds to the trail, follows its people, and guards.

All of it belongs to a role as which nobody signs in. Who holds which role of the application
follows from the list of its people, in the transaction that changes that list.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Integer, LargeBinary

from caseworker_app.domain.permissions import ROLES
from caseworker_app.domain.signing_in import ADMINISTRATOR
from caseworker_app.store.audit import APPEND
from caseworker_app.store.tables import AUDIT

GROWS = f"{APPEND}(jsonb)"
"""The function by which the trail grows, as the database names it."""
_GUARD = "meta_head_by_function"
_OWN = "signature_by_own"
_BY = "caseworker_by_administrator"
_FOLLOWED = "caseworker_is_followed"
DIFFERS, FOLLOW = "team_differs", "team_follow"
"""The functions that say whose roles on the server are not those in the store, and put it right."""
COLLEAGUE = "team_colleague"
"""The function that says whether a name is a colleague's of whoever signs in, and not theirs."""
_LOOKED = "access_by_own"
_LONGEST = 48


def owner_of(database: str) -> str:
    """The role that owns the tables of a database."""
    return f"{database[:50]}_owner"


def people_of(database: str) -> str:
    """The role of everybody who works there."""
    return f"{database[:50]}_people"


def group_of(database: str, role: str) -> str:
    """The role on the server of those who hold a role of the application."""
    return f"{database[:_LONGEST]}_{role}"


def statements() -> Iterator[str]:
    """The statements that make the function, and the guard of where the trail ends."""
    kinds = {column.name: column.type for column in AUDIT.columns}
    declared = ", ".join(
        f"{name} {'integer' if isinstance(kind, Integer) else 'text'}"
        for name, kind in kinds.items()
    )
    columns = ", ".join(f'"{name}"' for name in kinds)
    values = ", ".join(
        f"decode(new_one.{name}, 'hex')" if isinstance(kind, LargeBinary) else f'new_one."{name}"'
        for name, kind in kinds.items()
    )
    yield f"""
CREATE OR REPLACE FUNCTION {APPEND}(entries jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  new_one record;
  last_seq integer;
  last_hash text;
  last_who text;
BEGIN
  SELECT a.seq, a.hash INTO last_seq, last_hash FROM public.audit a ORDER BY a.seq DESC LIMIT 1;
  last_seq := coalesce(last_seq, 0);
  last_hash := coalesce(last_hash, repeat('0', 64));
  FOR new_one IN
    SELECT * FROM jsonb_to_recordset(entries) AS e({declared}) ORDER BY e.seq
  LOOP
    IF new_one.seq <> last_seq + 1 OR new_one.prev <> last_hash
       OR new_one.hash !~ '^[0-9a-f]{{64}}$' THEN
      RAISE EXCEPTION 'audit entries are only added at the end';
    END IF;
    IF new_one.who IS DISTINCT FROM last_who AND public.{COLLEAGUE}(new_one.who) THEN
      RAISE EXCEPTION 'nobody adds an audit entry in the name of a colleague'
        USING ERRCODE = 'insufficient_privilege';
    END IF;
    last_who := new_one.who;
    INSERT INTO public.audit ({columns}) VALUES ({values});
    last_seq := new_one.seq;
    last_hash := new_one.hash;
  END LOOP;
  INSERT INTO public.meta (name, value) VALUES ('audit_head', last_seq || ':' || last_hash)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value;
END $$"""  # noqa: S608  (the names are of our own tables)
    yield f"""
CREATE OR REPLACE FUNCTION {_GUARD}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF (TG_OP <> 'INSERT' AND OLD.name = 'audit_head')
     OR (TG_OP <> 'DELETE' AND NEW.name = 'audit_head') THEN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class
                        WHERE oid = 'public.meta'::regclass)
       AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      RAISE EXCEPTION 'where the audit ends is kept by its function alone';
    END IF;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$"""  # noqa: S608  (the name is ours)
    yield f"DROP TRIGGER IF EXISTS {_GUARD} ON public.meta"
    yield (
        f"CREATE TRIGGER {_GUARD} BEFORE INSERT OR UPDATE OR DELETE ON public.meta "
        f"FOR EACH ROW EXECUTE FUNCTION {_GUARD}()"
    )
    yield f"""
CREATE OR REPLACE FUNCTION {_OWN}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT starts_with(NEW.envelope, session_user || ':')
     AND NOT pg_has_role(session_user, (SELECT relowner FROM pg_class
                         WHERE oid = 'public.signature'::regclass), 'MEMBER') THEN
    RAISE EXCEPTION 'a signature is made by whoever signs in';
  END IF;
  RETURN NEW;
END $$"""  # noqa: S608  (the name is ours)
    yield f"DROP TRIGGER IF EXISTS {_OWN} ON public.signature"
    yield (
        f"CREATE TRIGGER {_OWN} BEFORE INSERT ON public.signature "
        f"FOR EACH ROW EXECUTE FUNCTION {_OWN}()"
    )
    yield from _following()
    yield from _names()


def _names() -> Iterator[str]:
    """The statements that let nobody do anything in the name of a colleague."""
    yield f"""
CREATE OR REPLACE FUNCTION {COLLEAGUE}(who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM public.caseworker c
                 WHERE c.sign_in <> '' AND lower(c.name) = lower(who))
    AND NOT EXISTS (SELECT FROM public.caseworker c
                    WHERE lower(btrim(c.sign_in)) = lower(session_user)
                      AND lower(c.name) = lower(who))
    AND NOT pg_has_role(session_user, left(current_database(), 50) || '_owner', 'MEMBER')
$$"""  # noqa: S608  (the names are ours)
    yield f"""
CREATE OR REPLACE FUNCTION {_LOOKED}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF public.{COLLEAGUE}(NEW.who) THEN
    RAISE EXCEPTION 'nobody looks in the name of a colleague'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$"""
    yield f"DROP TRIGGER IF EXISTS {_LOOKED} ON public.access"
    yield (
        f"CREATE TRIGGER {_LOOKED} BEFORE INSERT ON public.access "
        f"FOR EACH ROW EXECUTE FUNCTION {_LOOKED}()"
    )


def _following() -> Iterator[str]:
    """The statements that let the roles on the server follow the people of the store."""
    codes = ", ".join(f"'{role}'" for role in ROLES)
    yield f"""
CREATE OR REPLACE FUNCTION {DIFFERS}() RETURNS TABLE (grp text, member text, wanted boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  WITH held AS (
    SELECT r.oid, code FROM unnest(ARRAY[{codes}]) AS code
    JOIN pg_roles r ON r.rolname = left(current_database(), {_LONGEST}) || '_' || code
  ), people AS (
    SELECT oid FROM pg_roles WHERE rolname = left(current_database(), 50) || '_people'
  ), signs AS (
    SELECT lower(btrim(sign_in)) AS name, string_to_array(roles, ' ') AS codes,
      active AND coalesce(since <= current_date, true) AND coalesce(until >= current_date, true)
      AS may
    FROM public.caseworker WHERE sign_in <> ''
  ), known AS (
    SELECT r.oid, s.codes, s.may FROM signs s JOIN pg_roles r ON lower(r.rolname) = s.name
    WHERE r.rolcanlogin AND NOT r.rolsuper
  ), should AS (
    SELECT h.oid AS belongs, k.oid AS one FROM known k JOIN held h ON h.code = ANY (k.codes)
    WHERE k.may
    UNION SELECT p.oid, k.oid FROM people p, known k
    WHERE k.may AND EXISTS (SELECT FROM held h WHERE h.code = ANY (k.codes))
    UNION SELECT h.oid, p.oid FROM held h, people p WHERE NOT EXISTS (SELECT FROM signs)
  ), does AS (
    SELECT m.roleid, m.member FROM pg_auth_members m JOIN held h ON h.oid = m.roleid
    WHERE NOT m.admin_option
    UNION SELECT m.roleid, m.member FROM pg_auth_members m JOIN people p ON p.oid = m.roleid
    JOIN known k ON k.oid = m.member WHERE NOT m.admin_option
  )
  SELECT pg_get_userbyid(d.belongs)::text, pg_get_userbyid(d.one)::text, d.wanted FROM (
    (SELECT belongs, one, true AS wanted FROM should EXCEPT SELECT roleid, member, true FROM does)
    UNION ALL
    (SELECT roleid, member, false FROM does EXCEPT SELECT belongs, one, false FROM should)
  ) AS d
$$"""  # noqa: S608  (the names are ours)
    yield f"""
CREATE OR REPLACE FUNCTION {FOLLOW}() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT * FROM public.{DIFFERS}() LOOP
    IF one.wanted THEN
      EXECUTE format('GRANT %I TO %I', one.grp, one.member);
    ELSE
      EXECUTE format('REVOKE %I FROM %I', one.grp, one.member);
    END IF;
  END LOOP;
END $$"""  # noqa: S608  (the names are ours)
    yield f"""
CREATE OR REPLACE FUNCTION {_BY}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF ((TG_OP <> 'INSERT' AND OLD.sign_in <> '') OR (TG_OP <> 'DELETE' AND NEW.sign_in <> ''))
     AND (TG_OP <> 'UPDATE'
          OR (OLD.id, OLD.sign_in, OLD.roles, OLD.active, OLD.since, OLD.until)
             IS DISTINCT FROM
             (NEW.id, NEW.sign_in, NEW.roles, NEW.active, NEW.since, NEW.until))
     AND NOT pg_has_role(session_user,
                         left(current_database(), {_LONGEST}) || '_{ADMINISTRATOR}', 'MEMBER') THEN
    RAISE EXCEPTION 'who signs in, and as what, an administrator says'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$"""
    yield f"DROP TRIGGER IF EXISTS {_BY} ON public.caseworker"
    yield (
        f"CREATE TRIGGER {_BY} BEFORE INSERT OR UPDATE OR DELETE ON public.caseworker "
        f"FOR EACH ROW EXECUTE FUNCTION {_BY}()"
    )
    yield f"""
CREATE OR REPLACE FUNCTION {_FOLLOWED}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.{FOLLOW}();
  RETURN NULL;
END $$"""
    # At the end of the transaction: whoever gives the first role gives away that all hold every.
    yield f"DROP TRIGGER IF EXISTS {_FOLLOWED} ON public.caseworker"
    yield (
        f"CREATE CONSTRAINT TRIGGER {_FOLLOWED} AFTER INSERT OR UPDATE OR DELETE "
        "ON public.caseworker DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW EXECUTE FUNCTION {_FOLLOWED}()"
    )


_CALLED = {
    APPEND: GROWS,
    COLLEAGUE: f"{COLLEAGUE}(text)",
    DIFFERS: f"{DIFFERS}()",
    FOLLOW: f"{FOLLOW}()",
}
"""The functions that are called, as the database names them."""


def called() -> dict[str, str]:
    """What the functions that are called do, by their names, each on one line."""
    found = texts()
    return {name: found[name] for name in _CALLED.values()}


def texts() -> dict[str, str]:
    """What the functions that the set-up makes do, by their names, each on one line."""
    found = {}
    for statement in statements():
        head, mark, rest = statement.partition("$$")
        if mark:
            name = head.split("FUNCTION ")[1].partition("(")[0]
            found[_CALLED.get(name, name)] = " ".join(rest.partition("$$")[0].split())
    return found


_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE = 1, 2, 4, 8, 16
GUARDS: dict[str, tuple[str, int, str, str, str]] = {
    _GUARD: (
        *("meta", _ROW | _BEFORE | _INSERT | _DELETE | _UPDATE, _GUARD, "plpgsql"),
        texts()[_GUARD],
    ),
    _OWN: ("signature", _ROW | _BEFORE | _INSERT, _OWN, "plpgsql", texts()[_OWN]),
    _LOOKED: ("access", _ROW | _BEFORE | _INSERT, _LOOKED, "plpgsql", texts()[_LOOKED]),
    _BY: (
        *("caseworker", _ROW | _BEFORE | _INSERT | _DELETE | _UPDATE, _BY, "plpgsql"),
        texts()[_BY],
    ),
    _FOLLOWED: (
        *("caseworker", _ROW | _INSERT | _DELETE | _UPDATE, _FOLLOWED, "plpgsql"),
        texts()[_FOLLOWED],
    ),
}
"""The triggers that the set-up adds, as `guards` knows those of every database."""
