"""Staff systems on real scans against hand-checked boxes.

    python -m tests.benchmarks.score.systems_scans FOLDER [--pictures DIR]

FOLDER holds page images or PDFs, each with a NAME.json: {"unit": "page width", "systems": [{x0, y0, x1, y1}, ...]}.
A box encloses a system with some margin. Two measures:
  lines  a system matches a box when its staff lines' vertical extent lies inside the box (to 1 staff space) and
         covers at least a third of the box's height (one staff of two does not); one box takes one system;
  IoU    intersection over union >= 0.5 of the box and the system's staff lines grown by 3 staff spaces up and down.
Prints recall and precision by both, times per page, and the pages with a miss or a false system.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import cv2
import numpy as np

from livefollow.draw.strip import draw_systems
from livefollow.score.document import Document
from livefollow.score.systems import System, find_systems

GROW = 3.0  # staff spaces


def matches(system: System, box: dict[str, float], width: float) -> tuple[bool, bool]:
    """(by staff lines, by IoU) for a system in points and a box in page widths."""
    x0, y0, x1, y1 = (box[k] * width for k in ("x0", "y0", "x1", "y1"))
    space = system.staff_space
    inside = system.top >= y0 - space and system.bottom <= y1 + space
    lines = inside and system.bottom - system.top >= (y1 - y0) / 3
    top, bottom = system.top - GROW * space, system.bottom + GROW * space
    across = min(x1, system.right) - max(x0, system.left)
    down = min(y1, bottom) - max(y0, top)
    shared = max(0.0, across) * max(0.0, down)
    union = (x1 - x0) * (y1 - y0) + (system.right - system.left) * (bottom - top) - shared
    return lines, shared / union >= 0.5


def pairs(found: list[System], boxes: list[dict[str, float]], width: float, rule: int) -> int:
    """Number of boxes matched, each by one system at most."""
    free = list(found)
    count = 0
    for box in boxes:
        hit = next((s for s in free if matches(s, box, width)[rule]), None)
        if hit is not None:
            free.remove(hit)
            count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", type=Path, help="draw the pages that fail here")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    totals, n_found, n_true, seconds = np.zeros(2, int), 0, 0, []
    for truth in sorted(args.folder.glob("*.json")):
        path = next(p for p in args.folder.glob(truth.stem + ".*") if p.suffix != ".json")
        boxes = json.loads(truth.read_text())["systems"]
        with Document(path) as document:
            page = document.page(1)
        start = time.process_time()
        found = find_systems(page)
        seconds.append(time.process_time() - start)
        hits = np.array([pairs(found, boxes, page.width, rule) for rule in (0, 1)])
        totals += hits
        n_found += len(found)
        n_true += len(boxes)
        if not len(found) == len(boxes) == hits[0] == hits[1]:
            print(f"{truth.stem}: {len(boxes)} true, {len(found)} found, matched {hits[0]} (lines), {hits[1]} (IoU)")
            if args.pictures:
                args.pictures.mkdir(parents=True, exist_ok=True)
                cv2.imwrite(str(args.pictures / f"{truth.stem}.png"), draw_systems(page, found))
    for name, hit in zip(("lines", "IoU"), totals, strict=True):
        print(f"{name:5}: recall {hit / n_true:.4f}, precision {hit / n_found:.4f} ({n_true} true, {n_found} found)")
    print(f"find_systems: median {np.median(seconds):.3f} s, p99 {np.quantile(seconds, 0.99):.3f} CPU s a page")


if __name__ == "__main__":
    main()
