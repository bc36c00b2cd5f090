"""Whether a player is followed beside the metronome as without it.

    python -m tests.benchmarks.audio.clicks CASES --cache DIR [--models DIR] [--loud]

Clicks are mixed into the recordings as a microphone would hear them from a loudspeaker: late by 0.18 s, with a room's
reverberation, at several levels of their peak against the recording's. Their tempo is not the music's, so that each of
them could be taken for a note. Compared are the program's click and a usual one (a burst at 1.5 kHz, sharp at its
beginning), and, with --loud, a microphone that clips.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from livefollow.audio.click import clicks
from livefollow.audio.file import FileSource
from livefollow.audio.source import SourceState
from livefollow.constants import SAMPLE_RATE
from livefollow.evaluate.cases import Case, find_cases, load_case
from livefollow.evaluate.metrics import onset_errors, within
from livefollow.features.frames import frames_of
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.networks.manifest import load_manifest
from livefollow.train.localizer.heard import CaseHeard, follow, hear, said_of

Sound = npt.NDArray[np.float32]

LATE_S, ROOM_S, DIRECT = 0.18, 0.4, 0.5  # delay; time of the room in which its echo falls by 60 dB; share not echoed
LEVELS_DB = (-12.0, 0.0, 12.0, 24.0)
BPM, BEATS = 97.0, 4
USUAL_HZ, USUAL_S = 1500.0, 0.012


def usual(n: int) -> Sound:
    """A metronome as others have it: (n,) samples."""
    t = np.arange(round(5 * USUAL_S * SAMPLE_RATE)) / SAMPLE_RATE
    one = np.sin(2 * np.pi * USUAL_HZ * t) * np.exp(-t / USUAL_S)
    out = np.zeros(n + len(one), np.float32)
    for at in np.arange(0, n, 60 / BPM * SAMPLE_RATE).astype(int):
        out[at : at + len(one)] += one.astype(np.float32)
    return out[:n]


def in_room(sound: Sound, rng: np.random.Generator) -> Sound:
    """A sound as it comes from a loudspeaker to the microphone."""
    t = np.arange(round(ROOM_S * SAMPLE_RATE)) / SAMPLE_RATE
    echo = rng.standard_normal(len(t)) * 10 ** (-3 * t / ROOM_S)
    response = np.zeros(round(LATE_S * SAMPLE_RATE) + len(t))
    response[-len(t)] = DIRECT
    response[-len(t) :] += (1 - DIRECT) * echo / np.abs(echo).max()
    size = len(sound) + len(response)
    made = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)
    return made[: len(sound)].astype(np.float32)


def mixed(music: Sound, beats: Sound, level_db: float, clipping: bool) -> Sound:
    """Music with clicks whose peak is so many decibels above the music's."""
    loud = np.abs(music).max() * 10 ** (level_db / 20)
    out = music + beats / np.abs(beats).max() * loud
    if clipping:
        return np.clip(out / np.abs(music).max(), -1, 1).astype(np.float32)
    return out.astype(np.float32)


def samples_of(path: Path) -> Sound:
    """A recording as the program hears it."""
    parts = []
    with FileSource(path) as source:
        while source.status.state is not SourceState.ENDED:
            parts.append(source.read().samples)
    return np.concatenate(parts)


def differ(case: Case, heard: Path) -> float:
    """Mean of the absolute difference of the frames, of the clean ones' mean."""
    parts = []
    for path in (case.audio, heard):
        with FileSource(path) as source:
            parts.append(np.concatenate(list(frames_of(source))))
    n = min(map(len, parts))
    return float(np.abs(parts[0][:n] - parts[1][:n]).mean() / parts[0].mean())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--most", type=int, default=8, help="cases")
    parser.add_argument("--loud", action="store_true")
    args = parser.parse_args()
    listener = load_manifest(args.models).network("listener").path
    rows: dict[str, list[tuple[float, float]]] = {}

    def take(name: str, case: Case, heard: CaseHeard, changed: float) -> None:
        assert case.truth
        errors = onset_errors(case.truth, follow(score, heard, DEFAULTS), case.staff_space)
        rows.setdefault(name, []).append((within(errors, 0.5), changed))

    for folder in find_cases(args.cases)[: args.most]:
        case = load_case(folder)
        score, alone = said_of(case, args.models, args.cache)
        take("without", case, alone, 0.0)
        mono = samples_of(case.audio)
        for kind in ("own", "usual"):
            made = clicks(SAMPLE_RATE, 0, len(mono), 60 / BPM, BEATS) if kind == "own" else usual(len(mono))
            beats = in_room(made, np.random.default_rng(0))
            for level in LEVELS_DB:
                with tempfile.NamedTemporaryFile(suffix=".wav") as file:
                    path = Path(file.name)
                    soundfile.write(path, mixed(mono, beats, level, args.loud), SAMPLE_RATE, subtype="FLOAT")
                    take(f"{kind}, {level:+.0f} dB", case, hear(listener, path), differ(case, path))
    print("| clicks | cases | onsets within 0.5 s | frames changed by |\n|---|---|---|---|")
    for name, figures in rows.items():
        right, changed = np.mean(figures, axis=0)
        print(f"| {name} | {len(figures)} | {right:.3f} | {100 * changed:.2f} % |")


if __name__ == "__main__":
    main()
