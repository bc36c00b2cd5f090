import numpy as np
import pytest

from livefollow.constants import N_PITCHES
from livefollow.follow.hmm.emission import Emission
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.hmm.tempo_filter import ATTACK, SUSTAIN, TAIL
from livefollow.score.reading import Reading, concatenate

CHORDS = [(30, 42, 46), (42,), (44,), (31, 47, 50, 54)]


def reading(chords=CHORDS):
    pitches = np.zeros((len(chords), N_PITCHES), np.float32)
    for i, chord in enumerate(chords):
        pitches[i, list(chord)] = 0.95
    n = len(chords)
    ones = np.ones(n, np.float32)
    marks = concatenate([]).marks
    return Reading(30.0 * np.arange(n), pitches, ones, ones, np.zeros(n, np.int32), marks)


def heard(*pitches, p=0.95):
    onsets = np.zeros(N_PITCHES, np.float32)
    onsets[list(pitches)] = p
    return onsets


@pytest.mark.parametrize("event", range(len(CHORDS)))
def test_what_is_struck_is_explained_best(event):
    evidence = Emission(reading(), DEFAULTS)(heard(*CHORDS[event]))
    assert evidence.events[ATTACK].argmax() == event + 1
    assert evidence.events.argmax() == event + 1
    assert evidence.events[ATTACK, event + 1] > 5 * evidence.others.max()


def test_part_of_a_chord_will_do():
    evidence = Emission(reading(), DEFAULTS)(heard(31, 50, 54))
    assert evidence.events[ATTACK].argmax() == 4


def test_late_notes_belong_to_what_was_struck_just_before():
    evidence = Emission(reading(), DEFAULTS)(heard(31))
    assert evidence.events[TAIL].argmax() == 4


def test_silence_is_explained_by_whatever_sounds_on():
    evidence = Emission(reading(), DEFAULTS)(heard())
    assert np.ptp(evidence.events[SUSTAIN]) < 1e-6
    assert np.all(evidence.events[SUSTAIN, 1:] > 3 * evidence.events[ATTACK, 1:])
    assert evidence.others[0] == evidence.others.max()


def test_what_fits_nothing_is_other_music_or_an_event_read_wrong():
    evidence = Emission(reading(), DEFAULTS)(heard(20, 33, 60))
    attack, tail, sustain = evidence.events[:, 1:]
    assert evidence.others.max() > 5 * max(tail.max(), sustain.max())
    assert evidence.others.max() > 0.5 * attack.max()


def test_faint_onsets_say_little():
    emission = Emission(reading(), DEFAULTS)
    nothing, faint, half = (emission(heard(42, p=p)) for p in (0.0, 0.04, 0.5))
    assert np.array_equal(nothing.events, faint.events)
    full = emission(heard(42, p=0.95))
    gains = [e.events[ATTACK, 2] / e.others.max() for e in (nothing, half, full)]
    assert gains == sorted(gains)


def test_more_pages_give_what_reading_all_at_once_gives():
    whole = Emission(reading(), DEFAULTS)
    short = Emission(reading(CHORDS[:2]), DEFAULTS)
    before = short(heard(42))
    grown = short.extended(reading())
    np.testing.assert_array_equal(short(heard(42)).others, before.others)
    for onsets in (heard(), heard(42), heard(31, 47)):
        a, b = whole(onsets), grown(onsets)
        np.testing.assert_allclose(a.events, b.events, rtol=1e-5)
        np.testing.assert_allclose(a.others, b.others, rtol=1e-5)


def test_notes_that_sound_favour_their_event():
    factors = Emission(reading(), DEFAULTS).held(heard(44), 0, 5)
    assert factors.shape == (5,)
    assert factors.argmax() == 3
    assert factors.max() < 2
