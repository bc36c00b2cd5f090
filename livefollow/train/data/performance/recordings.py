"""Rendered performances on disk, and the only functions through which training reads sound.

A recording is two files, `DATA/performances/SPLIT/PIECE/STYLE-SEED-PIANO.flac` (dry sound, 22.05 kHz, 16 bits) and
`….npz` (what was played, and the truth), the second written last: without it the first does not count.

What is held out (a piano, some rooms, the pieces of other splits) is refused by name here, whatever lies on the disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

from livefollow.constants import SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.storage import whole_file
from livefollow.train.data.held_out import EVALUATION_SPLITS, HELD_OUT_PIANO, HELD_OUT_ROOMS
from livefollow.train.data.performance.performance import PerformedJump, Played
from livefollow.train.data.sound import pianos, rooms

VERSION = 1
PEAK = 0.7
SIMULATED_ROOMS = 160
SIMULATED_SEED = 1

JUMP = np.dtype([("t", "f8"), ("kind", "U4"), ("repeat", "?")])

Sound = npt.NDArray[np.float32]


class HeldOutError(LivefollowError):
    """Training asked for something that is held out for evaluation, or its folder has it."""


@dataclass(frozen=True, eq=False)
class Recording:
    """A performance with its sound on disk."""

    path: Path  # of the npz
    piece: str
    style: str
    piano: str
    seed: int
    seconds: float  # of sound
    played: Played

    def sound(self, start_s: float = 0.0, length_s: float | None = None) -> Sound:
        """Dry sound, (n,) float32 at 22.05 kHz from `start_s` on; shorter where it ends.

        Raises:
            LivefollowError: the sound cannot be read.
        """
        try:
            with soundfile.SoundFile(self.path.with_suffix(".flac")) as file:
                file.seek(min(round(start_s * SAMPLE_RATE), file.frames))
                frames = -1 if length_s is None else round(length_s * SAMPLE_RATE)
                return np.asarray(file.read(frames, dtype="float32"), np.float32)
        except (soundfile.SoundFileError, OSError) as error:
            raise LivefollowError(f"{self.path.with_suffix('.flac')} cannot be read: {error}") from None


def save_recording(path: Path, piece: str, style: str, piano: str, seed: int, played: Played, dry: Sound) -> None:
    """Write a recording; it exists only when it is whole.

    Args:
        path: of the npz; its folder is made.
        piece, style, piano, seed: what it is of.
        played: what was played.
        dry: (n,) at 22.05 kHz, any level but silence.

    Raises:
        ValueError: the sound is empty, silent or not finite.
    """
    peak = float(np.abs(dry).max(initial=0.0))
    if not np.isfinite(peak) or peak < 1e-4:
        raise ValueError(f"the sound of {path.stem} is silent or broken")
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path.with_suffix(".flac")) as partial:
        soundfile.write(partial, dry * np.float32(PEAK / peak), SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    with whole_file(path) as partial, partial.open("wb") as file:
        np.savez_compressed(
            file,
            version=np.int32(VERSION),
            piece=piece,
            style=style,
            piano=piano,
            seed=np.int64(seed),
            seconds=len(dry) / SAMPLE_RATE,
            keys=played.keys,
            onsets=played.onsets,
            jumps=np.array([(j.t, j.kind, j.repeat) for j in played.jumps], JUMP),
            pauses=np.array(played.pauses, np.float64).reshape(-1, 2),
            pedal_s=np.array(played.pedal_s, np.float64),
            tuning_hz=played.tuning_hz,
            end_s=played.end_s,
        )


def load_recording(path: Path) -> Recording:
    """Read what `save_recording` wrote; the sound stays on disk until asked for.

    Raises:
        OSError: it cannot be read.
        ValueError: it is of another version, or no recording.
    """
    with np.load(path, allow_pickle=False) as file:
        data: dict[str, Any] = {name: file[name] for name in file.files}
    if int(data.get("version", -1)) != VERSION:
        raise ValueError(f"{path} was written by another version: make the dataset again")
    played = Played(
        keys=data["keys"],
        onsets=data["onsets"],
        jumps=[PerformedJump(float(j["t"]), str(j["kind"]), bool(j["repeat"])) for j in data["jumps"]],
        pauses=[(float(t), float(length)) for t, length in data["pauses"]],
        pedal_s=data["pedal_s"].tolist(),
        tuning_hz=float(data["tuning_hz"]),
        end_s=float(data["end_s"]),
    )
    return Recording(
        path,
        str(data["piece"]),
        str(data["style"]),
        str(data["piano"]),
        int(data["seed"]),
        float(data["seconds"]),
        played,
    )


def training_recordings(data: Path, splits: tuple[str, ...] = ("train", "exercises")) -> list[Recording]:
    """All recordings that may be learned from, in order of path.

    Args:
        data: the dataset's folder.
        splits: folders of `DATA/performances`.

    Raises:
        HeldOutError: a split is for evaluation, or a recording in one of them is of the held-out piano.
    """
    found = []
    for split in splits:
        if Path(split).name in EVALUATION_SPLITS:
            raise HeldOutError(f"the split {split} is kept for evaluation: nothing may be learned from it")
        for path in sorted((data / "performances" / split).glob("*/*.npz")):
            recording = load_recording(path)
            if pianos.is_held_out(path.stem) or pianos.is_held_out(recording.piano):
                raise HeldOutError(f"{path} is of the held-out piano {HELD_OUT_PIANO}: remove it")
            found.append(recording)
    return found


def recordings_of(data: Path, split: str) -> list[Recording]:
    """All recordings of a split, whatever the piano, in order of path: to measure and report, never to learn from."""
    return [load_recording(path) for path in sorted((data / "performances" / split).glob("*/*.npz"))]


def training_responses(corpus: Path, names: list[str] | None = None) -> list[Sound]:
    """Responses of rooms that may be learned from, measured ones first.

    Args:
        corpus: folder with `rooms/` in it.
        names: measured rooms; all that are not held out by default.

    Returns:
        Responses at 22.05 kHz, the direct sound first.

    Raises:
        HeldOutError: a named room is held out.
    """
    wanted = rooms.training_rooms(corpus) if names is None else names
    for name in wanted:
        if rooms.is_held_out(name):
            raise HeldOutError(f"the room {name} is held out: nothing may be learned in it")
    measured = [rooms.measured_response(corpus, name, SAMPLE_RATE) for name in wanted]
    return measured + rooms.simulated_responses(SIMULATED_ROOMS, SIMULATED_SEED, SAMPLE_RATE)


def evaluation_responses(corpus: Path) -> list[Sound]:
    """Responses of the held-out rooms at 22.05 kHz, in the order of `rooms.HELD_OUT_ROOMS`: never for learning."""
    return [rooms.measured_response(corpus, name, SAMPLE_RATE) for name in HELD_OUT_ROOMS]


def write_vorbis(path: Path, sound: npt.NDArray[np.float32], sample_rate: int) -> None:
    """Write mono sound (n,) as Ogg Vorbis, in pieces: libsndfile's encoder overflows its stack on long writes."""
    with soundfile.SoundFile(path, "w", sample_rate, 1, format="OGG", subtype="VORBIS") as file:
        for start in range(0, len(sound), sample_rate):
            file.write(sound[start : start + sample_rate])
