import numpy as np
import pytest

pytest.importorskip("pyroomacoustics", reason="needs the extra train")

from livefollow.train.rooms import Room, in_room, room_response

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
