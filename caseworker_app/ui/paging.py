"""A document set on pages a piece at a time: a title, a line, a picture, a row of a table.

Qt's text engine sets a whole document at once and lets nothing else go on meanwhile, for a table of
hundreds of rows as long as a second. A piece takes a thousandth of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from html import escape
from itertools import pairwise
from string import Template

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPalette,
    QTextDocument,
)

from caseworker_app.domain.paper import PERSONAL, Cell, Paper, PaperTable, Part, in_words
from caseworker_app.ui.theme import tokens

DPI = 96
"""Of the points that pages are set in."""
_FOOT_PX = 26.0
_PAD, _LINE = 3, 1
_AROUND = 2 * _PAD + 2 * _LINE
"""What a cell takes beside its words; widths are whole numbers."""

_STYLE = Template(
    """
body { color: $text; font-family: 'Inter', 'Arial', sans-serif; font-size: 9pt; }
h1 { font-size: 15pt; margin: 0; }
h2 { font-size: 10.5pt; margin: 0; }
p { margin: 0; }
p.about { color: $dim; }
th { background-color: $line; font-weight: 600; text-align: left; }
td.group { background-color: $hover; font-weight: 600; }
"""
)
_UNDER_PAGE_TITLE, _UNDER_TITLE, _UNDER_LINE, _UNDER_ABOUT, _OVER_PART = 2, 3, 3, 8, 12


@cache
def ink() -> tokens.Theme:
    """The colours on paper, which is white in every theme."""
    return tokens.load(tokens.LIGHT)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands on one page, unless it is higher than one.

    Attributes:
        html: its words; "" for a picture.
        picture: or None.
        above, below: room that is left; `above` not at the top of a page.
        height: without them, in points of the page.
        keeps: whether it stands on the page of what comes after it.
        anew: whether it begins a page.
        heading: of a row, the headings that stand again where a page begins with it.
    """

    html: str = ""
    picture: QImage | None = None
    above: float = 0.0
    below: float = 0.0
    height: float = 0.0
    keeps: bool = False
    anew: bool = False
    heading: _Piece | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A piece where it stands; of one that is higher than a page, the part of a number from 0."""

    piece: _Piece
    top: float
    part: int = 0


@dataclass(slots=True)
class Sheets:
    """The pages of a document, each of one size, in points of 96 to the inch.

    `steps` sets it; each page can be drawn as soon as it is there.
    """

    paper: Paper
    whole: QSizeF
    _pages: list[list[_Placed]] = field(default_factory=lambda: [[]])
    _used: float = 0.0
    _document: QTextDocument = field(init=False)

    def __post_init__(self) -> None:
        document = self._document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultStyleSheet(_STYLE.substitute(ink().colours))
        document.setDefaultFont(_font())

    @property
    def count(self) -> int:
        """How many pages there are by now."""
        return len(self._pages)

    def steps(self) -> Iterator[None]:
        """Set the document: each step is short, and `count` grows."""
        held: list[_Piece] = []
        for piece in self._pieces():
            if piece is not None:
                held.append(piece)
                if not piece.keeps:
                    self._place(held)
                    held = []
            yield
        self._place(held)

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw a page by its number from 0, with its foot."""
        room = self._room()
        painter.save()
        painter.setClipRect(QRectF(0, 0, room.width(), room.height()))
        for one in self._pages[page]:
            painter.save()
            painter.translate(0, one.top)
            self._draw_piece(painter, one)
            painter.restore()
        painter.restore()
        _draw_foot(painter, self.paper, self.whole, f"Page {page + 1} of {self.count}")

    def _room(self) -> QSizeF:
        return QSizeF(self.whole.width(), self.whole.height() - _FOOT_PX)

    def _draw_piece(self, painter: QPainter, one: _Placed) -> None:
        piece, room = one.piece, self._room()
        if piece.picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(0, 0, room.width(), piece.height), piece.picture)
            return
        high = piece.height > room.height()
        self._set(piece.html, room.height() if high else None)
        above = one.part * room.height()
        painter.translate(0, -above)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(ink()["text"]))
        context.palette = palette
        context.clip = QRectF(0, above, room.width(), room.height() if high else piece.height)
        self._document.documentLayout().draw(painter, context)

    def _set(self, html: str, page: float | None = None) -> float:
        """Lay a piece out, on pages of a height or on one without an end; how high it is."""
        document, width = self._document, self._room().width()
        document.setPageSize(QSizeF(width, -1 if page is None else page))
        document.setHtml(f"<body>{html}</body>")
        return document.size().height()

    def _place(self, group: Sequence[_Piece]) -> None:
        """Put pieces that belong together below what stands there, or on a page of their own."""
        if not group:
            return
        room, first = self._room().height(), group[0]
        need = sum(one.above + one.height for one in group) + sum(one.below for one in group[:-1])
        if self._pages[-1] and (first.anew or self._used + need > room):
            self._begin_page(first)
        for at, one in enumerate(group):
            top = self._used + (one.above if self._pages[-1] else 0.0)
            # What is too high as a whole goes over where it must.
            if at and top + one.height > room:
                self._begin_page(one)
                top = self._used
            self._put(one, top)

    def _put(self, piece: _Piece, top: float) -> None:
        room = self._room().height()
        if piece.height <= room or piece.picture is not None:
            self._pages[-1].append(_Placed(piece, top))
            self._used = top + piece.height + piece.below
            return
        if self._pages[-1]:
            self._begin_page()
        whole = self._set(piece.html, room)
        parts = max(1, self._document.pageCount())
        for part in range(parts):
            if part:
                self._begin_page()
            self._pages[-1].append(_Placed(piece, 0.0, part))
        self._used = whole - (parts - 1) * room + piece.below

    def _begin_page(self, first: _Piece | None = None) -> None:
        """Begin a page, with the headings of the row that comes first where both have room."""
        self._pages.append([])
        self._used = 0.0
        heading = None if first is None else first.heading
        if first is None or heading is None:
            return
        if heading.height + first.height <= self._room().height():
            self._put(heading, 0.0)
            self._used += first.above

    # The pieces

    def _pieces(self) -> Iterator[_Piece | None]:
        """Every piece in order; None where only time has passed."""
        paper = self.paper
        if paper.title and not (paper.parts and paper.parts[0].large):
            yield self._words(
                f"<h1>{escape(paper.title)}</h1>", below=_UNDER_PAGE_TITLE, keeps=True
            )
        if paper.about:
            about = f'<p class="about">{escape(paper.about)}</p>'
            yield self._words(about, below=_UNDER_ABOUT)
        charts = any(part.chart is not None for part in paper.parts)
        for part in paper.parts:
            if charts and part.title:
                yield from self._kept_together(part)
            else:
                yield from self._part(part)

    def _kept_together(self, part: Part) -> Iterator[_Piece | None]:
        """The pieces of a part, that no page cuts where one holds it: what a chart is about."""
        found: list[_Piece] = []
        for piece in self._part(part):
            if piece is not None:
                found.append(piece)
            yield None
        high = sum(one.above + one.height + one.below for one in found)
        if high <= self._room().height():
            found = [*(replace(one, keeps=True) for one in found[:-1]), *found[-1:]]
        yield from found

    def _part(self, part: Part) -> Iterator[_Piece | None]:
        anew = part.new_page
        if part.title:
            head, below = ("h1", _UNDER_PAGE_TITLE) if part.large else ("h2", _UNDER_TITLE)
            piece = self._words(f"<{head}>{escape(part.title)}</{head}>", below=below)
            # A title does not end a page, unless nothing stands below it.
            keeps = bool(part.lines or part.chart is not None or part.table is not None)
            yield replace(piece, above=0 if part.large else _OVER_PART, keeps=keeps, anew=anew)
            anew = False
        kind = ' class="about"' if part.large else ""
        for line in part.lines:
            piece = self._words(f"<p{kind}>{escape(line)}</p>", below=_UNDER_LINE)
            yield replace(piece, anew=anew)
            anew = False
        if part.chart is not None:
            from caseworker_app.ui.charts.drawn import picture_of

            width = self._room().width()
            made = picture_of(part.chart, width, _font())
            high = made.height() * width / max(1, made.width())
            yield _Piece(picture=made, height=high, below=_UNDER_LINE, anew=anew)
            anew = False
        if part.table is not None:
            for row in self._table(part.table):
                yield row if row is None else replace(row, anew=anew)
                anew = anew and row is None

    def _table(self, table: PaperTable) -> Iterator[_Piece | None]:
        if not table.rows:
            yield self._words(f'<p class="about">{escape(table.empty)}</p>', below=_UNDER_LINE)
            return
        measured = _Columns(table, self._room().width())
        yield from measured.steps()
        heading = self._row(measured, table.headings, "th")
        yield replace(heading, keeps=True)
        for cells in table.rows:
            yield replace(self._row(measured, cells, "td"), above=-_LINE, heading=heading)

    def _row(self, columns: _Columns, cells: Sequence[Cell], tag: str) -> _Piece:
        words = [escape(_unbroken(cell)) for cell in cells]
        if len(words) == 1 and len(columns.widths) > 1:
            inside = f'<td class="group" colspan="{len(columns.widths)}">{words[0]}</td>'
        else:
            if tag == "td":
                words[columns.strong] = f"<b>{words[columns.strong]}</b>"
            pairs = zip(columns.widths, words, strict=False)
            inside = "".join(f'<{tag} width="{wide}">{one}</{tag}>' for wide, one in pairs)
        border = f"border-collapse: collapse; border-color: {ink()['line']}"
        return self._words(
            f'<table width="100%" cellspacing="0" cellpadding="{_PAD}" border="{_LINE}" '
            f'style="{border}"><tr>{inside}</tr></table>'
        )

    def _words(self, html: str, *, below: float = 0.0, keeps: bool = False) -> _Piece:
        return _Piece(html, height=self._set(html), below=below, keeps=keeps)


class _Columns:
    """How wide the columns of a table are: as its words need, within the width of the page.

    Attributes:
        widths: of each column, once `steps` has gone through.
        strong: the number of the column that stands out.
    """

    _AT_ONCE = 40

    def __init__(self, table: PaperTable, room: float) -> None:
        self._table, self._room, self.strong = table, room, table.strong
        self.widths: list[int] = [0] * len(table.headings)

    def steps(self) -> Iterator[None]:
        """Measure every cell, so many rows at a time."""
        plain, bold = _font(), _font()
        bold.setBold(True)
        letters, strong = QFontMetricsF(plain), QFontMetricsF(bold)
        least = [_longest_word(strong, one) for one in self._table.headings]
        wish = [strong.horizontalAdvance(one) for one in self._table.headings]
        for number, row in enumerate(self._table.rows):
            if len(row) == len(wish):
                for at, cell in enumerate(row):
                    by = strong if at == self.strong else letters
                    words = _unbroken(cell)
                    wish[at] = max(wish[at], by.horizontalAdvance(words))
                    least[at] = max(least[at], _longest_word(by, words))
            if number % self._AT_ONCE == 0:
                yield
        self.widths = shared(
            [one + _AROUND for one in least],
            [one + _AROUND for one in wish],
            self._room - 2 * _LINE,
        )


def shared(least: Sequence[float], wish: Sequence[float], room: float) -> list[int]:
    """The widths of columns that fill a room.

    Args:
        least: what no word of a column is cut in.
        wish: what its longest line needs.
        room: for all of them.
    """
    if sum(wish) <= room:
        base, weights = wish, wish
    elif sum(least) <= room:
        base, weights = least, [most - low for low, most in zip(least, wish, strict=True)]
    else:
        base, weights = [0.0] * len(wish), least
    spare, whole = room - sum(base), sum(weights) or 1.0
    ends = [0.0]
    for low, weight in zip(base, weights, strict=True):
        ends.append(ends[-1] + low + spare * weight / whole)
    return [round(end) - round(start) for start, end in pairwise(ends)]


def _unbroken(cell: Cell) -> str:
    """What a cell says; a day stays on one line."""
    words = in_words(cell)
    return words.replace(" ", "\N{NO-BREAK SPACE}") if isinstance(cell, date) else words


def _longest_word(letters: QFontMetricsF, words: str) -> float:
    longest = max(words.split(" "), key=len, default="")
    return letters.horizontalAdvance(longest)


def _font(size: float = 9.0) -> QFont:
    font = QFont("Inter")
    font.setPointSizeF(size)
    return font


def _draw_foot(painter: QPainter, paper: Paper, whole: QSizeF, page: str) -> None:
    box = QRectF(0, whole.height() - _FOOT_PX + 6, whole.width(), _FOOT_PX - 6)
    painter.setFont(_font(7.5))
    painter.setPen(QColor(ink()["dim"]))
    painter.drawLine(box.topLeft(), box.topRight())
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, paper.foot)
    if paper.personal:
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | middle, PERSONAL)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, page)
