"""All settings of the window, in `settings.json` in the platform's folder for settings.

    settings = open_preferences()
    settings.values.look_ahead_s            # read at any time: a frozen dataclass
    settings.change(look_ahead_s=2.0)       # valid at once, written soon; ValueError for invalid values
    settings.complaint                      # a sentence to show if the file could not be read, else empty
    settings.close()                        # when the window closes: waits until everything is written

A new setting is one line below: its default, and which values are valid.
See `record_file` for threads and damaged files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from livefollow.turning.types import DEFAULTS
from livefollow.turning.view import Layout
from livefollow.viewer.settings.language import OWN_NAMES
from livefollow.viewer.settings.record_file import RecordFile, checked, flag, many, number, one_of, text

WIDTH = "width"  # the width fits, and what is seen goes on by system
LAYOUTS = ("auto", *(layout.value for layout in Layout), WIDTH)  # auto: by the window's shape
CURSORS = ("glides", "notes")
HIGHLIGHTS = ("none", "line", "box", "bar", "system")
PAPERS = ("white", "sepia", "night")
LANGUAGES = ("", *OWN_NAMES)  # empty: the system's
MOST_RECENT = 12
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
METRONOME = ("both", "before", "through")  # a bar before, and through a pass of a loop
MOST_PIECES = 500
MOST_CONTROLS = 100
LONGEST_CONTROL = 200  # letters

# Names of actions that a key or a pedal can be assigned to; empty: it does nothing.
ASSIGNABLE = ("", "forward", "back", "half_forward", "start", "record", "pause", "next_piece")


class OwnControl(NamedTuple):
    """What the player has assigned to a key or a pedal."""

    control: str  # `key:Ctrl+F5`, as QKeySequence writes it, or `midi:DEVICE:controller 67`
    action: str


def own_control(value: Any) -> OwnControl:
    """Check an assignment, `[control, action]`."""
    control, action = value
    if not text(control).startswith(("key:", "midi:")) or len(control) > LONGEST_CONTROL:
        raise ValueError(f"{control!r} is neither a key nor MIDI")
    return OwnControl(control, one_of(*ASSIGNABLE)(action))


def colour(value: Any) -> str:
    """Check a colour, `#rrggbb`."""
    if not (isinstance(value, str) and COLOUR.fullmatch(value)):
        raise ValueError(f"{value!r} is no colour like #82b9ff")
    return value.lower()


def tuning(value: Any) -> float:
    """Hz of the instrument's a', 0 for as it sounds."""
    return float(value) if value == 0 else float(number(390, 490)(value))


@dataclass(frozen=True)
class Preferences:
    """All settings that the player can change, and what is kept between sessions."""

    layout: str = checked("auto", one_of(*LAYOUTS))
    look_ahead_s: float = checked(DEFAULTS.look_ahead_s, number(0, 10))  # the page is turned this long before its end
    turn_by_itself: bool = checked(True, flag)
    play_repeats: bool = checked(True, flag)  # the player takes the repeats printed in the score
    highlight: str = checked("box", one_of(*HIGHLIGHTS))
    highlight_colour: str = checked("#82b9ff", colour)
    highlight_opacity: float = checked(0.8, number(0.05, 1))
    cursor: str = checked("glides", one_of(*CURSORS))  # along the music, or from note to note
    trim: bool = checked(True, flag)  # leave out margins that are empty on every page
    paper: str = checked("white", one_of(*PAPERS))
    tool_bar: bool = checked(False, flag)
    overview: bool = checked(False, flag)
    statistics: bool = checked(False, flag)
    device: str = checked("", text)  # name of the sound input; empty: the system's default
    microphone_told: bool = checked(False, flag)  # whether the player was told once which input is listened to
    tuning_hz: float = checked(0.0, tuning)
    controls: tuple[OwnControl, ...] = checked((), many(own_control, MOST_CONTROLS))  # one for each key or pedal
    language: str = checked("", one_of(*LANGUAGES))
    full_screen: bool = checked(False, flag)
    geometry: str = checked("", text)  # QWidget.saveGeometry, base 64
    score_folder: str = checked("", text)  # where the last score was opened
    keep_sessions: bool = checked(False, flag)  # positions of every session, for later practice reports
    recording_folder: str = checked("", text)
    recent: tuple[str, ...] = checked((), many(text, MOST_RECENT))  # paths of scores, the newest first
    recent_setlists: tuple[str, ...] = checked((), many(text, MOST_RECENT))  # paths, the newest first
    metronome_sound: bool = checked(True, flag)  # heard, or its light only
    metronome_when: str = checked("both", one_of(*METRONOME))
    metronome_volume: float = checked(0.5, number(0, 1))
    tempo_shown: bool = checked(False, flag)  # the tempo at which one plays, in the status bar
    back_at_end: bool = checked(True, flag)  # after the end of a piece go back to its start
    next_at_end: bool = checked(True, flag)  # after a piece of the setlist open the next one
    setlist_shown: bool = checked(False, flag)
    setlist: tuple[str, ...] = checked((), many(text, MOST_PIECES))  # paths of scores in their order


def open_preferences(folder: Path | None = None) -> RecordFile[Preferences]:
    """Open the settings as they were left.

    Args:
        folder: where `settings.json` is; the platform's folder for settings by default.
    """
    return RecordFile((folder or platformdirs.user_config_path("livefollow")) / "settings.json", Preferences)
