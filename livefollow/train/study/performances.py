"""Performances for Table 4: the paper's sixteen pieces, simulated from bad to worse; or a user's recordings of them.

The paper has them played by people on a piano that records keys and sound. Here nobody plays: what a person does is
drawn (`train/data/performance`), on a piano that nothing was learned from, in a measured room likewise.
"""

from __future__ import annotations

import csv
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from livefollow.constants import SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.follow.paper.state import MSMD
from livefollow.train.data.held_out import HELD_OUT_PIANO, HELD_OUT_ROOMS
from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.styles import PRESETS
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.data.sound.microphones import MicrophoneModel
from livefollow.train.data.sound.mixing import Scene, mix
from livefollow.train.data.sound.pianos import SCORE_PIANO, open_piano
from livefollow.train.data.sound.rooms import measured_response
from livefollow.train.paper.data import (
    PaperPiece,
    frames_of_sound,
    onsets_of,
    performed_piece,
    places_of,
    played_through,
)

# The pieces that the authors had played and recorded, as MSMD names them; all are of its test split.
PIECES = (
    "BachJS__BWV117a__BWV-117a",
    "BachJS__BWV797__bwv797",
    "BachJS__BWV817__bach-french-suite-6-menuet",
    "BachJS__BWV830__BWV-830-2",
    "BachJS__BWV924a__bach-prelude-bwv924a",
    "BachJS__BWVAnh113__anna-magdalena-03",
    "BachJS__BWVAnh116__anna-magdalena-07",
    "BachJS__BWVAnh120__BWV-120",
    "ChopinFF__O9__nocturne_in_b-flat_minor",
    "MozartWA__KV331__KV331_1_2_var1",
    "MussorgskyM__pictures-at-an-exhibition__promenade-3",
    "SchumannR__O68__schumann-op68-01-melodie",
    "SchumannR__O68__schumann-op68-06-pauvre-orpheline",
    "SchumannR__O68__schumann-op68-08-cavalier-sauvage",
    "SchumannR__O68__schumann-op68-16-premier-chagrin",
    "SchumannR__O68__schumann-op68-26-sans-titre",
)
MICROPHONE = MicrophoneModel(gain_db=-6.0)
SOUNDS = (".wav", ".flac", ".ogg")


@dataclass(frozen=True)
class Condition:
    """How pieces are played and heard.

    Attributes:
        name: as the table calls it.
        style: of playing.
        piano: that plays.
        room: measured, or none.
    """

    name: str
    style: str
    piano: str
    room: str = ""


SIMULATED = (
    Condition("score MIDI, synthesised", "score", SCORE_PIANO),
    Condition("humanised MIDI, same piano", "plain", SCORE_PIANO),
    Condition("humanised, held-out piano, dry", "plain", HELD_OUT_PIANO),
    Condition("humanised, held-out piano, held-out room", "plain", HELD_OUT_PIANO, HELD_OUT_ROOMS[0]),
)
LABEL = "simulated, nobody played them"


def perform(condition: Condition, look: Path, corpus: Path, seed: int) -> PaperPiece:
    """Play a piece in a condition; the same keys in all that have the same style.

    Raises:
        LivefollowError: a piano or room is missing.
    """
    music = Music.load(look.parent / "music.json")
    rng = np.random.default_rng((seed, zlib.crc32(music.name.encode())))
    played = played_through(music, PRESETS[condition.style], rng)
    sound = open_piano(condition.piano, corpus).render(played.notes(), SAMPLE_RATE, played.tuning_hz)
    if condition.room:
        response = measured_response(corpus, condition.room, SAMPLE_RATE)
        sound = mix(sound, Scene(response, [], MICROPHONE), None, rng)
    return performed_piece(MSMD, ScoreLook.load(look), music.name, onsets_of(played), frames_of_sound(sound))


def recorded_conditions(folder: Path) -> list[str]:
    """The conditions that a user has recordings of: the folders in a folder.

    Raises:
        LivefollowError: there are none.
    """
    names = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if not names:
        raise LivefollowError(f"{folder} has no folders of recordings, one for each condition, such as direct and room")
    return names


def recorded(folder: Path, look: Path) -> PaperPiece | None:
    """A user's recording of a piece: PIECE.wav (or .flac, .ogg), and beside it PIECE.csv with its onsets.

    The CSV has the columns `quarter`, quarter notes from the piece's beginning as printed, and `onset_s`, seconds.

    Returns:
        None where there is no recording of this piece.

    Raises:
        LivefollowError: it cannot be read, or its onsets are not those of the piece.
    """
    name = look.parent.name
    audio = next((folder / f"{name}{end}" for end in SOUNDS if (folder / f"{name}{end}").is_file()), None)
    if audio is None:
        return None
    truth = folder / f"{name}.csv"
    try:
        sound, rate = soundfile.read(audio, dtype="float32", always_2d=True)
        with truth.open(newline="", encoding="utf-8") as file:
            onsets = [(float(row["quarter"]), float(row["onset_s"])) for row in csv.DictReader(file)]
    except (OSError, soundfile.SoundFileError, KeyError, ValueError) as error:
        raise LivefollowError(f"{audio} or {truth.name} cannot be read: {error}") from error
    picture = ScoreLook.load(look)
    if len({quarter for quarter, _ in onsets} & places_of(picture).keys()) < 2:
        raise LivefollowError(f"{truth} has no two onsets of the piece: its quarter notes are those of music.json")
    mono = np.asarray(soxr.resample(sound.mean(1), rate, SAMPLE_RATE), np.float32)
    return performed_piece(MSMD, picture, name, onsets, frames_of_sound(mono))
