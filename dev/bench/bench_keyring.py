"""A keyring in a plain file: what a desktop's keyring would hold, for the bench alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    """Secrets of an invented store, in the file that BENCH_KEYRING names."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        return self._all().get(f"{service}:{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        secrets = {**self._all(), f"{service}:{username}": password}
        self._file().write_text(json.dumps(secrets), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        secrets = self._all()
        secrets.pop(f"{service}:{username}", None)
        self._file().write_text(json.dumps(secrets), encoding="utf-8")

    def _file(self) -> Path:
        return Path(os.environ["BENCH_KEYRING"])

    def _all(self) -> dict[str, str]:
        if not self._file().exists():
            return {}
        held: dict[str, str] = json.loads(self._file().read_text(encoding="utf-8"))
        return held
