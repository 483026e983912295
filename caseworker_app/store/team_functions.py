"""What a team's database does by itself: the one function that adds to the trail, and two guards.

They belong to a role as which nobody signs in.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Integer, LargeBinary

from caseworker_app.store.audit import APPEND
from caseworker_app.store.tables import AUDIT

GROWS = f"{APPEND}(jsonb)"
"""The function by which the trail grows, as the database names it."""
_GUARD = "meta_head_by_function"
_OWN = "signature_by_own"


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
     AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN
    RAISE EXCEPTION 'a signature is made by whoever signs in';
  END IF;
  RETURN NEW;
END $$"""  # noqa: S608  (the name is ours)
    yield f"DROP TRIGGER IF EXISTS {_OWN} ON public.signature"
    yield (
        f"CREATE TRIGGER {_OWN} BEFORE INSERT ON public.signature "
        f"FOR EACH ROW EXECUTE FUNCTION {_OWN}()"
    )


def texts() -> dict[str, str]:
    """What the functions that the set-up makes do, by their names, each on one line."""
    found = {}
    for statement in statements():
        head, mark, rest = statement.partition("$$")
        if mark:
            name = head.split("FUNCTION ")[1].partition("(")[0]
            found[GROWS if name == APPEND else name] = " ".join(rest.partition("$$")[0].split())
    return found


_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE = 1, 2, 4, 8, 16
GUARDS: dict[str, tuple[str, int, str, str, str]] = {
    _GUARD: (
        *("meta", _ROW | _BEFORE | _INSERT | _DELETE | _UPDATE, _GUARD, "plpgsql"),
        texts()[_GUARD],
    ),
    _OWN: ("signature", _ROW | _BEFORE | _INSERT, _OWN, "plpgsql", texts()[_OWN]),
}
"""The triggers that the set-up adds, as `guards` knows those of every database."""
