"""A zip archive of a stranger, read part by part and no further than a workbook goes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

MOST_UNPACKED = 400_000_000
"""Bytes of all parts that are read; a tracker of 50,000 rows takes a tenth of it."""

LARGEST_PART = 200_000_000
"""Bytes of one part; a sheet of 50,000 rows and 60 columns takes 130 million."""

MOST_PARTS = 10_000
"""Parts of one archive; a workbook of 200 sheets has 1,000."""

CONTENT = "content.xml"
"""The part that holds the cells of an OpenDocument spreadsheet; no other workbook has it."""

_PIECE = 1 << 18
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


class TooBig(Exception):
    """There is more in it than a workbook should hold."""


class Damaged(Exception):
    """The archive is broken off or altered, or a part is missing."""


class Archive:
    """The parts of an archive by their names, whatever case and slashes the writer used."""

    def __init__(self, data: bytes) -> None:
        """Open it.

        Raises:
            Damaged: it is no zip archive.
            TooBig: it has more parts than a workbook, or they say that they unpack to too much.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise Damaged from error
        members = self._zip.infolist()
        if len(members) > MOST_PARTS or sum(one.file_size for one in members) > MOST_UNPACKED:
            raise TooBig
        self._parts = {plain(one.filename): one for one in reversed(members)}
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return plain(name) in self._parts

    @property
    def names(self) -> frozenset[str]:
        """Every part's name, lower case and with forward slashes."""
        return frozenset(self._parts)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece.

        Raises:
            Damaged: there is no such part, or it is not whole.
            TooBig: it goes further than a workbook's part.
        """
        member = self._parts.get(plain(name))
        if member is None or member.compress_type not in _KINDS or member.flag_bits & _ENCRYPTED:
            raise Damaged
        if member.file_size > LARGEST_PART:
            raise TooBig
        try:
            with self._zip.open(member) as part:
                while piece := part.read(_PIECE):
                    self._read += len(piece)
                    if self._read > MOST_UNPACKED:
                        raise TooBig
                    yield piece
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise Damaged from error
        except (NotImplementedError, RuntimeError) as error:
            raise Damaged from error

    def head(self, name: str, length: int = 4096) -> bytes:
        """The beginning of a part, or nothing where there is none."""
        try:
            return next(self.pieces(name), b"")[:length]
        except Damaged:
            return b""


def plain(name: str) -> str:
    """A part's name as the standard compares them."""
    return name.replace("\\", "/").lstrip("/").lower()
