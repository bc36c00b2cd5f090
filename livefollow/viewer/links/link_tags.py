"""Links on the pages: a small tag at the bar line where the player leaves, and one where they go on.

A click on a tag offers how often the link is taken, to go there, and to remove it. Window thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PyQt6.QtGui import QAction, QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QMenu

from livefollow.score.links.ways import END, EVERY_PASS, LAST_PASS, Link
from livefollow.viewer.links.score_links import INSIDE_PX, ScoreLinks, ShownLink
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.layout import Pane
from livefollow.viewer.pages.page_view import PageView

LETTERS_PX, PAD_PX, LINE_PX = 12, 4, 1.5  # px, times the screen's pixel ratio
TOUCH_PX = 10  # around a tag that count as it
LIFT = 5.0  # staff spaces of a tag above the system: over bar numbers and signs
ROOM = 0.75  # of the room up to the system before that is used at most
INK, INK_AT_NIGHT = "#7d3b63", "#e2a1c6"
SHEET, SHEET_AT_NIGHT = "#fbf5f9", "#2b2228"
MOST_TIMES = 5  # that the menu offers


@dataclass(frozen=True)
class LinkTag:
    """One end of a link on a pane, device px of the page view."""

    shown: ShownLink | None  # None: the end of a link that is being drawn
    box: QRectF
    text: str
    line: tuple[QPointF, QPointF]  # along the bar line, from the tag to the system


class LinkTags(QObject):
    """Draws the tags over a page view, and takes their clicks."""

    def __init__(
        self, pages: PageView, open_score: OpenScore, links: ScoreLinks, bar_at: Callable[[float], int | None]
    ) -> None:
        """Begin without links.

        Args:
            pages: to draw over; event filters installed before this do not see clicks on tags.
            open_score: of the window.
            links: of the open score.
            bar_at: returns the number of the bar at a strip x, None if unknown.
        """
        super().__init__(pages)
        self._pages, self._open, self._links, self._bar_at = pages, open_score, links, bar_at
        self._pressed: LinkTag | None = None
        pages.overlays.append(self.paint)
        pages.installEventFilter(self)
        self._known: dict[Pane, list[LinkTag]] = {}  # repainting a highlight must not find them anew
        links.changed.connect(self.refresh)

    # --- what is seen ---

    def refresh(self) -> None:
        """Draw the tags anew: links, or bar numbers, have changed."""
        self._known.clear()
        self._pages.update()

    def tags(self) -> list[LinkTag]:
        """Return the tags that are seen."""
        return [tag for pane in self._pages.panes() for tag in self._tags(pane)]

    def paint(self, painter: QPainter, pane: Pane) -> None:
        """Draw the tags on a pane's page.

        Args:
            painter: in device px, clipped to the pane.
            pane: the one being drawn.
        """
        night, ratio = self._pages.paper == "night", self._pages.devicePixelRatioF()
        ink, sheet = QColor(INK_AT_NIGHT if night else INK), QColor(SHEET_AT_NIGHT if night else SHEET)
        for tag in self._tags(pane):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(ink, LINE_PX * ratio))
            painter.drawLine(*tag.line)
            painter.setBrush(sheet)
            radius = tag.box.height() / 4
            painter.drawRoundedRect(tag.box, radius, radius)
            painter.setFont(self._font())
            painter.drawText(tag.box, Qt.AlignmentFlag.AlignCenter, tag.text)
            painter.restore()

    def _font(self) -> QFont:
        font = QFont(self._pages.font())
        font.setPixelSize(round(LETTERS_PX * self._pages.devicePixelRatioF()))
        return font

    def _tags(self, pane: Pane) -> list[LinkTag]:
        if pane not in self._known:
            seen = set(self._pages.panes())
            self._known = {known: tags for known, tags in self._known.items() if known in seen}
            self._known[pane] = self._placed(pane)
        return self._known[pane]

    def _placed(self, pane: Pane) -> list[LinkTag]:
        out: list[LinkTag] = []
        for shown, x, text, leaves in self._ends():
            tag = self._tag(pane, shown, x, text, leaves=leaves)
            while tag and any(tag.box.intersects(other.box) for other in out):
                tag = LinkTag(shown, tag.box.translated(0, -tag.box.height() - 1), text, tag.line)
            if tag:
                out.append(tag)
        return out

    def _ends(self) -> Iterator[tuple[ShownLink | None, float, str, bool]]:
        """Yield every end of every link: strip px, text, and whether the player leaves there."""
        for shown in self._links.shown:
            link = shown.link
            yield shown, link.leave - INSIDE_PX, self._leaving(link), True
            if link.enter != END:
                yield shown, link.enter + INSIDE_PX, f"← {self._name(link.leave - INSIDE_PX)}", False
        strip = self._open.strip
        for place, leaves in ((self._links.leave, True), (self._links.enter, False)):
            if place and strip:
                yield None, strip.from_page(*place), "→ ?" if leaves else "← ?", leaves

    def _leaving(self, link: Link) -> str:
        how_often = self.how_often(link, link.passes)
        usual = link.passes == (1 if link.back else EVERY_PASS)
        if link.enter == END:
            return "Fine" if link.passes == LAST_PASS else f"Fine · {how_often}"
        name = f"→ {self._name(self._first_note(link.enter))}"
        return name if usual else f"{name} · {how_often}"

    def _first_note(self, x: float) -> float:
        """Strip x of the first note behind a bar line, which is in the bar that begins there."""
        events = self._open.reading.x if self._open.reading is not None else np.empty(0)
        index = int(np.searchsorted(events, x))
        return float(events[index]) if index < len(events) else x

    def _name(self, x: float) -> str:
        """Name a place: by its bar, else by its page."""
        bar, strip = self._bar_at(x), self._open.strip
        if bar is not None:
            return str(bar)
        return self.tr("page {}").format(strip.to_page(x).page) if strip else ""

    def how_often(self, link: Link, passes: int) -> str:
        """Say how often a link is taken, or in which pass, if it had so many passes."""
        if link.back:
            return self.tr("once") if passes == 1 else self.tr("{} times").format(passes)
        if passes == EVERY_PASS:
            return self.tr("every time")
        if passes == LAST_PASS:
            return self.tr("the last time")
        only = [
            self.tr("only the 1st time"),
            self.tr("only the 2nd time"),
            self.tr("only the 3rd time"),
            self.tr("only the 4th time"),
            self.tr("only the 5th time"),
        ]
        return only[min(passes, len(only)) - 1]

    def _tag(self, pane: Pane, shown: ShownLink | None, x: float, text: str, *, leaves: bool) -> LinkTag | None:
        strip = self._open.strip
        if strip is None:
            return None
        place = next((p for p in list(strip.placements) if p.x0 <= x < p.x1), None)
        if place is None or place.system.page != pane.page:
            return None
        ratio, metrics = self._pages.devicePixelRatioF(), QFontMetricsF(self._font())
        pad = PAD_PX * ratio
        top = place.staves[0].top
        above = [
            p.system.bottom for p in list(strip.placements) if p.system.page == pane.page and p.system.bottom < top
        ]
        lift = LIFT * place.system.staff_space
        if above:
            room = ROOM * (top - max(above)) - (QFontMetricsF(self._font()).height() + 2 * PAD_PX) / pane.scale
            lift = max(min(lift, room), place.system.staff_space)
        at_x, line_top = pane.to_screen(float(place.to_page(x)[0]), top - lift)
        _, system_top = pane.to_screen(0, top)
        width, height = metrics.horizontalAdvance(text) + 2 * pad, metrics.height() + pad
        left = at_x - width if leaves else at_x
        left = min(max(left, pane.left + 1), pane.left + pane.width - width - 1)
        box = QRectF(left, max(line_top - height, pane.top + 1), width, height)
        seen = QRectF(pane.left, pane.top, pane.width, min(pane.height, pane.end - pane.top))
        line = QPointF(at_x, box.bottom()), QPointF(at_x, system_top)
        return LinkTag(shown, box, text, line) if seen.contains(QPointF(at_x, system_top)) else None

    # --- clicks ---

    def offer(self) -> None:
        """Open the menu of the link that is nearest to where the player is."""
        shown = self._links.nearest()
        if shown is None:
            return
        tag = next((tag for tag in self.tags() if tag.shown == shown), None)
        at = tag.box.bottomLeft() / self._pages.devicePixelRatioF() if tag else QPointF(self._pages.rect().center())
        self._open_menu(shown, self._pages.mapToGlobal(at))

    def _open_menu(self, shown: ShownLink, at: QPointF) -> None:
        menu = self.menu_of(shown)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at.toPoint())

    def menu_of(self, shown: ShownLink) -> QMenu:
        """Build the menu of a link."""
        menu, link = QMenu(self._pages), shown.link
        self._entry(menu, self.tr("&Go There"), lambda: self._links.go_to(shown))
        menu.addSeparator()
        passes = range(1, MOST_TIMES + 1) if link.back else (EVERY_PASS, LAST_PASS, *range(1, MOST_TIMES + 1))
        for count in passes:
            often = self.how_often(link, count)
            entry = self._entry(menu, often[:1].upper() + often[1:], self._setter(shown, count))
            entry.setCheckable(True)
            entry.setChecked(count == link.passes)
        menu.addSeparator()
        self._entry(menu, self.tr("&Remove This Link"), lambda: self._links.remove(shown))
        return menu

    def _setter(self, shown: ShownLink, passes: int) -> Callable[[], None]:
        return lambda: self._links.set_passes(shown, passes)

    @staticmethod
    def _entry(menu: QMenu, text: str, do: Callable[[], None]) -> QAction:
        entry = QAction(text, menu)
        entry.triggered.connect(lambda _=False: do())
        menu.addAction(entry)
        return entry

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: ARG002, N802  # Qt's names
        """Open the menu of a tag that is clicked; the click has no other effect."""
        kind = QEvent.Type
        if not isinstance(a1, QMouseEvent) or a1.button() != Qt.MouseButton.LeftButton:
            return False
        if a1.type() in (kind.MouseButtonPress, kind.MouseButtonDblClick):
            self._pressed = self.at(a1.position())
            return self._pressed is not None
        if a1.type() == kind.MouseButtonRelease and self._pressed:
            pressed, self._pressed = self._pressed, None
            if pressed.shown and self.at(a1.position()) == pressed:
                self._open_menu(pressed.shown, a1.globalPosition())
            return True
        return False

    def at(self, place: QPointF) -> LinkTag | None:
        """Return the tag at a place on the page view."""
        ratio = self._pages.devicePixelRatioF()
        at, more = place * ratio, TOUCH_PX * ratio / 2
        tags = [tag for tag in self.tags() if tag.shown]
        return next((tag for tag in tags if tag.box.adjusted(-more, -more, more, more).contains(at)), None)
