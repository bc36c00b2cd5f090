from pathlib import Path

import numpy as np
import pytest
import torch

from livefollow.constants import BAND_HEIGHT, COLUMN, FRAME_WIDTH, LOWEST_PITCH, N_BINS, N_PITCHES
from livefollow.features.filterbank import band_frequencies
from livefollow.train.common.checkpoint import TrainingError, set_weights
from livefollow.train.listener.network import LOWEST_BAND, ListenerNetwork
from livefollow.train.listener.train import split
from livefollow.train.reader.data import HALF_PLACES, PLACES
from livefollow.train.reader.network import ALTERS, BASS, MIDDLES, TREBLE, ReaderNetwork


@pytest.fixture
def listener():
    torch.manual_seed(1)
    network = ListenerNetwork().eval()
    for silent in (network.judge, network.attack_bands, network.attack_gather):  # before they have learned
        silent.weight.data.normal_()
    for norm in (*network.norms, network.attack_norm):
        norm.running_mean.normal_()
        norm.running_var.uniform_(0.5, 2)
    return network


@torch.no_grad()
def test_listening_in_pieces_equals_listening_at_once(listener):
    frames = torch.rand(1, 50, FRAME_WIDTH)
    onsets, sounding, *_ = listener(*split(frames))
    heard, states = [], listener.initial()
    for part in torch.split(frames, [1, 1, 7, 1, 30, 10], dim=1):
        onset, sound, *states = listener(*split(part), *states)
        heard.append((onset, sound))
    assert torch.allclose(torch.cat([h[0] for h in heard], 1), onsets, atol=1e-4)
    assert torch.allclose(torch.cat([h[1] for h in heard], 1), sounding, atol=1e-4)


@torch.no_grad()
def test_the_listener_hears_nothing_that_comes_later(listener):
    frames = torch.rand(1, 40, FRAME_WIDTH)
    changed = frames.clone()
    changed[:, 25:] += 1
    assert torch.equal(listener(*split(frames))[0][:, :25], listener(*split(changed))[0][:, :25])


@torch.no_grad()
@pytest.mark.parametrize(
    ("added", "silent"),
    [
        (ListenerNetwork.ADDED, ("judge", "attack_bands", "attack_gather")),
        (ListenerNetwork.VIEWS, ("attack_bands", "attack_gather")),
    ],
)
def test_weights_from_before_something_was_added_give_the_listener_of_then(listener, added, silent):
    """From before it had memories, and from before it had further views."""
    frames = torch.rand(1, 40, FRAME_WIDTH)
    weights = listener.state_dict()
    before = {name: value for name, value in weights.items() if name.split(".")[0] not in added}
    for part in silent:
        for weight in getattr(listener, part).parameters():
            weight.zero_()
    now = ListenerNetwork().eval()
    set_weights(now, before, Path("listener.onnx"))
    assert torch.allclose(now(*split(frames))[0], listener(*split(frames))[0], atol=1e-5)
    del weights["judge.bias"]
    with pytest.raises(TrainingError, match=r"judge\.bias is missing"):
        set_weights(now, weights, Path("listener.onnx"))


@torch.no_grad()
def test_the_reader_reads_every_column_and_sees_the_whole_system():
    torch.manual_seed(1)
    reader = ReaderNetwork().eval()
    for layer in (reader.system, reader.along, reader.middle):  # as if it had learned to look far
        for weight in layer.parameters():
            weight.mul_(8)
    ink = torch.rand(1, 2, BAND_HEIGHT, 24 * COLUMN)
    onset, pitches, beats, marks, *_ = reader(ink)
    assert onset.shape == (1, 24)
    assert pitches.shape == (1, 24, N_PITCHES)
    assert beats.shape[:2] == marks.shape[:2] == (1, 24)
    clef = ink.clone()
    clef[:, :, :, : 4 * COLUMN] = 0
    assert not torch.equal(reader(clef)[1][:, -1], pitches[:, -1])


@torch.no_grad()
def test_the_reader_tells_the_staves_apart():
    torch.manual_seed(1)
    reader = ReaderNetwork().eval()
    ink = torch.rand(1, 2, BAND_HEIGHT, 40)
    assert not torch.allclose(reader(ink)[1], reader(ink.flip(1))[1])


def test_bands_are_semitones_from_where_the_listener_takes_them():
    pitches = 69 + 12 * np.log2(band_frequencies() / 440)
    assert np.allclose(pitches, LOWEST_BAND + np.arange(N_BINS), atol=0.01)


SURE = 12.0  # logit


def spelled(heads, middles, signs=(), accidentals=()):
    """The pitches of one column: heads and accidentals as (staff, place above the middle line, alter)."""
    each = torch.zeros(1, 1, 2, PLACES, 1 + len(ALTERS))
    each[..., 0] = -SURE
    middle = torch.full((1, 1, 2, len(MIDDLES)), -SURE)
    key = torch.zeros(1, 1, 1, 7, len(ALTERS))
    key[..., ALTERS.index(0)] = SURE
    for staff, sounds in enumerate(middles):
        middle[0, 0, staff, MIDDLES.index(sounds)] = SURE
    for letter, alter in signs:
        key[0, 0, 0, letter] = 0
        key[0, 0, 0, letter, ALTERS.index(alter)] = SURE
    for staff, place in heads:
        each[0, 0, staff, HALF_PLACES + place, 0] = SURE
    for staff, place, alter in accidentals:
        each[0, 0, staff, HALF_PLACES + place, 1 + ALTERS.index(alter)] = 3 * SURE
    pitches = ReaderNetwork()._pitches(each, middle, key)[0, 0]
    assert ((pitches > 0.99) | (pitches < 0.01)).all()
    return [p + LOWEST_PITCH for p in torch.nonzero(pitches > 0.5).flatten().tolist()]


F, B = 3, 6  # letters, from C


@torch.no_grad()
def test_heads_are_spelled_by_clef_key_and_accidental():
    assert spelled([(0, 0), (1, 0)], (TREBLE, BASS)) == [50, 71]  # the middle lines: D3 and B4
    assert spelled([(0, 4), (0, -3), (1, 2)], (TREBLE, BASS), [(F, 1)]) == [54, 66, 78]  # each F is sharp
    assert spelled([(0, 4), (0, -3)], (TREBLE, BASS), [(F, 1)], [(0, 4, 0)]) == [66, 77]  # a natural, on its line only
    assert spelled([(0, 0)], (TREBLE, BASS), [(B, -1)], [(0, 0, -2)]) == [69]  # a double flat
    assert spelled([(0, 0), (1, 12)], (TREBLE, BASS)) == [71]  # one key, on both staves


@torch.no_grad()
def test_octave_lines_and_other_clefs_move_what_the_middle_line_sounds():
    assert spelled([(0, 0)], (TREBLE + 7, BASS)) == [83]
    assert spelled([(1, 0)], (TREBLE, BASS - 7)) == [38]
    assert spelled([(0, 0), (1, 1)], (0, -2), [(B, -1)]) == [58, 60]  # alto; tenor, one above A3


@torch.no_grad()
def test_the_reader_goes_on_from_weights_of_before_it_spelled():
    reader = ReaderNetwork().eval()
    before = {n: w for n, w in reader.state_dict().items() if n.split(".")[0] not in ReaderNetwork.ADDED}
    now = ReaderNetwork().eval()
    set_weights(now, before | {"pitches.bias": torch.zeros(N_PITCHES)}, Path("reader.onnx"))
    ink = torch.rand(1, 2, BAND_HEIGHT, 40)
    (onset, _, beats, marks, heads), as_it_was = now(ink), reader(ink)
    for read, before in zip((onset, beats, marks), (as_it_was[0], *as_it_was[2:4]), strict=True):
        assert torch.allclose(read, before, atol=1e-5)
    assert not torch.allclose(heads, as_it_was[4])  # to be learned
