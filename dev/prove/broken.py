"""Files broken by chance, of every kind: one plain sentence, exit code 2, the store as it was."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.fuzz.breaking import FILES, wrong
from tests.fuzz.originals import PASSPHRASE, make

COUNT = sum(FILES.values())


def prove(count: int, seed: int) -> list[str]:
    """Break so many files, each kind by its share."""
    os.environ["CASEWORKER_PASSPHRASE"] = PASSPHRASE
    told, tried = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["HOME"] = str(Path(scratch) / "home")
        whole = Path(scratch) / "whole"
        whole.mkdir()
        originals = make(whole)
        for kind, share in FILES.items():
            for number in range(max(1, count * share // COUNT)):
                with tempfile.TemporaryDirectory(dir=scratch) as folder:
                    tried += 1
                    told.append(wrong(kind, seed * 1_000_000 + number, originals, Path(folder)))
    bad = [words for words in told if words]
    return [
        f"{tried:,} broken files, seed {seed}: {len(bad)} wrong",
        *(f"WRONG {one}" for one in bad),
    ]
