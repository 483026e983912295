"""The address of a server: over a network it is spoken to only where its certificate is checked."""

from __future__ import annotations

import ipaddress
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from caseworker_app.domain.errors import Refused

_CHECKED = "verify-full"


def checked_address(url: str) -> str:
    """The address with a checked certificate asked for, unless it stays on this computer.

    Args:
        url: of a PostgreSQL database, as a person gives it.

    Raises:
        Refused: it asks for less over a network.
    """
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    if all(_stays_here(host) for host in _hosts(parts.netloc, asked)):
        return url
    mode = asked.get("sslmode", _CHECKED)
    if mode != _CHECKED:
        raise Refused(
            f"The address asks for sslmode={mode}, by which anybody on the way could read along "
            "or stand in for the server: over a network it has to be verify-full.",
            "store",
        )
    if asked.get("sslmode"):
        return url
    query = urlencode({**asked, "sslmode": _CHECKED}, quote_via=quote)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _hosts(netloc: str, asked: dict[str, str]) -> list[str]:
    """Every host that is named; "" is this computer's own socket."""
    named = unquote(netloc.rpartition("@")[2]).split(",")
    found = [_without_port(one) for one in named if one]
    found += [one for key in ("host", "hostaddr") for one in asked.get(key, "").split(",") if one]
    return found or [""]


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def _stays_here(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
