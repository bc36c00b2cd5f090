"""One hand alone: who practises with it is followed as with both."""

from dataclasses import replace

import numpy as np
import pytest

from livefollow.constants import FPS, LOWEST_PITCH
from livefollow.follow.hmm.hands import ALONE, BOTH, LOWER, UPPER, WIDE, Hands, _gaps, split_of
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.settings import HandSettings
from livefollow.train.data.notation.music import Music, Note, Section
from tests.performed import perform
from tests.pieces import etude
from tests.simulated import engraved

BARS = 16


def sonatina(bars_count: int = BARS) -> Music:
    """A melody in half notes over broken chords in eighths: three of four events are the lower hand's alone."""
    rng = np.random.default_rng(3)
    notes = []
    for eighth in range(8 * bars_count):
        notes.append(Note(eighth / 2, 0.5, int(rng.integers(40, 58)), 1))
        if eighth % 4 == 0:
            notes += [Note(eighth / 2, 2.0, int(pitch), 0) for pitch in rng.choice(np.arange(64, 84), 2, replace=False)]
    bars = [4.0 * bar for bar in range(bars_count)]
    return Music("sonatina", "tests", "CC0", notes, bars, [(0.0, 100.0)], [], [Section(0, 4.0 * bars_count)])


@pytest.mark.parametrize("music", [sonatina(), etude()])
def test_the_hands_are_parted_by_pitch(music):
    reading, quarters = engraved(music)
    split = split_of(reading.pitches)
    upper = [note.pitch - LOWEST_PITCH > split[np.searchsorted(quarters, note.onset)] for note in music.notes]
    assert np.mean(np.array(upper) == [note.hand == 0 for note in music.notes]) > 0.94


def test_no_pitches_have_a_split():
    assert split_of(np.zeros((0, 88), np.float32)).shape == (0,)
    assert np.isfinite(split_of(np.zeros((5, 88), np.float32))).all()


@pytest.mark.parametrize("hand", [0, 1])
def test_a_hand_alone_is_followed_and_both_again(hand):
    music = sonatina()
    reading, quarters = engraved(music)
    alone = replace(music, notes=[note for note in music.notes if note.hand == hand or note.onset >= 48])
    heard = perform(alone, [(0, 32), (16, 64)], [1.0, 1.5])
    own = np.unique([note.onset for note in alone.notes])
    played = [q for start, stop in ((0, 32), (16, 64)) for q in own if start <= q < stop]
    x = reading.x[np.searchsorted(quarters, played)]
    localizer = Localizer(reading)
    shown = np.array([localizer.step(o, s, float(level)).x for o, s, level in zip(*heard.frames, strict=True)])
    at = ((heard.onset_s + 0.1) * FPS + 1e-6).astype(int) - 1
    right = np.abs(shown[np.minimum(at, len(shown) - 1)] - x) < 20
    assert right.mean() > 0.9


@pytest.mark.parametrize("hands", [(0, 1), (1, 0)])
def test_a_hand_alone_is_found_anywhere_and_then_the_other_one(hands):
    """The melody is every fourth event: with nothing known, one after the other of them fits where nobody waits."""
    music = sonatina(64)
    reading, quarters = engraved(music)
    found = []
    localizer = Localizer(reading)
    for hand, start in zip(hands, (160, 96), strict=True):
        alone = replace(music, notes=[note for note in music.notes if note.hand == hand])
        heard = perform(alone, [(start, start + 32)], [1.0])
        shown = np.array([localizer.step(o, s, float(level)).x for o, s, level in zip(*heard.frames, strict=True)])
        own = np.unique([note.onset for note in alone.notes if start <= note.onset < start + 32])
        x = reading.x[np.searchsorted(quarters, own)]
        at = ((heard.onset_s + 0.1) * FPS + 1e-6).astype(int) - 1
        right = np.abs(shown[np.minimum(at, len(shown) - 1)] - x) < 20
        found.append(int(np.flatnonzero(~right)[-1] + 1) if not right.all() else 0)
    assert max(found) <= 6


def test_it_is_believed_only_when_it_is_heard():
    hands = Hands(HandSettings())
    assert hands.shares.argmax() == BOTH
    for _ in range(20):
        hands.see(np.array([0.2, 0.8]), np.array([[0.2, 1.0, 0.01]] * 2, np.float32).T)
    assert hands.shares.argmax() == UPPER
    for _ in range(20):
        hands.see(np.ones(1), np.array([[1.0, 0.01, 0.01]], np.float32).T)
    assert hands.shares.argmax() == BOTH
    assert hands.shares[LOWER] == pytest.approx(hands.shares[UPPER], abs=0.05)
    assert hands.shares.sum() == pytest.approx(1)


def test_where_nothing_was_struck_nothing_is_learned():
    hands = Hands(HandSettings())
    before = hands.shares.copy()
    hands.see(np.zeros(5), np.ones((3, 5), np.float32))
    assert hands.shares == pytest.approx(before)


def test_who_begins_anew_may_do_so_with_other_hands():
    hands = Hands(HandSettings())
    hands.found(np.array([0.0, 1.0, 0.0]))
    assert hands.beginning.argmax() == UPPER
    assert hands.beginning[LOWER] < hands.beginning[BOTH] < hands.beginning[UPPER] < 0.8


def test_the_gap_of_each_event_is_that_of_its_own_notes() -> None:
    """All events at once as one after the other."""
    rng = np.random.default_rng(5)
    printed = rng.random((200, 88)) < rng.uniform(0.01, 0.2, (200, 1))
    printed[np.arange(200), rng.integers(0, 88, 200)] = True
    split = rng.uniform(0, 88, 200)
    for notes, near, found in zip(printed, split, _gaps(printed, split), strict=True):
        at = np.flatnonzero(notes)
        ends = np.concatenate([[at[0] - ALONE], at, [at[-1] + ALONE]])
        middle = (ends[1:] + ends[:-1]) / 2
        assert found == middle[np.argmin(np.abs(middle - near) - WIDE * np.diff(ends))]
