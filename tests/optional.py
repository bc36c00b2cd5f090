"""Programs, files and modules that not every machine has: here is decided whether they are there.

A test that needs a program or a file calls one of these first, and is skipped with what is missing and the package that
brings it. A test file below `tests/train` may import every one of MODULES at its top: it is skipped where one is not
installed. Elsewhere, and where a module is loaded later, `@needs_modules(...)` says so.
`python -m tests.benchmarks.without` hides each of them in turn.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Generator
from functools import cache
from pathlib import Path

import pytest

# Programs, with their packages of Debian.
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
# Modules, with the extra of livefollow that brings them.
MODULES = {
    "cairosvg": "train",
    "cma": "train",
    "gymnasium": "train",
    "madmom": "parity",
    "matplotlib": "report",
    "mido": "train",
    "mir_eval": "train",
    "onnx": "train",
    "pyroomacoustics": "train",
    "scipy": "train",
    "tensorboard": "train",
    "torch": "train",
    "openTSNE": "inspect",
    "verovio": "train",
}
TRAINING = Path(__file__).parent / "train"  # tests of what needs the extra `train`


def needs_modules(*names: str) -> pytest.MarkDecorator:
    """A mark that skips where one of MODULES is not installed."""
    missing = [name for name in names if not _installed(name)]
    return pytest.mark.skipif(bool(missing), reason=_reason(missing))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Skip a test file of the training that imports what is not installed."""
    report = yield
    call: pytest.CallInfo[object] | None = getattr(report, "call", None)
    if report.failed and call and call.excinfo and collector.path.is_relative_to(TRAINING):
        cause = call.excinfo.value.__cause__
        name = (cause.name or "").partition(".")[0] if isinstance(cause, ModuleNotFoundError) else ""
        if name in MODULES:
            report.outcome = "skipped"
            report.longrepr = (str(collector.path), 1, f"Skipped: {_reason([name])}")
    return report


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


def _installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # a hidden one
        return False


def _reason(modules: list[str]) -> str:
    extras = ", ".join(sorted({MODULES[name] for name in modules}))
    return f"not installed: {', '.join(modules)} (extra {extras} of livefollow)"
