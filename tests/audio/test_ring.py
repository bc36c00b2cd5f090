import threading
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefollow.audio.ring import Ring


def numbered(start: int, n: int, width: int = 2) -> np.ndarray:
    return np.repeat(np.arange(start, start + n, dtype=np.float32)[:, None], width, axis=1)


@given(st.integers(1, 50), st.lists(st.tuples(st.booleans(), st.integers(0, 120)), max_size=40))
def test_every_row_is_read_once_in_order_or_counted_as_lost(capacity, steps):
    ring = Ring(capacity, 2)
    written = seen = 0
    out = np.empty((120, 2), np.float32)
    for is_write, n in steps:
        if is_write:
            ring.write(numbered(written, n))
            written += n
        else:
            lost = ring.lost
            got = ring.read(out[:n])
            seen += ring.lost - lost
            np.testing.assert_array_equal(out[:got], numbered(seen, got))
            seen += got
            assert ring.position == seen
            assert got == n or seen == written
    assert ring.written == written
    assert ring.waiting == written - seen


def test_an_overrun_keeps_the_newest_and_is_counted_once():
    ring = Ring(10, 1)
    ring.write(numbered(0, 8, 1))
    ring.write(numbered(8, 8, 1))
    out = np.empty((16, 1), np.float32)
    assert ring.read(out) == 10
    assert out[0, 0] == 6
    assert (ring.overruns, ring.lost) == (1, 6)
    assert ring.read(out) == 0
    assert (ring.overruns, ring.lost) == (1, 6)


def test_a_row_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one row"):
        Ring(0, 3)


def test_two_threads_never_see_a_torn_or_repeated_row():
    ring = Ring(512, 64)
    total = 200_000
    block = np.zeros((100, 64), np.float32)
    read = []

    def write() -> None:
        for start in range(0, total, 100):
            block[:] = np.arange(start, start + 100, dtype=np.float32)[:, None]
            ring.write(block)

    writer = threading.Thread(target=write)
    writer.start()
    out = np.empty((300, 64), np.float32)
    while writer.is_alive() or ring.waiting:
        n = ring.read(out)
        assert (out[:n] == out[:n, :1]).all()
        read.append(out[:n, 0].copy())
    writer.join()
    rows = np.concatenate(read)
    assert (np.diff(rows) > 0).all()
    assert rows[-1] == total - 1
    assert len(rows) + ring.lost == total


def test_writing_allocates_no_array():
    ring = Ring(44100, 2)
    block = np.ones((16384, 2), np.float32)  # 128 KiB
    ring.write(block)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        for _ in range(200):
            ring.write(block)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 1024
    assert peak - before < 4096
