"""How well a pianist is followed beside a second instrument or a singer, as loud as the piano.

    python -m tests.benchmarks.follow.accompanied CASES --cache DIR [--models DIR] [--level 0]

Each case is heard alone; with its own upper voice doubled an octave higher by violin, flute or voice, as a singer
would; and with the upper voice of another case, which fits neither in time nor in key.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from livefollow.constants import SAMPLE_RATE
from livefollow.evaluate.cases import Case, find_cases, load_case
from livefollow.evaluate.metrics import evaluate
from livefollow.evaluate.output import Measured, table
from livefollow.evaluate.summary import Result
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.networks.listener import LISTENER, Listener
from livefollow.networks.manifest import load_manifest
from livefollow.networks.runtime import Network, load_network
from livefollow.train.data.held_out import HELD_OUT_FONT_OF_INSTRUMENTS
from livefollow.train.data.sound.mixing import frames
from livefollow.train.data.sound.pianos import SOUND_FONTS, SoundFontPiano
from livefollow.train.data.sound.sampler import SamplerNote
from livefollow.train.localizer.heard import CaseHeard, follow, said_of
from tests.benchmarks.follow.ablations import keys_of

PROGRAMS = (40, 73, 53)  # of General MIDI: violin, flute, voice
TOGETHER_S, BREATH_S, VELOCITY = 0.06, 0.03, 90
Sound = npt.NDArray[np.float32]


def upper_voice(case: Case, up: int) -> list[SamplerNote]:
    """The top notes of a performance, each held until the next, transposed."""
    keys = np.sort(keys_of(case), order="onset_s")
    tops: list[tuple[float, int]] = []
    for key in keys:
        if tops and key["onset_s"] - tops[-1][0] < TOGETHER_S:
            tops[-1] = tops[-1][0], max(tops[-1][1], int(key["pitch"]))
        else:
            tops.append((float(key["onset_s"]), int(key["pitch"])))
    ends = [t for t, _ in tops[1:]] + [float(keys["offset_s"].max())]
    return [
        SamplerNote(t, max(0.05, end - t - BREATH_S), min(100, pitch + up), VELOCITY)
        for (t, pitch), end in zip(tops, ends, strict=True)
    ]


def beside(case: Case, voice: list[SamplerNote], number: int, level_db: float) -> Sound:
    """The case's recording with a second instrument; level against the piano, both where they sound."""
    piano, rate = soundfile.read(case.audio, dtype="float32")
    if rate != SAMPLE_RATE:
        raise SystemExit(f"{case.audio} is at {rate} Hz; cases of `livefollow data cases` are at {SAMPLE_RATE} Hz")
    instrument = SoundFontPiano(replace(SOUND_FONTS[HELD_OUT_FONT_OF_INSTRUMENTS], program=PROGRAMS[number % 3]))
    second = instrument.render(voice, SAMPLE_RATE)[: len(piano)]
    second = np.pad(second, (0, len(piano) - len(second)))
    both = piano / _rms(piano) + second / _rms(second) * np.float32(10 ** (level_db / 20))
    return np.asarray(0.5 * both / np.abs(both).max(), np.float32)


def hear(network: Network, sound: Sound) -> CaseHeard:
    """Listen to a sound."""
    said = Listener(network).push(frames(sound))
    return CaseHeard(said.onsets, said.sounding, said.loudness)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--only", default="*")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--level", type=float, default=0.0, help="dB of the second instrument over the piano")
    args = parser.parse_args()
    network = load_network(load_manifest(args.models).network("listener"), LISTENER, "cpu")
    cases = [load_case(folder) for folder in find_cases([args.cases], args.only)]
    rows: dict[str, list[Result]] = {"alone": [], "upper voice doubled": [], "another tune": []}
    for k, case in enumerate(cases):
        score, alone = said_of(case, args.models, args.cache)
        other = cases[(k + 1 + len(cases) // 2) % len(cases)]
        heard = {
            "alone": alone,
            "upper voice doubled": hear(network, beside(case, upper_voice(case, 12), k, args.level)),
            "another tune": hear(network, beside(case, upper_voice(other, 0), k, args.level)),
        }
        for name, said in heard.items():
            track = follow(score, said, DEFAULTS)
            rows[name].append(Result(case, track, evaluate(case, track)))
    print(f"{args.cases.name}, {len(cases)} cases, second instrument at {args.level:g} dB")
    print(table([Measured(name, True, results, {}) for name, results in rows.items()]))


def _rms(sound: Sound) -> np.float32:
    loud = sound[np.abs(sound) > 1e-3 * np.abs(sound).max()]
    return np.float32(np.sqrt(np.mean(loud.astype(np.float64) ** 2)))


if __name__ == "__main__":
    main()
