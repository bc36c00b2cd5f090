from dataclasses import replace

import numpy as np
import pytest

from livefollow.constants import FPS, N_PITCHES
from livefollow.follow.hmm.localizer import UNPROVEN, Localizer
from livefollow.follow.hmm.settings import DEFAULTS, Settings
from livefollow.follow.position import Estimate, State
from livefollow.score.reading import Reading, concatenate
from livefollow.train.data.notation.music import Music, Section
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.styles import PRESETS
from tests.performed import QUARTER_S, Heard, perform, tune
from tests.pieces import etude
from tests.simulated import engraved, listen, misread, noise


def run(localizer: Localizer, frames: tuple[np.ndarray, np.ndarray, np.ndarray]) -> list[Estimate]:
    return [localizer.step(o, s, float(level)) for o, s, level in zip(*frames, strict=True)]


def at(estimates: list[Estimate], seconds: float) -> Estimate:
    """What is shown at a time, of what has been heard by then."""
    return estimates[min(len(estimates), int(seconds * FPS + 1e-6)) - 1]


def errors(heard: Heard, estimates: list[Estimate]) -> np.ndarray:
    """px at each onset, 0.1 s to hear it."""
    return np.array([at(estimates, t + 0.1).x for t in heard.onset_s]) - heard.x


def verses(n: int = 4) -> Music:
    """The same four bars, printed several times."""
    verse = tune(4).notes
    notes = [replace(note, onset=note.onset + 16 * k) for k in range(n) for note in verse]
    starts = [4.0 * b for b in range(4 * n)]
    return Music("verses", "tests", "CC0", notes, starts, [(0.0, 100.0)], [], [Section(0, 16.0 * n)])


def test_is_on_every_note_as_it_is_heard():
    heard = perform(etude(), [(0, 96)], [1.0])
    estimates = run(Localizer(engraved(etude())[0]), heard.frames)
    assert np.mean(np.abs(errors(heard, estimates)) < 4) > 0.98


@pytest.mark.parametrize("quarter_s", [0.25, 0.6, 2.0])
def test_any_tempo_will_do(quarter_s, monkeypatch):
    monkeypatch.setattr("tests.follow.hmm.test_localizer.QUARTER_S", quarter_s)
    heard = perform(etude(), [(0, 64)], [1.0])
    estimates = run(Localizer(engraved(etude())[0]), heard.frames)
    assert np.mean(np.abs(errors(heard, estimates)) < 4) > 0.95


def test_moves_on_between_notes_but_not_past_the_next():
    music = tune()
    slow = replace(music, notes=[replace(n, onset=4 * n.onset, duration=4 * n.duration) for n in music.notes])
    reading = engraved(slow)[0]
    heard = perform(slow, [(0, 40)], [1.0])
    estimates = run(Localizer(reading), heard.frames)
    t = heard.onset_s[12]
    x = [at(estimates, t + s).x for s in (0.1, 0.5, 0.9, 1.2)]
    assert heard.x[12] <= x[0] < x[1] < x[2] <= x[3] < heard.x[13]


@pytest.mark.parametrize("seed", range(3))
def test_bears_errors_of_reader_and_listener(seed):
    music = etude(32, seed=seed)
    reading = misread(engraved(music)[0], np.random.default_rng(seed))
    heard = perform(music, [(0, 128)], [1.0], strength=1.0)
    estimates = run(Localizer(reading), heard.frames)
    assert np.mean(np.abs(errors(heard, estimates)) < 60) > 0.95


def test_bears_a_player_who_breathes():
    music = etude()
    played = play(music, PRESETS["plain"], np.random.default_rng(2))
    estimates = run(Localizer(engraved(music)[0]), listen(played.keys, played.end_s, np.random.default_rng(0), 0.0))
    reading, quarters = engraved(music)
    x = reading.x[np.searchsorted(quarters, played.onsets["quarter"] - 1e-3)]
    shown = np.array([at(estimates, t + 0.1).x for t in played.onsets["onset_s"]])
    assert np.mean(np.abs(shown - x) < 60) > 0.95


def test_waits_in_silence_and_noise():
    rng = np.random.default_rng(0)
    reading = engraved(etude())[0]
    for frames in (noise(20.0, rng, 0.0), noise(20.0, rng, 0.5)):
        estimates = run(Localizer(reading), frames)
        assert {e.state for e in estimates} == {State.WAITING}
        assert {e.x for e in estimates} == {reading.x[0]}


def test_does_not_hear_what_is_silent():
    music = tune()
    onsets, sounding, level = perform(music, [(0, 40)], [1.0]).frames
    estimates = run(Localizer(engraved(music)[0]), (onsets, sounding, np.full(len(level), -80.0)))
    assert {e.state for e in estimates} == {State.WAITING}


def test_finds_one_who_begins_in_the_middle():
    music = tune()
    heard = perform(music, [(20, 40)], [1.0])
    estimates = run(Localizer(engraved(music)[0]), heard.frames)
    assert np.all(np.abs(errors(heard, estimates)[heard.onset_s > 3.0]) < 4)
    assert estimates[-10].state is State.FOLLOWING


def test_who_is_found_where_nobody_expected_them_has_to_prove_it():
    """A page is not turned for a few notes that fit: other music does, for a while."""
    music = tune(24)
    reading, proven = engraved(music)[0], DEFAULTS.decision.proven
    for start, surprising in ((0, False), (40, True)):
        localizer, before, after = Localizer(reading), [], []
        for onsets, sounding, level in zip(*perform(music, [(start, start + 40)], [1.0]).frames, strict=True):
            estimate = localizer.step(onsets, sounding, float(level))
            if estimate.state is State.FOLLOWING:
                known = after if after or localizer.evidence >= proven else before
                known.append(estimate.confidence)
        assert (max(before) <= UNPROVEN) == surprising
        assert max(after) > 0.9


def test_hand_says_which_of_equal_places():
    music = verses()
    reading = engraved(music)[0]
    heard = perform(music, [(32, 48)], [1.0])
    localizer = Localizer(reading)
    localizer.place(float(heard.x[0]))
    estimates = run(localizer, heard.frames)
    assert estimates[0].x == heard.x[0]
    assert np.mean(np.abs(errors(heard, estimates)) < 4) > 0.95


def test_goes_straight_through_what_repeats_itself():
    music = verses()
    reading = misread(engraved(music)[0], np.random.default_rng(1))
    heard = perform(music, [(0, 64)], [1.0], strength=0.5)
    estimates = run(Localizer(reading), heard.frames)
    assert np.max(np.abs(np.diff([e.x for e in estimates]))) < 200


def test_holds_while_the_player_stops():
    music = tune()
    heard = perform(music, [(0, 20), (20, 40)], [1.0, 8.0])
    estimates = run(Localizer(engraved(music)[0]), heard.frames)
    stopped = 1.0 + 20 * QUARTER_S
    waiting = [at(estimates, stopped + s) for s in (2.5, 5.0, 7.5)]
    assert {e.state for e in waiting} == {State.HOLDING}
    assert len({e.x for e in waiting}) == 1
    assert waiting[0].speed == 0
    assert np.all(np.abs(errors(heard, estimates)[-30:]) < 4)


def silence(seconds: float, strays: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nothing played, in a room whose noise the listener takes for a faint onset now and then."""
    frames = round(seconds * FPS)
    onsets = np.zeros((frames, N_PITCHES), np.float32)
    rng = np.random.default_rng(3)
    onsets[rng.integers(0, frames, strays), rng.integers(20, 60, strays)] = 0.25
    return onsets, np.zeros_like(onsets), np.full(frames, -55.0, np.float32)


@pytest.mark.parametrize("strays", [0, 200])
def test_a_pause_is_waited_through_however_long(strays):
    music = tune()
    localizer = Localizer(engraved(music)[0])
    before = run(localizer, perform(music, [(0, 20)], [1.0]).frames)
    pause = run(localizer, silence(600, strays))
    assert {e.state for e in pause[3 * FPS :]} == {State.HOLDING}
    assert {e.x for e in pause[3 * FPS :]} == {pause[-1].x}
    assert abs(pause[-1].x - before[-1].x) < 60
    assert min(e.confidence for e in pause) > 0.5
    heard = perform(music, [(20, 40)], [0.2])
    assert np.all(np.abs(errors(heard, run(localizer, heard.frames))[2:]) < 4)


def test_the_beginning_is_waited_for_however_long():
    music = verses()
    localizer = Localizer(engraved(music)[0])
    assert {e.state for e in run(localizer, silence(600, 200))} == {State.WAITING}
    heard = perform(music, [(0, 16)], [0.2])
    assert np.all(np.abs(errors(heard, run(localizer, heard.frames))[2:]) < 4)


def test_only_sound_that_does_not_fit_is_lost():
    music, rng = tune(), np.random.default_rng(0)
    localizer = Localizer(engraved(music)[0])
    run(localizer, perform(music, [(0, 20)], [1.0]).frames)
    assert run(localizer, noise(20, rng, 6.0))[-1].state is State.LOST
    assert run(localizer, silence(10))[-1].state is State.HOLDING
    assert run(localizer, noise(5, rng, 6.0))[-1].state is State.LOST


def test_who_has_finished_has_until_the_score_is_heard_again():
    music, rng = tune(), np.random.default_rng(0)
    localizer = Localizer(engraved(music)[0])
    end = run(localizer, perform(music, [(0, 48)], [1.0]).frames)[-1]
    since = run(localizer, noise(30, rng, 8.0)) + run(localizer, silence(300, 50)) + run(localizer, noise(30, rng, 2.0))
    assert {(e.state, e.x) for e in since} == {(State.FINISHED, end.x)}
    heard = perform(music, [(0, 20)], [1.0])
    again = run(localizer, heard.frames)
    assert again[-3 * FPS].state is State.FOLLOWING
    assert np.all(np.abs(errors(heard, again)[-10:]) < 4)


@pytest.mark.parametrize("target", [0.0, 12.0, 36.0])
def test_finds_one_who_jumps(target):
    music = tune()
    heard = perform(music, [(0, 25), (target, target + 12)], [1.0, 0.7], strength=0.5)
    estimates = run(Localizer(engraved(music)[0]), heard.frames)
    resumed = 1.7 + 25 * QUARTER_S
    assert np.mean(np.abs(errors(heard, estimates)[heard.onset_s > resumed + 3]) < 60) > 0.9


def notes_until_found(target: float, settings: Settings) -> int:
    """How many notes it takes after a stop, when the player goes on elsewhere."""
    heard = perform(tune(), [(0, 25), (target, target + 12)], [1.0, 2.5], strength=1.0)
    estimates = run(Localizer(engraved(tune())[0], settings), heard.frames)
    away = np.abs(errors(heard, estimates))[heard.onset_s > 3 + 25 * QUARTER_S] >= 60
    return 1 + int(np.flatnonzero(away)[-1]) if away.any() else 0


def test_who_has_stopped_is_sooner_looked_for_elsewhere():
    targets = (2.0, 6.0, 14.0, 36.0)
    as_while_playing = replace(
        DEFAULTS, transition=replace(DEFAULTS.transition, leave_stopped=DEFAULTS.transition.leave)
    )
    now, then = (sum(notes_until_found(t, settings) for t in targets) for settings in (DEFAULTS, as_while_playing))
    assert now < then
    assert now <= 3 * len(targets)


def test_other_music_is_not_followed():
    other = etude(24, seed=8)
    estimates = run(Localizer(engraved(tune())[0]), perform(other, [(0, 80)], [1.0], strength=0.5).frames)
    assert np.mean([e.state is State.FOLLOWING for e in estimates]) < 0.1


@pytest.mark.parametrize("played", [False, True])
def test_less_is_asked_of_who_practises_only_where_the_score_was_played_before(played):
    """Other music seems to begin in many places, too."""
    localizer, found = Localizer(engraved(tune())[0]), DEFAULTS.decision.found
    for _ in range(6):
        localizer._starts.began(4)
    if played:
        localizer._evidence = found + 1
        localizer._change(4, 1.0, 0.5)
        localizer._state = State.LOST
    localizer._evidence = found - 1
    localizer._change(4, 1.0, 0.5)
    assert (localizer._state is State.FOLLOWING) == played


def test_other_music_moves_no_cursor_that_waits():
    music = engraved(tune())[0]
    for seed in (8, 9, 11):
        other = perform(etude(24, seed=seed), [(0, 80)], [1.0], strength=0.5)
        shown = [e.x for e in run(Localizer(music), other.frames) if e.state is State.WAITING]
        assert len(shown) > 900
        assert len(set(shown)) < 20  # it leapt a few times at most


def test_shows_the_last_place_while_lost():
    heard = perform(tune(), [(0, 24)], [1.0])
    localizer = Localizer(engraved(tune())[0])
    run(localizer, heard.frames)
    estimates = run(localizer, perform(etude(24, seed=8), [(0, 80)], [0.5]).frames)
    lost = [e for e in estimates if e.state is State.LOST]
    assert len(lost) > 200
    assert len({e.x for e in lost}) <= 2
    assert np.mean([e.confidence for e in lost]) < 0.3


def test_is_finished_after_the_last_note():
    heard = perform(tune(), [(0, 48)], [1.0])
    estimates = run(Localizer(engraved(tune())[0]), heard.frames)
    assert estimates[-1].state is State.FINISHED


def first_systems(whole: Reading, systems: int) -> Reading:
    """The beginning of a reading."""
    n = int(np.searchsorted(whole.system, systems))
    parts = (part[:n] for part in (whole.x, whole.pitches, whole.beats, whole.presence, whole.system))
    return Reading(*parts, whole.marks[whole.marks["x"] < whole.x[n]])


def test_pages_read_one_after_the_other_are_followed_like_all_at_once():
    music = etude()
    whole = engraved(music)[0]
    frames = perform(music, [(0, 32)], [1.0], strength=1.0).frames
    localizer = Localizer(first_systems(whole, 2))
    model = localizer.model.extended(first_systems(whole, 4)).extended(whole)
    assert len(model) == len(whole) + 1
    assert len(localizer.model) < len(model)
    localizer.extend(model)
    for grown, at_once in zip(run(localizer, frames), run(Localizer(whole), frames), strict=True):
        assert grown.state is at_once.state
        assert (grown.x, grown.confidence) == pytest.approx((at_once.x, at_once.confidence), abs=1e-5)


def test_goes_on_into_pages_that_are_read_later():
    music = etude()
    whole = engraved(music)[0]
    heard = perform(music, [(0, 96)], [1.0])
    localizer = Localizer(first_systems(whole, 3))
    at_once, later = [tuple(part[a:b] for part in heard.frames) for a, b in ((0, 400), (400, None))]
    estimates = run(localizer, at_once)
    localizer.extend(localizer.model.extended(whole))
    estimates += run(localizer, later)
    assert np.mean(np.abs(errors(heard, estimates)) < 4) > 0.98


def test_a_score_without_notes_is_waited_on():
    estimates = run(Localizer(concatenate([])), noise(5.0, np.random.default_rng(0)))
    assert {e.state for e in estimates} == {State.WAITING}
    assert all(np.isfinite(e.x) and np.isfinite(e.speed) for e in estimates)


def test_bears_whatever_a_listener_says():
    localizer = Localizer(engraved(tune())[0])
    for value in (0.0, 1.0, 0.5):
        full = np.full((40, N_PITCHES), value, np.float32)
        for e in run(localizer, (full, full, np.full(40, -20.0))):
            assert np.isfinite(e.x)
            assert 0 <= e.confidence <= 1


def test_who_begins_in_the_middle_begins_on_what_is_seen():
    music = refrains()
    reading, quarters = engraved(music)
    copies = [float(reading.x[np.searchsorted(quarters, q)]) for q in (0, 32)]
    frames = perform(music, [(2, 12)], [1.0]).frames
    for shown, other in (copies, copies[::-1]):
        localizer = Localizer(reading)
        localizer.place(float(reading.x[np.searchsorted(quarters, 20)]))  # between the two
        localizer.looking_at([(shown - 10, shown + 700)])
        found = [e.x for e in run(localizer, frames) if e.state is State.FOLLOWING]
        assert found
        assert all(shown <= x < shown + 700 for x in found), other


def test_who_begins_where_nobody_looks_is_found_all_the_same():
    music = tune()
    heard = perform(music, [(20, 40)], [1.0])
    localizer = Localizer(engraved(music)[0])
    localizer.looking_at([(0.0, 500.0)])
    estimates = run(localizer, heard.frames)
    assert np.all(np.abs(errors(heard, estimates)[heard.onset_s > 3.0]) < 4)


def test_what_is_seen_does_not_matter_to_one_who_plays():
    music = etude()
    frames = perform(music, [(0, 48)], [1.0], strength=1.0).frames
    plain, looked_at = (Localizer(engraved(music)[0]) for _ in range(2))
    begun = [tuple(part[a:b] for part in frames) for a, b in ((0, 200), (200, None))]
    assert [run(one, begun[0])[-1].state for one in (plain, looked_at)] == [State.FOLLOWING] * 2
    looked_at.looking_at([(3000.0, 4000.0)])
    assert run(plain, begun[1]) == run(looked_at, begun[1])


def refrains() -> Music:
    """Twenty bars of which the first four come back as the ninth to twelfth."""
    notes = [note for note in tune(20).notes if not 32 <= note.onset < 48]
    notes += [replace(note, onset=note.onset + 32) for note in notes if note.onset < 16]
    notes.sort(key=lambda note: note.onset)
    return Music(
        "refrains", "tests", "CC0", notes, [4.0 * b for b in range(20)], [(0.0, 100.0)], [], [Section(0, 80.0)]
    )


@pytest.mark.parametrize("target", [0.0, 32.0])
def test_between_places_that_sound_alike_it_is_unsure_until_they_differ(target):
    music = refrains()
    heard = perform(music, [(52, 70), (target, target + 22)], [1.0, 2.0], strength=1.0)
    estimates = run(Localizer(engraved(music)[0]), heard.frames)
    resumed = 1 + 18 * QUARTER_S + 2
    alike = estimates[int((resumed + 4) * FPS) : int((resumed + 16 * QUARTER_S) * FPS)]
    assert {e.state for e in alike} == {State.FOLLOWING}
    assert max(e.confidence for e in alike) < 0.85
    differs = heard.onset_s > resumed + 17.5 * QUARTER_S
    assert np.abs(errors(heard, estimates))[differs].max() < 60
    assert max(e.confidence for e in estimates[-2 * FPS :]) > 0.9


def test_who_seemed_to_be_at_the_end_goes_on_where_it_sounds_the_same_earlier():
    notes = [note for note in tune(20).notes if note.onset < 64]
    notes += [replace(note, onset=note.onset + 64) for note in notes if note.onset < 16]
    bars = [4.0 * b for b in range(20)]
    music = Music("da capo", "tests", "CC0", notes, bars, [(0.0, 100.0)], [], [Section(0, 80.0)])
    heard = perform(music, [(60, 80), (0, 30)], [1.0, 3.0], strength=1.0)
    estimates = run(Localizer(engraved(music)[0]), heard.frames)
    off = np.abs(errors(heard, estimates))
    again = np.flatnonzero(np.diff(heard.x) < 0)[-1] + 1
    differs = heard.onset_s > heard.onset_s[again] + 15.9 * QUARTER_S
    assert off[again + 4 : again + 12].min() > 60  # the copy at the end is nearer
    assert off[differs].max() < 60


@pytest.mark.parametrize("target", [0.0, 32.0])
def test_an_attempt_began_where_it_turned_out_to_be(target):
    music = refrains()
    heard = perform(music, [(52, 70), (target, target + 22), (target, target + 12)], [1.0, 2.0, 2.0], strength=1.0)
    off = np.abs(errors(heard, run(Localizer(engraved(music)[0]), heard.frames)))
    again = np.flatnonzero(np.diff(heard.x) < 0)[-1] + 1
    assert off[again + 2 :].max() < 60


def test_attempts_at_the_same_place_are_found_sooner_than_without_a_memory():
    music = tune(24)
    heard = perform(music, [(0, 30), *[(16, 20)] * 8], [1.0, *[0.2] * 8], strength=1.0)
    off = []
    leave = DEFAULTS.transition.leave
    forgetful = replace(DEFAULTS.transition, start_again=0.0, start_return=0.0, restarts=0.0, leave_again=leave)
    for settings in (DEFAULTS, replace(DEFAULTS, transition=forgetful)):
        estimates = run(Localizer(engraved(music)[0], settings), heard.frames)
        off.append(np.count_nonzero(np.abs(errors(heard, estimates)) > 20))
    assert off[0] <= 0.75 * off[1]


def test_who_is_lost_is_shown_again_before_it_is_certain():
    music, other = tune(), etude(16, seed=9)
    localizer = Localizer(engraved(music)[0])
    run(localizer, perform(music, [(0, 16)], [1.0]).frames)
    lost = run(localizer, perform(other, [(0, 40)], [0.5], strength=0.5).frames)
    assert lost[-1].state is State.LOST
    heard = perform(music, [(24, 40)], [0.5])
    estimates = run(localizer, heard.frames)
    shown = np.flatnonzero(np.abs(errors(heard, estimates)) < 20)[0]
    certain = next(k for k, e in enumerate(estimates) if e.state is State.FOLLOWING)
    assert heard.onset_s[shown] <= certain / FPS


def test_an_attempt_at_a_known_place_is_shown_from_its_second_note_on():
    music = tune(24)
    heard = perform(music, [(0, 30), *[(16, 20)] * 8], [1.0, *[0.2] * 8], strength=1.0)
    estimates = run(Localizer(engraved(music)[0]), heard.frames)
    attempts = np.abs(errors(heard, estimates))[60:].reshape(8, 8)
    assert (attempts[4:, 1:] < 20).all()


@pytest.mark.parametrize("target", [0.0, 4.0, 16.0])
def test_who_begins_anew_again_is_shown_there_in_the_frame_of_the_leap(target, caplog):
    music = tune(24)
    route = [(0, 30), (24, 30), (24, 30), (target, target + 16)]
    heard = perform(music, route, [1.0, 0.3, 0.3, 0.3], strength=0.5)
    localizer, shown = Localizer(engraved(music)[0]), []
    with caplog.at_level("INFO"):
        for onsets, sounding, level in zip(*heard.frames, strict=True):
            shown.append(localizer.step(onsets, sounding, float(level)).x)
            if caplog.text.count("an attempt began") == 3:
                break
    player = heard.x[np.searchsorted(heard.onset_s, len(shown) / FPS) - 1]
    assert abs(shown[-1] - player) < 60


def test_the_second_attempt_at_a_place_is_shown_from_its_second_note_on():
    heard = perform(tune(24), [(0, 30), (16, 20), (16, 20)], [1.0, 0.2, 0.2], strength=1.0)
    off = np.abs(errors(heard, run(Localizer(engraved(tune(24))[0]), heard.frames)))[60:].reshape(2, 8)
    assert (off[1, 1:] < 20).all()


def test_who_begins_elsewhere_after_every_few_notes_is_not_lost():
    starts = (60, 20, 80, 40, 8, 70, 30, 88, 50)
    heard = perform(tune(24), [(0, 12), *[(start, start + 3) for start in starts]], [1.0, *[0.3] * 9], strength=1.0)
    estimates = run(Localizer(engraved(tune(24))[0]), heard.frames)
    assert State.LOST not in {estimate.state for estimate in estimates}


@pytest.mark.parametrize(("first", "seed"), [(32, 2), (42, 12)])
def test_who_plays_over_a_badly_read_passage_has_begun_nothing_anew(first, seed, caplog):
    music = etude(24)
    reading = engraved(music)[0]
    read = np.ones(len(reading), bool)
    read[first : first + 12] = np.random.default_rng(seed).random(12) > 0.6
    names = ("x", "pitches", "beats", "presence", "system")
    patchy = replace(reading, **{name: getattr(reading, name)[read] for name in names})
    with caplog.at_level("INFO"):
        run(Localizer(patchy), perform(music, [(0, 60)], [1.0]).frames)
    assert "an attempt began" not in caplog.text


@pytest.mark.parametrize(("to", "begun"), [(56, 0), (8, 1)])
def test_who_leaves_a_passage_out_has_begun_nothing_there(to, begun, caplog):
    music = tune(24)
    with caplog.at_level("INFO"):
        run(Localizer(engraved(music)[0]), perform(music, [(0, 30), (to, 80)], [1.0, 0.0], strength=1.0).frames)
    assert caplog.text.count("an attempt began") == begun


def test_that_the_score_is_played_is_known_also_of_who_is_lost():
    music, rng = tune(24), np.random.default_rng(0)
    anywhere = [(int(start), int(start) + 1) for start in rng.permutation(90)[:16]]
    heard = perform(music, [(0, 20), *anywhere, (40, 60)], [1.0, *[0.3] * 17], strength=1.0)
    estimates = run(Localizer(engraved(music)[0]), heard.frames)
    began = len(heard.onset_s) - len(perform(music, [(40, 60)], [1.0]).onset_s)
    assert at(estimates, heard.onset_s[began]).state is State.LOST
    again = at(estimates, heard.onset_s[began + 8])
    assert again.state is State.FOLLOWING
    assert abs(again.x - heard.x[began + 8]) < 60
