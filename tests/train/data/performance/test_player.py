from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livefollow.train.data.notation.music import Music, Note
from livefollow.train.data.notation.ornaments import grace_times, neighbours_above, strikes
from livefollow.train.data.performance.passage import Passage
from livefollow.train.data.performance.player import LEAST_DURATION_S, RESTRIKE_S, play
from livefollow.train.data.performance.route import route
from livefollow.train.data.performance.styles import PRESETS
from tests.pieces import etude

ETUDE = etude(ornaments=True)


def rng(seed=0):
    return np.random.default_rng(seed)


def notes_at(music, start, end):
    return sum(start <= n.onset < end and not n.grace for n in music.notes)


def test_score_is_exact():
    played = play(etude(), PRESETS["score"], rng())
    rows = played.onsets
    straight = [q for q in rows["quarter"] if q < 48]
    assert straight == sorted({n.onset for n in etude().notes if n.onset < 48 and not 28 <= n.onset < 32})
    # 84 quarters a minute, half a second before; the first ending is left out.
    first = rows[rows["quarter"] < 28]
    assert first["onset_s"] == pytest.approx(0.5 + first["quarter"] * 60 / 84, abs=1e-6)
    late = rows[rows["quarter"] >= 48]
    assert np.diff(late["onset_s"]) == pytest.approx(np.diff(late["quarter"]) * 0.6, abs=1e-6)
    assert len(set(played.keys["velocity"])) == 1
    assert (played.tuning_hz, played.pauses) == (440.0, [])
    assert [(j.kind, j.repeat) for j in played.jumps] == [("skip", True)]


@pytest.mark.parametrize("name", PRESETS)
def test_truth_of_every_style(name):
    for seed in range(12):
        played = play(ETUDE, PRESETS[name], rng(seed))
        rows, keys = played.onsets, played.keys
        assert rows["onset_s"][0] >= 0.4
        assert np.all(np.diff(rows["onset_s"]) > 0)
        same = np.diff(rows["passage"]) == 0
        assert np.all(np.diff(rows["quarter"])[same] > 0)
        assert np.all(np.diff(keys["onset_s"]) >= 0)
        assert np.all(keys["offset_s"] - keys["onset_s"] > 0.04)
        assert keys["velocity"].min() >= 1
        assert keys["velocity"].max() <= 127
        assert 436 <= played.tuning_hz <= 446
        # Each key of the score falls near the onset it belongs to, in the pass in which it was played.
        scored = keys[~np.isnan(keys["quarter"])]
        for key in scored[:: max(1, len(scored) // 60)]:
            visits = rows[rows["quarter"] == key["quarter"]]
            assert np.abs(visits["onset_s"] - key["onset_s"]).min() < 0.5
        # What follows a jump is where the truth leaves the printed order, or stood still.
        times = rows["onset_s"]
        for jump in played.jumps:
            i = int(np.argmin(np.abs(times - jump.t)))
            assert times[i] == pytest.approx(jump.t)
            step = rows["quarter"][i] - rows["quarter"][i - 1]
            assert {"back": step <= 0, "skip": step > 0, "stop": step >= 0}[jump.kind]


def test_going_back_in_the_truth_is_a_jump():
    for name in ("stumbling", "jumps", "hands_separately", "repeats"):
        for seed in range(10):
            played = play(ETUDE, PRESETS[name], rng(seed))
            rows = played.onsets
            back = set(rows["onset_s"][1:][np.diff(rows["quarter"]) <= 0])
            assert back <= {jump.t for jump in played.jumps}


def test_the_same_seed_plays_the_same():
    style = PRESETS["stumbling"]
    one, two, other = (play(ETUDE, style, rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one.keys["onset_s"], two.keys["onset_s"])
    assert one.jumps == two.jumps
    assert len(one.keys) != len(other.keys)


def test_what_is_not_struck_has_no_row():
    played = play(ETUDE, replace(PRESETS["plain"], missing=1.0), rng())
    assert len(played.onsets) == 0


def test_repeats_are_taken_or_left_out():
    taken = play(ETUDE, PRESETS["repeats"], rng())
    left_out = play(ETUDE, replace(PRESETS["repeats"], repeats=0.0), rng())
    assert [(j.kind, j.repeat) for j in taken.jumps] == [("back", True), ("skip", True)]
    assert np.sum(taken.onsets["quarter"] == 4.0) == 2
    assert np.sum(left_out.onsets["quarter"] == 4.0) == 1


def test_hands_separately():
    style = replace(PRESETS["hands_separately"], hands_separately=1.0, stumble=0.0, pause=0.0, repeats=0.0)
    style = replace(style, wrong=0.0, extra=0.0, missing=0.0, repeated=0.0)
    played = play(etude(), style, rng())
    passages = [
        {int(h) for h in played.keys["hand"][np.isin(played.keys["quarter"], part["quarter"])]}
        for part in np.split(played.onsets, np.flatnonzero(np.diff(played.onsets["passage"])) + 1)
    ]
    assert passages  # every quarter is played by both hands in the end
    alone = route(etude(), style, rng(1))
    assert [p.hand for p in alone[:3]] in ([0, 1, None], [1, 0, None])
    assert alone[0].start == alone[1].start == alone[2].start
    assert [p.entry for p in alone[:3]] == ["", "back", "back"]


def test_a_stop_silences_the_keys():
    style = replace(PRESETS["plain"], pause=1.0, pause_s=(5.0, 6.0), pedalled=1.0)
    played = play(etude(), style, rng())
    assert played.pauses
    for t, length in played.pauses:
        assert length >= 5
        before = played.keys[played.keys["onset_s"] < t]
        assert before["offset_s"].max() < t + 1
        assert not np.any((played.keys["onset_s"] > t + 0.2) & (played.keys["onset_s"] < t + length - 0.2))


def test_wrong_keys_make_the_player_stumble():
    style = replace(PRESETS["stumbling"], wrong=0.0, extra=0.0, repeated=0.0, ornaments=False, stumble=0.5)
    played = play(etude(), style, rng())
    slips = played.keys[np.isnan(played.keys["quarter"])]
    assert len(slips) > 3
    resumed = np.array([jump.t for jump in played.jumps])
    assert all(np.any((resumed > t) & (resumed < t + 4)) for t in slips["onset_s"])


def test_pedal_lengthens():
    with_pedal, without = (
        play(etude(), replace(PRESETS["plain"], pedalled=p, repeats=0.0), rng(3)).keys for p in (1.0, 0.0)
    )
    assert np.mean(with_pedal["offset_s"] - with_pedal["onset_s"]) > 1.2 * np.mean(
        without["offset_s"] - without["onset_s"]
    )


def test_strings():
    keys = play(ETUDE, PRESETS["stumbling"], rng(5)).keys
    for pitch in set(keys["pitch"]):
        string = keys[keys["pitch"] == pitch]
        assert np.all(np.diff(string["onset_s"]) >= RESTRIKE_S)
        assert np.all(string["offset_s"][:-1] <= string["onset_s"][1:] + 1e-9)


def test_excerpts():
    music = etude(bars=120)
    whole = play(music, PRESETS["plain"], rng())
    for seed in range(20):
        part = play(music, PRESETS["plain"], rng(seed), longest_s=60.0)
        assert len(part.onsets) < 0.6 * len(whole.onsets)
        assert 30 < part.end_s < 110
        assert part.onsets["quarter"][0] % 4 < 2  # from a bar line on


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["stumbling", "jumps", "hands_separately"]),
    st.integers(0, 2**31),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 32), st.integers(21, 108)), min_size=1, max_size=40),
)
def test_any_music(name, seed, what):
    notes = sorted((Note(a / 8, b / 8, p, p % 2) for a, b, p in what), key=lambda n: n.onset)
    end = max(n.onset + n.duration for n in notes)
    music = Music("any", "tests", "CC0", notes, np.arange(0, end, 3.0).tolist(), [(0.0, 120.0)])
    played = play(music, PRESETS[name], rng(seed))
    assert np.all(np.diff(played.onsets["onset_s"]) > 0)
    assert np.all(played.keys["offset_s"] > played.keys["onset_s"])
    assert set(played.onsets["quarter"]) <= {n.onset for n in notes}


def test_routes_are_whole():
    calm = route(ETUDE, PRESETS["plain"], rng())
    assert [(p.start, p.end, p.entry) for p in calm] in (
        [(0, 28, ""), (32, 96, "skip")],
        [(0, 32, ""), (0, 28, "back"), (32, 96, "skip")],
    )
    for seed in range(20):
        walked = route(ETUDE, PRESETS["stumbling"], rng(seed))
        assert isinstance(walked[0], Passage)
        assert walked[0].start == 0
        assert walked[-1].end == 96
        for before, after in pairwise(walked):
            expected = {"back": after.start < before.end, "skip": after.start > before.end}
            assert expected.get(after.entry, after.start == before.end)


def test_no_notes():
    with pytest.raises(ValueError, match="no notes"):
        play(Music("empty", "tests", "CC0", [], [], [(0.0, 60.0)]), PRESETS["plain"], rng())


def test_ornaments():
    scale = neighbours_above(etude())
    trill = strikes("trill", 72, 1.0, 3.0, scale, 1.0, rng())
    assert len(trill) > 10
    assert trill[0][0] == 1.0
    assert trill[-1][1] == 3.0
    assert {p for _, _, p in trill} == {72, 72 + scale[0]}
    assert all(b[0] == pytest.approx(a[1]) for a, b in pairwise(trill))
    assert trill[-1][2] == 72
    assert strikes("trill", 72, 1.0, 1.0 + LEAST_DURATION_S, scale, 1.0, rng()) == [(1.0, 1.0 + LEAST_DURATION_S, 72)]
    assert [p for _, _, p in strikes("mordent", 72, 0.0, 1.0, scale, 1.0, rng())][::2] == [72, 72]
    times = grace_times(3, 2.0, 0.3, rng())
    assert times == sorted(times)
    assert 1.84 < times[0] < times[-1] < 2.0
