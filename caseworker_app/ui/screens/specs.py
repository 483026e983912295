"""Every screen of the window, declared once: menus, side bar, icons and keys follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class ScreenSpec(NamedTuple):
    """One screen.

    Attributes:
        key: its name in code.
        title: its words, with the mnemonic of its entry in the View menu.
        icon: a name in the icon font.
        keys: its shortcut in Qt's portable form.
        group: with which others it stands; the side bar draws a line between groups.
        area: the line of the permission table that says who may see it.
        make: `module:Class` below `caseworker_app.ui.screens`, loaded when it is first shown.
        kind: the kind of record it lists, for `records:RecordsScreen`.
        place: whether it stands in the side bar and the View menu.
    """

    key: str
    title: str
    icon: str
    keys: str
    group: str
    area: str
    make: str = "records:RecordsScreen"
    kind: str = ""
    place: bool = True

    @property
    def words(self) -> str:
        """The title without its mnemonic."""
        return self.title.replace("&", "")


_SCREENS: list[ScreenSpec] = [
    ScreenSpec("today", "T&oday", "sun-horizon", "Ctrl+1", "work", "children", "today:TodayScreen"),
    ScreenSpec("cases", "&Cases", "users", "Ctrl+2", "work", "children", "cases:CasesScreen"),
    ScreenSpec("case", "Case", "user", "", "work", "children", "case:CaseScreen", place=False),
    ScreenSpec(
        "reviews",
        "&Annual reviews",
        "calendar-check",
        "Ctrl+3",
        "work",
        "children",
        "reviews:ReviewsScreen",
    ),
    ScreenSpec(
        "assessments",
        "Ass&essments",
        "hourglass-medium",
        "Ctrl+Alt+5",
        "work",
        "children",
        "assessments:AssessmentsScreen",
    ),
    ScreenSpec(
        "transfers",
        "P&hase transfer",
        "graduation-cap",
        "Ctrl+Alt+6",
        "work",
        "children",
        "transfers:TransfersScreen",
    ),
    ScreenSpec(
        "adulthood",
        "Adulthood",
        "person-simple-walk",
        "Ctrl+Shift+F2",
        "work",
        "children",
        "adulthood:AdulthoodScreen",
    ),
    ScreenSpec(
        *("families", "Families", "chats-circle", "Ctrl+Shift+F3", "work", "feedback"),
        make="families:FamiliesScreen",
    ),
    ScreenSpec(
        *("disputes", "Disputes", "megaphone", "Ctrl+Shift+F10", "work", "feedback"),
        make="disputes:DisputesScreen",
    ),
    ScreenSpec(
        *("school_records", "School records", "chalkboard", "Ctrl+Shift+F11", "work", "children"),
        make="school_records:SchoolRecordsScreen",
    ),
    ScreenSpec(
        *("panels", "Pa&nels", "users-four", "Ctrl+Alt+P", "work", "feedback"),
        make="panels:PanelsScreen",
        kind="panel",
    ),
    ScreenSpec(
        "returns", "Ret&urns", "chart-bar", "Ctrl+4", "returns", "board", "returns:ReturnsScreen"
    ),
    ScreenSpec(
        *("sen2", "SEN2", "file-arrow-up", "Ctrl+Shift+F1", "returns", "returns"),
        make="sen2:Sen2Screen",
    ),
    ScreenSpec(
        *("inspection", "Inspection list", "clipboard-text", "Ctrl+Shift+F12", "returns"),
        area="returns",
        make="inspection:InspectionScreen",
    ),
    ScreenSpec(
        *("answers", "Answers", "chat-circle-text", "Ctrl+Alt+9", "returns", "returns"),
        make="answers:AnswersScreen",
    ),
    ScreenSpec(
        *("reconcile", "Reconcile", "arrows-left-right", "Ctrl+Shift+F8", "returns", "bulk"),
        make="reconcile:ReconcileScreen",
    ),
    ScreenSpec(
        *("published", "Published figures", "newspaper", "Ctrl+F6", "returns", "improvement"),
        kind="published_figure",
    ),
    ScreenSpec(
        *("dashboard", "Dashboard", "gauge", "Ctrl+F3", "oversight", "board"),
        make="dashboard:DashboardScreen",
    ),
    ScreenSpec(
        "forecast",
        "&Forecast",
        "trend-up",
        "Ctrl+5",
        "oversight",
        "children",
        "forecast:ForecastScreen",
    ),
    ScreenSpec(
        *("quality", "&Quality", "medal", "Ctrl+Shift+Q", "oversight", "audits"),
        make="quality:QualityScreen",
    ),
    ScreenSpec(
        *("costs", "Costs", "currency-gbp", "Ctrl+Shift+F9", "oversight", "costs"),
        make="costs:CostsScreen",
    ),
    ScreenSpec(
        "figures",
        "Figures by hand",
        "pencil-line",
        "Ctrl+Shift+1",
        "improvement",
        "improvement",
        "figures:FiguresScreen",
        kind="hand_value",
    ),
    ScreenSpec(
        "autism",
        "Autism path",
        "path",
        "Ctrl+Shift+2",
        "improvement",
        "improvement",
        "autism:AutismScreen",
        kind="autism_referral",
    ),
    ScreenSpec(
        *("improvement", "Improvement plan", "flag", "Ctrl+Shift+4", "improvement"),
        area="improvement",
        make="improvement:ImprovementScreen",
    ),
    ScreenSpec(
        *("places", "Places", "chart-line-up", "Ctrl+Shift+3", "improvement", "improvement"),
        make="places:PlacesScreen",
    ),
    ScreenSpec(
        "settings",
        "&Schools and settings",
        "buildings",
        "Ctrl+6",
        "set up",
        "children",
        "settings:SettingsScreen",
        kind="setting",
    ),
    ScreenSpec(
        "professionals",
        "&Professionals",
        "address-book",
        "Ctrl+Alt+O",
        "set up",
        "children",
        kind="professional",
    ),
    ScreenSpec(
        *("letter_templates", "Letter templates", "envelope", "Ctrl+Shift+F6", "set up", "setup"),
        make="letter_templates:LetterTemplatesScreen",
        kind="letter_template",
    ),
    ScreenSpec("rules", "Ru&les", "scales", "Ctrl+7", "set up", "setup", "rules:RulesScreen"),
    ScreenSpec(
        "caseworkers",
        "Case&workers",
        "identification-badge",
        "Ctrl+8",
        "set up",
        "setup",
        kind="caseworker",
    ),
    ScreenSpec("teams", "Tea&ms", "users-three", "Ctrl+Alt+M", "set up", "setup", kind="team"),
    ScreenSpec("covers", "Co&ver", "handshake", "Ctrl+Alt+U", "set up", "children", kind="cover"),
    ScreenSpec(
        "closed_days",
        "Closed &days",
        "calendar-x",
        "Ctrl+9",
        "set up",
        "setup",
        kind="closed_day",
    ),
    ScreenSpec(
        *("retention", "Retention", "archive", "Ctrl+Alt+Shift+T", "set up", "setup"),
        make="retention:RetentionScreen",
    ),
    ScreenSpec(
        *("lists", "L&ists", "list-bullets", "Ctrl+0", "set up", "setup", "lists:ListsScreen"),
        kind="choice",
    ),
]


def screens() -> tuple[ScreenSpec, ...]:
    """Every screen, in the order of the side bar."""
    return tuple(_SCREENS)


def places() -> tuple[ScreenSpec, ...]:
    """The screens in the side bar, in order."""
    return tuple(one for one in _SCREENS if one.place)


def spec(key: str) -> ScreenSpec:
    """A screen by its key. Raises `KeyError`."""
    for one in _SCREENS:
        if one.key == key:
            return one
    raise KeyError(key)


def screen_of(kind: str) -> ScreenSpec | None:
    """The screen that lists a kind of record, or None."""
    return next((one for one in _SCREENS if one.kind == kind), None)


@contextmanager
def only_here(screen: ScreenSpec) -> Iterator[None]:
    """A screen that is forgotten when the block ends, for what is tried out."""
    _SCREENS.append(screen)
    try:
        yield
    finally:
        _SCREENS.remove(screen)


PLACES = tuple(one.key for one in places())
"""The screens in the side bar, by key, as the program comes."""
