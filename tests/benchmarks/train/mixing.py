"""What sound costs in training: `python -m tests.benchmarks.train.mixing --corpus DIR --data DIR`.

Prints milliseconds and × real time of rendering a piece on each piano, and of reading a crop from the disk, putting it
into a drawn room with drawn noise and microphone, and making its frames. The data must hold some training recordings.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from livefollow.constants import SAMPLE_RATE
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.recordings import training_recordings, training_responses
from livefollow.train.data.performance.styles import PRESETS
from livefollow.train.data.sound.mixing import draw_scene, frames, mix
from livefollow.train.data.sound.noise import NoiseBank
from livefollow.train.data.sound.pianos import open_piano, piano_names
from livefollow.train.data.sound.sfz import PianoError
from tests.pieces import etude

CROP_S = 17.0
CROPS = 200


def rendering(name: str, corpus: Path) -> str:
    """Second performance of a piece: samples are loaded by then."""
    try:
        piano = open_piano(name, corpus)
    except PianoError as error:
        return str(error)
    for seed in range(2):
        played = play(etude(), PRESETS["plain"], np.random.default_rng(seed))
        start = time.perf_counter()
        sound = piano.render(played.notes(), SAMPLE_RATE, played.tuning_hz)
        took = time.perf_counter() - start
    length = len(sound) / SAMPLE_RATE
    return f"{1000 * took:6.0f} ms for {length:.0f} s, {length / took:4.0f} x real time"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    for name in piano_names():
        print(f"render {name:18s} {rendering(name, args.corpus)}")
    recordings = training_recordings(args.data)
    responses, bank = training_responses(args.corpus), NoiseBank(args.data / "noise")
    rng = np.random.default_rng(0)
    steps = {"read": 0.0, "mix": 0.0, "frames": 0.0}
    seconds = 0.0
    for _ in range(CROPS):
        recording = recordings[rng.integers(len(recordings))]
        marks = [time.perf_counter()]
        dry = recording.sound(rng.uniform(0, max(0.0, recording.seconds - CROP_S)), CROP_S)
        marks.append(time.perf_counter())
        heard = mix(dry, draw_scene(responses, bank, rng), bank, rng)
        marks.append(time.perf_counter())
        frames(heard)
        marks.append(time.perf_counter())
        seconds += len(dry) / SAMPLE_RATE
        for step, took in zip(steps, np.diff(marks).tolist(), strict=True):
            steps[step] += took
    for step, took in [*steps.items(), ("all", sum(steps.values()))]:
        print(f"{step:8s} {1000 * took / CROPS:6.1f} ms a crop of {CROP_S:.0f} s, {seconds / took:5.0f} x real time")


if __name__ == "__main__":
    main()
