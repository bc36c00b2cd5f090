import numpy as np

from livefollow.constants import N_PITCHES
from livefollow.follow.emission import Emission
from livefollow.follow.priors import DEFAULTS
from livefollow.follow.reading import MARK, Reading


def reading(*chords: list[int], probability: float = 1.0) -> Reading:
    pitches = np.zeros((len(chords), N_PITCHES), np.float32)
    for row, chord in zip(pitches, chords, strict=True):
        row[chord] = probability
    n = len(chords)
    ones = np.ones(n, np.float32)
    x = np.arange(n) * 20.0
    return Reading(x, pitches, ones, ones, np.zeros(n, np.int32), np.empty(0, MARK))


def heard(*pitches: int) -> np.ndarray:
    onsets = np.zeros(N_PITCHES, np.float32)
    onsets[list(pitches)] = 0.95
    return onsets


def test_what_is_struck_is_the_event_that_expects_it():
    emission = Emission(reading([40, 44], [40, 45], [52]), DEFAULTS)
    attack = emission(heard(40, 45)).events[0]
    assert int(attack.argmax()) == 2  # the first is the silence before the piece
    assert attack[2] > 5 * attack[1] > 0


def test_an_octave_off_is_better_than_anything():
    emission = Emission(reading([40], [47], [30]), DEFAULTS)
    attack = emission(heard(52)).events[0]
    assert int(attack.argmax()) == 1


def test_a_chord_that_nobody_expects_is_rather_an_event_read_wrong_than_silence():
    evidence = Emission(reading([40, 44], [41, 45]), DEFAULTS)(heard(60, 64, 67))
    attack, _, sustain = evidence.events[:, 1]
    assert attack > sustain


def test_when_nothing_is_heard_nothing_is_struck():
    evidence = Emission(reading([40, 44], [41, 45]), DEFAULTS)(np.zeros(N_PITCHES, np.float32))
    attack, _, sustain = evidence.events[:, 1:]
    assert np.all(sustain > 2 * attack)
    assert evidence.heard == 0


def test_all_keys_at_once_overflow_nothing():
    emission = Emission(reading(list(range(N_PITCHES)), list(range(0, N_PITCHES, 2))), DEFAULTS)
    evidence = emission(np.full(N_PITCHES, 0.99, np.float32))
    assert np.all(np.isfinite(evidence.events))
    assert np.all(np.isfinite(evidence.others))
