from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from livefollow.train.data.cases.simple_player import SimpleStyle, perform
from livefollow.train.data.engraving.lilypond_noteheads import Notehead

STYLE = SimpleStyle(
    beats_per_minute=60, phrases=[0, 8, 16], start=1.0, wander=0.0, arch=0.0, ritard=0.0, final_ritard=0.0
)


def head(onset, pitch, duration=1, tied=False, grace=0):
    return Notehead(0, Fraction(onset), Fraction(grace), Fraction(duration), pitch, tied, 0, 0, 0, 0, 0.0, 0.0)


def play(heads, style=STYLE, seed=1):
    return perform(heads, style, 1.0, np.random.default_rng(seed))


def test_steady_tempo_is_steady():
    played = play([head(i, 60 + i % 12) for i in range(16)])
    expected = [1.0 + i for i in range(16)]
    assert list(played.onsets.values()) == pytest.approx(expected, abs=0.03)
    assert played.end == pytest.approx(17)


def test_ties_make_one_note_and_graces_none():
    played = play([head(0, 60, 2), head(2, 60, 1, tied=True), head(3, 64), head(3, 65, grace=Fraction(-1, 4))])
    assert list(played.onsets) == [0, 3]
    long, _ = sorted(played.notes, key=lambda n: n.onset)
    assert long.duration == pytest.approx(3 * STYLE.detached, abs=0.05)


def test_two_voices_on_one_key_are_one_key():
    assert len(play([head(0, 60, 1), head(0, 60, 2)]).notes) == 1


def test_a_pause_waits_and_the_sound_does_not_go_on():
    style = replace(STYLE, pauses=[(4.0, 5.0)], pedal=2.0)
    played = play([head(i, 60) for i in range(8)], style)
    times = list(played.onsets.values())
    assert times[4] - times[3] == pytest.approx(6, abs=0.05)
    assert max(n.onset + n.duration for n in played.notes if n.onset < 5) < 5.1


def test_onsets_rise_however_fast():
    fast = Fraction(1, 32)
    heads = [head(i * fast, pitch, fast) for i in range(500) for pitch in (50, 60, 70)]
    for seed in range(5):
        played = play(heads, replace(STYLE, wander=0.2), seed)
        assert np.all(np.diff(list(played.onsets.values())) > 0)
        assert all(n.duration > 0 and 1 <= n.velocity <= 127 for n in played.notes)


def test_the_same_seed_plays_the_same():
    heads = [head(i, 60) for i in range(16)]
    style = SimpleStyle(beats_per_minute=90, phrases=[0, 8, 16])
    assert play(heads, style) == play(heads, style)
    assert play(heads, style) != play(heads, style, seed=2)
