"""What is wrong with a screen or dialog as it stands, found by code.

Controls without a name, words that are cut or lie over one another, what stands outside the window,
colours that are too near each other, and places the keyboard cannot leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from caseworker_app.ui.models.widths import EVERYTHING
from caseworker_app.ui.theme.tokens import contrast
from caseworker_app.ui.widgets.filter_box import MOST
from caseworker_app.ui.widgets.table import RowsTable

SIZES = {
    "1024x768 at 100 %": QSize(1024, 768),
    "1366x768 at 150 %": QSize(911, 512),
    "1920x1080 at 200 %": QSize(960, 540),
}
"""The room a window has, in the points that it draws in."""

TEXT, SHAPE = 4.5, 3.0
"""The least contrast of text and of the edges of controls: WCAG 2, criteria 1.4.3 and 1.4.11."""

_TOUCH = 2
_CORE = 0.92
"""Letters are drawn soft: their darkest pixels come so near to their colour."""
_FEW = 3
_LETTER = 2
"""Of a letter or two no pixel has the whole colour."""

_WORDS = (QLabel, QAbstractButton, QLineEdit, QComboBox)
_EDGED = (QLineEdit, QComboBox, QPlainTextEdit)
_LONGEST_WAY = 400
_LINKS = 25
"""No text has so many links."""


def focusable(root: QWidget) -> Iterator[QWidget]:
    """Every visible control that Tab can reach."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or not widget.isEnabled():
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget


def spoken(widget: QWidget) -> str:
    """The name a screen reader gets."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def shown(widget: QWidget) -> str:
    """What to call a control in a report."""
    words = getattr(widget, "text", str)
    text = words() if callable(words) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text or widget.objectName()!r}"


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader has no name for."""
    return [
        f"no name: {shown(widget)} in {type(widget.parent()).__name__}"
        for widget in focusable(root)
        if not (widget.accessibleName() or spoken(widget))
    ]


def unlabelled(root: QWidget) -> list[str]:
    """Combo boxes no label belongs to; on Linux their own name is not told."""
    labelled = {label.buddy() for label in root.findChildren(QLabel)}
    return [
        f"no label: {shown(box)}"
        for box in root.findChildren(QComboBox)
        if box.isVisibleTo(root) and box not in labelled
    ]


def unnamed_views(root: QWidget) -> list[str]:
    """Tables and lists without a name."""
    views = (view for view in root.findChildren(QAbstractItemView) if view.isVisibleTo(root))
    return [
        f"no name: {shown(view)}"
        for view in views
        if not view.accessibleName() and not isinstance(view.parent().parent(), QComboBox)
    ]


def outside(root: QWidget, room: QSize) -> list[str]:
    """What is larger than the room, or stands outside its window and cannot be scrolled to."""
    found = []
    if root.width() > room.width() or root.height() > room.height():
        found.append(f"larger than the screen: {root.width()}x{root.height()} {shown(root)}")
    for widget in _worded(root):
        if _scrolled(widget, root):
            continue
        where = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
        if not root.rect().adjusted(-_TOUCH, -_TOUCH, _TOUCH, _TOUCH).contains(where):
            found.append(f"outside: {shown(widget)} at {where.getRect()}")
    return found


def cut(root: QWidget) -> list[str]:
    """Words that have less room than they need."""
    found = []
    for widget in _worded(root):
        need, room = _needs(widget), widget.width()
        if need > room + _TOUCH:
            found.append(f"cut: {shown(widget)} has {room} of {need}")
        if _lines(widget) > widget.height() + _TOUCH:
            found.append(f"cut below: {shown(widget)} has {widget.height()} of {_lines(widget)}")
    bars = (bar for bar in root.findChildren(QTabBar) if bar.isVisibleTo(root))
    found += [f"cut: tabs {bar.tabText(0)} …" for bar in bars if _needs_more(bar)]
    for table in root.findChildren(RowsTable):
        if table.isVisibleTo(root):
            found += _cut_in(table)
    return found


def silent(root: QWidget) -> list[str]:
    """Lists that are empty and do not say why, or what to do next."""
    found = []
    for table in root.findChildren(RowsTable):
        if not table.isVisibleTo(root) or table.rows_model.rowCount():
            continue
        said = [one for one in table.viewport().findChildren(QLabel) if one.isVisibleTo(table)]
        if not any(one.text() for one in said):
            found.append(f"empty and silent: {shown(table)}")
    return found


def overlapping(root: QWidget) -> list[str]:
    """Words that lie over other words beside them."""
    found = []
    groups: dict[int, list[QWidget]] = {}
    for widget in _worded(root):
        groups.setdefault(id(widget.parentWidget()), []).append(widget)
    for group in groups.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > _TOUCH and both.height() > _TOUCH:
                    found.append(f"overlap: {shown(one)} and {shown(other)}")
    return found


def pale(root: QWidget) -> list[str]:
    """Text and edges that stand out too little, by the pixels that are drawn."""
    image = root.grab().toImage()
    ratio = image.devicePixelRatio()
    found = []
    for widget in _worded(root):
        where = _visible_part(widget, root)
        # What is scrolled half away shows half its words.
        if not widget.isEnabled() or where.width() < 8 or where.height() < widget.height():
            continue
        # Round corners show what is behind the control.
        colours = _colours(image, where.adjusted(4, 3, -4, -3), ratio)
        if not colours:
            continue
        ground = colours.most_common(1)[0][0]
        best = max(
            (contrast(ground, one) for one, count in colours.items() if count >= _FEW), default=21.0
        )
        if len(_text(widget).replace("&", "")) > _LETTER and best < TEXT * _CORE:
            found.append(f"pale: {shown(widget)} {best:.1f}:1 on {ground}")
        if isinstance(widget, _EDGED) and not _frameless(widget):
            edge = _edge(image, where, ratio)
            around = _edge(image, where.adjusted(-3, 0, 3, 0), ratio)
            if edge and around and contrast(edge, around) < SHAPE * _CORE:
                found.append(f"pale edge: {shown(widget)} {contrast(edge, around):.1f}:1")
    return found


def trapped(window: QWidget, root: QWidget, *, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
    """Controls of a screen that Tab does not come to, or does not leave."""
    wanted = set(focusable(root))
    start = QApplication.focusWidget()
    if start is None or not wanted:
        return ["the keyboard is nowhere"] if wanted else []
    seen: list[QWidget] = []
    for _ in range(min(_LONGEST_WAY, 2 * len(list(focusable(window))) + _LINKS)):
        at = QApplication.focusWidget()
        if at is None:
            return [f"the keyboard is lost after {shown(seen[-1])}" if seen else "no keyboard"]
        # Tab goes from link to link in a text before it leaves it.
        if seen[-_LINKS:] == [at] * _LINKS:
            return [f"a trap: {shown(at)}"]
        if at is start and len(set(map(id, seen))) > 1:
            break
        seen.append(at)
        QTest.keyClick(at, key)
    missed = {shown(one) for one in wanted - set(seen) if _alone(one)}
    return [f"Tab does not come to {one}" for one in sorted(missed)]


def faults(root: QWidget, room: QSize) -> list[str]:
    """Everything that is wrong with a screen or dialog but what only keys can find."""
    checks: tuple[Callable[[QWidget], list[str]], ...] = (
        nameless,
        unlabelled,
        unnamed_views,
        cut,
        silent,
        overlapping,
        pale,
    )
    return outside(root, room) + [fault for check in checks for fault in check(root)]


def _worded(root: QWidget) -> Iterator[QWidget]:
    """The labels, buttons and fields that can be seen."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, _WORDS) and widget.isVisibleTo(root) and not _within(widget):
            yield widget


def _within(widget: QWidget) -> bool:
    """Whether it is a part of another control: a combo box's field, a view's corner."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, (QDialog, QMainWindow)):
        if isinstance(parent, (QComboBox, QLineEdit, QTabBar, QAbstractItemView)):
            return True
        parent = parent.parentWidget()
    return False


def _scrolled(widget: QWidget, root: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _visible_part(widget: QWidget, root: QWidget) -> QRect:
    """Where a control is drawn, as far as no scroll area hides it."""
    part = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).intersected(root.rect())
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            part = part.intersected(QRect(parent.mapTo(root, QPoint(0, 0)), parent.size()))
        parent = parent.parentWidget()
    return part


def _text(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    return str(widget.text()).strip() if isinstance(widget, (QLabel, QAbstractButton)) else ""


def _needs(widget: QWidget) -> int:
    """The room the words of a control need; nothing for what wraps, scrolls or is a choice.

    A button that shows its picture alone has its words for a screen reader.
    """
    if isinstance(widget, QToolButton) and not widget.icon().isNull() and _picture_alone(widget):
        return 0
    if isinstance(widget, QLabel):
        return 0 if widget.wordWrap() or not widget.text() else widget.minimumSizeHint().width()
    if isinstance(widget, QCheckBox) or (isinstance(widget, QAbstractButton) and widget.text()):
        plain = widget.text().replace("&", "")
        return widget.fontMetrics().horizontalAdvance(plain)
    return _chosen(widget) if isinstance(widget, QComboBox) else 0


def _chosen(box: QComboBox) -> int:
    """The room of a box of choices for what is chosen, as far as such words are shown."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    words = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    letters = box.fontMetrics()
    most = letters.horizontalAdvance("n") * MOST
    return min(letters.horizontalAdvance(box.currentText()), most) + box.width() - words.width()


def _picture_alone(button: QToolButton) -> bool:
    return button.toolButtonStyle() in (
        Qt.ToolButtonStyle.ToolButtonIconOnly,
        Qt.ToolButtonStyle.ToolButtonFollowStyle,
    )


def _lines(widget: QWidget) -> int:
    """The height that words need that wrap in the width they have."""
    if isinstance(widget, QLabel) and widget.wordWrap() and widget.text():
        return widget.heightForWidth(widget.width())
    return 0


def _needs_more(bar: QTabBar) -> bool:
    """Whether tabs are cut; those that can be scrolled to are whole."""
    if bar.usesScrollButtons() and bar.elideMode() == Qt.TextElideMode.ElideNone:
        return False
    return bar.sizeHint().width() > bar.width() + _TOUCH


def _cut_in(table: RowsTable) -> list[str]:
    """Names that are cut while another column has room, and headings that are cut."""
    columns = table.rows_model.columns
    seen = [at for at in range(len(columns)) if not table.isColumnHidden(at)]
    found = []
    named = table.rows_model.named
    for at in seen:
        column = columns[at]
        if column is named and _is_cut(table, at) and any(_has_room(table, o) for o in seen):
            found.append(f"cut name: {column.title} in {table.accessibleName()}")
        need = table.fontMetrics().horizontalAdvance(column.title)
        if column.title and need > table.columnWidth(at):
            found.append(f"cut heading: {column.title} in {table.accessibleName()}")
    return found


def _is_cut(table: RowsTable, at: int) -> bool:
    return table.sizeHintForColumn(at) > table.columnWidth(at) + _TOUCH


def _has_room(table: RowsTable, at: int) -> bool:
    column = table.rows_model.columns[at]
    if column is table.rows_model.named or column.weight == EVERYTHING:
        return False
    heading = table.horizontalHeader().sectionSizeHint(at)
    return max(heading, table.sizeHintForColumn(at)) + 12 < table.columnWidth(at)


def _colours(image: QImage, where: QRect, ratio: float) -> Counter[str]:
    left, top = int(where.left() * ratio), int(where.top() * ratio)
    right, bottom = int(where.right() * ratio), int(where.bottom() * ratio)
    corners = QRect(QPoint(left, top), QPoint(right, bottom)).intersected(image.rect())
    if corners.isEmpty():
        return Counter()
    part = image.copy(corners).convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(part.constBits()).cast("I"))
    return Counter({QColor.fromRgb(rgb).name(): count for rgb, count in counts.items()})


def _edge(image: QImage, where: QRect, ratio: float) -> str:
    x, y = int(where.left() * ratio), int(where.center().y() * ratio)
    if not (0 <= x < image.width() and 0 <= y < image.height()):
        return ""
    return QColor.fromRgb(image.pixel(x, y)).name()


def _frameless(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit) and not widget.hasFrame()


def _alone(widget: QWidget) -> bool:
    """Radio buttons and ticks of one group share a place in the order of Tab."""
    return not (isinstance(widget, QAbstractButton) and widget.group() is not None)
