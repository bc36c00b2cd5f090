"""What the tests reach of livefollow, told after `make coverage`: `python -m tests.covered`.

Prints the share of lines of the whole package, and of the files of which little is reached. Where torch is not
installed, the tests of the training are skipped, and its files are left out.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import NoDataError

LOW = 60.0  # per cent of its lines: a file of which less is reached is named
TRAINING = "livefollow/train/*"


def main() -> None:
    left_out = [] if importlib.util.find_spec("torch") else [TRAINING]
    measured = Coverage()
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        try:
            measured.json_report(outfile=str(path), omit=left_out)
        except NoDataError:
            raise SystemExit("Nothing was counted: run `make coverage`.") from None
        told = json.loads(path.read_text())
    files = {name: file["summary"] for name, file in told["files"].items()}
    low = {name: lines for name, lines in files.items() if lines["percent_covered"] < LOW and lines["num_statements"]}
    without = f", without {TRAINING} (no torch)" if left_out else ""
    print(f"Lines reached: {told['totals']['percent_covered']:.1f} % of {len(files)} files{without}", end="")
    print(f"; below {LOW:.0f} %:" if low else "")
    for name, lines in sorted(low.items(), key=lambda item: item[1]["percent_covered"]):
        print(f"  {lines['percent_covered']:3.0f} % of {lines['num_statements']:3d}  {name}")


if __name__ == "__main__":
    main()
