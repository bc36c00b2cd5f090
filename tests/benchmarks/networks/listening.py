"""What the listener hears, by piano, room, tempo, pedal and dynamics, and which notes it misses.

    python -m tests.benchmarks.networks.listening --corpus DIR --data DIR [--models DIR] [--seconds 30] [--pieces 19]

Validation pieces are played once (style plain); each line changes one thing about that, mostly from the held-out piano,
dry. Then, on the held-out piano in the held-out rooms, recall by kind of note, and what false alarms are. An onset is
heard when its probability has a peak of its own above the threshold within a frame; F1, precision, recall, and F1 at
the best threshold of all.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.signal

from livefollow.constants import FPS, LOWEST_PITCH, SAMPLE_RATE
from livefollow.networks.listener import LISTENER, Listener
from livefollow.networks.manifest import load_manifest
from livefollow.networks.runtime import Network, load_network
from livefollow.train.data.held_out import HELD_OUT_PIANO, HELD_OUT_ROOMS
from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.performance import Played
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.styles import PLAIN, Style
from livefollow.train.data.sound.mixing import frames
from livefollow.train.data.sound.pianos import SCORE_PIANO, open_piano, training_pianos
from livefollow.train.data.sound.rooms import measured_response
from livefollow.train.listener.data import key_targets
from livefollow.train.listener.metrics import onset_counts, onset_f1, onset_peaks
from livefollow.train.listener.train import THRESHOLD

THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)
TOGETHER_S = 0.06  # keys struck within are a chord
Sound = npt.NDArray[np.float32]
Heard = tuple[npt.NDArray[np.float32], npt.NDArray[np.void]]  # onset probabilities and keys of a performance


class ListeningStudio:
    """Pieces, and who listens."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.network: Network = load_network(load_manifest(args.models).network("listener"), LISTENER, "cpu")
        self.corpus: Path = args.corpus
        self.seconds: float = args.seconds
        paths = sorted((args.data / "scores" / "valid").glob("*/music.json"))[: args.pieces]
        self.pieces = [Music.load(path) for path in paths]

    def played(self, style: Style = PLAIN) -> list[Played]:
        """Every piece, its beginning."""
        out = []
        for k, music in enumerate(self.pieces):
            played = play(music, style, np.random.default_rng(k))
            keys = played.keys[played.keys["onset_s"] < self.seconds]
            out.append(replace(played, keys=keys))
        return out

    def heard(self, performances: Sequence[Played], piano: str, room: str = "") -> list[Heard]:
        """What the listener makes of performances on a piano."""
        response = measured_response(self.corpus, room, SAMPLE_RATE) if room else None
        out = []
        for played in performances:
            dry = open_piano(piano, self.corpus).render(played.notes(), SAMPLE_RATE, played.tuning_hz)
            out.append((self.listen(dry, response), played.keys))
        return out

    def listen(self, dry: Sound, response: Sound | None) -> npt.NDArray[np.float32]:
        """(T, 88) onset probabilities of a sound in a room."""
        sound = dry if response is None else scipy.signal.oaconvolve(dry, response)[: len(dry)]
        sound = np.asarray(sound * (0.5 / max(1e-6, float(np.abs(sound).max()))), np.float32)
        return Listener(self.network).push(frames(sound)).onsets


def line(name: str, heard: Sequence[Heard]) -> str:
    """A row of the table."""
    counts = {
        threshold: sum((onset_counts(p, key_targets(keys, 0, len(p))[0], threshold) for p, keys in heard), np.zeros(3))
        for threshold in THRESHOLDS
    }
    hits, false, missed = counts[THRESHOLD]
    best = max(THRESHOLDS, key=lambda t: onset_f1(counts[t]))
    return (
        f"| {name} | {onset_f1(counts[THRESHOLD]):.3f} | {hits / max(1, hits + false):.3f} | "
        f"{hits / max(1, hits + missed):.3f} | {onset_f1(counts[best]):.3f} at {best:g} |"
    )


def slower(performances: Sequence[Played], factor: float) -> list[Played]:
    """Every time × factor."""
    out = []
    for played in performances:
        keys = played.keys.copy()
        keys["onset_s"] *= factor
        keys["offset_s"] *= factor
        out.append(replace(played, keys=keys))
    return out


def louder(performances: Sequence[Played], by: int) -> list[Played]:
    """Every key's velocity + by."""
    out = []
    for played in performances:
        keys = played.keys.copy()
        keys["velocity"] = np.clip(keys["velocity"].astype(int) + by, 8, 127)
        out.append(replace(played, keys=keys))
    return out


def lines(studio: ListeningStudio) -> Iterator[str]:
    """The table, row by row."""
    plain = studio.played()
    for piano in (HELD_OUT_PIANO, SCORE_PIANO, *(p for p in training_pianos() if p != SCORE_PIANO)):
        yield line(f"{piano}, dry", studio.heard(plain, piano))
    for room in (*HELD_OUT_ROOMS, "EmptyApartmentBedroom"):
        yield line(f"{HELD_OUT_PIANO}, {room}", studio.heard(plain, HELD_OUT_PIANO, room))
        yield line(f"{SCORE_PIANO}, {room}", studio.heard(plain, SCORE_PIANO, room))
    for factor in (2.0, 0.6):
        yield line(f"{HELD_OUT_PIANO}, time × {factor:g}", studio.heard(slower(plain, factor), HELD_OUT_PIANO))
    for by in (-25, 25):
        yield line(f"{HELD_OUT_PIANO}, velocity {by:+d}", studio.heard(louder(plain, by), HELD_OUT_PIANO))
    for share, name in ((0.0, "never"), (1.0, "always")):
        style = replace(PLAIN, pedalled=share)
        yield line(f"{HELD_OUT_PIANO}, pedal {name}", studio.heard(studio.played(style), HELD_OUT_PIANO))


def notes_missed(heard: Sequence[Heard]) -> str:
    """Recall by kind of note."""
    found: dict[str, list[bool]] = {}
    for probability, keys in heard:
        peaks = onset_peaks(probability, THRESHOLD)
        t, pitch = keys["onset_s"], keys["pitch"].astype(int)
        for i, key in enumerate(keys):
            frame = int(t[i] * FPS) + 1
            hit = bool(peaks[max(0, frame - 1) : frame + 2, pitch[i] - LOWEST_PITCH].any())
            chord = np.flatnonzero(np.abs(t - t[i]) < TOGETHER_S)
            before = t[(pitch == pitch[i]) & (t < t[i] - 1e-3)]
            octave = np.isin(pitch[chord], (pitch[i] - 12, pitch[i] - 24, pitch[i] - 19)).any()
            loudest = int(keys["velocity"][chord].max()) - int(key["velocity"])
            kinds = [
                f"velocity {10 * (int(key['velocity']) // 10)}–{10 * (int(key['velocity']) // 10) + 9}",
                f"struck with {min(5, len(chord) - 1)} others" + ("" if len(chord) <= 5 else " or more"),
                f"octave {pitch[i] // 12 - 1}",
                "an octave, twelfth or two octaves above another of its chord" if octave else "not so",
                f"softer than its chord's loudest by {10 * (loudest // 10)} or more",
            ]
            if len(before):
                away = t[i] - before.max()
                kinds.append(
                    f"the same key was struck {'< 0.25' if away < 0.25 else '< 1' if away < 1 else '≥ 1'} s ago"
                )
            kinds.append("top of its chord" if pitch[i] == pitch[chord].max() else "not the top of its chord")
            for kind in kinds:
                found.setdefault(kind, []).append(hit)
    rows = [f"| {kind} | {len(hits)} | {np.mean(hits):.3f} |" for kind, hits in sorted(found.items())]
    return "\n".join(["| note | notes | recall |", "|---|---:|---:|", *rows])


def false_alarms(heard: Sequence[Heard]) -> str:
    """What is heard where nothing was struck."""
    kinds: Counter[str] = Counter()
    late: Counter[int] = Counter()
    for probability, keys in heard:
        frame = (keys["onset_s"] * FPS).astype(int) + 1
        pitch = keys["pitch"].astype(int) - LOWEST_PITCH
        for at, p in zip(*np.nonzero(onset_peaks(probability, THRESHOLD)), strict=True):
            same = frame[pitch == p]
            away = int(at - same[np.abs(same - at).argmin()]) if len(same) else 99
            if abs(away) <= 3:
                late[away] += 1
            if abs(away) <= 1:
                continue
            near = p - pitch[np.abs(frame - at) <= 1]
            if abs(away) <= 3:
                kinds["right key, 2 or 3 frames away"] += 1
            elif not len(near):
                kinds["nothing is struck"] += 1
            elif np.isin(near, (12, 19, 24, 28, 31, 36)).any():
                kinds["a partial of what is struck"] += 1
            elif np.isin(near, (-12, -19, -24)).any():
                kinds["an octave or twelfth below what is struck"] += 1
            elif np.isin(near, (-1, 1)).any():
                kinds["a semitone beside what is struck"] += 1
            elif np.any((frame < at) & (frame > at - 2 * FPS) & (pitch == p)):
                kinds["the key was struck in the 2 s before, others now"] += 1
            else:
                kinds["another key"] += 1
    total = sum(kinds.values())
    rows = [f"| {kind} | {n / total:.3f} |" for kind, n in kinds.most_common()]
    spread = ", ".join(f"{k:+d}: {n}" for k, n in sorted(late.items()))
    return "\n".join([f"| {total} false alarms | share |", "|---|---:|", *rows, "", f"peaks by frames late: {spread}"])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--pieces", type=int, default=19)
    parser.add_argument("--notes-only", action="store_true", help="only which notes are missed")
    args = parser.parse_args()
    studio = ListeningStudio(args)
    if not args.notes_only:
        print("| | F1 | precision | recall | best |\n|---|---:|---:|---:|---|")
        for row in lines(studio):
            print(row, flush=True)
    heard = [h for room in HELD_OUT_ROOMS for h in studio.heard(studio.played(), HELD_OUT_PIANO, room)]
    print(f"\n{notes_missed(heard)}\n\n{false_alarms(heard)}")


if __name__ == "__main__":
    main()
