"""The user's corrections to the pages of a score, stored with the app's data and not in the PDF.

The file is found by the score's content, so a renamed or moved PDF keeps its corrections. A page that was corrected is
stored whole: later versions may detect other systems, the user's pages stay as they were left, and turned as they were.
How pages are turned and whose pages are played is stored there, too; files without these are read as well.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import platformdirs

from livefollow.errors import ScoreError
from livefollow.score.hands import DuetPart
from livefollow.score.page_size import turned_box
from livefollow.score.staves.columns import put_in_place
from livefollow.score.staves.lines import FloatArray
from livefollow.score.systems import Staff, System
from livefollow.storage import keep_aside, write_whole

logger = logging.getLogger(__name__)

VERSION = 1
FARTHEST, SMALLEST_SPACE = 1e5, 0.1  # points: a staff beyond that was not written here


class Corrections:
    """The corrected pages of one score.

    Every change is on the systems that `systems` shows at that moment, counted from 0, and is saved at once.

    Attributes:
        turns: by how many quarters clockwise pages stand turned, by their number; change it with `turn`.
        part: whose pages are played; change it with `play`.
        order: numbers of the pages that are shown, in their order; None as in the file. Change it with `arrange`.
        crops: the part of a page that is shown (left, top, right, bottom, points as the page stands), by its number.
        upright: quarters by which pages were turned upright that nobody has touched; a page's is kept with its systems
            once those are corrected.
    """

    def __init__(self, content_hash: str, folder: Path | None = None) -> None:
        """Load the saved corrections of a score.

        Args:
            content_hash: `Document.content_hash`.
            folder: where the files lie; the platform's data folder of the app by default.
        """
        self.path = (folder or platformdirs.user_data_path("livefollow") / "scores") / f"{content_hash}.json"
        self._pages: dict[int, list[System]] = {}
        self._aside: dict[tuple[int, int], list[System]] = {}  # by page and quarters: made while it stood turned so
        self.turns: dict[int, int] = {}
        self.part = DuetPart.ALL
        self.upright: dict[int, int] = {}
        self.order: tuple[int, ...] | None = None
        self.crops: dict[int, tuple[float, float, float, float]] = {}
        try:
            if self.path.exists():
                data = json.loads(self.path.read_text(encoding="utf-8"))
                pages, turns, part = _decode(data), _decode_turns(data), DuetPart(data.get("part", DuetPart.ALL))
                self._aside = _decode_aside(data)
                self.order, self.crops = _decode_order(data), _decode_crops(data)
                self._pages, self.turns, self.part = pages, turns, part
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            logger.warning("The corrections of this score could not be read (%s)", error)
            with contextlib.suppress(OSError):  # where nothing can be renamed, nothing can be written over it either
                logger.warning("They are kept in %s", keep_aside(self.path))

    @property
    def pages(self) -> list[int]:
        """The numbers of the corrected pages."""
        return sorted(self._pages)

    def systems(self, page: int, detected: list[System]) -> list[System]:
        """The systems of a page as the user left them, or as detected where nothing was changed."""
        return list(self._pages.get(page, detected))

    def state(self, page: int) -> str:
        """What the user has made of a page, in short: what was read of it before holds while this is the same."""
        corrected = _encode_systems(self._pages[page]) if page in self._pages else None
        return hashlib.sha256(json.dumps([self.turns.get(page), corrected]).encode()).hexdigest()

    def touched(self, page: int) -> bool:
        """Whether the user has corrected or turned a page."""
        return page in self._pages or page in self.turns

    def turn(self, turns: dict[int, int], sizes: Mapping[int, tuple[float, float]] = MappingProxyType({})) -> None:
        """Have pages stand turned by so many quarters clockwise.

        Corrected systems are turned upside down along with their page. By a quarter they would stand upright: they are
        put aside, and come back when the page stands again as it did when they were made.

        Args:
            turns: quarters by page.
            sizes: width and height of pages as they stand before, points.
        """
        for page, quarters in turns.items():
            before, now = self.turns.get(page, self.upright.get(page, 0)), quarters % 4
            if page in self._pages:
                self._aside[page, before] = self._pages.pop(page)
            if (page, now) in self._aside:
                self._pages[page] = self._aside.pop((page, now))
            elif (over := (page, (now + 2) % 4)) in self._aside and page in sizes:
                size = sizes[page] if (now - before) % 2 == 0 else sizes[page][::-1]
                self._pages[page] = [upside_down(system, *size) for system in reversed(self._aside.pop(over))]
            if page in self.crops and page in sizes:
                self.crops[page] = _turned_crop(self.crops[page], (now - before) % 4, sizes[page])
            self.turns[page] = now
        self._save()

    def arrange(
        self,
        order: tuple[int, ...] | None,
        crops: Mapping[int, tuple[float, float, float, float]],
    ) -> None:
        """Set which pages are shown, in which order, and which part of each; see the attributes."""
        self.order, self.crops = order, dict(crops)
        self._save()

    def shown(self, count: int) -> tuple[int, ...]:
        """The pages that are shown of so many, in their order."""
        everything = tuple(range(1, count + 1))
        return tuple(page for page in self.order or () if page <= count) or everything

    def play(self, part: DuetPart) -> None:
        """Set whose pages are played."""
        self.part = part
        self._save()

    def add(self, page: int, detected: list[System], system: System) -> None:
        """Insert a system at its place in the reading order."""
        self._store(page, put_in_place(self.systems(page, detected), replace(system, page=page)))

    def remove(self, page: int, detected: list[System], index: int) -> None:
        """Remove system `index` of a page."""
        systems = self.systems(page, detected)
        del systems[_checked(index, systems)]
        self._store(page, systems)

    def move(self, page: int, detected: list[System], index: int, box: tuple[float, float, float, float]) -> None:
        """Move and stretch system `index` so that its outer staff lines fill `box` = left, top, right, bottom (points).

        Raises:
            ScoreError: the box is empty.
        """
        left, top, right, bottom = box
        if not (right > left and bottom > top):
            raise ScoreError("A system needs a width and a height: drag a larger box.")
        systems = self.systems(page, detected)
        old = systems[_checked(index, systems)]
        wider, taller = (right - left) / (old.right - old.left), (bottom - top) / (old.bottom - old.top)
        staves = tuple(
            Staff(
                np.asarray(left + (s.x - old.left) * wider, np.float32),
                np.asarray(top + (s.centre - old.top) * taller, np.float32),
                np.asarray(s.space * taller, np.float32),
            )
            for s in old.staves
        )
        others = systems[:index] + systems[index + 1 :]
        self._store(page, put_in_place(others, replace(old, staves=staves)))

    def skip(self, page: int, detected: list[System], index: int, skipped: bool = True) -> None:
        """Mark system `index` as not played, or as played again."""
        systems = self.systems(page, detected)
        systems[_checked(index, systems)] = replace(systems[index], skip=skipped)
        self._store(page, systems)

    def forget(self, page: int) -> None:
        """Drop the corrections of a page."""
        self._pages.pop(page, None)
        self._save()

    def put(self, page: int, systems: list[System]) -> None:
        """Replace the systems of a page, from top to bottom."""
        self._store(page, list(systems))

    def _store(self, page: int, systems: list[System]) -> None:
        self._pages[page] = systems
        if page in self.upright:
            self.turns.setdefault(page, self.upright[page])
        self._save()

    def _save(self) -> None:
        """Write the file whole or not at all."""
        said = _encode(self._pages, self._aside, self.turns, self.part)
        said["order"] = self.order
        said["crops"] = {str(number): list(crop) for number, crop in self.crops.items()}
        write_whole(self.path, json.dumps(said, indent=1))


def _turned_crop(
    crop: tuple[float, float, float, float], quarters: int, size: tuple[float, float]
) -> tuple[float, float, float, float]:
    """A part of a page once that is turned; the page's size as it stood before, points."""
    return turned_box(crop, quarters, size if quarters % 2 == 0 else size[::-1])


def straight_system(page: int, left: float, right: float, staves: list[tuple[float, float]]) -> System:
    """Make a system from hand-drawn level staves: (top, bottom) of their outer lines, from top to bottom, points.

    Raises:
        ScoreError: no staff, or one without height or width.
    """
    if not staves or right <= left or any(bottom <= top for top, bottom in staves):
        raise ScoreError("A system needs at least one staff with a width and a height.")
    x = np.array([left, right], np.float32)
    made = tuple(
        Staff(x, np.full(2, (top + bottom) / 2, np.float32), np.full(2, (bottom - top) / 4, np.float32))
        for top, bottom in sorted(staves)
    )
    return System(page, made, (len(made) - 2, len(made) - 1) if len(made) > 1 else (0,))


def upside_down(system: System, width: float, height: float) -> System:
    """A system as it lies once its page, of a width and height in points, is turned upside down."""
    staves = tuple(
        Staff((width - s.x)[::-1].copy(), (height - s.centre)[::-1].copy(), s.space[::-1].copy())
        for s in reversed(system.staves)
    )
    piano = tuple(sorted(len(staves) - 1 - i for i in system.piano))
    return replace(system, staves=staves, piano=piano, tilt=system.tilt[::-1])


def sound_staff(page: int, x: FloatArray, centre: FloatArray, space: FloatArray) -> Staff:
    """A staff of a page, from a file.

    Raises:
        ValueError: it has no shape that a staff can have.
    """
    known = len(x) == len(centre) == len(space) >= 2 and all(np.all(np.abs(v) < FARTHEST) for v in (x, centre))
    if not (known and np.all(np.diff(x) > 0) and np.all((space > SMALLEST_SPACE) & (space < FARTHEST))):
        raise ValueError(f"a staff on page {page} has no shape")
    return Staff(x, centre, space)


def _checked(index: int, systems: list[System]) -> int:
    if not 0 <= index < len(systems):
        raise IndexError(f"the page has {len(systems)} systems, there is no number {index}")
    return index


def _encode(
    pages: dict[int, list[System]], aside: dict[tuple[int, int], list[System]], turns: dict[int, int], part: DuetPart
) -> dict[str, Any]:
    return {
        "version": VERSION,
        "part": part.value,
        "turns": {str(number): quarters for number, quarters in turns.items()},
        "pages": {str(number): _encode_systems(systems) for number, systems in pages.items()},
        "aside": [
            {"page": number, "turn": quarters, "systems": _encode_systems(systems)}
            for (number, quarters), systems in aside.items()
        ],
    }


def _encode_systems(systems: list[System]) -> list[dict[str, Any]]:
    def numbers(values: Any) -> list[float]:
        return [round(float(v), 4) for v in values]

    return [
        {
            "piano": list(system.piano),
            "skip": system.skip,
            "tilt": numbers(system.tilt),
            "staves": [{k: numbers(getattr(s, k)) for k in ("x", "centre", "space")} for s in system.staves],
        }
        for system in systems
    ]


def _decode(data: dict[str, Any]) -> dict[int, list[System]]:
    """Inverse of `_encode`; ValueError, KeyError, TypeError or AttributeError when the data is not what it writes."""
    if data["version"] != VERSION:
        raise ValueError(f"version {data['version']} is not {VERSION}")
    return {int(number): _decode_systems(int(number), systems) for number, systems in data["pages"].items()}


def _decode_aside(data: dict[str, Any]) -> dict[tuple[int, int], list[System]]:
    """Systems of pages that stand turned otherwise now, by page and quarters; none in a file of 0.1.0."""
    return {
        (int(entry["page"]), int(entry["turn"]) % 4): _decode_systems(int(entry["page"]), entry["systems"])
        for entry in data.get("aside", [])
    }


def _decode_systems(page: int, entries: list[dict[str, Any]]) -> list[System]:
    systems = []
    for entry in entries:
        staves = []
        for stave in entry["staves"]:
            x, centre, space = (np.array(stave[k], np.float32) for k in ("x", "centre", "space"))
            staves.append(sound_staff(page, x, centre, space))
        piano = tuple(int(i) for i in entry["piano"])
        if not piano or not all(0 <= i < len(staves) for i in piano):
            raise ValueError(f"a system on page {page} has no piano staves")
        left, right = (float(t) for t in entry["tilt"])
        systems.append(System(page, tuple(staves), piano, bool(entry["skip"]), (left, right)))
    return systems


def _decode_turns(data: dict[str, Any]) -> dict[int, int]:
    """Quarters by which pages stand turned; none in a file of 0.1.0."""
    return {int(number): int(quarters) % 4 for number, quarters in data.get("turns", {}).items()}


def _decode_order(data: dict[str, Any]) -> tuple[int, ...] | None:
    """The pages that are shown; None in a file of a version that showed all."""
    said = data.get("order")
    order = None if said is None else tuple(dict.fromkeys(int(number) for number in said))
    if order is not None and not (order and min(order) >= 1):
        raise ValueError("no page is shown")
    return order


def _decode_crops(data: dict[str, Any]) -> dict[int, tuple[float, float, float, float]]:
    """The parts of pages that are shown."""
    out = {}
    for number, said in data.get("crops", {}).items():
        left, top, right, bottom = (float(side) for side in said)
        if not (-FARTHEST < left < right < FARTHEST and -FARTHEST < top < bottom < FARTHEST):
            raise ValueError(f"the part of page {number} that is shown has no size")
        out[int(number)] = left, top, right, bottom
    return out
