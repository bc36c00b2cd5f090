"""What `track` says of pauses and of what sounds after the end, with the networks that come along."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from livefollow.cli.main import main
from livefollow.follow.position import State
from livefollow.follow.track import Track, load_track

DEMO = Path(__file__).parents[2] / "assets" / "demo"
BEGINS_S, STOPS_S, GOES_ON_S = 8.0, 14.0, 10.0  # seconds of silence, of the demo's recording, and of it after a pause
PAUSE_S = 40.0
LAST_S = 15.0  # of the recording
AFTER_S = 25.0

Sound = npt.NDArray[np.float64]
Noise = Callable[[int, int], Sound]


def at_level(sound: Sound, db: float) -> Sound:
    """RMS of full scale."""
    return np.asarray(sound * 10 ** (db / 20) / np.sqrt(np.mean(sound**2)))


def hiss(n: int, rate: int) -> Sound:  # as all of them
    return at_level(np.random.default_rng(0).normal(0, 1, n), -50)


def hum(n: int, rate: int) -> Sound:
    t = np.arange(n) / rate
    return at_level(sum(a * np.sin(2 * np.pi * f * t) for f, a in ((50, 1), (100, 0.5), (150, 0.3))), -45)  # type: ignore[arg-type]


def nothing(n: int, rate: int) -> Sound:
    return np.zeros(n)


def applause(n: int, rate: int) -> Sound:
    rng, one = np.random.default_rng(1), rate // 30
    out = np.zeros(n)
    for at in rng.integers(0, n - one, 60 * n // rate):
        out[at : at + one] += rng.normal(0, 1, one) * np.exp(-np.linspace(0, 5, one))
    return at_level(out, -25)


def speech(n: int, rate: int) -> Sound:
    """A gliding voice in syllables, with breaths between phrases."""
    rng, t = np.random.default_rng(2), np.arange(n) / rate
    steps = np.arange(n * 5 // rate + 2) / 5
    pitch = np.interp(t, steps, rng.uniform(90, 220, len(steps)))
    tract = [np.interp(t, steps, rng.uniform(*f, len(steps))) for f in ((300, 800), (900, 2200))]
    voice = np.zeros(n)
    for k in range(1, 20):
        loud = sum(1 / (1 + ((k * pitch - f) / 100) ** 2) for f in tract)
        voice += loud * np.sin(2 * np.pi * k * np.cumsum(pitch) / rate)
    return at_level(voice * np.interp(t, steps, rng.choice([0, 0.5, 1, 1], len(steps))), -28)


def tracked(folder: Path, *parts: Sound, rate: int) -> Track:
    soundfile.write(folder / "played.wav", np.concatenate(parts).clip(-1, 1), rate)
    out = folder / "track.csv"
    words = ["--score", DEMO / "score.pdf", "--audio", folder / "played.wav", "--csv", out, "--provider", "cpu"]
    assert main(["track", *map(str, words)]) == 0
    return load_track(out)


def states(track: Track, start_s: float, end_s: float) -> set[str]:
    return set(track.state[(track.time_s > start_s) & (track.time_s <= end_s)].tolist())


@pytest.fixture(scope="module")
def demo() -> tuple[Sound, int]:
    sound, rate = soundfile.read(DEMO / "performance.ogg", always_2d=True)
    return sound.mean(1), rate


def test_a_pause_is_a_pause(demo: tuple[Sound, int], tmp_path: Path) -> None:
    sound, rate = demo
    first, second = round(STOPS_S * rate), round((STOPS_S + GOES_ON_S) * rate)
    quiet = (round(s * rate) for s in (BEGINS_S, PAUSE_S))
    before, between = (noise(n, rate) for noise, n in zip((hiss, hum), quiet, strict=True))
    track = tracked(tmp_path, before, sound[:first], between, sound[first:second], rate=rate)
    assert states(track, 0, BEGINS_S) == {State.WAITING}
    paused, resumed = BEGINS_S + STOPS_S, BEGINS_S + STOPS_S + PAUSE_S
    assert states(track, paused + 4, resumed) == {State.HOLDING}
    held = track.strip_x[(track.time_s > paused + 4) & (track.time_s < resumed)]
    assert np.ptp(held) == 0
    assert states(track, resumed + 3, resumed + GOES_ON_S - 2) == {State.FOLLOWING}


@pytest.mark.parametrize("noise", [applause, speech])
def test_the_end_is_the_end(noise: Noise, demo: tuple[Sound, int], tmp_path: Path) -> None:
    sound, rate = demo
    after = noise(round(AFTER_S * rate), rate)
    track = tracked(tmp_path, sound[-round(LAST_S * rate) :], after, rate=rate)
    assert states(track, LAST_S, LAST_S + AFTER_S) == {State.FINISHED}
    assert np.ptp(track.strip_x[track.time_s > LAST_S]) == 0


def test_talk_in_a_pause_is_no_music(demo: tuple[Sound, int], tmp_path: Path) -> None:
    sound, rate = demo
    n = round(STOPS_S * rate)
    track = tracked(tmp_path, sound[:n], speech(round(30 * rate), rate), nothing(10 * rate, rate), rate=rate)
    talking = track.strip_x[track.time_s > STOPS_S]
    assert np.ptp(talking) < 170
    assert states(track, STOPS_S + 35, STOPS_S + 40) == {State.HOLDING}
