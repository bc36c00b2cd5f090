"""The tests as on a machine without one of the optional programs, files and modules: they pass or are skipped.

    python -m tests.benchmarks.without [NAME ...]

Each is hidden in turn: a program by a PATH without it, a sound font by folders without it, FluidSynth and modules of
Python by an import that fails. A row for each says how the tests ended that could need it; the exit code is 1 where
some failed. Takes some minutes each.
"""

from __future__ import annotations

import argparse
import ctypes.util
import importlib.abc
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from tests.optional import MODULES, PROGRAMS

REPOSITORY = Path(__file__).parents[2]
HIDDEN = "LIVEFOLLOW_TESTS_WITHOUT"  # to this module as a plugin of pytest: what it hides, and a folder of links
FONTS = ("FluidR3_GM.sf2", "TimGM6mb.sf2", "MuseScore_General.sf3")
LIBRARY = "fluidsynth"
SOUNDS = ("train/data/cases", "train/data/performance", "train/data/sound")
ENGRAVINGS = ("train/data/engraving", "train/data/scores")
MODULES_USED = ("cli", "evaluate", "features", "follow", "train", "test_privacy.py")
# Where tests lie that could need it.
TESTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*FONTS, LIBRARY, "espeak-ng"), SOUNDS),
    **dict.fromkeys(("lilypond", "musescore3"), ENGRAVINGS),
    **dict.fromkeys(("appstreamcli", "desktop-file-validate", "make"), ("packaging",)),
    **dict.fromkeys(("pactl", "paplay", "pulseaudio"), ("system",)),
    "dbus-daemon": ("viewer/desktop/test_wake_lock.py",),
    "strace": ("test_privacy.py",),
    **dict.fromkeys(MODULES, MODULES_USED),
}


def main() -> int:
    """Hide each, run the tests, and print a row."""
    everything = [*PROGRAMS, *FONTS, LIBRARY, *MODULES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*everything, []], help=", ".join(everything))
    names = parser.parse_args().names or everything
    failed = False
    print("| without | passed | skipped | failed |\n|---|---:|---:|---:|")
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            said, code = run_without(name, Path(folder))
        counts = [sum(int(n) for n in re.findall(rf"(\d+) {what}", said)) for what in ("passed", "skipped")]
        wrong = sum(int(n) for n in re.findall(r"(\d+) (?:failed|error)", said))
        print(f"| {name} | {counts[0]} | {counts[1]} | {wrong} |", flush=True)
        if code:
            failed = True
            print(said, file=sys.stderr)
    return int(failed)


def run_without(name: str, folder: Path) -> tuple[str, int]:
    """Run the tests that could need something without it: what pytest says, and its exit code."""
    environment = dict(os.environ)
    if name in PROGRAMS:
        places = [Path(place) for place in os.environ["PATH"].split(os.pathsep)]
        environment["PATH"] = os.pathsep.join(map(str, linked(places, folder, {name})))
    else:
        environment[HIDDEN] = f"{name}{os.pathsep}{folder}"
    plugin = ["-p", "tests.benchmarks.without", "-W", "ignore::pytest.PytestAssertRewriteWarning"]  # of tests.optional
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-m", "not slow", *plugin]
    words = [*command, *(f"tests/{path}" for path in TESTS[name])]
    done = subprocess.run(words, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    return done.stdout[-4000:], done.returncode


def linked(places: Iterable[Path], folder: Path, hidden: set[str]) -> list[Path]:
    """A folder of links for each place, to all that is there but what is hidden."""
    made = []
    for number, place in enumerate(place for place in places if place.is_dir()):
        links = folder / str(number)
        links.mkdir()
        for file in place.iterdir():
            if file.name not in hidden:
                (links / file.name).symlink_to(file)
        made.append(links)
    return made


class Missing(importlib.abc.MetaPathFinder):
    """Finds that a module is not installed."""

    def __init__(self, module: str) -> None:
        self._module = module

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Raise ModuleNotFoundError for the module and all that is in it."""
        if name.partition(".")[0] == self._module:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def pytest_configure() -> None:
    """As a plugin of pytest: hide a module, a sound font, or FluidSynth."""
    name, _, folder = os.environ.get(HIDDEN, "").partition(os.pathsep)
    patch = pytest.MonkeyPatch()  # never undone
    if name == LIBRARY:
        find = ctypes.util.find_library
        patch.setattr(ctypes.util, "find_library", lambda wanted: None if LIBRARY in wanted else find(wanted))
    elif name in MODULES:
        sys.meta_path.insert(0, Missing(name))
    elif name:
        from livefollow.train.data.sound import pianos

        patch.setattr(pianos, "FONT_FOLDERS", tuple(linked(pianos.FONT_FOLDERS, Path(folder), {name})))


if __name__ == "__main__":
    sys.exit(main())
