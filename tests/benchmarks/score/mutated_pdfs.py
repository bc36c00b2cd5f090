"""Opens mutated scores, rasterises all of their pages, and counts what becomes of them.

    python -m tests.benchmarks.score.mutated_pdfs [--count 500] [--seed 0] [--images 0]

PDFs, and so many images (PNG, JPEG, TIFF, WebP). Prints a Markdown table, a row per kind of mutation. Fails when
anything but a page, a grey page with a warning, or a `ScoreError` comes out, or when a file takes longer than its
limits allow. It may be ended at any time (Ctrl+C): what has been tried until then is printed.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path
from statistics import median

import cv2

from livefollow.constants import PAGE_TIMEOUT_S
from livefollow.errors import ScoreError
from livefollow.score.document import Document
from tests.broken import ANY_FILE, KINDS, make_pdf, mutations

DATA = Path(__file__).parents[2] / "data"
OUTCOMES = ("opened", "opened with warning", "opened with grey pages", "refused")
# Two children may each use up their time on opening and on each of three pages, then no more is tried.
LONGEST_S = 2 * 4 * PAGE_TIMEOUT_S + 10


def base_pdfs() -> list[tuple[str, bytes]]:
    """The PDFs to mutate: typeset ones of the tests, and two plain ones without compression."""
    made = [("plain, 1 page", make_pdf()), ("plain, 5 pages", make_pdf(5))]
    return [(path.name, path.read_bytes()) for path in sorted(DATA.glob("*.pdf"))] + made


def base_images() -> list[tuple[str, bytes]]:
    """The images to mutate: a typeset page in each format, by the end of its name."""
    with Document(DATA / "melody.pdf") as document:
        page = document.page(1).image
    return [(suffix, cv2.imencode(suffix, page)[1].tobytes()) for suffix in (".png", ".jpg", ".tif", ".webp")]


def outcome(path: Path) -> tuple[str, int]:
    """What becomes of a file, and how many of its pages were rasterised."""
    try:
        with Document(path) as document:
            pages = list(document.pages())
            if any(page.placeholder for page in pages):
                return "opened with grey pages", len(pages)
            return ("opened with warning" if document.warnings else "opened"), len(pages)
    except ScoreError as error:
        if not str(error).endswith("."):
            raise AssertionError("no sentence") from error
        return "refused", 0


class Tally:
    """Outcomes, and seconds of each file, by kind of mutation."""

    def __init__(self) -> None:
        """Nothing has been tried yet."""
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def run(self, count: int, seed: int, folder: Path, *, images: bool = False) -> None:
        """Try so many files."""
        bases = base_images() if images else base_pdfs()
        kinds = ANY_FILE if images else KINDS
        streams = [mutations(data, count // len(bases) + 1, seed + i, kinds) for i, (_, data) in enumerate(bases)]
        for i in range(count):
            name = bases[i % len(bases)][0]
            kind, data = next(streams[i % len(bases)])
            path = folder / f"mutated{name if images else '.pdf'}"
            path.write_bytes(data)
            what, seconds = self._timed(path)
            kind = f"{kind} ({name[1:]})" if images else kind
            self.seconds[kind].append(seconds)
            self.outcomes[kind][what] += 1
            assert seconds < LONGEST_S, f"{kind} {i}: {seconds:.1f} s"

    def table(self) -> str:
        """As Markdown."""
        lines = [f"| mutation | files | {' | '.join(OUTCOMES)} | median s | longest s |"]
        lines.append("|---|" + "---:|" * (len(OUTCOMES) + 3))
        counts = self.outcomes | {"all": sum(self.outcomes.values(), Counter())}
        seconds = self.seconds | {"all": [each for times in self.seconds.values() for each in times]}
        for kind, counted in counts.items():
            times = sorted(seconds[kind])
            cells = [len(times), *(counted[what] for what in OUTCOMES), f"{median(times):.2f}", f"{times[-1]:.2f}"]
            lines.append(f"| {kind} | {' | '.join(map(str, cells))} |")
        return "\n".join(lines)

    @staticmethod
    def _timed(path: Path) -> tuple[str, float]:
        start = time.perf_counter()
        what, _ = outcome(path)
        return what, time.perf_counter() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--images", type=int, default=0)
    args = parser.parse_args()
    logging.disable(logging.WARNING)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
        tally.run(args.images, args.seed, Path(folder), images=True)
        tally.run(args.count, args.seed, Path(folder))
    print(tally.table())


if __name__ == "__main__":
    main()
