"""`livefollow data policy`: outputs of reader, listener and localizer on training performances, for the policy.

The localizer does not depend on the cursor, so everything that the policy observes except the cursor itself is computed
once: `OUT/PIECE/STYLE-SEED-PIANO.npz`, one `Trajectory` per performance, each with one look of its score, in one room.
They hold for one reader and listener only, whose checksums are in the folder's `networks.json`.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS
from livefollow.errors import LivefollowError
from livefollow.evaluate.metrics import HEARING_S
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.policy.observation import FACT, facts
from livefollow.follow.policy.score_time import ScoreTime
from livefollow.networks.listener import LISTENER, Listener
from livefollow.networks.manifest import load_manifest
from livefollow.networks.reader import READER, Reader
from livefollow.networks.runtime import Network, load_network
from livefollow.progress import ProgressBar
from livefollow.score.reading import Reading, concatenate
from livefollow.storage import whole_file
from livefollow.train.data.folders import default_data
from livefollow.train.data.performance.performance import Played
from livefollow.train.data.performance.recordings import Recording, Sound, training_recordings, training_responses
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.data.sound.mixing import draw_scene, frames, mix
from livefollow.train.data.sound.noise import TRAINING, NoiseBank

VERSION = 3
TICK = 1 / 960  # quarter notes within which two onsets are one
# A position counts for the onset that was played HEARING_S before, and the last frame ends half a frame earlier in the
# mean: this far behind the player the cursor is where it should be.
LAG_S = HEARING_S - 0.5 / FPS
PLAYED_ON_QUARTERS = 4.0  # the next onset may be that far: further is a skip
MOST_WAITING = 2.5  # × the time that its distance takes at the tempo before: a longer step between onsets is a pause

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Trajectory:
    """A performance as the policy observes it: T frames, and E events of the score. Places are music px.

    Attributes:
        onsets, sounding: (T, 88) float16, as heard.
        facts: (T,) of FACT.
        truth: (T,) where the cursor should be; NaN where the player jumps, has not begun, or is done.
        struck: (T,) the place of the onset that the frame's position counts for in evaluations; NaN for none.
        events: (E,), gap: (E,), pitches: (E, 88) float16.
    """

    onsets: npt.NDArray[np.float16]
    sounding: npt.NDArray[np.float16]
    facts: npt.NDArray[np.void]
    truth: FloatArray
    struck: FloatArray
    events: FloatArray
    gap: FloatArray
    pitches: npt.NDArray[np.float16]

    def save(self, path: Path) -> None:
        """Write as npz; the file appears only when it is whole."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as partial, partial.open("wb") as file:
            np.savez_compressed(file, version=np.int32(VERSION), **vars(self))

    @classmethod
    def load(cls, path: Path) -> Trajectory:
        """Read what `save` wrote.

        Raises:
            ValueError: it is of another version.
        """
        with np.load(path, allow_pickle=False) as data:
            if int(data["version"]) != VERSION:
                raise ValueError(f"{path} was written by another version: make it again")
            return cls(**{name: data[name] for name in data.files if name != "version"})


def read_look(reader: Network, look: ScoreLook) -> Reading:
    """Read a look with the reader, system by system."""
    parts = []
    for index, (_, _, x0, x1) in enumerate(look.systems.tolist()):
        parts.append(Reader(reader).read_bands(look.bands[:, :, x0:x1], x0, index))
    return concatenate(parts)


def printed_at(look: ScoreLook) -> dict[int, float]:
    """Map onsets in ticks to strip px of their heads, without grace notes; cue notes only where there is no other."""
    heads = look.heads
    struck = heads[(heads["grace"] == 0) & ~heads["tied"]]
    groups: dict[int, list[Any]] = defaultdict(list)
    for head in struck:
        groups[round(float(head["onset"]) / TICK)].append(head)
    places = {}
    for tick, group in groups.items():
        chosen = [head for head in group if not head["cue"]] or group
        system = min((int(head["page"]), int(head["system"])) for head in chosen)
        places[tick] = float(np.median([h["x"] for h in chosen if (h["page"], h["system"]) == system]))
    return places


def truth_of(played: Played, look: ScoreLook, score_time: ScoreTime, count: int) -> tuple[FloatArray, FloatArray]:
    """The cursor's target after each frame, (count,), NaN where there is none; and `Trajectory.struck`.

    Linear between onsets, as in the paper; where the player pauses before an onset, the cursor goes there in tempo and
    waits.
    """
    places = printed_at(look)
    rows = [
        (float(o["onset_s"]), float(o["quarter"]), float(score_time.from_strip(places[tick])))
        for o in played.onsets
        if (tick := round(float(o["quarter"]) / TICK)) in places
    ]
    truth, struck = np.full((2, count), np.nan, np.float32)
    at = (np.arange(count) + 1) / FPS - LAG_S
    for onset_s, _, x in rows:
        counted = int((onset_s + HEARING_S) * FPS) - 1
        if 0 <= counted < count:
            struck[counted] = x
    pace = 60.0  # music px per second
    for (t0, q0, x0), (t1, q1, x1) in pairwise(rows):
        if not 0 < q1 - q0 <= PLAYED_ON_QUARTERS or x1 < x0 or t1 <= t0:
            continue
        needed = (x1 - x0) / pace
        end = t1 if t1 - t0 <= max(0.3, MOST_WAITING * needed) else t0 + needed
        inside = (at >= t0) & (at < t1)
        truth[inside] = x0 + (x1 - x0) * np.minimum(1, (at[inside] - t0) / (end - t0))
        if end == t1:
            pace += 0.3 * ((x1 - x0) / (t1 - t0) - pace)
            pace = max(pace, 5.0)
    return truth, struck


def trajectory_of(
    recording: Recording, look: ScoreLook, reader: Network, listener: Network, heard: Sound
) -> Trajectory:
    """Run reader, listener and localizer on a recording.

    Args:
        recording: what is played.
        look: of its score.
        reader, listener: the networks.
        heard: (n,) the performance in a room, 22.05 kHz.

    Raises:
        LivefollowError: no event could be read.
    """
    reading = read_look(reader, look)
    if not len(reading):
        raise LivefollowError(f"no event was read of {recording.piece}")
    said = Listener(listener).push(frames(heard))
    localizer, score_time = Localizer(reading), ScoreTime(reading)
    known = np.empty(len(said.onsets), FACT)
    for k, (onsets, sounding, loudness) in enumerate(zip(said.onsets, said.sounding, said.loudness, strict=True)):
        estimate = localizer.step(onsets, sounding, float(loudness))
        known[k] = facts(localizer, estimate, score_time)[0]
    return Trajectory(
        said.onsets.astype(np.float16),
        said.sounding.astype(np.float16),
        known,
        *truth_of(recording.played, look, score_time, len(known)),
        score_time.x.astype(np.float32),
        score_time.gap.astype(np.float32),
        reading.pitches.astype(np.float16),
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"the dataset (default {default_data()})")
    parser.add_argument("--corpus", type=Path, required=True, help="folder with rooms/ in it")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: the dataset's folder policy/")
    parser.add_argument("--models", type=Path, metavar="DIR", help="networks of your own")
    parser.add_argument("--seed", type=int, default=0, help="decides rooms and looks (0)")
    parser.add_argument("--limit", type=int, metavar="N", help="only N performances, drawn from all")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the trajectories that are missing.

    Raises:
        LivefollowError: there are no performances, or the networks cannot be used.
    """
    data = args.data or default_data()
    out = args.out or data / "policy"
    manifest = load_manifest(args.models)
    specs = (READER, LISTENER)
    files = [manifest.network(spec.kind) for spec in specs]
    _check_networks(out, {file.kind: file.path for file in files})
    reader, listener = (load_network(file, spec, "cpu") for file, spec in zip(files, specs, strict=True))
    responses, bank = training_responses(args.corpus), NoiseBank(data / TRAINING.folder)
    recordings = training_recordings(data)
    order = np.random.default_rng(args.seed).permutation(len(recordings))[: args.limit]
    for i in ProgressBar(order.tolist(), desc="trajectories", unit="piece"):
        recording = recordings[i]
        path = out / recording.path.parent.name / recording.path.name
        if not path.exists():
            rng = np.random.default_rng([args.seed, zlib.crc32(str(path.relative_to(out)).encode())])
            looks = sorted((data / "scores" / "train" / recording.path.parent.name).glob("*.npz"))
            if not looks:
                continue
            look = ScoreLook.load(looks[int(rng.integers(len(looks)))])
            heard = mix(recording.sound(), draw_scene(responses, bank, rng), bank, rng)
            try:
                trajectory_of(recording, look, reader, listener, heard).save(path)
            except LivefollowError as error:
                ProgressBar.write(f"{path.name}: {error}", file=sys.stderr)
    return 0


def _check_networks(out: Path, files: dict[str, Path]) -> None:
    """Refuse to mix trajectories of several networks in a folder.

    Raises:
        LivefollowError: the folder is of others.
    """
    sums = {kind: f"{zlib.crc32(path.read_bytes()):08x}" for kind, path in files.items()}
    told = out / "networks.json"
    if told.is_file() and json.loads(told.read_text(encoding="utf-8")) != sums:
        raise LivefollowError(f"{out} was made with another reader or listener: choose another --out, or remove it")
    out.mkdir(parents=True, exist_ok=True)
    told.write_text(json.dumps(sums) + "\n", encoding="utf-8")
