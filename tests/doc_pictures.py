"""`python -m tests.doc_pictures docs/pictures`: the pictures of README and guide, made anew from our own demo.

The animation is a film of what the program really follows (half a minute of work); the still pictures are made as those
of `tests.screenshots`: positions are those of the truth.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")  # stills are drawn twice as large, and made smaller again where need be

import av
from PIL import Image
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from livefollow.viewer.settings.language import install_language
from livefollow.viewer.widgets.lamp import Lamp, Shown
from livefollow.viewer.widgets.status_bar import DARK, LIGHT
from tests.screenshots import DEMO, Photographer, photographer

STILL_PX = 860  # width of a page's picture at most
TWO_PAGES_PX = 1100
# The film of the demo: from before the upper half shows the next page until the lower half does, too.
FILM_FROM_S, FILM_TO_S = 34.0, 82.0
FASTER, SHOWN_FPS = 4.0, 6
FILM_PX = 480
FILM_COLOURS, STILL_COLOURS = 48, 256
NAMED_BAR = "Waiting for you at bar 8"  # bars are known only where the networks have read the score
# In the words of a player; the words beside the lamp are the window's own.
MEANINGS = {
    Shown.READING: "The first page is being read.",
    Shown.WAITING: "Begin when you like, and where you like.",
    Shown.FOLLOWING: "It knows where you are. The percentage says how sure it is.",
    Shown.HOLDING: "You hold a note, or pause.",
    Shown.EXPECTING: "You have stopped. Take all the time you want.",
    Shown.UNSURE: "More than one place would fit. It listens on.",
    Shown.LOST: "What it hears does not fit. Play on: it searches the whole score.",
    Shown.FINISHED: "The last note has been played.",
    Shown.PAUSED: "You told it to pause (P).",
    Shown.IDLE: "No sound comes in: see Sound, Input.",
}


def main() -> None:
    """Make all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--no-film", action="store_true", help="leave the animation out")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(["pictures"])
    install_language(application, "en")
    with photographer(args.out) as camera:
        camera.open(DEMO)
        take_lamps(camera, args.out / "lamps.png")
        take_stills(camera, args.out)
        take_staves(camera, args.out / "fix_staves.png")
    application.processEvents()
    if not args.no_film:
        with tempfile.TemporaryDirectory() as folder:
            film = Path(folder) / "demo.mp4"
            render = ["-m", "livefollow.cli.main", "render", "--case", str(DEMO.parent), "--layout", "half"]
            render += ["--highlight", "box"]
            subprocess.run([sys.executable, *render, "--out", str(film)], check=True)
            animate(film, args.out / "half_turn.gif")


def take_lamps(camera: Photographer, path: Path) -> None:
    """Every state: lamp, words, and what it means."""
    table = QWidget()
    table.setStyleSheet(f"background: {DARK}; color: {LIGHT}; font-size: 14px;")
    grid = QGridLayout(table)
    grid.setContentsMargins(14, 12, 14, 12)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    for row, (state, meaning) in enumerate(MEANINGS.items()):
        camera.window.following.show_state(state)
        lamp = Lamp()
        lamp.show_state(state)
        grid.addWidget(lamp, row, 0)
        words = QLabel(NAMED_BAR if state is Shown.EXPECTING else camera.window.bar.words.text())
        words.setStyleSheet("font-weight: bold;")
        grid.addWidget(words, row, 1)
        grid.addWidget(QLabel(meaning), row, 2)
    table.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    table.show()
    table.grab().save(str(path))
    table.close()
    shrink(path, STILL_PX)


def take_stills(camera: Photographer, out: Path) -> None:
    """Layouts and night paper."""
    camera.window.resize(860, 1100)
    camera.at(1, 5, 0.3)
    camera.take("half_turn")
    camera.set("paper.night")
    camera.at(2, 1, 0.4)
    camera.take("night")
    camera.set("paper.white")
    camera.take("two_pages", 1500, 1000)
    for page, system in ((1, 2), (1, 6), (2, 2), (2, 3)):
        camera.at(page, system, 0.4)
    camera.take("two_pages", 1500, 1000)
    for name, width in (("half_turn", STILL_PX), ("two_pages", TWO_PAGES_PX), ("night", STILL_PX)):
        shrink(out / f"{name}.png", width)


def take_staves(camera: Photographer, path: Path) -> None:
    """The dialog that corrects systems, one of them chosen."""
    camera.window.library.fix_staves()
    editor = camera.window.library._editor
    assert editor
    editor.resize(1000, 700)
    camera.wait(lambda: editor.list.count() > 0)
    editor.list.setCurrentRow(1)
    camera.wait()
    editor.grab().save(str(path))
    editor.close()
    shrink(path, STILL_PX)


def shrink(path: Path, width: int) -> None:
    """Make a picture `width` px wide, if it is wider, and its file small."""
    picture = Image.open(path).convert("RGB")
    if picture.width > width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    in_colours(picture, STILL_COLOURS).save(path, optimize=True)


def in_colours(picture: Image.Image, count: int) -> Image.Image:
    """A picture in few colours, the rare ones among them: highlight and lamp."""
    return picture.quantize(count, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def animate(film: Path, path: Path) -> None:
    """The part of the film, FASTER than it was played, as an animated picture."""
    shown: list[Image.Image] = []
    with av.open(str(film)) as container:
        step_s = FASTER / SHOWN_FPS
        for frame in container.decode(video=0):
            time_s = float(frame.time or 0.0)
            if FILM_FROM_S + len(shown) * step_s <= time_s <= FILM_TO_S:
                height = round(frame.height * FILM_PX / frame.width)
                shown.append(frame.to_image().resize((FILM_PX, height), Image.Resampling.LANCZOS))
    palette = in_colours(shown[0], FILM_COLOURS)
    first, *others = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in shown]
    first.save(path, save_all=True, append_images=others, duration=round(1000 / SHOWN_FPS), loop=0, optimize=True)


if __name__ == "__main__":
    main()
