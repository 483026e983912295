"""What the styles of an OpenDocument spreadsheet say of its cells and sheets."""

from __future__ import annotations

from dataclasses import dataclass, field

from caseworker_app.imports.files.markup import LOCAL, Attributes, Nested


@dataclass(slots=True)
class Style:
    """What a style says of the cells, or of the sheet, that have it."""

    parent: str = ""
    data: str = ""
    struck: bool | None = None
    hidden: bool = False


@dataclass(slots=True)
class Kept:
    """Styles by name, and which parts of a day each format of a date shows."""

    styles: dict[str, Style] = field(default_factory=dict)
    formats: dict[str, set[str]] = field(default_factory=dict)


class Styles(Nested):
    """The handler of a part with styles; they are kept by name."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = Kept()
        self._style = Style()
        self._format: set[str] = set()

    def begun(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        self.style_begun(name, {LOCAL[key]: value for key, value in attributes.items()})

    def style_begun(self, name: str, told: Attributes) -> None:
        """An element between the styles begins."""
        if name == "style":
            parent, data = told.get("parent-style-name", ""), told.get("data-style-name", "")
            self._style = self.kept.styles[told.get("name", "")] = Style(parent, data)
        elif name == "date-style":
            self._format = self.kept.formats[told.get("name", "")] = set()
        elif self.inside("date-style"):
            self._format.add(name)
        elif name == "text-properties" and "text-line-through-style" in told:
            self._style.struck = told["text-line-through-style"] != "none"
        elif name == "text-properties" and "text-line-through-type" in told:
            self._style.struck = told["text-line-through-type"] != "none"
        elif name == "table-properties":
            self._style.hidden = told.get("display") == "false"

    def shown(self, name: str) -> tuple[bool, bool]:
        """Whether a style shows a date without its day, and whether it strikes through."""
        data, struck = "", None
        for _ in range(20):
            style = self.kept.styles.get(name)
            if style is None:
                break
            data = data or style.data
            struck = style.struck if struck is None else struck
            name = style.parent
        parts = self.kept.formats.get(data, set())
        month_only = bool(parts & {"month", "year"}) and not parts & {"day", "hours"}
        return month_only, bool(struck)
