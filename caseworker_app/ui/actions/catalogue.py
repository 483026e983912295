"""Everything a person can do, as data: id, words, keys, icon and place in the menus.

An action is on when the window or the screen in front offers it; nothing else switches it.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.permissions import Person, Right
from caseworker_app.ui.screens.specs import places

HERE = "here"
"""The area of the screen in front."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What one must be allowed to do for an action to be offered.

    Attributes:
        area: a line of the permission table, or `HERE`.
        right: what is done there.
        own: whether it is enough to be allowed on one's own cases.
    """

    area: str
    right: Right = Right.WRITE
    own: bool = True

    @property
    def wanted(self) -> tuple[str, Right]:
        """The area and the right."""
        return self.area, self.right

    def let(self, person: Person, here: str = "") -> bool:
        """Whether somebody may do it, where `here` is the area of the screen in front."""
        area = here if self.area == HERE else self.area
        return not area or person.may(area, self.right, own=self.own)


CASES, SET_UP = Asks("children"), Asks("setup")
AUDITS = Asks("audits", own=False)
CHARTS = Asks("board", Right.READ)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: what screens offer it by.
        text: as the menu shows it, with its mnemonic.
        menu: a menu's title, or "Menu/Sub-menu".
        keys: its shortcut in Qt's portable form, or "".
        also: a second shortcut, as other programs have it, or "".
        hint: keys that a list or field handles itself, shown beside the text.
        icon: a name in the icon font, or "".
        group: a line is drawn between groups of a menu.
        checkable: whether it shows a tick.
        tip: a sentence for the status bar and the list of keys.
        asks: what one must be allowed to do; None is open to all.
    """

    id: str
    text: str
    menu: str
    keys: str = ""
    hint: str = ""
    icon: str = ""
    group: int = 0
    checkable: bool = False
    tip: str = ""
    also: str = ""
    asks: Asks | None = None


FILE, EDIT, CASE, RECORD = "&File", "&Edit", "&Case", "&Record"
VIEW, LIST, TOOLS, HELP = "&View", "&List", "&Tools", "&Help"
THEME, WHOSE = "&View/&Theme", "&Case/&Assigned to"
ZOOM = "&View/&Zoom"
PLAN = "&Case/&Line of the plan"
MENUS = (FILE, EDIT, CASE, RECORD, VIEW, LIST, TOOLS, HELP)
WHOSE_ACTIONS = ("whose.mine", "whose.team", "whose.everyone", "whose.unassigned", "whose.me")

CATALOGUE: tuple[ActionSpec, ...] = (
    ActionSpec("store.new", "&New store…", FILE, "Ctrl+Shift+N", tip="Make a new, empty store"),
    ActionSpec("store.open", "&Open…", FILE, "Ctrl+O", icon="folder-open", tip="Open a store"),
    ActionSpec(
        "import",
        "&Import…",
        FILE,
        "Ctrl+I",
        icon="download-simple",
        group=1,
        tip="Bring in trackers and SEN2 files",
        asks=Asks("bulk"),
    ),
    ActionSpec(
        "export",
        "&Export to Excel…",
        FILE,
        "Ctrl+E",
        icon="table",
        group=1,
        tip="Write what is shown to a workbook",
        asks=Asks(HERE, Right.EXPORT),
    ),
    ActionSpec(
        "returns.template",
        "Fill your own workbook…",
        FILE,
        "Alt+Shift+T",
        group=1,
        tip="On Returns: fill the cells and tables that the council's own workbook names",
        asks=Asks("board", Right.EXPORT),
    ),
    ActionSpec(
        "school.pack",
        "School pac&ks…",
        FILE,
        "Ctrl+Alt+B",
        group=1,
        tip="Every date a setting owes and is owed in a term, as Excel and PDF, for one or for all",
        asks=Asks("children", Right.EXPORT),
    ),
    ActionSpec(
        "calendar",
        "&Dates to a calendar…",
        FILE,
        "Ctrl+Alt+J",
        group=1,
        tip="Write the dates of a caseworker or a team as an .ics file",
        asks=Asks("children", Right.EXPORT),
    ),
    ActionSpec(
        "print",
        "Prin&t…",
        FILE,
        "Ctrl+P",
        icon="printer",
        group=1,
        tip="Print the list as it is shown",
        asks=Asks(HERE, Right.EXPORT),
    ),
    ActionSpec(
        "store.backup",
        "&Back up…",
        FILE,
        "Ctrl+Shift+B",
        icon="floppy-disk",
        group=2,
        tip="Write a verified copy of the store",
        asks=SET_UP,
    ),
    ActionSpec(
        "store.restore",
        "&Restore a backup…",
        FILE,
        "Ctrl+Shift+O",
        group=2,
        tip="Put a backup in the place of the store; what it replaces is kept",
        asks=SET_UP,
    ),
    ActionSpec(
        "store.backups",
        "Back&ups by itself…",
        FILE,
        "Ctrl+Alt+Shift+B",
        group=2,
        tip="Where the backups are that Caseworker makes by itself, and a second place for them",
    ),
    ActionSpec(
        "store.passphrase",
        "Change the &passphrase…",
        FILE,
        "Ctrl+Shift+P",
        group=2,
        tip="Give the store another passphrase",
        asks=SET_UP,
    ),
    ActionSpec(
        "store.forget",
        "&Forget the key on this computer",
        FILE,
        "Ctrl+Shift+K",
        group=2,
        tip="Ask for the passphrase again next time",
    ),
    ActionSpec("quit", "&Quit", FILE, "Ctrl+Q", group=3, tip="Close Caseworker"),
    ActionSpec(
        "save", "&Save", EDIT, "Ctrl+S", icon="floppy-disk", tip="Save what is typed", asks=CASES
    ),
    ActionSpec(
        "undo", "&Undo", EDIT, "Ctrl+Z", icon="arrow-u-up-left", tip="Take your last change back"
    ),
    ActionSpec(
        "redo",
        "&Redo",
        EDIT,
        "Ctrl+Y",
        icon="arrow-u-up-right",
        tip="Bring back what you undid last",
        also="Ctrl+Shift+Z",
    ),
    ActionSpec(
        "history",
        "&History…",
        EDIT,
        "Ctrl+H",
        icon="clock-counter-clockwise",
        tip="The latest changes to the store, each to be taken back where it can be",
        asks=Asks("trail", Right.READ),
    ),
    ActionSpec(
        "drafts",
        "Draf&ts…",
        EDIT,
        "Ctrl+Shift+F",
        icon="note-pencil",
        tip="The forms you began and did not finish, to go on with",
    ),
    ActionSpec("copy", "&Copy", EDIT, "Ctrl+C", group=1, tip="Copy the cell, or what is selected"),
    ActionSpec(
        "copy.headings",
        "Copy &with headings",
        EDIT,
        "Ctrl+Shift+Ins",
        group=1,
        tip="Copy what is selected with the columns' titles above, for a sheet",
    ),
    ActionSpec(
        "paste", "&Paste", EDIT, "Ctrl+V", group=1, tip="Paste dates from a sheet", asks=CASES
    ),
    ActionSpec(
        "fill.down",
        "Fill &down",
        EDIT,
        "Ctrl+D",
        group=1,
        tip="Fill the cells selected with what stands in the top one",
        asks=CASES,
    ),
    ActionSpec(
        "cells.set",
        "S&et for those selected…",
        EDIT,
        "Ctrl+F2",
        group=1,
        tip="Set one step of the rows selected; what would change is shown first",
        asks=Asks("bulk"),
    ),
    ActionSpec(
        "find", "&Find", EDIT, "Ctrl+F", icon="magnifying-glass", group=2, tip="Filter the list"
    ),
    ActionSpec(
        "palette",
        "&Go to…",
        EDIT,
        "Ctrl+K",
        icon="magnifying-glass",
        group=2,
        tip="Go to a child, or do anything, by a few letters",
    ),
    ActionSpec("case.open", "&Open", CASE, hint="Enter", tip="Open the case selected"),
    ActionSpec(
        "case.why",
        "&Why this date?",
        CASE,
        "Ctrl+Shift+Y",
        icon="question",
        tip="Open the case at the rule, the events and the steps behind the date selected",
    ),
    ActionSpec(
        "case.new",
        "&New case…",
        CASE,
        "Ctrl+N",
        icon="user-plus",
        tip="Open a new case",
        asks=CASES,
    ),
    ActionSpec(
        "case.edit",
        "Change &details…",
        CASE,
        "Ctrl+Shift+E",
        icon="pencil-simple",
        group=1,
        asks=CASES,
    ),
    ActionSpec(
        "case.reassign",
        "&Reassign…",
        CASE,
        "Ctrl+Shift+A",
        icon="users",
        group=1,
        tip="Give the cases selected to another caseworker",
        asks=Asks("bulk"),
    ),
    ActionSpec(
        "case.set",
        "Se&t a field…",
        CASE,
        "Ctrl+Alt+S",
        icon="pencil-line",
        tip="Give the cases selected the same value of a field",
        asks=Asks("bulk"),
    ),
    ActionSpec(
        "case.merge",
        "&Merge with another case…",
        CASE,
        "Ctrl+Shift+M",
        group=1,
        tip="Make one case of two that are one child; it can be undone",
        asks=CASES,
    ),
    ActionSpec(
        "case.split",
        "&Split this case…",
        CASE,
        "Ctrl+Shift+X",
        group=1,
        tip="Make a new case of some events, where a case holds two children; it can be undone",
        asks=CASES,
    ),
    ActionSpec(
        "case.handover",
        "&Handover…",
        CASE,
        "Ctrl+Alt+H",
        group=1,
        tip="A page a case for whoever takes over: of the cases selected, or of somebody's list",
        asks=Asks("children", Right.EXPORT),
    ),
    ActionSpec("case.previous", "&Previous", CASE, "Alt+Up", icon="caret-left", group=2),
    ActionSpec("case.next", "Ne&xt", CASE, "Alt+Down", icon="caret-right", group=2),
    ActionSpec("case.back", "&Back to the list", CASE, "Alt+Left", group=2),
    ActionSpec(
        "record.fact",
        "&Record what happened…",
        RECORD,
        "Ctrl+R",
        icon="pencil-line",
        tip="Record something that happened",
        asks=CASES,
    ),
    ActionSpec(
        "record.done",
        "Record &done…",
        RECORD,
        "Ctrl+Return",
        icon="check-circle",
        tip="Record what meets the date selected",
        asks=CASES,
    ),
    ActionSpec(
        "note.new",
        "Write a n&ote…",
        RECORD,
        "Ctrl+J",
        icon="note-pencil",
        tip="Note what was said about the case selected, and what was promised",
        asks=CASES,
    ),
    ActionSpec(
        "letter.new",
        "Write a &letter…",
        RECORD,
        "F4",
        icon="envelope",
        tip="Write from a template about the case selected, or about several at once",
        asks=CASES,
    ),
    ActionSpec(
        "promise.kept",
        "Promise &kept",
        RECORD,
        "Ctrl+Alt+K",
        tip="The promise selected was kept today",
        asks=CASES,
    ),
    ActionSpec(
        "document.open",
        "Open the &file",
        CASE,
        "Ctrl+Alt+F",
        group=1,
        tip="Open the document selected where it lies",
    ),
    ActionSpec(
        "transfer.consult",
        "Cons&ult settings…",
        RECORD,
        "Ctrl+Alt+G",
        group=4,
        tip="On Phase transfer and Assessments: record consultations sent to several settings",
        asks=CASES,
    ),
    ActionSpec(
        "transfer.reply",
        "Repl&y of a setting…",
        RECORD,
        "Ctrl+Alt+R",
        group=4,
        tip="On Phase transfer and Assessments: record what a setting answered",
        asks=CASES,
    ),
    ActionSpec(
        "transfer.name",
        "Final &plan naming a setting…",
        RECORD,
        "Ctrl+Alt+Y",
        group=4,
        tip="On Phase transfer: record the final plan with the setting it names",
        asks=CASES,
    ),
    ActionSpec(
        "growing.areas",
        "Four areas of adulthood…",
        RECORD,
        "Ctrl+Shift+I",
        group=4,
        tip="What the last review said of work, home, community and health",
        asks=CASES,
    ),
    ActionSpec(
        "growing.pathway",
        "Pathway…",
        RECORD,
        "Ctrl+G",
        group=4,
        tip="What a young person does, or is to do, after sixteen",
        asks=CASES,
    ),
    ActionSpec(
        "growing.adult",
        "Adult services…",
        RECORD,
        "Ctrl+Shift+U",
        group=4,
        tip="Whether a transition plan is needed before 18, and whether it is there",
        asks=CASES,
    ),
    ActionSpec(
        "growing.capacity",
        "Capacity…",
        RECORD,
        "Ctrl+B",
        group=4,
        tip="Whether a young person can decide something, and who speaks for them if not",
        asks=CASES,
    ),
    ActionSpec(
        "family.invite",
        "Invite families…",
        RECORD,
        "Ctrl+W",
        group=4,
        tip="On Families: record that those selected were asked what they thought",
        asks=Asks("feedback"),
    ),
    ActionSpec(
        "audit.new",
        "Audit th&e plan…",
        RECORD,
        "Ctrl+Shift+T",
        icon="medal",
        group=5,
        tip="Mark the plan of the child selected question by question, beside what it says",
        asks=AUDITS,
    ),
    ActionSpec(
        "audit.moderate",
        "Moderate the audit…",
        RECORD,
        "Ctrl+Shift+V",
        group=5,
        tip="On Quality: a second look at the audit selected",
        asks=AUDITS,
    ),
    ActionSpec(
        "audit.sample",
        "Draw a sample to audit…",
        TOOLS,
        "Ctrl+Shift+H",
        group=3,
        tip="On Quality: draw plans by lot, and again by the same number",
        asks=AUDITS,
    ),
    ActionSpec(
        "audit.services",
        "Findings back to services…",
        FILE,
        "Ctrl+Shift+J",
        group=1,
        tip="On Quality: a page a service, with what audits found and what was promised",
        asks=Asks("audits", Right.EXPORT),
    ),
    ActionSpec(
        "audit.tool",
        "Audit tool…",
        TOOLS,
        "Ctrl+Alt+C",
        group=3,
        tip="On Quality: change the questions of audits; what is saved is a new edition",
        asks=AUDITS,
    ),
    ActionSpec(
        "plan.tie",
        "&Tie this line…",
        PLAN,
        "Ctrl+T",
        tip="Tie the line to what it is for, what is behind it and what leads to it",
        asks=CASES,
    ),
    ActionSpec(
        "plan.end",
        "&End this line…",
        PLAN,
        "Ctrl+U",
        tip="Say from when the line stands in the plan no more, and why",
        asks=CASES,
    ),
    ActionSpec("plan.up", "Move the line &up", PLAN, "Alt+Shift+Up", asks=CASES),
    ActionSpec("plan.down", "Move the line &down", PLAN, "Alt+Shift+Down", asks=CASES),
    ActionSpec(
        "plan.copy",
        "&Copy from the plan before…",
        PLAN,
        "Ctrl+L",
        tip="Write lines that have ended again, with their ties",
        asks=CASES,
    ),
    ActionSpec(
        "plan.review",
        "&Review the outcomes…",
        PLAN,
        "Ctrl+M",
        tip="Judge each outcome in turn, as the review meeting did",
        asks=CASES,
    ),
    ActionSpec(
        "plan.compare",
        "Co&mpare two documents…",
        PLAN,
        "Alt+Shift+C",
        tip="See what differs between two Word documents of the plan, and list it for the notice",
        asks=Asks("children", Right.EXPORT),
    ),
    ActionSpec(
        "plan.resources",
        "Resource &statement…",
        PLAN,
        "Alt+Shift+S",
        tip="Print what the plan costs, for what and by whom it is paid",
        asks=Asks("costs", Right.EXPORT),
    ),
    ActionSpec(
        "improve.note",
        "Progress note…",
        RECORD,
        "Ctrl+Shift+5",
        group=5,
        tip="On Improvement plan: say how the success measure selected stands",
        asks=Asks("improvement"),
    ),
    ActionSpec(
        "improve.new_action",
        "New action of the plan…",
        RECORD,
        "Alt+Shift+N",
        group=5,
        tip="On Improvement plan: add an action to a workstream, for success measures to be of",
        asks=Asks("improvement"),
    ),
    ActionSpec(
        "improve.action",
        "Change the action…",
        RECORD,
        "Alt+Shift+E",
        group=5,
        tip="On Improvement plan: the action of the success measure selected",
        asks=Asks("improvement"),
    ),
    ActionSpec(
        "improve.new_plan",
        "New improvement plan…",
        RECORD,
        "Alt+Shift+I",
        group=5,
        tip="On Improvement plan: add a plan of your own beside the ready ones",
        asks=Asks("improvement"),
    ),
    ActionSpec(
        "improve.count",
        "Count the plan's measures",
        TOOLS,
        "Ctrl+Shift+6",
        group=3,
        tip="On Improvement plan: count the measures of the catalogue that feed it",
        asks=Asks("board", Right.READ),
    ),
    ActionSpec(
        "improve.load",
        "Load a ready improvement plan…",
        TOOLS,
        "Ctrl+Shift+7",
        group=3,
        tip="On Improvement plan: load a plan that comes with Caseworker, once",
        asks=Asks("improvement"),
    ),
    ActionSpec(
        "improve.report",
        "Highlight report…",
        FILE,
        "Ctrl+Shift+8",
        group=1,
        tip="On Improvement plan: the page of the workstream selected, printed or as a PDF",
        asks=Asks("improvement", Right.EXPORT),
    ),
    ActionSpec(
        "improve.word",
        "Highlight report as a Word page…",
        FILE,
        "Ctrl+Shift+9",
        group=1,
        tip="On Improvement plan: the same page for Word",
        asks=Asks("improvement", Right.EXPORT),
    ),
    ActionSpec(
        "places.forecast",
        "Work out the forecast of places",
        TOOLS,
        "Ctrl+Alt+7",
        icon="chart-line-up",
        group=3,
        tip="On Places: simulate the plans of the years to come, by what is assumed there",
        asks=Asks("improvement", Right.READ),
    ),
    ActionSpec(
        "places.keep",
        "Keep the forecast as a scenario",
        TOOLS,
        "Ctrl+Alt+8",
        group=3,
        tip="On Places: keep the forecast with what it assumes, to compare it later",
        asks=Asks("improvement"),
    ),
    ActionSpec(
        "record.today",
        "Done tod&ay",
        RECORD,
        "F8",
        icon="check-circle",
        tip="Record what the line asks for as done today; an answer is asked where there is one",
        asks=CASES,
    ),
    ActionSpec(
        "record.snooze",
        "Snoo&ze…",
        RECORD,
        "F7",
        icon="clock",
        tip="Put the line off Today until a day, with the reason; it moves no date",
        asks=CASES,
    ),
    ActionSpec(
        "record.wake",
        "Br&ing back to Today",
        RECORD,
        "Shift+F7",
        tip="End a snooze today; what was put off, and why, stays on record",
        asks=CASES,
    ),
    ActionSpec(
        "fact.change", "&Change what was recorded…", RECORD, "Ctrl+Shift+D", group=1, asks=CASES
    ),
    ActionSpec(
        "fact.remove",
        "Re&move what was recorded…",
        RECORD,
        "Ctrl+Del",
        icon="trash",
        group=1,
        asks=Asks("children", Right.REMOVE),
    ),
    ActionSpec("setting.new", "New &setting…", RECORD, "Ctrl+Shift+S", group=2, asks=CASES),
    ActionSpec(
        "setting.change", "Change the settin&g…", RECORD, "Ctrl+Shift+G", group=2, asks=CASES
    ),
    ActionSpec(
        "setting.closures",
        "Impor&t closures…",
        RECORD,
        "Ctrl+Shift+L",
        group=2,
        tip="On Schools and settings: closures from a CSV file: setting, from, reopens",
        asks=CASES,
    ),
    ActionSpec(
        "setting.schools",
        "Import schools…",
        RECORD,
        "Ctrl+Alt+0",
        group=2,
        tip="On Schools and settings: the DfE's register, Get Information About Schools",
        asks=CASES,
    ),
    ActionSpec("caseworker.new", "New case&worker…", RECORD, "Ctrl+Shift+W", group=2, asks=SET_UP),
    ActionSpec(
        "entry.new",
        "&New in this list…",
        RECORD,
        "Ctrl+Alt+N",
        group=3,
        tip="Add a row to this list",
        asks=Asks(HERE),
    ),
    ActionSpec(
        "entry.change",
        "Change t&his one…",
        RECORD,
        "Ctrl+Alt+E",
        group=3,
        tip="Change the row",
        asks=Asks(HERE),
    ),
    ActionSpec(
        "entry.remove",
        "Remo&ve this one…",
        RECORD,
        "Ctrl+Alt+Del",
        group=3,
        tip="Remove the row, saying why; it can be undone",
        asks=Asks(HERE, Right.REMOVE),
    ),
    ActionSpec(
        "entry.import",
        "&Bring in from a file…",
        RECORD,
        "Ctrl+Alt+I",
        group=3,
        tip="Fill this list from a workbook or a CSV file; what it would do is shown first",
        asks=Asks(HERE),
    ),
    ActionSpec(
        "panel.new",
        "New panel…",
        RECORD,
        "Alt+Shift+P",
        group=3,
        tip="On Panels: add a day on which a panel sits",
        asks=Asks("feedback"),
    ),
    ActionSpec(
        "panel.fill",
        "Put what waits before the panel…",
        RECORD,
        "Alt+Shift+W",
        group=3,
        tip="On Panels: choose among the cases that wait for a panel and are before none",
        asks=Asks("feedback"),
    ),
    ActionSpec(
        "checks.mend",
        "Mend what a check found",
        RECORD,
        "Shift+F4",
        hint="Enter",
        group=3,
        tip="On SEN2 and Inspection list: open the finding where it is mended",
        asks=Asks("returns", Right.READ),
    ),
    ActionSpec(
        "sen2.codes",
        "Confirm the codes of SEN2…",
        TOOLS,
        "Ctrl+Alt+Shift+K",
        group=3,
        tip="On SEN2: settle the codes that no public source shows, before a file is written",
        asks=Asks("setup"),
    ),
    ActionSpec(
        "sen2.compare",
        "Compare with last year's SEN2…",
        TOOLS,
        "Ctrl+Alt+Shift+L",
        group=3,
        tip="On SEN2: what differs, by child and item, from the return that was submitted",
        asks=Asks("returns", Right.READ),
    ),
    ActionSpec(
        "returns.backlog",
        "Backlog date…",
        RECORD,
        "Alt+Shift+B",
        group=3,
        tip="On Returns: from which day measures count late assessments as the backlog",
        asks=Asks("setup"),
    ),
    ActionSpec(
        "reconcile.choose",
        "Choose an extract…",
        RECORD,
        "Alt+Shift+R",
        group=3,
        tip="On Reconcile: hold an extract of another system against the store",
        asks=Asks("bulk"),
    ),
    ActionSpec(
        "reconcile.accept",
        "Accept what they say",
        RECORD,
        "Alt+Shift+A",
        group=3,
        tip="On Reconcile: take what the file says of the rows selected, with one undo",
        asks=Asks("bulk"),
    ),
    ActionSpec(
        "reconcile.export",
        "Export what is left…",
        RECORD,
        "Alt+Shift+X",
        group=3,
        tip="On Reconcile: hand back as a workbook what was not accepted",
        asks=Asks("children", Right.EXPORT),
    ),
    ActionSpec(
        "panel.agenda",
        "Print the agenda…",
        FILE,
        "Alt+Shift+G",
        group=1,
        tip="On Panels: what is before the panel selected, as a page",
        asks=Asks("feedback", Right.EXPORT),
    ),
    ActionSpec(
        "panel.minutes",
        "Minutes of the panel…",
        FILE,
        "Alt+Shift+M",
        group=1,
        tip="On Panels: what was decided and who was there, as a Word document",
        asks=Asks("feedback", Right.EXPORT),
    ),
    ActionSpec(
        "letter.ready",
        "Take in ready letter templates",
        TOOLS,
        "Ctrl+Shift+F4",
        group=3,
        tip="On Letter templates: the templates that come with Caseworker",
        asks=SET_UP,
    ),
    ActionSpec(
        "letter.copy",
        "Copy the letter template to change it…",
        TOOLS,
        "Ctrl+Shift+F5",
        group=3,
        tip="On Letter templates: write its Word document to a file of your own, and use that",
        asks=SET_UP,
    ),
    ActionSpec("theme.light", "&Light", THEME, "Ctrl+Alt+1", group=1, checkable=True),
    ActionSpec("theme.dark", "&Dark", THEME, "Ctrl+Alt+2", group=1, checkable=True),
    ActionSpec("theme.contrast", "&High contrast", THEME, "Ctrl+Alt+3", group=1, checkable=True),
    ActionSpec("theme.system", "&Follow the system", THEME, "Ctrl+Alt+4", group=1, checkable=True),
    ActionSpec(
        "whose.mine",
        "&My cases",
        WHOSE,
        "Ctrl+F7",
        group=1,
        checkable=True,
        tip="Show and count my cases alone, and those of the colleagues I cover",
    ),
    ActionSpec(
        "whose.team",
        "My &team's cases",
        WHOSE,
        "Ctrl+F8",
        group=1,
        checkable=True,
        tip="Show and count the cases of everybody in my team",
    ),
    ActionSpec(
        "whose.everyone",
        "&Everyone's cases",
        WHOSE,
        "Ctrl+F9",
        group=1,
        checkable=True,
        tip="Show and count every case",
    ),
    ActionSpec(
        "whose.unassigned",
        "&Unassigned cases",
        WHOSE,
        "Ctrl+F11",
        group=1,
        checkable=True,
        tip="Show and count the cases with no caseworker",
    ),
    ActionSpec(
        "whose.me",
        "T&his is me…",
        WHOSE,
        "Ctrl+Shift+F7",
        icon="user",
        group=2,
        tip="Say who you are among the caseworkers; it is remembered on this computer",
    ),
    ActionSpec(
        "section.fold",
        "Fold or open the &group",
        VIEW,
        "Shift+F8",
        group=2,
        tip="Show a section's heading alone, or its lines again; Left and Enter do so too",
    ),
    ActionSpec("view.side", "Side &bar", VIEW, "F9", group=2, checkable=True),
    ActionSpec("zoom.in", "&Larger text", ZOOM, "Ctrl+=", also="Ctrl++", group=2),
    ActionSpec("zoom.out", "&Smaller text", ZOOM, "Ctrl+-", group=2),
    ActionSpec("zoom.reset", "&Usual text", ZOOM, "Ctrl+Shift+0", group=2),
    ActionSpec("refresh", "&Refresh", VIEW, "F5", icon="arrows-clockwise", group=2),
    ActionSpec(
        "sort.column",
        "&Sort by this column",
        LIST,
        "F6",
        tip="Up, down, and back to the order it came in; in a list of rows, choose the column",
    ),
    ActionSpec(
        "table.sort",
        "S&ort by…",
        LIST,
        "Ctrl+Alt+W",
        tip="Sort this list by a column; the same column again reverses it",
    ),
    ActionSpec(
        "table.columns",
        "Co&lumns…",
        LIST,
        "Ctrl+Alt+Q",
        tip="Show, hide and move the columns of this list",
    ),
    ActionSpec(
        "filter.cell",
        "Show only the sa&me",
        LIST,
        "F3",
        tip="Filter by the value of the cell the keyboard is on",
    ),
    ActionSpec(
        "filter.clear",
        "Clear every &filter",
        LIST,
        "Shift+F3",
        tip="Show every row",
    ),
    ActionSpec(
        "charts.open",
        "Cases &behind the mark",
        LIST,
        hint="Enter",
        tip="On the dashboard: list the cases behind the mark that the keyboard is on",
        asks=CHARTS,
    ),
    ActionSpec(
        "charts.table",
        "Charts or &tables",
        LIST,
        "Ctrl+F10",
        icon="table",
        tip="On the dashboard: show each chart as its table, or the charts again",
        asks=CHARTS,
    ),
    ActionSpec(
        "charts.picture",
        "Save the chart as a &picture…",
        LIST,
        "Ctrl+Alt+Shift+P",
        tip="On the dashboard: the chart that the keyboard is on, as a PNG file",
        asks=Asks("board", Right.EXPORT),
    ),
    ActionSpec(
        "view.choose",
        "Saved &views",
        LIST,
        "F12",
        tip="Choose how the list is shown",
    ),
    ActionSpec(
        "view.save",
        "Save this vie&w…",
        LIST,
        "Shift+F12",
        tip="Keep filter, columns and order under a name, for yourself or everyone",
        asks=CASES,
    ),
    ActionSpec(
        "view.remove",
        "&Remove this view",
        LIST,
        "Ctrl+F12",
        tip="Remove the saved view chosen; it can be undone",
        asks=CASES,
    ),
    ActionSpec(
        "tools.calculator",
        "&Date calculator…",
        TOOLS,
        "Ctrl+Alt+D",
        icon="calculator",
        tip="See every date that follows from an event",
    ),
    ActionSpec(
        "tools.check",
        "&Check the store…",
        TOOLS,
        "Ctrl+Shift+C",
        icon="shield-check",
        asks=Asks("setup", Right.READ),
    ),
    ActionSpec(
        "tools.left",
        "&Left to you…",
        TOOLS,
        "Ctrl+Alt+L",
        tip="What files propose of names and birthdays, and who may be one child",
        asks=CASES,
    ),
    ActionSpec("tools.recompute", "&Recalculate every date…", TOOLS, "Ctrl+Shift+R", asks=SET_UP),
    ActionSpec(
        "rules.version",
        "New &version of the rule…",
        TOOLS,
        "Ctrl+Alt+V",
        group=1,
        tip="On Rules: the rule as it is to stand from a day on",
        asks=SET_UP,
    ),
    ActionSpec(
        "rules.target",
        "Our own &target…",
        TOOLS,
        "Ctrl+Alt+T",
        group=1,
        tip="On Rules: a date of our own, sooner than the law asks",
        asks=SET_UP,
    ),
    ActionSpec(
        "rules.remove",
        "Remove &our own",
        TOOLS,
        "Ctrl+Alt+X",
        group=1,
        tip="On Rules: remove our target or our newest version",
        asks=SET_UP,
    ),
    ActionSpec(
        "alerts.change",
        "Change the &alert…",
        TOOLS,
        "Ctrl+Alt+A",
        group=2,
        tip="On Rules, Alerts: from when on a date is amber, red or to escalate",
        asks=SET_UP,
    ),
    ActionSpec(
        "alerts.reset",
        "R&eset alerts",
        TOOLS,
        "Ctrl+Alt+Z",
        group=2,
        tip="On Rules, Alerts: discard every change of your own to the alerts",
        asks=SET_UP,
    ),
    ActionSpec("help.guide", "&User guide", HELP, "F1", icon="book-open"),
    ActionSpec(
        "help.tour", "&Tour", HELP, "Shift+F1", tip="Walk through a day's work; Shift+F1 goes on"
    ),
    ActionSpec("help.keys", "&Keyboard shortcuts", HELP, "Ctrl+/"),
    ActionSpec("help.about", "&About Caseworker", HELP, "Ctrl+F1"),
)
"""In the order of the menus."""


def every_action() -> tuple[ActionSpec, ...]:
    """The catalogue with a way to each screen, in the order of the menus."""
    first = next(at for at, one in enumerate(CATALOGUE) if one.menu == VIEW or one.menu == THEME)
    ways = tuple(
        ActionSpec(
            f"go.{one.key}",
            one.title,
            VIEW,
            one.keys,
            icon=one.icon,
            asks=Asks(one.area, Right.READ),
        )
        for one in places()
    )
    return (*CATALOGUE[:first], *ways, *CATALOGUE[first:])
