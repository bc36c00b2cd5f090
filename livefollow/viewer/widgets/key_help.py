"""The list of keys, made from the actions themselves, so that it is always correct. Window thread only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QMenu, QTextBrowser, QVBoxLayout, QWidget

from livefollow.viewer.widgets.screen_fit import ScreenFit, resize_to_fit

SIZE = QSize(560, 780)  # the rest can be scrolled to


class ShortcutRow(NamedTuple):
    """An action with its keys."""

    menu: str  # with its submenus
    text: str
    keys: tuple[str, ...]  # as written on this platform
    tip: str


def key_rows(menus: Iterable[QMenu]) -> list[ShortcutRow]:
    """List every action with keys, in the order of the menus, submenus last."""
    return [
        ShortcutRow(where, without_mnemonic(action.text()), keys, action.statusTip())
        for menu in menus
        for where, action in _actions(menu, without_mnemonic(menu.title()))
        if (keys := tuple(k.toString(QKeySequence.SequenceFormat.NativeText) for k in action.shortcuts()))
    ]


def _actions(menu: QMenu, where: str) -> Iterator[tuple[str, QAction]]:
    for action in menu.actions():
        if not action.menu() and not action.isSeparator():
            yield where, action
    for action in menu.actions():
        if inside := action.menu():
            yield from _actions(inside, f"{where} · {without_mnemonic(inside.title())}")


def without_mnemonic(text: str) -> str:
    """Return the text of an action without its mnemonic and without the dots that announce a dialog."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…").removesuffix("...").rstrip()


class KeyHelp(QDialog):
    """Dialog with all keys; may stay open while playing."""

    def __init__(self, menus: Iterable[QMenu], mouse: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Make the list from the menus.

        Args:
            menus: in order.
            mouse: further gestures: name, and what it does.
            parent: window of the dialog.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self._text = QTextBrowser()
        self._text.setAccessibleName(self.tr("Keys"))
        self._text.setHtml(self._html(key_rows(menus), mouse))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._text)
        column.addWidget(buttons)
        resize_to_fit(self, SIZE)
        ScreenFit(self)

    def text(self) -> str:
        """Return the list as plain text."""
        return self._text.toPlainText()

    def _html(self, rows: list[ShortcutRow], mouse: Iterable[tuple[str, str]]) -> str:
        lines, menu = [], ""
        for row in rows:
            if row.menu != menu:
                menu = row.menu
                lines.append(heading(menu))
            said = f"{escape(row.text)}<br/><small>{escape(row.tip)}</small>" if row.tip else escape(row.text)
            lines.append(line(", ".join(row.keys), said))
        lines.append(heading(self.tr("Mouse and Touch")))
        lines += [line(what, escape(does)) for what, does in mouse]
        return f"<table width='100%' cellspacing='0' cellpadding='3'>{''.join(lines)}</table>"


def heading(text: str) -> str:
    """Return a heading row of the table as HTML."""
    return f"<tr><td colspan='2' style='padding-top: 12px'><b>{escape(text)}</b></td></tr>"


def line(left: str, right: str) -> str:
    """Return a row of the table as HTML.

    Args:
        left: plain text.
        right: HTML.
    """
    return f"<tr><td width='40%'>{escape(left)}</td><td>{right}</td></tr>"
