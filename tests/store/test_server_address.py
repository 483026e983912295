"""Over a network a server's certificate is checked, whatever the address asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.errors import Refused
from caseworker_app.store.server_address import checked_address

_HERE = st.sampled_from(["", "localhost", "127.0.0.1", "127.9.9.9", "[::1]", "%2Frun%2Fpostgresql"])
_AWAY = st.sampled_from(["db.example.org", "10.0.0.4", "[2001:db8::1]", "localhost.example.org"])
_PORT = st.sampled_from(["", ":5433"])
_WEAK = ("disable", "allow", "prefer", "require", "verify-ca")


@given(_HERE, _PORT, st.sampled_from(["", "?sslmode=disable", "?host=/var/run/postgresql"]))
def test_what_stays_on_this_computer_is_left_as_it_is(host: str, port: str, query: str) -> None:
    url = f"postgresql://ann@{host}{port if host else ''}/cases{query}"
    assert checked_address(url) == url


@given(_AWAY, _PORT, st.booleans())
def test_over_a_network_the_certificate_is_checked(host: str, port: str, named: bool) -> None:
    place = f"/cases?host={host.strip('[]')}&application_name=x" if named else f"{host}{port}/cases"
    url = f"postgresql://ann:s3cret@{place}"
    made = checked_address(url)
    assert "sslmode=verify-full" in made
    assert checked_address(made) == made


@given(_AWAY, st.sampled_from(_WEAK))
def test_less_is_refused_and_so_is_one_of_two_hosts(host: str, mode: str) -> None:
    for hosts in (host, f"localhost,{host}"):
        with pytest.raises(Refused, match=f"sslmode={mode}"):
            checked_address(f"postgresql://ann@{hosts}/cases?sslmode={mode}")
