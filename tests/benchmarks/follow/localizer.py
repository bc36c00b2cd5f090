"""How well the localizer follows what simulated networks say.

    python -m tests.benchmarks.follow.localizer --data DATA

Readings are the truth of a dataset's looks, performances are played by `livefollow.train.data.performance.player`, what
reader and listener say of them is simulated (`tests.simulated`) at some strength of error. One line per style:

R_on (pooled, lost at |dx| > b outside the 3 s after jumps), onsets within 0.1 and 0.5 s, mean |dx| until lost, jumps
recovered within 1 and 3 s, false jumps in 10 minutes, frames `following` in plain play; then the share of frames
`following` of sounds that are not the piece, and milliseconds per frame.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS, TRACKING_WINDOW
from livefollow.evaluate.metrics import FOUND_S, GRACE_S, HEARING_S, HOLD_S
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.position import State
from livefollow.score.reading import Reading
from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.performance import Played
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.styles import PRESETS
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.localizer.numbers import changed
from tests.simulated import listen, misread, noise, oracle_reading

STRENGTHS = {"oracle": 0.0, "light": 0.5, "corrupt": 1.0, "heavy": 2.0}
BACK_PX = 42.0
SLACK_PX = 20.0
Sound = npt.NDArray[np.float32]  # what a listener says of it: onsets, sounding, or loudness


@dataclass
class Track:
    """What a localizer said, frame by frame."""

    x: npt.NDArray[np.float64]
    state: npt.NDArray[np.str_]
    confidence: npt.NDArray[np.float64]
    took_ms: npt.NDArray[np.float64]


@dataclass
class Piece:
    """A piece and the truth about its look."""

    name: str
    music: Music
    reading: Reading
    quarters: npt.NDArray[np.float64]


@dataclass
class Tally:
    """Figures of several performances."""

    reached: int = 0
    onsets: int = 0
    followed: list[bool] = field(default_factory=list)
    seconds: list[npt.NDArray[np.float64]] = field(default_factory=list)
    dx: list[npt.NDArray[np.float64]] = field(default_factory=list)
    recovered: list[float] = field(default_factory=list)
    false: int = 0
    plain_s: float = 0.0
    following: list[float] = field(default_factory=list)
    took_ms: list[npt.NDArray[np.float64]] = field(default_factory=list)

    def row(self) -> str:
        """One line of figures."""
        seconds, took = np.abs(np.concatenate(self.seconds)), np.concatenate(self.took_ms)
        jumps = np.array(self.recovered)
        found = [f"{np.mean(jumps <= limit):.2f}" if len(jumps) else "   -" for limit in (1, 3)]
        return (
            f"{np.mean(self.followed):5.2f} {self.reached / self.onsets:5.3f} {np.mean(seconds <= 0.1):6.3f} "
            f"{np.mean(seconds <= 0.5):6.3f} {np.concatenate(self.dx).sum() / max(1, self.reached):5.1f} "
            f"{len(jumps):5d} {found[0]:>5} {found[1]:>5} {self.false / max(self.plain_s, 1) * 600:6.2f} "
            f"{np.mean(self.following):6.3f} {np.median(took):6.2f} {np.quantile(took, 0.99):6.2f}"
        )


HEADER = " R_tue R_on  ≤0.1s  ≤0.5s  |dx| jumps  ≤1 s  ≤3 s  false follow     ms    p99"


def pieces(data: Path, split: str, look: str, limit: int | None) -> list[Piece]:
    """Pieces of a split with that look."""
    found = []
    for folder in sorted((data / "scores" / split).iterdir())[:limit]:
        if (folder / f"{look}.npz").is_file():
            reading, quarters = oracle_reading(ScoreLook.load(folder / f"{look}.npz"))
            found.append(Piece(folder.name, Music.load(folder / "music.json"), reading, quarters))
    return found


def follow(
    reading: Reading,
    onsets: npt.NDArray[np.float32],
    sounding: npt.NDArray[np.float32],
    level: npt.NDArray[np.float32],
    settings: Settings,
) -> Track:
    """Run a localizer over a recording."""
    localizer = Localizer(reading, settings)
    n = len(onsets)
    track = Track(np.zeros(n), np.zeros(n, "U9"), np.zeros(n), np.zeros(n))
    for i in range(n):
        start = time.perf_counter()
        estimate = localizer.step(onsets[i], sounding[i], float(level[i]))
        track.took_ms[i] = 1000 * (time.perf_counter() - start)
        track.x[i], track.state[i], track.confidence[i] = estimate.x, estimate.state, estimate.confidence
    return track


def true_course(piece: Piece, played: Played) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], list[slice]]:
    """(n,) seconds and (n,) strip px of the onsets in the order played, and the stretches of rising x among them."""
    at = np.searchsorted(piece.quarters, played.onsets["quarter"] - 1e-3)
    there = np.abs(piece.quarters[np.minimum(at, len(piece.quarters) - 1)] - played.onsets["quarter"]) < 2e-3
    t, x = played.onsets["onset_s"][there], piece.reading.x[at[there]]
    passage = played.onsets["passage"][there]
    cuts = np.flatnonzero((np.diff(x) < -1) | (np.diff(passage) != 0)) + 1
    edges = [0, *cuts.tolist(), len(x)]
    return t, x, [slice(a, b) for a, b in pairwise(edges)]


def tally(piece: Piece, played: Played, track: Track, into: Tally) -> None:
    """Add one performance."""
    t, x, visits = true_course(piece, played)
    frame = np.clip(np.floor((t + HEARING_S) * FPS + 1e-6).astype(int) - 1, 0, len(track.x) - 1)
    cursor = track.x[frame]
    seconds = np.full(len(t), np.inf)
    for visit in visits:
        xs = np.maximum.accumulate(x[visit])
        when = np.interp(cursor, xs, t[visit]) - t
        inside = (cursor >= xs[0] - SLACK_PX) & (cursor <= xs[-1] + SLACK_PX)
        inside |= (cursor <= xs[0]) & (xs[0] == x.min()) | (cursor >= xs[-1]) & (xs[-1] == x.max())
        seconds = np.where(inside & (np.abs(when) < np.abs(seconds)), when, seconds)
    dx = cursor - x
    jumps = np.array([j.t for j in played.jumps])
    if x[0] > piece.reading.x[0] + TRACKING_WINDOW:  # an excerpt: where the player begins is to be found like a jump
        jumps = np.concatenate([t[:1], jumps])
    grace = ((t[:, None] >= jumps - 0.01) & (t[:, None] < jumps + GRACE_S)).any(1)
    lost = np.flatnonzero((np.abs(dx) > TRACKING_WINDOW) & ~grace)
    reached = int(lost[0]) if len(lost) else len(t)
    into.reached += reached
    into.onsets += len(t)
    into.followed.append(not len(lost))
    into.seconds.append(seconds)
    into.dx.append(np.abs(dx[:reached]))
    into.took_ms.append(track.took_ms)
    good = np.abs(seconds) <= FOUND_S
    for jump in jumps:
        starts = [s for s in np.flatnonzero(t >= jump - 0.01) if np.all(good[(t >= t[s]) & (t <= t[s] + HOLD_S)])]
        into.recovered.append(float(t[starts[0]] - jump) if starts else np.inf)
    time_s = (np.arange(len(track.x)) + 1) / FPS
    player = np.interp(time_s, t, x)
    steps = np.diff(track.x)
    leaps = (steps < -BACK_PX) | (steps > TRACKING_WINDOW)
    away = np.abs(track.x[1:] - player[1:]) > np.abs(track.x[:-1] - player[:-1])
    calm = ~((time_s[:, None] >= jumps - 0.5) & (time_s[:, None] < jumps + GRACE_S)).any(1)
    calm &= (time_s >= t[0]) & (time_s <= t[-1])
    into.false += int(np.count_nonzero(leaps & away & calm[1:]))
    into.plain_s += float(np.count_nonzero(calm)) / FPS
    into.following.append(float(np.mean(track.state[calm] == State.FOLLOWING)))


def performances(
    found: list[Piece], style: str, reader: float, listener: float, takes: int, longest_s: float
) -> Iterator[tuple[Piece, Reading, Played, tuple[Sound, Sound, Sound]]]:
    """Every piece played, read and heard; the same seeds give the same."""
    for piece in found:
        for take in range(takes):
            rng = np.random.default_rng(zlib.crc32(f"{piece.name} {style} {take}".encode()))
            played = play(piece.music, PRESETS[style], rng, longest_s)
            heard = listen(played.keys, played.end_s, rng, listener)
            yield piece, misread(piece.reading, rng, reader), played, heard


def elsewhere(found: list[Piece], reader: float, listener: float, seconds: float, settings: Settings) -> str:
    """Share of frames `following`, and px wandered, of sounds that are not the piece."""
    out = []
    for kind in ("another piece", "speech", "silence"):
        shares, wandered = [], []
        for i, piece in enumerate(found):
            rng = np.random.default_rng(i)
            reading = misread(piece.reading, rng, reader)
            if kind == "another piece":
                other = found[(i + 1 + len(found) // 2) % len(found)]
                played = play(other.music, PRESETS["plain"], rng, seconds)
                heard = listen(played.keys, played.end_s, rng, listener)
            else:
                heard = noise(seconds, rng, 4.0 if kind == "speech" else 0.1)
            track = follow(reading, *heard, settings)
            shares.append(np.mean(track.state == State.FOLLOWING))
            wandered.append(np.ptp(track.x))
        out.append(f"{kind} {np.mean(shares):.3f} (worst {max(shares):.2f}, {np.median(wandered):.0f} px)")
    return "; ".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="valid")
    parser.add_argument("--look", default="lilypond")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--styles", nargs="+", default=["plain", "slow_practice", "stumbling", "jumps", "repeats"])
    parser.add_argument("--reader", choices=STRENGTHS, default="corrupt")
    parser.add_argument("--listener", choices=STRENGTHS, default="corrupt")
    parser.add_argument("--takes", type=int, default=1)
    parser.add_argument("--longest", type=float, default=90.0, metavar="S")
    parser.add_argument("--elsewhere", action="store_true", help="also sounds that are not the piece")
    parser.add_argument("--pieces", action="store_true", help="a line for each piece as well")
    parser.add_argument("--set", nargs="*", default=[], metavar="GROUP.NAME=VALUE", help="settings of the localizer")
    args = parser.parse_args()
    settings = changed(",".join(args.set))
    reader, listener = STRENGTHS[args.reader], STRENGTHS[args.listener]
    found = pieces(args.data, args.split, args.look, args.limit)
    print(f"{'':42s}{HEADER}")
    for style in args.styles:
        whole, single = Tally(), {piece.name: Tally() for piece in found}
        for piece, reading, played, heard in performances(found, style, reader, listener, args.takes, args.longest):
            track = follow(reading, *heard, settings)
            for part in (whole, single[piece.name]):
                tally(piece, played, track, part)
        if args.pieces:
            for name, part in single.items():
                print(f"  {name[:38]:40s}{part.row()}")
        print(f"{style:42s}{whole.row()}", flush=True)
    if args.elsewhere:
        print("following", elsewhere(found, reader, listener, args.longest, settings))


if __name__ == "__main__":
    main()
