"""A Word template read, filled and read again: it may name fields and use `if` and `for`, no more.

A template is somebody else's file. Its fields are looked at before any of them is worked out, so
that nothing in it runs as a program; they are then filled in jinja's sandbox besides.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from caseworker_app.domain.errors import CaseworkerError, Unreadable
from caseworker_app.domain.letters import Asked

MOST_BYTES = 20_000_000
"""A larger file is no template of a letter."""

_MOST_UNPACKED, _MOST_PART, _MOST_BRACES = 100_000_000, 8_000_000, 10_000
_PLAIN: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.If,
    nodes.For,
    nodes.Const,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
)
"""What the fields of a template may be made of."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_WORD}p": "\n", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}tab": "\t"}
_WORDS = (f"{_WORD}t", f"{_WORD}delText", f"{_WORD}instrText")
_BODY = re.compile(r"word/document\d*\.xml")
_TAG = re.compile(r"<[^>]+>")
_XML = (".xml", ".rels")
_NEAR = 60


_SIZE = "size"


class _Refused(Exception):
    """What a template holds beyond its fields."""


class _Careful(SandboxedEnvironment):
    """Looks at every field before it is worked out, and keeps what was asked for.

    Attributes:
        fields: each field that is named, in order.
        needed: those that are not under an `if` of their own.
        parts: what is named of a line of a list.
    """

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=ChainableUndefined)
        # Nothing but what it is given.
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self.fields: dict[str, None] = {}
        self.needed: set[str] = set()
        self.parts: dict[str, None] = {}

    def from_string(self, source: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        """A template of a text that names fields alone."""
        self._look(self.parse(source), frozenset(), frozenset())
        return super().from_string(source, *rest, **more)

    def _look(self, node: nodes.Node, own: frozenset[str], under: frozenset[str]) -> None:
        """Walk a tree; `own` are the names of its loops, `under` the fields of the `if`s around."""
        if not isinstance(node, _PLAIN):
            raise _Refused(type(node).__name__)
        if isinstance(node, nodes.Getattr):
            if node.attr.startswith("_"):
                raise _Refused(node.attr)
            if not (isinstance(node.node, nodes.Name) and node.node.name == "loop"):
                self.parts[node.attr] = None
        elif isinstance(node, nodes.Name) and node.name not in own:
            self.fields[node.name] = None
            if node.name not in under:
                self.needed.add(node.name)
        if isinstance(node, nodes.For):
            self._look_at_loop(node, own, under)
            return
        if isinstance(node, nodes.If):
            under = under | {one.name for one in node.test.find_all(nodes.Name)}
            if isinstance(node.test, nodes.Name):
                under = under | {node.test.name}
        for child in node.iter_child_nodes():
            self._look(child, own, under)

    def _look_at_loop(self, node: nodes.For, own: frozenset[str], under: frozenset[str]) -> None:
        plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name)
        if own or not plain or node.test is not None or node.recursive:
            raise _Refused("For")
        assert isinstance(node.target, nodes.Name)
        self._look(node.iter, own, under)
        for child in (*node.body, *node.else_):
            self._look(child, own | {node.target.name, "loop"}, under)


def asked(data: bytes, name: str) -> Asked:
    """What a template asks for.

    Args:
        data: the Word document.
        name: of the template, for the sentence.

    Raises:
        Unreadable: it is no Word document, is damaged, or does more than name fields.
    """
    careful = _Careful()
    with _plain_faults(name):
        _filled(data, {}, careful)
    return Asked(tuple(careful.fields), frozenset(careful.needed), tuple(careful.parts))


def fill(data: bytes, values: Mapping[str, Any], name: str) -> bytes:
    """A template with its fields filled. Raises as `asked`.

    Args:
        data: the Word document.
        values: for each field; a field that a `for` goes through has a list of mappings.
        name: of the template, for the sentence.
    """
    with _plain_faults(name):
        return _filled(data, values, _Careful())


def words(data: bytes, *, body: bool = False) -> str:
    """All that a Word document says: with headers, notes, comments and what was struck out.

    Args:
        data: the document, as it was filled here.
        body: the letter alone, as a person reads it.
    """
    said = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            fits = _BODY.fullmatch(part) if body else _speaks(part)
            if fits:
                said.append(_words_of(archive.read(part)))
    return "\n".join(filter(None, said))


def _speaks(part: str) -> bool:
    return part.endswith(".xml") and part.startswith(("word/", "docProps/"))


def _words_of(xml: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    pieces = []
    for node in etree.fromstring(xml, parser).iter():
        if node.tag in _BREAKS:
            pieces.append(_BREAKS[node.tag])
        elif node.tag in _WORDS or not str(node.tag).startswith(_WORD):
            pieces.append(node.text or "")
    lines = ("".join(pieces)).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _filled(data: bytes, values: Mapping[str, Any], careful: _Careful) -> bytes:
    _refuse_odd(data)
    template = DocxTemplate(io.BytesIO(data))
    template.render(dict(values), careful, autoescape=True)
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def _refuse_odd(data: bytes) -> None:
    """Refuse what would take long to read: much packed into little, or thousands of braces."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(one.file_size for one in parts) > _MOST_UNPACKED:
            raise _Refused(_SIZE)
        for one in (one for one in parts if one.filename.endswith(_XML)):
            if one.file_size > _MOST_PART or archive.read(one).count(b"{") > _MOST_BRACES:
                raise _Refused(_SIZE)


@contextmanager
def _plain_faults(name: str) -> Iterator[None]:
    """Turn whatever a file of somebody else's brings into one sentence that names it."""
    try:
        yield
    except CaseworkerError:
        raise
    except _Refused as refused:
        if str(refused) == _SIZE:
            raise Unreadable(f"{name} is too large for a letter template.") from refused
        raise Unreadable(
            f"{name} does more than a letter template may: it may name fields, and use “if” and "
            "“for”, but work nothing out."
        ) from refused
    except TemplateError as error:
        raise Unreadable(
            f"{name} has a field that cannot be read{_near(error)}. Look for {{{{ without }}}}, "
            "and for “if” without “endif”."
        ) from error
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable(
            f"{name} is not a Word document (.docx), or is damaged: open it in Word and save it "
            "again."
        ) from error


def _near(error: TemplateError) -> str:
    """Where a field is that cannot be read, in the words around it."""
    lines = list(getattr(error, "docx_context", ()))
    at = getattr(error, "lineno", None)
    if at is None or not lines:
        return ""
    found = lines[min(at - 1 - max(at - 4, 0), len(lines) - 1)]
    text = " ".join(_TAG.sub("", found).split())[:_NEAR]
    return f", near “{text}”" if text else ""
