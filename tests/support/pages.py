"""Every page of a store file, decrypted: what somebody with its key would find, freed pages too."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from caseworker_app.store.key_files import find, unsealed

_PAGE, _KEPT_FREE, _IV, _SALT = 4096, 80, 16, 16


def pages_of(path: Path, passphrase: str) -> bytes:
    """The pages of a closed store file one after another, as SQLCipher 4 encrypts them."""
    key = unsealed(find(path).first, passphrase, "x")
    content = path.read_bytes()
    found = []
    for at in range(0, len(content), _PAGE):
        page = content[at : at + _PAGE]
        start, end = _SALT if at == 0 else 0, _PAGE - _KEPT_FREE
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[end : end + _IV])).decryptor()
        found.append(cipher.update(page[start:end]) + cipher.finalize())
    return b"".join(found)
