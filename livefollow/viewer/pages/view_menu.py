"""The View menu (layout, size, paper, highlight) and the Settings dialog. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QIcon, QPixmap
from PyQt6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QMenu,
    QSlider,
    QWidget,
)

from livefollow.turning.view import Layout
from livefollow.turning.view_style import ViewStyle
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.cursor_menu import CursorMenu
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.pages.painting import COLOURS, Marker
from livefollow.viewer.settings.preferences import HIGHLIGHTS, WIDTH, Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.night import darken

ZOOMS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
FITS = 0.04  # difference from the zoom that fits, after a pinch
MOST_LOOK_AHEAD_S = 5.0
STEPS = 10  # per second, of the look-ahead slider


class ViewMenu(QObject):
    """Fills the View menu and applies its settings to the pages.

    Attributes:
        cursor: its entry Cursor.
        laid_out: layout or size has changed.
        look_ahead: seconds before the end of a page at which it is turned, from the slider.
    """

    laid_out = pyqtSignal()
    look_ahead = pyqtSignal(float)

    def __init__(
        self,
        window: QWidget,
        menus: Menus,
        pages: PageView,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
    ) -> None:
        """Add the actions to the menu and apply the settings.

        Args:
            window: parent of the dialog.
            menus: of the window.
            pages: the view.
            preferences: the settings.
            open_score: of the window.
        """
        super().__init__(window)
        self._window, self._pages, self._preferences, self._open = window, pages, preferences, open_score
        self._menus = menus
        self._dialog: SettingsDialog | None = None
        self._actions(menus)
        self.apply()
        open_score.opened.connect(self._begin)

    def apply(self) -> None:
        """Apply the settings to the pages."""
        values = self._preferences.values
        darken(values.paper == "night")
        self._pages.set_paper(values.paper)
        self._pages.set_trimmed(values.trim)
        self._pages.set_marker(Marker(values.highlight, values.highlight_colour, values.highlight_opacity))

    def _begin(self) -> None:
        """Apply size and layout remembered for a score."""
        memory = self._open.memory
        self._pages.set_zoom(memory.values.zoom if memory else 1.0)
        self._menus.actions["clean"].setChecked(memory is not None and memory.values.clean)
        layout = (memory.values.layout if memory else "") or self._preferences.values.layout
        self._menus.actions[f"layout.{layout}"].setChecked(True)
        self.laid_out.emit()

    def zoom(self, steps: int) -> None:
        """Zoom in or out by some steps; 0 fits the window."""
        now = self._pages.zoom
        nearest = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - now))
        zoom = ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)] if steps else 1.0
        self._pages.set_zoom(zoom)
        memory = self._open.memory
        if memory:
            memory.change(zoom=zoom)
        self.laid_out.emit()

    def pinch(self, factor: float, at: QPointF, way: QPointF) -> None:
        """Zoom while two fingers move: see `PageView.zoom_at`."""
        before = self._pages.zoom
        zoom = min(max(before * factor, ZOOMS[0]), ZOOMS[-1])
        self._pages.zoom_at(zoom, at, way)
        if (zoom > 1) != (before > 1):
            self.laid_out.emit()

    def end_pinch(self) -> None:
        """Keep the zoom that the fingers have left; one that nearly fits the window fits it."""
        if abs(self._pages.zoom - 1) < FITS:
            self._pages.set_zoom(1.0)
        if self._open.memory:
            self._open.memory.change(zoom=self._pages.zoom)
        self.laid_out.emit()

    def view_style(self) -> ViewStyle:
        """Return the style in which the pages are shown."""
        stage, marker = self._open.stage, self._pages.marker
        layout = stage.layout if stage else Layout.SINGLE
        return ViewStyle(layout, marker.style, marker.colour, marker.opacity, self._pages.paper)

    def ask(self) -> None:
        """Show the Settings dialog."""
        if self._dialog is None:
            self._dialog = SettingsDialog(self._window, self._preferences)
            self._dialog.changed.connect(self._changed)
        self._dialog.show()
        self._dialog.raise_()

    def _actions(self, menus: Menus) -> None:
        add, menu, values = menus.add, menus.menus["view"], self._preferences.values
        layout = _submenu(menu, self.tr("&Layout"))
        layouts = [
            ("auto", self.tr("&Automatic")),
            ("half", self.tr("&Half-Turns")),
            ("two", self.tr("&Two Pages Side by Side")),
            ("single", self.tr("&Single Page")),
            (WIDTH, self.tr("Fit &Width, by System")),
        ]
        menus.choice(layout, "layout", layouts, values.layout, self._set_layout)
        add(menu, "larger", self.tr("La&rger"), lambda: self.zoom(1), "Ctrl++", "Ctrl+=", with_score=True)
        add(menu, "smaller", self.tr("S&maller"), lambda: self.zoom(-1), "Ctrl+-", with_score=True)
        add(menu, "fit", self.tr("&Fit the Window"), lambda: self.zoom(0), "Ctrl+0", with_score=True)
        trim = add(menu, "trim", self.tr("Leave &Out Empty Margins"), self._set_trim, "M", checkable=True)
        trim.setChecked(values.trim)
        clean = self.tr("Clean Up Photographs a&nd Scans")
        add(menu, "clean", clean, self._set_clean, "U", checkable=True, with_score=True)
        menu.addSeparator()
        paper = _submenu(menu, self.tr("&Paper Colour"))
        papers = [("white", self.tr("&White")), ("sepia", self.tr("&Sepia")), ("night", self.tr("&Night"))]
        menus.choice(paper, "paper", papers, values.paper, self._set_paper)
        style = _submenu(menu, self.tr("&Highlight"))
        styles = [
            ("none", self.tr("&None")),
            ("line", self.tr("&Line")),
            ("box", self.tr("&Box")),
            ("bar", self.tr("Whole Ba&r")),
            ("system", self.tr("&System")),
        ]
        menus.choice(style, "highlight", styles, values.highlight, self._set_style)
        self.cursor = CursorMenu(self, menus, self._preferences)
        add(menu, "next_paper", self.tr("Next Paper &Colour"), self._next_paper, "N")
        add(menu, "next_highlight", self.tr("Next Kind of Hi&ghlight"), self._next_style, "H")
        add(menu, "settings", self.tr("Sett&ings …"), self.ask, "Ctrl+,")
        menu.addSeparator()

    def _set_layout(self, layout: str) -> None:
        memory = self._open.memory
        if memory:
            memory.change(layout=layout)
        else:
            self._preferences.change(layout=layout)
        self.laid_out.emit()

    def _set_trim(self, trim: bool) -> None:
        self._preferences.change(trim=trim)
        self.apply()
        self.laid_out.emit()

    def _set_clean(self, clean: bool) -> None:
        """Show this score cleaned up, or as it is; remembered with it."""
        self._pages.set_clean(clean)
        if self._open.memory:
            self._open.memory.change(clean=clean)

    def _set_paper(self, paper: str) -> None:
        self._preferences.change(paper=paper)
        self._menus.actions[f"paper.{paper}"].setChecked(True)
        self.apply()

    def _set_style(self, style: str) -> None:
        self._preferences.change(highlight=style)
        self._menus.actions[f"highlight.{style}"].setChecked(True)
        self.apply()

    def _next_paper(self) -> None:
        self._set_paper(_after(self._preferences.values.paper, ("white", "sepia", "night")))

    def _next_style(self) -> None:
        self._set_style(_after(self._preferences.values.highlight, HIGHLIGHTS))

    def _changed(self) -> None:
        self.apply()
        self.look_ahead.emit(self._preferences.values.look_ahead_s)


class SettingsDialog(QDialog):
    """The Settings dialog: sliders and colours; changes apply at once.

    Attributes:
        changed: a setting was changed.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget, preferences: RecordFile[Preferences]) -> None:
        """Show the present settings."""
        super().__init__(parent)
        self._preferences = preferences
        values = preferences.values
        self.setWindowTitle(self.tr("Settings"))
        form = QFormLayout(self)
        self.look_ahead = self._slider(0, int(MOST_LOOK_AHEAD_S * STEPS), round(values.look_ahead_s * STEPS))
        self._seconds = QLabel()
        form.addRow(self.tr("&Turn before the page is over:"), self.look_ahead)
        form.addRow("", self._seconds)
        self.colour = QComboBox()
        names = {
            "Blue": self.tr("Blue"),
            "Orange": self.tr("Orange"),
            "Yellow": self.tr("Yellow"),
            "Green": self.tr("Green"),
            "Purple": self.tr("Purple"),
            "Grey": self.tr("Grey"),
        }
        for name, value in COLOURS.items():
            self.colour.addItem(_swatch(value), names[name], value)
        self.colour.addItem(self.tr("Another …"), "")
        self._choose_colour(values.highlight_colour)
        form.addRow(self.tr("&Colour of the highlight:"), self.colour)
        self.opacity = self._slider(5, 100, round(100 * values.highlight_opacity))
        form.addRow(self.tr("&Strength:"), self.opacity)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        for widget, name in (
            (self.look_ahead, self.tr("Seconds before the page is over")),
            (self.colour, self.tr("Colour of the highlight")),
            (self.opacity, self.tr("Strength of the highlight, percent")),
        ):
            widget.setAccessibleName(name)
        self._say_seconds(values.look_ahead_s)
        self.look_ahead.valueChanged.connect(self._set_look_ahead)
        self.colour.activated.connect(self._set_colour)
        self.opacity.valueChanged.connect(self._set_opacity)

    def _slider(self, least: int, most: int, value: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(least, most)
        slider.setValue(value)
        slider.setMinimumWidth(260)
        return slider

    def _say_seconds(self, seconds: float) -> None:
        self._seconds.setText(self.tr("{:.1f} seconds at your tempo").format(seconds))

    def _set_look_ahead(self, value: int) -> None:
        self._say_seconds(value / STEPS)
        self._preferences.change(look_ahead_s=value / STEPS)
        self.changed.emit()

    def _set_opacity(self, percent: int) -> None:
        self._preferences.change(highlight_opacity=percent / 100)
        self.changed.emit()

    def _set_colour(self) -> None:
        value = self.colour.currentData()
        if not value:
            before = QColor(self._preferences.values.highlight_colour)
            chosen = QColorDialog.getColor(before, self, self.tr("Colour of the Highlight"))
            value = chosen.name() if chosen.isValid() else before.name()
            self._choose_colour(value)
        self._preferences.change(highlight_colour=value)
        self.changed.emit()

    def _choose_colour(self, value: str) -> None:
        """Select a colour, with an entry of its own if it is the player's."""
        if self.colour.findData(value) < 0:
            self.colour.insertItem(0, _swatch(value), value, value)
        self.colour.setCurrentIndex(self.colour.findData(value))


def _submenu(menu: QMenu, title: str) -> QMenu:
    inner = QMenu(title, menu)
    menu.addMenu(inner)
    return inner


def _after(value: str, values: tuple[str, ...]) -> str:
    return values[(values.index(value) + 1) % len(values)]


def _swatch(colour: str) -> QIcon:
    picture = QPixmap(16, 16)
    picture.fill(QColor(colour))
    return QIcon(picture)
