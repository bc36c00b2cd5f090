"""A piece, another one, and the first again, printed again, of which some bars cannot be read."""

from dataclasses import replace

import numpy as np
import pytest

from livefollow.constants import FPS
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.score_model import ScoreModel
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.hmm.unread import UnreadPassage, about_a_gap, beyond_unread, unread_passage
from livefollow.score.reading import FINAL, MARK, Reading
from livefollow.train.data.notation.music import Music, Section
from tests.performed import perform, tune
from tests.simulated import engraved

FIRST, OTHER = 48.0, 32.0  # quarter notes of the pieces
AGAIN = FIRST + OTHER
END = AGAIN + FIRST
UNREAD = AGAIN + 16, AGAIN + 32
FROM = 64.0  # where the player begins
HEARING_S = 0.1
FOUND_S = 3.0


def book() -> Music:
    first = tune(12).notes
    other = [replace(note, pitch=note.pitch + 3, onset=note.onset + FIRST) for note in tune(8).notes]
    again = [replace(note, onset=note.onset + AGAIN) for note in first]
    bars = [4.0 * bar for bar in range(round(END / 4))]
    return Music("book", "tests", "CC0", [*first, *other, *again], bars, [(0.0, 100.0)], [], [Section(0, END)])


def without(reading: Reading, readable: np.ndarray) -> Reading:
    names = ("x", "pitches", "beats", "presence", "system")
    return replace(reading, **{name: getattr(reading, name)[readable] for name in names})


@pytest.fixture(scope="module")
def printed() -> tuple[Reading, np.ndarray]:
    return engraved(book())


@pytest.fixture(scope="module")
def read(printed: tuple[Reading, np.ndarray]) -> Reading:
    reading, quarters = printed
    return without(reading, (quarters < UNREAD[0]) | (quarters >= UNREAD[1]))


def test_who_plays_through_unread_bars_is_not_shown_at_their_copy(printed, read):
    reading, quarters = printed
    heard = perform(book(), [(FROM, END)], [1.0])
    localizer = Localizer(read)
    localizer.place(float(reading.x[np.searchsorted(quarters, FROM)]))
    shown = np.array([localizer.step(o, s, float(level)).x for o, s, level in zip(*heard.frames, strict=True)])
    frames = np.floor((heard.onset_s + HEARING_S) * FPS).astype(int) - 1
    x = shown[np.minimum(frames, len(shown) - 1)]
    again, begin, end = (reading.x[np.searchsorted(quarters, quarter)] for quarter in (AGAIN, *UNREAD))
    assert x[heard.x >= again].min() >= again
    assert np.abs(x - heard.x)[(heard.x < begin) | (heard.x >= end)].max() < 20
    # There they are shown as far along as they are heard to be at the copy.
    assert np.abs(x - heard.x)[(heard.x >= begin + 100) & (heard.x < end)].max() < 20


def test_nor_is_one_who_may_be_at_either_but_looks_at_the_unread_one(printed, read):
    reading, quarters = printed
    heard = perform(book(), [(AGAIN + 4, END)], [1.0])
    localizer = Localizer(read)
    localizer.looking_at([(float(reading.x[np.searchsorted(quarters, AGAIN)]) - 1, float(reading.x[-1]) + 1)])
    shown = np.array([localizer.step(o, s, float(level)).x for o, s, level in zip(*heard.frames, strict=True)])
    frames = np.floor((heard.onset_s + HEARING_S) * FPS).astype(int) - 1
    x, found = shown[np.minimum(frames, len(shown) - 1)], heard.onset_s > heard.onset_s[0] + FOUND_S
    begin, end = (reading.x[np.searchsorted(quarters, quarter)] for quarter in UNREAD)
    assert x[found].min() >= reading.x[np.searchsorted(quarters, AGAIN)]
    assert np.abs(x - heard.x)[found & ((heard.x < begin) | (heard.x >= end))].max() < 20


def test_who_has_left_the_copy_for_elsewhere_is_not_taken_behind_the_passage(read):
    localizer = Localizer(read)
    localizer.place(float(read.x[-20]))
    behind, before, after = (float(read.x[k]) for k in (len(read) - 6, 15, 29))
    localizer._unread = UnreadPassage(17, 30, len(read) - 5, behind, before, after, 1.0)
    frames = perform(book(), [(END - 12, END)], [0.2]).frames
    shown = [localizer.step(o, s, float(level)).x for o, s, level in zip(*frames, strict=True)]
    assert shown[-1] >= read.x[-20]


def test_a_gap_says_it_where_what_comes_before_does_not(printed):
    """The first line of what is printed again."""
    reading, quarters = printed
    line = 16.0
    read = without(reading, (quarters < AGAIN) | (quarters >= AGAIN + line))
    resumes = 1 + int(np.searchsorted(quarters, AGAIN))
    found = passage(read, resumes - 1, 1)
    assert found
    assert (found.copy, found.end, found.resumes) == (1, 1 + int(np.searchsorted(quarters, line)), resumes)
    assert passage(reading, resumes - 1, 1) is None


def test_a_note_that_was_read_on_the_line_by_mistake_is_passed_over(printed):
    reading, quarters = printed
    line = 16.0
    mistaken = int(np.searchsorted(quarters, AGAIN + line / 2))
    readable = (quarters < AGAIN) | (quarters >= AGAIN + line)
    readable[mistaken] = True
    read = without(reading, readable)
    at = int(np.searchsorted(quarters, AGAIN))
    read.pitches[at] = np.roll(read.pitches[at], 1)
    found = passage(read, at, 1)
    assert found
    assert (found.end, found.resumes) == (1 + int(np.searchsorted(quarters, line)), at + 2)


def test_who_is_found_at_the_copy_when_the_line_is_over_is_behind_it(printed):
    reading, quarters = printed
    line = 16.0
    read = without(reading, (quarters < AGAIN) | (quarters >= AGAIN + line))
    before, end = (int(np.searchsorted(quarters, quarter)) for quarter in (AGAIN, line))
    found = end + DEFAULTS.ambiguity.unread_context + 4
    assert found + beyond_unread(read, before, found, DEFAULTS.ambiguity) == before + found - end
    assert beyond_unread(read, 20, found, DEFAULTS.ambiguity) == 0  # they were not there
    assert beyond_unread(reading, before, found, DEFAULTS.ambiguity) == 0  # nothing is unread


def test_who_has_not_begun_is_at_no_gap_at_the_end():
    x = np.append(np.arange(20) * 50.0, 20 * 50.0 + 600)
    assert about_a_gap(x, len(x), DEFAULTS.ambiguity) == (20, 21)
    assert about_a_gap(x, 0, DEFAULTS.ambiguity) == (0, 0)


def test_who_is_found_elsewhere_meanwhile_was_at_the_passage_lately(printed, read):
    quarters = printed[1]
    copy, end = (1 + int(np.searchsorted(quarters, quarter - AGAIN)) for quarter in UNREAD)
    localizer = Localizer(read)
    localizer.place(float(read.x[int(np.searchsorted(quarters, UNREAD[0])) - 1]))
    localizer._land()
    localizer._event = int(np.searchsorted(quarters, FIRST)) + 10  # in the other piece
    found = localizer._unread_from(copy)
    assert found
    assert found.end == end
    localizer._frame += round(2 * DEFAULTS.ambiguity.unread_left_s * FPS)
    assert localizer._unread_from(copy) is None


def test_the_copy_may_be_few_events_before_the_gap(printed):
    """Slow music: a page has fewer notes than a line of other music."""
    reading, quarters = printed
    line = 16.0
    slow = np.flatnonzero(quarters % 2 == 0)
    reading, quarters = without(reading, slow), quarters[slow]
    read = without(reading, (quarters < AGAIN) | (quarters >= AGAIN + line))
    resumes = 1 + int(np.searchsorted(quarters, AGAIN))
    assert resumes < DEFAULTS.ambiguity.unread_longest
    found = passage(read, resumes - 1, 1)
    assert found
    assert (found.end, found.resumes) == (1 + int(np.searchsorted(quarters, line)), resumes)
    assert passage(reading, resumes - 1, 1) is None


def test_of_several_places_alike_the_copy_ends_at_the_one_as_far_off_as_the_passage_is_wide(printed):
    reading, quarters = printed
    line, earlier, n = 16.0, 6.0, DEFAULTS.ambiguity.unread_context
    read = without(reading, (quarters < AGAIN) | (quarters >= AGAIN + line))
    end, sooner = (int(np.searchsorted(quarters, quarter)) for quarter in (line, earlier))
    read.pitches[sooner : sooner + n] = read.pitches[end : end + n]
    found = passage(read, int(np.searchsorted(quarters, AGAIN)), 1)
    assert found
    assert found.end == 1 + end


def passage(reading: Reading, event: int, entered: int):
    return unread_passage(reading, event, entered, DEFAULTS.ambiguity)


def test_it_is_known_by_what_comes_before_and_after_it(printed, read):
    quarters = printed[1]
    copy, end = (1 + int(np.searchsorted(quarters, quarter - AGAIN)) for quarter in UNREAD)
    resumes = 1 + int(np.searchsorted(quarters, UNREAD[0]))
    for seen_at in (resumes - 1, resumes + 2):
        for entered in (copy, copy + 1, copy + 8):  # also by one who is found when some of it has been played
            found = passage(read, seen_at, entered)
            assert found
            assert (found.copy, found.end, found.resumes) == (copy, end, resumes)


def test_who_goes_elsewhere_is_in_no_unread_passage(printed, read):
    left = int(np.searchsorted(printed[1], UNREAD[0]))
    assert passage(read, left, 1) is None
    assert passage(read, left, 68) is None  # behind the copy
    assert passage(read, 60, 20) is None
    assert passage(read, 3, 40) is None


def test_behind_the_last_event_there_is_a_passage_where_no_final_bar_line_is(read):
    far = DEFAULTS.ambiguity.unread_longest + 20
    rows = np.eye(88, dtype=np.float32)[np.r_[0:20, 30 + 7 * np.arange(far) % 58, 0:20]]
    n = len(rows)
    ones = np.ones(n, np.float32)
    marks = np.zeros(1, MARK)
    marks["kind"], marks["x"] = FINAL, n * 30.0
    system = (np.arange(n) // 15).astype(np.int32)
    short = Reading(np.arange(n) * 30.0, rows, ones, ones, system, marks, end=n * 30.0 + 900)
    assert passage(short, n, 20) is None
    open_ended = replace(short, marks=marks[:0])
    assert passage(replace(open_ended, end=n * 30.0), n, 20) is None  # nothing is printed there
    found = passage(open_ended, n, 20)
    assert found
    assert (found.copy, found.end) == (21, 46)  # up to the end of the next line
    assert found.resumes > n
    shown = [found.place(float(short.x[event - 1])) for event in (20, 21, 30, 60)]
    assert shown == [30.0 * at for at in (n - 1, n, n + 9, n - 1)]  # beyond the last event; elsewhere, at it
    assert passage(open_ended, n, 5) is None


def test_who_plays_an_unread_last_line_stays_at_the_end(printed):
    reading, quarters = printed
    last = AGAIN + 32
    cut = replace(without(reading, quarters < last), marks=reading.marks[:-1], end=float(reading.x[-1]))
    heard = perform(book(), [(AGAIN, END)], [1.0])
    localizer = Localizer(cut)
    localizer.place(float(reading.x[np.searchsorted(quarters, AGAIN)]))
    shown = [localizer.step(o, s, float(level)).x for o, s, level in zip(*heard.frames, strict=True)]
    assert min(shown) >= reading.x[np.searchsorted(quarters, AGAIN)] - 20


def test_to_pass_an_unread_line_takes_the_time_that_music_takes_in_so_much_room(printed):
    reading, quarters = printed
    line = 16.0
    read = without(reading, (quarters < AGAIN) | (quarters >= AGAIN + line))
    before = int(np.searchsorted(quarters, AGAIN))  # of the score model: the last event before the line
    assert read.beats[before - 1] < 4
    beats = ScoreModel(read, DEFAULTS).beats
    assert line / 2 < beats[before] < 2 * line
    others = np.arange(1, len(beats)) != before
    np.testing.assert_allclose(beats[1:][others], read.beats[others], rtol=1e-6)
