"""Page → strip → page on damaged copies of typeset pages, where the truth is known.

    python -m tests.benchmarks.score.round_trip [PDF ...] [--pictures DIR]

By default the scores of tests/data and the demo. For each kind of damage, in staff spaces, median and p99:
  lines    distance of the found staff lines from the true ones, at 40 places of each of a staff's five lines;
  columns  how far apart on the strip two points land that stand above each other on the clean page, one on the
           piano's upper staff and one on its lower (what sounds together must be read together);
  trip     page → strip → page at the systems' middle: the two maps against each other.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from livefollow.constants import STAFF_SPACE
from livefollow.draw.strip import draw_systems
from livefollow.score.document import Document, Page
from livefollow.score.strip import Strip
from livefollow.score.systems import System, find_systems
from tests.warped import WARPS, Warp

ROOT = Path(__file__).parents[3]


def errors(page: Page, clean: list[System], warp: Warp) -> tuple[dict[str, np.ndarray], int, Page, list[System]]:
    """Errors in staff spaces, the number of systems not found, the damaged page, and what was found on it."""
    damaged, forward = warp.apply(page)
    found = find_systems(damaged)
    strip = Strip()
    strip.add(damaged, found)
    out: dict[str, list[np.ndarray]] = {"lines": [], "columns": [], "trip": []}
    missed = 0

    def moved(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return forward(np.stack([x, y], axis=-1) * page.scale) / page.scale

    for system in clean:
        x = np.linspace(system.left, system.right, 40)[1:-1]
        true = [[moved(x, staff.line(k, x)) for k in range(-2, 3)] for staff in system.staves]
        middle = float(np.mean([line[:, 1].mean() for staff in true for line in staff]))
        best = min(
            (p for p in strip.placements if len(p.system.staves) == len(system.staves)),
            key=lambda p: abs((p.system.top + p.system.bottom) / 2 - middle),
            default=None,
        )
        if best is None or abs((best.system.top + best.system.bottom) / 2 - middle) > 3 * system.staff_space:
            missed += 1
            continue
        space = best.system.staff_space
        for staff, lines in zip(best.system.staves, true, strict=True):
            for k, line in enumerate(lines):
                out["lines"].append(np.abs(staff.line(k - 2, line[:, 0]) - line[:, 1]) / space)
        upper, lower = (system.staves[i] for i in (system.piano[0], system.piano[-1]))
        top, bottom = moved(x, upper.line(0, x)), moved(x, lower.line(0, x))
        out["columns"].append(np.abs(best.from_page(*top.T) - best.from_page(*bottom.T)) / STAFF_SPACE)
        on_strip = best.x0 + np.linspace(0, best.width, 50)
        out["trip"].append(np.abs(best.from_page(*best.to_page(on_strip)) - on_strip) / STAFF_SPACE)
    return (
        {name: np.concatenate(parts) if parts else np.zeros(0) for name, parts in out.items()},
        missed,
        damaged,
        found,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scores", type=Path, nargs="*")
    parser.add_argument("--pictures", type=Path, help="draw the damaged pages here")
    args = parser.parse_args()
    scores = args.scores or [*sorted((ROOT / "tests/data").glob("*.pdf")), ROOT / "assets/demo/score.pdf"]
    pages: list[tuple[str, Page, list[System]]] = []
    for path in scores:
        with Document(path) as document:
            pages += [(path.stem, page, systems) for page in document.pages() if (systems := find_systems(page))]
    print(f"{len(pages)} pages, {sum(len(s) for *_, s in pages)} systems; staff spaces, median / p99")
    print(f"{'copy':20} {'missed':>6} {'lines':>13} {'columns':>13} {'trip':>15}")
    for warp in WARPS:
        totals: dict[str, list[np.ndarray]] = {}
        missed = 0
        for name, page, clean in pages:
            result, more, damaged, found = errors(page, clean, warp)
            missed += more
            for key, values in result.items():
                totals.setdefault(key, []).append(values)
            if args.pictures:
                args.pictures.mkdir(parents=True, exist_ok=True)
                cv2.imwrite(str(args.pictures / f"{warp.name}-{name}-{page.number}.png"), draw_systems(damaged, found))
        cells = []
        for key in ("lines", "columns", "trip"):
            values = np.concatenate(totals[key])
            digits = 5 if key == "trip" else 3
            cells.append(f"{np.median(values):.{digits}f} / {np.quantile(values, 0.99):.{digits}f}")
        print(f"{warp.name:20} {missed:6d} {cells[0]:>13} {cells[1]:>13} {cells[2]:>15}", flush=True)


if __name__ == "__main__":
    main()
