import numpy as np
import pytest
import soundfile

from livefollow.errors import LivefollowError
from livefollow.train.data.held_out import HELD_OUT_ROOMS
from livefollow.train.data.sound import rooms
from livefollow.train.data.sound.rooms import (
    Room,
    in_room,
    measured_response,
    room_names,
    room_response,
    simulated_responses,
    training_rooms,
)

RATE = 22_050
ROOM = Room(size=(6.0, 4.5, 2.8), piano=(2.0, 1.5, 1.0), microphone=(3.5, 3.0, 1.2), rt60=0.4, max_order=12)


def test_the_direct_sound_comes_first_and_at_once():
    response = room_response(ROOM, RATE)
    assert response[0] == pytest.approx(1)
    assert np.abs(response).max() == pytest.approx(1)
    assert len(response) <= ROOM.rt60 * RATE
    early, late = response[: len(response) // 4], response[-len(response) // 4 :]
    assert np.sum(late**2) < 0.05 * np.sum(early**2)


def test_sound_in_a_room_is_causal_and_keeps_its_onset():
    click = np.zeros(1000, np.float32)
    click[300] = 1
    heard = in_room(click, room_response(ROOM, RATE))
    assert np.abs(heard[:300]).max() < 1e-5
    assert int(np.argmax(np.abs(heard))) == 300


def energy(response):
    return float(np.sum(response.astype(float) ** 2))


def direct_share_db(response):
    direct = round(rooms.DIRECT_S * RATE)
    return 10 * np.log10(energy(response[:direct]) / max(energy(response[direct:]), 1e-12))


def test_simulated_rooms():
    responses = simulated_responses(8, 3, RATE)
    assert len({len(r) for r in responses}) > 4
    for response in responses:
        assert response.dtype == np.float32
        assert energy(response) == pytest.approx(1, abs=1e-3)
        assert np.abs(response[: round(0.0005 * RATE)]).max() >= rooms.DIRECT_LEVEL * np.abs(response).max()
        assert direct_share_db(response) > rooms.LEAST_DIRECT_DB - 0.1
    again = simulated_responses(8, 3, RATE)
    assert all(np.array_equal(a, b) for a, b in zip(responses, again, strict=True))


def reverberation_s(response):
    """Time to fall by 60 dB, from the backward integral between −5 and −35 dB (Schroeder, 1965)."""
    left = 10 * np.log10(np.cumsum(response[::-1].astype(float) ** 2)[::-1] / energy(response))
    return 2 * (np.argmax(left < -35) - np.argmax(left < -5)) / RATE


@pytest.mark.parametrize("rt60", [0.5, 2.5])
def test_a_traced_room_sounds_as_long_as_it_should(rt60):
    room = Room((14.0, 9.0, 5.0), (3.0, 2.0, 1.0), (5.0, 4.0, 1.2), rt60, max_order=6, scattered=0.2)
    response = room_response(room, RATE)
    assert reverberation_s(response) == pytest.approx(rt60, rel=0.3)
    assert np.array_equal(response, room_response(room, RATE))


@pytest.fixture
def measured(tmp_path):
    """A room measured in stereo from 34 m, whose reflections are louder than its direct sound."""
    folder = tmp_path / "rooms"
    folder.mkdir()
    noise = np.random.default_rng(0).standard_normal((44_100, 2)) * 0.001
    response = noise * np.exp(-np.arange(44_100) / 8000)[:, None]
    response[: 44_100 // 10] = 0
    response[44_100 // 10] = 0.5
    response[44_100 // 10 + 2000] = 0.9
    for name in ("Cellar", *HELD_OUT_ROOMS):
        soundfile.write(folder / f"{name}.wav", response, 44_100)
    return tmp_path


def test_the_delay_of_a_measured_room_is_cut(measured):
    response = measured_response(measured, "Cellar", RATE)
    assert np.argmax(np.abs(response[:20])) == 0
    assert energy(response) == pytest.approx(1, abs=1e-3)
    click = np.zeros(2000, np.float32)
    click[500] = 1
    heard = in_room(click, response)
    assert np.abs(heard[:490]).max() < 0.05 * np.abs(heard).max()
    assert np.abs(heard[500]) > 0.3 * np.abs(heard).max()


def test_reflections_do_not_drown_the_direct_sound(measured):
    assert direct_share_db(measured_response(measured, "Cellar", RATE)) > rooms.LEAST_DIRECT_DB - 0.1


def test_held_out_rooms(measured):
    assert set(room_names(measured)) == {"Cellar", *HELD_OUT_ROOMS}
    assert training_rooms(measured) == ["Cellar"]
    assert rooms.is_held_out("my domesticlivingroom copy")


def test_rooms_of_the_corpus(corpus):
    names = room_names(corpus)
    assert set(HELD_OUT_ROOMS) < set(names)
    for name in names:
        response = measured_response(corpus, name, RATE)
        assert 0.1 * RATE < len(response) <= rooms.LONGEST_S * RATE
        assert direct_share_db(response) > rooms.LEAST_DIRECT_DB - 0.1


def test_a_room_that_is_not_there(tmp_path):
    with pytest.raises(LivefollowError, match="Cellar"):
        measured_response(tmp_path, "Cellar", RATE)
