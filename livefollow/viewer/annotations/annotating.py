"""Writing on the score: when the player writes, what becomes of it, and how it is told. Window thread only.

Following goes on meanwhile. No page turns by itself as long as the player writes, and HOLD_S after that; keys and
pedals turn, but never under a pen that presses.
"""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from livefollow.score.annotations.kinds import Annotation, Text
from livefollow.viewer.annotations.annotate_menu import AnnotateMenu
from livefollow.viewer.annotations.copying import AnnotationSearch, Copying
from livefollow.viewer.annotations.hand import Hand
from livefollow.viewer.annotations.layer import Layer
from livefollow.viewer.annotations.painting import text_width
from livefollow.viewer.annotations.text_entry import TextEntry
from livefollow.viewer.annotations.tools import TEXT_SPACES, ToolBox
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.menus import Menus

HOLD_S = 10.0  # after the last stroke pages turn by themselves again: whoever forgot to put the pencil down plays on


class Annotating(QObject):
    """Puts tools, hand, layer and file together.

    Attributes:
        said: a sentence for the player.
        changed: whether the player writes.
        menu: the actions, and the bar of tools.
        hand: what writes.
        entry: the line for texts.
    """

    said = pyqtSignal(object)
    changed = pyqtSignal(bool)

    def __init__(
        self,
        window: QWidget,
        menus: Menus,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
        pages: PageView,
        turner: PageTurner,
    ) -> None:
        """Add the actions to the menus, and watch the pages.

        Args:
            window: parent of dialogs.
            menus: of the window, complete but for these.
            preferences: know where scores are.
            open_score: of the window.
            pages: the view; what watches its events after this is not disturbed while the player does not write.
            turner: turns pages, unless the player writes.
        """
        super().__init__(window)
        self._window, self._preferences, self._open, self._pages = window, preferences, open_score, pages
        self.tools = ToolBox()
        self._layer = Layer(pages, open_score, self.written)
        self.hand = Hand(pages, self._layer, self.tools, self._layer.staff_space)
        self.hand.wrote.connect(self._write)
        self.hand.texted.connect(self._ask_text)
        self.entry = TextEntry(pages)
        self.entry.given.connect(self._take_text)
        self.entry.closed.connect(lambda: pages.setFocus(Qt.FocusReason.OtherFocusReason))
        self._typed: tuple[int, float, float, Text | None] = (0, 0.0, 0.0, None)
        self.menu = AnnotateMenu(menus, self.tools, self._switch, self._undo, self._redo)
        self.menu.chosen.connect(self._choose)
        menu = menus.menus["annotate"]
        menus.add("annotate", "clear_page", self.tr("Erase Everything on This Pa&ge"), self._clear, with_score=True)
        menu.addSeparator()
        take_over, copy = self.tr("Take Over the PDF's &Own Annotations"), self.tr("Export with &Annotations …")
        self._take = menus.add("annotate", "take_over", take_over, self.take_over)
        menus.add("file", "export", copy, self._ask_copy, with_score=True)
        self._threads: list[Copying | AnnotationSearch] = []
        turner.writing = pages.still = self.writing
        pages.shape_changed.connect(lambda: self.entry.finish(keep=True))
        open_score.opened.connect(self._opened)
        open_score.closing.connect(self._closing)
        open_score.closed.connect(self._refresh)
        self._refresh()

    @property
    def on(self) -> bool:
        """Whether the player writes: presses on the page are strokes."""
        return self.hand.on

    def writing(self) -> bool:
        """Whether the player writes at this moment, or did a moment ago."""
        return self.on and (not self.entry.isHidden() or self.hand.idle_s() < HOLD_S)

    def written(self, page: int) -> tuple[Annotation, ...]:
        """Return what is written on a page, from 1."""
        return self._open.annotations.on(page) if self._open.annotations else ()

    def stop(self) -> None:
        """End what runs, before the window closes."""
        for thread in self._threads:
            thread.requestInterruption()
        for thread in list(self._threads):
            thread.wait()

    # --- the score ---

    def _opened(self) -> None:
        annotations = self._open.annotations
        if annotations:
            annotations.tell = self.said.emit
            if annotations.complaint:
                self.said.emit(annotations.complaint)
        self._refresh()

    def _closing(self) -> None:
        self.entry.finish(keep=True)
        self.hand.drop()
        self.menu.mode.setChecked(False)
        self._layer.forget()

    def _switch(self, on: bool) -> None:
        if on == self.on:
            return
        self.hand.drop()
        self.entry.finish(keep=True)
        self.hand.on = self._layer.writing = on
        self._pages.update()
        self.hand.use()
        self.menu.lend_keys(on)
        self.menu.bar.setVisible(on)
        if on:
            self._pages.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self._pages.unsetCursor()
        self._refresh()
        self.changed.emit(on)

    def _choose(self) -> None:
        self.entry.finish(keep=True)
        self.menu.mode.setChecked(True)
        self.hand.use()

    # --- what is written ---

    def _write(self, page: int, there: tuple[Annotation, ...]) -> None:
        if self._open.annotations:
            self._open.annotations.change({page: there})
            self._refresh()

    def _clear(self) -> None:
        if self._open.annotations:
            self._open.annotations.change({self._open.page: ()})
            self._show_all()

    def _undo(self) -> None:
        if self._open.annotations and not self.hand.pressing:
            self._tell(self._open.annotations.undo())

    def _redo(self) -> None:
        if self._open.annotations and not self.hand.pressing:
            self._tell(self._open.annotations.redo())

    def _tell(self, pages: list[int]) -> None:
        """Show what was undone or made again, and say where if it is not seen."""
        self.hand.use()
        if pages and not set(pages) & self._open.visible:
            self.said.emit(self.tr("That was on page {}.").format(pages[0]))
        self._show_all()

    def _show_all(self) -> None:
        annotations, score, store = self._open.annotations, self._open.score, self._pages.store
        if annotations and score and score.document.own_annotations_shown == annotations.state.imported:
            score.document.own_annotations_shown = not annotations.state.imported
            if store:
                store.make_anew()
        self._pages.update()
        self._refresh()

    def _refresh(self) -> None:
        annotations = self._open.annotations
        self.menu.undo.setEnabled(bool(annotations and annotations.can_undo))
        self.menu.redo.setEnabled(bool(annotations and annotations.can_redo))
        self.menu.stop.setEnabled(self.on)
        self._take.setEnabled(bool(annotations and not annotations.state.imported))

    # --- texts ---

    def _ask_text(self, page: int, at: QPointF, there: Text | None) -> None:
        x, y = (there.x, there.y) if there else (at.x(), at.y())
        place = self._layer.on_screen(page, x, y)
        pane = next((pane for pane in self._pages.panes() if pane.page == page), None)
        if place is None or pane is None:
            return
        size = there.size if there else self._size(page, x, y)
        self._typed = page, x, y, there
        height = size * pane.scale / self._pages.devicePixelRatioF()
        self.entry.ask(place, height, there.text if there else "", there.colour if there else self.tools.colour)

    def _take_text(self, text: str) -> None:
        page, x, y, there = self._typed
        self.hand.use()
        size = there.size if there else self._size(page, x, y)
        colour, turned = (there.colour, there.turned) if there else (self.tools.colour, self._layer.turned(page))
        rest = tuple(each for each in self.written(page) if each is not there)
        new = (Text(x, y, text, size, text_width(text, size), colour, turned),) if text else ()
        self._write(page, (*rest, *new))
        self._pages.update()

    def _size(self, page: int, x: float, y: float) -> float:
        return TEXT_SPACES * self._layer.staff_space(page, x, y) * self.tools.factor

    # --- PDFs ---

    def take_over(self) -> None:
        """Make the annotations that the PDF has the player's, so that they can be erased; the PDF keeps them."""
        score = self._open.score
        if score is None:
            return
        search = AnnotationSearch(score.document)
        search.found.connect(lambda found: self._add(found) if self._open.score is score else None)
        self._start(search)

    def _add(self, found: dict[int, list[Annotation]]) -> None:
        annotations = self._open.annotations
        count = sum(len(there) for there in found.values())
        if annotations is None or annotations.state.imported:
            return
        if not count:
            self.said.emit(self.tr("This score has no annotations that can be taken over."))
            return
        annotations.change({page: (*there, *annotations.on(page)) for page, there in found.items()}, imported=True)
        self.said.emit(self.tr("Annotations taken over: {}. The PDF itself stays as it is.").format(count))
        self._show_all()

    def _ask_copy(self) -> None:
        score = self._open.score
        if score is None:
            return
        path = score.document.path
        proposed = path.with_name(self.tr("{} (annotated)").format(path.stem) + ".pdf")
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Export with Annotations"), str(proposed), self.tr("PDF") + " (*.pdf)"
        )
        if name:
            self.copy(Path(name))

    def copy(self, out: Path) -> None:
        """Write a copy of the score as a PDF whose annotations other readers can edit."""
        score, annotations = self._open.score, self._open.annotations
        if score is None or annotations is None:
            return
        copying = Copying(score.document, annotations.state, out)
        copying.done.connect(lambda path: self.said.emit(self.tr("The copy is ready: {}").format(path)))
        copying.failed.connect(self.said)
        self.said.emit(self.tr("The copy is being written."))
        self._start(copying)

    def _start(self, thread: Copying | AnnotationSearch) -> None:
        self._threads.append(thread)
        thread.finished.connect(lambda: self._threads.remove(thread))
        thread.start()
