"""Opens mutated PDFs, rasterises all of their pages, and counts what becomes of them.

    python -m tests.benchmarks.score.mutated_pdfs [--count 500] [--seed 0]

Prints a Markdown table, a row per kind of mutation. Fails when anything but a page, a grey page with a warning, or a
`ScoreError` comes out, or when a file takes longer than its limits allow.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from livefollow.constants import PAGE_TIMEOUT_S
from livefollow.errors import ScoreError
from livefollow.score.document import Document
from tests.broken import make_pdf, mutations

DATA = Path(__file__).parents[2] / "data"
OUTCOMES = ("opened", "opened with warning", "opened with grey pages", "refused")
# Two children may each use up their time on opening and on each of three pages, then no more is tried.
LONGEST_S = 2 * 4 * PAGE_TIMEOUT_S + 10


def base_pdfs() -> list[tuple[str, bytes]]:
    """The PDFs to mutate: typeset ones of the tests, and two plain ones without compression."""
    made = [("plain, 1 page", make_pdf()), ("plain, 5 pages", make_pdf(5))]
    return [(path.name, path.read_bytes()) for path in sorted(DATA.glob("*.pdf"))] + made


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


def run(count: int, seed: int, folder: Path) -> tuple[dict[str, Counter[str]], dict[str, list[float]]]:
    """Outcomes, and seconds of each file, by kind of mutation."""
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: dict[str, list[float]] = defaultdict(list)
    bases = base_pdfs()
    streams = [mutations(data, count // len(bases) + 1, seed + i) for i, (_, data) in enumerate(bases)]
    path = folder / "mutated.pdf"
    for i in range(count):
        kind, data = next(streams[i % len(bases)])
        path.write_bytes(data)
        start = time.perf_counter()
        what, _ = outcome(path)
        seconds[kind].append(time.perf_counter() - start)
        outcomes[kind][what] += 1
        assert seconds[kind][-1] < LONGEST_S, f"{kind} {i}: {seconds[kind][-1]:.1f} s"
    return outcomes, seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        outcomes, seconds = run(args.count, args.seed, Path(folder))
    print(f"| mutation | files | {' | '.join(OUTCOMES)} | median s | longest s |")
    print("|---|" + "---:|" * (len(OUTCOMES) + 3))
    outcomes["all"] = sum(outcomes.values(), Counter())
    seconds["all"] = [each for times in seconds.values() for each in times]
    for kind, counts in outcomes.items():
        times = sorted(seconds[kind])
        cells = [len(times), *(counts[what] for what in OUTCOMES), f"{times[len(times) // 2]:.2f}", f"{times[-1]:.2f}"]
        print(f"| {kind} | {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    main()
