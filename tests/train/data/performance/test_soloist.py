"""Soloists play in time with a pianist, and where the piano does not."""

from itertools import pairwise

import numpy as np

from livefollow.train.data.notation.music import Music, Note, Section
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.soloist import in_compass, play_beside
from livefollow.train.data.performance.styles import PLAIN
from livefollow.train.data.sound.sampler import SamplerNote


def song() -> Music:
    piano = [Note(float(q), 1.0, 50, 0) for q in range(32) if not 12 <= q < 20]
    solo = [Note(q / 2, 0.5, 60 + q % 7, 0) for q in range(64)]
    bars = [4.0 * k for k in range(8)]
    sections = [Section(0.0, 32.0)]
    return Music("song", "tests", "CC0", piano, bars, [(0.0, 90.0)], sections, sections, solo)


def test_soloists_are_with_the_pianist_and_the_truth_has_what_the_piano_has_not() -> None:
    music = song()
    played = play(music, PLAIN, np.random.default_rng(1))
    part = play_beside(music, played, np.random.default_rng(2))
    (line,) = part.staves
    assert [n.pitch for n in line] == [n.pitch for n in music.others]
    quarters = part.onsets["quarter"]
    assert quarters.tolist() == [q / 2 for q in range(64) if q % 2 or 24 <= q < 40]
    assert np.all(np.diff(part.onsets["onset_s"]) > 0)
    together = {float(o["quarter"]): float(o["onset_s"]) for o in played.onsets}
    late = [n.onset - together[q.onset] for n, q in zip(line, music.others, strict=True) if q.onset in together]
    assert np.abs(late).max() < 0.25
    assert all(b.onset >= a.onset + a.duration - 0.1 for a, b in pairwise(line))


def test_a_part_is_moved_by_octaves_into_a_compass() -> None:
    notes = [SamplerNote(float(k), 0.5, pitch, 80) for k, pitch in enumerate((70, 72, 74, 81))]
    assert [n.pitch for n in in_compass(notes, (53, 76))] == [58, 60, 62, 69]
    assert [n.pitch for n in in_compass(notes, (69, 90))] == [70, 72, 74, 81]
