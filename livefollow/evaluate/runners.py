"""Runners: the cursors of `baselines`, and programs that read a score and a recording and write a track.

An agent is such a program too, `livefollow track --agent NAME`: it is measured as a user runs it, in its own process.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from livefollow.constants import SAMPLE_RATE
from livefollow.errors import AudioError, LivefollowError
from livefollow.evaluate import baselines
from livefollow.evaluate.cases import Case
from livefollow.evaluate.metrics import evaluate, seconds_following
from livefollow.evaluate.summary import Result
from livefollow.follow.track import Track, load_track
from livefollow.tables import CaseError

LIMIT_S = 1800.0  # a case may take this long
NOISE_RMS = 0.1  # of full scale
PLACES = ("score", "audio", "csv")


class CommandError(LivefollowError):
    """A command line cannot be run as it is given."""

    exit_code = 2


class Runner(Protocol):
    """Makes a track of a case."""

    @property
    def name(self) -> str:
        """The name in the tables."""

    @property
    def hears(self) -> bool:
        """Whether it is measured; else it is a baseline."""

    def follow(self, case: Case) -> Track:
        """Make the track of a case.

        Raises:
            LivefollowError: it failed.
        """


@dataclass(frozen=True)
class Cursor:
    """A cursor of `baselines`."""

    name: str
    hears: bool = False

    def follow(self, case: Case) -> Track:
        """Make its track from the truth, without the sound.

        Raises:
            AudioError: the recording of a case without truth cannot be opened.
        """
        if case.truth is None:
            return baselines.track_off_piece(self.name, duration_s(case.audio))
        return baselines.CURSORS[self.name](case)


@dataclass(frozen=True)
class Program:
    """A command that writes a track.

    Attributes:
        name: as the tables call it.
        command: with the places {score}, {audio} and {csv}, and {case} for the folder.
        folder: where its tracks go, one CSV per case.
        sounds: recordings it hears instead of the cases' own, by the case's name.
        limit_s: seconds it may take for a case.
        hears: False where it hears something else.
    """

    name: str
    command: tuple[str, ...]
    folder: Path
    sounds: Mapping[str, Path] = field(default_factory=dict)
    limit_s: float = LIMIT_S
    hears: bool = True

    def follow(self, case: Case) -> Track:
        """Run the program on a case.

        Raises:
            LivefollowError: it does not start, fails, takes too long, or writes no sound track.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        csv = self.folder / f"{case.name}.csv"
        csv.unlink(missing_ok=True)
        audio = self.sounds.get(case.name, case.audio)
        places = {"score": case.score, "audio": audio, "csv": csv, "case": case.folder}
        try:
            command = [part.format(**places) for part in self.command]
            done = subprocess.run(command, capture_output=True, text=True, timeout=self.limit_s, check=False)
        except subprocess.TimeoutExpired as error:
            raise CaseError(f"took more than {self.limit_s:g} s") from error
        except OSError as error:
            raise CaseError(f"does not start: {error}") from error
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["without a word"])[-1]
            raise CaseError(f"exit code {done.returncode}: {last[:200]}")
        if not csv.exists():
            raise CaseError("wrote no track")
        return load_track(csv)


def parse_command(text: str) -> tuple[str, ...]:
    """Split a command line into words, and check its places.

    Raises:
        CommandError: it lacks {score}, {audio} or {csv}, has other places, or its quotes do not match.
    """
    try:
        words = tuple(shlex.split(text))
        for word in words:
            word.format(**dict.fromkeys((*PLACES, "case"), ""))
    except (ValueError, KeyError, IndexError) as error:
        raise CommandError(f"The command {text!r} cannot be filled in: {error}.") from error
    missing = [place for place in PLACES if f"{{{place}}}" not in text]
    if missing:
        raise CommandError(f"The command {text!r} lacks {{{'}, {'.join(missing)}}}.")
    return words


def follow_case(follower: Runner, case: Case) -> Result:
    """Follow a case and measure the track. Any failure counts as the follower's, and the run goes on."""
    try:
        track = follower.follow(case)
    except LivefollowError as error:
        return Result(case, error=str(error))
    following_s = seconds_following(track) if hears_other_sound(follower) or case.truth is None else None
    return Result(case, track, evaluate(case, track) if case.truth else None, following_s=following_s)


def hears_other_sound(follower: Runner) -> bool:
    """Whether a follower hears something else than the piece."""
    return isinstance(follower, Program) and bool(follower.sounds)


def other_pieces(cases: Sequence[Case]) -> dict[str, Path]:
    """Give each case the recording of the next one with another score; cases that have none are left out."""
    scores = [case.score.read_bytes() for case in cases]
    out = {}
    for i, case in enumerate(cases):
        for k in (*range(i + 1, len(cases)), *range(i)):
            if scores[k] != scores[i]:
                out[case.name] = cases[k].audio
                break
    return out


def write_noises(cases: Sequence[Case], folder: Path) -> dict[str, Path]:
    """Write a WAV file of pink noise for each case, as long as its recording, the same for the same names.

    Raises:
        AudioError: a recording cannot be opened.
    """
    folder.mkdir(parents=True, exist_ok=True)
    out = {}
    for seed, case in enumerate(cases):
        out[case.name] = folder / f"{case.name}.wav"
        n = round(duration_s(case.audio) * SAMPLE_RATE)
        soundfile.write(out[case.name], pink_noise(n, seed), SAMPLE_RATE, subtype="PCM_16")
    return out


def pink_noise(n: int, seed: int) -> np.ndarray:
    """Draw (n,) float32 noise with power falling as 1/f, at NOISE_RMS, clipped at full scale."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(n).astype(np.float32))
    spectrum /= np.sqrt(np.maximum(1, np.arange(len(spectrum))))
    noise = np.fft.irfft(spectrum, n)
    return np.clip(noise / max(noise.std(), 1e-9) * NOISE_RMS, -1, 1).astype(np.float32)


def duration_s(audio: Path) -> float:
    """Measure the length of a recording, seconds.

    Raises:
        AudioError: it cannot be opened.
    """
    try:
        info = soundfile.info(audio)
    except (soundfile.LibsndfileError, OSError) as error:
        raise AudioError(f"{audio} cannot be read as sound: {error}") from error
    return info.frames / info.samplerate
