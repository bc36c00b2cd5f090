"""Programs and files that not every machine has: here is decided whether they are there.

A test that needs one calls this first, and is skipped with what is missing and the package of Debian that brings it.
Modules of Python are `pytest.importorskip`'s. `python -m tests.benchmarks.without` hides each of them in turn.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

import pytest

# Programs, with their packages.
PROGRAMS = {
    "appstreamcli": "appstream",
    "dbus-daemon": "dbus-daemon",
    "desktop-file-validate": "desktop-file-utils",
    "espeak-ng": "espeak-ng",
    "lilypond": "lilypond",
    "make": "make",
    "musescore3": "musescore3",
    "paplay": "pulseaudio-utils",
    "pactl": "pulseaudio-utils",
    "pulseaudio": "pulseaudio",
    "strace": "strace",
}


def needs_program(*names: str) -> None:
    """Skip where one of PROGRAMS is missing."""
    missing = [name for name in names if not shutil.which(name)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (Debian: {' '.join({PROGRAMS[name] for name in missing})})")


def needs_tracer() -> None:
    """Skip without a strace that may trace."""
    needs_program("strace")
    if trouble := _refusal_to_trace():
        pytest.skip(trouble)


def needs_musescore() -> None:
    """Skip without MuseScore 3, whose program has several names."""
    from livefollow.train.data.engraving.musescore import program  # needs some of the extra `dev`

    if program() is None:
        needs_program("musescore3")


def needs_piano(name: str) -> None:
    """Skip where a piano of SOUND_FONTS cannot be played: without FluidSynth or the sound font."""
    from livefollow.train.data.sound.pianos import SOUND_FONTS, find_font
    from livefollow.train.data.sound.sfz import PianoError

    pytest.importorskip("fluidsynth", reason="needs pyfluidsynth and FluidSynth", exc_type=ImportError)
    try:
        find_font(SOUND_FONTS[name])
    except PianoError as error:
        pytest.skip(str(error))


@cache
def _refusal_to_trace() -> str:
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return f"strace may not trace here: {tried.stderr.strip()}" if tried.returncode else ""
