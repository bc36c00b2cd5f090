"""The annotations over the pages: those of the open score, and the one that is being made. Window thread only."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import cast

from PyQt6.QtCore import QPointF, QRectF
from PyQt6.QtGui import QPainter, QTransform

from livefollow.score.annotations.geometry import Spot, box_of, to_display, to_file
from livefollow.score.annotations.kinds import Annotation, Ink, Point
from livefollow.viewer.annotations.painting import Shape, ink_path, page_transform, shape_of
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.layout import Pane
from livefollow.viewer.pages.page_view import PageView

STAFF_SPACE_PT = 5.0  # where none is known
EDGE_PX = 2.0  # repainted around what has changed: edges are smooth

Written = Callable[[int], tuple[Annotation, ...]]


class Layer:
    """Paints annotations on the panes of a page view, and turns places on the screen into places on pages.

    Attributes:
        written_now: a page, and what is on it while something is being erased; None otherwise.
        writing: whether the player writes.
    """

    def __init__(self, pages: PageView, open_score: OpenScore, written: Written) -> None:
        """Paint below everything else that lies over the pages.

        Args:
            pages: the view.
            open_score: of the window.
            written: returns the annotations of a page.
        """
        self._pages, self._open, self._written = pages, open_score, written
        self.written_now: tuple[int, tuple[Annotation, ...]] | None = None
        self._shapes: dict[int, tuple[tuple[Annotation, ...], list[Shape]]] = {}
        self._stroke: tuple[int, Sequence[Point], str, bool] | None = None  # being drawn: page, points, style
        self._draft: tuple[int, Shape] | None = None  # being placed
        self.writing = False  # what is written changes often: pictures are not made with it
        pages.overlays.insert(0, self.paint)
        pages.writing, pages.write = self.settled, self.draw

    def forget(self) -> None:
        """Forget the shapes of a score that is closed."""
        self._shapes.clear()
        self._stroke = self._draft = self.written_now = None

    # --- what is being made ---

    def show_stroke(self, page: int, points: Sequence[Point], colour: str, highlighter: bool) -> None:
        """Show a stroke that is drawn; it may be the same list as before, with one more point."""
        self._stroke = page, points, colour, highlighter
        self._update(page, _around(points[-2:]))

    def show_draft(self, page: int, annotation: Annotation) -> None:
        """Show an annotation that is being placed."""
        before, shape = self._draft, shape_of(annotation)
        self._draft = page, shape
        for number, there in (before or (page, shape), self._draft):
            self._update(number, there.box)

    def end(self) -> None:
        """Show what is being made no longer."""
        stroke, draft = self._stroke, self._draft
        self._stroke = self._draft = None
        if stroke:
            self._update(stroke[0], _around(stroke[1]))
        if draft:
            self._update(draft[0], draft[1].box)

    # --- painting ---

    def paint(self, painter: QPainter, pane: Pane) -> None:
        """Draw what is written on a pane's page, as far as it is to be repainted.

        Args:
            painter: in device px, clipped to the part of the pane that is to be repainted.
            pane: the one being drawn.
        """
        shapes = [] if pane.page in self._pages.written_in else self.shapes(pane.page)
        stroke = self._stroke if self._stroke and self._stroke[0] == pane.page else None
        draft = self._draft[1] if self._draft and self._draft[0] == pane.page else None
        if not (shapes or stroke or draft):
            return
        transform = self.transform(pane)
        dirty = transform.inverted()[0].mapRect(painter.clipBoundingRect())
        night = self._pages.paper == "night"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(transform, combine=True)
        for shape in shapes:
            if shape.box.intersects(dirty):
                shape.paint(painter, night)
        if stroke:
            _paint_stroke(painter, stroke, dirty, night)
        if draft:
            draft.paint(painter, night)
        painter.restore()

    def written(self, page: int) -> tuple[Annotation, ...]:
        """Return what is on a page at this moment."""
        if self.written_now and self.written_now[0] == page:
            return self.written_now[1]
        return self._written(page)

    def settled(self, page: int) -> tuple[Annotation, ...]:
        """Return what pictures of a page may be made with: so it costs nothing while the player plays."""
        return () if self.writing else self._written(page)

    def draw(self, painter: QPainter, page: int, written: tuple[object, ...], scale: float, night: bool) -> None:
        """Draw what is written on a picture of a page, on any thread; arguments as for `PageStore.write`."""
        corner = Pane(page, 0, 0, 0, 0, 0.0, 0.0, scale, tilt=self._pages.tilt(page))
        painter.setTransform(self.transform(corner))
        for annotation in written:
            shape_of(cast(Annotation, annotation)).paint(painter, night)

    def shapes(self, page: int) -> list[Shape]:
        """Return the shapes of a page's annotations; only new ones are made."""
        written = self.written(page)
        known, shapes = self._shapes.get(page, ((), []))
        if known is not written:
            made = {id(annotation): shape for annotation, shape in zip(known, shapes, strict=True)}
            shapes = [made.get(id(annotation)) or shape_of(annotation) for annotation in written]
            self._shapes[page] = written, shapes
        return shapes

    def update(self, annotations: Sequence[Annotation], page: int) -> None:
        """Repaint where annotations are, or were."""
        for annotation in annotations:
            self._update(page, shape_of(annotation).box)

    def _update(self, page: int, box: QRectF) -> None:
        """Repaint a box on a page, points."""
        ratio = self._pages.devicePixelRatioF()
        for pane in self._pages.panes():
            if pane.page == page:
                here = self.transform(pane).mapRect(box).adjusted(-EDGE_PX, -EDGE_PX, EDGE_PX, EDGE_PX)
                self._pages.update(QRectF(here.topLeft() / ratio, here.bottomRight() / ratio).toAlignedRect())

    # --- places ---

    def staff_space(self, page: int, x: float, y: float) -> float:
        """Return the staff space at a point of a page as it stands in its file, points."""
        strip, size = self._open.strip, self._size(page)
        try:
            place = strip.nearest(page, *to_display(x, y, self.turned(page), size)) if strip else None
        except LookupError:  # not read yet, or no music
            place = None
        return place.system.staff_space if place else STAFF_SPACE_PT

    def transform(self, pane: Pane) -> QTransform:
        """Return the way from the page of a pane, as it stands in its file, to device px."""
        return page_transform(pane, self.turned(pane.page), self._size(pane.page))

    def turned(self, page: int) -> int:
        """Return the quarters clockwise by which a page stands turned."""
        return self._open.score.document.turned(page) if self._open.score else 0

    def pane_at(self, place: QPointF) -> Pane | None:
        """Return the pane at a place on the widget, if its page is there, too."""
        found = self._pages.to_page(place)
        return next((pane for pane in self._pages.panes() if found and pane.page == found[0]), None)

    def on_page(self, page: int, place: QPointF) -> Spot | None:
        """Return the point of a page, as it stands in its file, at a place on the widget; on its edge for one beyond.

        None if the page is not shown.
        """
        pane = next((pane for pane in self._pages.panes() if pane.page == page), None)
        if pane is None:
            return None
        ratio, (width, height) = self._pages.devicePixelRatioF(), self._size(page)
        x = min(max(place.x() * ratio, pane.left), pane.left + pane.width)
        y = min(max(place.y() * ratio, pane.top), pane.top + pane.height)
        x_pt, y_pt = pane.to_page(x, y)
        return to_file(min(max(x_pt, 0.0), width), min(max(y_pt, 0.0), height), self.turned(page), (width, height))

    def on_screen(self, page: int, x: float, y: float) -> QPointF | None:
        """Return the place on the widget of a point of a page as it stands in its file; None if it is not shown."""
        pane = next((pane for pane in self._pages.panes() if pane.page == page), None)
        return self.transform(pane).map(QPointF(x, y)) / self._pages.devicePixelRatioF() if pane else None

    def _size(self, page: int) -> Spot:
        return self._pages.store.size(page) if self._pages.store else (1.0, 1.0)


def _around(points: Sequence[Point]) -> QRectF:
    left, top, right, bottom = box_of(Ink(tuple(points), ""))
    return QRectF(QPointF(left, top), QPointF(right, bottom))


def _paint_stroke(
    painter: QPainter, stroke: tuple[int, Sequence[Point], str, bool], dirty: QRectF, night: bool
) -> None:
    """Draw those parts of a stroke that are to be repainted: it may be long, and grows with every move."""
    _, points, colour, highlighter = stroke
    if len(points) == 1:
        Shape(dirty, ink_path(points), colour, highlighter).paint(painter, night)
        return
    path = None
    for a, b in itertools.pairwise(points):
        if _around((a, b)).intersects(dirty):
            part = ink_path((a, b))
            if path is None:
                path = part
            else:
                path.addPath(part)
    if path is not None:
        Shape(dirty, path, colour, highlighter).paint(painter, night)
