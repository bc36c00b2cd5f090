"""Dark menus, panels and dialogs for night paper in a dark room. Window thread only."""

from __future__ import annotations

from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtWidgets import QApplication

from livefollow.viewer.widgets.status_bar import DARK, LIGHT

Role, Group = QPalette.ColorRole, QPalette.ColorGroup
BASE, RAISED, MARKED, LINK, FAINT = "#1a1a1b", "#343436", "#2f5d86", "#82b9ff", "#8a8a8a"
COLOURS = {
    Role.Window: DARK,
    Role.WindowText: LIGHT,
    Role.Base: BASE,
    Role.AlternateBase: DARK,
    Role.Text: LIGHT,
    Role.Button: RAISED,
    Role.ButtonText: LIGHT,
    Role.BrightText: "#ffffff",
    Role.ToolTipBase: RAISED,
    Role.ToolTipText: LIGHT,
    Role.PlaceholderText: FAINT,
    Role.Highlight: MARKED,
    Role.HighlightedText: "#ffffff",
    Role.Link: LINK,
    Role.LinkVisited: LINK,
    Role.Light: "#4a4a4c",
    Role.Midlight: "#3f3f41",
    Role.Mid: "#1f1f20",
    Role.Dark: "#141415",
    Role.Shadow: "#000000",
}
FADED = (Role.WindowText, Role.Text, Role.ButtonText, Role.HighlightedText)  # text of disabled controls


def darken(dark: bool) -> None:
    """Make the whole application dark, or restore the colours of the desktop."""
    application = QApplication.instance()
    if isinstance(application, QApplication) and dark != bool(application.property("night")):
        application.setProperty("night", dark)
        application.setPalette(_dark() if dark else QPalette())


def _dark() -> QPalette:
    palette = QPalette()
    for role, colour in COLOURS.items():
        palette.setColor(role, QColor(colour))
    for role in FADED:
        palette.setColor(Group.Disabled, role, QColor(FAINT))
    return palette
