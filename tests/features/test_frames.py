import tracemalloc

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from livefollow.audio.file import FileSource
from livefollow.constants import FPS, FRAME_SIZE, FRAME_WIDTH, N_BINS, N_VIEWS, SAMPLE_RATE, SHORT_VIEWS
from livefollow.features.filterbank import log_filterbank
from livefollow.features.frames import CHUNK, Framer, bands_of, frame_end_sample, frame_time_s, frames_of

RNG = np.random.default_rng(3)
NOISE = RNG.uniform(-1, 1, 3 * SAMPLE_RATE).astype(np.float32)


def piano_like(seconds: float, rate: int) -> np.ndarray:
    """Struck, decaying tones with overtones."""
    t = np.arange(round(seconds * rate)) / rate
    out = np.zeros_like(t)
    for onset, f in zip(np.arange(0.2, seconds, 0.3), np.tile([220.0, 330.0, 523.25, 146.8], 20), strict=False):
        age = t - onset
        for k in range(1, 6):
            out += (age > 0) * 0.15 / k * np.exp(-4 * np.clip(age, 0, None)) * np.sin(2 * np.pi * f * k * age)
    return out.astype(np.float32)


def framed(samples: np.ndarray, cuts: list[int]) -> np.ndarray:
    framer = Framer()
    return np.concatenate([framer.push(part) for part in np.split(samples, sorted(cuts))])


def test_frame_i_covers_the_2048_samples_that_end_at_its_time_stamp():
    frames = framed(NOISE, [])
    padded = np.concatenate([np.zeros(FRAME_SIZE, np.float32), NOISE])
    ends = [round((i + 1) * 22050 / 20) for i in range(60)]
    assert ends[:4] == [1102, 2205, 3308, 4410]
    blocks = np.stack([padded[end : end + FRAME_SIZE] for end in ends])
    np.testing.assert_array_equal(bands_of(frames), log_filterbank(blocks))


def test_short_views_tell_when_within_a_frame_a_sound_begins():
    """Views are in the order of time: silent before the sound begins, however little before."""
    end = frame_end_sample(9)
    for k in range(SHORT_VIEWS):
        begins = end - round((SHORT_VIEWS - k - 0.5) * SAMPLE_RATE / FPS / SHORT_VIEWS)
        sound = np.zeros(end, np.float32)
        sound[begins:] = NOISE[: end - begins]
        frame = Framer().push(sound)[9].reshape(N_VIEWS, N_BINS)
        heard = frame[2:].mean(axis=1)
        assert (heard[:k] == 0).all()
        assert (heard[k:] > 0).all()
        assert (np.diff(heard[k:]) > 0).all()


def test_the_long_view_tells_low_semitones_apart():
    """A tone on A2 is heard in its own band there; in the paper's, in that of B2 as well."""
    seconds = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    sound = np.sin(2 * np.pi * 110.0 * seconds).astype(np.float32)
    views = Framer().push(sound)[-1].reshape(N_VIEWS, N_BINS)
    usual, long = (10 ** views[k] - 1 for k in (0, 1))
    a2, b2 = 9, 11
    assert usual[b2] > 0.5 * usual[a2]
    assert long[b2] < 0.2 * long[a2]


def test_ten_minutes_do_not_drift():
    assert frame_end_sample(20 * 600 - 1) == 600 * SAMPLE_RATE
    assert frame_time_s(20 * 600 - 1) == 600.0
    times = np.array([frame_time_s(i) for i in range(12000)])
    assert np.abs(times - (np.arange(12000) + 1) / 20).max() <= 0.5001 / SAMPLE_RATE


@pytest.mark.parametrize("block", [1, 64, 100, 441, 512, 1102, 1103, 2048, 4096, CHUNK, CHUNK + 1, 50000])
def test_frames_do_not_depend_on_the_block_size(block):
    samples = NOISE[:20000] if block == 1 else NOISE
    np.testing.assert_array_equal(framed(samples, list(range(block, len(samples), block))), framed(samples, []))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, len(NOISE)), max_size=40))
def test_frames_do_not_depend_on_any_cut(cuts):
    np.testing.assert_array_equal(framed(NOISE, cuts), framed(NOISE, []))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 58))
def test_no_frame_knows_the_future(i):
    changed = NOISE.copy()
    changed[frame_end_sample(i) :] = 0.5
    now, other = framed(NOISE, []), framed(changed, [])
    np.testing.assert_array_equal(now[: i + 1], other[: i + 1])
    assert (now[i + 1] != other[i + 1]).any()


@given(st.integers(0, 8000))
def test_a_frame_comes_with_the_sample_that_completes_it(n):
    frames = Framer().push(NOISE[:n])
    assert frames.shape == (sum(frame_end_sample(i) <= n for i in range(10)), FRAME_WIDTH)


def test_forgotten_samples_are_zeros():
    framer = Framer()
    framer.push(NOISE)
    framer.forget()
    after = framer.push(NOISE[:5000])
    fresh = Framer().push(NOISE[:5000])
    np.testing.assert_array_equal(after, fresh)  # 3 s are a whole number of frames
    assert framer.frames == 60 + len(fresh)


def test_memory_does_not_grow():
    framer = Framer()
    framer.push(NOISE)
    tracemalloc.start()
    try:
        framer.push(NOISE)
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(10):
            framer.push(NOISE)
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert after - before < 2048


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recordings")
    # Integers of 24 bits, so that WAV and FLAC hold the same numbers.
    sound = np.repeat(piano_like(4.0, 44100)[:, None], 2, axis=1)
    sound = (sound * 2**23).astype(np.int32) << 8
    for name, subtype in (
        ("pcm.wav", "PCM_24"),
        ("a.flac", "PCM_24"),
        ("a.ogg", "VORBIS"),
        ("a.mp3", "MPEG_LAYER_III"),
    ):
        soundfile.write(folder / name, sound, 44100, subtype=subtype)
    return folder


def frames_of_file(path, **options) -> np.ndarray:
    with FileSource(path, **options) as source:
        return np.concatenate(list(frames_of(source)))


def test_wav_and_flac_give_equal_frames(recordings):
    np.testing.assert_array_equal(frames_of_file(recordings / "a.flac"), frames_of_file(recordings / "pcm.wav"))


@pytest.mark.parametrize("kind", ["ogg", "mp3"])
def test_lossy_codecs_give_the_same_frames_at_the_same_time(recordings, kind):
    ours = frames_of_file(recordings / f"a.{kind}")
    exact = frames_of_file(recordings / "pcm.wav")
    n = min(len(ours), len(exact))
    assert abs(len(ours) - len(exact)) <= 1
    error = np.abs(ours[:n] - exact[:n])
    assert error.mean() < 0.02
    assert error.max() < 0.25
    # A delay of the codec would show: even half a frame off is several times further away.
    late = np.abs(ours[1:n] - exact[: n - 1]).mean()
    assert late > 3 * error.mean()


@pytest.mark.parametrize("block", [64, 1000, 4096])
def test_a_files_frames_do_not_depend_on_its_block_size(recordings, block):
    np.testing.assert_array_equal(
        frames_of_file(recordings / "pcm.wav", block_s=block / 44100), frames_of_file(recordings / "pcm.wav")
    )


@pytest.mark.parametrize("rate", [48000, 96000])
def test_the_native_rate_hardly_shows(tmp_path, rate):
    soundfile.write(tmp_path / "a.wav", piano_like(2.0, rate), rate, subtype="FLOAT")
    soundfile.write(tmp_path / "b.wav", piano_like(2.0, 44100), 44100, subtype="FLOAT")
    np.testing.assert_allclose(frames_of_file(tmp_path / "a.wav"), frames_of_file(tmp_path / "b.wav"), atol=2e-3)


def test_a_closed_source_has_no_frames(recordings):
    assert list(frames_of(FileSource(recordings / "a.flac"))) == []
