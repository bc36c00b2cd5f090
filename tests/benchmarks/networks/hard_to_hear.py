"""What is hard to hear, and how much of it the listener hears.

    python -m tests.benchmarks.networks.hard_to_hear --corpus DIR --data DIR --cache DIR [--models DIR ...] [--misses N]

The beginnings of validation pieces, and exercises that nothing was learned from, on the held-out piano in the held-out
rooms: played as usual, softly at the microphone's usual gain, in contrasts; beside instruments of the held-out font and
the held-out singer, and beside those that were learned from; beside speech; from afar; in no room, in each of the rooms
alone; in other tunings. Then recall by velocity, pitch and repetition over the first four. The sound's frames are kept
in `--cache`, so that another network is measured in seconds. `--threshold` counts only what is as sure as that.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.signal

from livefollow.constants import FPS, LOWEST_PITCH, SAMPLE_RATE
from livefollow.networks.listener import LISTENER, Listener
from livefollow.networks.manifest import load_manifest
from livefollow.networks.runtime import load_network
from livefollow.train.data.held_out import HELD_OUT_PIANO, HELD_OUT_ROOMS
from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.exercises import exercise
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.recordings import evaluation_responses
from livefollow.train.data.performance.styles import PRESETS
from livefollow.train.data.sound.company import FONTS, Soloist, beside, draw_part, held_out_soloists, play_part
from livefollow.train.data.sound.mixing import frames
from livefollow.train.data.sound.noise import HELD_OUT, NoiseBank, background, write_clips
from livefollow.train.data.sound.pianos import open_piano
from livefollow.train.data.sound.rooms import DIRECT_S
from livefollow.train.data.sound.sampler import SamplerNote
from livefollow.train.data.sound.singer import training_singers
from livefollow.train.listener.data import key_targets
from livefollow.train.listener.metrics import onset_counts, onset_f1, onset_peaks
from livefollow.train.listener.train import THRESHOLD

EXERCISE_SEED = 10_000  # from which on nothing was learned
SOFT_SNR_DB = 8.0  # of what is soft over the noise of a room
AGAIN_S = 0.25
LAYER = 8  # velocities that are played together
Sound = npt.NDArray[np.float32]
Frames = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Condition:
    """One way of playing and hearing.

    Attributes:
        name: of the row, and of its file.
        style: that it is played in.
        exercises: and not pieces.
        tuning_hz: of the piano.
        wetness: × the room's reflections.
        room: one of the held-out ones; each performance is in the next of them by default.
        dynamic: with the full range of a piano's levels, of which the samples have a third.
        heard: changes the dry sound, given the performance's keys and its number.
    """

    name: str
    style: str = "plain"
    exercises: bool = False
    tuning_hz: float = 440.0
    wetness: float = 1.0
    room: str = ""
    dynamic: bool = False
    heard: Callable[[Studio, Sound, npt.NDArray[np.void], int], Sound] = lambda _, dry, __, ___: dry


class Studio:
    """Pieces, rooms and noises."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.corpus: Path = args.corpus
        self.seconds: float = args.seconds
        paths = sorted((args.data / "scores" / "valid").glob("*/music.json"))[: args.pieces]
        self.pieces = [Music.load(path) for path in paths]
        self.exercises = [exercise(EXERCISE_SEED + k) for k in range(args.pieces)]
        self.rooms = evaluation_responses(args.corpus)
        self.bank = NoiseBank(write_clips(args.data, HELD_OUT))

    def frames_and_keys(self, condition: Condition) -> Iterator[tuple[Frames, npt.NDArray[np.void]]]:
        """Every performance of a condition, its beginning."""
        for k, music in enumerate(self.exercises if condition.exercises else self.pieces):
            played = play(music, PRESETS[condition.style], np.random.default_rng(k), 2 * self.seconds)
            keys = played.keys[played.keys["onset_s"] < self.seconds]
            notes = [note for note in played.notes() if note.onset < self.seconds]
            dry = self.rendered(notes, condition)
            dry = condition.heard(self, dry[: round((self.seconds + 1) * SAMPLE_RATE)], keys, k)
            room = HELD_OUT_ROOMS.index(condition.room) if condition.room else k % len(HELD_OUT_ROOMS)
            response = self.rooms[room].copy()
            response[round(DIRECT_S * SAMPLE_RATE) :] *= np.float32(condition.wetness)
            sound = scipy.signal.oaconvolve(dry, response)[: len(dry)]
            yield frames(np.asarray(sound * (0.5 / np.abs(sound).max()), np.float32)), keys

    def rendered(self, notes: list[SamplerNote], condition: Condition) -> Sound:
        """Notes on the held-out piano, with the dynamics of a real one where it matters."""
        piano = open_piano(HELD_OUT_PIANO, self.corpus)
        if not condition.dynamic:
            return piano.render(notes, SAMPLE_RATE, condition.tuning_hz)
        out = np.zeros(round((max(n.onset + n.duration for n in notes) + 15) * SAMPLE_RATE), np.float32)
        for softest in range(0, 128, LAYER):
            own = [n for n in notes if softest <= n.velocity < softest + LAYER]
            sound = piano.render(own, SAMPLE_RATE, condition.tuning_hz) if own else np.zeros(0, np.float32)
            out[: len(sound)] += sound * np.float32((softest + LAYER / 2) / 127)
        return out


def noisy(studio: Studio, dry: Sound, keys: npt.NDArray[np.void], k: int) -> Sound:
    """In the noise of a room."""
    return beside(dry, background(len(dry), np.random.default_rng(k)), -SOFT_SNR_DB)


def spoken(studio: Studio, dry: Sound, keys: npt.NDArray[np.void], k: int) -> Sound:
    """Beside people who speak as loudly."""
    return beside(dry, studio.bank.sound("speech", len(dry), np.random.default_rng(k)), 0.0)


def known_soloists() -> list[Soloist]:
    """The same instruments of a font that was learned from, and a singer that was."""
    instruments = [Soloist(FONTS[-1], soloist.program) for soloist in held_out_soloists() if not soloist.singer]
    return [*instruments, Soloist(singer=training_singers()[0])]


def accompanied(
    over_db: float, soloists_of: Callable[[], list[Soloist]] = held_out_soloists
) -> Callable[[Studio, Sound, npt.NDArray[np.void], int], Sound]:
    """Beside a soloist."""

    def heard(studio: Studio, dry: Sound, keys: npt.NDArray[np.void], k: int) -> Sound:
        rng = np.random.default_rng([7, k])
        soloists = soloists_of()
        soloist = soloists[k % len(soloists)]
        part = draw_part(keys, 0.0, len(dry) / SAMPLE_RATE, soloist, rng)
        return beside(dry, play_part(part, soloist, rng), over_db)

    return heard


CONDITIONS = (
    Condition("plain"),
    Condition("soft", "soft", dynamic=True, heard=noisy),
    Condition("contrasts", "contrasts", dynamic=True),
    Condition("exercises", exercises=True),
    Condition("soloist 0 dB", heard=accompanied(0.0)),
    Condition("soloist +6 dB", heard=accompanied(6.0)),
    Condition("known soloist 0 dB", heard=accompanied(0.0, known_soloists)),
    Condition("known soloist +6 dB", heard=accompanied(6.0, known_soloists)),
    Condition("speech 0 dB", heard=spoken),
    Condition("far away", wetness=2.5),
    Condition("no room", wetness=0.0),
    *(Condition(f"in {room}", room=room) for room in HELD_OUT_ROOMS),
    *(Condition(f"{cents:+d} cents", tuning_hz=440 * 2 ** (cents / 1200)) for cents in (-50, -30, 30, 50)),
)
BY_KIND = ("plain", "soft", "contrasts", "exercises")
Said = list[tuple[npt.NDArray[np.float32], npt.NDArray[np.void]]]  # onset probabilities and keys


def kept(studio: Studio, condition: Condition, cache: Path) -> list[tuple[Frames, npt.NDArray[np.void]]]:
    """A condition's frames and keys, made once."""
    path = cache / f"{condition.name.replace(' ', '_')}.npz"
    if not path.is_file():
        made = list(studio.frames_and_keys(condition))
        cache.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {f"{n}{k}": a for k, pair in enumerate(made) for n, a in zip("fk", pair, strict=True)}
        np.savez(path, **arrays)
    with np.load(path) as file:
        return [(file[f"f{k}"], file[f"k{k}"]) for k in range(len(file.files) // 2)]


def line(name: str, said: Said, threshold: float) -> str:
    """A row of the table."""
    counts = sum((onset_counts(p, key_targets(keys, 0, len(p))[0], threshold) for p, keys in said), np.zeros(3))
    hits, false, missed = counts
    recall, share = hits / max(1, hits + missed), false / max(1, hits + false)
    return f"| {name} | {onset_f1(counts):.3f} | {recall:.3f} | {share:.3f} |"


def kinds_of(keys: npt.NDArray[np.void]) -> dict[str, npt.NDArray[np.bool_]]:
    """Which keys are of which kind."""
    velocity, pitch = keys["velocity"], keys["pitch"].astype(int)
    again = np.zeros(len(keys), bool)
    latest: dict[int, float] = {}
    for i, (t, key) in enumerate(zip(keys["onset_s"].tolist(), pitch.tolist(), strict=True)):
        again[i] = t - latest.get(key, -9) <= AGAIN_S
        latest[key] = t
    return {
        "velocity < 25": velocity < 25,
        "velocity 25–59": (velocity >= 25) & (velocity < 60),
        "velocity ≥ 60": velocity >= 60,
        "pitch < 36": pitch < 36,
        "pitch 88–99": (pitch >= 88) & (pitch < 100),
        "pitch ≥ 100": pitch >= 100,
        "struck again ≤ .25 s": again,
    }


def found(probability: npt.NDArray[np.float32], keys: npt.NDArray[np.void]) -> npt.NDArray[np.bool_]:
    """Which keys have a peak of their own within a frame: first the sooner one, each peak once."""
    peaks = onset_peaks(probability, THRESHOLD).copy()
    out = np.zeros(len(keys), bool)
    for i, key in enumerate(keys):
        at, pitch = int(key["onset_s"] * FPS) + 1, int(key["pitch"]) - LOWEST_PITCH
        for frame in (at, at - 1, at + 1):
            if 0 <= frame < len(peaks) and peaks[frame, pitch]:
                peaks[frame, pitch], out[i] = False, True
                break
    return out


def misses(said: Said, kind: str, number: int) -> Iterator[str]:
    """Some keys of a kind that were not heard, and what was heard about them."""
    missed = [
        (k, i)
        for k, (p, keys) in enumerate(said)
        for i in np.flatnonzero(kinds_of(keys)[kind] & ~found(p, keys)).tolist()
    ]
    rng = np.random.default_rng(0)
    for k, i in sorted(missed[j] for j in rng.choice(len(missed), min(number, len(missed)), replace=False)):
        p, keys = said[k]
        key, at = keys[i], int(keys[i]["onset_s"] * FPS) + 1
        others = keys[(np.abs(keys["onset_s"] - key["onset_s"]) < 0.1) & (np.arange(len(keys)) != i)]
        beside_it = " ".join(f"{o['pitch']}:{o['velocity']}" for o in others)
        heard = " ".join(f"{v:.2f}" for v in p[max(0, at - 2) : at + 4, key["pitch"] - LOWEST_PITCH])
        yield f"  {k} at {key['onset_s']:.2f} s: {key['pitch']} velocity {key['velocity']}; with {beside_it}; {heard}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--models", type=Path, nargs="*", default=[None])
    parser.add_argument("--seconds", type=float, default=24.0)
    parser.add_argument("--pieces", type=int, default=10)
    parser.add_argument("--misses", type=int, default=0, help="to be shown of each kind")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="probability of an onset, by condition")
    args = parser.parse_args()
    studio = Studio(args)
    heard = {condition.name: kept(studio, condition, args.cache) for condition in CONDITIONS}
    for models in args.models:
        network = load_network(load_manifest(models).network("listener"), LISTENER, "cpu")
        said: dict[str, Said] = {
            name: [(Listener(network).push(f).onsets, keys) for f, keys in pairs] for name, pairs in heard.items()
        }
        print(f"\n{models or 'as shipped'}\n\n| | F1 | recall | false share |\n|---|---:|---:|---:|")
        for name, performances in said.items():
            print(line(name, performances, args.threshold))
        print("\n| keys | " + " | ".join(BY_KIND) + " | all | of |\n|---|" + "---:|" * (len(BY_KIND) + 2))
        for kind in kinds_of(heard["plain"][0][1]):
            hits = {n: np.concatenate([found(p, k)[kinds_of(k)[kind]] for p, k in said[n]]) for n in BY_KIND}
            shares = [f"{h.mean():.3f}" if len(h) > 20 else "" for h in hits.values()]
            every = np.concatenate(list(hits.values()))
            print(f"| {kind} | {' | '.join(shares)} | {every.mean():.3f} | {len(every)} |")
        if args.misses:
            for kind in kinds_of(heard["plain"][0][1]):
                for name in BY_KIND:
                    print(f"\n{kind}, {name}:", *misses(said[name], kind, args.misses), sep="\n")


if __name__ == "__main__":
    main()
