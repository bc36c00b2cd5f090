"""The widget with the pages and the highlight that moves over them. Window thread only.

Painting uses the pictures that are ready and never waits; while a highlight moves, only what it touches is repainted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PyQt6.QtCore import QPointF, QRectF, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from livefollow.score.clean_view import LEVEL, Tilt, tilt_of
from livefollow.score.document import Document
from livefollow.score.systems import System
from livefollow.turning.view import Highlight, Layout, View
from livefollow.viewer.pages.layout import PageBox, Pane, arrange, automatic, focus_on, next_screen
from livefollow.viewer.pages.moving_highlight import MovingHighlight
from livefollow.viewer.pages.page_store import PageCrop, PageStore, PictureKey, Write, Written
from livefollow.viewer.pages.painting import AROUND, Marker, paint_divider, paint_page, paint_seam
from livefollow.viewer.pages.rolling import Rolling, slices_of

SETTLE_MS = 120  # without resizing, after which pictures are made in the new size


class PageView(QWidget):
    """Shows pages of a document, with the highlight.

    Attributes:
        painted: time stamp (seconds) of the newest position that has been painted.
        shape_changed: the shape of the widget may require another layout.
        overlays: called with the painter and each pane, between page and highlight; the painter's clip is the part of
            the pane that is repainted.
        still: returns whether the page shall not be scrolled by itself, because the player writes on it.
        rolling: which systems are seen, where the width fits.
        writing: returns what is written on a page and changes so seldom that pictures may be made with it.
        write: draws that on a picture: see `PageStore.write`.
        written_in: pages whose pictures show what is written, at the present repaint.
    """

    painted = pyqtSignal(float)
    shape_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without a score.

        Args:
            parent: of the widget.
            clock: seconds, for the highlight's motion.
        """
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 200)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Score"))
        self._highlight = MovingHighlight(clock, self)
        self._highlight.moved.connect(self._move)
        self.overlays: list[Callable[[QPainter, Pane], None]] = []
        self.still: Callable[[], bool] = lambda: False
        self.writing: Callable[[int], Written] = lambda _page: ()
        self.write: Write | None = None
        self.written_in: set[int] = set()
        self._held = False
        self._wanted: View | None = None  # to be shown once the view is held no longer
        self._store: PageStore | None = None
        self._order: tuple[int, ...] = ()
        self.rolling = Rolling(())
        self._by_system = self._clean = False
        self._view: View | None = None
        self._time_s = -1.0
        self._paper, self._zoom, self._trimmed = "white", 1.0, True
        self._focus: tuple[float, float] | None = None
        self._left_at: tuple[int, float] | None = None  # system from which the player has scrolled away
        self._panes: tuple[Pane, ...] | None = None
        self._resizing = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._settle)

    # --- what is shown ---

    @property
    def view(self) -> View | None:
        """The pages that are seen; None without a score."""
        return self._view

    @property
    def store(self) -> PageStore | None:
        """Pictures of the open document; None without one."""
        return self._store

    @property
    def paper(self) -> str:
        """Name of the paper: white, sepia or night."""
        return self._paper

    @property
    def zoom(self) -> float:
        """Zoom factor; 1 fits the window."""
        return self._zoom

    @property
    def highlight_x(self) -> float:
        """Present x of the highlight in its system, points."""
        return self._highlight.x

    @property
    def marker(self) -> Marker:
        """Style of the highlight."""
        return self._highlight.marker

    def open(self, document: Document, order: Sequence[int] = (), crops: Mapping[int, PageCrop] | None = None) -> None:
        """Show a document's first page.

        Args:
            document: kept open by the caller until `close_document`.
            order: numbers of the pages that are shown, in their order; all by default.
            crops: the part (left, top, right, bottom, points) of pages that are not shown whole.
        """
        self.close_document()
        self._order = tuple(order) or tuple(range(1, document.page_count + 1))
        self._store = PageStore(document, parent=self)
        self._store.crops = dict(crops or {})
        self._store.write = self.write
        self._store.ready.connect(self._show_made)
        self._store.measured.connect(self._measured)
        self.show_view(View(self._order[0]))

    def renew(self, page: int) -> None:
        """Show a page again whose rotation may have changed."""
        if self._store:
            self._store.renew(page)

    def close_document(self) -> None:
        """Forget the document and show no score."""
        if self._store:
            self._store.close()
        self._store = self._view = self._wanted = self._focus = None
        self.rolling = Rolling(())
        self._held = False
        self._highlight.stop()
        self.refresh()

    def show_view(self, view: View) -> None:
        """Show the pages of a view; while the view is held, after that."""
        if self._held:
            self._wanted = view
        elif view != self._view:
            self._view, self._focus, self._left_at = view, None, None
            self.refresh()

    def hold(self, held: bool) -> None:
        """Keep what is shown in its place while a pen presses on it; afterwards show what was wanted meanwhile."""
        self._held = held
        if not held and self._wanted:
            wanted, self._wanted = self._wanted, None
            self.show_view(wanted)

    def show_highlight(self, highlight: Highlight | None, time_s: float = -1.0, sure: bool = True) -> None:
        """Move the highlight.

        Args:
            highlight: its new place; None to hide it.
            time_s: time stamp of the position, which `painted` emits.
            sure: whether the place is certain; else it is drawn faintly.
        """
        self._time_s = time_s
        self._highlight.aim(highlight, sure)
        self._keep_in_view()
        self._highlight.go()

    def set_paper(self, paper: str) -> None:
        """Set the paper: white, sepia or night."""
        self._paper = paper
        self.refresh()

    def set_zoom(self, zoom: float) -> None:
        """Set the zoom factor; 1 fits the window."""
        self._zoom, self._focus = zoom, None
        self._keep_in_view()
        self.refresh()

    def set_trimmed(self, trimmed: bool) -> None:
        """Set whether to leave out margins that are empty on every page."""
        self._trimmed = trimmed
        self.refresh()

    def set_marker(self, marker: Marker) -> None:
        """Set the style of the highlight."""
        self._highlight.marker = marker
        self.update()

    def zoom_at(self, zoom: float, at: QPointF, way: QPointF) -> None:
        """Set the zoom factor such that what is between two fingers stays there.

        Args:
            zoom: 1 fits the window.
            at: between the fingers, px of the widget.
            way: px by which they have moved.
        """
        ratio = self.devicePixelRatioF()
        place = self.to_page(at - way)
        self._zoom, self._focus, self._panes = zoom, None, None
        panes = self.panes()
        if place and len(panes) == 1 and panes[0].page == place[0] and not self._held:
            pane, (_, x, y) = panes[0], place
            self._focus = (
                x + (pane.width / 2 - at.x() * ratio) / pane.scale,
                y + (pane.height / 2 - at.y() * ratio) / pane.scale,
            )
            if self._highlight.here:
                self._left_at = self._highlight.system
        self._resizing = True  # pictures are made anew once the fingers rest
        self._settling.start()
        self.refresh()

    def scroll_by(self, dy: float, dx: float = 0.0) -> bool:
        """Scroll a page that is larger than the screen by device px; False if there is no more to see."""
        self._panes = None  # a page that was measured only now has moved
        before = self.panes()
        if len(before) != 1 or self._held:
            return False
        pane = before[0]
        middle = pane.to_page(pane.width / 2 + dx, pane.height / 2 + dy)
        self._focus = middle
        self.refresh()
        moved = self.panes() != before
        if moved and self._highlight.here:
            self._left_at = self._highlight.system
        return moved

    def read_on(self, forward: bool, systems: Sequence[tuple[float, float]]) -> bool:
        """Scroll a page that is larger than the screen by a screenful of systems; False at its end.

        Args:
            forward: down, or up.
            systems: top and bottom of each on the page, points.
        """
        self._panes = None
        panes = self.panes()
        if self._zoom <= 1 or len(panes) != 1:
            return False
        by = next_screen(panes[0], self._box(panes[0].page), systems, forward)
        return by is not None and self.scroll_by(by)

    def to_end(self) -> None:
        """Scroll to the end of a page that is larger than the screen."""
        box = self._box(self._view.page) if self._view else None
        if box and self._zoom > 1:
            self._focus = box.left + box.width / 2, box.top + box.height
            self.refresh()

    def automatic_layout(self) -> Layout:
        """Return the layout that suits the shape of the widget."""
        return automatic(self._box(self._order[0] if self._order else 1), len(self._order), *self._room())

    @property
    def top_pt(self) -> float:
        """Return the y of a page at the upper edge of the screen when it is shown alone, points."""
        page = self._view.page if self._view else 1
        (alone,) = arrange(View(page), self._box, *self._room())
        return alone.to_page(0, 0)[1]

    def panes(self) -> tuple[Pane, ...]:
        """Return the panes, in device px of the widget."""
        if self._view is None or self._store is None:
            return ()
        if self._panes is None:
            if self._rolls:
                panes = self.rolling.panes(self._box, *self._room())
            else:
                panes = arrange(self._view, self._box, *self._room(), self._zoom, self._focus)
            self._panes = tuple(replace(pane, tilt=self.tilt(pane.page)) for pane in panes) if self._clean else panes
        return self._panes

    def _box(self, page: int) -> PageBox:
        return self._store.box(page, self._trimmed, self._clean) if self._store else PageBox(0, 0, 1.0, 1.4)

    def to_page(self, at: QPointF) -> tuple[int, float, float] | None:
        """Return page, x and y in points at a place on the widget; None beside the pages."""
        ratio = self.devicePixelRatioF()
        x, y = at.x() * ratio, at.y() * ratio
        for pane in self.panes():
            if pane.holds(x, y) and self._store:
                x_pt, y_pt = pane.to_page(x, y)
                width, height = self._store.size(pane.page)
                if 0 <= x_pt <= width and 0 <= y_pt <= height:
                    return pane.page, x_pt, y_pt
        return None

    def refresh(self) -> None:
        """Repaint all pages."""
        self._panes = None
        self.update()

    def _room(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    # --- cleaned up ---

    def set_clean(self, clean: bool) -> None:
        """Show pages level, white and without what lies around them, or as they are."""
        if clean != self._clean:
            self._clean = clean
            self.refresh()

    @property
    def clean(self) -> bool:
        """Whether pages are shown cleaned up."""
        return self._clean

    def know_lies(self, systems: Sequence[System]) -> None:
        """Take the systems of the score as far as it is read: they say how pages lie. Pages that are known stay."""
        store = self._store
        if store is None:
            return
        fresh = {system.page for system in systems} - set(store.lies)
        for page in fresh:
            here = tuple(system for system in systems if system.page == page)
            store.lies[page] = here, tilt_of(here, *store.size(page))
        if fresh and self._clean:
            store.forget(fresh)
            self.refresh()

    def tilt(self, page: int) -> Tilt:
        """Return how the picture of a page is turned: not at all unless it is cleaned up."""
        return self._store.lies.get(page, ((), LEVEL))[1] if self._clean and self._store else LEVEL

    # --- by system ---

    @property
    def _rolls(self) -> bool:
        return self._by_system and bool(self.rolling.slices)

    def set_by_system(self, on: bool) -> None:
        """Fit the width and go on by system, as far as systems are known, or show pages."""
        if on != self._by_system:
            self._by_system = on
            self.refresh()

    @property
    def by_system(self) -> bool:
        """Whether the width fits and what is seen goes on by system."""
        return self._rolls

    def know_systems(self, systems: Sequence[tuple[int, float, float]]) -> None:
        """Take the systems of the score as far as it is read: page, top and bottom (points) of each."""
        if len(systems) != len(self.rolling.slices):
            known = self.rolling
            self.rolling = Rolling(slices_of(systems))
            if known.slices:
                self.rolling.show(max(0, min((k for k in known.places if k >= 0), default=0)))
            self.refresh()

    def show_system(self, index: int) -> None:
        """Show a system at the top, by hand."""
        self.rolling.show(index)
        self.refresh()

    def follow_systems(self, ahead: Sequence[int], time_s: float) -> None:
        """Go on to what the player plays: see `Rolling.follow`."""
        if self._rolls and not self._held and not self.still() and self.rolling.follow(ahead, time_s):
            self.refresh()

    def _place_of(self, page: int) -> int:
        return self._order.index(page) + 1 if page in self._order else page

    # --- painting ---

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: N802  # Qt's name
        """Draw the changed parts of pages and highlight."""
        painter = QPainter(self)
        sheet = self._rolls and self._store is not None
        painter.fillRect(self.rect(), PageStore.sheet(self._paper) if sheet else QColor(AROUND[self._paper]))
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        panes = self.panes()
        dirty = QRectF(a0.rect() if a0 else self.rect())
        dirty = QRectF(dirty.topLeft() * ratio, dirty.bottomRight() * ratio)
        for pane in panes:
            part = QRectF(pane.left, pane.top, pane.width, pane.height) & dirty
            if part.isEmpty():
                continue
            part &= self._uncropped(pane, part)
            painter.setClipRect(part)
            self._paint_page(painter, pane)
            for overlay in self.overlays:
                overlay(painter, pane)
            self._highlight.paint(painter, pane, self._paper == "night")
        painter.setClipping(False)
        if self._rolls:
            for k in self.rolling.seams():
                paint_seam(painter, k * self._room()[1] / len(self.rolling.places), self._room()[0], self._paper, ratio)
        elif len(panes) == 2:
            paint_divider(painter, panes, self._paper, ratio, self.font(), self._place_of)
        painter.end()
        if panes:
            self._prepare(panes)
        if self._time_s >= 0:
            self.painted.emit(self._time_s)
            self._time_s = -1.0

    def _uncropped(self, pane: Pane, part: QRectF) -> QRectF:
        """Return the part of the screen in which a page is shown."""
        crop = self._store.crops.get(pane.page) if self._store else None
        if crop is None:
            return part
        corners = pane.to_screen(*crop[:2]), pane.to_screen(*crop[2:])
        return QRectF(QPointF(*corners[0]), QPointF(*corners[1]))

    def _key(self, page: int, pane: Pane) -> PictureKey:
        """Return the key of a page's picture at the scale of a pane."""
        return PictureKey(page, round(pane.scale, 4), self._paper, self._clean)

    def _prepare(self, panes: tuple[Pane, ...]) -> None:
        """Request pictures of the pages before and after, so that they are ready when the page is turned."""
        seen = [self._order.index(pane.page) for pane in panes if pane.page in self._order]
        for place in (min(seen, default=0) - 1, max(seen, default=-1) + 1):
            if self._store and 0 <= place < len(self._order) and not self._resizing:
                page = self._order[place]
                key = self._key(page, panes[0])
                self._store.prepare(key)
                if what := self.writing(page):
                    self._store.written(key, what)

    def _paint_page(self, painter: QPainter, pane: Pane) -> None:
        if self._store:
            key = self._key(pane.page, pane)
            image, exact = self._store.picture(key, wanted=not self._resizing)
            what = self.writing(pane.page) if exact else ()
            written = self._store.written(key, what) if what else None
            self.written_in.discard(pane.page)
            if written:
                self.written_in.add(pane.page)
                image = written
            paint_page(painter, pane, self._store.size(pane.page), self._store.sheet(self._paper), image, exact)

    # --- motion ---

    def _move(self) -> None:
        """Repaint the old and new place of the highlight."""
        self.update(self._highlight.touched(self.panes(), self.devicePixelRatioF()))

    def _keep_in_view(self) -> None:
        """Scroll a page that is larger than the screen, if the place played is not well in view."""
        if self._held or self.still():
            return
        panes = self.panes()
        here = self._highlight.here
        if here is None or len(panes) != 1 or self._store is None or panes[0].page != here.page:
            return
        if self._left_at == self._highlight.system:  # scrolled away by the player, until the next system
            return
        self._left_at = None
        focus = focus_on(panes[0], here)
        if focus and self._zoom > 1 and not self._rolls:
            self._focus, self._panes = focus, None
            if self.panes() != panes:  # it may be at the page's edge already
                self.update()

    # --- Qt's events ---

    def resizeEvent(self, a0: QResizeEvent | None) -> None:  # noqa: N802  # Qt's name
        """Show scaled pictures until the size has settled."""
        self._resizing = a0 is not None and a0.oldSize().isValid()
        self._settling.start()
        self.refresh()
        self.shape_changed.emit()
        super().resizeEvent(a0)

    def _settle(self) -> None:
        self._resizing = False
        self.refresh()

    def _show_made(self, page: int) -> None:
        """Show a page whose picture has been made."""
        if any(pane.page == page for pane in self.panes()):
            self.update()

    def _measured(self) -> None:
        """Update the layout when sizes or margins are known."""
        self.refresh()
        self.shape_changed.emit()
