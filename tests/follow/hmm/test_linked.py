"""Where a link leads the player is found at once, though the music stands elsewhere, too."""

from dataclasses import replace

import numpy as np
import pytest

from livefollow.constants import FPS
from livefollow.follow.hmm.linked import LinkedPlaces
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.position import State
from livefollow.score.links.ways import END, LAST_PASS, Link
from livefollow.train.data.notation.music import Music
from tests.performed import QUARTER_S, perform, tune
from tests.simulated import engraved

PLACES = np.array([0.0, *range(0, 1000, 10)])


def test_links_lead_from_the_last_event_before_them_to_the_first_one_behind() -> None:
    links = LinkedPlaces(DEFAULTS)
    links.take([Link(605, 195, sure=True)], PLACES)
    chances = dict(links.entering(61))
    assert chances == {21: DEFAULTS.transition.link}
    assert links.entering(60)[0][1] < chances[21]
    assert links.entering(62) == []
    assert links.lead(61, 22)
    assert not links.lead(40, 22)


def test_in_another_pass_it_is_hardly_taken() -> None:
    links = LinkedPlaces(DEFAULTS)
    links.take([Link(605, 195, sure=True)], PLACES)
    links.is_at(600)
    links.is_at(200)
    assert links.entering(61) == [(21, DEFAULTS.transition.link * DEFAULTS.transition.link_later)]


def test_links_to_what_is_not_read_yet_lead_nowhere_until_it_is() -> None:
    links = LinkedPlaces(DEFAULTS)
    links.take([Link(605, 1500, LAST_PASS, sure=True)], PLACES)
    assert links.entering(61) == []
    links.take(links.links, np.array([0.0, *range(0, 2000, 10)]))
    assert [target for target, _ in links.entering(61)] == [151]


def refrain_twice() -> Music:
    """Twelve bars, of which the first four stand again as the last four but two."""
    music = tune(12)
    refrain = [n for n in music.notes if n.onset < 16]
    others = [n for n in music.notes if not 24 <= n.onset < 40]
    notes = [*others, *(replace(n, onset=n.onset + 24) for n in refrain)]
    return replace(music, notes=sorted(notes, key=lambda n: n.onset))


def shown(links: list[Link], rest_s: float = 0.0) -> tuple[np.ndarray, np.ndarray, list[State]]:
    """Where the player is shown at each note after a D.C., where they are, and the states."""
    music = refrain_twice()
    heard = perform(music, [(0, 48), (0, 16)], [1.0, rest_s])
    localizer = Localizer(engraved(music)[0])
    localizer.lead(links)
    estimates = [localizer.step(o, s, float(level)) for o, s, level in zip(*heard.frames, strict=True)]
    capo = heard.onset_s >= 1.0 + 48 * QUARTER_S
    at = np.minimum(((heard.onset_s[capo] + 0.1) * FPS).astype(int), len(estimates)) - 1
    return np.array([estimates[k].x for k in at]), heard.x[capo], [e.state for e in estimates]


END_X = float(engraved(refrain_twice())[0].x[-1]) + 60
CAPO = Link(END_X, 0.0, sure=True)


def test_after_a_da_capo_the_player_is_at_the_beginning_and_not_where_it_sounds_the_same() -> None:
    without, true, _ = shown([])
    assert np.mean(np.abs(without[:16] - true[:16]) < 60) < 0.2
    linked, true, _ = shown([CAPO])
    assert np.mean(np.abs(linked - true) < 60) > 0.9


def test_it_is_over_at_the_fine_the_last_time() -> None:
    fine = float(engraved(refrain_twice())[0].x[31]) + 20  # after the fourth bar
    _, _, states = shown([CAPO, Link(fine, END, LAST_PASS, sure=True)])
    assert states[-1] is State.FINISHED
    assert State.FINISHED not in states[: int((1.0 + 40 * QUARTER_S) * FPS)]


def test_who_does_not_take_the_link_is_followed_on() -> None:
    music = tune(12)
    reading = engraved(music)[0]
    heard = perform(music, [(0, 48)], [1.0])
    localizer = Localizer(reading)
    localizer.lead([Link(float(reading.x[63]) + 20, float(reading.x[16]) - 8, sure=True)])
    estimates = [localizer.step(o, s, float(level)) for o, s, level in zip(*heard.frames, strict=True)]
    at = np.minimum(((heard.onset_s + 0.1) * FPS).astype(int), len(estimates)) - 1
    assert np.mean(np.abs(np.array([estimates[k].x for k in at]) - heard.x) < 4) == pytest.approx(1.0, abs=0.03)
