"""The localizer beside soloists: what they have on the page may sound, and carries the cursor where the piano rests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from livefollow.constants import FPS
from livefollow.follow.hmm.company import OCTAVES, Company
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.score_model import ScoreModel
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.pitches import moved
from livefollow.score.others import with_others
from livefollow.score.reading import Reading
from livefollow.train.data.notation.music import Music, Note
from livefollow.train.data.performance.performance import KEY
from tests.performed import QUARTER_S
from tests.pieces import etude
from tests.simulated import engraved, listen

REST = (16.0, 28.0)  # quarter notes at which the piano rests
NEAR_PX = 25.0  # less than a quarter note


def song() -> tuple[Music, list[Note]]:
    """A piano piece with a rest of three bars, and a tune above it."""
    piano = etude(14, seed=3)
    piano = replace(piano, notes=[n for n in piano.notes if not REST[0] <= n.onset < REST[1]])
    rng = np.random.default_rng(8)
    return piano, [Note(k / 2 + 0.25, 0.5, int(p), 0) for k, p in enumerate(rng.integers(60, 80, 110))]


def read(piano: Music, solo: list[Note]) -> Reading:
    staff = replace(piano, notes=sorted(solo, key=lambda n: n.onset))
    return with_others(engraved(piano)[0], [engraved(staff)[0]])


def keys(notes: list[Note], seconds: np.ndarray) -> np.ndarray:
    """Keys struck at seconds, one for each note."""
    rows = [(t, t + 0.3, n.pitch, 70, n.onset, 0) for n, t in zip(notes, seconds, strict=True)]
    return np.array(sorted(rows), KEY)


def shown(reading: Reading, struck: np.ndarray) -> np.ndarray:
    """(T,) strip px after each frame."""
    localizer = Localizer(reading)
    frames = listen(struck, float(struck["onset_s"].max()) + 0.5, np.random.default_rng(0), 0.0)
    return np.array([localizer.step(o, s, float(db)).x for o, s, db in zip(*frames, strict=True)])


def off(x: np.ndarray, seconds: np.ndarray, quarters: np.ndarray) -> np.ndarray:
    """px by which the cursor is off its place at some seconds, which are quarter notes of the song."""
    return x[((seconds + 0.1) * FPS).astype(int)] - (40 * quarters + 60 * (quarters // 16) + 60)


def clock(quarters: np.ndarray) -> np.ndarray:
    """Seconds: half as fast while the piano rests."""
    slower = np.clip(quarters - REST[0], 0, REST[1] - REST[0])
    return (quarters + slower) * QUARTER_S + 1


@pytest.mark.parametrize("octave", [0, -12, 12])
def test_a_soloist_alone_carries_the_cursor_at_a_tempo_of_their_own(octave: int) -> None:
    piano, solo = song()
    every = [*piano.notes, *(replace(n, pitch=n.pitch + octave) for n in solo)]
    struck = keys(every, clock(np.array([n.onset for n in every])))
    alone = np.array([n.onset for n in solo if REST[0] + 1 <= n.onset < REST[1]])
    errors = np.abs(off(shown(read(piano, solo), struck), clock(alone), alone))
    assert np.median(errors) < NEAR_PX
    assert np.mean(errors < NEAR_PX) > 0.85
    without = np.abs(off(shown(engraved(piano)[0], struck), clock(alone), alone))
    assert np.mean(without < NEAR_PX) < 0.5


def test_a_soloist_louder_than_the_piano_does_not_lead_away() -> None:
    piano, solo = song()
    heard = [n for n in piano.notes if np.random.default_rng(round(960 * n.onset) + n.pitch).random() < 0.4]
    every = [*heard, *solo, *(replace(n, onset=n.onset + 0.15) for n in solo)]  # struck again: a vibrato
    struck = keys(every, np.array([n.onset for n in every]) * QUARTER_S + 1)
    at = np.arange(2.0, 54.0)
    errors = np.abs(off(shown(read(piano, solo), struck), at * QUARTER_S + 1, at))
    assert np.mean(errors < 2 * NEAR_PX) > 0.95


@pytest.mark.parametrize("rested", [1.0, 0.1])
def test_a_pianist_alone_counts_the_rest_or_leaves_it_out(rested: float) -> None:
    piano, solo = song()
    quarters = np.array([n.onset for n in piano.notes])
    cut = (1 - rested) * (REST[1] - REST[0])
    seconds = (quarters - np.where(quarters >= REST[1], cut, 0)) * QUARTER_S + 1
    x = shown(read(piano, solo), keys(piano.notes, seconds))
    after = quarters > REST[1] + 6
    assert np.mean(np.abs(off(x, seconds[after], quarters[after])) < NEAR_PX) > 0.95


def test_more_pages_of_a_song_give_what_reading_all_at_once_gives() -> None:
    piano, solo = song()
    whole = read(piano, solo)
    assert whole.others
    first = int(np.searchsorted(whole.system, 2))
    part = replace(
        whole,
        x=whole.x[:first],
        pitches=whole.pitches[:first],
        beats=whole.beats[:first],
        presence=whole.presence[:first],
        system=whole.system[:first],
        others=type(whole.others)(*(v[:first] for v in vars(whole.others).values())),
    )
    every = [*piano.notes, *solo]
    struck = keys(every, np.array([n.onset for n in every]) * QUARTER_S + 1)
    frames = listen(struck, 14.0, np.random.default_rng(0), 0.0)
    at_once, bit_by_bit = Localizer(whole), Localizer(part)
    bit_by_bit.extend(ScoreModel(part, DEFAULTS).extended(whole))
    for onsets, sounding, level in zip(*frames, strict=True):
        a, b = (one.step(onsets, sounding, float(level)) for one in (at_once, bit_by_bit))
        assert a.x == pytest.approx(b.x, abs=1)


def test_who_is_printed_is_expected_once_they_are_heard() -> None:
    piano, solo = song()
    reading = read(piano, solo)
    assert reading.others
    company = Company(reading, DEFAULTS)
    own = int(np.flatnonzero(~reading.others.alone)[9])
    company.hear(reading.pitches[own], own + 1)
    assert company.beside.present < 0.2
    for at in np.flatnonzero(reading.others.alone)[5:10].tolist():
        company.hear(reading.others.struck[at], at + 1)
    assert company.beside.present > 0.9
    for _ in range(60 * FPS):
        company.hear(np.zeros_like(reading.pitches[0]), 1)
    assert company.beside.present < 0.01


def test_the_octave_in_which_others_sound_is_found() -> None:
    piano, solo = song()
    reading = read(piano, solo)
    assert reading.others
    company = Company(reading, DEFAULTS)
    assert company.beside.octaves[0] == 1
    for at in np.flatnonzero(reading.others.alone)[5:20].tolist():
        company.hear(moved(reading.others.struck[at], 12), at + 1)
    assert company.beside.present > 0.9
    assert company.beside.octaves[OCTAVES.index(12)] == 1
    assert company.beside.octaves[0] < 0.5
    for octave in (0, -12):  # others come, hours later
        for at in 40 * np.flatnonzero(reading.others.alone)[5:20].tolist():
            company.hear(moved(reading.others.struck[at], octave), at + 1)
        assert company.beside.octaves[OCTAVES.index(octave)] == 1
        assert company.beside.octaves[OCTAVES.index(12)] < 0.5
