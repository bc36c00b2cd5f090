from pathlib import Path

import numpy as np
import pytest
import torch

from livefollow.constants import BAND_HEIGHT, COLUMN, N_BINS, N_PITCHES
from livefollow.features.filterbank import band_frequencies
from livefollow.train.common.checkpoint import TrainingError, set_weights
from livefollow.train.listener.network import LOWEST_BAND, ListenerNetwork
from livefollow.train.reader.network import ReaderNetwork


@pytest.fixture
def listener():
    torch.manual_seed(1)
    network = ListenerNetwork().eval()
    network.judge.weight.data.normal_()  # silent before it has learned
    for norm in network.norms:
        norm.running_mean.normal_()
        norm.running_var.uniform_(0.5, 2)
    return network


@torch.no_grad()
def test_listening_in_pieces_equals_listening_at_once(listener):
    frames = torch.rand(1, 50, N_BINS)
    onsets, sounding, *_ = listener(frames)
    heard, states = [], listener.initial()
    for part in torch.split(frames, [1, 1, 7, 1, 30, 10], dim=1):
        onset, sound, *states = listener(part, *states)
        heard.append((onset, sound))
    assert torch.allclose(torch.cat([h[0] for h in heard], 1), onsets, atol=1e-4)
    assert torch.allclose(torch.cat([h[1] for h in heard], 1), sounding, atol=1e-4)


@torch.no_grad()
def test_the_listener_hears_nothing_that_comes_later(listener):
    frames = torch.rand(1, 40, N_BINS)
    changed = frames.clone()
    changed[:, 25:] += 1
    assert torch.equal(listener(frames)[0][:, :25], listener(changed)[0][:, :25])


@torch.no_grad()
def test_weights_from_before_it_had_memories_give_the_listener_of_then(listener):
    frames = torch.rand(1, 40, N_BINS)
    weights = listener.state_dict()
    before = {name: value for name, value in weights.items() if name.split(".")[0] not in ListenerNetwork.ADDED}
    listener.judge.weight.zero_()
    listener.judge.bias.zero_()
    now = ListenerNetwork().eval()
    set_weights(now, before, Path("listener.onnx"))
    assert torch.allclose(now(frames)[0], listener(frames)[0], atol=1e-5)
    del weights["judge.bias"]
    with pytest.raises(TrainingError, match=r"judge\.bias is missing"):
        set_weights(now, weights, Path("listener.onnx"))


@torch.no_grad()
def test_the_reader_reads_every_column_and_sees_the_whole_system():
    torch.manual_seed(1)
    reader = ReaderNetwork().eval()
    ink = torch.rand(1, 2, BAND_HEIGHT, 24 * COLUMN)
    onset, pitches, beats, marks = reader(ink)
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
