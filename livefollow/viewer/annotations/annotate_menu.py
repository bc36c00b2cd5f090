"""The Annotate menu and its bar of tools. One per window; window thread only."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QAction, QIcon
from PyQt6.QtWidgets import QMenu

from livefollow.score.annotations.kinds import StampKind
from livefollow.viewer.annotations.tools import DIGITS, PENS, SIZES, Tool, ToolBox
from livefollow.viewer.annotations.writing_bar import WritingBar
from livefollow.viewer.widgets.icons import colour_icon, letter_icon, line_icon, size_icon, stamp_icon
from livefollow.viewer.widgets.menus import Menus

# Keys that mean something else while the player writes: whose they are otherwise.
BORROWED = {"Ctrl+Z": ("undo_turn", "undo_writing"), "Esc": ("leave_full_screen", "stop_writing")}


class AnnotateMenu(QObject):
    """Lets the player choose tools, by menu, key and bar.

    Attributes:
        tools: what the player holds.
        bar: the buttons.
        chosen: a tool was chosen.
        mode: the action that begins and ends writing.
    """

    chosen = pyqtSignal()

    def __init__(
        self,
        menus: Menus,
        tools: ToolBox,
        write: Callable[[bool], object],
        undo: Callable[[], object],
        redo: Callable[[], object],
    ) -> None:
        """Add the actions to the menu, and make the bar.

        Args:
            menus: of the window; full screen and Go have added theirs.
            tools: what the player holds.
            write: called with whether the player writes.
            undo, redo: called when the player asks for it.
        """
        self.bar = WritingBar()
        super().__init__(self.bar)
        self.tools, self._menus = tools, menus
        add, menu = menus.add, menus.menus["annotate"]
        title = self.tr("&Write on the Score")
        self.mode = add("annotate", "write", title, write, "A", checkable=True, with_score=True)
        menu.addSeparator()
        self._tools: dict[Tool, QAction] = {
            Tool.PENCIL: self._tool(menu, Tool.PENCIL, self.tr("&Pencil"), "D"),
            Tool.HIGHLIGHTER: self._tool(menu, Tool.HIGHLIGHTER, self.tr("&Highlighter"), "L"),
            Tool.ERASER: self._tool(menu, Tool.ERASER, self.tr("&Eraser"), "E"),
            Tool.TEXT: self._tool(menu, Tool.TEXT, self.tr("&Text"), "X"),
        }
        self._digits = self._add_digits(_submenu(menu, self.tr("&Fingering")))
        self._stamps = self._add_stamps(_submenu(menu, self.tr("&Stamp")))
        self._colours = self._add_colours(_submenu(menu, self.tr("&Colour")))
        self._sizes = self._add_sizes(_submenu(menu, self.tr("S&ize")))
        menu.addSeparator()
        self.undo = add("annotate", "undo_writing", self.tr("&Undo Writing"), undo)
        self.undo.setStatusTip(self.tr("Ctrl+Z while you write"))
        self.redo = add("annotate", "redo_writing", self.tr("&Redo Writing"), redo, "Ctrl+Y", "Ctrl+Shift+Z")
        self.stop = add("annotate", "stop_writing", self.tr("Stop Writi&ng"), lambda: self.mode.setChecked(False))
        self.stop.setStatusTip(self.tr("Esc while you write"))
        self._fill_bar()
        self.refresh()

    def lend_keys(self, lent: bool) -> None:
        """Give the keys of BORROWED to writing, or back."""
        for key, (owner, borrower) in BORROWED.items():
            self._menus.lend(key, owner, borrower, lent=lent)

    def refresh(self) -> None:
        """Show which tool, colour and size are chosen."""
        tools = self.tools
        for tool, action in self._tools.items():
            action.setChecked(tools.tool is tool)
        for digit, action in self._digits.items():
            action.setChecked(tools.tool is Tool.FINGERING and tools.digit == digit)
        for kind, action in self._stamps.items():
            action.setChecked(tools.tool is Tool.STAMP and tools.stamp is kind)
        names = self._names(tools.tool is Tool.HIGHLIGHTER)
        for index, action in enumerate(self._colours):
            action.setText(names[index])
            action.setIcon(colour_icon(tools.colours[index]))
            action.setChecked(index == tools.chosen)
        for index, action in enumerate(self._sizes):
            action.setChecked(index == tools.size)
        self.bar.show_colours(tools.colours, names, tools.chosen)
        self._finger.setIcon(self._digits[tools.digit].icon())
        self._finger.setChecked(tools.tool is Tool.FINGERING)
        self._stamp.setIcon(self._stamps[tools.stamp].icon())
        self._stamp.setChecked(tools.tool is Tool.STAMP)
        self._size.setIcon(self._sizes[tools.size].icon())

    # --- the actions ---

    def _add(self, menu: QMenu, name: str, text: str, do: Callable[[], None], *keys: str) -> QAction:
        def choose() -> None:
            do()
            self.refresh()
            self.chosen.emit()

        action = self._menus.add(menu, name, text, choose, *keys, with_score=True)
        action.setCheckable(True)
        return action

    def _tool(self, menu: QMenu, tool: Tool, text: str, key: str) -> QAction:
        def take() -> None:
            self.tools.tool = tool

        action = self._add(menu, f"tool.{tool.value}", text, take, key)
        _show_in_bar(action, line_icon(tool.value))
        return action

    def _add_digits(self, menu: QMenu) -> dict[str, QAction]:
        def take(digit: str) -> Callable[[], None]:
            def choose() -> None:
                self.tools.tool, self.tools.digit = Tool.FINGERING, digit

            return choose

        out = {}
        for digit in DIGITS:
            text = self.tr("Finger &{}").format(digit)
            out[digit] = self._add(menu, f"finger.{digit}", text, take(digit), digit)
            _show_in_bar(out[digit], letter_icon(digit))
        return out

    def _add_stamps(self, menu: QMenu) -> dict[StampKind, QAction]:
        def take(kind: StampKind) -> Callable[[], None]:
            def choose() -> None:
                self.tools.tool, self.tools.stamp = Tool.STAMP, kind

            return choose

        names = {
            StampKind.BREATH: self.tr("&Breath"),
            StampKind.CAESURA: self.tr("&Caesura"),
            StampKind.CUT: self.tr("C&ut"),
            StampKind.GLASSES: self.tr("&Eyeglasses: Watch Out"),
            StampKind.BRACKET: self.tr("B&racket (Drag It as Long as You Like)"),
        }
        out = {}
        for kind, text in names.items():
            out[kind] = self._add(menu, f"stamp.{kind.value}", text, take(kind))
            _show_in_bar(out[kind], stamp_icon(kind))
        return out

    def _add_colours(self, menu: QMenu) -> list[QAction]:
        def take(index: int) -> Callable[[], None]:
            return lambda: self.tools.choose(index)

        names = self._names(highlighter=False)
        return [self._add(menu, f"ink.{index}", names[index], take(index)) for index in range(len(PENS))]

    def _add_sizes(self, menu: QMenu) -> list[QAction]:
        def take(index: int) -> Callable[[], None]:
            def choose() -> None:
                self.tools.size = index

            return choose

        out = []
        for index, text in enumerate((self.tr("&Fine"), self.tr("&Medium"), self.tr("&Broad"))):
            action = self._add(menu, f"size.{index}", text, take(index))
            _show_in_bar(action, size_icon(SIZES[index]))
            out.append(action)
        return out

    def _names(self, highlighter: bool) -> list[str]:
        if highlighter:
            return [self.tr("Yellow"), self.tr("Green"), self.tr("Pink"), self.tr("Blue"), self.tr("Orange")]
        return [self.tr("Black"), self.tr("Red"), self.tr("Blue"), self.tr("Green"), self.tr("Purple")]

    # --- the bar ---

    def _fill_bar(self) -> None:
        bar = self.bar
        for action in self._tools.values():
            bar.add(action)
        self._finger = bar.add_choice(list(self._digits.values()), self.tr("Fingering"))
        self._stamp = bar.add_choice(list(self._stamps.values()), self.tr("Stamp"))
        bar.add_rule()
        bar.add_swatches(len(PENS), self._names(highlighter=False))
        bar.coloured.connect(lambda index: self._colours[index].trigger())
        self._size = bar.add_choice(self._sizes, self.tr("Size"))
        bar.add_rule()
        for action, name in ((self.undo, "undo"), (self.redo, "redo"), (self.stop, "done")):
            _show_in_bar(action, line_icon(name))
            bar.add(action)
        for button in (self._finger, self._stamp):
            button.setCheckable(True)


def _show_in_bar(action: QAction, picture: QIcon) -> None:
    """Give an action an icon for the dark bar; on a light menu it would not be seen."""
    action.setIcon(picture)
    action.setIconVisibleInMenu(False)


def _submenu(menu: QMenu, title: str) -> QMenu:
    inner = QMenu(title, menu)
    menu.addMenu(inner)
    return inner
