"""`python -m tests.screenshots OUT`: the window in every state, layout, highlight, paper and mood, as PNG files.

No sound and no networks: positions are those of the truth. Look at each picture as a pianist would.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtCore import QEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QDialog, QMessageBox

from livefollow.follow.position import Estimate, State, on_strip
from livefollow.score.score import Score
from livefollow.viewer.desktop.crash_dialog import CrashHandler
from livefollow.viewer.library.recent import RecentMenu
from livefollow.viewer.settings.language import OWN_NAMES, install_language
from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.widgets.help_menu import HelpMenu
from livefollow.viewer.widgets.lamp import Shown
from livefollow.viewer.window import MainWindow

DEMO = Path(__file__).parents[1] / "assets" / "demo" / "score.pdf"
LATER_S = 100.0  # long enough that nothing is still to be decided


class Photographer:
    """A window, and what is done with it before a picture is taken."""

    def __init__(self, out: Path, settings: Path) -> None:
        self._out = out
        self.preferences = open_preferences(settings)
        self.window = MainWindow(self.preferences)
        self.window.add_sound()
        self.window.add_practice()
        self.window.show()
        self.wait()
        self._time_s = 0.0

    def wait(self, until: Callable[[], bool] = lambda: True, limit_s: float = 20.0) -> None:
        """Let Qt work until something is so, and all pictures have been made."""
        start = time.monotonic()
        QTest.qWait(250)
        while not (until() and self._made()) and time.monotonic() - start < limit_s:
            QTest.qWait(50)

    def _made(self) -> bool:
        store = self.window.pages.store
        return store is None or not store.busy

    def open(self, path: Path) -> None:
        """Open a score, and read it whole."""
        self.window.openings.open(path)
        self.wait(lambda: self.window.open_score.score is not None)
        assert self.window.open_score.score
        for _ in self.window.open_score.score.read():
            QTest.qWait(1)

    def at(
        self, page: int, system: int, share: float, state: State = State.FOLLOWING, confidence: float = 0.97
    ) -> None:
        """The player has been at a place for a while: `share` of the way through a system of a page."""
        strip = self.score.strip
        place = next(p for p in strip.placements if (p.system.page, p.number) == (page, system))
        x = place.x0 + share * place.width
        here = on_strip(strip.at(x), Estimate(x, 3.0, confidence, state), 0.0)
        for k in range(60):
            moment = replace(here, time_s=self._time_s + k / 20, strip_x=x - (60 - k) * 0.1)
            self.window.following.show([moment])
        self._time_s += LATER_S
        self.wait()

    @property
    def score(self) -> Score:
        assert self.window.open_score.score
        return self.window.open_score.score

    def take(self, name: str, width: int = 860, height: int = 1100) -> None:
        """Take a picture of the whole window."""
        self.window.resize(width, height)
        self.wait()
        self.window.grab().save(str(self._out / f"{name}.png"))

    def set(self, action: str) -> None:
        """Use the menu."""
        self.window.menus.actions[action].trigger()


@contextmanager
def photographer(out: Path) -> Iterator[Photographer]:
    """A window with settings of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[name] = folder
        camera = Photographer(out, Path(folder))
        try:
            yield camera
        finally:
            camera.window.close()
            camera.preferences.close()


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--score", type=Path, default=DEMO, help="of three pages or more")
    parser.add_argument("--language", default="en", choices=list(OWN_NAMES))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(["screenshots"])
    install_language(application, args.language)
    with photographer(args.out) as camera:
        take_all(camera, args.score)
    # As in the app: Qt's objects before Qt itself.
    camera.window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    print(f"{len(list(args.out.glob('*.png')))} pictures in {args.out}")


def take_all(camera: Photographer, score: Path) -> None:
    """Everything there is to be seen."""
    take_states(camera, score)
    take_layouts(camera)
    take_looks(camera)
    take_full_screen(camera)
    take_dialogs(camera)
    take_first_week(camera)
    take_around(camera, score)


def take_states(camera: Photographer, score: Path) -> None:
    """Without a score, while it is read, and what is known of the player."""
    window = camera.window
    camera.take("empty")
    window.openings.open(score.with_name("no_such_score.pdf"))
    camera.wait(lambda: bool(window.welcome.complaint))
    camera.take("error_opening")
    camera.open(score)
    window._read(1)
    camera.take("reading")
    window._read(window.open_score.score.document.page_count if window.open_score.score else 1)
    camera.at(1, 1, 0.02, State.WAITING, 0.5)
    camera.take("waiting")
    camera.at(1, 2, 0.4)
    camera.take("following")
    camera.at(1, 3, 0.6, State.HOLDING, 0.9)
    camera.take("holding")
    camera.at(1, 3, 0.6, State.LOST, 0.1)
    camera.take("lost")
    camera.at(1, 3, 0.3, State.FOLLOWING, 0.3)
    camera.take("unsure")
    camera.at(1, 5, 0.3)
    camera.take("half_turn_lower_half")
    camera.at(2, 1, 0.3)
    camera.take("half_turn_next_page")
    camera.at(3, 6, 0.98, State.FINISHED, 0.9)
    camera.take("finished")
    window._fail("No sound input was found; connect a microphone and choose it in the menu Sound.")
    camera.take("error_sound")
    window.bar.forget()


def take_layouts(camera: Photographer) -> None:
    """Windows of many shapes."""
    camera.at(1, 2, 0.4)
    camera.take("two_pages", 1500, 1000)
    camera.at(2, 3, 0.4)
    camera.take("two_pages_right_played", 1500, 1000)
    camera.take("laptop", 1366, 720)
    camera.take("tablet", 768, 1024)
    camera.take("small", 480, 640)
    camera.set("layout.single")
    camera.at(2, 3, 0.4)
    camera.take("single")
    camera.set("layout.auto")


def take_looks(camera: Photographer) -> None:
    """Highlights, papers, sizes."""
    for style in ("none", "line", "box", "system"):
        camera.set(f"highlight.{style}")
        camera.take(f"highlight_{style}")
    camera.set("paper.sepia")
    camera.take("sepia")
    camera.set("paper.night")
    camera.take("night")
    camera.take("night_two_pages", 1500, 1000)
    camera.set("paper.white")
    camera.set("larger")
    camera.set("larger")
    camera.at(2, 5, 0.4)
    camera.take("zoomed")
    camera.set("fit")
    camera.set("overview")
    strip = camera.score.strip
    for k in range(0, 9000, 20):
        confidence = 0.3 if 4000 < k < 4600 else 0.95
        here = on_strip(strip.at(float(k)), Estimate(float(k), 3.0, confidence, State.FOLLOWING), 0.0)
        camera.window.overview.move_to(here)
    camera.at(2, 5, 0.4)
    camera.take("overview")
    camera.set("overview")


def take_full_screen(camera: Photographer) -> None:
    """With and without controls."""
    window = camera.window
    camera.set("full_screen")
    QTest.qWait(200)
    camera.take("full_screen_controls", 1280, 800)
    window.full_screen._hide()
    window.following.show_state(Shown.LOST)
    camera.take("full_screen", 1280, 800)
    camera.set("full_screen")
    camera.take("after_full_screen")


def take_dialogs(camera: Photographer) -> None:
    """Dialogs and menus."""
    window = camera.window
    window.view_menu.ask()
    QTest.qWait(300)
    dialog = window.view_menu._dialog
    if dialog:
        dialog.grab().save(str(camera._out / "dialog_look.png"))
        dialog.close()
    for name, menu in window.menus.menus.items():
        menu.popup(window.mapToGlobal(window.rect().topLeft()))
        QTest.qWait(100)
        menu.grab().save(str(camera._out / f"menu_{name}.png"))
        menu.hide()


def take_first_week(camera: Photographer) -> None:
    """Arranging, links, the page by system, pedals, tempo."""
    window = camera.window
    camera.set("layout.width")
    camera.at(1, 3, 0.4)
    camera.take("fit_width", 1366, 768)
    camera.set("layout.auto")
    camera.at(1, 2, 0.4)
    camera.set("draw_links")
    camera.take("drawing_links", 1366, 768)
    camera.set("stop_links")
    for name in ("arrange", "pedals", "tempo"):
        camera.set(name)
        QTest.qWait(800)
        for dialog in (w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()):
            dialog.grab().save(str(camera._out / f"dialog_{name}.png"))
            dialog.close()
    window.activateWindow()


def take_around(camera: Photographer, score: Path) -> None:
    """What there is around the score: setlist, recent scores, systems, help, and a mishap."""
    window, out = camera.window, camera._out
    setlist = window.library.setlist
    setlist.add([score, score.with_name("Gymnopédie 1.pdf"), score])
    setlist.opened(score.absolute())
    setlist.show()
    camera.take("setlist", 1100, 900)
    setlist.hide()
    for menu in window.findChildren(RecentMenu):
        menu.popup(window.mapToGlobal(window.rect().topLeft()))
        QTest.qWait(100)
        menu.grab().save(str(out / "menu_recent.png"))
        menu.hide()
    window.library.fix_staves()
    editor = window.library._editor
    assert editor
    camera.wait(lambda: editor.list.count() > 0)
    editor.list.setCurrentRow(1)
    editor.skip_button.click()
    editor.list.setCurrentRow(2)
    QTest.qWait(200)
    editor.grab().save(str(out / "dialog_systems.png"))
    editor.undo_button.click()
    editor.close()
    (helped,) = window.findChildren(HelpMenu)
    keys = helped.show_keys()
    QTest.qWait(200)
    keys.grab().save(str(out / "dialog_keys.png"))
    keys.close()
    crash_handler = CrashHandler(Path("/home/player/.local/state/livefollow/log/livefollow.log"), window)
    for name, show in (
        ("about", helped.show_about),
        ("mishap", lambda: crash_handler.report(ZeroDivisionError, None, None)),
    ):
        show()
        QTest.qWait(200)
        for box in window.findChildren(QMessageBox):
            box.grab().save(str(out / f"dialog_{name}.png"))
            box.close()
            box.setParent(None)


if __name__ == "__main__":
    main()
