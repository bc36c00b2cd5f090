"""How long a score takes to open, and how much memory, for 1, 10 and 100 pages.

    python -m tests.benchmarks.score.opening [--score tests/data/piano.pdf] [--runs 5]

Copies of the score's first page are bound into larger PDFs. Each run is a fresh process, so that times include the
start of the child and peaks are its own; prints a Markdown table of medians. Linux only: peaks come from /proc.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from livefollow.score.document import Document
from livefollow.score.score import Score

DATA = Path(__file__).parents[2] / "data"
PAGES = (1, 10, 100)


def bind(source: Path, pages: int, path: Path) -> None:
    """Write a PDF of `pages` copies of the first page of another."""
    import pymupdf

    with pymupdf.open(source) as page, pymupdf.open() as bound:
        for _ in range(pages):
            bound.insert_pdf(page, to_page=0)
        bound.save(path)


def peak_mib(process: int | str) -> float:
    """Peak of a process's resident memory, in MiB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measure(path: Path) -> dict[str, float]:
    """One run, in this process: the columns of the table. A further measure is one more entry."""
    columns: dict[str, float] = {}
    start = time.perf_counter()
    with Document(path) as document:
        columns["open, s"] = time.perf_counter() - start
        document.page(1)
        columns["first page, s"] = time.perf_counter() - start
        for number in range(2, document.page_count + 1):
            document.page(number)
        columns["all pages, s"] = time.perf_counter() - start
        columns["parent peak, MiB"] = peak_mib("self")
        columns["child peak, MiB"] = peak_mib(document._child._children[0].pid)
    start = time.perf_counter()
    with Score(path, data=path.parent) as score:
        for page in score.read():
            if page.number == 1:
                columns["first page on the strip, s"] = time.perf_counter() - start
        columns["strip, s"] = time.perf_counter() - start
        columns["parent peak with strip, MiB"] = peak_mib("self")
    return columns


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--score", type=Path, default=DATA / "piano.pdf")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(args.measure)))
        return
    with tempfile.TemporaryDirectory() as folder:
        for row, pages in enumerate(PAGES):
            path = Path(folder) / f"{pages}.pdf"
            bind(args.score, pages, path)
            command = [sys.executable, "-m", "tests.benchmarks.score.opening", "--measure", str(path)]
            runs = [json.loads(subprocess.check_output(command)) for _ in range(args.runs)]
            if row == 0:
                print(f"| pages | {' | '.join(runs[0])} |")
                print("|---:|" + "---:|" * len(runs[0]))
            medians = [statistics.median(run[column] for run in runs) for column in runs[0]]
            print(f"| {pages} | {' | '.join(f'{value:.3g}' for value in medians)} |")


if __name__ == "__main__":
    main()
