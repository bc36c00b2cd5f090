"""What a report of a problem says about the program at that moment: settings, score, sound, in numbers and kinds.

What is the player's is not in it: of settings only switches, numbers and choices among the program's own words; of the
score how many pages it has; of sound inputs rate, channels and the system that they belong to.
"""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from importlib import metadata

from PyQt6.QtCore import PYQT_VERSION_STR, qVersion
from PyQt6.QtGui import QGuiApplication

from livefollow.audio.devices import list_inputs, portaudio_lock
from livefollow.errors import DeviceError
from livefollow.score.files import PAGE_SUFFIXES
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences

# Settings whose texts are choices among the program's own.
CHOICES = ("layout", "highlight", "highlight_colour", "cursor", "paper", "language")
PATIENCE_S = 0.2  # for PortAudio
LIBRARIES = (
    "numpy",
    "opencv-python-headless",
    "onnxruntime",
    "onnxruntime-gpu",
    "pymupdf-lite",
    "sounddevice",
    "soundfile",
    "soxr",
    "av",
)


def versions() -> dict[str, str]:
    """Libraries and their versions, as far as they can be told without loading them."""
    known = {"Qt": qVersion() or "", "PyQt": PYQT_VERSION_STR, "frozen": str(bool(getattr(sys, "frozen", False)))}
    for name in LIBRARIES:
        try:
            known[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return known


def screens() -> dict[str, str]:
    """How the window is painted."""
    sizes = [f"{s.size().width()} × {s.size().height()} at {s.devicePixelRatio():g}" for s in QGuiApplication.screens()]
    return {"platform": QGuiApplication.platformName() or "", "screens": ", ".join(sizes)}


def settings(preferences: Preferences) -> dict[str, str]:
    """Settings that say nothing about the player."""
    values = {field.name: getattr(preferences, field.name) for field in dataclasses.fields(preferences)}
    return {
        name: str(value) for name, value in values.items() if isinstance(value, bool | int | float) or name in CHOICES
    } | {"an input was chosen": str(bool(preferences.device)), "pieces of the setlist": str(len(preferences.setlist))}


def score(open_score: OpenScore) -> dict[str, str]:
    """The open score, in numbers."""
    shown = open_score.score
    if shown is None:
        return {"score": "none"}
    path, read = shown.document.path, open_score.reading
    suffix = path.suffix.lower()  # of a name with a dot in it, perhaps words of the name
    return {
        "score": "folder" if path.is_dir() else suffix if suffix in PAGE_SUFFIXES else "file",
        "pages": str(shown.document.page_count),
        "pages read": str(len(shown.systems)),
        "systems": str(len(shown.strip.placements)),
        "events": str(len(read) if read else 0),
        "page": str(open_score.page),
        "warnings": str(len(shown.document.warnings)),
        "pages that look misread": str(len(shown.doubts)),
        "corrected pages": str(len(shown.corrections.pages)),
        "turned pages": str(len(shown.corrections.turns)),
    }


def following(session: Session | None) -> dict[str, str]:
    """The session, in numbers."""
    if session is None:
        return {"session": "none"}
    said = {"running": str(session.running), "paused": str(session.paused), "networks": ", ".join(session.networks)}
    sound = session.sound
    if sound:
        counts = ("state", "rate", "channels", "nonfinite", "xruns", "overruns", "lost_samples", "gaps", "gap_s")
        said |= {f"sound: {name}": str(getattr(sound, name)) for name in counts}
        said |= {"sound: note": sound.note.template, "sound: peak": f"{sound.level.peak:.3f}"}
    return said | {"cost": str(session.statistics.figures())}


def inputs() -> dict[str, str]:
    """The kinds of the sound inputs; none before the program listens, which starts PortAudio."""
    if "sounddevice" not in sys.modules:
        return {"inputs": "not looked for yet"}
    if not portaudio_lock.acquire(timeout=PATIENCE_S):  # a driver hangs: a report must not
        return {"inputs": "PortAudio is busy"}
    try:
        kinds = Counter(f"{i.host_api}, {i.channels} channels, {i.rate} Hz" for i in list_inputs())
    except DeviceError as error:
        return {"inputs": error.message.template}
    finally:
        portaudio_lock.release()
    return {"inputs": "; ".join(f"{count} of {kind}" for kind, count in kinds.items()) or "none"}
