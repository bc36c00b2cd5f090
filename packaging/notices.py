"""Names and licences of everything that a frozen application carries beside livefollow's own code.

    python packaging/notices.py OUT.txt

Reads what is installed in the Python that runs it: each distribution's licence, and the texts that came with it.
"""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

BUILT_WITH = {"pip", "setuptools", "wheel", "altgraph", "pyinstaller-hooks-contrib", "packaging", "livefollow"}
LICENCE_FILES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")
HEAD = """livefollow is free software under the GNU Affero General Public License, version 3 or later (LICENSE), without
any warranty. This application also carries the following works of others, under the licences named with each. PyQt6 is
under the GPL 3 and PyMuPDF under the AGPL 3, therefore so is the whole.

Python itself: Python Software Foundation License, https://docs.python.org/3/license.html
The start of the application is PyInstaller's boot loader (GPL 2 or later with an exception for what it starts).
"""


def main() -> int:
    """Write the notices."""
    found = {(one.name or "").lower(): one for one in distributions()}
    parts = [HEAD] + [notice(found[name]) for name in sorted(found) if name and name not in BUILT_WITH]
    Path(sys.argv[1]).write_text("\n".join(parts), encoding="utf-8")
    print(f"{len(parts) - 1} works of others")
    return 0


def notice(distribution: Distribution) -> str:
    """Name, version, licence and licence texts of a distribution."""
    about = distribution.metadata
    classifiers = [line.split(" :: ")[-1] for line in about.get_all("Classifier") or [] if line.startswith("License")]
    licence = about.get("License-Expression") or ", ".join(classifiers) or about.get("License") or "see below"
    texts = [
        file.locate().read_text(encoding="utf-8", errors="replace").strip()
        for file in distribution.files or []
        if file.name.upper().startswith(LICENCE_FILES) and file.locate().is_file() and "dist-info" in str(file)
    ]
    head = f"{about['Name']} {about['Version']}: {licence.splitlines()[0]}"
    return "\n\n".join(["=" * 100 + f"\n{head}\n" + "=" * 100, *texts, ""])


if __name__ == "__main__":
    sys.exit(main())
